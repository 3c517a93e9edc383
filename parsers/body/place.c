/* place.c - facts at a place of a decoded body. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "place.h"

/* Bytes of the file between two decoded positions; the last byte's own place ends the body. */
static uint64_t
encoded_len(
    const struct message *msg, const struct part *part, uint64_t begin, size_t pos, size_t len)
{
	uint64_t end;

	if (begin == OFFSET_NONE || len == 0)
		return 0;
	end = part_file_offset(msg, part, pos + len - 1);
	return end == OFFSET_NONE || end < begin ? 0 : end - begin + 1;
}

void
place_fact(struct message *msg, struct arena *arena, enum fact_kind kind, int part, size_t pos,
    size_t len, uint64_t value)
{
	const struct part *leaf = &msg->parts[part];
	struct fact fact = {
		.kind = kind, .part = part, .field = -1, .offset = OFFSET_NONE, .value = value
	};

	if (msg->facts_seen[kind] < FACTS_KEPT) {
		fact.offset = part_file_offset(msg, leaf, pos);
		fact.len = encoded_len(msg, leaf, fact.offset, pos, len);
	}
	message_fact(msg, arena, fact);
}
