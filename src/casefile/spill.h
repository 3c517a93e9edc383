/*
 * spill.h - a temporary file that takes what the parent need not hold in memory.
 *
 * For src/rank and src/cli. The file has no name, so nothing is left behind however the process
 * ends. Entries are opaque bytes, appended once and read back by the offset that spill_add() gave.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SPILL_H
#define IMC_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define SPILL_ENTRY_MAX (64u << 20) /* bytes of one entry */
#define SPILL_LENGTH 4u             /* bytes of its length, which stand before it in the file */

struct spill;

/* An empty spill in a nameless file (0600) of the folder `dir`; NULL means anonymous memory, for
 * when every folder lies in the evidence. NULL with errno when it cannot be had. Free with
 * spill_free(). */
struct spill *spill_new(const char *dir);

/* Another one in the same place. NULL with errno. */
struct spill *spill_beside(const struct spill *spill);

/* Append the pieces as one entry; *offset then names it. False with errno (ENOSPC, EFBIG …): the
 * spill is unusable from then on. */
bool spill_add(struct spill *spill, const struct slice *pieces, size_t n_pieces, uint64_t *offset);

/* The bytes of an entry, borrowed until the next call for this spill. Entries that are read in the
 * order of adding come many at a time from the disk. False with errno. */
bool spill_get(struct spill *spill, uint64_t offset, struct slice *out);

/* `len` bytes of the file, lengths and entries. False with errno. */
bool spill_read(struct spill *spill, uint64_t offset, void *out, size_t len);

/* NULL is allowed. */
void spill_free(struct spill *spill);

#endif
