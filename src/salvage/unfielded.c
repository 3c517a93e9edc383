/* unfielded.c - what stands in a header block and is in no field of it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "salvage/plan.h"

/* From one field to the next, or to the end of the block. */
static void
tell_between(struct plan *plan, struct slice header, size_t from, size_t until)
{
	const struct slice text = slice_trim(slice_cut(header, from, until - from));

	if (text.len > 0)
		plan_lost(plan, SALVAGE_LOST_HEADER, message_offset(plan->msg, text), text.len);
}

void
plan_unfielded(struct plan *plan, int index)
{
	const struct message *msg = plan->msg;
	const struct part *part = &msg->parts[index];
	size_t done = 0;

	for (size_t i = 0; i < part->n_fields; i++) {
		const struct slice field = msg->fields[part->first_field + i].whole;
		const size_t at = slice_index(part->header, field);

		if (at == SLICE_NONE || at < done)
			continue;
		tell_between(plan, part->header, done, at);
		done = at + field.len;
	}
	tell_between(plan, part->header, done, part->header.len);
}
