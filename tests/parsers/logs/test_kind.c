/* test_kind.c - what kind of log the first bytes are of, and dates in all their forms. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/logs/log.h"

#include "../../../parsers/logs/logs.h"

static void
each_kind_is_known_by_its_content(void **state)
{
	static const struct {
		const char *text;
		enum log_kind kind;
	} rows[] = {
		{ "", LOG_UNKNOWN },
		{ "Received: from a by b\r\n\r\nhello\r\n", LOG_UNKNOWN },
		{ "Date,Time,Source,Type,Category,Event,User,Computer,Description\r\n"
		  "3/5/01,2:07 PM,Disk,Error,None,7,N/A,S,The device has a bad block.\r\n",
		    LOG_EVENT_TEXT },
		{ "Application exception occurred:\r\n        App: a.exe (pid=1)\r\n",
		    LOG_DRWATSON },
		{ "\r\n   ROBOCOPY     ::     Robust File Copy for Windows\r\n", LOG_COPY },
		{ "        1 file(s) copied.\r\n", LOG_COPY },
		{ "3/5/01 2:36:27 PM : A connection was accepted from SERVER1.\r\n", LOG_SMTP },
		{ "<<< 220 mail.example\r\n", LOG_SMTP },
		{ "c=US;a= ;p=A;l=B\t1012\t1998.4.6 20:20:33\tIMS\tp\tr\to\t0\t9\t1\t1\t\t1\r\n",
		    LOG_TRACKING },
		{ "d41d8cd98f00b204e9800998ecf8427e  In/G1X4TK19\n", LOG_MANIFEST },
		{ "%%%% HASHDEEP-1.0\n", LOG_MANIFEST },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(
		    log_kind(slice_str(rows[i].text), slice_str("X.TXT")), rows[i].kind);
}

static void
queue_dat_is_known_by_its_name(void **state)
{
	(void)state;
	assert_int_equal(
	    log_kind(slice_str("\1\2\3"), slice_str("copy/Imcdata/QUEUE.DAT")), LOG_QUEUE);
	assert_int_equal(log_kind(slice_str("\1\2\3"), slice_str("Queue.old")), LOG_QUEUE);
	assert_int_equal(log_kind(slice_str("\1\2\3"), slice_str("notqueue.dat")), LOG_UNKNOWN);
}

static void
an_event_log_is_known_without_its_header(void **state)
{
	static const char torn[] = "xx\x80\0\0\0LfLe\1\0\0\0";

	(void)state;
	assert_int_equal(log_kind(slice_of(torn, sizeof torn - 1), slice_str("")), LOG_EVT);
}

static void
unknown_logs_give_empty_evidence(void **state)
{
	struct evidence *out = log_read(LOG_UNKNOWN, "abc", 3, 1);

	(void)state;
	assert_int_equal(out->n_items, 0);
	free(out);
	out = log_read(LOG_MANIFEST, "abc", 3, 1);
	assert_int_equal(out->n_items, 0);
	free(out);
}

static int64_t
date(const char *text, bool *day_month)
{
	struct sink_dates dates = { .day_first = false };
	struct when when = { EVIDENCE_TIME_NONE, false };
	size_t at = 0;

	if (!when_date(slice_str(text), &at, &dates, &when))
		return EVIDENCE_TIME_NONE;
	while (text[at] == ' ')
		at++;
	if (text[at])
		assert_true(when_clock(slice_str(text), &at, &when));
	assert_int_equal(at, strlen(text));
	*day_month = when.day_month;
	return when.seconds;
}

static void
dates_of_every_locale_are_read(void **state)
{
	static const struct {
		const char *text;
		unsigned year, month, day;
		int hour, minute, second;
		bool day_month;
	} rows[] = {
		{ "3/5/01", 2001, 3, 5, 0, 0, 0, true },
		{ "3/25/2001 2:07:51 PM", 2001, 3, 25, 14, 7, 51, false },
		{ "25/03/2001 14:07", 2001, 3, 25, 14, 7, 0, false },
		{ "3/3/99 12:00:00 AM", 1999, 3, 3, 0, 0, 0, false },
		{ "3/3/99 12:30 p.m.", 1999, 3, 3, 12, 30, 0, false },
		{ "11/ 9/1998 9:14:48.422", 1998, 11, 9, 9, 14, 48, true },
		{ "5.3.2001 14.07.51", 2001, 3, 5, 14, 7, 51, false },
		{ "5-3-2001 14:07:51", 2001, 3, 5, 14, 7, 51, false },
		{ "2001-03-05 14:07:51", 2001, 3, 5, 14, 7, 51, false },
		{ "2001/03/05 14:07:51", 2001, 3, 5, 14, 7, 51, false },
		{ "1998.4.6 20:20:33", 1998, 4, 6, 20, 20, 33, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		bool day_month = false;

		assert_int_equal(date(rows[i].text, &day_month),
		    at_time((int)rows[i].year, rows[i].month, rows[i].day, rows[i].hour,
			rows[i].minute, rows[i].second));
		assert_int_equal(day_month, rows[i].day_month);
	}
}

static void
what_is_no_date_is_not_read_as_one(void **state)
{
	static const char *const texts[] = { "", "3", "3/", "3/5", "3/5/", "13/13/2001", "0/5/2001",
		"3-5/2001", "3/5/20011", "99999/1/1", "a/b/c", "3/5/1", "1969-01-01",
		"2001-13-01" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		bool day_month;

		assert_int_equal(date(texts[i], &day_month), EVIDENCE_TIME_NONE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_known_by_its_content),
		cmocka_unit_test(queue_dat_is_known_by_its_name),
		cmocka_unit_test(an_event_log_is_known_without_its_header),
		cmocka_unit_test(unknown_logs_give_empty_evidence),
		cmocka_unit_test(dates_of_every_locale_are_read),
		cmocka_unit_test(what_is_no_date_is_not_read_as_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
