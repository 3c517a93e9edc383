/*
 * sample.h - for parser tests: one message, read by the parsers up to one of them.
 *
 * The bytes are copied to a heap block of their exact size, so that a sanitizer sees a read past
 * the end.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_SAMPLE_H
#define IMC_TEST_SAMPLE_H

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parser.h"

struct sample {
	struct message msg;
	struct arena *arena;
	unsigned char *bytes;
};

/* Parsers in the order of a scan. */
static const struct parser *const sample_parsers[] = { &parser_envelope, &parser_lines,
	&parser_split, &parser_address, &parser_date, &parser_words, &parser_transfer,
	&parser_uuencode, &parser_binhex, &parser_tnef, &parser_apple, &parser_charset,
	&parser_conform, &parser_html, &parser_filetype, &parser_complete, &parser_rtf,
	&parser_asn1, &parser_report, &parser_tear, &parser_mime };

/* Read len bytes with all parsers up to and with `last`; `partial`: as the head of a longer file.
 * Free with sample_free(). */
static inline void
sample_read_as(
    struct sample *sample, const void *bytes, size_t len, bool partial, const struct parser *last)
{
	*sample = (struct sample){ .arena = arena_new((size_t)1 << 30, NULL),
		.bytes = malloc(len ? len : 1) };
	assert_non_null(sample->arena);
	assert_non_null(sample->bytes);
	if (len > 0)
		memcpy(sample->bytes, bytes, len);
	sample->msg.file = slice_of(sample->bytes, len);
	sample->msg.file_size = len;
	sample->msg.partial = partial;
	for (size_t i = 0; i < sizeof sample_parsers / sizeof *sample_parsers; i++) {
		if (sample_parsers[i]->warm)
			assert_true(sample_parsers[i]->warm());
		sample_parsers[i]->parse(&sample->msg, sample->arena);
		if (sample_parsers[i] == last)
			return;
	}
	fail_msg("no parser %s", last->name);
}

static inline void
sample_read(struct sample *sample, const void *bytes, size_t len, const struct parser *last)
{
	sample_read_as(sample, bytes, len, false, last);
}

static inline void
sample_text(struct sample *sample, const char *text, const struct parser *last)
{
	sample_read(sample, text, strlen(text), last);
}

static inline void
sample_free(struct sample *sample)
{
	arena_free(sample->arena);
	free(sample->bytes);
}

/* How often a fact was met. */
static inline unsigned
sample_met(const struct sample *sample, enum fact_kind kind)
{
	return sample->msg.facts_seen[kind];
}

/* How many facts of the kinds first..last were met. */
static inline unsigned
sample_count(const struct sample *sample, enum fact_kind first, enum fact_kind last)
{
	unsigned count = 0;

	for (enum fact_kind kind = first; kind <= last; kind++)
		count += sample_met(sample, kind);
	return count;
}

/* The first fact of a kind, which must be there. */
static inline const struct fact *
sample_fact(const struct sample *sample, enum fact_kind kind)
{
	const struct fact *fact = message_next_fact(&sample->msg, kind, NULL);

	assert_non_null(fact);
	return fact;
}

/* Offset in the file of the first place where the text stands; it must. */
static inline size_t
sample_at(const struct sample *sample, const char *text)
{
	size_t at = slice_find_str(sample->msg.file, 0, text);

	assert_int_not_equal(at, SLICE_NONE);
	return at;
}

/* The last part's decoded bytes. */
static inline struct slice
sample_decoded(const struct sample *sample)
{
	assert_true(sample->msg.n_parts > 0);
	return sample->msg.parts[sample->msg.n_parts - 1].decoded;
}

static inline void
assert_slice(struct slice s, const char *text)
{
	if (!slice_eq(s, text))
		fail_msg(
		    "\"%.*s\" is not \"%s\"", (int)s.len, s.len ? (const char *)s.data : "", text);
}

/* Take the two bars out of text, which mark a place: it becomes *from and *len. */
static inline void
sample_unmark(char *text, size_t *from, size_t *len)
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

/* Read `head` and then n copies of `unit`. */
static inline void
sample_repeated(
    struct sample *sample, const char *head, const char *unit, size_t n, const struct parser *last)
{
	char *text = repeated(head, unit, n, "");

	sample_text(sample, text, last);
	free(text);
}

/* Read every prefix of the bytes: no fact and no body may lie outside it. */
static inline void
sample_prefixes(const void *bytes, size_t len, const struct parser *last)
{
	for (size_t cut = 0; cut <= len; cut++) {
		struct sample sample;

		sample_read(&sample, bytes, cut, last);
		for (size_t i = 0; i < sample.msg.n_facts; i++) {
			const struct fact *fact = &sample.msg.facts[i];

			assert_true(fact->offset == OFFSET_NONE ||
				    (fact->offset <= cut && fact->len <= cut - fact->offset));
			assert_true(fact->field < (int)sample.msg.n_fields);
			assert_true(fact->part < (int)sample.msg.n_parts);
		}
		for (size_t i = 0; i < sample.msg.n_parts; i++)
			assert_int_not_equal(
			    message_offset(&sample.msg, sample.msg.parts[i].body), OFFSET_NONE);
		sample_free(&sample);
	}
}

#endif
