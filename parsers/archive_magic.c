/* archive_magic.c - what the first bytes of a file tell of archives. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive_magic.h"

/* Where the first bytes tell. The kind of what is compressed is told by what is in it. */
static const struct archive_magic magics[] = {
	{ "PK\003\004", 4, PACKED_ZIP, PACKED_PLAIN },
	{ "PK\005\006", 4, PACKED_ZIP, PACKED_PLAIN }, /* an empty one */
	{ "PK\007\010", 4, PACKED_ZIP, PACKED_PLAIN }, /* a part of several */
	{ "7z\274\257\047\034", 6, PACKED_7Z, PACKED_PLAIN },
	{ "MSCF\0\0\0\0", 8, PACKED_CAB, PACKED_PLAIN },
	{ "\037\213\010", 3, PACKED_TAR, PACKED_GZIP },
	{ "BZh", 3, PACKED_TAR, PACKED_BZIP2 },
	{ "\3757zXZ\0", 6, PACKED_TAR, PACKED_XZ },
};

const struct archive_magic *
archive_magic_of(struct slice head)
{
	for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
		if (slice_same(slice_cut(head, 0, magics[i].len),
			slice_of(magics[i].bytes, magics[i].len)))
			return &magics[i];
	}
	return NULL;
}

bool
archive_is_mail(struct slice head)
{
	if (head.len == 0 || slice_starts(head, "ImCr") || slice_starts(head, "From "))
		return true;
	for (size_t i = 0; i < head.len; i++) {
		if (head.data[i] == ':')
			return true;
		if (!byte_is_ftext(head.data[i]))
			break;
	}
	return false;
}
