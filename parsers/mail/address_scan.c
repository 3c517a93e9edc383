/*
 * address_scan.c - RFC 5322 section 3.2 tokens of a raw address field.
 *
 * Lenient where mailers are: raw 8-bit names, raw ISO-2022 names, controls inside atoms.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "address.h"

#include <string.h>

#define ESC 0x1b

static bool
is_special(unsigned char byte)
{
	return byte != 0 && strchr("()<>[]:;@\\,.\"", byte);
}

/* Past a backslash and the byte it quotes. */
static size_t
skip_quoted_pair(struct slice value, size_t pos)
{
	return pos + 1 < value.len ? pos + 2 : pos + 1;
}

static struct token
quoted_string(struct scanner *scanner)
{
	struct slice value = scanner->value;
	struct token token = { .kind = TOKEN_QUOTED, .from = scanner->pos };
	size_t pos = scanner->pos + 1;

	while (pos < value.len && value.data[pos] != '"')
		pos = value.data[pos] == '\\' ? skip_quoted_pair(value, pos) : pos + 1;
	if (pos < value.len) {
		token.end = scanner->pos = pos + 1;
		return token;
	}
	/* Take the quote for a letter: what follows is read as if it were not there. */
	scanner->quotes_ended = true;
	token.kind = TOKEN_ATOM;
	token.unclosed = true;
	token.end = ++scanner->pos;
	return token;
}

/* Comments nest; the depth is counted, not recursed into. */
static struct token
comment(struct scanner *scanner)
{
	struct slice value = scanner->value;
	struct token token = { .kind = TOKEN_COMMENT, .from = scanner->pos };
	size_t pos = scanner->pos, depth = 0;

	while (pos < value.len) {
		unsigned char byte = value.data[pos];

		if (byte == '\\') {
			pos = skip_quoted_pair(value, pos);
			continue;
		}
		pos++;
		if (byte == ',' || byte == ';')
			token.has_list = true;
		else if (byte == '(')
			depth++;
		else if (byte == ')' && --depth == 0) {
			token.end = scanner->pos = pos;
			return token;
		}
	}
	scanner->comments_ended = true;
	token.unclosed = true;
	token.has_list = false;
	token.end = ++scanner->pos;
	return token;
}

/* A domain literal, or the bare bracket when none follows. */
static struct token
literal(struct scanner *scanner)
{
	struct slice value = scanner->value;
	struct token token = { .kind = TOKEN_SPECIAL, .from = scanner->pos, .byte = '[' };
	size_t pos = scanner->pos + 1;

	while (pos < value.len && (value.data[pos] == 0 || !strchr("[]<>,\"", value.data[pos])))
		pos++;
	if (pos < value.len && value.data[pos] == ']') {
		token.kind = TOKEN_LITERAL;
		token.byte = 0;
		scanner->pos = pos;
	}
	token.end = ++scanner->pos;
	return token;
}

/* Raw ISO-2022 text (no encoded word): from "ESC $" to the next escape or line end, any byte
 * may be part of a character; other sequences are ESC, an intermediate byte and a final one. */
static size_t
skip_escape(struct slice value, size_t pos)
{
	size_t start = pos++;

	if (pos < value.len && value.data[pos] == '$') {
		while (pos < value.len && value.data[pos] != ESC && value.data[pos] != '\r' &&
		       value.data[pos] != '\n')
			pos++;
		return pos;
	}
	if (pos + 1 < value.len && value.data[pos] == '(' && strchr("BJIH", value.data[pos + 1]) &&
	    value.data[pos + 1])
		return pos + 2;
	return start + 1;
}

static struct token
atom(struct scanner *scanner)
{
	struct slice value = scanner->value;
	struct token token = { .kind = TOKEN_ATOM, .from = scanner->pos };
	size_t pos = scanner->pos;

	while (pos < value.len) {
		unsigned char byte = value.data[pos];

		if (byte_is_space(byte) ||
		    (is_special(byte) && (byte != '"' || !scanner->quotes_ended)))
			break;
		pos = byte == ESC ? skip_escape(value, pos) : pos + 1;
	}
	token.end = scanner->pos = pos;
	return token;
}

static void
skip_space(struct scanner *scanner)
{
	struct slice value = scanner->value;

	while (scanner->pos < value.len) {
		unsigned char byte = value.data[scanner->pos];

		if (!byte_is_space(byte) &&
		    !(scanner->comments_ended && (byte == '(' || byte == ')')))
			break;
		scanner->pos++;
	}
}

struct token
address_token(struct scanner *scanner)
{
	struct token token = { .kind = TOKEN_SPECIAL };
	unsigned char byte;

	skip_space(scanner);
	token.from = token.end = scanner->pos;
	if (scanner->pos == scanner->value.len) {
		token.kind = TOKEN_END;
		return token;
	}
	byte = scanner->value.data[scanner->pos];
	if (byte == '"' && !scanner->quotes_ended)
		return quoted_string(scanner);
	if (byte == '(')
		return comment(scanner);
	if (byte == '[')
		return literal(scanner);
	if (!is_special(byte) || byte == '"')
		return atom(scanner);
	token.byte = byte;
	token.end =
	    byte == '\\' ? skip_quoted_pair(scanner->value, scanner->pos) : scanner->pos + 1;
	scanner->pos = token.end;
	return token;
}
