/* test_story.c - the logs that a generated tree has beside it all point to the same file. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/logs/log.h"

#include "mkspool/logs.h"

static const struct log_story story = { .crash = 983822872, /* 2001-03-05 20:07:52 UTC */
	.zone = -360,
	.n_crashes = 3,
	.culprit = "G1X4TK19",
	.before = "G1X4TKB7",
	.decoy = "G1X4SJ2R",
	.sender = "bert@other.example",
	.recipient = "jane@acme.example",
	.message_id = "<one.1@other.example>",
	.fragment = "boundary=\"x7 q\"",
	.n_fragment = 15 };

typedef void teller(struct buf *to, const struct log_story *story);

/* The log that `tell` writes, as itself and, where text, in UTF-16. */
static struct evidence *
read_story(teller *tell, enum log_kind kind, bool wide)
{
	struct pool pool = { NULL };
	struct buf *log = pool_buf(&pool), *other = pool_buf(&pool);
	struct evidence *out;

	tell(log, &story);
	if (wide)
		log_widen(other, log);
	else
		buf_cat(other, log);
	assert_int_equal(log_kind(slice_of(other->data, other->len), slice_str("")), kind);
	out = log_read(kind, other->data, other->len, 100);
	pool_clear(&pool);
	return out;
}

/* Every item of the kind names the culprit, but that a hung service keeps queue.dat open too. */
static void
assert_points(const struct evidence *out, enum evidence_kind kind, unsigned n)
{
	unsigned named = 0;

	for (unsigned i = 0; i < log_count(out, kind); i++) {
		const struct evidence_item *item = log_nth(out, kind, i);

		if (slice_eq(evidence_slice(item, item->spool), "queue.dat"))
			continue;
		assert_string(item, item->spool, "G1X4TK19");
		named++;
	}
	assert_int_equal(named, n);
}

static void
each_log_points_to_the_culprit(void **state)
{
	static const struct {
		teller *tell;
		enum log_kind log;
		enum evidence_kind kind;
		unsigned n;
	} rows[] = {
		{ log_event_log, LOG_EVT, EVIDENCE_LAST_RECEIVED, 6 },
		{ log_event_export, LOG_EVENT_TEXT, EVIDENCE_LAST_RECEIVED, 6 },
		{ log_robocopy, LOG_COPY, EVIDENCE_COPY_FAILED, 1 },
		{ log_tracking, LOG_TRACKING, EVIDENCE_TRACK_OPEN, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		for (int wide = 0; wide < (rows[i].log == LOG_EVT ? 1 : 2); wide++) {
			struct evidence *out = read_story(rows[i].tell, rows[i].log, wide);

			assert_points(out, rows[i].kind, rows[i].n);
			free(out);
		}
	}
}

/* How many runs of the stack are the culprit's bytes, and the first of them. */
static unsigned
fragments(const struct evidence *out, const struct evidence_item **first)
{
	unsigned n = 0;

	for (unsigned i = 0; i < log_count(out, EVIDENCE_STACK); i++) {
		const struct evidence_item *item = log_nth(out, EVIDENCE_STACK, i);

		if (!slice_eq(evidence_slice(item, item->bytes), "boundary=\"x7 q\""))
			continue;
		*first = n++ ? *first : item;
	}
	return n;
}

static void
the_dump_has_the_fragment_and_the_dialog_the_addresses(void **state)
{
	struct evidence *out = read_story(log_drwatson, LOG_DRWATSON, true);
	const struct evidence_item *item = NULL;

	(void)state;
	/* Once a dump; what stands around it is in any mail. */
	assert_int_equal(fragments(out, &item), 3);
	assert_int_equal(item->time, story.crash - 6 * 3600);
	free(out);
	out = read_story(log_protocol, LOG_SMTP, true);
	item = log_only(out, EVIDENCE_SMTP_OPEN);
	assert_string(item, item->sender, story.sender);
	assert_string(item, item->recipient, story.recipient);
	assert_int_equal(item->time, story.crash - 1 - 6 * 3600);
	free(out);
}

static void
local_and_universal_time_of_a_crash_give_the_zone(void **state)
{
	struct evidence *out = read_story(log_event_log, LOG_EVT, false);
	const struct evidence_item *item = log_nth(out, EVIDENCE_CRASH, 0);

	(void)state;
	assert_int_equal(item->zone, ZONE_UTC);
	assert_int_equal((item->other_time - item->time) / 60, story.zone);
	free(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_log_points_to_the_culprit),
		cmocka_unit_test(the_dump_has_the_fragment_and_the_dialog_the_addresses),
		cmocka_unit_test(local_and_universal_time_of_a_crash_give_the_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
