/* complete_files.c - whether ZIP, PDF and OLE2 files go on to their end. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "complete.h"
#include "cursor.h"

#define ZIP_END 22u        /* bytes of the end record without its comment (APPNOTE 4.3.16) */
#define OLE_IN_HEADER 109u /* FAT sectors that the header names ([MS-CFB] 2.2) */
#define OLE_FREE 0xffffffffu
#define OLE_LAST 0xfffffffau /* numbers above mean something else than a sector */

static uint32_t
u32_at(struct slice s, size_t at)
{
	struct cursor cursor = cursor_at(s, at);

	return cursor_u32le(&cursor);
}

static size_t
find_last(struct slice data, const char *bytes, size_t len)
{
	for (size_t at = data.len < len ? 0 : data.len - len + 1; at > 0; at--)
		if (memcmp(data.data + at - 1, bytes, len) == 0)
			return at - 1;
	return SLICE_NONE;
}

/* The central directory is not read: its numbers cost nothing, however absurd they are. */
bool
zip_is_cut(struct slice data, size_t *at)
{
	size_t end = find_last(data, "PK\x05\x06", 4);

	*at = end == SLICE_NONE ? data.len - 1 : end;
	return end == SLICE_NONE || data.len - end < ZIP_END;
}

/* A file made for the Web has an end mark in its first part, but tells its length there too
 * (PDF 1.7, annex F.2.2). */
static uint64_t
pdf_told_length(struct slice head)
{
	size_t at = slice_find_str(head, 0, "/Linearized");
	uint64_t length = 0;

	at = at == SLICE_NONE ? at : slice_find_str(head, at, "/L ");
	if (at == SLICE_NONE)
		return 0;
	for (at += 3; at < head.len && byte_is_digit(head.data[at]) && length < 1u << 30; at++)
		length = length * 10 + (head.data[at] - '0');
	return length;
}

bool
pdf_is_cut(struct slice data, size_t *at)
{
	*at = data.len - 1;
	return find_last(data, "%%EOF", 5) == SLICE_NONE ||
	       pdf_told_length(slice_cut(data, 0, 1024)) > data.len;
}

/* An OLE2 file: sectors of one size behind a header that fills the first. */
struct ole {
	struct slice data;
	size_t sector_size;
	size_t n_fat;  /* sectors of the allocation table read so far */
	uint64_t last; /* the highest sector in use, from 1; 0 none */
	bool out_of_file;
};

static struct slice
ole_sector(const struct ole *ole, uint32_t number)
{
	return slice_cut(ole->data, ((size_t)number + 1) * ole->sector_size, ole->sector_size);
}

/* One sector of the allocation table: which sectors of the file are in use. */
static void
read_fat(struct ole *ole, uint32_t number)
{
	struct slice fat = ole_sector(ole, number);
	size_t entries = ole->sector_size / 4;

	if (fat.len < ole->sector_size) {
		ole->out_of_file = true;
		return;
	}
	for (size_t i = entries; i > 0; i--) {
		if (u32_at(fat, (i - 1) * 4) == OLE_FREE)
			continue;
		ole->last = ole->n_fat * entries + i;
		break;
	}
	ole->n_fat++;
}

/* The sectors of the table that this list names. */
static void
read_list(struct ole *ole, struct slice list, size_t n)
{
	for (size_t i = 0; i < n && !ole->out_of_file; i++) {
		uint32_t number = u32_at(list, i * 4);

		if (number < OLE_LAST)
			read_fat(ole, number);
	}
}

/* [MS-CFB] 2.2, 2.5: the header names the first 109 sectors of the table, a chain the others. A
 * chain that is longer than the file runs in a circle. */
bool
ole_is_cut(struct slice data, size_t *at)
{
	struct ole ole = { .data = data };
	uint32_t shift = u32_at(data, 30) & 0xffff, next = u32_at(data, 68);
	size_t entries;

	*at = data.len - 1;
	if (data.len < 512)
		return true;
	if (shift != 9 && shift != 12)
		return false;
	ole.sector_size = (size_t)1 << shift;
	entries = ole.sector_size / 4;
	read_list(&ole, slice_from(data, 76), OLE_IN_HEADER);
	for (size_t left = data.len / ole.sector_size;
	     left > 0 && next < OLE_LAST && !ole.out_of_file; left--) {
		struct slice list = ole_sector(&ole, next);

		ole.out_of_file = list.len < ole.sector_size;
		if (ole.n_fat > data.len / ole.sector_size)
			return false;
		read_list(&ole, list, entries - 1);
		next = u32_at(list, (entries - 1) * 4);
	}
	/* Writers leave the last sector short. */
	return ole.out_of_file || (ole.last > 0 && ole.last * ole.sector_size >= data.len);
}
