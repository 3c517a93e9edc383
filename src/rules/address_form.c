/* address_form.c - rules of the address family about the form of single addresses. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "address"

/* Lawful or obsolete, and the work of people or of old programs. */
static void
address_form_odd(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[ADDRESS_NAME_IS_OTHER] = "the name is another address:",
		[ADDRESS_QUOTED_NEEDLESSLY] = "quotes that nothing needs:",
		[ADDRESS_QUOTED_PARTLY] = "quotes around a part of the local part:",
		[ADDRESS_ROUTE] = "a route before the address:",
		[ADDRESS_SHORT_DOMAIN] = "no dot in the domain:",
		[ADDRESS_GAP_IN_DOMAIN] = "blank or comment in the domain:",
		[ADDRESS_ANGLE_BLANK] = "blank inside < >:",
		[ADDRESS_ANGLE_TIGHT] = "no blank before <:",
		[ADDRESS_ISO2022] = "escape sequence in the local part:",
		[ADDRESS_LINE_BREAK] = "line break inside:",
		[ADDRESS_NAME_BLANK] = "quotes around an empty name:",
	};
	static const char *const groups[] = { [2] = "the name of a group is an address:" };

	FOUND_BY_VALUE(msg, out, FACT_ADDRESS_FORM, words, QUOTE_LINE);
	FOUND_BY_VALUE(msg, out, FACT_ADDRESS_GROUP_NAME, groups, QUOTE_BYTES);
}

/* What no reading of the grammar allows. The limits of length are those of SMTP. */
static void
address_unlawful(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[ADDRESS_COMMA_MISSING] = "no comma before a second address:",
		[ADDRESS_DOMAIN_BYTE] = "a character that no domain may hold:",
		[ADDRESS_DOMAIN_DOT] = "dot at the end of the domain:",
		[ADDRESS_LITERAL_BLANK] = "blank in a domain literal:",
		[ADDRESS_LITERAL_BAD] = "domain literal not closed, or with a bad character:",
		[ADDRESS_LOCAL_LONG] = "local part over 64 bytes:",
		[ADDRESS_DOMAIN_LONG] = "domain over 255 bytes:",
	};
	static const char *const groups[] = { [1] = "a group without a name" };

	FOUND_BY_VALUE(msg, out, FACT_ADDRESS_FORM, words, QUOTE_LINE);
	FOUND_BY_VALUE(msg, out, FACT_ADDRESS_GROUP_NAME, groups, QUOTE_NOTHING);
}

static void
address_count_wrong(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { "no address:", "several addresses:", "a group:" };

	FOUND_BY_VALUE(msg, out, FACT_ADDRESS_COUNT, words, QUOTE_BYTES);
}

static const struct rule rows[] = {
	{ .id = "address-form-odd",
	    .family = FAMILY,
	    .says = "An address is written in a lawful but unusual form.",
	    .cases = "",
	    .rfc = "RFC 5322 section 4.4",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 2e-2,
	    .measured_hits = 12,
	    .measured_of = 1584,
	    .check = address_form_odd },
	{ .id = "address-unlawful",
	    .family = FAMILY,
	    .says =
		"An address or the name of a group breaks the grammar, or is too long for SMTP.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.4",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_unlawful },
	{ .id = "address-count-wrong",
	    .family = FAMILY,
	    .says = "A field holds no address, or more of them than it may.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_count_wrong },
};

const struct family family_address_form = FAMILY_OF(rows);
