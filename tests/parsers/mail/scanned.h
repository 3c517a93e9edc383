/*
 * scanned.h - a message run through the mail parsers, for tests.
 *
 * The bytes are copied to a block of their exact size, so that the sanitizers see a read past the end.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_SCANNED_H
#define IMC_TEST_SCANNED_H

#include <stdlib.h>
#include <string.h>

#include "parser.h"
#include "test.h"

struct scanned {
	struct message msg;
	struct arena *arena;
	unsigned char *bytes;
};

static inline void
scan_bytes(struct scanned *s, const void *bytes, size_t len, bool partial)
{
	*s = (struct scanned){ .arena = arena_new((size_t)1 << 30, NULL) };
	s->bytes = malloc(len ? len : 1);
	assert_non_null(s->bytes);
	if (len)
		memcpy(s->bytes, bytes, len);
	s->msg.file = slice_of(s->bytes, len);
	s->msg.file_size = len;
	s->msg.partial = partial;
	s->msg.folder = FOLDER_IN;
	parser_envelope.parse(&s->msg, s->arena);
	parser_lines.parse(&s->msg, s->arena);
	parser_split.parse(&s->msg, s->arena);
}

static inline void
scan_text(struct scanned *s, const char *text)
{
	scan_bytes(s, text, strlen(text), false);
}

static inline void
scan_free(struct scanned *s)
{
	arena_free(s->arena);
	free(s->bytes);
}

/* How often a fact was met. */
static inline unsigned
met(const struct scanned *s, enum fact_kind kind)
{
	return s->msg.facts_seen[kind];
}

/* The first fact of the kind, which must be there. */
static inline const struct fact *
first(const struct scanned *s, enum fact_kind kind)
{
	const struct fact *fact = message_next_fact(&s->msg, kind, NULL);

	assert_non_null(fact);
	return fact;
}

/* Where the text stands in the file; it must. */
static inline size_t
place(const struct scanned *s, const char *text)
{
	size_t at = slice_find_str(s->msg.file, 0, text);

	assert_int_not_equal(at, SLICE_NONE);
	return at;
}

static inline void
assert_slice(struct slice s, const char *text)
{
	if (!slice_eq(s, text))
		fail_msg(
		    "\"%.*s\" is not \"%s\"", (int)s.len, s.len ? (const char *)s.data : "", text);
}

/* A heap string of n copies of `unit` between head and tail; the caller frees it. */
static inline char *
repeated(const char *head, const char *unit, size_t n, const char *tail)
{
	size_t len = strlen(unit), at = strlen(head);
	char *text = malloc(at + n * len + strlen(tail) + 1);

	assert_non_null(text);
	memcpy(text, head, at);
	for (size_t i = 0; i < n; i++, at += len)
		memcpy(text + at, unit, len);
	strcpy(text + at, tail);
	return text;
}

/* Nothing may point outside the file, and every prefix of a message must be read without complaint. */
static inline void
scan_prefixes(const void *bytes, size_t len)
{
	for (size_t n = 0; n <= len; n++) {
		struct scanned s;

		scan_bytes(&s, bytes, n, false);
		for (size_t i = 0; i < s.msg.n_facts; i++) {
			const struct fact *fact = &s.msg.facts[i];

			if (fact->offset != OFFSET_NONE)
				assert_true(fact->offset + fact->len <= n);
			assert_true(fact->field < (int)s.msg.n_fields);
		}
		for (size_t i = 0; i < s.msg.n_parts; i++)
			assert_int_not_equal(
			    message_offset(&s.msg, s.msg.parts[i].body), OFFSET_NONE);
		scan_free(&s);
	}
}

#endif
