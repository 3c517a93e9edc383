/* nesting.c - rules about messages in messages and multiparts in multiparts. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "nesting"
#define NESTING_LIMIT 30u /* Q173343: what later builds refuse beyond */

/* Forwarding as an attachment reaches three or four levels; above ten no person did it. The sources
 * tell of a cascade and give no number. */
static void
nested_messages_deep(const struct message *msg, struct findings *out)
{
	const struct fact *fact = message_next_fact(msg, FACT_NESTED_DEEP, NULL);

	if (fact)
		found(out, fact->part, fact->offset, fact->len, "%llu levels%s",
		    (unsigned long long)fact->value,
		    fact->value > NESTING_LIMIT ? ", more than later releases accept" : "");
}

/* Real mail has three or four levels of multiparts. */
static void
parts_over_30_deep(const struct message *msg, struct findings *out)
{
	const struct fact *fact = message_next_fact(msg, FACT_MULTIPART_DEEP, NULL);

	if (fact && fact->value > NESTING_LIMIT)
		found(out, fact->part, fact->offset, fact->len, "%llu levels",
		    (unsigned long long)fact->value);
}

static void
multiparts_deep(const struct message *msg, struct findings *out)
{
	const struct fact *fact = message_next_fact(msg, FACT_MULTIPART_DEEP, NULL);

	if (fact && fact->value <= NESTING_LIMIT)
		found(out, fact->part, fact->offset, fact->len, "%llu levels",
		    (unsigned long long)fact->value);
}

static unsigned
deepest(const struct message *msg)
{
	unsigned depth = 0;

	for (size_t i = 0; i < msg->n_parts; i++)
		depth = msg->parts[i].depth > depth ? msg->parts[i].depth : depth;
	return depth;
}

/* What stands behind the place is judged as text alone; it was counted all the same. */
static void
structure_not_followed(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { "", "too deep", "too many parts", "too much work" };
	const struct fact *fact = message_next_fact(msg, FACT_SPLIT_LIMIT, NULL);
	const struct fact *depth = message_next_fact(msg, FACT_DEPTH_CUT, NULL);
	const struct fact *parts = message_next_fact(msg, FACT_PARTS_CUT, NULL);

	if (!fact)
		return;
	found(out, fact->part, fact->offset, fact->len,
	    "%s: %llu parts or more, the deepest at level %llu; not read beyond part %u and level %u",
	    words[fact->value < sizeof words / sizeof words[0] ? fact->value : 0],
	    (unsigned long long)(parts ? parts->value : msg->n_parts),
	    (unsigned long long)(depth ? depth->value : deepest(msg)), message_most_parts(msg),
	    message_most_depth(msg));
}

static const struct rule rows[] = {
	{ .id = "nested-messages-deep",
	    .family = FAMILY,
	    .says = "Messages are nested more than ten deep.",
	    .cases = "Q161887 Q190016",
	    .broader = true,
	    .rfc = "RFC 2046 section 5.2.1",
	    .base_rate = 2e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = nested_messages_deep },
	{ .id = "parts-over-30-deep",
	    .family = FAMILY,
	    .says = "Multiparts are nested more than thirty deep.",
	    .cases = "Q173343",
	    .rfc = "RFC 2046 section 5.1",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = parts_over_30_deep },
	{ .id = "multiparts-deep",
	    .family = FAMILY,
	    .says = "Multiparts are nested more than ten deep.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = multiparts_deep },
	{ .id = "structure-not-followed",
	    .family = FAMILY,
	    .says = "The parts are too many or too deep to be followed to the end.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = structure_not_followed },
};

const struct family family_nesting = FAMILY_OF(rows);
