/* harness.c - a message around the bytes of a fuzz target. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#define MODEL_BYTES ((size_t)512 << 20)

static void
join(struct subject *subject, const char *head, struct slice data, const char *tail)
{
	size_t n_head = strlen(head), n_tail = strlen(tail), len = n_head + data.len + n_tail;

	subject->bytes = malloc(len + !len);
	assert(subject->bytes);
	memcpy(subject->bytes, head, n_head);
	if (data.len > 0)
		memcpy(subject->bytes + n_head, data.data, data.len);
	memcpy(subject->bytes + n_head + data.len, tail, n_tail);
	subject->msg.file = slice_of(subject->bytes, len);
	subject->msg.file_size = len;
}

void
subject_open(struct subject *subject, const char *head, struct slice data, const char *tail,
    const struct parser *const *parsers)
{
	*subject = (struct subject){ .arena = arena_new(MODEL_BYTES, NULL) };
	assert(subject->arena);
	join(subject, head, data, tail);
	for (; *parsers; parsers++) {
		if ((*parsers)->warm && !(*parsers)->warm())
			abort();
		(*parsers)->parse(&subject->msg, subject->arena);
	}
	check_message(&subject->msg);
}

void
subject_close(struct subject *subject)
{
	arena_free(subject->arena);
	free(subject->bytes);
}

void
subject_try(
    const char *head, struct slice data, const char *tail, const struct parser *const *parsers)
{
	struct subject subject;

	subject_open(&subject, head, data, tail, parsers);
	subject_close(&subject);
}

uint64_t
subject_met(const struct subject *subject, enum fact_kind first, enum fact_kind last)
{
	uint64_t count = 0;

	for (enum fact_kind kind = first; kind <= last; kind++)
		count += subject->msg.facts_seen[kind];
	return count;
}

struct slice
subject_decoded(const struct subject *subject)
{
	assert(subject->msg.n_parts == 1);
	return subject->msg.parts[0].decoded;
}

/* Bytes that follow a lead byte, -1 when it is none; *least is the smallest code so long. */
static int
utf8_more(unsigned char lead, uint32_t *least)
{
	if (lead < 0x80)
		return 0;
	*least = lead < 0xe0 ? 0x80 : lead < 0xf0 ? 0x800 : 0x10000;
	return lead < 0xc2 || lead > 0xf4 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
}

bool
is_utf8(struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		uint32_t least = 0;
		int more = utf8_more(s.data[i], &least);
		uint32_t code = more > 0 ? s.data[i] & (0x3fu >> more) : s.data[i];

		for (; more > 0; more--) {
			if (++i >= s.len || (s.data[i] & 0xc0) != 0x80)
				return false;
			code = code << 6 | (s.data[i] & 0x3f);
		}
		if (more < 0 || code < least || code > 0x10ffff ||
		    (code >= 0xd800 && code < 0xe000))
			return false;
	}
	return true;
}
