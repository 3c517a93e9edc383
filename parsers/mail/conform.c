/*
 * conform.c - fields and bodies held against their standards.
 *
 * Runs behind the parsers of addresses, dates, words and bodies, and records what they leave out.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "conform.h"

#include "parser.h"

void
conform_fact(const struct conform *at, enum fact_kind kind, size_t from, size_t end, uint64_t value)
{
	message_fact_at(at->msg, at->arena, kind, at->part, at->field,
	    slice_cut(at->value, from, end - from), value);
}

/* A field that no address parser reads. */
static void
read_field(const struct conform *at, const struct field *field)
{
	switch (field->id) {
	case FIELD_MESSAGE_ID:
	case FIELD_RESENT_MESSAGE_ID:
	case FIELD_CONTENT_ID:
		conform_syntax(at, SYNTAX_OF_FIELD);
		conform_ids(at, false);
		break;
	case FIELD_IN_REPLY_TO:
	case FIELD_REFERENCES:
		conform_syntax(at, SYNTAX_OF_FIELD);
		conform_ids(at, true);
		break;
	case FIELD_RECEIVED:
		conform_syntax(at, SYNTAX_OF_TRACE);
		conform_received(at);
		break;
	case FIELD_RETURN_PATH:
		conform_syntax(at, SYNTAX_OF_FIELD);
		conform_return_path(at);
		break;
	case FIELD_MIME_VERSION:
		conform_syntax(at, SYNTAX_OF_FIELD);
		conform_version(at);
		break;
	case FIELD_DATE:
	case FIELD_RESENT_DATE:
	case FIELD_CONTENT_TRANSFER_ENCODING:
		conform_syntax(at, SYNTAX_OF_FIELD);
		break;
	case FIELD_OTHER:
		conform_named(at, field->name);
		break;
	default:
		break;
	}
}

static bool
has_addresses(enum field_id id)
{
	return (id >= FIELD_FROM && id <= FIELD_BCC) ||
	       (id >= FIELD_RESENT_FROM && id <= FIELD_RESENT_BCC);
}

static void
conform_parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];
		struct conform at = { msg, arena, field->part, (int)i, field->value };

		if (has_addresses(field->id))
			conform_syntax(&at, SYNTAX_OF_ADDRESS);
		else
			read_field(&at, field);
		conform_words(&at, field->id);
	}
	conform_addresses(msg, arena);
	for (size_t i = 0; i < msg->n_parts; i++) {
		conform_param_words(msg, arena, (int)i);
		conform_sums(msg, arena, (int)i);
		conform_body(msg, arena, (int)i);
	}
}

const struct parser parser_conform = { "conform", conform_sums_warm, conform_parse };
