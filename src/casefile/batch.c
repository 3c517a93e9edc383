/* batch.c - many rows in one transaction: as few as a crash may cost, as many as the disk likes. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "array.h"
#include "casefile/private.h"

#define BATCH_ROWS 256u
#define BATCH_MS 1000u

static uint64_t
clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

bool
batch_enter(struct casefile *casefile)
{
	if (!sqlite3_get_autocommit(casefile->db))
		return true;
	casefile->batched = 0;
	casefile->batch_ms = clock_ms();
	return statement_exec(casefile, "BEGIN IMMEDIATE");
}

bool
batch_leave(struct casefile *casefile)
{
	casefile->batched++;
	if (casefile->batched < BATCH_ROWS && clock_ms() - casefile->batch_ms < BATCH_MS)
		return true;
	return batch_end(casefile);
}

bool
batch_end(struct casefile *casefile)
{
	if (sqlite3_get_autocommit(casefile->db))
		return true;
	if (!statement_exec(casefile, "COMMIT"))
		return false;
	casefile->wrote = true;
	return true;
}

bool
batch_remember(struct casefile *casefile, int64_t id)
{
	if (id < 0 || id > UINT32_MAX)
		return casefile_refused(casefile, "it has a file of a number that no scan gives");
	if (!array_grow(
		&casefile->ids, &casefile->ids_room, casefile->n_ids + 1, sizeof *casefile->ids))
		return casefile_refused(casefile, "out of memory");
	casefile->ids[casefile->n_ids++] = (uint32_t)id;
	return true;
}
