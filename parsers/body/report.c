/*
 * report.c - the fields of delivery and disposition notifications (RFC 3464, RFC 8098).
 *
 * A delivery notification is a group of fields about the message and, behind an empty line each, a
 * group for each recipient. Q238419: what becomes the supplementary information of a report may be
 * too long for the store; Q256315: an address may be missing.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "body.h"
#include "parser.h"

#define VALUE_MAX 1024u /* bytes; the source says "too long" and no number */

enum group_kind { GROUP_MESSAGE = 1, GROUP_RECIPIENT = 2, GROUP_DISPOSITION = 4 };

struct known_field {
	const char *name;
	enum report_field id;
	unsigned groups; /* where it may stand */
	bool has_address;
};

/* RFC 3464 sections 2.2 and 2.3, RFC 8098 section 3.1. */
static const struct known_field known[] = {
	{ "Reporting-MTA", REPORT_REPORTING_MTA, GROUP_MESSAGE, false },
	{ "Original-Envelope-Id", REPORT_OTHER_OF_MESSAGE, GROUP_MESSAGE, false },
	{ "DSN-Gateway", REPORT_OTHER_OF_MESSAGE, GROUP_MESSAGE, false },
	{ "Received-From-MTA", REPORT_OTHER_OF_MESSAGE, GROUP_MESSAGE, false },
	{ "Arrival-Date", REPORT_OTHER_OF_MESSAGE, GROUP_MESSAGE, false },
	{ "Final-Recipient", REPORT_FINAL_RECIPIENT, GROUP_RECIPIENT | GROUP_DISPOSITION, true },
	{ "Original-Recipient", REPORT_OTHER_OF_RECIPIENT, GROUP_RECIPIENT | GROUP_DISPOSITION,
	    true },
	{ "Action", REPORT_ACTION, GROUP_RECIPIENT, false },
	{ "Status", REPORT_STATUS, GROUP_RECIPIENT, false },
	{ "Remote-MTA", REPORT_OTHER_OF_RECIPIENT, GROUP_RECIPIENT, false },
	{ "Diagnostic-Code", REPORT_OTHER_OF_RECIPIENT, GROUP_RECIPIENT, false },
	{ "Last-Attempt-Date", REPORT_OTHER_OF_RECIPIENT, GROUP_RECIPIENT, false },
	{ "Will-Retry-Until", REPORT_OTHER_OF_RECIPIENT, GROUP_RECIPIENT, false },
	{ "Disposition", REPORT_DISPOSITION_FIELD, GROUP_DISPOSITION, false },
};

struct report {
	struct message *msg;
	struct arena *arena;
	int part;
	struct slice text;
	enum group_kind kind; /* of the group being read */
	size_t n_groups;
	size_t group_from; /* its first line */
	bool in_group;
	unsigned seen; /* of this group: bits of enum report_field */
};

static void
report_fact(
    const struct report *report, enum fact_kind kind, size_t from, size_t len, uint64_t value)
{
	body_fact(report->msg, report->arena, kind, report->part, from, len, value);
}

static void
must_have(const struct report *report, enum report_field field)
{
	if (!(report->seen & 1u << field))
		report_fact(report, FACT_REPORT_FIELD_MISSING, report->group_from, 0, field);
}

/* An empty line, or the end. A group without any field of recipients is some program's remark. */
static void
end_group(struct report *report)
{
	if (!report->in_group)
		return;
	report->in_group = false;
	report->n_groups++;
	if (report->kind == GROUP_MESSAGE) {
		must_have(report, REPORT_REPORTING_MTA);
	} else if (report->kind == GROUP_DISPOSITION) {
		must_have(report, REPORT_FINAL_RECIPIENT);
		must_have(report, REPORT_DISPOSITION_FIELD);
	} else if (report->seen != 0) {
		must_have(report, REPORT_FINAL_RECIPIENT);
		must_have(report, REPORT_ACTION);
		must_have(report, REPORT_STATUS);
	}
	report->kind = GROUP_RECIPIENT;
}

/* "rfc822; user@example.com": what is behind the type; all of it where no type is told. */
static bool
has_address(struct slice value)
{
	size_t type = slice_find(value, 0, ';');

	value = slice_trim(type == SLICE_NONE ? value : slice_from(value, type + 1));
	return value.len > 0 && !slice_eq(value, "<>");
}

static void
check_known(
    struct report *report, const struct known_field *field, struct slice whole, struct slice value)
{
	size_t from = slice_index(report->text, whole);

	if (!(field->groups & report->kind))
		report_fact(report, FACT_REPORT_FIELD_MISPLACED, from, whole.len, field->id);
	else
		report->seen |= 1u << field->id;
	if (field->has_address && !has_address(value))
		report_fact(report, FACT_REPORT_ADDRESS_EMPTY, from, whole.len, field->id);
}

/* A field with its folding, without its last line end. */
static void
read_field(struct report *report, struct slice whole)
{
	size_t colon = slice_find(whole, 0, ':');
	struct slice name, value;

	if (colon == SLICE_NONE)
		return;
	name = slice_trim(slice_cut(whole, 0, colon));
	value = slice_trim(slice_from(whole, colon + 1));
	if (value.len > VALUE_MAX)
		report_fact(report, FACT_REPORT_FIELD_LONG, slice_index(report->text, whole),
		    whole.len, value.len);
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (slice_eq_nocase(name, known[i].name))
			check_known(report, &known[i], whole, value);
}

/* The field that begins with this line, with the lines that continue it. */
static struct slice
unfolded(struct report *report, struct body_lines *lines, struct slice line)
{
	size_t from = slice_index(report->text, line);
	struct slice next;

	while (body_peek_line(lines, &next) && next.len > 0 && byte_is_blank(next.data[0]) &&
	       slice_trim(next).len > 0) {
		body_next_line(lines, &next);
		line = slice_cut(
		    report->text, from, slice_index(report->text, next) + next.len - from);
	}
	return line;
}

static void
read_report(struct report *report, enum report_kind kind)
{
	struct body_lines lines = { report->text, 0 };
	struct slice line;

	report->kind = kind == REPORT_DELIVERY ? GROUP_MESSAGE : GROUP_DISPOSITION;
	while (body_next_line(&lines, &line)) {
		if (slice_trim(line).len == 0) {
			end_group(report);
			if (kind == REPORT_DISPOSITION && report->n_groups > 0)
				return;
			continue;
		}
		if (!report->in_group) {
			report->in_group = true;
			report->seen = 0;
			report->group_from = slice_index(report->text, line);
		}
		read_field(report, unfolded(report, &lines, line));
	}
	end_group(report);
	if (kind == REPORT_DELIVERY && report->n_groups == 1)
		report_fact(report, FACT_REPORT_FIELD_MISSING, report->group_from, 0,
		    REPORT_RECIPIENT_GROUP);
}

static enum report_kind
kind_of(const struct part *part)
{
	if (part->kind != PART_LEAF)
		return 0;
	if (part_is(part, "message", "delivery-status"))
		return REPORT_DELIVERY;
	return part_is(part, "message", "disposition-notification") ? REPORT_DISPOSITION : 0;
}

static void
parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		enum report_kind kind = kind_of(&msg->parts[i]);
		struct report report = {
			.msg = msg, .arena = arena, .part = (int)i, .text = msg->parts[i].decoded
		};

		if (!kind || slice_trim(report.text).len == 0)
			continue;
		report_fact(&report, FACT_REPORT_PRESENT, 0, 0, kind);
		read_report(&report, kind);
	}
}

const struct parser parser_report = { "report", NULL, parse };
