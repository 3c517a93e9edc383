/*
 * address.c - address fields: From, Sender, Reply-To, To, Cc, Bcc and their Resent- forms.
 *
 * They are read from the raw value, so that every place is exact; those of nested messages too.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "address.h"

#include "parser.h"

static bool
is_address_field(enum field_id id)
{
	return (id >= FIELD_FROM && id <= FIELD_BCC) ||
	       (id >= FIELD_RESENT_FROM && id <= FIELD_RESENT_BCC);
}

/* Bytes that no address field may hold, wherever they stand. Line ends are the fields parser's. */
static void
check_bytes(const struct address_sink *sink)
{
	struct slice value = sink->value;
	size_t first_8bit = ADDRESS_NOWHERE, n_8bit = 0;

	for (size_t i = 0; i < value.len; i++) {
		unsigned char byte = value.data[i];

		if (byte == 0)
			address_fact(sink, FACT_ADDRESS_NUL, i, i + 1, 0);
		else if (byte_is_control(byte) && !byte_is_space(byte))
			address_fact(sink, FACT_ADDRESS_CONTROL, i, i + 1, byte);
		if (byte < 0x80)
			continue;
		if (n_8bit++ == 0)
			first_8bit = i;
	}
	if (n_8bit > 0)
		address_fact(sink, FACT_ADDRESS_8BIT, first_8bit, first_8bit + 1, n_8bit);
}

static void
parse_envelope(struct message *msg, struct arena *arena)
{
	if (msg->envelope.has_mail_from)
		imcea_check_path(msg, arena, msg->envelope.mail_from);
	for (size_t i = 0; i < msg->envelope.n_rcpt_to; i++)
		imcea_check_path(msg, arena, msg->envelope.rcpt_to[i]);
}

/* The lawful comments with a comma, behind the others. */
static void
record_waiting(struct message *msg, struct arena *arena, const struct waiting *waiting)
{
	for (size_t i = 0; i < waiting->seen; i++)
		message_fact(msg, arena, waiting->facts[i < FACTS_KEPT ? i : FACTS_KEPT - 1]);
}

static void
address_parse(struct message *msg, struct arena *arena)
{
	struct address_totals totals = { .n_addresses = 0 };

	parse_envelope(msg, arena);
	for (size_t i = 0; i < msg->n_fields; i++) {
		struct address_sink sink = { msg, arena, msg->fields[i].part, (int)i,
			msg->fields[i].value };

		if (!is_address_field(msg->fields[i].id))
			continue;
		check_bytes(&sink);
		address_list(&sink, &totals);
	}
	record_waiting(msg, arena, &totals.waiting);
	if (totals.n_addresses > MESSAGE_ADDRESSES_MAX)
		message_fact(msg, arena,
		    (struct fact){ .kind = FACT_ADDRESSES_CUT,
			.part = 0,
			.field = -1,
			.offset = OFFSET_NONE,
			.value = totals.n_addresses });
}

const struct parser parser_address = { "address", NULL, address_parse };
