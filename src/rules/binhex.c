/* binhex.c - rules about BinHex 4.0 attachments. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "binhex"

/* Every BinHex encoder writes the introduction; without it the label is wrong or the part
 * damaged. */
static void
binhex_without_prolog(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_BINHEX_NO_PROLOG, "it begins", NULL,
	    QUOTE_LINE } };

	FOUND_FACTS(msg, out, told);
}

/* Mailers encode whole files and check sums protect them: a fault arose on the way. */
static void
binhex_damaged(const struct message *msg, struct findings *out)
{
	static const char *const forks[] = { "some part", "the header", "the data fork",
		"the resource fork" };
	static const struct told told[] = {
		{ FACT_BINHEX_NO_START, "no colon begins the data", NULL },
		{ FACT_BINHEX_NO_END, "no colon ends the data", NULL },
		{ FACT_BINHEX_BAD_BYTE, "a byte that BinHex does not know in", NULL, QUOTE_LINE },
		{ FACT_BINHEX_CUT, "the data end too early", NULL },
		{ FACT_BINHEX_NAME, "the file name cannot have its length", "bytes" },
	};
	const struct fact *fact = NULL;

	FOUND_FACTS(msg, out, told);
	while ((fact = message_next_fact(msg, FACT_BINHEX_BAD_CRC, fact)))
		found(out, fact->part, fact->offset, fact->len, "wrong check sum of %s",
		    forks[fact->value < 4 ? fact->value : 0]);
}

static const struct rule rows[] = {
	{ .id = "binhex-without-prolog",
	    .family = FAMILY,
	    .says = "A part that calls itself BinHex lacks the line that introduces BinHex.",
	    .cases = "Q170060 Q188222",
	    .rfc = "RFC 1741",
	    .base_rate = 2e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = binhex_without_prolog },
	{ .id = "binhex-damaged",
	    .family = FAMILY,
	    .says = "BinHex data are damaged.",
	    .cases = "Q155036",
	    .rfc = "RFC 1741",
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = binhex_damaged },
};

const struct family family_binhex = FAMILY_OF(rows);
