/* conform_syntax.c - quotes and comments of structured fields (RFC 5322 section 3.2). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "conform.h"

#include "date.h"

/* One value under way: the first place of each fault, SLICE_NONE where there is none. */
struct scan {
	size_t first[SYNTAX_LEADING_COMMENT + 1];
	size_t quote;   /* the open quotation mark */
	size_t comment; /* the outermost open parenthesis */
	size_t depth;
	bool has_text; /* something but blanks came */
};

static void
note(struct scan *scan, enum syntax_fault fault, size_t pos)
{
	if (scan->first[fault] == SLICE_NONE)
		scan->first[fault] = pos;
}

static void
take_paren(struct scan *scan, unsigned char byte, size_t pos)
{
	if (byte == ')') {
		if (scan->depth == 0)
			note(scan, SYNTAX_STRAY_PAREN, pos);
		else
			scan->depth--;
		return;
	}
	if (scan->depth++ > 0) {
		note(scan, SYNTAX_NESTED_COMMENT, pos);
		return;
	}
	scan->comment = pos;
	if (!scan->has_text)
		note(scan, SYNTAX_LEADING_COMMENT, pos);
}

/* Returns the bytes taken. */
static size_t
take(struct scan *scan, struct slice value, size_t pos)
{
	unsigned char byte = value.data[pos];

	if (byte == '\\' && pos + 1 < value.len) {
		if (scan->depth > 0 && (value.data[pos + 1] == '(' || value.data[pos + 1] == ')'))
			note(scan, SYNTAX_ESCAPED_PAREN, pos);
		return 2;
	}
	if (byte == '"' && scan->depth == 0)
		scan->quote = scan->quote == SLICE_NONE ? pos : SLICE_NONE;
	else if ((byte == '(' || byte == ')') && scan->quote == SLICE_NONE)
		take_paren(scan, byte, pos);
	scan->has_text = scan->has_text || !byte_is_space(byte);
	return 1;
}

static bool
is_told(enum syntax_fault fault, enum syntax_scope scope)
{
	bool lawful = fault >= SYNTAX_NESTED_COMMENT;

	return scope == SYNTAX_OF_FIELD || lawful == (scope == SYNTAX_OF_ADDRESS);
}

void
conform_syntax(const struct conform *at, enum syntax_scope scope)
{
	struct scan scan = { .quote = SLICE_NONE };

	for (int fault = 0; fault <= SYNTAX_LEADING_COMMENT; fault++)
		scan.first[fault] = SLICE_NONE;
	for (size_t pos = 0; pos < at->value.len;)
		pos += take(&scan, at->value, pos);
	scan.first[SYNTAX_UNCLOSED_QUOTE] = scan.quote;
	if (scan.depth > 0)
		scan.first[SYNTAX_UNCLOSED_COMMENT] = scan.comment;
	for (int fault = 1; fault <= SYNTAX_LEADING_COMMENT; fault++)
		if (scan.first[fault] != SLICE_NONE && is_told((enum syntax_fault)fault, scope))
			conform_fact(at, FACT_FIELD_SYNTAX, scan.first[fault],
			    scan.first[fault] + 1, (uint64_t)fault);
}

/* RFC 2045 section 4: "1.0", and nothing else; comments and blanks may stand anywhere between. */
void
conform_version(const struct conform *at)
{
	static const char order[] = "0.0"; /* digits, dot, digits */
	struct date_lexer lexer = { .text = at->value };
	size_t n = 0, first = 0, end = 0;
	bool is_one = true;
	struct slice token;

	while ((token = date_token(&lexer)).len > 0) {
		size_t from = slice_index(at->value, token);
		bool fits = order[n] == '.' ? token.data[0] == '.' : byte_is_digit(token.data[0]);

		if (order[n] && fits) {
			first = n == 0 ? from : first;
			end = from + token.len;
			is_one = is_one && slice_eq(token, n == 0 ? "1" : n == 1 ? "." : "0");
			n++;
			continue;
		}
		conform_fact(at, FACT_FIELD_SYNTAX, from, from + token.len,
		    order[n] ? SYNTAX_ILLEGAL_BYTE : SYNTAX_EXTRA_TEXT);
		return;
	}
	if (n > 0 && (!is_one || order[n]))
		conform_fact(at, FACT_FIELD_VALUE, first, end, VALUE_VERSION);
}
