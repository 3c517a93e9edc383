/* message_id.c - rules of the header family about documented causes that lie in Message-ID. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "header"
#define NEWS_ID_MAX 256u /* Q196362: longest identifier that the news feed takes since its fix */

/* An identifier is compared, never printed through a format; some mailers do write a percent sign.
 * */
static void
message_id_percent(const struct message *msg, struct findings *out)
{
	const struct field *id = NULL;

	while ((id = message_field(msg, 0, FIELD_MESSAGE_ID, id))) {
		size_t at = slice_find(id->value, 0, '%');

		if (at != SLICE_NONE)
			found(out, 0, message_offset(msg, id->value) + at, 1, "\"%s\"",
			    found_quote(out, slice_trim(slice_cut(id->value, at, 12)), 12));
	}
}

static void
message_id_over_256(const struct message *msg, struct findings *out)
{
	const struct field *id = NULL;

	while ((id = message_field(msg, 0, FIELD_MESSAGE_ID, id)))
		if (id->text.len > NEWS_ID_MAX)
			found(out, 0, message_offset(msg, id->value), id->value.len, "%zu bytes",
			    id->text.len);
}

/* Programs that send mail by hand leave the identifier to the first server. What lies in Pickup
 * gets its identifier from the service. */
static void
message_id_null(const struct message *msg, struct findings *out)
{
	const struct field *id = NULL;

	if (msg->folder == FOLDER_PICKUP || msg->folder == FOLDER_PICKUP_ARCHIVE)
		return;
	if (msg->n_parts == 0 || msg->parts[0].n_fields == 0)
		return;
	if (!message_field(msg, 0, FIELD_MESSAGE_ID, NULL))
		found(out, 0, message_offset(msg, msg->parts[0].header), 0, "no Message-ID field");
	while ((id = message_field(msg, 0, FIELD_MESSAGE_ID, id)))
		if (id->text.len == 0 || slice_eq(id->text, "<>"))
			found(out, 0, message_offset(msg, id->whole), id->whole.len,
			    "an empty Message-ID field");
}

static const struct rule rows[] = {
	{ .id = "message-id-percent",
	    .family = FAMILY,
	    .says = "Message-ID holds a percent sign.",
	    .cases = "Q261135 Q269076",
	    .rfc = "RFC 5322 section 3.6.4",
	    .base_rate = 3e-3,
	    .measured_hits = 5,
	    .measured_of = 1584,
	    .check = message_id_percent },
	{ .id = "message-id-over-256",
	    .family = FAMILY,
	    .says = "Message-ID is longer than 256 bytes.",
	    .cases = "Q196362",
	    .rfc = "RFC 5322 section 3.6.4",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = message_id_over_256 },
	{ .id = "message-id-null",
	    .family = FAMILY,
	    .says = "The message has no Message-ID, or an empty one.",
	    .cases = "KB330197",
	    .rfc = "RFC 5322 section 3.6.4",
	    .base_rate = 2e-2,
	    .measured_hits = 3,
	    .measured_of = 1584,
	    .broader = true,
	    .check = message_id_null },
};

const struct family family_message_id = FAMILY_OF(rows);
