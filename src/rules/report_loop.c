/* report_loop.c - rules about mail that answers itself, comes round again, or must be sent back. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "report"
#define ROUNDS 5u /* Received fields of one host; ordinary mail passes one three or four times */
#define HOSTS_MAX 32u /* compared with each other */

/* What a report gives back is an ordinary message, but when two servers answer each other. */
static void
report_of_report(const struct message *msg, struct findings *out)
{
	if (!report_root(msg))
		return;
	for (size_t i = 1; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		const struct field *path;

		if (part->message_depth != 1 || part->parent < 0 ||
		    msg->parts[part->parent].kind != PART_MESSAGE)
			continue;
		path = message_field(msg, (int)i, FIELD_RETURN_PATH, NULL);
		if (part_is(part, "multipart", "report"))
			found(out, (int)i, message_offset(msg, part->header), 0,
			    "it gives back a report");
		else if (path && slice_eq(path->text, "<>"))
			found(out, (int)i, message_offset(msg, path->whole), path->whole.len,
			    "it gives back a message without a sender");
	}
}

/* The host behind "by" of a Received field. */
static struct slice
host_of(const struct field *received)
{
	size_t by = slice_find_nocase(received->text, 0, " by ");
	struct slice host;
	size_t end = 0;

	if (slice_starts_nocase(received->text, "by "))
		by = 0;
	if (by == SLICE_NONE)
		return (struct slice){ NULL, 0 };
	host = slice_from(received->text, by + (by > 0 ? 4 : 3));
	while (end < host.len && !byte_is_space(host.data[end]) && host.data[end] != ';' &&
	       host.data[end] != '(')
		end++;
	return slice_cut(host, 0, end);
}

/* Filters and relays of one host hand mail to each other, twice or so. */
static void
received_round(const struct message *msg, struct findings *out)
{
	struct slice hosts[HOSTS_MAX];
	size_t rounds[HOSTS_MAX] = { 0 }, n = 0;
	const struct field *received = NULL;

	while ((received = message_field(msg, 0, FIELD_RECEIVED, received))) {
		struct slice host = host_of(received);
		size_t i = 0;

		while (i < n && !slice_same_nocase(hosts[i], host))
			i++;
		if (host.len == 0 || i == HOSTS_MAX)
			continue;
		if (i == n)
			hosts[n++] = host;
		if (++rounds[i] == ROUNDS)
			found(out, 0, message_offset(msg, received->whole), received->whole.len,
			    "%u times through %s", ROUNDS, found_quote(out, host, 64));
	}
}

/* A path without a domain, or one that is none, cannot be delivered. */
static bool
must_go_back(const struct message *msg, struct slice *path)
{
	for (size_t i = 0; i < msg->envelope.n_rcpt_to; i++) {
		*path = msg->envelope.rcpt_to[i];
		size_t at = slice_rfind(*path, '@');

		if (at == SLICE_NONE || at == 0 || at + 1 == path->len)
			return true;
	}
	return false;
}

/* The common form of mail, to somebody whom no server can know. */
static void
alternative_undeliverable(const struct message *msg, struct findings *out)
{
	struct slice path;

	if (msg->direction != DIRECTION_OUT && msg->n_parts > 0 &&
	    part_is(&msg->parts[0], "multipart", "alternative") && must_go_back(msg, &path))
		found(out, -1, message_offset(msg, path), path.len, "\"%s\"",
		    found_quote(out, path, QUOTE_MAX));
}

/* Many are away at a time, and each answers once. */
static void
absence_note(const struct message *msg, struct findings *out)
{
	const struct field *subject =
	    msg->n_parts ? message_field(msg, 0, FIELD_SUBJECT, NULL) : NULL;

	if (is_out_queue(msg) && subject &&
	    (slice_starts_nocase(subject->text, "Out of Office") ||
		slice_starts_nocase(subject->text, "Out of the Office")))
		found(out, 0, message_offset(msg, subject->whole), subject->whole.len, "\"%s\"",
		    found_quote(out, subject->text, QUOTE_MAX));
}

static const struct rule rows[] = {
	{ .id = "report-of-report",
	    .family = FAMILY,
	    .says = "A report gives back a report.",
	    .cases = "Q216161 Q238498",
	    .rfc = "RFC 5321 section 4.5.5",
	    .base_rate = 1e-3, /* servers that break the section answer each other's reports */
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_of_report },
	{ .id = "received-round",
	    .family = FAMILY,
	    .says = "The message has passed one host five times or more.",
	    .cases = "Q238498 Q272113",
	    .rfc = "RFC 5321 section 6.3",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = received_round,
	    .broader = true },
	{ .id = "alternative-undeliverable",
	    .family = FAMILY,
	    .says =
		"A multipart/alternative message has a recipient without a mailbox or a domain.",
	    .cases = "Q188013",
	    .rfc = "RFC 5321 section 4.1.2",
	    .base_rate = 4e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = alternative_undeliverable },
	{ .id = "absence-note",
	    .family = FAMILY,
	    .says = "An automatic note of absence waits to be sent out.",
	    .cases = "Q168616",
	    .rfc = "",
	    .base_rate = 4e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = absence_note },
};

const struct family family_report_loop = FAMILY_OF(rows);
