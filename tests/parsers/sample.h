/*
 * sample.h - for parser tests: a message from a string, read by the parsers up to one of them.
 *
 * The bytes are copied to a heap block of their exact size, so that a sanitizer sees a read past the end.
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

/* Parsers in the order of a scan, as far as these tests need them. */
static const struct parser *const sample_parsers[] = { &parser_envelope, &parser_lines,
	&parser_split, &parser_transfer, &parser_uuencode, &parser_binhex, &parser_tnef,
	&parser_filetype, &parser_mime };

/* Read len bytes with all parsers up to and with `last`. */
static inline void
sample_read(struct sample *sample, const void *bytes, size_t len, const struct parser *last)
{
	memset(sample, 0, sizeof *sample);
	sample->arena = arena_new((size_t)1 << 30, NULL);
	sample->bytes = malloc(len ? len : 1);
	assert_non_null(sample->arena);
	assert_non_null(sample->bytes);
	if (len > 0)
		memcpy(sample->bytes, bytes, len);
	sample->msg.file = slice_of(sample->bytes, len);
	sample->msg.file_size = len;
	for (size_t i = 0; i < sizeof sample_parsers / sizeof *sample_parsers; i++) {
		if (sample_parsers[i]->warm)
			assert_true(sample_parsers[i]->warm());
		sample_parsers[i]->parse(&sample->msg, sample->arena);
		if (sample_parsers[i] == last)
			break;
	}
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

static inline unsigned
sample_count(const struct sample *sample, enum fact_kind kind)
{
	return sample->msg.facts_seen[kind];
}

/* The first fact of a kind, which must be there. */
static inline const struct fact *
sample_fact(const struct sample *sample, enum fact_kind kind)
{
	const struct fact *fact = message_next_fact(&sample->msg, kind, NULL);

	assert_non_null(fact);
	return fact;
}

/* Offset in the file of the first place where the text stands. */
static inline uint64_t
sample_at(const struct sample *sample, const char *text)
{
	size_t at = slice_find_str(sample->msg.file, 0, text);

	assert_int_not_equal(at, SLICE_NONE);
	return at;
}

/* The only leaf's decoded bytes. */
static inline struct slice
sample_decoded(const struct sample *sample)
{
	assert_true(sample->msg.n_parts > 0);
	return sample->msg.parts[sample->msg.n_parts - 1].decoded;
}

/* Every prefix of the message must be readable; nothing but surviving is asked. */
static inline void
sample_all_prefixes(const void *bytes, size_t len, const struct parser *last)
{
	for (size_t cut = 0; cut <= len; cut++) {
		struct sample sample;

		sample_read(&sample, bytes, cut, last);
		for (size_t i = 0; i < sample.msg.n_facts; i++) {
			const struct fact *fact = &sample.msg.facts[i];

			assert_true(fact->offset == OFFSET_NONE || fact->offset <= cut);
			assert_true(fact->offset == OFFSET_NONE || fact->len <= cut - fact->offset);
		}
		sample_free(&sample);
	}
}

#endif
