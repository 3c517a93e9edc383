/* evidence_pack.c - what a log says without the room that is not in use, and back. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "evidence.h"

#define HEAD offsetof(struct evidence, items)
#define ITEM_HEAD offsetof(struct evidence_item, text)

static size_t
item_size(const struct evidence_item *item)
{
	return ITEM_HEAD + item->text_len;
}

size_t
evidence_packed_size(const struct evidence *evidence)
{
	size_t size = HEAD + evidence->n_names * sizeof evidence->names[0];

	for (uint32_t i = 0; i < evidence->n_items; i++)
		size += item_size(&evidence->items[i]);
	return size;
}

void
evidence_pack(const struct evidence *evidence, unsigned char *out)
{
	memcpy(out, evidence, HEAD);
	out += HEAD;
	for (uint32_t i = 0; i < evidence->n_items; i++) {
		const size_t size = item_size(&evidence->items[i]);

		memcpy(out, &evidence->items[i], size);
		out += size;
	}
	memcpy(out, evidence->names, evidence->n_names * sizeof evidence->names[0]);
}

bool
evidence_unpack(struct slice packed, struct evidence *out)
{
	size_t names;

	if (packed.len < HEAD)
		return false;
	memcpy(out, packed.data, HEAD);
	packed = slice_from(packed, HEAD);
	if (out->n_items > EVIDENCE_ITEMS_MAX || out->n_names > EVIDENCE_NAMES_MAX)
		return false;
	for (uint32_t i = 0; i < out->n_items; i++) {
		struct evidence_item *item = &out->items[i];

		if (packed.len < ITEM_HEAD)
			return false;
		memcpy(item, packed.data, ITEM_HEAD);
		if (item->text_len > EVIDENCE_TEXT || packed.len < item_size(item))
			return false;
		memcpy(item->text, packed.data + ITEM_HEAD, item->text_len);
		packed = slice_from(packed, item_size(item));
	}
	names = out->n_names * sizeof out->names[0];
	if (packed.len != names)
		return false;
	if (names > 0)
		memcpy(out->names, packed.data, names);
	return evidence_valid(out, out->job, out->log_size);
}
