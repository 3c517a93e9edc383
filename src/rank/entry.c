/* entry.c - one file's entry in the spill: a head of fixed size, the reason, the packed record. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rank/tree.h"

struct head {
	uint64_t size;
	int64_t mtime_sec;
	uint32_t reason_len; /* bytes, with its NUL */
	uint32_t record_len; /* bytes, 0 without a record */
	uint8_t has_stat, foreign_name;
	uint8_t unused[6];
};

bool
entry_add(struct ranking *ranking, const struct ranked_file *file, const struct record *record,
    uint64_t *offset)
{
	const char *reason = *file->reason == '\0' && file->status == STATUS_MISSING
				 ? "recover from the source"
				 : file->reason;
	struct head head = {
		.size = file->size,
		.mtime_sec = file->mtime_sec,
		.reason_len = (uint32_t)strlen(reason) + 1,
		.has_stat = file->has_stat,
		.foreign_name = file->foreign_name,
	};
	unsigned char *packed = NULL;
	struct slice pieces[3];
	bool added;

	if (record) {
		head.record_len = (uint32_t)record_packed_size(record);
		packed = malloc(head.record_len);
		if (!packed)
			return false;
		record_pack(record, packed);
	}
	pieces[0] = slice_of(&head, sizeof head);
	pieces[1] = slice_of(reason, head.reason_len);
	pieces[2] = slice_of(packed, head.record_len);
	added = spill_add(ranking->spill, pieces, 3, offset);
	free(packed);
	return added;
}

/* Only our own process writes the spill, but a bad disk may give back anything. */
static bool
head_fits(const struct head *head, struct slice rest)
{
	return head->reason_len > 0 && head->reason_len <= rest.len &&
	       head->record_len == rest.len - head->reason_len &&
	       rest.data[head->reason_len - 1] == '\0';
}

bool
entry_read(struct ranking *ranking, const struct ranked *file, struct suspect *suspect)
{
	struct slice bytes, rest;
	struct head head;

	if (!spill_get(ranking->spill, file->entry, &bytes))
		return false;
	if (bytes.len < sizeof head)
		return errno = EIO, false;
	memcpy(&head, bytes.data, sizeof head);
	rest = slice_from(bytes, sizeof head);
	if (!head_fits(&head, rest))
		return errno = EIO, false;
	if (head.record_len > 0 &&
	    !record_unpack(slice_from(rest, head.reason_len), ranking->record))
		return errno = EIO, false;
	*suspect = (struct suspect){
		.root = tree_root_name(&ranking->tree, file),
		.path = tree_path(&ranking->tree, file),
		.folder = (enum folder)file->folder,
		.status = (enum status)file->status,
		.reason = (const char *)rest.data,
		.foreign_name = head.foreign_name,
		.record = head.record_len > 0 ? ranking->record : NULL,
		.has_mtime = head.has_stat,
		.mtime_sec = head.mtime_sec,
		.size = head.size,
		.has_size = head.has_stat,
	};
	return true;
}
