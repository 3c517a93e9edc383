/* text.c - finding things in the running text of logs. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

/* Whether the byte is one of the set, which holds no NUL. */
static bool
one_of(unsigned char byte, const char *set)
{
	return byte != '\0' && strchr(set, byte) != NULL;
}

struct slice
text_after(struct slice s, const char *before, const char *ends)
{
	size_t at = slice_find_nocase(s, 0, before), len = 0;

	if (at == SLICE_NONE)
		return slice_from(s, s.len);
	s = slice_from(s, at + strlen(before));
	while (len < s.len && !one_of(s.data[len], ends))
		len++;
	return slice_cut(s, 0, len);
}

bool
text_has(struct slice s, const char *text)
{
	return slice_find_nocase(s, 0, text) != SLICE_NONE;
}

bool
text_has_any(struct slice s, const char *const *words)
{
	for (; *words; words++)
		if (text_has(s, *words))
			return true;
	return false;
}

bool
text_number(struct slice s, uint32_t *out)
{
	uint64_t value = 0;
	size_t i = 0;

	for (; i < s.len && byte_is_digit(s.data[i]); i++) {
		value = value * 10 + (s.data[i] - '0');
		if (value > UINT32_MAX)
			return false;
	}
	if (i > 0)
		*out = (uint32_t)value;
	return i > 0;
}

bool
text_hex(struct slice s, uint32_t *out)
{
	uint32_t value = 0;
	size_t i = 0;

	if (slice_starts_nocase(s, "0x"))
		s = slice_from(s, 2);
	for (; i < s.len && byte_hex(s.data[i]) >= 0; i++) {
		if (i == 8)
			return false;
		value = value << 4 | (uint32_t)byte_hex(s.data[i]);
	}
	if (i > 0)
		*out = value;
	return i > 0;
}

bool
text_code(struct slice s, const char *before, uint32_t *out)
{
	size_t at = 0;

	if (*before) {
		at = slice_find_nocase(s, 0, before);
		if (at == SLICE_NONE)
			return false;
		at += strlen(before);
	}
	at = slice_find_nocase(s, at, "0x");
	return at != SLICE_NONE && text_hex(slice_from(s, at), out);
}

struct slice
text_address(struct slice s)
{
	size_t from = slice_find(s, 0, '<'), to, len = 0;

	if (from != SLICE_NONE) {
		to = slice_find(s, from, '>');
		if (to != SLICE_NONE)
			return slice_cut(s, from + 1, to - from - 1);
		s = slice_from(s, from + 1);
	}
	s = slice_trim(s);
	while (len < s.len && !byte_is_space(s.data[len]))
		len++;
	return slice_cut(s, 0, len);
}

struct slice
text_field(struct slice s, unsigned char separator, unsigned index)
{
	size_t at = 0, end;

	for (; index > 0; index--) {
		at = slice_find(s, at, separator);
		if (at == SLICE_NONE)
			return slice_from(s, s.len);
		at++;
	}
	end = slice_find(s, at, separator);
	return slice_cut(s, at, end == SLICE_NONE ? SLICE_NONE : end - at);
}

/* UTF-8 of one code; at most 4 bytes. */
static size_t
utf8(uint32_t code, unsigned char out[4])
{
	if (code < 0x80) {
		out[0] = (unsigned char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (unsigned char)(0xc0 | code >> 6);
		out[1] = (unsigned char)(0x80 | (code & 63));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (unsigned char)(0xe0 | code >> 12);
		out[1] = (unsigned char)(0x80 | (code >> 6 & 63));
		out[2] = (unsigned char)(0x80 | (code & 63));
		return 3;
	}
	out[0] = (unsigned char)(0xf0 | code >> 18);
	out[1] = (unsigned char)(0x80 | (code >> 12 & 63));
	out[2] = (unsigned char)(0x80 | (code >> 6 & 63));
	out[3] = (unsigned char)(0x80 | (code & 63));
	return 4;
}

/* A surrogate without its other half stands for nothing: U+FFFD. */
size_t
text_narrow(struct slice wide, unsigned char *out, size_t room)
{
	size_t len = 0;

	for (size_t i = 0; i + 1 < wide.len; i += 2) {
		uint32_t code = (uint32_t)(wide.data[i] | wide.data[i + 1] << 8);
		unsigned char bytes[4];
		size_t n;

		if (code == 0)
			break;
		if (code >= 0xd800 && code < 0xe000) {
			uint32_t low = i + 3 < wide.len
					   ? (uint32_t)(wide.data[i + 2] | wide.data[i + 3] << 8)
					   : 0;

			if (code < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
				code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
				i += 2;
			} else {
				code = 0xfffd;
			}
		}
		n = utf8(code, bytes);
		if (n > room - len)
			break;
		memcpy(out + len, bytes, n);
		len += n;
	}
	return len;
}
