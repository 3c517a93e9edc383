/* test_record.c - what of a record is believed, and that packing loses nothing. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "record.h"

#define JOB 7
#define N_RULES 40

/* A record with something in every corner. */
static void
make(struct record *record)
{
	memset(record, 0, sizeof *record);
	record->magic = RECORD_MAGIC;
	record->job = JOB;
	record->file_size = 1000;
	record->has_from = 1;
	record->from = record_text(record, slice_str("somebody@example.com"));
	record->has_mail_from = 1;
	record->mail_from = record_text(record, slice_str(""));
	record->n_rcpt_total = 500;
	record->n_rcpt = 2;
	record->rcpt[0] = record_text(record, slice_str("a@example.com"));
	record->rcpt[1] = record_text(record, slice_str("b@example.com"));
	record->n_findings_total = 3;
	record->n_findings = 2;
	record->findings[0] = (struct finding){ .rule = N_RULES - 1,
		.detail_len = 4,
		.line = 3,
		.offset = 990,
		.length = 10,
		.part = "1.2",
		.detail = "four" };
	record->findings[1] = (struct finding){
		.offset = OFFSET_NONE, .flags = FINDING_WEAK, .part = "1.1.1\xe2\x80\xa6"
	};
	record->size = (uint32_t)record_packed_size(record);
}

static struct record *
made(void)
{
	struct record *record = malloc(sizeof *record);

	assert_non_null(record);
	make(record);
	return record;
}

struct corruption {
	const char *name;
	void (*corrupt)(struct record *record);
};

/* clang-format off */
#define CORRUPT(name, statement) \
	static void corrupt_##name(struct record *record) { statement; }
#define ROW(name) { #name, corrupt_##name }

CORRUPT(magic, record->magic ^= 1)
CORRUPT(job, record->job++)
CORRUPT(size_small, record->size--)
CORRUPT(size_large, record->size++)
CORRUPT(status_excluded, record->status = STATUS_EXCLUDED)
CORRUPT(status_unknown, record->status = STATUS_COUNT)
CORRUPT(status_huge, record->status = UINT32_MAX)
CORRUPT(failed_without_errno, record->status = STATUS_FAILED)
CORRUPT(failed_with_negative_errno, (record->status = STATUS_FAILED, record->error = -5))
CORRUPT(failed_with_huge_errno, (record->status = STATUS_FAILED, record->error = 4096))
CORRUPT(errno_without_failure, record->error = 5)
CORRUPT(nanoseconds, record->mtime_nsec = 1000000000u)
CORRUPT(flags, record->flags = 1u << 31)
CORRUPT(has_envelope, record->has_envelope = 2)
CORRUPT(has_from, record->has_from = 2)
CORRUPT(has_subject, record->has_subject = 256)
CORRUPT(has_message_id, record->has_message_id = UINT32_MAX)
CORRUPT(absent_string_with_bytes, record->has_from = 0)
CORRUPT(too_many_findings,
    (record->n_findings = RECORD_FINDINGS_MAX + 1, record->n_findings_total = 999))
CORRUPT(huge_findings, record->n_findings = UINT32_MAX)
CORRUPT(more_kept_than_met, record->n_findings_total = 1)
CORRUPT(too_many_recipients, record->n_rcpt = RECORD_RECIPIENTS_MAX + 1)
CORRUPT(more_recipients_than_met, record->n_rcpt_total = 1)
CORRUPT(pool_too_long, record->pool_len = RECORD_POOL + 1)
CORRUPT(pool_huge, record->pool_len = UINT32_MAX)
CORRUPT(from_past_pool, record->from.offset = record->pool_len)
CORRUPT(from_runs_out, record->from.len = 200)
CORRUPT(from_offset_wraps, record->from.offset = UINT32_MAX - 3)
CORRUPT(mts_id_runs_out, record->mts_id.len = 200)
CORRUPT(mts_id_cut, record->mts_id.cut = 2)
CORRUPT(mail_from_runs_out, record->mail_from.len = 200)
CORRUPT(recipient_runs_out, record->rcpt[1].len = 14)
CORRUPT(recipient_cut, record->rcpt[0].cut = 3)
CORRUPT(rule, record->findings[0].rule = N_RULES)
CORRUPT(rule_huge, record->findings[1].rule = UINT16_MAX)
CORRUPT(finding_flags, record->findings[0].flags = 2)
CORRUPT(detail_len_short, record->findings[0].detail_len = 3)
CORRUPT(detail_len_long, record->findings[0].detail_len = 5)
CORRUPT(detail_len_huge, record->findings[0].detail_len = FINDING_DETAIL_MAX)
CORRUPT(detail_control, record->findings[0].detail[1] = '\x1b')
CORRUPT(detail_newline, record->findings[0].detail[1] = '\n')
CORRUPT(detail_8bit, record->findings[0].detail[1] = '\xe4')
CORRUPT(detail_unterminated, memset(record->findings[0].detail, 'x', FINDING_DETAIL_MAX))
CORRUPT(part_unterminated, memset(record->findings[0].part, '1', FINDING_PART_MAX))
CORRUPT(part_control, record->findings[0].part[0] = '\x07')
CORRUPT(part_8bit_in_front, memcpy(record->findings[0].part, "\xe2\x80\xa6" "1", 5))
CORRUPT(offset_past_file, record->findings[0].offset = 1001)
CORRUPT(length_past_file, record->findings[0].length = 11)
CORRUPT(length_wraps, record->findings[0].length = UINT64_MAX - 5)
CORRUPT(line_without_place, record->findings[1].line = 4)

static const struct corruption corruptions[] = {
	ROW(magic), ROW(job), ROW(size_small), ROW(size_large), ROW(status_excluded),
	ROW(status_unknown), ROW(status_huge), ROW(failed_without_errno),
	ROW(failed_with_negative_errno), ROW(failed_with_huge_errno), ROW(errno_without_failure),
	ROW(nanoseconds), ROW(flags), ROW(has_envelope), ROW(has_from), ROW(has_subject),
	ROW(has_message_id), ROW(absent_string_with_bytes), ROW(too_many_findings),
	ROW(huge_findings), ROW(more_kept_than_met), ROW(too_many_recipients),
	ROW(more_recipients_than_met), ROW(pool_too_long), ROW(pool_huge), ROW(from_past_pool),
	ROW(from_runs_out), ROW(from_offset_wraps), ROW(mts_id_runs_out), ROW(mts_id_cut),
	ROW(mail_from_runs_out), ROW(recipient_runs_out), ROW(recipient_cut), ROW(rule),
	ROW(rule_huge), ROW(finding_flags), ROW(detail_len_short), ROW(detail_len_long),
	ROW(detail_len_huge), ROW(detail_control), ROW(detail_newline), ROW(detail_8bit),
	ROW(detail_unterminated), ROW(part_unterminated), ROW(part_control),
	ROW(part_8bit_in_front), ROW(offset_past_file), ROW(length_past_file), ROW(length_wraps),
	ROW(line_without_place),
};
/* clang-format on */

/* Whether a change also alters the packed size: then `size` is put right, so that only the fault
 * counts. */
static void
mend_size(struct record *record, const struct corruption *corruption)
{
	if (strncmp(corruption->name, "size", 4) != 0)
		record->size = (uint32_t)record_packed_size(record);
}

static void
sound_record_is_valid(void **state)
{
	struct record *record = made();

	(void)state;
	assert_true(record_valid(record, JOB, N_RULES));
	free(record);
}

static void
every_corruption_is_rejected(void **state)
{
	struct record *record = made();

	(void)state;
	for (size_t i = 0; i < sizeof corruptions / sizeof corruptions[0]; i++) {
		make(record);
		corruptions[i].corrupt(record);
		mend_size(record, &corruptions[i]);
		if (record_valid(record, JOB, N_RULES))
			fail_msg("believed: %s", corruptions[i].name);
	}
	free(record);
}

/* A string that is one byte too long for its kind lies wholly inside the pool. */
static void
string_over_the_maximum_is_rejected(void **state)
{
	struct record *record = made();

	(void)state;
	record->from.offset = 0;
	record->pool_len = 4000;
	record->size = (uint32_t)record_packed_size(record);
	record->from.len = RECORD_STRING_MAX;
	assert_true(record_valid(record, JOB, N_RULES));
	record->from.len = RECORD_STRING_MAX + 1;
	assert_false(record_valid(record, JOB, N_RULES));
	free(record);
}

static void
long_text_is_cut_and_says_so(void **state)
{
	struct record *record = made();
	static unsigned char text[RECORD_STRING_MAX + 1];

	(void)state;
	struct text_ref ref = record_text(record, slice_of(text, RECORD_STRING_MAX));
	assert_int_equal(ref.cut, 0);
	ref = record_text(record, slice_of(text, sizeof text));
	assert_int_equal(ref.len, RECORD_STRING_MAX);
	assert_int_equal(ref.cut, 1);
	free(record);
}

static void
full_pool_takes_no_more(void **state)
{
	struct record *record = made();
	static const unsigned char text[1000];
	struct text_ref ref = { .len = 1 };

	(void)state;
	for (int i = 0; i < 100; i++)
		ref = record_text(record, slice_of(text, sizeof text));
	assert_int_equal(record->pool_len, RECORD_POOL);
	assert_int_equal(ref.len, 0);
	assert_int_equal(ref.cut, 1);
	record->size = (uint32_t)record_packed_size(record);
	assert_true(record_valid(record, JOB, N_RULES));
	free(record);
}

static void
reference_out_of_the_pool_reads_nothing(void **state)
{
	struct record *record = made();
	const struct text_ref wild = { .offset = UINT32_MAX, .len = 20 };

	(void)state;
	assert_int_equal(record_slice(record, wild).len, 0);
	assert_true(slice_eq(record_slice(record, record->rcpt[1]), "b@example.com"));
	free(record);
}

static void
packing_and_unpacking_keeps_everything(void **state)
{
	struct record *record = made(), *again = calloc(1, sizeof *again);
	const size_t len = record_packed_size(record);
	unsigned char *packed = malloc(len);

	(void)state;
	assert_non_null(again);
	assert_non_null(packed);
	assert_true(len < 4096);
	record_pack(record, packed);
	assert_true(record_unpack(slice_of(packed, len), again));
	assert_memory_equal(record, again, sizeof *record);
	free(packed);
	free(again);
	free(record);
}

/* Each cut copy has its own block, so that a sanitizer sees a read past its end. */
static void
packed_record_of_another_length_is_rejected(void **state)
{
	struct record *record = made(), *again = malloc(sizeof *again);
	const size_t len = record_packed_size(record);
	unsigned char *packed = calloc(1, len + 1);

	(void)state;
	assert_non_null(again);
	assert_non_null(packed);
	record_pack(record, packed);
	for (size_t cut = 0; cut < len; cut += cut < 64 || cut + 64 > len ? 1 : 13) {
		unsigned char *copy = malloc(cut ? cut : 1);

		assert_non_null(copy);
		memcpy(copy, packed, cut);
		assert_false(record_unpack(slice_of(copy, cut), again));
		free(copy);
	}
	assert_false(record_unpack(slice_of(packed, len + 1), again));
	free(packed);
	free(again);
	free(record);
}

static void
packed_corruption_is_rejected(void **state)
{
	struct record *record = made(), *again = malloc(sizeof *again);
	unsigned char *packed = malloc(sizeof *record);
	size_t rejected = 0;

	(void)state;
	assert_non_null(again);
	assert_non_null(packed);
	for (size_t i = 0; i < sizeof corruptions / sizeof corruptions[0]; i++) {
		make(record);
		const size_t len = record_packed_size(record);
		corruptions[i].corrupt(record);
		/* What changes the length cannot be packed; the job and rules are the caller's to
		 * know. */
		if (record_packed_size(record) != len)
			continue;
		record_pack(record, packed);
		rejected += !record_unpack(slice_of(packed, len), again);
	}
	/* Not rejected: job, both sizes (packing states it anew), excluded, both rule indices. */
	assert_int_equal(rejected, sizeof corruptions / sizeof corruptions[0] - 6 - 4);
	free(packed);
	free(again);
	free(record);
}

static void
a_status_is_found_by_its_name_alone(void **state)
{
	(void)state;
	for (int i = 0; i < STATUS_COUNT; i++)
		assert_int_equal(status_by_name(status_name((enum status)i)), i);
	assert_int_equal(status_by_name("Examined"), STATUS_COUNT);
	assert_int_equal(status_by_name(""), STATUS_COUNT);
	assert_int_equal(status_by_name(NULL), STATUS_COUNT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_record_is_valid),
		cmocka_unit_test(every_corruption_is_rejected),
		cmocka_unit_test(string_over_the_maximum_is_rejected),
		cmocka_unit_test(long_text_is_cut_and_says_so),
		cmocka_unit_test(full_pool_takes_no_more),
		cmocka_unit_test(reference_out_of_the_pool_reads_nothing),
		cmocka_unit_test(packing_and_unpacking_keeps_everything),
		cmocka_unit_test(packed_record_of_another_length_is_rejected),
		cmocka_unit_test(packed_corruption_is_rejected),
		cmocka_unit_test(a_status_is_found_by_its_name_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
