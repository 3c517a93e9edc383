/* smime.c - rules about signed and encrypted messages. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "smime"

static bool
promises_smime(const struct part *part)
{
	const struct param *protocol = typed_value_param(&part->type, "protocol");

	return part_is(part, "multipart", "signed") && protocol &&
	       (slice_eq_nocase(protocol->value, "application/pkcs7-signature") ||
		   slice_eq_nocase(protocol->value, "application/x-pkcs7-signature"));
}

/* Nobody writes these by hand: what does not fit its own length lost bytes on the way. */
static void
smime_damaged(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { [ASN1_EMPTY] = "no data",
		[ASN1_NO_SEQUENCE] = "no ASN.1 sequence at its beginning",
		[ASN1_CUT] = "shorter than its length tells",
		[ASN1_NOT_CLOSED] = "its end is missing",
		[ASN1_NO_IDENTIFIER] = "no object identifier inside" };

	FOUND_BY_VALUE(msg, out, FACT_ASN1_FORM, words, QUOTE_NOTHING);
}

/* List software that takes attachments off leaves such messages. */
static void
signed_without_signature(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		int second;

		if (!promises_smime(part) || part->first_child < 0)
			continue;
		second = msg->parts[part->first_child].next_sibling;
		if (second < 0 || !part_is_pkcs7(&msg->parts[second]))
			found(out, (int)i, message_offset(msg, part->header), 0, "%s",
			    second < 0 ? "no second part" : "its second part is of another type");
	}
}

/* Fields that ask for a receipt (RFC 8098 section 2.1; the others were never standards). */
static const struct field *
receipt_field(const struct message *msg)
{
	static const char *const names[] = { "Return-Receipt-To", "Disposition-Notification-To",
		"X-Confirm-Reading-To" };

	for (size_t i = 0; i < msg->parts[0].n_fields; i++) {
		const struct field *field = &msg->fields[msg->parts[0].first_field + i];

		for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
			if (slice_eq_nocase(field->name, names[k]) && field->text.len > 0)
				return field;
	}
	return NULL;
}

static void
smime_receipt_asked(const struct message *msg, struct findings *out)
{
	const struct field *field = msg->n_parts ? receipt_field(msg) : NULL;
	bool secure = false;

	for (size_t i = 0; field && i < msg->n_parts && !secure; i++)
		secure = msg->parts[i].message_depth == 0 &&
			 (part_is_pkcs7(&msg->parts[i]) || promises_smime(&msg->parts[i]));
	if (secure)
		found(out, 0, message_offset(msg, field->whole), field->whole.len, "%s",
		    found_quote(out, field->name, 32));
}

/* The client's name for the whole of an encrypted or opaque-signed message. */
static void
smime_in_tnef(const struct message *msg, struct findings *out)
{
	const struct fact *tnef = NULL;

	if (!is_out_queue(msg))
		return;
	while ((tnef = message_next_fact(msg, FACT_TNEF_PRESENT, tnef))) {
		const struct part *part = &msg->parts[tnef->part];
		size_t at = slice_find_nocase(part->decoded, 0, "smime.p7m");

		if (at != SLICE_NONE)
			found(out, tnef->part, part_file_offset(msg, part, at), 0, "smime.p7m");
	}
}

/* The service of 4.0 made such a part itself. */
static void
first_part_empty(const struct message *msg, struct findings *out)
{
	const struct part *root = msg->n_parts ? &msg->parts[0] : NULL;
	const struct part *first;

	if (!is_out_queue(msg) || !root || !part_is(root, "multipart", "mixed") ||
	    root->first_child < 0)
		return;
	first = &msg->parts[root->first_child];
	if (first->kind == PART_LEAF && part_is(first, "text", NULL) && first->next_sibling >= 0 &&
	    slice_trim(first->decoded).len == 0)
		found_place(
		    out, root->first_child, message_offset(msg, first->header), first->header.len);
}

static const struct rule rows[] = {
	{ .id = "smime-damaged",
	    .family = FAMILY,
	    .says = "The data of a signed or encrypted message are damaged.",
	    .cases = "Q268141",
	    .rfc = "RFC 2315 section 7",
	    .base_rate = 5e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = smime_damaged },
	{ .id = "signed-without-signature",
	    .family = FAMILY,
	    .says = "A signed message lacks its signature.",
	    .cases = "Q268141",
	    .rfc = "RFC 1847 section 2.1",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = signed_without_signature,
	    .broader = true },
	{ .id = "smime-receipt-asked",
	    .family = FAMILY,
	    .says = "A signed or encrypted message asks for a receipt.",
	    .cases = "Q234175",
	    .rfc = "RFC 8098 section 2.1",
	    .base_rate = 2e-3, /* who signs by policy often asks for receipts by policy */
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = smime_receipt_asked },
	{ .id = "smime-in-tnef",
	    .family = FAMILY,
	    .says = "A TNEF stream on its way out holds an encrypted or signed message.",
	    .cases = "Q189268",
	    .rfc = "",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = smime_in_tnef },
	{ .id = "first-part-empty",
	    .family = FAMILY,
	    .says = "The first part of an outbound message is an empty text.",
	    .cases = "Q152863",
	    .rfc = "",
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = first_part_empty },
};

const struct family family_smime = FAMILY_OF(rows);
