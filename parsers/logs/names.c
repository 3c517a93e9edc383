/*
 * names.c - names of spool files and their paths in running text.
 *
 * Eight symbols of 0-9 A-Z without E I O U. In lower case that fits words ("standard"), so a name
 * that nothing announces must stand alone and in upper case.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

#define NAME_LEN 8

static bool
one_of(unsigned char byte, const char *set)
{
	return byte != '\0' && strchr(set, byte) != NULL;
}

static bool
is_symbol(unsigned char byte)
{
	return byte_is_digit(byte) || (byte_is_alpha(byte) && !one_of(byte_lower(byte), "eiou"));
}

static bool
is_word(unsigned char byte)
{
	return byte_is_digit(byte) || byte_is_alpha(byte) || byte == '_' || byte >= 0x80;
}

bool
name_is_spool(struct slice s)
{
	if (s.len != NAME_LEN)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_symbol(s.data[i]))
			return false;
	return true;
}

struct slice
name_of_path(struct slice path)
{
	size_t at = path.len;

	while (at > 0 && path.data[at - 1] != '\\' && path.data[at - 1] != '/')
		at--;
	return slice_from(path, at);
}

/* Bytes that no Windows path holds, and the blanks around one in a sentence. */
static bool
ends_path(unsigned char byte, bool quoted)
{
	return byte_is_control(byte) || one_of(byte, "\"<>|*?") || (byte == ' ' && !quoted) ||
	       (quoted && byte == '\'');
}

struct slice
name_path_around(struct slice text, size_t at)
{
	size_t from = at, to = at;
	bool quoted;

	if (at > text.len)
		return slice_from(text, text.len);
	while (from > 0 && !ends_path(text.data[from - 1], false))
		from--;
	quoted = from > 0 && (text.data[from - 1] == '"' || text.data[from - 1] == '\'');
	while (to < text.len && !ends_path(text.data[to], quoted))
		to++;
	struct slice path = slice_cut(text, from, to - from);
	while (path.len && one_of(path.data[path.len - 1], "'.,;:)"))
		path.len--;
	while (path.len && one_of(path.data[0], "'("))
		path = slice_from(path, 1);
	return path;
}

struct slice
name_alone(struct slice text, size_t from)
{
	for (size_t i = from; i < text.len;) {
		size_t len = 0;
		bool upper = true;

		while (i + len < text.len && is_word(text.data[i + len])) {
			upper &= text.data[i + len] < 'a' || text.data[i + len] > 'z';
			len++;
		}
		/* Part of an address or a host name is no name of a file. */
		bool joined = (i > 0 && one_of(text.data[i - 1], "@-.")) ||
			      (i + len < text.len && one_of(text.data[i + len], "@-"));
		if (upper && !joined && name_is_spool(slice_cut(text, i, len)))
			return slice_cut(text, i, len);
		i += len + 1;
	}
	return slice_from(text, text.len);
}

struct slice
name_imcdata_path(struct slice text)
{
	static const char *const folders[] = { "imcdata\\", "\\in\\", "\\out\\", "\\work\\",
		"imcdata/", NULL };

	for (size_t i = 0; folders[i]; i++) {
		size_t at = slice_find_nocase(text, 0, folders[i]);

		if (at != SLICE_NONE)
			return name_path_around(text, at);
	}
	return slice_from(text, text.len);
}
