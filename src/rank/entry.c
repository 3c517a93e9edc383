/* entry.c - one file's entry in the spill: a head of fixed size, its rules, path, reason, record. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rank/tree.h"

#define FIRED_SIZE(head) ((head)->n_fired * sizeof(uint16_t)) /* bytes */

bool
entry_add(struct ranking *ranking, const struct entry *entry, const struct record *record,
    uint64_t *offset)
{
	struct entry_head head = entry->head;
	unsigned char *packed = NULL;
	struct slice pieces[5];
	bool added;

	if (entry->path.len > SPILL_ENTRY_MAX)
		return errno = EOVERFLOW, false;
	head.path_len = (uint32_t)entry->path.len;
	head.reason_len = (uint32_t)strlen(entry->reason) + 1;
	head.record_len = 0;
	if (record) {
		head.record_len = (uint32_t)record_packed_size(record);
		packed = malloc(head.record_len);
		if (!packed)
			return false;
		record_pack(record, packed);
	}
	pieces[0] = slice_of(&head, sizeof head);
	pieces[1] = slice_of(entry->fired, FIRED_SIZE(&head));
	pieces[2] = entry->path;
	pieces[3] = slice_of(entry->reason, head.reason_len);
	pieces[4] = slice_of(packed, head.record_len);
	added = spill_add(ranking->spill, pieces, 5, offset);
	free(packed);
	return added;
}

/* Only our own process writes the spill, but a bad disk may give back anything. */
static bool
head_fits(const struct ranking *ranking, const struct entry_head *head, size_t len)
{
	const uint64_t sum =
	    (uint64_t)FIRED_SIZE(head) + head->path_len + head->reason_len + head->record_len;

	return head->n_fired <= ranking->options.n_rules && head->reason_len > 0 && sum == len &&
	       head->root < ranking->tree.n_roots;
}

static bool
take_fired(struct ranking *ranking, struct slice bytes)
{
	const size_t count = bytes.len / sizeof *ranking->fired;

	if (bytes.len > 0)
		memcpy(ranking->fired, bytes.data, bytes.len);
	for (size_t i = 0; i < count; i++) {
		if ((ranking->fired[i] & (uint16_t)~FIRED_WEAK) >= ranking->options.n_rules)
			return false;
	}
	return true;
}

bool
entry_read(struct ranking *ranking, uint32_t number, struct entry *entry)
{
	struct entry_head *head = &entry->head;
	struct slice rest;

	if (!spill_get(ranking->spill, ranking->tree.files[number].entry, &rest))
		return false;
	if (rest.len < sizeof *head)
		return errno = EIO, false;
	memcpy(head, rest.data, sizeof *head);
	rest = slice_from(rest, sizeof *head);
	if (!head_fits(ranking, head, rest.len) ||
	    !take_fired(ranking, slice_cut(rest, 0, FIRED_SIZE(head))))
		return errno = EIO, false;
	entry->fired = ranking->fired;
	rest = slice_from(rest, FIRED_SIZE(head));
	entry->path = slice_cut(rest, 0, head->path_len);
	rest = slice_from(rest, head->path_len);
	entry->reason = (const char *)rest.data;
	if (rest.data[head->reason_len - 1] != '\0')
		return errno = EIO, false;
	entry->record = slice_from(rest, head->reason_len);
	return true;
}

bool
entry_show(
    struct ranking *ranking, uint32_t number, const struct entry *entry, struct suspect *suspect)
{
	const struct ranked *file = &ranking->tree.files[number];
	const struct entry_head *head = &entry->head;

	if (head->record_len > 0 && !record_unpack(entry->record, ranking->record))
		return errno = EIO, false;
	*suspect = (struct suspect){
		.root = tree_root_name(&ranking->tree, head->root),
		.path = entry->path,
		.folder = (enum folder)file->folder,
		.status = (enum status)file->status,
		.reason = entry->reason,
		.foreign_name = head->foreign_name,
		.record = head->record_len > 0 ? ranking->record : NULL,
		.has_mtime = head->has_stat,
		.mtime_sec = head->has_stat ? head->modified : 0,
		.size = head->size,
		.has_size = head->has_stat,
		.number = number,
	};
	return true;
}
