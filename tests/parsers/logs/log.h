/*
 * log.h - for log parser tests: a log read whole, in pieces, cut short and with a byte changed.
 *
 * The bytes of a piece stand in a heap block of their exact size, so that a sanitizer sees a read
 * past the end.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_LOG_H
#define IMC_TEST_LOG_H

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "evidence.h"

#define JOB 7

/* Read len bytes in pieces of `piece` bytes (0: in one). Free with free(). */
static inline struct evidence *
log_read(enum log_kind kind, const void *bytes, size_t len, size_t piece)
{
	struct evidence *out = malloc(sizeof *out);
	struct arena *arena = arena_new((size_t)16 << 20, NULL);
	struct log_reader *reader;

	assert_non_null(out);
	assert_non_null(arena);
	reader = log_begin(arena, kind, JOB, out);
	for (size_t at = 0; at < len;) {
		size_t n = piece && piece < len - at ? piece : len - at;
		unsigned char *block = malloc(n);

		assert_non_null(block);
		memcpy(block, (const unsigned char *)bytes + at, n);
		log_feed(reader, slice_of(block, n));
		free(block);
		at += n;
	}
	log_finish(reader);
	assert_int_equal(out->log_size, len);
	assert_true(evidence_valid(out, JOB, len));
	arena_free(arena);
	return out;
}

/* A text log; the kind that its content shows must be that one. */
static inline struct evidence *
log_text(enum log_kind kind, const char *text)
{
	assert_int_equal(log_kind(slice_str(text), slice_str("a.log")), kind);
	return log_read(kind, text, strlen(text), 0);
}

/* The n-th item of a kind, from 0; NULL when there are fewer. */
static inline const struct evidence_item *
log_nth(const struct evidence *evidence, enum evidence_kind kind, unsigned n)
{
	for (uint32_t i = 0; i < evidence->n_items; i++)
		if (evidence->items[i].kind == kind && n-- == 0)
			return &evidence->items[i];
	return NULL;
}

static inline unsigned
log_count(const struct evidence *evidence, enum evidence_kind kind)
{
	unsigned n = 0;

	while (log_nth(evidence, kind, n))
		n++;
	return n;
}

/* The only item of a kind. */
static inline const struct evidence_item *
log_only(const struct evidence *evidence, enum evidence_kind kind)
{
	assert_int_equal(log_count(evidence, kind), 1);
	return log_nth(evidence, kind, 0);
}

static inline void
assert_string(const struct evidence_item *item, struct evidence_ref ref, const char *text)
{
	struct slice s = evidence_slice(item, ref);

	if (!slice_eq(s, text))
		fail_msg(
		    "\"%.*s\" is not \"%s\"", (int)s.len, s.len ? (const char *)s.data : "", text);
}

/* Seconds of a date and time, whatever the zone. */
static inline int64_t
at_time(int year, unsigned month, unsigned day, int hour, int minute, int second)
{
	return evidence_seconds(year, month, day) + hour * 3600 + minute * 60 + second;
}

/* Whether two readings of one log say the same. */
static inline void
assert_same_evidence(const struct evidence *a, const struct evidence *b)
{
	assert_memory_equal(a, b, offsetof(struct evidence, items));
	assert_memory_equal(a->items, b->items, a->n_items * sizeof *a->items);
	assert_memory_equal(a->names, b->names, a->n_names * sizeof *a->names);
}

/* The log says the same whatever the size of its pieces. */
static inline void
assert_pieces_do_not_matter(enum log_kind kind, const void *bytes, size_t len)
{
	static const size_t pieces[] = { 1, 2, 3, 7, 64, 1000 };
	struct evidence *whole = log_read(kind, bytes, len, 0);

	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct evidence *other = log_read(kind, bytes, len, pieces[i]);

		assert_same_evidence(whole, other);
		free(other);
	}
	free(whole);
}

/* Cut at every byte, and with every byte changed in three ways, the log still gives valid evidence
 * (log_read asserts that), no more than a few items of it new. */
static inline void
assert_damage_is_survived(enum log_kind kind, const void *bytes, size_t len)
{
	static const unsigned char flips[] = { 0x01, 0x80, 0xff };
	unsigned char *copy = malloc(len);

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	for (size_t i = 0; i < len; i++) {
		struct evidence *out = log_read(kind, copy, i, 0);

		assert_true(out->n_items < 100);
		free(out);
		for (size_t j = 0; j < sizeof flips; j++) {
			copy[i] ^= flips[j];
			out = log_read(kind, copy, len, 0);
			assert_true(out->n_items < 100);
			free(out);
			copy[i] ^= flips[j];
		}
	}
	free(copy);
}

/* ASCII as UTF-16 with its mark. Free with free(). */
static inline unsigned char *
wide_of(const char *text, bool little, size_t *len)
{
	size_t n = strlen(text);
	unsigned char *wide = calloc(n + 1, 2);

	assert_non_null(wide);
	wide[!little] = 0xff;
	wide[little] = 0xfe;
	for (size_t i = 0; i < n; i++)
		wide[2 * i + 2 + !little] = (unsigned char)text[i];
	*len = 2 * n + 2;
	return wide;
}

#endif
