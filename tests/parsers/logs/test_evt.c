/* test_evt.c - event logs written from the specification, read whole, torn and in pieces. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/logs/log.h"
#include "parsers/logs/sample_evt.h"

/* The sample events, `times` over, as a log of that shape. Free with free(). */
static unsigned char *
log_of(unsigned times, struct evt_shape shape, size_t *len)
{
	struct pool pool = { NULL };
	struct buf *log = pool_buf(&pool);
	struct evt_event *events = malloc(times * sizeof sample_events);
	unsigned char *bytes;

	assert_non_null(events);
	for (unsigned i = 0; i < times * SAMPLE_EVENTS; i++) {
		events[i] = sample_events[i % SAMPLE_EVENTS];
		events[i].time += i / SAMPLE_EVENTS * 1000;
	}
	evt_write(log, events, times * (size_t)SAMPLE_EVENTS, &shape);
	bytes = malloc(log->len);
	assert_non_null(bytes);
	memcpy(bytes, log->data, log->len);
	*len = log->len;
	pool_clear(&pool);
	free(events);
	return bytes;
}

static struct evidence *
sample(void)
{
	size_t len;
	unsigned char *bytes = log_of(1, (struct evt_shape){ 0 }, &len);
	struct evidence *out;

	assert_int_equal(log_kind(slice_of(bytes, len), slice_str("x")), LOG_EVT);
	out = log_read(LOG_EVT, bytes, len, 0);
	free(bytes);
	return out;
}

static void
every_record_is_read_with_its_utc_time(void **state)
{
	struct evidence *out = sample();

	(void)state;
	assert_int_equal(out->n_lines, SAMPLE_EVENTS);
	assert_int_equal(out->n_damaged, 0);
	assert_int_equal(out->zone, ZONE_UTC);
	assert_int_equal(out->first_time, SAMPLE_TIME - 600);
	assert_int_equal(out->last_time, SAMPLE_TIME + 60);
	free(out);
}

static void
an_event_that_names_a_spool_file_gives_its_name_and_number(void **state)
{
	struct evidence *out = sample();
	const struct evidence_item *item = log_nth(out, EVIDENCE_EVENT_FILE, 1);

	(void)state;
	assert_int_equal(log_count(out, EVIDENCE_EVENT_FILE), 2);
	assert_int_equal(item->event, 4182);
	assert_int_equal(item->number, 7);
	assert_int_equal(item->time, SAMPLE_TIME + 40);
	assert_true(item->flags & EVIDENCE_STAYS);
	assert_string(item, item->spool, "G1X4TK2R");
	assert_string(item, item->source, IMC);
	free(out);
}

static void
a_name_in_binary_data_is_found_with_its_code(void **state)
{
	struct evidence *out = sample();
	const struct evidence_item *item = log_nth(out, EVIDENCE_EVENT_FILE, 0);

	(void)state;
	assert_int_equal(item->event, 4120);
	assert_string(item, item->spool, "G1X4TL2Q");
	assert_true(item->flags & EVIDENCE_BINARY);
	assert_int_equal(item->code, 0x8007000e);
	free(out);
}

static void
the_last_file_received_before_a_crash_is_told(void **state)
{
	struct evidence *out = sample();
	const struct evidence_item *item = log_nth(out, EVIDENCE_LAST_RECEIVED, 0);

	(void)state;
	/* 4097 and 4037 are two events of one crash. */
	assert_int_equal(log_count(out, EVIDENCE_LAST_RECEIVED), 2);
	assert_string(item, item->spool, "G1X4TK19");
	assert_string(item, item->path, "D:\\exchsrvr\\imcdata\\in\\G1X4TK19");
	assert_string(item, item->sender, "bert@other.example");
	assert_int_equal(item->time, SAMPLE_TIME - 1);
	assert_int_equal(item->other_time, SAMPLE_TIME);
	free(out);
}

static void
a_crash_has_its_code_address_function_and_the_local_time_it_quotes(void **state)
{
	struct evidence *out = sample();
	const struct evidence_item *watson = log_nth(out, EVIDENCE_CRASH, 0);
	const struct evidence_item *handled = log_nth(out, EVIDENCE_CRASH, 1);

	(void)state;
	assert_int_equal(log_count(out, EVIDENCE_CRASH), 2);
	assert_int_equal(watson->event, 4097);
	assert_int_equal(watson->code, 0xc0000005);
	assert_int_equal(watson->address, 0x42f1c0);
	assert_string(watson, watson->function, "CmnContent::hrAddParm");
	assert_int_equal(watson->other_time, at_time(2001, 3, 5, 14, 7, 52));
	assert_int_equal(handled->event, 4037);
	assert_int_equal(handled->code, 0xc0000005);
	assert_int_equal(handled->address, 0x42f1c0);
	free(out);
}

/* As the message file of Dr. Watson takes them: the sentence is not in the log. */
static void
a_crash_told_in_strings_is_read_like_the_sentence(void **state)
{
	static const struct evt_event event = { .time = SAMPLE_TIME,
		.id = 0x1001,
		.source = "DrWatson",
		.computer = HOST,
		.strings = { "exe\\MSEXCIMC.dbg", " 3/ 5/2001", "14: 7:52.638", "c0000005",
		    "0042f1c0", "CmnContent::hrAddParm" } };
	struct pool pool = { NULL };
	struct buf *log = pool_buf(&pool);
	struct evidence *out;
	const struct evidence_item *item;

	(void)state;
	evt_write(log, &event, 1, &(struct evt_shape){ 0 });
	out = log_read(LOG_EVT, log->data, log->len, 0);
	item = log_only(out, EVIDENCE_CRASH);
	assert_int_equal(item->code, 0xc0000005);
	assert_int_equal(item->address, 0x42f1c0);
	assert_int_equal(item->other_time, at_time(2001, 3, 5, 14, 7, 52));
	assert_string(item, item->function, "CmnContent::hrAddParm");
	free(out);
	pool_clear(&pool);
}

static void
a_store_event_gives_message_id_sender_and_archive_name(void **state)
{
	struct evidence *out = sample();
	const struct evidence_item *item = log_only(out, EVIDENCE_EVENT_MESSAGE);

	(void)state;
	assert_int_equal(item->event, 12006);
	assert_string(item, item->message_id, "<one.1@other.example>");
	assert_string(item, item->sender, "bert@other.example");
	assert_string(item, item->spool, "G1X4TK3C");
	free(out);
}

static void
a_full_disk_rules_the_message_out(void **state)
{
	struct evidence *out = sample();
	const struct evidence_item *item = log_only(out, EVIDENCE_RULE_OUT);

	(void)state;
	assert_int_equal(item->code, CAUSE_DISK_FULL);
	assert_int_equal(item->event, 3018);
	assert_string(item, item->quote,
	    "D: Gr\xc3\xbc\xc3\x9f"
	    "e");
	free(out);
}

static void
a_wrapped_log_is_read_over_its_end(void **state)
{
	size_t len;
	unsigned char *bytes = log_of(40, (struct evt_shape){ 8192, false, 0 }, &len);
	struct evidence *out = log_read(LOG_EVT, bytes, len, 0);

	(void)state;
	assert_int_equal(len, 8192);
	assert_int_equal(out->n_damaged, 0);
	assert_int_equal(out->unfinished, 0);
	/* 37 of 360: evtexport reads as many (tests/cli/logs-evtexport.sh). */
	assert_int_equal(out->n_lines, 37);
	free(out);
	free(bytes);
}

static void
a_stale_header_hides_nothing(void **state)
{
	size_t len, same;
	unsigned char *clean = log_of(5, (struct evt_shape){ 0 }, &len);
	unsigned char *dirty = log_of(5, (struct evt_shape){ 0, true, 0 }, &same);
	struct evidence *a = log_read(LOG_EVT, clean, len, 0);
	struct evidence *b = log_read(LOG_EVT, dirty, same, 0);

	(void)state;
	assert_int_equal(same, len);
	assert_memory_not_equal(clean, dirty, 48);
	assert_same_evidence(a, b);
	free(a);
	free(b);
	free(clean);
	free(dirty);
}

static void
records_are_carved_where_the_header_is_lost_or_bytes_are_missing(void **state)
{
	size_t len;
	unsigned char *bytes = log_of(2, (struct evt_shape){ 0 }, &len);
	struct evidence *out = log_read(LOG_EVT, bytes + 51, len - 51, 0);

	(void)state;
	/* The first record's begin is gone with the header. */
	assert_int_equal(log_kind(slice_of(bytes + 51, len - 51), slice_str("")), LOG_EVT);
	assert_int_equal(out->n_lines, 2 * SAMPLE_EVENTS - 1);
	free(out);
	free(bytes);
}

static void
a_record_cut_by_the_end_is_damaged_but_read(void **state)
{
	size_t len;
	unsigned char *bytes = log_of(1, (struct evt_shape){ 0 }, &len);
	struct evidence *out = log_read(LOG_EVT, bytes, len - 0x28 - 8, 0);

	(void)state;
	assert_int_equal(out->n_damaged, 1);
	assert_int_equal(out->unfinished, 1);
	assert_int_equal(out->n_lines, SAMPLE_EVENTS);
	free(out);
	free(bytes);
}

static void
pieces_of_any_size_give_the_same(void **state)
{
	size_t len;
	unsigned char *bytes = log_of(40, (struct evt_shape){ 8192, false, 0 }, &len);

	(void)state;
	assert_pieces_do_not_matter(LOG_EVT, bytes, len);
	free(bytes);
}

static void
any_cut_and_any_changed_byte_is_survived(void **state)
{
	size_t len;
	unsigned char *bytes = log_of(1, (struct evt_shape){ 0 }, &len);

	(void)state;
	assert_damage_is_survived(LOG_EVT, bytes, len);
	free(bytes);
}

/* Many events of one kind: the latest stay, all are counted. */
static void
the_latest_of_too_many_are_kept(void **state)
{
	size_t len;
	unsigned char *bytes = log_of(700, (struct evt_shape){ 0 }, &len);
	struct evidence *out = log_read(LOG_EVT, bytes, len, 100000);
	const struct evidence_item *item;
	unsigned kept = log_count(out, EVIDENCE_RECEIVED);

	(void)state;
	assert_int_equal(out->met[EVIDENCE_RECEIVED], 1400);
	assert_in_range(kept, 100, 1000);
	item = log_nth(out, EVIDENCE_RECEIVED, 0);
	assert_int_equal(item->time, SAMPLE_TIME - 60 + (700 - kept / 2) * 1000);
	item = log_nth(out, EVIDENCE_RECEIVED, kept - 1);
	assert_int_equal(item->time, SAMPLE_TIME - 1 + 699 * 1000);
	free(out);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_record_is_read_with_its_utc_time),
		cmocka_unit_test(an_event_that_names_a_spool_file_gives_its_name_and_number),
		cmocka_unit_test(a_name_in_binary_data_is_found_with_its_code),
		cmocka_unit_test(the_last_file_received_before_a_crash_is_told),
		cmocka_unit_test(
		    a_crash_has_its_code_address_function_and_the_local_time_it_quotes),
		cmocka_unit_test(a_crash_told_in_strings_is_read_like_the_sentence),
		cmocka_unit_test(a_store_event_gives_message_id_sender_and_archive_name),
		cmocka_unit_test(a_full_disk_rules_the_message_out),
		cmocka_unit_test(a_wrapped_log_is_read_over_its_end),
		cmocka_unit_test(a_stale_header_hides_nothing),
		cmocka_unit_test(records_are_carved_where_the_header_is_lost_or_bytes_are_missing),
		cmocka_unit_test(a_record_cut_by_the_end_is_damaged_but_read),
		cmocka_unit_test(pieces_of_any_size_give_the_same),
		cmocka_unit_test(any_cut_and_any_changed_byte_is_survived),
		cmocka_unit_test(the_latest_of_too_many_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
