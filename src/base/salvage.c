/* salvage.c - the flat answer of a worker that made a new mail of a message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "salvage.h"

#include <string.h>

#include "facts.h"

#define ADDRESS_MOST 254u /* RFC 5321 section 4.5.3.1.3, without the brackets */

_Static_assert(sizeof(struct salvage_wish) == 64, "a wish travels in the name of a job");

uint32_t
salvage_room(enum salvage_kind kind)
{
	static const uint32_t rooms[SALVAGE_KIND_COUNT] = {
		[SALVAGE_PART] = 1000,
		[SALVAGE_LOST] = 500,
		[SALVAGE_FIELD] = 500,
		[SALVAGE_SENDER] = 2,
		[SALVAGE_RECIPIENT] = 5198,
	};

	return rooms[kind];
}

uint64_t
salvage_limit(uint64_t file_size)
{
	if (file_size > SALVAGE_ROOM / SALVAGE_FACTOR)
		return SALVAGE_ROOM;
	file_size = file_size * SALVAGE_FACTOR + SALVAGE_CONSTANT;
	return file_size < SALVAGE_ROOM ? file_size : SALVAGE_ROOM;
}

void
salvage_start(struct salvage *salvage, uint64_t job, uint64_t file_size)
{
	memset(salvage, 0, offsetof(struct salvage, rows));
	salvage->magic = SALVAGE_MAGIC;
	salvage->job = job;
	salvage->file_size = file_size;
}

struct salvage_row *
salvage_add(struct salvage *salvage, struct salvage_row row)
{
	struct salvage_row *added;

	if (salvage->n_kept[row.kind] >= salvage_room((enum salvage_kind)row.kind)) {
		salvage->n_cut[row.kind]++;
		return NULL;
	}
	salvage->n_kept[row.kind]++;
	added = &salvage->rows[salvage->n_rows++];
	*added = row;
	return added;
}

struct salvage_text
salvage_text(struct salvage *salvage, struct slice s)
{
	struct salvage_text text = { .offset = salvage->pool_len };
	size_t len = s.len < SALVAGE_TEXT_MAX ? s.len : SALVAGE_TEXT_MAX;

	if (len > SALVAGE_POOL - salvage->pool_len)
		len = SALVAGE_POOL - salvage->pool_len;
	if (len > 0)
		memcpy(salvage->pool + salvage->pool_len, s.data, len);
	text.len = (uint32_t)len;
	salvage->pool_len += (uint32_t)len;
	return text;
}

bool
salvage_copy(const struct salvage *from, struct salvage *out)
{
	memcpy(out, from, offsetof(struct salvage, rows));
	if (out->n_rows > SALVAGE_ROWS || out->pool_len > SALVAGE_POOL)
		return false;
	memcpy(out->rows, from->rows, out->n_rows * sizeof out->rows[0]);
	memcpy(out->pool, from->pool, out->pool_len);
	return true;
}

bool
salvage_address_is_safe(struct slice address)
{
	const size_t at = slice_find(address, 0, '@');

	if (at == SLICE_NONE || at == 0 || at + 1 >= address.len || address.len > ADDRESS_MOST)
		return false;
	for (size_t i = 0; i < address.len; i++) {
		const unsigned char byte = address.data[i];

		if (byte <= 0x20 || byte >= 0x7f || (byte == '@' && i != at) ||
		    strchr("<>(),;:\\\"", byte))
			return false;
	}
	return address.data[0] != '.' && address.data[0] != '-';
}

static bool
text_valid(const struct salvage *salvage, struct salvage_text text)
{
	return text.len <= SALVAGE_TEXT_MAX && text.offset <= salvage->pool_len &&
	       text.len <= salvage->pool_len - text.offset;
}

static bool
place_valid(const struct salvage *salvage, const struct salvage_row *row)
{
	if (row->offset == OFFSET_NONE)
		return row->length == 0;
	return row->offset <= salvage->file_size && row->length <= salvage->file_size - row->offset;
}

static bool
row_valid(const struct salvage *salvage, const struct salvage_row *row)
{
	static const uint32_t codes[SALVAGE_KIND_COUNT] = {
		[SALVAGE_PART] = SALVAGE_CONTENT_COUNT,
		[SALVAGE_LOST] = SALVAGE_LOSS_COUNT,
		[SALVAGE_FIELD] = SALVAGE_FIELD_COUNT,
		[SALVAGE_SENDER] = SALVAGE_SOURCE_COUNT,
		[SALVAGE_RECIPIENT] = SALVAGE_SOURCE_COUNT,
	};

	if (row->kind >= SALVAGE_KIND_COUNT || row->code >= codes[row->kind] ||
	    (row->flags & ~SALVAGE_FLAGS_ALL) || !place_valid(salvage, row))
		return false;
	for (size_t i = 0; i < sizeof row->text / sizeof row->text[0]; i++)
		if (!text_valid(salvage, row->text[i]))
			return false;
	return !(row->flags & SALVAGE_SAFE) ||
	       salvage_address_is_safe(salvage_slice(salvage, row->text[0]));
}

bool
salvage_valid(const struct salvage *salvage, uint64_t job)
{
	uint32_t counts[SALVAGE_KIND_COUNT] = { 0 };

	if (salvage->magic != SALVAGE_MAGIC || salvage->job != job ||
	    salvage->n_rows > SALVAGE_ROWS || salvage->pool_len > SALVAGE_POOL ||
	    salvage->mail_len > salvage_limit(salvage->file_size))
		return false;
	for (uint32_t i = 0; i < salvage->n_rows; i++) {
		if (!row_valid(salvage, &salvage->rows[i]))
			return false;
		counts[salvage->rows[i].kind]++;
	}
	for (unsigned kind = 0; kind < SALVAGE_KIND_COUNT; kind++)
		if (counts[kind] != salvage->n_kept[kind] ||
		    counts[kind] > salvage_room((enum salvage_kind)kind))
			return false;
	return true;
}

struct slice
salvage_slice(const struct salvage *salvage, struct salvage_text text)
{
	if (text.offset > salvage->pool_len || text.len > salvage->pool_len - text.offset)
		return slice_of(NULL, 0);
	return slice_of(salvage->pool + text.offset, text.len);
}

const struct salvage_row *
salvage_next(const struct salvage *salvage, enum salvage_kind kind, const struct salvage_row *after)
{
	for (uint32_t i = after ? (uint32_t)(after - salvage->rows) + 1 : 0; i < salvage->n_rows;
	     i++)
		if (salvage->rows[i].kind == (uint32_t)kind)
			return &salvage->rows[i];
	return NULL;
}
