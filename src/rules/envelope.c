/* envelope.c - rules about the bytes before the mail: the spool's envelope or the pickup lines. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "envelope"
#define ADDRESS_BUFFER 1024u /* Q169174, KB822992 */
#define SENDER_BUFFER 64u    /* Q152930 */

/* The service writes both tags in one go: one without the other was cut or overwritten. */
static void
envelope_torn(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_ENVELOPE_TORN, "its end tag EwLs is missing", NULL },
		{ FACT_ENVELOPE_HEAD_TORN, "its first tag ImCr is missing", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

/* That the first number is the length is inferred from one published dump: too little for more than
 * an oddity. */
static void
envelope_length(const struct message *msg, struct findings *out)
{
	const struct fact *fact = message_next_fact(msg, FACT_ENVELOPE_LENGTH, NULL);

	if (fact)
		found(out, fact->part, fact->offset, fact->len, "it says %llu, not %zu",
		    (unsigned long long)fact->value, msg->envelope.whole.len);
}

static void
envelope_planted_tag(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_ENVELOPE_PLANTED_TAG, "", NULL } };

	FOUND_FACTS(msg, out, told);
}

/* The clock of the server when the message came: other bytes stand in its place. */
static void
envelope_time(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_ENVELOPE_FILETIME, "its bytes are", NULL,
	    QUOTE_BYTES } };

	FOUND_FACTS(msg, out, told);
}

/* A server's clock may be set between the two; days apart, one of them is not of this message. */
static void
envelope_time_far(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;
	bool incoming = folder_direction(msg->folder) != DIRECTION_OUT;

	while (incoming && (fact = message_next_fact(msg, FACT_ENVELOPE_TIME_FAR, fact)))
		found(out, -1, fact->offset, fact->len, "%llu days apart",
		    (unsigned long long)(fact->value / 86400));
}

/* The SMTP server refuses such a path with 501; one that reached the file was damaged in it. */
static void
envelope_address_bad(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_ENVELOPE_ADDRESS_BAD, "", NULL, QUOTE_BYTES } };

	FOUND_FACTS(msg, out, told);
}

static void
too_long(const struct message *msg, struct findings *out, struct slice path, const char *which)
{
	if (path.len > ADDRESS_BUFFER)
		found(out, -1, message_offset(msg, path), path.len, "%s of %zu bytes", which,
		    path.len);
}

/* RFC 821 section 4.5.3 ends a path at 256 characters; no mail system has an address of 1,024. */
static void
envelope_address_over_1024(const struct message *msg, struct findings *out)
{
	too_long(msg, out, msg->envelope.mail_from, "MAIL FROM");
	for (size_t i = 0; i < msg->envelope.n_rcpt_to; i++)
		too_long(msg, out, msg->envelope.rcpt_to[i], "RCPT TO");
}

/* The envelope sender as the last server noted it in the header, without brackets. */
static struct slice
return_path(const struct message *msg)
{
	const struct field *field = message_field(msg, 0, FIELD_RETURN_PATH, NULL);
	struct slice path = field ? slice_trim(field->value) : (struct slice){ NULL, 0 };

	if (slice_starts(path, "<") && slice_ends(path, ">"))
		return slice_cut(path, 1, path.len - 2);
	return path;
}

/* Every mailer writes From; a list sender with a long VERP address writes it too. */
static void
mail_from_long_without_from(const struct message *msg, struct findings *out)
{
	struct slice from = msg->envelope.mail_from;

	if (msg->envelope.kind == ENVELOPE_NONE)
		from = return_path(msg);
	if (from.len <= SENDER_BUFFER || msg->n_parts == 0)
		return;
	if (!message_field(msg, 0, FIELD_FROM, NULL) && msg->parts[0].n_fields > 0)
		found(out, -1, message_offset(msg, from), from.len, "\"%s\", %zu bytes",
		    found_quote(out, from, 24), from.len);
}

static void
pickup_line_bad(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_PICKUP_BAD_LINE, "", NULL, QUOTE_LINE } };

	FOUND_FACTS(msg, out, told);
}

/* Pickup files are not dot-stuffed by the service: what follows such a line is taken for SMTP
 * commands. */
static void
pickup_dot_line(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_LONE_DOT_LINE, "", NULL } };

	if (msg->folder == FOLDER_PICKUP || msg->folder == FOLDER_PICKUP_ARCHIVE)
		FOUND_FACTS(msg, out, told);
}

/* Whether the last dot of the file may be that of a sentence, in a copy from which the closing dot
 * was taken: a word before it, in text that is not encoded (the sources tell of encoded data). */
static bool
ends_like_a_sentence(const struct message *msg)
{
	const struct fact *dot = message_next_fact(msg, FACT_TERMINATOR_GLUED, NULL);
	const struct part *last = msg->n_parts > 0 ? &msg->parts[msg->n_parts - 1] : NULL;
	unsigned char byte;

	if (!dot || dot->offset == 0 || !last || last->kind != PART_LEAF ||
	    !part_is(last, "text", NULL) || last->encoding >= ENCODING_QP)
		return false;
	byte = msg->file.data[dot->offset - 1];
	return byte_is_alpha(byte) || byte_is_digit(byte) || byte == ')' || byte == '"' ||
	       byte >= 0x80;
}

/* The service puts dot and CRLF behind every outbound message: without CRLF before it no peer sees
 * the end. The sources tell of quoted-printable and AppleSingle data; the peer fails whatever the
 * data are. */
static void
out_without_final_crlf(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_TERMINATOR_GLUED, "the closing dot is glued to the last line", NULL },
		{ FACT_END_WITHOUT_CRLF, "the last line has no end", NULL },
	};
	size_t first = fact_met(msg, FACT_TERMINATOR_GLUED) ? 0 : 1;

	if (is_out_queue(msg) && !fact_met(msg, FACT_LF_ONLY) && !fact_met(msg, FACT_CR_ONLY) &&
	    !ends_like_a_sentence(msg))
		found_facts(msg, out, &told[first], 1);
}

static void
out_dot_unclear(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_TERMINATOR_GLUED, "", NULL } };

	if (is_out_queue(msg) && ends_like_a_sentence(msg))
		FOUND_FACTS(msg, out, told);
}

static const struct rule rows[] = {
	{ .id = "envelope-torn",
	    .family = FAMILY,
	    .says = "The envelope that the service wrote before the mail is torn.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 2e-5,
	    .check = envelope_torn },
	{ .id = "envelope-length-wrong",
	    .family = FAMILY,
	    .says = "The length in the envelope is not the length of the envelope.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .check = envelope_length },
	{ .id = "envelope-tag-planted",
	    .family = FAMILY,
	    .says = "The tag that ends the envelope stands inside the envelope too.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .check = envelope_planted_tag },
	{ .id = "envelope-time-impossible",
	    .family = FAMILY,
	    .says = "The time in the envelope lies outside 1993 to 2038.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .check = envelope_time },
	{ .id = "envelope-time-far",
	    .family = FAMILY,
	    .says = "The time in the envelope lies days from that of the newest Received field.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .check = envelope_time_far },
	{ .id = "envelope-address-damaged",
	    .family = FAMILY,
	    .says = "An address in the envelope is not one that SMTP accepts.",
	    .cases = "Q167132",
	    .rfc = "RFC 821 section 4.1.2",
	    .base_rate = 1e-3,
	    .check = envelope_address_bad },
	{ .id = "envelope-address-over-1024",
	    .family = FAMILY,
	    .says = "An address in the envelope is longer than 1,024 bytes.",
	    .cases = "Q169174",
	    .rfc = "RFC 821 section 4.5.3",
	    .base_rate = 1e-5,
	    .check = envelope_address_over_1024 },
	{ .id = "mail-from-long-without-from",
	    .family = FAMILY,
	    .says = "The message has no From field and an envelope sender of more than 64 bytes.",
	    .cases = "Q152930",
	    .rfc = "RFC 822 section 4.1",
	    .base_rate = 5e-5,
	    .check = mail_from_long_without_from },
	{ .id = "pickup-line-bad",
	    .family = FAMILY,
	    .says = "An x-sender or x-receiver line of a pickup file names no address.",
	    .cases = "Q201314",
	    .rfc = "",
	    .base_rate = 1e-3,
	    .check = pickup_line_bad },
	{ .id = "pickup-dot-line",
	    .family = FAMILY,
	    .says = "A pickup file holds a line that is a single dot.",
	    .cases = "Q221384",
	    .rfc = "RFC 821 section 4.5.2",
	    .base_rate = 1e-3,
	    .check = pickup_dot_line },
	{ .id = "out-without-final-crlf",
	    .family = FAMILY,
	    .says = "An outbound message does not end in CRLF before the closing dot.",
	    .cases = "Q146993 Q159286",
	    .broader = true,
	    .rfc = "RFC 821 section 4.1.1",
	    .base_rate = 3e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = out_without_final_crlf },
	{ .id = "out-dot-unclear",
	    .family = FAMILY,
	    .says = "An outbound message ends in a dot that is either its own or the closing one.",
	    .cases = "Q146993",
	    .broader = true,
	    .rfc = "RFC 821 section 4.1.1",
	    .base_rate = 1e-3,
	    .check = out_dot_unclear },
};

const struct family family_envelope = FAMILY_OF(rows);
