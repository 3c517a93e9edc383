/* slice.c - bytes that somebody else owns: cutting, comparing, finding. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "slice.h"

#include <string.h>

#include "bytes.h"

struct slice
slice_of(const void *data, size_t len)
{
	return (struct slice){ data, len };
}

struct slice
slice_str(const char *text)
{
	return slice_of(text, strlen(text));
}

struct slice
slice_cut(struct slice s, size_t from, size_t len)
{
	if (from >= s.len)
		return (struct slice){ s.data ? s.data + s.len : NULL, 0 };
	if (len > s.len - from)
		len = s.len - from;
	return (struct slice){ s.data + from, len };
}

struct slice
slice_from(struct slice s, size_t from)
{
	return slice_cut(s, from, SLICE_NONE);
}

struct slice
slice_trim(struct slice s)
{
	size_t from = 0;

	while (from < s.len && byte_is_space(s.data[from]))
		from++;
	while (s.len > from && byte_is_space(s.data[s.len - 1]))
		s.len--;
	return slice_from(s, from);
}

bool
slice_same(struct slice a, struct slice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool
slice_same_nocase(struct slice a, struct slice b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (byte_lower(a.data[i]) != byte_lower(b.data[i]))
			return false;
	return true;
}

/* How many bytes of s and text are alike from the start: mostly none, and then the length of text
 * need not be known. */
static size_t
alike(struct slice s, const char *text)
{
	size_t i = 0;

	while (i < s.len && text[i] != '\0' && s.data[i] == (unsigned char)text[i])
		i++;
	return i;
}

static unsigned char
lower(unsigned char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

static size_t
alike_nocase(struct slice s, const char *text)
{
	size_t i = 0;

	while (i < s.len && text[i] != '\0' && lower(s.data[i]) == lower((unsigned char)text[i]))
		i++;
	return i;
}

bool
slice_eq(struct slice s, const char *text)
{
	return alike(s, text) == s.len && text[s.len] == '\0';
}

bool
slice_eq_nocase(struct slice s, const char *text)
{
	return alike_nocase(s, text) == s.len && text[s.len] == '\0';
}

bool
slice_starts(struct slice s, const char *text)
{
	return text[alike(s, text)] == '\0';
}

bool
slice_starts_nocase(struct slice s, const char *text)
{
	return text[alike_nocase(s, text)] == '\0';
}

bool
slice_ends(struct slice s, const char *text)
{
	struct slice tail = slice_str(text);

	return s.len >= tail.len && slice_same(slice_from(s, s.len - tail.len), tail);
}

size_t
slice_find(struct slice s, size_t from, unsigned char byte)
{
	const unsigned char *hit;

	if (from >= s.len)
		return SLICE_NONE;
	hit = memchr(s.data + from, byte, s.len - from);
	return hit ? (size_t)(hit - s.data) : SLICE_NONE;
}

size_t
slice_find_str(struct slice s, size_t from, const char *text)
{
	const unsigned char *first = (const unsigned char *)text;
	size_t len = strlen(text);

	if (from >= s.len || len == 0)
		return SLICE_NONE;
	if (len < 2)
		return slice_find(s, from, (unsigned char)text[0]);
	/* The texts are short words of ours: where two bytes of one stand, mostly all do. */
	for (from = bytes_find_pair(s, from, first[0], first[1]); from != SLICE_NONE;
	     from = bytes_find_pair(s, from + 1, first[0], first[1])) {
		if (s.len - from >= len && memcmp(s.data + from, text, len) == 0)
			return from;
	}
	return SLICE_NONE;
}

size_t
slice_find_nocase(struct slice s, size_t from, const char *text)
{
	size_t len = strlen(text);

	if (len == 0 || s.len < len)
		return SLICE_NONE;
	for (size_t i = from; i <= s.len - len; i++)
		if (byte_lower(s.data[i]) == byte_lower((unsigned char)text[0]) &&
		    slice_starts_nocase(slice_from(s, i), text))
			return i;
	return SLICE_NONE;
}

size_t
slice_rfind(struct slice s, unsigned char byte)
{
	const unsigned char *hit = s.len ? memrchr(s.data, byte, s.len) : NULL;

	return hit ? (size_t)(hit - s.data) : SLICE_NONE;
}

size_t
slice_index(struct slice outer, struct slice inner)
{
	if (!outer.data || !inner.data || inner.data < outer.data || inner.len > outer.len ||
	    inner.data > outer.data + (outer.len - inner.len))
		return SLICE_NONE;
	return (size_t)(inner.data - outer.data);
}

bool
byte_is_blank(unsigned char byte)
{
	return byte == ' ' || byte == '\t';
}

bool
byte_is_space(unsigned char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

bool
byte_is_digit(unsigned char byte)
{
	return byte >= '0' && byte <= '9';
}

bool
byte_is_alpha(unsigned char byte)
{
	return byte_lower(byte) >= 'a' && byte_lower(byte) <= 'z';
}

bool
byte_is_control(unsigned char byte)
{
	return byte < 0x20 || byte == 0x7f;
}

bool
byte_is_token(unsigned char byte)
{
	return byte > 0x20 && byte < 0x7f && !strchr("()<>@,;:\\\"/[]?=", byte);
}

bool
byte_is_ftext(unsigned char byte)
{
	return byte > 0x20 && byte < 0x7f && byte != ':';
}

unsigned char
byte_lower(unsigned char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

int
byte_hex(unsigned char byte)
{
	if (byte_is_digit(byte))
		return byte - '0';
	byte = byte_lower(byte);
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

int
byte_base64(unsigned char byte)
{
	if (byte >= 'A' && byte <= 'Z')
		return byte - 'A';
	if (byte >= 'a' && byte <= 'z')
		return byte - 'a' + 26;
	if (byte_is_digit(byte))
		return byte - '0' + 52;
	return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}
