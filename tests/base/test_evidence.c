/* test_evidence.c - evidence is believed only when every number and string of it is in range. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "evidence.h"

#define SIZE 1000

/* One item and one name. */
static struct evidence *
make(void)
{
	struct evidence *evidence = malloc(sizeof *evidence);
	struct evidence_item *item;

	assert_non_null(evidence);
	evidence_clear(evidence, 3);
	evidence->log = LOG_COPY;
	evidence->log_size = SIZE;
	evidence->n_items = 1;
	evidence->met[EVIDENCE_COPY_FAILED] = 1;
	item = &evidence->items[0];
	evidence_item_clear(item, EVIDENCE_COPY_FAILED);
	item->spool = evidence_text(item, slice_str("G1X4TK19"));
	evidence->n_names = 1;
	evidence->n_names_met = 1;
	evidence->names[0].offset = 5;
	memcpy(evidence->names[0].name, "G1X4TK19", 8);
	return evidence;
}

static void
what_was_made_by_the_book_is_valid(void **state)
{
	struct evidence *evidence = make();

	(void)state;
	assert_true(evidence_valid(evidence, 3, SIZE));
	assert_true(
	    slice_eq(evidence_slice(&evidence->items[0], evidence->items[0].spool), "G1X4TK19"));
	free(evidence);
}

#define REFUSED(change)                                                                            \
	do {                                                                                       \
		struct evidence *e = make();                                                       \
		struct evidence_item *i = &e->items[0];                                            \
		(void)i;                                                                           \
		change;                                                                            \
		assert_false(evidence_valid(e, 3, SIZE));                                          \
		free(e);                                                                           \
	} while (0)

static void
every_number_out_of_range_is_refused(void **state)
{
	(void)state;
	REFUSED(e->magic++);
	REFUSED(e->job++);
	REFUSED(e->log = LOG_KIND_COUNT);
	REFUSED(e->log_size = SIZE + 1);
	REFUSED(e->n_damaged = 1);
	REFUSED(e->first_time = INT64_MAX);
	REFUSED(e->last_time = -EVIDENCE_TIME_LIMIT);
	REFUSED(e->zone = 3);
	REFUSED(e->unfinished = 2);
	REFUSED(e->n_items = EVIDENCE_ITEMS_MAX + 1);
	REFUSED(e->n_names = EVIDENCE_NAMES_MAX + 1);
	REFUSED(e->n_names_met = 0);
	REFUSED(e->met[EVIDENCE_COPY_FAILED] = 0);
	REFUSED(i->kind = EVIDENCE_KIND_COUNT);
	REFUSED(i->zone = 3);
	REFUSED(i->time = EVIDENCE_TIME_LIMIT);
	REFUSED(i->other_time = EVIDENCE_TIME_LIMIT);
	REFUSED(i->offset = SIZE + 1);
	REFUSED(i->number = 0);
	REFUSED(i->count = 0);
	REFUSED(i->flags = EVIDENCE_FLAGS_KNOWN + 1);
	REFUSED(e->names[0].offset = SIZE);
	REFUSED(e->names[0].name[7] = '\n');
}

static void
a_cause_out_of_range_is_refused(void **state)
{
	(void)state;
	REFUSED({
		i->kind = EVIDENCE_RULE_OUT;
		e->met[EVIDENCE_RULE_OUT] = 1;
		i->code = CAUSE_COUNT;
	});
}

static void
every_string_outside_its_item_is_refused(void **state)
{
	const struct evidence_ref refs[] = { { 9, 0, 0 }, { 0, 9, 0 }, { 8, 1, 0 }, { 0, 1, 2 },
		{ 65535, 65535, 0 } };

	(void)state;
	REFUSED(i->text_len = EVIDENCE_TEXT + 1);
	for (size_t n = 0; n < sizeof refs / sizeof *refs; n++) {
		REFUSED(i->source = refs[n]);
		REFUSED(i->spool = refs[n]);
		REFUSED(i->path = refs[n]);
		REFUSED(i->sender = refs[n]);
		REFUSED(i->recipient = refs[n]);
		REFUSED(i->subject = refs[n]);
		REFUSED(i->message_id = refs[n]);
		REFUSED(i->mts_id = refs[n]);
		REFUSED(i->function = refs[n]);
		REFUSED(i->bytes = refs[n]);
		REFUSED(i->quote = refs[n]);
	}
}

static void
strings_are_cut_at_their_limit_and_at_the_end_of_the_text(void **state)
{
	struct evidence *evidence = make();
	struct evidence_item *item = &evidence->items[0];
	unsigned char many[2000];
	struct evidence_ref ref;

	(void)state;
	memset(many, 'a', sizeof many);
	ref = evidence_text(item, slice_of(many, sizeof many));
	assert_int_equal(ref.len, EVIDENCE_STRING_MAX);
	assert_int_equal(ref.cut, 1);
	for (int i = 0; i < 4; i++)
		ref = evidence_text(item, slice_of(many, 500));
	assert_int_equal(item->text_len, EVIDENCE_TEXT);
	assert_int_equal(ref.len, 0);
	assert_int_equal(ref.cut, 1);
	assert_true(evidence_valid(evidence, 3, SIZE));
	free(evidence);
}

static void
day_and_month_are_exchanged_where_both_can_be_either(void **state)
{
	(void)state;
	assert_int_equal(evidence_swapped_time(evidence_seconds(2001, 3, 5) + 77),
	    evidence_seconds(2001, 5, 3) + 77);
	assert_int_equal(
	    evidence_swapped_time(evidence_seconds(2000, 12, 1)), evidence_seconds(2000, 1, 12));
	assert_int_equal(
	    evidence_swapped_time(evidence_seconds(2001, 3, 13)), evidence_seconds(2001, 3, 13));
	for (int64_t year = -5000; year < 10000; year += 7)
		assert_int_equal(evidence_swapped_time(evidence_seconds(year, 2, 11)),
		    evidence_seconds(year, 11, 2));
	assert_int_equal(evidence_swapped_time(EVIDENCE_TIME_NONE), EVIDENCE_TIME_NONE);
	assert_int_equal(evidence_swapped_time(INT64_MAX), INT64_MAX);
}

static void
dates_are_counted_as_the_calendar_does(void **state)
{
	(void)state;
	assert_int_equal(evidence_seconds(1970, 1, 1), 0);
	assert_int_equal(evidence_seconds(2001, 3, 5), 983750400);
	assert_int_equal(evidence_seconds(2000, 2, 29), 951782400);
	assert_int_equal(evidence_seconds(10000, 1, 1), EVIDENCE_TIME_LIMIT);
	assert_int_equal(evidence_seconds(1969, 12, 31), -86400);
}

static void
packed_evidence_comes_back_and_a_cut_or_changed_one_is_refused(void **state)
{
	struct evidence *in = calloc(1, sizeof *in), *out = calloc(1, sizeof *out);
	unsigned char *packed;
	size_t size;

	(void)state;
	assert_true(in && out);
	evidence_clear(in, 7);
	in->log_size = 100;
	in->n_items = 2;
	for (uint32_t i = 0; i < 2; i++) {
		evidence_item_clear(&in->items[i], EVIDENCE_EVENT_FILE);
		in->items[i].spool = evidence_text(&in->items[i], slice_str(i ? "G1X4TK19" : ""));
	}
	in->met[EVIDENCE_EVENT_FILE] = 2;
	in->n_names = 1;
	in->n_names_met = 1;
	memcpy(in->names[0].name, "ABCDEFGH", 8);
	size = evidence_packed_size(in);
	packed = malloc(size + 1);
	assert_non_null(packed);
	evidence_pack(in, packed);
	assert_true(evidence_unpack(slice_of(packed, size), out));
	assert_true(slice_eq(evidence_slice(&out->items[1], out->items[1].spool), "G1X4TK19"));
	assert_memory_equal(out->names[0].name, "ABCDEFGH", 8);
	for (size_t len = 0; len < size; len++)
		assert_false(evidence_unpack(slice_of(packed, len), out));
	packed[size] = 0;
	assert_false(evidence_unpack(slice_of(packed, size + 1), out));
	packed[size - 1] = '!';
	assert_false(evidence_unpack(slice_of(packed, size), out));
	free(packed);
	free(in);
	free(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_made_by_the_book_is_valid),
		cmocka_unit_test(packed_evidence_comes_back_and_a_cut_or_changed_one_is_refused),
		cmocka_unit_test(every_number_out_of_range_is_refused),
		cmocka_unit_test(a_cause_out_of_range_is_refused),
		cmocka_unit_test(every_string_outside_its_item_is_refused),
		cmocka_unit_test(strings_are_cut_at_their_limit_and_at_the_end_of_the_text),
		cmocka_unit_test(day_and_month_are_exchanged_where_both_can_be_either),
		cmocka_unit_test(dates_are_counted_as_the_calendar_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
