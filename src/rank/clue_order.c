/* clue_order.c - which of two clues comes first; never by the order in which they came. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/clue_order.h"

#include <stdlib.h>
#include <string.h>

#include "rank/tree.h"

static int
by_number(uint64_t x, uint64_t y)
{
	return x < y ? -1 : x > y;
}

/* The larger first, whatever its sign; of two alike, the one that speaks for the file's guilt. */
static int
by_weight(int32_t x, int32_t y)
{
	if (abs(x) != abs(y))
		return abs(x) > abs(y) ? -1 : 1;
	return x > y ? -1 : x < y;
}

int
clue_order_weighed(const void *a, const void *b)
{
	const struct clue_entry *x = a, *y = b;
	int order = by_number(x->file, y->file);

	if (order == 0)
		order = by_number(x->rule, y->rule);
	if (order == 0)
		order = by_weight(x->factor, y->factor);
	return order ? order : by_number(x->hash, y->hash);
}

int
clue_order_shown(const void *a, const void *b)
{
	const struct clue_entry *x = a, *y = b;
	int order = by_number(x->second, y->second);

	if (order == 0)
		order = by_weight(x->factor, y->factor);
	if (order == 0)
		order = by_number(x->rule, y->rule);
	return order ? order : by_number(x->hash, y->hash);
}

/* Reports follow the logs: by name, then by record. */
static int
by_place(const struct clue *x, const struct clue *y)
{
	const size_t both = x->log_len < y->log_len ? x->log_len : y->log_len;
	int order = memcmp(x->log, y->log, both);

	if (order == 0)
		order = by_number(x->log_len, y->log_len);
	if (order == 0)
		order = by_number(x->number, y->number);
	if (order == 0)
		order = by_number(x->log_offset, y->log_offset);
	return order ? order : by_number(x->offset, y->offset);
}

static int
by_words(const struct clue *x, const struct clue *y)
{
	int order = strcmp(x->detail, y->detail);

	if (order == 0)
		order = strcmp(x->quote, y->quote);
	if (order == 0)
		order = by_number(x->length, y->length);
	return order ? order : by_number(x->flags, y->flags);
}

int
clue_order_of_rule(const void *a, const void *b)
{
	const struct clue *x = a, *y = b;
	int order = by_number(x->rule, y->rule);

	return order ? order : clue_order_counted(a, b);
}

int
clue_order_counted(const void *a, const void *b)
{
	const struct clue *x = a, *y = b;
	int order = by_weight(x->factor, y->factor);

	if (order == 0)
		order = by_number(x->rule, y->rule);
	if (order == 0)
		order = by_place(x, y);
	if (order == 0)
		order = by_words(x, y);
	return order ? order : by_number(x->cause, y->cause);
}

uint64_t
clue_order_hash(struct slice bytes)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < bytes.len; i++)
		hash = (hash ^ bytes.data[i]) * UINT64_C(0x100000001b3);
	return hash;
}
