/*
 * names.c - names of spool files, and which way their mail travels.
 *
 * Spool names are eight symbols of 32: digits and letters without E, I, O and U. Disks show them in
 * either case; ISO 9660 may add a dot or a version.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "correlate/joins.h"

#define SPOOL_NAME_LEN 8

struct slice
name_last(struct slice path)
{
	const size_t back = slice_rfind(path, '\\'), slash = slice_rfind(path, '/');

	if (back != SLICE_NONE && (slash == SLICE_NONE || back > slash))
		return slice_from(path, back + 1);
	return slash == SLICE_NONE ? path : slice_from(path, slash + 1);
}

struct slice
name_plain(struct slice name)
{
	name = slice_trim(name);
	if (slice_ends(name, ";1"))
		name.len -= 2;
	if (name.len > 1 && name.data[name.len - 1] == '.')
		name.len--;
	return name;
}

bool
name_spool(struct slice name)
{
	if (name.len != SPOOL_NAME_LEN)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		const unsigned char byte = byte_lower(name.data[i]);

		if (!byte_is_digit(byte) && (!byte_is_alpha(byte) || strchr("eiou", byte)))
			return false;
	}
	return true;
}

/* The folders of the path say it surely, else what the event's kind tells. */
enum direction
name_direction(struct slice path, uint32_t flags)
{
	static const struct {
		const char *part;
		enum direction direction;
	} parts[] = { { "\\in\\", DIRECTION_IN }, { "\\out\\", DIRECTION_OUT },
		{ "/in/", DIRECTION_IN }, { "/out/", DIRECTION_OUT }, { "\\work\\", DIRECTION_IN },
		{ "\\pickup\\", DIRECTION_OUT } };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (slice_find_nocase(path, 0, parts[i].part) != SLICE_NONE)
			return parts[i].direction;
	if (flags & EVIDENCE_IN)
		return DIRECTION_IN;
	return flags & EVIDENCE_OUT ? DIRECTION_OUT : DIRECTION_ANY;
}
