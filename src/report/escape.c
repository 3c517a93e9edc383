/*
 * escape.c - the one sink for hostile text.
 *
 * A file name or a header can hold escape sequences that retitle a terminal, rewrite earlier lines
 * or turn the reading order round (CWE-150). Only characters that a terminal merely shows pass
 * unchanged.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/escape.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "report/utf8.h"

static bool
blank_misleads(struct slice s, size_t pos)
{
	return pos == 0 || pos + 1 == s.len || s.data[pos - 1] == ' ';
}

static void
put_bytes(struct escaped *escaped, const unsigned char *bytes, size_t count)
{
	static const char digits[] = "0123456789abcdef";
	char *to = escaped->text;

	for (size_t i = 0; i < count; i++) {
		*to++ = '\\';
		*to++ = 'x';
		*to++ = digits[bytes[i] >> 4];
		*to++ = digits[bytes[i] & 15];
	}
	*to = '\0';
	escaped->columns = (unsigned)(4 * count);
}

struct escaped
escape_next(struct slice s, size_t pos)
{
	struct escaped escaped = { .text = "", .taken = 1 };
	uint32_t code = 0;
	size_t len = utf8_next(s, pos, &code);

	if (len == 0) {
		put_bytes(&escaped, s.data + pos, 1);
		return escaped;
	}
	escaped.taken = len;
	if (!utf8_shows(code) || (code == ' ' && blank_misleads(s, pos))) {
		put_bytes(&escaped, s.data + pos, len);
		return escaped;
	}
	if (code == '\\') {
		memcpy(escaped.text, "\\\\", 3);
		escaped.columns = 2;
		return escaped;
	}
	memcpy(escaped.text, s.data + pos, len);
	escaped.text[len] = '\0';
	escaped.columns = utf8_columns(code);
	return escaped;
}

void
escape_print(FILE *out, struct slice s)
{
	for (size_t pos = 0; pos < s.len;) {
		struct escaped escaped = escape_next(s, pos);

		fputs(escaped.text, out);
		pos += escaped.taken;
	}
}

const char *
escape_buffer(char *buffer, size_t size, struct slice s)
{
	size_t used = 0, fits = 0; /* fits: bytes after which "..." still has room */

	for (size_t pos = 0; pos < s.len;) {
		struct escaped escaped = escape_next(s, pos);
		size_t len = strlen(escaped.text);

		if (used + 3 < size)
			fits = used;
		if (used + len >= size) {
			memcpy(buffer + fits, "...", 4);
			return buffer;
		}
		memcpy(buffer + used, escaped.text, len);
		used += len;
		pos += escaped.taken;
	}
	buffer[used] = '\0';
	return buffer;
}

bool
escape_is_utf8(struct slice s)
{
	uint32_t code;

	for (size_t pos = 0; pos < s.len;) {
		size_t len = utf8_next(s, pos, &code);

		if (len == 0)
			return false;
		pos += len;
	}
	return true;
}

bool
escape_json(struct slice s, char **out, size_t *len)
{
	size_t used = 0;
	char *to;

	if (s.len > SIZE_MAX / 2 - 1)
		return false;
	to = malloc(2 * s.len + 1);
	if (!to)
		return false;
	for (size_t pos = 0; pos < s.len;) {
		uint32_t code;
		size_t whole = utf8_next(s, pos, &code);

		if (whole > 0) {
			memcpy(to + used, s.data + pos, whole);
			used += whole;
			pos += whole;
			continue;
		}
		to[used++] = (char)(0xc0 | s.data[pos] >> 6);
		to[used++] = (char)(0x80 | (s.data[pos] & 0x3f));
		pos++;
	}
	*out = to;
	*len = used;
	return true;
}

void
escape_hex(struct slice s, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < s.len; i++) {
		*out++ = digits[s.data[i] >> 4];
		*out++ = digits[s.data[i] & 15];
	}
	*out = '\0';
}
