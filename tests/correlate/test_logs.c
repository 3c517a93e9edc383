/* test_logs.c - what logs say, kept: whole, in the order of names, and within a bound. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "correlate/logs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

/* Evidence of n items whose spool strings are `text`. */
static struct evidence *
evidence_of(uint64_t job, enum log_kind kind, uint32_t n, const char *text)
{
	struct evidence *evidence = malloc(sizeof *evidence);

	assert_non_null(evidence);
	evidence_clear(evidence, job);
	evidence->log = (uint32_t)kind;
	evidence->log_size = 100000;
	evidence->n_items = n;
	evidence->met[EVIDENCE_COPY_FAILED] = n;
	for (uint32_t i = 0; i < n; i++) {
		struct evidence_item *item = &evidence->items[i];

		evidence_item_clear(item, EVIDENCE_COPY_FAILED);
		item->offset = i;
		item->spool = evidence_text(item, slice_str(text));
	}
	return evidence;
}

static void
add(struct log_set *set, const char *name, uint64_t job, enum log_kind kind, uint32_t n)
{
	struct evidence *evidence = evidence_of(job, kind, n, "G1X4TK19");

	assert_true(log_set_add(set, slice_str(name), evidence));
	free(evidence);
}

static void
an_item_is_kept_with_all_its_strings(void **state)
{
	struct evidence *evidence = evidence_of(3, LOG_EVT, 1, "G1X4TK19");
	struct evidence_item *item = &evidence->items[0];
	struct log_set *set = log_set_new();
	char *text = malloc(2000);

	(void)state;
	assert_non_null(text);
	memset(text, 'q', 2000);
	item->event = 4182;
	item->time = 1000;
	item->zone = ZONE_UTC;
	item->flags = EVIDENCE_WEAK;
	item->quote = evidence_text(item, slice_of(text, 2000));
	item->sender = evidence_text(item, slice_str("a@example.org"));
	evidence->n_names = 1;
	evidence->n_names_met = 5;
	memcpy(evidence->names[0].name, "G1X4TKB7", 8);
	evidence->first_time = 1000;
	assert_true(log_set_add(set, slice_str("app.evt"), evidence));
	memset(evidence, 0xee, sizeof *evidence);
	free(evidence);
	free(text);
	log_set_finish(set);

	const struct log_view *log = log_set_log(set, 0);
	assert_int_equal(log_set_count(set), 1);
	assert_true(slice_eq(log->name, "app.evt"));
	assert_int_equal(log->kind, LOG_EVT);
	assert_int_equal(log->first_time, 1000);
	assert_int_equal(log->n_items, 1);
	assert_int_equal(log->met[EVIDENCE_COPY_FAILED], 1);
	assert_int_equal(log->items[0].event, 4182);
	assert_int_equal(log->items[0].flags, EVIDENCE_WEAK);
	assert_int_equal(log->items[0].zone, ZONE_UTC);
	assert_int_equal(log->items[0].time, 1000);
	assert_true(log->items[0].other_time == EVIDENCE_TIME_NONE);
	assert_true(slice_eq(log->items[0].spool, "G1X4TK19"));
	assert_true(slice_eq(log->items[0].sender, "a@example.org"));
	assert_int_equal(log->items[0].subject.len, 0);
	assert_int_equal(log->items[0].quote.len, EVIDENCE_STRING_MAX);
	assert_int_equal(log->items[0].quote.data[511], 'q');
	assert_int_equal(log->items[0].cut, 1u << 10);
	assert_int_equal(log->n_names, 1);
	assert_int_equal(log->n_names_met, 5);
	assert_memory_equal(log->names[0].name, "G1X4TKB7", 8);
	assert_int_equal(log_set_n_left_out(set), 0);
	log_set_free(set);
}

static void
logs_stand_in_the_order_of_their_names(void **state)
{
	static const char *const orders[] = { "abcd", "dcba", "cadb" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct log_set *set = log_set_new();

		for (size_t k = 0; k < 4; k++) {
			const char name[2] = { orders[i][k], '\0' };

			add(set, name, (uint64_t)name[0], LOG_SMTP, 1);
		}
		add(set, "b", 1, LOG_EVT, 0); /* the same name: the earlier job first */
		log_set_finish(set);
		assert_int_equal(log_set_count(set), 5);
		assert_true(slice_eq(log_set_log(set, 0)->name, "a"));
		assert_int_equal(log_set_log(set, 1)->kind, LOG_EVT);
		assert_int_equal(log_set_log(set, 2)->kind, LOG_SMTP);
		assert_true(slice_eq(log_set_log(set, 4)->name, "d"));
		log_set_free(set);
	}
}

static void
the_only_root_is_not_shown(void **state)
{
	struct evidence *evidence = evidence_of(1, LOG_SMTP, 1, "x");
	struct log_set *set = log_set_new();

	(void)state;
	assert_true(log_set_add_at(set, "a/Imcdata", slice_str("Log/L0000001.LOG"), evidence));
	assert_true(log_set_add_at(set, "a/Imcdata2", slice_str("queue.dat"), evidence));
	assert_true(log_set_add_at(set, "", slice_str("a/Imcdata/given.log"), evidence));
	log_set_unname(set, NULL);
	log_set_unname(set, "a/Imcdata");
	log_set_finish(set);
	assert_true(slice_eq(log_set_log(set, 0)->name, "Log/L0000001.LOG"));
	assert_true(slice_eq(log_set_log(set, 1)->name, "a/Imcdata/given.log"));
	assert_true(slice_eq(log_set_log(set, 2)->name, "a/Imcdata2/queue.dat"));
	log_set_free(set);
	free(evidence);
}

#define LOGS 200 /* of 2,048 items each: about 120 MB */

/* Which of them are kept, whatever their order. */
static size_t
kept_of(unsigned first, unsigned step, bool kept[LOGS])
{
	struct log_set *set = log_set_new();
	size_t n = 0;

	assert_non_null(set);
	for (unsigned i = 0, which = first; i < LOGS; i++, which = (which + step) % LOGS) {
		char name[8];

		snprintf(name, sizeof name, "%03u", which);
		add(set, name, which, which < 30 ? LOG_SMTP : LOG_EVT, EVIDENCE_ITEMS_MAX);
	}
	log_set_finish(set);
	assert_int_equal(log_set_count(set), LOGS);
	for (size_t i = 0; i < LOGS; i++) {
		const struct log_view *log = log_set_log(set, i);

		kept[i] = !log->left_out;
		assert_int_equal(log->n_items, kept[i] ? EVIDENCE_ITEMS_MAX : 0);
		assert_int_equal(log->met[EVIDENCE_COPY_FAILED], EVIDENCE_ITEMS_MAX);
		n += kept[i];
	}
	assert_int_equal(log_set_n_left_out(set), LOGS - n);
	log_set_free(set);
	return n;
}

static void
what_does_not_fit_does_not_depend_on_the_order(void **state)
{
	bool one[LOGS], other[LOGS];
	const size_t n = kept_of(0, 1, one);

	(void)state;
	assert_true(n > 30 && n < LOGS - 30);
	for (size_t i = 0; i < 30; i++)
		assert_false(one[i]); /* protocol logs go first */
	assert_true(one[30]);
	assert_int_equal(kept_of(LOGS - 1, LOGS - 1, other), n);
	assert_memory_equal(one, other, sizeof one);
	assert_int_equal(kept_of(17, 77, other), n);
	assert_memory_equal(one, other, sizeof one);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_item_is_kept_with_all_its_strings),
		cmocka_unit_test(logs_stand_in_the_order_of_their_names),
		cmocka_unit_test(the_only_root_is_not_shown),
		cmocka_unit_test(what_does_not_fit_does_not_depend_on_the_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
