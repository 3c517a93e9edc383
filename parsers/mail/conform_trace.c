/*
 * conform_trace.c - the trace that relays leave: Received and Return-Path (RFC 5321 section 4.4).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "conform.h"

#include "date.h"

/* The octets of "[a.b.c.d]" at the bracket: where the first one over 255 stands, or SLICE_NONE.
 * *end is behind what was read. */
static size_t
bad_octet(struct slice value, size_t pos, size_t *end)
{
	size_t bad = SLICE_NONE, at = pos + 1;

	for (unsigned n = 0; n < 4; n++) {
		size_t from = at;
		unsigned long octet = 0;

		while (at < value.len && byte_is_digit(value.data[at]) && at - from < 6)
			octet = octet * 10 + (unsigned long)(value.data[at++] - '0');
		*end = at;
		if (at == from || at == value.len || value.data[at] != (n < 3 ? '.' : ']'))
			return SLICE_NONE;
		if (octet > 255 && bad == SLICE_NONE)
			bad = from;
		at++;
	}
	return bad;
}

static bool
is_clause(struct slice token)
{
	static const char *const names[] = { "from", "by", "via", "with", "id", "for" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (slice_eq_nocase(token, names[i]))
			return true;
	return false;
}

void
conform_received(const struct conform *at)
{
	struct date_lexer lexer = { .text = at->value };
	struct slice first = date_token(&lexer);
	size_t from = first.len ? slice_index(at->value, first) : 0;
	size_t pos = slice_find(at->value, 0, '[');

	/* One mailer of the time writes nothing but a comment and the date. */
	if (!is_clause(first) && !slice_eq(first, ";"))
		conform_fact(at, FACT_TRACE_FORM, from, from + first.len, TRACE_NO_CLAUSE);
	while (pos != SLICE_NONE) {
		size_t end = pos + 1, bad = bad_octet(at->value, pos, &end);

		if (bad != SLICE_NONE) {
			conform_fact(at, FACT_TRACE_FORM, pos, end + 1, TRACE_BAD_IP);
			return;
		}
		pos = slice_find(at->value, end, '[');
	}
}

/* The value without comments before it: from the first byte that counts to the last. */
static struct slice
path_of(struct slice value)
{
	size_t pos = 0;

	while (pos < value.len && (byte_is_space(value.data[pos]) || value.data[pos] == '('))
		pos = value.data[pos] == '(' ? date_skip_comment(value, pos) : pos + 1;
	return slice_trim(slice_from(value, pos));
}

void
conform_return_path(const struct conform *at)
{
	struct slice path = path_of(at->value), inside;
	size_t from = path.len ? slice_index(at->value, path) : 0;
	size_t close = slice_find(path, 0, '>');

	if (!slice_starts(path, "<") || close == SLICE_NONE) {
		conform_fact(at, FACT_TRACE_FORM, from, from + path.len, TRACE_NO_ANGLE);
		return;
	}
	inside = slice_cut(path, 1, close - 1);
	if (inside.len == 0)
		return;
	if (part_is(&at->msg->parts[0], "multipart", "report") && at->part == 0)
		conform_fact(at, FACT_TRACE_FORM, from, from + close + 1, TRACE_NOT_NULL);
	if (slice_find(inside, 0, '@') == SLICE_NONE)
		conform_fact(at, FACT_TRACE_FORM, from, from + close + 1, TRACE_NO_AT);
	for (size_t i = 0; i < inside.len; i++) {
		if (byte_is_space(inside.data[i])) {
			conform_fact(at, FACT_TRACE_FORM, from + 1 + i, from + 2 + i, TRACE_BLANK);
			break;
		}
	}
}
