/*
 * probe.h - one message for a test of the text parsers: bytes in, facts out.
 *
 * The file's bytes stand in a block of exactly their length, so that a sanitizer sees a read past
 * them.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TESTS_PROBE_H
#define IMC_TESTS_PROBE_H

#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "parser.h"

struct probe {
	struct arena *arena;
	struct message msg;
	unsigned char *bytes;
};

/* Run the parsers that split and decode the bytes, then `parsers` (NULL-terminated). Close with
 * probe_close(). */
static inline void
probe_open(struct probe *probe, const void *bytes, size_t len, const struct parser *const *parsers)
{
	static const struct parser *const before[] = { &parser_envelope, &parser_lines,
		&parser_split };

	*probe = (struct probe){ .arena = arena_new((size_t)256 << 20, NULL),
		.bytes = malloc(len + !len) };
	assert_non_null(probe->bytes);
	if (len > 0)
		memcpy(probe->bytes, bytes, len);
	probe->msg.file = slice_of(probe->bytes, len);
	probe->msg.file_size = len;
	for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
		before[i]->parse(&probe->msg, probe->arena);
	for (; *parsers; parsers++) {
		if ((*parsers)->warm)
			assert_true((*parsers)->warm());
		(*parsers)->parse(&probe->msg, probe->arena);
	}
}

static inline void
probe_text(struct probe *probe, const char *text, const struct parser *const *parsers)
{
	probe_open(probe, text, strlen(text), parsers);
}

static inline void
probe_close(struct probe *probe)
{
	arena_free(probe->arena);
	free(probe->bytes);
}

/* The first fact of that kind; a missing one ends the test. */
static inline const struct fact *
probe_fact(const struct probe *probe, enum fact_kind kind)
{
	const struct fact *fact = message_next_fact(&probe->msg, kind, NULL);

	assert_non_null(fact);
	return fact;
}

/* How many facts of the kinds first..last were met. */
static inline unsigned
probe_count(const struct probe *probe, enum fact_kind first, enum fact_kind last)
{
	unsigned count = 0;

	for (enum fact_kind kind = first; kind <= last; kind++)
		count += probe->msg.facts_seen[kind];
	return count;
}

/* Offset in the file of the first such text. */
static inline size_t
probe_find(const struct probe *probe, const char *text)
{
	size_t at = slice_find_str(probe->msg.file, 0, text);

	assert_true(at != SLICE_NONE);
	return at;
}

/* Take the two bars out of text, which mark a place: it becomes *from and *len. */
static inline void
probe_unmark(char *text, size_t *from, size_t *len)
{
	char *first = strchr(text, '|'), *second;

	assert_non_null(first);
	memmove(first, first + 1, strlen(first));
	second = strchr(first, '|');
	assert_non_null(second);
	memmove(second, second + 1, strlen(second));
	*from = (size_t)(first - text);
	*len = (size_t)(second - first);
}

static inline void
assert_slice(struct slice s, const char *text)
{
	assert_int_equal(s.len, strlen(text));
	if (s.len > 0)
		assert_memory_equal(s.data, text, s.len);
}

/* Read every prefix of the bytes; no fact may lie outside it. */
static inline void
probe_prefixes(const void *bytes, size_t len, const struct parser *const *parsers)
{
	for (size_t n = 0; n <= len; n++) {
		struct probe probe;

		probe_open(&probe, bytes, n, parsers);
		for (size_t i = 0; i < probe.msg.n_facts; i++) {
			const struct fact *fact = &probe.msg.facts[i];

			assert_true(fact->offset == OFFSET_NONE ||
				    (fact->offset <= n && fact->len <= n - fact->offset));
		}
		probe_close(&probe);
	}
}

/* Read `head` and then `times` copies of `piece`; the caller closes the probe. */
static inline void
probe_repeated(struct probe *probe, const char *head, const char *piece, size_t times,
    const struct parser *const *parsers)
{
	size_t head_len = strlen(head), len = strlen(piece);
	unsigned char *bytes = malloc(head_len + times * len + 1);

	assert_non_null(bytes);
	memcpy(bytes, head, head_len);
	for (size_t n = 0; n < times; n++)
		memcpy(bytes + head_len + n * len, piece, len);
	probe_open(probe, bytes, head_len + times * len, parsers);
	free(bytes);
}

#endif
