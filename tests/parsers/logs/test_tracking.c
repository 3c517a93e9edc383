/* test_tracking.c - message tracking logs: what came in and never reached the store. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/logs/log.h"

#define ID(name) "c=US;a= ;p=ACME;l=EXGATE10103052007" name
#define RECORD(name, event, clock)                                                                 \
	ID(name)                                                                                   \
	"\t" event "\t2001.3.5 " clock "\tIMS\tother.example\t<" name                              \
	"@other.example>\tbert@other.example\t0\t6630\t1\t1\t\t2\r\n"                              \
	"jane@acme.example\t0\r\nsecond@acme.example\t0\r\n"

static void
a_message_received_and_not_handed_on_is_told(void **state)
{
	struct evidence *out = log_text(LOG_TRACKING,
	    RECORD("G1X4TKB7", "1012", "20:06:00") RECORD("G1X4TK19", "1012", "20:07:51")
		RECORD("G1X4TKB7", "1013", "20:06:02"));
	const struct evidence_item *item = log_only(out, EVIDENCE_TRACK_OPEN);

	(void)state;
	assert_string(item, item->mts_id, ID("G1X4TK19"));
	assert_string(item, item->spool, "G1X4TK19");
	assert_string(item, item->message_id, "<G1X4TK19@other.example>");
	assert_string(item, item->sender, "bert@other.example");
	assert_string(item, item->recipient, "jane@acme.example");
	assert_int_equal(item->n_recipients, 2);
	assert_int_equal(item->event, 1012);
	assert_int_equal(item->time, at_time(2001, 3, 5, 20, 7, 51));
	assert_int_equal(item->zone, ZONE_UTC);
	assert_int_equal(item->number, 4);
	assert_int_equal(item->flags, EVIDENCE_IN);
	free(out);
}

/* More are open at once than there is room for: the oldest are told as hints. */
static void
too_many_open_messages_are_told_faintly(void **state)
{
	enum { MANY = 9000 };
	char *text = malloc((size_t)MANY * 160 + 1);
	struct evidence *out;
	size_t len = 0;
	unsigned weak = 0;

	(void)state;
	assert_non_null(text);
	for (unsigned i = 0; i < MANY; i++)
		len += (size_t)sprintf(text + len,
		    "c=US;p=ACME;l=EXGATE101030520%08u\t1012\t2001.3.5 20:07:51\tIMS\tx\ty\tz\t0\t1\t1\t1\t\t1\n",
		    i);
	out = log_read(LOG_TRACKING, text, len, 4096);
	assert_int_equal(out->met[EVIDENCE_TRACK_OPEN], MANY);
	for (uint32_t i = 0; i < out->n_items; i++)
		weak += (out->items[i].flags & EVIDENCE_WEAK) != 0;
	assert_true(weak < out->n_items);
	free(out);
	free(text);
}

static void
lines_that_are_no_records_are_counted(void **state)
{
	struct evidence *out =
	    log_read(LOG_TRACKING, "# comment\ntorn line\n", strlen("# comment\ntorn line\n"), 0);

	(void)state;
	assert_int_equal(out->n_lines, 2);
	assert_int_equal(out->n_damaged, 1);
	free(out);
}

static void
recipients_behind_any_record_are_no_damage(void **state)
{
	const char *text = RECORD("G1X4TKB7", "1012", "20:06:00") RECORD("G1X4TKB7", "1013",
	    "20:06:02") "john@acme.example\r\n" ID("G1X4TK19") "\tx\t2001.3.5 20:07:51\tIMS\r\n"
							       "a\tb\tc\td\te\r\n";
	struct evidence *out = log_text(LOG_TRACKING, text);

	(void)state;
	assert_int_equal(out->n_lines, 9);
	assert_int_equal(out->n_damaged, 1);
	free(out);
}

static void
any_cut_and_any_changed_byte_is_survived(void **state)
{
	const char *text =
	    RECORD("G1X4TKB7", "1012", "20:06:00") RECORD("G1X4TKB7", "1013", "20:06:02");

	(void)state;
	assert_damage_is_survived(LOG_TRACKING, text, strlen(text));
	assert_pieces_do_not_matter(LOG_TRACKING, text, strlen(text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_received_and_not_handed_on_is_told),
		cmocka_unit_test(too_many_open_messages_are_told_faintly),
		cmocka_unit_test(lines_that_are_no_records_are_counted),
		cmocka_unit_test(recipients_behind_any_record_are_no_damage),
		cmocka_unit_test(any_cut_and_any_changed_byte_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
