/* envelope_cases.c - rules about spool files that were left behind, or are not of one piece. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "envelope"
#define NAME_LEN 8u /* letters of a spool name */

/* A prologue that is whole, as the service writes it. */
static bool
has_whole_envelope(const struct message *msg)
{
	return msg->envelope.kind == ENVELOPE_SPOOL && !fact_met(msg, FACT_ENVELOPE_TORN) &&
	       !fact_met(msg, FACT_ENVELOPE_HEAD_TORN);
}

static bool
is_inbound_file(const struct message *msg)
{
	return msg->folder == FOLDER_IN || msg->folder == FOLDER_IN_TEMP ||
	       msg->folder == FOLDER_IN_ARCHIVE;
}

/* What the service itself writes on top when the connection opens. */
static bool
only_trace_fields(const struct message *msg)
{
	for (size_t i = 0; i < msg->n_fields; i++)
		if (msg->fields[i].id != FIELD_RECEIVED && msg->fields[i].id != FIELD_RETURN_PATH)
			return false;
	return true;
}

static bool
header_without_end(const struct message *msg)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_HEADER_UNTERMINATED, fact)))
		if (fact->part <= 0)
			return true;
	return false;
}

/* The service writes envelope and Received when the session begins; a restart in the session leaves
 * what had come by then. A mailer that sends no body still ends its header. */
static void
inbound_unfinished(const struct message *msg, struct findings *out)
{
	uint64_t end = offset_after(msg, msg->lines.text);

	if (!has_whole_envelope(msg) || !is_inbound_file(msg) || msg->partial)
		return;
	if (msg->lines.text.len == 0)
		found(out, -1, msg->envelope.whole.len, 0, "nothing stands behind the envelope");
	else if (only_trace_fields(msg) && msg->n_fields > 0 && msg->parts[0].body.len == 0)
		found(out, 0, end, 0, "nothing stands behind the fields of the service");
	else if (header_without_end(msg))
		found(out, 0, end, 0, "the header has no end");
}

/* Whether the mail is whole as far as its own bytes tell. */
static bool
is_complete(const struct message *msg)
{
	if (msg->partial || header_without_end(msg) || msg->n_parts == 0 ||
	    msg->parts[0].body.len == 0 || fact_met(msg, FACT_END_WITHOUT_CRLF) ||
	    fact_met(msg, FACT_NUL_TAIL))
		return false;
	for (size_t i = 0; i < msg->n_parts; i++)
		if (msg->parts[i].kind == PART_MULTIPART && !msg->parts[i].closed)
			return false;
	return true;
}

/* A message that has come whole is moved to In at once: one that lies in Work could not be moved,
 * or was left there. One in a busy server's copy may just be on its way. */
static void
work_file_complete(const struct message *msg, struct findings *out)
{
	if (msg->folder == FOLDER_WORK && has_whole_envelope(msg) && is_complete(msg))
		found_place(out, -1, 0, msg->envelope.whole.len);
}

static bool
has_field(const struct message *msg, enum field_id id)
{
	const struct field *field = message_field(msg, 0, id, NULL);

	return field && field->text.len > 0;
}

/* The service puts aside what names no sender or recipient; this file names both. */
static void
pickup_put_aside(const struct message *msg, struct findings *out)
{
	bool from, to;

	if (msg->folder != FOLDER_PICKUP_ARCHIVE || msg->n_parts == 0 ||
	    fact_met(msg, FACT_PICKUP_BAD_LINE))
		return;
	from = msg->envelope.has_mail_from || has_field(msg, FIELD_FROM) ||
	       has_field(msg, FIELD_SENDER);
	to = msg->envelope.n_rcpt_to > 0 || has_field(msg, FIELD_TO) || has_field(msg, FIELD_CC) ||
	     has_field(msg, FIELD_BCC);
	if (from && to)
		found_place(out, -1, 0, 0);
}

/* RFC 821 section 3.1 has a recipient before DATA, or there is no mail. Nothing else in which
 * envelope and header differ is a contradiction: copies without a name in the header, lists and
 * redirections do, and a client may name a recipient twice (1 of 1,584 messages of lists does). */
static void
without_recipient(const struct message *msg, struct findings *out)
{
	const struct envelope *envelope = &msg->envelope;

	if (has_whole_envelope(msg) && !fact_met(msg, FACT_ENVELOPE_ADDRESS_BAD) &&
	    envelope->has_mail_from && envelope->n_rcpt_to == 0)
		found_place(
		    out, -1, message_offset(msg, envelope->mail_from), envelope->mail_from.len);
}

/* A scanner that works on the spool leaves other bytes in the sender's path; in Out the service has
 * written it itself. */
static void
originator_damaged(const struct message *msg, struct findings *out)
{
	uint64_t at = message_offset(msg, msg->envelope.mail_from);
	const struct fact *fact = NULL;

	if (msg->envelope.kind != ENVELOPE_SPOOL || msg->envelope.mail_from.len == 0)
		return;
	while ((fact = message_next_fact(msg, FACT_ENVELOPE_ADDRESS_BAD, fact)))
		if (fact->offset < at + msg->envelope.mail_from.len &&
		    fact->offset + fact->len > at)
			found(out, -1, at, msg->envelope.mail_from.len, "\"%s\"",
			    found_quote(out, msg->envelope.mail_from, QUOTE_MAX));
}

/* The spool name behind "id" in a Received field of the service; empty when it names none. */
static struct slice
name_in_received(struct slice text)
{
	size_t at = slice_find_nocase(text, 0, "Microsoft Exchange Internet Mail");
	struct slice name;

	do {
		if (at == SLICE_NONE || (at = slice_find_nocase(text, at, "id ")) == SLICE_NONE)
			return slice_cut(text, 0, 0);
		at += 3;
	} while (!byte_is_blank(text.data[at - 4]));
	name = slice_cut(text, at, NAME_LEN);
	for (size_t i = 0; i < name.len; i++)
		if (!byte_is_alpha(name.data[i]) && !byte_is_digit(name.data[i]))
			return slice_cut(text, 0, 0);
	if (name.len < NAME_LEN || !slice_starts(slice_from(text, at + NAME_LEN), ";"))
		return slice_cut(text, 0, 0);
	return name;
}

/* The service gives the file one name and writes it twice: at the end of the identifier in the
 * envelope, and in the Received field on top (Q190709). Two names are two messages. */
static void
envelope_of_other(const struct message *msg, struct findings *out)
{
	const struct field *received = message_field(msg, 0, FIELD_RECEIVED, NULL);
	struct slice id = msg->envelope.mts_id, name;

	if (!has_whole_envelope(msg) || !(is_inbound_file(msg) || msg->folder == FOLDER_WORK) ||
	    !received || id.len < NAME_LEN)
		return;
	name = name_in_received(received->text);
	id = slice_from(id, id.len - NAME_LEN);
	if (name.len > 0 && !slice_same_nocase(name, id))
		found(out, -1, message_offset(msg, id), id.len, "\"%s\", in Received \"%s\"",
		    found_quote(out, id, NAME_LEN), found_quote(out, name, NAME_LEN));
}

/* The service closes outbound files itself (Q146993). A cut exactly behind a line loses the dot and
 * nothing that shows. */
static void
out_terminator_missing(const struct message *msg, struct findings *out)
{
	if (!is_out_queue(msg) || !has_whole_envelope(msg) || msg->partial ||
	    msg->lines.text.len == 0 || !slice_ends(msg->lines.text, "\r\n") ||
	    fact_met(msg, FACT_TERMINATOR_DOT) || fact_met(msg, FACT_TERMINATOR_GLUED) ||
	    fact_met(msg, FACT_NUL_TAIL))
		return;
	found_place(out, -1, offset_after(msg, msg->lines.text), 0);
}

static const struct rule rows[] = {
	{ .id = "inbound-unfinished",
	    .family = FAMILY,
	    .says = "An inbound file stops in or behind its header: its session did not end.",
	    .cases = "Q190709",
	    .broader = true,
	    .rfc = "RFC 821 section 4.1.1",
	    .base_rate = 2e-4,
	    .check = inbound_unfinished },
	{ .id = "work-file-complete",
	    .family = FAMILY,
	    .says = "A message that has come whole still lies in Work.",
	    .cases = "Q140975 Q152882",
	    .broader = true,
	    .rfc = "",
	    .base_rate = 1e-2,
	    .check = work_file_complete },
	{ .id = "pickup-file-put-aside",
	    .family = FAMILY,
	    .says = "A pickup file was put aside though it names sender and recipient.",
	    .cases = "Q279320",
	    .rfc = "",
	    .base_rate = 1e-3,
	    .check = pickup_put_aside },
	{ .id = "envelope-without-recipient",
	    .family = FAMILY,
	    .says = "The envelope names a sender, but no recipient.",
	    .cases = "",
	    .rfc = "RFC 821 section 3.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .check = without_recipient },
	{ .id = "envelope-originator-damaged",
	    .family = FAMILY,
	    .says = "The sender's address in the envelope is damaged.",
	    .cases = "Q242320",
	    .rfc = "RFC 821 section 4.1.2",
	    .base_rate = 1e-3,
	    .check = originator_damaged },
	{ .id = "envelope-of-other-message",
	    .family = FAMILY,
	    .says = "Envelope and Received field give the file two different spool names.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .check = envelope_of_other },
	{ .id = "out-terminator-missing",
	    .family = FAMILY,
	    .says = "The dot line with which the service closes an outbound file is missing.",
	    .cases = "",
	    .rfc = "RFC 821 section 4.1.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .check = out_terminator_missing },
};

const struct family family_envelope_cases = FAMILY_OF(rows);
