/* packed.c - what archives are called. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "packed.h"

const char *
packed_name(enum packed_kind kind, enum packed_filter filter)
{
	static const char *const plain[PACKED_KIND_COUNT] = { "archive", "zip", "tar", "7z", "cab",
		"iso" };
	static const char *const tar[PACKED_FILTER_COUNT] = { "tar", "tar.gz", "tar.bz2",
		"tar.xz" };

	if ((unsigned)kind >= PACKED_KIND_COUNT || (unsigned)filter >= PACKED_FILTER_COUNT)
		return "archive";
	if (kind == PACKED_TAR)
		return tar[filter];
	return filter == PACKED_PLAIN ? plain[kind] : "compressed archive";
}
