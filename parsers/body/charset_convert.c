/*
 * charset_convert.c - iconv converters, opened once before the sandbox and never closed.
 *
 * The C library loads a converter's code when it is first opened and drops it when the last one is
 * closed; a confined worker cannot load it. What was not opened here therefore does not exist.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "bytes.h"

#define ROWS_MAX 160u
#define CHUNK 4096u /* bytes of output looked at in one go while checking */

static const unsigned char replacement[] = { 0xef, 0xbf, 0xbd }; /* U+FFFD */

struct converter {
	iconv_t handle;
	bool open;
	bool mapped;               /* assigned[] holds: single-byte charsets */
	uint8_t assigned[256 / 8]; /* bit per byte value: is a character */
};

/* Converters that charset_names.c replaces by wider ones, but that GMime asks for under these
 * names. */
static const char *const for_gmime[] = { "ANSI_X3.4-1968", "BIG5", "EUC-CN", "EUC-JP", "EUC-KR",
	"ISO-2022-JP", "ISO-2022-JP-3", "ISO-2022-CN", "ISO-8859-9E", "ISO-10646/UCS4/", "KOI-8",
	"KOI8-RU", "SJIS", "SHIFT_JISX0213", "EUC-JISX0213", "UHC", "UNICODE", "WCHAR_T" };

struct warm {
	bool done;
	struct converter rows[ROWS_MAX]; /* in the order of charset_table() */
	iconv_t held[sizeof for_gmime / sizeof for_gmime[0]];
};

/* Non-const by need: converters outlive every message and cannot be opened again once confined. */
/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
static struct warm warm;

static struct converter *
converter_of(const struct charset *charset)
{
	size_t count;
	struct converter *converter = &warm.rows[charset - charset_table(&count)];

	return converter->open ? converter : NULL;
}

/* iconv() takes a pointer to non-const bytes that it does not write. */
static char *
iconv_input(const unsigned char *bytes)
{
	char *input;

	memcpy(&input, &bytes, sizeof input);
	return input;
}

/* Ask the converter about each byte value by itself. */
static void
map_bytes(struct converter *converter)
{
	for (unsigned value = 0; value < 256; value++) {
		unsigned char byte = (unsigned char)value;
		char out[16], *to = out, *from = iconv_input(&byte);
		size_t left = 1, room = sizeof out;

		iconv(converter->handle, NULL, NULL, NULL, NULL);
		if (iconv(converter->handle, &from, &left, &to, &room) != (size_t)-1)
			converter->assigned[value / 8] |= (uint8_t)(1u << value % 8);
	}
	iconv(converter->handle, NULL, NULL, NULL, NULL);
	converter->mapped = true;
}

static void
open_converter(struct converter *converter, const struct charset *charset)
{
	if (!charset->iconv[0])
		return;
	converter->handle = iconv_open("UTF-8", charset->iconv);
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): how iconv_open() says no. */
	converter->open = converter->handle != (iconv_t)-1;
	if (converter->open && charset->form == CHARSET_SINGLE)
		map_bytes(converter);
}

bool
charset_warm(void)
{
	size_t count;
	const struct charset *table = charset_table(&count);

	if (count > ROWS_MAX)
		return false;
	for (size_t i = 0; i < count && !warm.done; i++)
		open_converter(&warm.rows[i], &table[i]);
	for (size_t i = 0; i < sizeof for_gmime / sizeof for_gmime[0] && !warm.done; i++)
		warm.held[i] = iconv_open("UTF-8", for_gmime[i]);
	warm.done = true;
	return converter_of(charset_find(slice_str("utf-8"))) != NULL;
}

static bool
ascii_is_assigned(const struct converter *converter)
{
	for (unsigned i = 0; i < 0x80 / 8; i++)
		if (converter->assigned[i] != 0xff)
			return false;
	return true;
}

void
charset_validate_single(
    const struct charset *charset, struct slice text, struct charset_check *check)
{
	const struct converter *converter = converter_of(charset);

	if (!converter || !converter->mapped)
		return;
	for (size_t i = ascii_is_assigned(converter) ? bytes_find_odd(text, 0, BYTES_HIGH) : 0;
	     i < text.len; i++)
		if (!(converter->assigned[text.data[i] / 8] >> text.data[i] % 8 & 1))
			charset_spot(check, i);
}

void
charset_validate_converting(
    const struct charset *charset, struct slice text, struct charset_check *check)
{
	struct converter *converter = converter_of(charset);
	char *from = iconv_input(text.data);
	size_t left = text.len;

	if (!converter)
		return;
	iconv(converter->handle, NULL, NULL, NULL, NULL);
	while (left > 0) {
		char out[CHUNK], *to = out;
		size_t room = sizeof out;

		if (iconv(converter->handle, &from, &left, &to, &room) != (size_t)-1 ||
		    errno == E2BIG)
			continue;
		if (errno == EINVAL) {
			check->cut = true;
			check->cut_at = text.len - left;
			return;
		}
		/* glibc refuses some last bytes, but counts them as read. */
		charset_spot(check, left > 0 ? text.len - left : text.len - 1);
		if (left == 0)
			return;
		iconv(converter->handle, NULL, NULL, NULL, NULL);
		from++;
		left--;
	}
}

/* Without a converter: what is ASCII stays. */
static size_t
ascii_to_utf8(struct slice text, unsigned char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < 0x80) {
			out[len++] = text.data[i];
		} else {
			memcpy(out + len, replacement, sizeof replacement);
			len += sizeof replacement;
		}
	}
	return len;
}

/* The C library lets surrogates and codes past U+10FFFF through, which are no UTF-8 (RFC 3629). Each
 * becomes one U+FFFD in place: it is never longer. Returns the new length. */
static size_t
replace_impossible(unsigned char *text, size_t len)
{
	size_t out = 0, n;

	for (size_t i = 0; i < len; i += n) {
		unsigned char lead = text[i], second = i + 1 < len ? text[i + 1] : 0;

		n = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 5;
		n += lead >= 0xfc;
		if (n > len - i)
			n = len - i;
		if (n >= sizeof replacement && ((lead == 0xed && second >= 0xa0) || lead > 0xf4 ||
						   (lead == 0xf4 && second >= 0x90))) {
			memcpy(text + out, replacement, sizeof replacement);
			out += sizeof replacement;
		} else {
			memmove(text + out, text + i, n);
			out += n;
		}
	}
	return out;
}

static size_t
convert(iconv_t handle, struct slice text, unsigned char *out, size_t room)
{
	char *from = iconv_input(text.data), *to = (char *)out;
	size_t left = text.len, all = room;

	iconv(handle, NULL, NULL, NULL, NULL);
	while (left > 0) {
		if (iconv(handle, &from, &left, &to, &room) != (size_t)-1)
			break;
		if (errno == E2BIG || room < sizeof replacement)
			return all - room;
		memcpy(to, replacement, sizeof replacement);
		to += sizeof replacement;
		room -= sizeof replacement;
		/* The text ends inside a character, or its last byte was refused and yet read. */
		if (errno == EINVAL || left == 0)
			break;
		from++;
		left--;
	}
	iconv(handle, NULL, NULL, &to, &room); /* what it still holds back */
	return all - room;
}

struct slice
charset_to_utf8(struct arena *arena, const struct charset *charset, struct slice text)
{
	struct converter *converter = converter_of(charset);
	size_t room = text.len <= SIZE_MAX / 4 - 1 ? 4 * text.len + 4 : text.len;
	unsigned char *out = arena_alloc(arena, room, 1);

	if (!converter)
		return slice_of(out, ascii_to_utf8(text, out));
	room = convert(converter->handle, text, out, room);
	return slice_of(out, replace_impossible(out, room));
}
