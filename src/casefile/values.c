/* values.c - columns of a row that anybody may have written: taken only when they fit. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "casefile/private.h"

bool
column_int(sqlite3_stmt *row, int at, int64_t least, int64_t most, int64_t *out)
{
	int64_t value;

	if (sqlite3_column_type(row, at) != SQLITE_INTEGER)
		return false;
	value = sqlite3_column_int64(row, at);
	if (value < least || value > most)
		return false;
	*out = value;
	return true;
}

bool
column_flag(sqlite3_stmt *row, int at, bool *out)
{
	int64_t value = 0;

	if (!column_int(row, at, 0, 1, &value))
		return false;
	*out = value != 0;
	return true;
}

bool
column_uint_or(sqlite3_stmt *row, int at, uint64_t none, uint64_t *out)
{
	int64_t value = 0;

	if (sqlite3_column_type(row, at) == SQLITE_NULL)
		return *out = none, true;
	if (!column_int(row, at, 0, INT64_MAX, &value))
		return false;
	*out = (uint64_t)value;
	return true;
}

bool
column_int_or(sqlite3_stmt *row, int at, int64_t none, int64_t *out)
{
	if (sqlite3_column_type(row, at) == SQLITE_NULL)
		return *out = none, true;
	return column_int(row, at, INT64_MIN, INT64_MAX, out);
}

struct slice
column_bytes(sqlite3_stmt *row, int at)
{
	const void *bytes = sqlite3_column_blob(row, at);
	const int len = sqlite3_column_bytes(row, at);

	return slice_of(bytes, bytes && len > 0 ? (size_t)len : 0);
}

bool
is_plain(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < ' ' || text.data[i] > '~')
			return false;
	}
	return true;
}

/* Bytes of the UTF-8 character at the start (RFC 3629), 0: none, or a control character. */
static size_t
calm_character(struct slice s)
{
	const unsigned char first = s.data[0];
	const size_t len = first < 0x80                    ? 1
			   : first >= 0xc2 && first < 0xe0 ? 2
			   : first >= 0xe0 && first < 0xf0 ? 3
			   : first >= 0xf0 && first < 0xf5 ? 4
							   : 0;

	if (len == 1)
		return first >= ' ' && first != 0x7f;
	if (len == 0 || len > s.len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if ((s.data[i] & 0xc0) != 0x80)
			return 0;
	}
	if ((first == 0xc2 && s.data[1] < 0xa0) || (first == 0xe0 && s.data[1] < 0xa0) ||
	    (first == 0xed && s.data[1] >= 0xa0) || (first == 0xf0 && s.data[1] < 0x90) ||
	    (first == 0xf4 && s.data[1] >= 0x90))
		return 0;
	return len;
}

bool
is_calm(struct slice text)
{
	for (size_t at = 0; at < text.len;) {
		const size_t len = calm_character(slice_from(text, at));

		if (len == 0)
			return false;
		at += len;
	}
	return true;
}

const char *
column_plain(sqlite3_stmt *row, int at, size_t most)
{
	const char *text = (const char *)sqlite3_column_text(row, at);
	const size_t len = text ? (size_t)sqlite3_column_bytes(row, at) : 0;

	if (!text || sqlite3_column_type(row, at) != SQLITE_TEXT || len > most ||
	    !is_plain(slice_of(text, len)))
		return NULL;
	return text;
}

bool
column_root(sqlite3_stmt *row, int at, struct slice *out)
{
	*out = column_bytes(row, at);
	return sqlite3_column_type(row, at) == SQLITE_BLOB && out->len < CASEFILE_PATH_MAX &&
	       slice_find(*out, 0, '\0') == SLICE_NONE;
}

/* Nobody opens what a case names, but people and scripts move it. */
bool
column_path(sqlite3_stmt *row, int at, struct slice *out)
{
	if (!column_root(row, at, out) || out->len == 0)
		return false;
	for (size_t from = 0, to; from <= out->len; from = to + 1) {
		for (to = from; to < out->len && out->data[to] != '/'; to++)
			continue;
		const struct slice name = slice_cut(*out, from, to - from);

		if (name.len == 0 || slice_eq(name, ".") || slice_eq(name, ".."))
			return false;
	}
	return true;
}

const char *
lend(struct casefile *casefile, struct slice text)
{
	struct lent *lent = malloc(sizeof *lent + text.len + 1);

	if (!lent)
		return NULL;
	if (text.len > 0)
		memcpy(lent->text, text.data, text.len);
	lent->text[text.len] = '\0';
	lent->next = casefile->lent;
	casefile->lent = lent;
	return lent->text;
}
