/*
 * envelope_pickup.c - the envelope of files dropped into Pickup.
 *
 * Lines "x-sender: a" and one "x-receiver: b" a recipient may stand before the mail (Q201314).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "envelope.h"

/* The address of a pickup line, without blanks and angle brackets; *sender tells which it is. */
static bool
read_line(struct slice line, bool *sender, struct slice *address)
{
	static const char *const names[] = { "x-receiver", "x-sender" };

	for (int i = 0; i < 2; i++) {
		struct slice rest = slice_from(line, strlen(names[i]));

		if (!slice_starts_nocase(line, names[i]))
			continue;
		while (rest.len && byte_is_blank(rest.data[0]))
			rest = slice_from(rest, 1);
		if (!rest.len || rest.data[0] != ':')
			continue;
		*sender = i == 1;
		*address = slice_trim(slice_from(rest, 1));
		if (address->len >= 2 && address->data[0] == '<' && slice_ends(*address, ">"))
			*address = slice_cut(*address, 1, address->len - 2);
		return true;
	}
	return false;
}

void
envelope_pickup(struct message *msg, struct arena *arena)
{
	struct envelope *envelope = &msg->envelope;
	struct text_line line;
	struct slice address, content;
	size_t room = 0, pos = 0;
	bool sender;

	for (; lines_at(msg->file, pos, '\n', &line); pos = line.next) {
		content = lines_content(msg->file, &line);
		if (!read_line(content, &sender, &address))
			break;
		if (!address.len)
			message_fact_at(msg, arena, FACT_PICKUP_BAD_LINE, -1, -1, content, sender);
		if (sender && !envelope->has_mail_from) {
			envelope->has_mail_from = true;
			envelope->mail_from = address;
		} else if (!sender && address.len) {
			arena_grow(
			    arena, &envelope->rcpt_to, &room, envelope->n_rcpt_to, sizeof address);
			envelope->rcpt_to[envelope->n_rcpt_to++] = address;
		}
	}
	if (!pos)
		return;
	envelope->kind = ENVELOPE_PICKUP;
	envelope->whole = slice_cut(msg->file, 0, pos);
}
