/*
 * gmime.c - rules about what the second reader, GMime, reports: plain violations, said in its
 * words.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "gmime"

/* GMimeParserWarning of GMime 3.2, from 1 on. */
static const char *const warnings[] = { "", "field repeated", "parameter repeated",
	"8-bit bytes in the header", "invalid Content-Type", "invalid encoded word",
	"malformed multipart", "message cut off", "malformed message", "invalid field name",
	"field repeated with another value", "parameter repeated with another value",
	"multipart without a boundary", "invalid parameter", "invalid list of addresses",
	"nested too deep", "part without content", "part without header and content" };

#define N_WARNINGS (sizeof warnings / sizeof warnings[0])
#define BIT(code) (1u << (code))

static bool
met_in_part(const struct message *msg, enum fact_kind kind, uint64_t value, int part)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, kind, fact)))
		if (fact->part == part && (fact->value == value || kind == FACT_PARAM_DUPLICATE))
			return true;
	return false;
}

/* GMime takes name= and name*= for one parameter met twice; newer mailers write both on purpose. */
static bool
is_second_form(const struct message *msg, const struct fact *warning)
{
	return (warning->value == 2 || warning->value == 11) &&
	       met_in_part(msg, FACT_PARAM_2231_ODD, SECTION_BOTH_FORMS, warning->part) &&
	       !met_in_part(msg, FACT_PARAM_DUPLICATE, 0, warning->part);
}

static void
told_warnings(const struct message *msg, struct findings *out, unsigned codes)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_GMIME_WARNING, fact)))
		if (fact->value < N_WARNINGS && (codes & BIT(fact->value)) &&
		    !is_second_form(msg, fact))
			found(
			    out, fact->part, fact->offset, fact->len, "%s", warnings[fact->value]);
}

static void
gmime_header(const struct message *msg, struct findings *out)
{
	told_warnings(msg, out, BIT(1) | BIT(8) | BIT(9) | BIT(10));
}

static void
gmime_text(const struct message *msg, struct findings *out)
{
	told_warnings(msg, out, BIT(3) | BIT(5) | BIT(14));
}

static void
gmime_parameter(const struct message *msg, struct findings *out)
{
	told_warnings(msg, out, BIT(2) | BIT(4) | BIT(11) | BIT(13));
}

static void
gmime_structure(const struct message *msg, struct findings *out)
{
	if (!msg->gmime_misread)
		told_warnings(msg, out, BIT(6) | BIT(7) | BIT(12) | BIT(15) | BIT(16) | BIT(17));
}

/* What is beyond the second reader's strength is kept from it. */
static void
gmime_kept_out(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_GMIME_MASKED, "a field", "bytes" },
		{ FACT_GMIME_SKIPPED, "the whole message", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

static size_t
leaves_of(const struct message *msg)
{
	size_t count = 0;

	for (size_t i = 0; i < msg->n_parts; i++)
		count += msg->parts[i].kind == PART_LEAF;
	return count;
}

/* Both readings of a type, encoding, file name or boundary. */
static void
told_differences(const struct message *msg, struct findings *out)
{
	static const char *const words[ASPECT_COUNT] = {
		[ASPECT_TYPE] = "type",
		[ASPECT_ENCODING] = "encoding",
		[ASPECT_FILE_NAME] = "file name",
		[ASPECT_BOUNDARY] = "boundary",
	};
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_GMIME_DIFFERS, fact))) {
		const struct gmime_difference *difference;
		const char *here, *there;

		if (fact->value >= msg->n_gmime_differences)
			continue;
		difference = &msg->gmime_differences[fact->value];
		here = difference->ours.data ? "\"" : "none";
		there = difference->theirs.data ? "\"" : "none";
		found(out, fact->part, fact->offset, fact->len, "%s %s%s%s here, %s%s%s for GMime",
		    words[difference->aspect], here, found_quote(out, difference->ours, QUOTE_MAX),
		    difference->ours.data ? here : "", there,
		    found_quote(out, difference->theirs, QUOTE_MAX),
		    difference->theirs.data ? there : "");
	}
}

/* A mail that obeys the standard has one reading. Where two programs part ways a third, the IMC,
 * is likely to have met what its authors did not expect. */
static void
readings_differ(const struct message *msg, struct findings *out)
{
	const struct fact *fact = message_next_fact(msg, FACT_GMIME_PARTS, NULL);

	if (fact)
		found(out, fact->part, fact->offset, fact->len,
		    "parts with content: %zu here, %llu for GMime", leaves_of(msg),
		    (unsigned long long)fact->value);
	fact = NULL;
	while ((fact = message_next_fact(msg, FACT_GMIME_EXTENT, fact)))
		found(out, fact->part, fact->offset, fact->len,
		    "a part of %llu bytes here; for GMime its content has a bound at byte %llu",
		    (unsigned long long)fact->len, (unsigned long long)fact->value);
	told_differences(msg, out);
}

static const struct rule rows[] = {
	{ .id = "gmime-header",
	    .family = FAMILY,
	    .says = "GMime reports a malformed or repeated header field.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = gmime_header },
	{ .id = "gmime-text",
	    .family = FAMILY,
	    .says = "GMime reports bad text or addresses in the header.",
	    .cases = "",
	    .rfc = "RFC 2047 section 2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 8,
	    .measured_of = 1584,
	    .check = gmime_text },
	{ .id = "gmime-parameter",
	    .family = FAMILY,
	    .says = "GMime reports a bad Content-Type or parameter.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 6,
	    .measured_of = 1584,
	    .check = gmime_parameter },
	{ .id = "gmime-structure",
	    .family = FAMILY,
	    .says = "GMime reports a bad structure of parts.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = gmime_structure },
	{ .id = "gmime-kept-out",
	    .family = FAMILY,
	    .says = "Some of the message was kept from GMime because it would have cost too much.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = gmime_kept_out },
	{ .id = "readings-differ",
	    .family = FAMILY,
	    .says =
		"Two readers of MIME find other parts, types, encodings, file names or boundaries.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = readings_differ },
};

const struct family family_gmime = FAMILY_OF(rows);
