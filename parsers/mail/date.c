/*
 * date.c - Date, Resent-Date and the date of Received fields.
 *
 * RFC 5322 section 3.3 with the obsolete forms of 4.3: years of two or three digits, named zones,
 * comments. Those are facts of their own, because old mailers wrote them every day.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <limits.h>

#include "parser.h"
#include "unpack.h"

#include "date.h"

#define BEFORE_SECONDS (24L * 3600) /* a queue may hold mail for hours */
#define ENVELOPE_SECONDS (48L * 3600)
#define AFTER_SECONDS (3L * 3600) /* clocks that run fast, zones of summer */

/* What was read of one date; numbers are -1 while unknown. */
struct date {
	long day, month, year, hour, minute, second, weekday;
	struct slice year_text, zone;
	struct slice weekday_text;
	bool has_rest; /* something behind the zone: "GMT+0100", "PM +0100" */
};

/* Where facts about one field go. */
struct date_sink {
	struct message *msg;
	struct arena *arena;
	int part, field;
	struct slice value;
	bool is_received;
	long long seconds; /* of the date since 1970, UTC; NO_TIME unless all of it is plain */
};

#define NO_TIME LLONG_MIN

static void
fact(const struct date_sink *sink, enum fact_kind kind, struct slice where, uint64_t value)
{
	message_fact_at(sink->msg, sink->arena, kind, sink->part, sink->field, where, value);
}

/* The word's index among names of three letters, or -1. A longer word fits by its first three. */
static long
three_letters(struct slice word, const char *names)
{
	for (long i = 0; word.len >= 3 && names[3 * i]; i++)
		if (slice_same_nocase(slice_cut(word, 0, 3), slice_of(names + 3 * i, 3)))
			return i;
	return -1;
}

static long
number(struct slice digits)
{
	long value = 0;

	if (digits.len == 0 || digits.len > 6)
		return -1;
	for (size_t i = 0; i < digits.len; i++) {
		if (!byte_is_digit(digits.data[i]))
			return -1;
		value = value * 10 + (digits.data[i] - '0');
	}
	return value;
}

static bool
take_punct(struct date_lexer *lexer, struct slice *token, unsigned char byte)
{
	if (token->len != 1 || token->data[0] != byte)
		return false;
	*token = date_token(lexer);
	return true;
}

/* hour ":" minute [ ":" second ] */
static bool
read_time(struct date_lexer *lexer, struct slice *token, struct date *date)
{
	date->hour = number(*token);
	*token = date_token(lexer);
	if (date->hour < 0 || !take_punct(lexer, token, ':'))
		return false;
	date->minute = number(*token);
	*token = date_token(lexer);
	date->second = 0;
	if (take_punct(lexer, token, ':')) {
		date->second = number(*token);
		*token = date_token(lexer);
	}
	return date->minute >= 0 && date->second >= 0;
}

/* [ day-name "," ] day month year time [ zone ]; true when everything up to the time is there. */
static bool
read_date(struct slice text, struct date *date, bool *has_text)
{
	struct date_lexer lexer = { .text = text };
	struct slice token = date_token(&lexer);

	*date = (struct date){ .weekday = -1 };
	*has_text = token.len > 0;
	if (token.len > 0 && byte_is_alpha(token.data[0])) {
		date->weekday = three_letters(token, "SunMonTueWedThuFriSat");
		date->weekday_text = token;
		token = date_token(&lexer);
		if (date->weekday < 0)
			return false;
		take_punct(&lexer, &token, ',');
	}
	date->day = number(token);
	token = date_token(&lexer);
	date->month = three_letters(token, "JanFebMarAprMayJunJulAugSepOctNovDec");
	date->year_text = date_token(&lexer);
	date->year = number(date->year_text);
	token = date_token(&lexer);
	if (date->day < 0 || date->month < 0 || date->year < 0 || !read_time(&lexer, &token, date))
		return false;
	date->zone = token;
	date->has_rest = date_token(&lexer).len > 0;
	return true;
}

/* RFC 5322 section 4.3: below 50 the year is 20yy, three digits and the rest count from 1900. */
static long
full_year(const struct date *date)
{
	if (date->year_text.len == 2 && date->year < 50)
		return 2000 + date->year;
	return date->year_text.len < 4 ? 1900 + date->year : date->year;
}

static long
days_in_month(long year, long month)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month] + (month == 1 && leap);
}

/* Sakamoto's rule: Sunday is 0. */
static long
weekday_of(long year, long month, long day)
{
	static const unsigned char shift[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };

	year -= month < 2;
	return (year + year / 4 - year / 100 + year / 400 + shift[month] + day) % 7;
}

/* The first number that is out of range, or -1. */
static long
out_of_range(const struct date *date)
{
	long year = full_year(date);

	if (year < 1980 || year > 2038)
		return date->year;
	if (date->day < 1 || date->day > days_in_month(year, date->month))
		return date->day;
	if (date->hour > 23)
		return date->hour;
	if (date->minute > 59)
		return date->minute;
	return date->second > 60 ? date->second : -1; /* 60: a leap second */
}

/* Days since 1970 of a day of the Gregorian calendar; years count from March. */
static long long
days_since_1970(long year, long month, long day)
{
	long long y = month < 2 ? year - 1 : year, m = month < 2 ? month + 10 : month - 2;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static long long
seconds_of(const struct date *date)
{
	long zone;

	if (!date_zone_seconds(date->zone, &zone))
		return NO_TIME;
	return days_since_1970(full_year(date), date->month, date->day) * 86400 +
	       date->hour * 3600 + date->minute * 60 + date->second - zone;
}

static void
judge_zone(const struct date_sink *sink, const struct date *date)
{
	int fault = date->has_rest ? 5 : date_zone(date->zone);

	if (fault >= 0)
		fact(sink, FACT_DATE_ZONE_ODD, date->zone, (uint64_t)fault);
}

static void
judge(struct date_sink *sink, struct slice text)
{
	struct date date;
	bool has_text;
	long bad;

	if (!read_date(text, &date, &has_text)) {
		fact(sink, FACT_DATE_UNPARSABLE, slice_trim(text), !has_text);
		return;
	}
	bad = out_of_range(&date);
	if (bad >= 0)
		fact(sink, FACT_DATE_RANGE, slice_trim(text), (uint64_t)bad);
	else
		sink->seconds = seconds_of(&date);
	if (sink->is_received)
		return;
	judge_zone(sink, &date);
	if (date.year_text.len < 4)
		fact(sink, FACT_DATE_TWO_DIGIT_YEAR, date.year_text, (uint64_t)date.year);
	if (bad < 0 && date.weekday >= 0) {
		long right = weekday_of(full_year(&date), date.month, date.day);

		if (right != date.weekday)
			fact(sink, FACT_DATE_WRONG_WEEKDAY, date.weekday_text, (uint64_t)right);
	}
}

/* Q190084: comments of a Received field that hold something like a date. Returns the offset
 * behind the last ';' outside comments, SLICE_NONE without one. */
static size_t
scan_received(const struct date_sink *sink)
{
	struct slice value = sink->value;
	size_t behind = SLICE_NONE;

	for (size_t i = 0; i < value.len;) {
		if (value.data[i] == '(') {
			size_t end = date_skip_comment(value, i);
			struct slice inside = slice_cut(value, i, end - i);

			if (date_is_in(inside))
				fact(sink, FACT_DATE_IN_COMMENT, inside, behind != SLICE_NONE);
			i = end;
			continue;
		}
		if (value.data[i++] == ';')
			behind = i;
	}
	return behind;
}

static void
read_field(struct date_sink *sink)
{
	size_t behind;

	if (!sink->is_received) {
		judge(sink, sink->value);
		return;
	}
	behind = scan_received(sink);
	if (behind == SLICE_NONE)
		fact(sink, FACT_DATE_UNPARSABLE, slice_cut(slice_trim(sink->value), 0, 0), 1);
	else
		judge(sink, slice_from(sink->value, behind));
}

/* The sender's clock against that of the newest relay. */
static void
compare(const struct date_sink *date, long long received)
{
	if (date->seconds == NO_TIME || received == NO_TIME)
		return;
	if (received - date->seconds > BEFORE_SECONDS)
		fact(date, FACT_DATE_BEFORE_RECEIVED, slice_trim(date->value),
		    (uint64_t)(received - date->seconds));
	else if (date->seconds - received > AFTER_SECONDS)
		fact(date, FACT_DATE_AFTER_RECEIVED, slice_trim(date->value),
		    (uint64_t)(date->seconds - received));
}

/* The service stamps the envelope when the message comes, and writes its Received then (Q190709).
 * Its local time may lie 14 hours from UTC. */
static void
compare_envelope(struct message *msg, struct arena *arena, long long received)
{
	const long long to_1970 = 11644473600;
	long long stamped, apart;

	if (!msg->envelope.has_filetime || received == NO_TIME)
		return;
	stamped = (long long)(msg->envelope.filetime / 10000000u) - to_1970;
	apart = received > stamped ? received - stamped : stamped - received;
	if (apart <= ENVELOPE_SECONDS)
		return;
	message_fact_at(msg, arena, FACT_ENVELOPE_TIME_FAR, -1, -1,
	    slice_cut(msg->file, msg->envelope.filetime_at, 8), (uint64_t)apart);
}

static void
date_parse(struct message *msg, struct arena *arena)
{
	struct date_sink date = { .seconds = NO_TIME };
	long long received = NO_TIME;
	bool has_received = false;

	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];
		struct date_sink sink = { msg, arena, field->part, (int)i, field->value,
			field->id == FIELD_RECEIVED, NO_TIME };

		if (field->id != FIELD_DATE && field->id != FIELD_RESENT_DATE && !sink.is_received)
			continue;
		read_field(&sink);
		if (field->part != 0)
			continue;
		/* Relays add their line on top: the first one is the newest. */
		if (sink.is_received && !has_received) {
			has_received = true;
			received = sink.seconds;
		}
		if (sink.is_received && !msg->has_received && sink.seconds != NO_TIME) {
			msg->has_received = true;
			msg->received = sink.seconds;
		}
		if (field->id == FIELD_DATE && !date.msg)
			date = sink;
	}
	compare(&date, received);
	compare_envelope(msg, arena, received);
}

bool
unpack_date(struct slice value, int64_t *seconds, int *zone)
{
	struct date date;
	bool has_text;
	long ahead = 0;

	if (!read_date(value, &date, &has_text) || out_of_range(&date) >= 0)
		return false;
	if (!date_zone_seconds(date.zone, &ahead) || ahead < -86400 || ahead > 86400)
		ahead = 0;
	*zone = (int)(ahead / 60);
	*seconds = days_since_1970(full_year(&date), date.month, date.day) * 86400 +
		   date.hour * INT64_C(3600) + date.minute * INT64_C(60) + date.second -
		   *zone * INT64_C(60);
	return true;
}

const struct parser parser_date = { "date", NULL, date_parse };
