/* fuzz_evidence.c - libFuzzer target: evidence as a hostile worker might write it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every string of an item that was believed lies in it. */
static void
read_item(const struct evidence_item *item)
{
	const struct evidence_ref refs[] = { item->source, item->spool, item->path, item->sender,
		item->recipient, item->subject, item->message_id, item->mts_id, item->function,
		item->bytes, item->quote };

	for (size_t i = 0; i < sizeof refs / sizeof *refs; i++) {
		struct slice s = evidence_slice(item, refs[i]);

		if (s.len != refs[i].len || (s.len && slice_find(s, 0, s.data[s.len - 1]) >= s.len))
			abort();
	}
	if (evidence_swapped_time(evidence_swapped_time(item->time)) != item->time)
		abort();
}

/* The head as it comes, or with the numbers right that chance never finds; then items. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct evidence evidence;
	const size_t head = offsetof(struct evidence, items);
	size_t items;

	if (size < 1 || size > sizeof evidence)
		return 0;
	memset(&evidence, 0, head + 40 * sizeof evidence.items[0]);
	if (data[0] & 2) {
		/* As a case that anybody wrote might hold it. */
		if (!evidence_unpack(slice_of(data + 1, size - 1), &evidence))
			return 0;
	} else if (data[0] & 1) {
		memcpy(&evidence, data + 1, size - 1);
	} else {
		items = size - 1 < 40 * sizeof evidence.items[0] ? size - 1
								 : 40 * sizeof evidence.items[0];
		evidence_clear(&evidence, 1);
		evidence.log_size = 1000000;
		memcpy(evidence.items, data + 1, items);
		evidence.n_items = (uint32_t)(items / sizeof evidence.items[0]);
		for (size_t i = 0; i < EVIDENCE_KIND_COUNT; i++)
			evidence.met[i] = EVIDENCE_ITEMS_MAX;
	}
	if (!evidence_valid(&evidence, evidence.job, evidence.log_size))
		return 0;
	for (uint32_t i = 0; i < evidence.n_items; i++)
		read_item(&evidence.items[i]);
	return 0;
}
