/* description.c - the flat description of one message: building it, copying it, believing it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "description.h"

#include <string.h>

static const struct {
	enum row_kind last; /* kinds up to this one, from the last of the group before */
	uint32_t room;
} groups[GROUP_COUNT] = {
	[GROUP_ENVELOPE] = { ROW_MAIL, 296 },
	[GROUP_EXCERPTS] = { ROW_EXCERPT, RECORD_FINDINGS_MAX },
	[GROUP_PARTS] = { ROW_EPILOGUE, 1600 },
	[GROUP_READINGS] = { ROW_LEAF_GMIME, 400 },
	[GROUP_FIELDS] = { ROW_FIELD, 1600 },
};

_Static_assert(296 + RECORD_FINDINGS_MAX + 1600 + 400 + 1600 == DESCRIPTION_ROWS,
    "the rooms of the groups make up all rows");

/* How many codes a kind has. */
static const uint32_t codes[ROW_KIND_COUNT] = {
	[ROW_ENVELOPE] = DESCRIBED_PICKUP + 1,
	[ROW_PART] = DESCRIBED_MESSAGE + 1,
	[ROW_BODY] = 2,
	[ROW_BOUNDARY] = 2,
	[ROW_AMBIGUOUS] = AMBIGUITY_COUNT,
	[ROW_READING] = READER_COUNT,
};

enum row_group
description_group(enum row_kind kind)
{
	int group = 0;

	while (group + 1 < GROUP_COUNT && kind > groups[group].last)
		group++;
	return (enum row_group)group;
}

uint32_t
description_room(enum row_group group)
{
	return groups[group].room;
}

void
description_start(struct description *description, uint64_t job, uint64_t file_size)
{
	/* The rest is a megabyte that nobody reads beyond the counts in this head. */
	memset(description, 0, offsetof(struct description, rows));
	description->magic = DESCRIPTION_MAGIC;
	description->job = job;
	description->file_size = file_size;
}

struct row *
description_add(struct description *description, struct row row)
{
	const enum row_group group = description_group((enum row_kind)row.kind);

	if (description->n_kept[group] >= groups[group].room) {
		description->n_cut[group]++;
		return NULL;
	}
	description->n_kept[group]++;
	description->rows[description->n_rows] = row;
	return &description->rows[description->n_rows++];
}

struct text_ref
description_text(struct description *description, struct slice s)
{
	struct text_ref ref = { .offset = description->pool_len };
	size_t len = s.len;

	if (len > DESCRIPTION_TEXT_MAX)
		len = DESCRIPTION_TEXT_MAX;
	if (len > DESCRIPTION_POOL - description->pool_len)
		len = DESCRIPTION_POOL - description->pool_len;
	if (len > 0)
		memcpy(description->pool + description->pool_len, s.data, len);
	ref.len = (uint16_t)len;
	ref.cut = len < s.len;
	description->pool_len += (uint32_t)len;
	return ref;
}

bool
description_copy(const struct description *from, struct description *out)
{
	memcpy(out, from, offsetof(struct description, rows));
	if (out->n_rows > DESCRIPTION_ROWS || out->pool_len > DESCRIPTION_POOL)
		return false;
	memcpy(out->rows, from->rows, out->n_rows * sizeof out->rows[0]);
	memcpy(out->pool, from->pool, out->pool_len);
	return true;
}

size_t
description_packed_size(const struct description *description)
{
	return offsetof(struct description, rows) +
	       description->n_rows * sizeof description->rows[0] + description->pool_len;
}

void
description_pack(const struct description *description, unsigned char *out)
{
	const size_t head = offsetof(struct description, rows);
	const size_t rows = description->n_rows * sizeof description->rows[0];

	memcpy(out, description, head);
	memcpy(out + head, description->rows, rows);
	memcpy(out + head + rows, description->pool, description->pool_len);
}

bool
description_unpack(struct slice packed, struct description *out)
{
	const size_t head = offsetof(struct description, rows);
	size_t rows;

	if (packed.len < head)
		return false;
	memcpy(out, packed.data, head);
	if (out->n_rows > DESCRIPTION_ROWS || out->pool_len > DESCRIPTION_POOL ||
	    packed.len != description_packed_size(out))
		return false;
	rows = out->n_rows * sizeof out->rows[0];
	memcpy(out->rows, packed.data + head, rows);
	memcpy(out->pool, packed.data + head + rows, out->pool_len);
	return true;
}

static bool
ref_valid(const struct description *description, struct text_ref ref)
{
	return ref.offset <= description->pool_len &&
	       ref.len <= description->pool_len - ref.offset && ref.len <= DESCRIPTION_TEXT_MAX &&
	       ref.cut <= 1;
}

/* The leaves of an AMBIGUOUS_LEAVES row are a number in the field that elsewhere is a length. */
static bool
place_valid(const struct row *row, uint64_t file_size)
{
	if (row->offset == OFFSET_NONE)
		return row->line == 0 && (row->length == 0 || row->kind == ROW_AMBIGUOUS);
	return row->offset <= file_size && row->length <= file_size - row->offset;
}

static bool
excerpt_valid(const struct row *row, const struct record *record)
{
	return row->value < record->n_findings && row->offset != OFFSET_NONE &&
	       row->length <= DESCRIPTION_EXCERPT && row->text[0].len == row->length;
}

static bool
row_valid(const struct description *description, const struct row *row, const struct record *record)
{
	return row->kind < ROW_KIND_COUNT && row->depth <= DESCRIPTION_DEPTH_MAX &&
	       row->part >= -1 && row->part < DESCRIPTION_PARTS_MAX &&
	       (row->code == 0 || row->code < codes[row->kind]) &&
	       place_valid(row, description->file_size) && ref_valid(description, row->text[0]) &&
	       ref_valid(description, row->text[1]) &&
	       (row->kind != ROW_EXCERPT || excerpt_valid(row, record));
}

bool
description_valid(const struct description *description, const struct record *record)
{
	uint32_t kept[GROUP_COUNT] = { 0 };

	if (description->magic != DESCRIPTION_MAGIC || description->job != record->job ||
	    description->file_size != record->file_size || description->n_rows > DESCRIPTION_ROWS ||
	    description->pool_len > DESCRIPTION_POOL)
		return false;
	for (uint32_t i = 0; i < description->n_rows; i++) {
		const struct row *row = &description->rows[i];

		if (!row_valid(description, row, record))
			return false;
		kept[description_group((enum row_kind)row->kind)]++;
	}
	for (int group = 0; group < GROUP_COUNT; group++) {
		if (kept[group] > groups[group].room || kept[group] != description->n_kept[group])
			return false;
	}
	return true;
}

struct slice
description_slice(const struct description *description, struct text_ref ref)
{
	if (!ref_valid(description, ref))
		return slice_of(NULL, 0);
	return slice_of(description->pool + ref.offset, ref.len);
}
