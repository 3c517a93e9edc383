/* boundary.c - rules about the boundaries of multiparts. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "boundary"

/* The boundary in a form of RFC 2231 when there is no plain one, or NULL. */
static const struct param *
extended_boundary(const struct part *part)
{
	if (part->kind != PART_MULTIPART || typed_value_param(&part->type, "boundary"))
		return NULL;
	return next_param(&part->type, "boundary", NULL);
}

/* A mailer makes the boundary from clock and chance before it writes the field: never from
 * nothing. */
static void
boundary_empty(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_BOUNDARY_EMPTY, "", NULL, QUOTE_BYTES } };

	FOUND_FACTS(msg, out, told);
}

/* Reports and forwards give back another message cut short, often its header alone: nothing in
 * there needs to agree. */
static bool
is_returned(const struct message *msg, const struct fact *fact)
{
	for (int up = fact->part; up >= 0; up = msg->parts[up].parent)
		if (msg->parts[up].message_depth > 0 ||
		    part_is(&msg->parts[up], "multipart", "report"))
			return true;
	return false;
}

static bool
has_text(const struct message *msg, const struct fact *fact)
{
	return fact->part >= 0 && slice_trim(msg->parts[fact->part].body).len > 0;
}

static void
lost_parts(const struct message *msg, struct findings *out, const struct told *told, bool returned)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, told->kind, fact)))
		if (has_text(msg, fact) && is_returned(msg, fact) == returned &&
		    !extended_boundary(&msg->parts[fact->part]))
			found_fact(msg, out, fact, told);
}

static const struct told absent = { FACT_BOUNDARY_ABSENT, "", NULL, QUOTE_LINE };
static const struct told never_seen = { FACT_BOUNDARY_NEVER_SEEN, "", "bytes of body",
	QUOTE_BYTES };

/* A multipart without the parameter has no parts that anyone could find. */
static void
boundary_absent(const struct message *msg, struct findings *out)
{
	lost_parts(msg, out, &absent, false);
}

/* A header and a body that do not belong together: the parts were rewritten, or cut off, by
 * something else. */
static void
boundary_never_seen(const struct message *msg, struct findings *out)
{
	lost_parts(msg, out, &never_seen, false);
}

static const struct told open_end = { FACT_CLOSING_MISSING, "its end is missing", NULL };

/* Multiparts that lack their end: those of a returned message, or those of the message itself that
 * were ended by an outer delimiter or by the end of the data. */
static void
unclosed(const struct message *msg, struct findings *out, const struct told *told, bool returned,
    bool by_outer)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_CLOSING_MISSING, fact)))
		if (is_returned(msg, fact) == returned && (fact->value == 1) == by_outer)
			found_fact(msg, out, fact, told);
}

static void
returned_parts_lost(const struct message *msg, struct findings *out)
{
	lost_parts(msg, out, &absent, true);
	lost_parts(msg, out, &never_seen, true);
	unclosed(msg, out, &open_end, true, false);
	unclosed(msg, out, &open_end, true, true);
}

static bool
has_part(const struct message *msg, int index)
{
	return index >= 0 && (size_t)index < msg->n_parts && msg->parts[index].first_child >= 0;
}

/* The preamble is a line or two for old readers: fields in it are those of a part that lost its
 * delimiter. Which sizes make the store loop hangs on a buffer whose length the source does not
 * give. */
static void
boundary_first_missing(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_PREAMBLE_FIELDS,
		"a part's header stands before it:", NULL, QUOTE_LINE };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_PREAMBLE_FIELDS, fact)))
		if (has_part(msg, fact->part))
			found_fact(msg, out, fact, &told);
}

static void
boundary_illegal(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_BOUNDARY_LONG, "too long", "bytes" },
		{ FACT_BOUNDARY_ODD, "a byte that it may not hold:", NULL, QUOTE_BYTES },
		{ FACT_BOUNDARY_PREFIX, "it begins like another one:", NULL, QUOTE_BYTES },
		{ FACT_BOUNDARY_SAME, "it is the same as an open one:", NULL, QUOTE_BYTES },
		{ FACT_BOUNDARY_BLANK_END, "a blank at its end:", NULL, QUOTE_BYTES },
	};

	FOUND_FACTS(msg, out, told);
}

/* Some list archives and mailers forget the closing delimiter: no sign of a cut by itself. */
static void
boundary_not_closed(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_CLOSING_MISSING, "", NULL };

	unclosed(msg, out, &told, false, false);
}

/* Whoever writes the outer delimiter has written the inner one before: something was lost between
 * the two. */
static void
boundary_outer_ends_inner(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_CLOSING_MISSING, "", NULL };

	unclosed(msg, out, &told, false, true);
}

static void
preamble_odd(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_PREAMBLE_LARGE, "text before the first boundary", "bytes" },
		{ FACT_EPILOGUE_FIELDS, "header fields behind the last boundary:", NULL,
		    QUOTE_LINE },
	};

	FOUND_FACTS(msg, out, told);
}

static const struct rule rows[] = {
	{ .id = "boundary-empty",
	    .family = FAMILY,
	    .says = "A multipart declares an empty boundary.",
	    .cases = "Q275714",
	    .rfc = "RFC 2046 section 5.1.1",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = boundary_empty },
	{ .id = "boundary-absent",
	    .family = FAMILY,
	    .says = "A multipart declares no boundary.",
	    .cases = "Q178344 Q186205",
	    .rfc = "RFC 2046 section 5.1.1",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = boundary_absent },
	{ .id = "boundary-never-seen",
	    .family = FAMILY,
	    .says = "The boundary that a multipart declares occurs nowhere in it.",
	    .cases = "Q178344 Q186205",
	    .rfc = "RFC 2046 section 5.1.1",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = boundary_never_seen },
	{ .id = "boundary-first-missing",
	    .family = FAMILY,
	    .says = "The first boundary line of a multipart is missing.",
	    .cases = "Q217155",
	    .rfc = "RFC 2046 section 5.1.1",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = boundary_first_missing },
	{ .id = "returned-parts-lost",
	    .family = FAMILY,
	    .says = "A returned or forwarded message lacks parts that its header announces.",
	    .cases = "",
	    .rfc = "RFC 3464 section 2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = returned_parts_lost },
	{ .id = "boundary-illegal",
	    .family = FAMILY,
	    .says = "A boundary is not one that RFC 2046 allows.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = boundary_illegal },
	{ .id = "boundary-not-closed",
	    .family = FAMILY,
	    .says = "The line that closes a multipart is missing.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = boundary_not_closed },
	{ .id = "boundary-outer-ends-inner",
	    .family = FAMILY,
	    .says = "An outer boundary ends a multipart that is still open.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = boundary_outer_ends_inner },
	{ .id = "preamble-odd",
	    .family = FAMILY,
	    .says = "Text or a header stands outside the parts of a multipart.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 2,
	    .measured_of = 1584,
	    .check = preamble_odd },
};

const struct family family_boundary = FAMILY_OF(rows);
