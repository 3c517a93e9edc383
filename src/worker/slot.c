/* slot.c - the memory that a worker and the parent share. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/slot.h"

#include <string.h>
#include <sys/mman.h>

#include "torn.h"

#define SHARED (MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE)

uint64_t
slot_job_mark(uint64_t job)
{
	return job == UINT64_MAX ? job : job + 1;
}

/* NULL and errno when it cannot be had; children do not see it until it is lent. */
static void *
share(size_t size)
{
	/* Anonymous memory has no descriptor: mmap(2) wants -1. */
	/* cppcheck-suppress invalidFunctionArg */
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, SHARED, -1, 0);

	if (memory == MAP_FAILED)
		return NULL;
	if (madvise(memory, size, MADV_DONTFORK) == 0)
		return memory;
	munmap(memory, size);
	return NULL;
}

struct slot *
slot_new(void)
{
	return share(sizeof(struct slot));
}

void
slot_free(struct slot *slot)
{
	if (slot)
		munmap(slot, sizeof *slot);
}

bool
slot_lend(struct slot *slot, bool lend)
{
	return madvise(slot, sizeof *slot, lend ? MADV_DOFORK : MADV_DONTFORK) == 0;
}

struct description *
slot_new_description(void)
{
	return share(sizeof(struct description));
}

void
slot_free_description(struct description *description)
{
	if (description)
		munmap(description, sizeof *description);
}

bool
slot_lend_description(struct description *description, bool lend)
{
	return !description ||
	       madvise(description, sizeof *description, lend ? MADV_DOFORK : MADV_DONTFORK) == 0;
}

struct evidence *
slot_new_evidence(void)
{
	return share(sizeof(struct evidence));
}

void
slot_free_evidence(struct evidence *evidence)
{
	if (evidence)
		munmap(evidence, sizeof *evidence);
}

bool
slot_lend_evidence(struct evidence *evidence, bool lend)
{
	return !evidence ||
	       madvise(evidence, sizeof *evidence, lend ? MADV_DOFORK : MADV_DONTFORK) == 0;
}

struct block_hashes *
slot_new_hashes(void)
{
	return share(sizeof(struct block_hashes));
}

void
slot_free_hashes(struct block_hashes *hashes)
{
	if (hashes)
		munmap(hashes, sizeof *hashes);
}

bool
slot_lend_hashes(struct block_hashes *hashes, bool lend)
{
	return !hashes || madvise(hashes, sizeof *hashes, lend ? MADV_DOFORK : MADV_DONTFORK) == 0;
}

#define SALVAGE_AREA (sizeof(struct salvage_area) + (size_t)SALVAGE_ROOM)

struct salvage_area *
slot_new_salvage(void)
{
	return share(SALVAGE_AREA);
}

void
slot_free_salvage(struct salvage_area *area)
{
	if (area)
		munmap(area, SALVAGE_AREA);
}

bool
slot_lend_salvage(struct salvage_area *area, bool lend)
{
	return !area || madvise(area, SALVAGE_AREA, lend ? MADV_DOFORK : MADV_DONTFORK) == 0;
}

void
slot_empty_salvage(struct salvage_area *area)
{
	/* Where the pages cannot be given back, at least the account says nothing. */
	if (area && madvise(area, SALVAGE_AREA, MADV_REMOVE) < 0)
		area->account.magic = 0;
}

void
slot_clear(struct slot *slot)
{
	memset(slot, 0, offsetof(struct slot, record));
	slot_clear_record(slot, 0);
}

struct record *
slot_record(struct slot *slot, uint32_t place)
{
	return place == 0 ? &slot->record : &slot->behind[place - 1];
}

void
slot_clear_record(struct slot *slot, uint32_t place)
{
	slot_record(slot, place)->magic = 0;
	slot_record(slot, place)->job = 0;
}

/* Counts are taken from our copy of the head, never read twice from memory that may change in
 * between. */
bool
slot_fetch(struct slot *slot, uint32_t place, uint64_t job, size_t n_rules, struct record *out)
{
	const struct record *record = slot_record(slot, place);

	memcpy(out, record, offsetof(struct record, findings));
	if (out->n_findings > RECORD_FINDINGS_MAX || out->pool_len > RECORD_POOL)
		return false;
	memcpy(out->findings, record->findings, out->n_findings * sizeof out->findings[0]);
	memcpy(out->pool, record->pool, out->pool_len);
	return record_valid(out, job, n_rules);
}

bool
slot_fetch_salvage(
    const struct salvage_area *area, const struct slot_answer *answer, struct salvage *out)
{
	return salvage_copy(&area->account, out) && salvage_valid(out, answer->job) &&
	       out->file_size == answer->size &&
	       memcmp(out->sha256, answer->sha256, sizeof out->sha256) == 0;
}

bool
log_is_read(uint32_t kind)
{
	return kind != LOG_UNKNOWN && kind != LOG_MANIFEST && kind < LOG_KIND_COUNT;
}

bool
slot_fetch_answer(const struct slot *slot, uint64_t job, struct slot_answer *out)
{
	memcpy(out, &slot->answer, sizeof *out);
	return out->job == job && out->error >= 0 && out->changed <= 1 &&
	       out->kind < LOG_KIND_COUNT && out->n_hits <= WANTED_HITS_MAX &&
	       out->n_hits <= out->n_found;
}

bool
slot_fetch_evidence(
    const struct evidence *evidence, const struct slot_answer *answer, struct evidence *out)
{
	memcpy(out, evidence, offsetof(struct evidence, items));
	if (out->n_items > EVIDENCE_ITEMS_MAX || out->n_names > EVIDENCE_NAMES_MAX)
		return false;
	memcpy(out->items, evidence->items, out->n_items * sizeof out->items[0]);
	memcpy(out->names, evidence->names, out->n_names * sizeof out->names[0]);
	return out->log == answer->kind && evidence_valid(out, answer->job, answer->size);
}

bool
slot_fetch_hashes(
    const struct block_hashes *hashes, const struct slot_answer *answer, struct block_hashes *out)
{
	const uint64_t blocks = answer->size / TORN_BLOCK;
	const uint32_t count = hashes->count;

	if (count != (blocks < WANTED_BLOCKS_SEEN ? blocks : WANTED_BLOCKS_SEEN))
		return false;
	memcpy(out->hashes, hashes->hashes, count * sizeof out->hashes[0]);
	out->count = count;
	return true;
}
