/* clue.c - clues: empty ones, safe texts, and whether one that was stored can be believed. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "clue.h"

#include <string.h>

#include "facts.h"

/* NUL-terminated within its room, and nothing but printable ASCII. */
static bool
is_plain(const char *text, size_t size)
{
	const char *end = memchr(text, '\0', size);

	if (!end)
		return false;
	for (; text < end; text++) {
		if (*text < ' ' || *text > '~')
			return false;
	}
	return true;
}

bool
clue_valid(const struct clue *clue, size_t n_rules)
{
	return clue->rule < n_rules && clue->log_len <= sizeof clue->log &&
	       (clue->flags & ~CLUE_FLAGS_KNOWN) == 0 && clue->factor <= CLUE_FACTOR_MAX &&
	       clue->factor >= -CLUE_FACTOR_MAX && is_plain(clue->detail, sizeof clue->detail) &&
	       is_plain(clue->quote, sizeof clue->quote);
}

void
clue_clear(struct clue *clue, uint16_t rule)
{
	memset(clue, 0, sizeof *clue);
	clue->rule = rule;
	clue->log_offset = OFFSET_NONE;
	clue->offset = OFFSET_NONE;
	clue->time = INT64_MIN;
}

static void
put_hex(char *out, unsigned char byte)
{
	static const char digits[] = "0123456789ABCDEF";

	out[0] = '\\';
	out[1] = 'x';
	out[2] = digits[byte >> 4];
	out[3] = digits[byte & 15];
}

/* Logs are full of paths with backslashes, which stay; only one that would read as an escape of ours
 * is escaped itself. */
static bool
looks_escaped(struct slice bytes, size_t at)
{
	return bytes.data[at] == '\\' && at + 1 < bytes.len && bytes.data[at + 1] == 'x';
}

void
clue_text(char *out, size_t size, struct slice bytes)
{
	size_t used = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		const unsigned char byte = bytes.data[i];
		const bool plain = byte >= ' ' && byte <= '~' && !looks_escaped(bytes, i);
		const size_t wants = plain ? 1 : 4;

		if (used + wants >= size)
			break;
		if (plain)
			out[used] = (char)byte;
		else
			put_hex(out + used, byte);
		used += wants;
	}
	if (size > 0)
		out[used] = '\0';
}
