/* test_flips.c - logs with one byte changed, whichever, and logs cut anywhere: read, and valid. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/logs/log.h"

#include "mkspool/samples.h"

/* Read by whatever kind its beginning shows now; the evidence is valid. */
static void
read_any(struct arena *arena, struct evidence *out, const unsigned char *bytes, size_t len)
{
	const struct slice all = slice_of(bytes, len);
	enum log_kind kind = log_kind(all, slice_str("a.log"));
	struct log_reader *reader;

	if (kind == LOG_UNKNOWN)
		kind = LOG_COPY;
	arena_reset(arena);
	reader = log_begin(arena, kind, JOB, out);
	log_feed(reader, slice_cut(all, 0, len / 2));
	log_feed(reader, slice_from(all, len / 2));
	log_finish(reader);
	assert_true(evidence_valid(out, JOB, len));
}

static void
each_log(void (*harm)(struct arena *arena, struct evidence *out, unsigned char *bytes, size_t len))
{
	struct arena *arena = arena_new((size_t)16 << 20, NULL);
	struct evidence *out = malloc(sizeof *out);

	assert_non_null(arena);
	assert_non_null(out);
	for (unsigned i = 0; i < SAMPLE_COUNT; i++) {
		size_t len;
		unsigned char *bytes = sample_log(i, &len);

		assert_int_equal(log_kind(slice_of(bytes, len), slice_str("")), sample_kinds[i]);
		harm(arena, out, bytes, len);
		free(bytes);
	}
	free(out);
	arena_free(arena);
}

static void
flip(struct arena *arena, struct evidence *out, unsigned char *bytes, size_t len)
{
	static const unsigned char masks[] = { 0xff, 0x01, 0x80, 0x20 };

	for (size_t i = 0; i < len; i++) {
		const unsigned char mask = masks[i % sizeof masks];

		bytes[i] ^= mask;
		read_any(arena, out, bytes, len);
		bytes[i] ^= mask;
	}
}

static void
cut(struct arena *arena, struct evidence *out, unsigned char *bytes, size_t len)
{
	for (size_t n = 0; n < len; n += 7)
		read_any(arena, out, bytes, n);
}

static void
any_byte_of_any_log_may_be_another(void **state)
{
	(void)state;
	each_log(flip);
}

static void
any_log_may_end_anywhere(void **state)
{
	(void)state;
	each_log(cut);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_byte_of_any_log_may_be_another),
		cmocka_unit_test(any_log_may_end_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
