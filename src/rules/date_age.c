/* date_age.c - a rule of the date family about the sender's clock and the relay's. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "date"

static void
tell_age(const struct message *msg, struct findings *out, enum fact_kind kind, const char *words)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, kind, fact)))
		found(out, fact->part, fact->offset, fact->len, "%llu hours %s",
		    (unsigned long long)(fact->value / 3600), words);
}

/* Mail waits in queues for days, and clocks of home computers stand wrong for years. The share is that
 * of mail as it lay in its archive, before any wrapping added a Received of its own. */
static void
date_far_from_received(const struct message *msg, struct findings *out)
{
	tell_age(msg, out, FACT_DATE_BEFORE_RECEIVED, "before it was received last");
	tell_age(msg, out, FACT_DATE_AFTER_RECEIVED, "after it was received last");
}

static const struct rule rows[] = {
	{ .id = "date-far-from-received",
	    .family = FAMILY,
	    .says = "Date lies far from the time at which the last relay received the message.",
	    .cases = "",
	    .rfc = "RFC 5321 section 4.4",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 7e-2,
	    .measured_hits = 110,
	    .measured_of = 1584,
	    .check = date_far_from_received },
};

const struct family family_date_age = FAMILY_OF(rows);
