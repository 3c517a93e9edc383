/* text.c - text as a mail may carry it, and names as a disk may. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "salvage/text.h"

#include <string.h>

#include "salvage/encode.h"

#define NAME_MOST 60u
#define EXTENSION_MOST 10u
#define ID_MOST ((size_t)120) /* each side of the @ */

static const unsigned char replacement[] = { 0xef, 0xbf, 0xbd }; /* U+FFFD */
static const unsigned char mark[] = { 0xef, 0xbb, 0xbf };        /* U+FEFF */

bool
text_is_ascii(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] >= 0x80)
			return false;
	return true;
}

bool
text_is_blank(struct slice text)
{
	return slice_trim(text).len == 0;
}

static bool
is_stray_control(unsigned char byte)
{
	return byte_is_control(byte) && byte != '\t' && byte != '\f' && byte != '\r' &&
	       byte != '\n';
}

bool
text_is_clean(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		const unsigned char byte = text.data[i];

		if (is_stray_control(byte) || byte == '\n')
			return false;
		if (byte == '\r' && (++i == text.len || text.data[i] != '\n'))
			return false;
	}
	return text.len == 0 || text.data[text.len - 1] == '\n';
}

static size_t
put(unsigned char *out, const void *bytes, size_t len)
{
	memcpy(out, bytes, len);
	return len;
}

struct clean_text
text_clean(struct arena *arena, struct slice utf8)
{
	unsigned char *out = arena_alloc(arena, utf8.len * 3 + 2, 1);
	struct clean_text clean = { .lines = false };
	size_t len = 0;

	if (utf8.len >= sizeof mark && memcmp(utf8.data, mark, sizeof mark) == 0)
		utf8 = slice_from(utf8, sizeof mark);
	for (size_t i = 0; i < utf8.len; i++) {
		const unsigned char byte = utf8.data[i];
		const bool crlf = byte == '\r' && i + 1 < utf8.len && utf8.data[i + 1] == '\n';

		if (byte == '\r' || byte == '\n') {
			len += put(out + len, "\r\n", 2);
			clean.lines = clean.lines || !crlf;
			i += crlf;
		} else if (is_stray_control(byte)) {
			len += put(out + len, replacement, sizeof replacement);
			clean.n_replaced++;
		} else {
			out[len++] = byte;
		}
	}
	if (len > 0 && out[len - 1] != '\n') {
		len += put(out + len, "\r\n", 2);
		clean.lines = true;
	}
	clean.text = slice_of(out, len);
	return clean;
}

/* Bytes of a character that turns or hides text, U+0080 … U+009F, U+200B … U+200F,
 * U+202A … U+202E, U+2066 … U+2069, U+FEFF; 0: another. */
static size_t
hidden_len(struct slice utf8, size_t at)
{
	const unsigned char *p = utf8.data + at;

	if (utf8.len - at >= 2 && p[0] == 0xc2 && p[1] < 0xa0)
		return 2;
	if (utf8.len - at < 3)
		return 0;
	if (p[0] == 0xe2 && p[1] == 0x80 &&
	    ((p[2] >= 0x8b && p[2] <= 0x8f) || (p[2] >= 0xa8 && p[2] <= 0xae)))
		return 3;
	if (p[0] == 0xe2 && p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9)
		return 3;
	return memcmp(p, mark, sizeof mark) == 0 ? 3 : 0;
}

struct slice
text_one_line(struct arena *arena, struct slice utf8)
{
	unsigned char *out = arena_alloc(arena, utf8.len, 1);
	size_t len = 0, hidden;

	for (size_t i = 0; i < utf8.len; i++) {
		hidden = hidden_len(utf8, i);
		if (hidden > 0) {
			i += hidden - 1;
			continue;
		}
		if (!byte_is_control(utf8.data[i]) && utf8.data[i] != ' ')
			out[len++] = utf8.data[i];
		else if (len > 0 && out[len - 1] != ' ')
			out[len++] = ' ';
	}
	return slice_trim(slice_of(out, len));
}

/* Behind the last slash or backslash. */
static struct slice
last_name(struct slice name)
{
	const size_t slash = slice_rfind(name, '/');

	name = slash == SLICE_NONE ? name : slice_from(name, slash + 1);
	const size_t back = slice_rfind(name, '\\');
	return back == SLICE_NONE ? name : slice_from(name, back + 1);
}

struct slice
text_file_name(struct arena *arena, struct slice utf8)
{
	const struct slice name = last_name(text_one_line(arena, utf8));
	unsigned char *out = arena_alloc(arena, name.len + 4, 1);
	size_t dot = slice_rfind(name, '.'), len;
	struct slice tail = dot == SLICE_NONE ? slice_from(name, name.len) : slice_from(name, dot);

	if (tail.len > EXTENSION_MOST || !text_is_ascii(tail))
		tail = slice_from(name, name.len);
	len = name.len <= NAME_MOST
		  ? name.len - tail.len
		  : encode_cut(slice_cut(name, 0, name.len - tail.len), NAME_MOST - tail.len);
	if (len > 0)
		memcpy(out, name.data, len);
	if (tail.len > 0)
		memcpy(out + len, tail.data, tail.len);
	len += tail.len;
	for (size_t i = 0; i < len; i++)
		if (strchr("\"*:<>?|%'()", out[i]))
			out[i] = '_';
	while (len > 0 && (out[len - 1] == '.' || out[len - 1] == ' '))
		len--;
	for (size_t i = 0; i < len && out[i] == '.'; i++)
		out[i] = '_';
	/* A name beyond ASCII is not taken for one without an extension. */
	if (len > 0 && !text_is_ascii(slice_of(out, len)) && tail.len == 0) {
		/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): lengths go with all texts. */
		memcpy(out + len, ".dat", 4);
		len += 4;
	}
	return slice_of(out, len);
}

static bool
is_atom_byte(unsigned char byte)
{
	return byte_is_alpha(byte) || byte_is_digit(byte) ||
	       (byte != 0 && strchr("!#$%&'*+-/=?^_`{|}~", byte) != NULL);
}

bool
text_is_dot_atom(struct slice s, size_t most)
{
	bool dot = true;

	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] == '.' ? dot : !is_atom_byte(s.data[i]))
			return false;
		dot = s.data[i] == '.';
	}
	return s.len > 0 && s.len <= most && !dot;
}

struct slice
text_id(struct slice text, size_t from, size_t *end)
{
	for (size_t open = slice_find(text, from, '<'); open != SLICE_NONE;
	     open = slice_find(text, open + 1, '<')) {
		const size_t at = slice_find(slice_cut(text, 0, open + ID_MOST), open, '@');
		const size_t close = slice_find(slice_cut(text, 0, open + 2 * ID_MOST), open, '>');

		if (at == SLICE_NONE || close == SLICE_NONE || at > close ||
		    slice_find(slice_cut(text, open, close - open), 0, '%') != SLICE_NONE ||
		    !text_is_dot_atom(slice_cut(text, open + 1, at - open - 1), ID_MOST) ||
		    !text_is_dot_atom(slice_cut(text, at + 1, close - at - 1), ID_MOST))
			continue;
		*end = close + 1;
		return slice_cut(text, open + 1, close - open - 1);
	}
	*end = text.len;
	return slice_of(NULL, 0);
}
