/*
 * archive_magic.h - what the first bytes of a file tell of archives.
 *
 * For parsers/archive.c. A mail may hold an archive and must not be taken for one.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ARCHIVE_MAGIC_H
#define IMC_ARCHIVE_MAGIC_H

#include "packed.h"

struct archive_magic {
	const char *bytes;
	size_t len;
	enum packed_kind kind;
	enum packed_filter filter;
};

/* The row whose bytes begin the file; NULL: none. */
const struct archive_magic *archive_magic_of(struct slice head);

/* Tar and iso have their marks further behind, where a mail could have them, too: those begin with
 * an envelope or a field. An empty file is as little of an archive. */
bool archive_is_mail(struct slice head);

#endif
