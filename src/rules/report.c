/* report.c - rules about delivery reports and receipts: their fields, their texts, what they carry. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "report"

/* Names of the fields, for the details. */
static const char *const field_words[] = { [REPORT_REPORTING_MTA] = "Reporting-MTA",
	[REPORT_OTHER_OF_MESSAGE] = "a field of the whole message",
	[REPORT_FINAL_RECIPIENT] = "Final-Recipient",
	[REPORT_ACTION] = "Action",
	[REPORT_STATUS] = "Status",
	[REPORT_OTHER_OF_RECIPIENT] = "a field of a recipient",
	[REPORT_DISPOSITION_FIELD] = "Disposition",
	[REPORT_RECIPIENT_GROUP] = "the fields of any recipient" };

const struct part *
report_root(const struct message *msg)
{
	return msg->n_parts && part_is(&msg->parts[0], "multipart", "report") ? &msg->parts[0]
									      : NULL;
}

/* Reports are written by programs, and each knows the standard of its year. */
static void
report_field_missing(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_REPORT_FIELD_MISSING, fact)))
		found(out, fact->part, fact->offset, 0, "without %s", field_words[fact->value]);
	while ((fact = message_next_fact(msg, FACT_REPORT_FIELD_MISPLACED, fact)))
		found(out, fact->part, fact->offset, fact->len, "%s in a group of the other kind",
		    field_words[fact->value]);
}

/* The answer of a server is some lines long; the store makes one property of it. */
static void
report_field_long(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_REPORT_FIELD_LONG, "", "bytes" } };

	FOUND_FACTS(msg, out, told);
}

static void
report_recipient_empty(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_REPORT_ADDRESS_EMPTY, "", NULL, QUOTE_LINE } };

	FOUND_FACTS(msg, out, told);
}

/* The envelope sender of a report is empty, its From field never is: postmaster stands there. */
static void
report_from_empty(const struct message *msg, struct findings *out)
{
	const struct field *from = NULL;

	if (!report_root(msg))
		return;
	while ((from = message_field(msg, 0, FIELD_FROM, from)))
		if (from->text.len > 0 && !slice_eq(from->text, "<>"))
			return;
	from = message_field(msg, 0, FIELD_FROM, NULL);
	if (from)
		found(out, 0, message_offset(msg, from->whole), from->whole.len, "empty");
	else
		found(out, 0, message_offset(msg, msg->parts[0].header), 0, "no From");
}

static bool
is_utf(const struct part *part)
{
	return (part_charset_traits(part) & (CHARSET_UNICODE | CHARSET_UTF16)) == CHARSET_UNICODE;
}

/* Texts of the report in UTF-7 or UTF-8; today's servers write their reports so. */
static void
report_unicode(const struct message *msg, struct findings *out)
{
	for (size_t i = 1; report_root(msg) && i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->kind == PART_LEAF && part->message_depth == 0 &&
		    part_is(part, "text", NULL) && is_utf(part))
			found(out, (int)i, message_offset(msg, part->charset), part->charset.len,
			    "%s", found_quote(out, part->charset, 24));
	}
}

/* A text of the report that is not in the character set it names. The message that is given back
 * may be anything, and is cut off as a habit. */
static void
report_unicode_damaged(const struct message *msg, struct findings *out)
{
	static const enum fact_kind kinds[] = { FACT_CHARSET_INVALID, FACT_CHARSET_CUT };

	for (size_t i = 0; report_root(msg) && i < sizeof kinds / sizeof kinds[0]; i++) {
		const struct fact *fact = NULL;

		while ((fact = message_next_fact(msg, kinds[i], fact))) {
			const struct part *part = fact->part >= 0 ? &msg->parts[fact->part] : NULL;

			if (part && part->message_depth == 0 && part->parent == 0 && is_utf(part))
				found(out, fact->part, fact->offset, fact->len, "%s",
				    found_quote(out, part->charset, 24));
		}
	}
}

/* Servers of the same product wrap what they give back in TNEF; foreign ones never do. */
static void
report_with_tnef(const struct message *msg, struct findings *out)
{
	const struct fact *tnef = NULL;

	while (report_root(msg) && (tnef = message_next_fact(msg, FACT_TNEF_PRESENT, tnef)))
		if (msg->parts[tnef->part].message_depth == 0)
			found_place(out, tnef->part, tnef->offset, tnef->len);
}

/* An address of another system in the form IMCEATYPE-value@server. */
static void
report_encapsulated(const struct message *msg, struct findings *out)
{
	const struct fact *report = NULL;

	while ((report = message_next_fact(msg, FACT_REPORT_PRESENT, report))) {
		const struct part *part = &msg->parts[report->part];
		size_t at = slice_find_nocase(part->decoded, 0, "IMCEA"), end = at;

		if (at == SLICE_NONE)
			continue;
		while (end < part->decoded.len && part->decoded.data[end] > ' ')
			end++;
		found(out, report->part, part_file_offset(msg, part, at), 5, "\"%s\"",
		    found_quote(out, slice_cut(part->decoded, at, end - at), QUOTE_MAX));
	}
}

/* The server's own name for its report; no other program cuts it off. */
static void
report_id_cut(const struct message *msg, struct findings *out)
{
	const struct field *id = message_field(msg, 0, FIELD_MESSAGE_ID, NULL);

	if (is_out_queue(msg) && report_root(msg) && id && slice_starts(id->text, "<") &&
	    slice_find(id->text, 0, '>') == SLICE_NONE)
		found(out, 0, message_offset(msg, id->whole), id->whole.len, "\"%s\"",
		    found_quote(out, id->text, QUOTE_MAX));
}

static const struct rule rows[] = {
	{ .id = "report-field-missing",
	    .family = FAMILY,
	    .says = "A field of a report is missing or in the wrong place.",
	    .cases = "",
	    .rfc = "RFC 3464 sections 2.2 and 2.3, RFC 8098 section 3",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_field_missing },
	{ .id = "report-field-long",
	    .family = FAMILY,
	    .says = "A field of a report is longer than 1,024 bytes.",
	    .cases = "Q238419",
	    .rfc = "RFC 3464 section 2.3.6",
	    .base_rate = 5e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_field_long,
	    .broader = true },
	{ .id = "report-recipient-empty",
	    .family = FAMILY,
	    .says = "A report names no address for a recipient.",
	    .cases = "Q256315",
	    .rfc = "RFC 3464 section 2.3.2",
	    .base_rate = 2e-3, /* a few servers write "<>" for a user they do not know */
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_recipient_empty },
	{ .id = "report-from-empty",
	    .family = FAMILY,
	    .says = "A report has no sender in its header.",
	    .cases = "Q198581",
	    .rfc = "RFC 5322 section 3.6.2",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_from_empty },
	{ .id = "report-unicode",
	    .family = FAMILY,
	    .says = "A report is written in UTF-7 or UTF-8.",
	    .cases = "Q177955",
	    .rfc = "",
	    .base_rate = 2e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_unicode },
	{ .id = "report-unicode-damaged",
	    .family = FAMILY,
	    .says = "A report in UTF-7 or UTF-8 holds bytes that are not valid in it.",
	    .cases = "KB888621",
	    .rfc = "RFC 3629 section 3",
	    .base_rate = 1e-5, /* reports, of them those in UTF, of those one in a thousand */
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_unicode_damaged },
	{ .id = "report-with-tnef",
	    .family = FAMILY,
	    .says = "A report carries a TNEF stream.",
	    .cases = "Q303686",
	    .rfc = "",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_with_tnef },
	{ .id = "report-encapsulated",
	    .family = FAMILY,
	    .says = "A report names an encapsulated address.",
	    .cases = "Q189270",
	    .rfc = "",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_encapsulated },
	{ .id = "report-id-cut",
	    .family = FAMILY,
	    .says = "The Message-ID of an outbound report lacks its closing bracket.",
	    .cases = "Q190041",
	    .rfc = "RFC 5322 section 3.6.4",
	    .base_rate = 2e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_id_cut },
};

const struct family family_report = FAMILY_OF(rows);
