/* content.c - rules about the text and HTML of bodies. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "content"

/* Browsers of the time end an address at about 2,000 characters; people and mailers stay far
 * below. */
static void
url_over_1732(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_URL_LONG, "", "bytes" } };

	FOUND_FACTS(msg, out, told);
}

static const struct rule rows[] = {
	{ .id = "url-over-1732",
	    .family = FAMILY,
	    .says = "A web address is longer than 1,732 bytes.",
	    .cases = "Q190657",
	    .rfc = "",
	    .base_rate = 2e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = url_over_1732 },
};

const struct family family_content = FAMILY_OF(rows);
