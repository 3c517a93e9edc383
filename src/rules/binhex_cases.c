/* binhex_cases.c - rules about sound BinHex data that old releases could not take. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "binhex"
#define HFS_NAME_MAX 31u
#define HALF_CHARACTER 256u

/* Lawful, but a run of one or two is longer than what it stands for: one gateway alone wrote it. */
static void
binhex_short_run(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_BINHEX_SHORT_RUN, "", "bytes" } };

	FOUND_FACTS(msg, out, told);
}

/* The usual way before MIME. The article's message also told a wrong number of lines. */
static void
binhex_inline(const struct message *msg, struct findings *out)
{
	const struct fact *begin = NULL;

	while ((begin = message_next_fact(msg, FACT_BINHEX_BEGIN, begin))) {
		int around = message_around(msg, begin->part);

		if (begin->value == 2)
			found(
			    out, begin->part, begin->offset, begin->len, "as a transfer encoding");
		else if (begin->value == 1)
			found(out, begin->part, begin->offset, begin->len, "%s",
			    message_field(msg, around, FIELD_MIME_VERSION, NULL)
				? "in a text part"
				: "in a message without MIME");
	}
}

static void
binhex_files_adjoin(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_BINHEX_ADJOINS, "", NULL } };

	FOUND_FACTS(msg, out, told);
}

static bool
has_dbcs_text(const struct message *msg)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (msg->parts[i].has_charset && charset_name_is_dbcs(msg->parts[i].charset))
			return true;
	return false;
}

/* A Macintosh of the time gave no file more than 31 bytes of name. */
static void
binhex_name_long(const struct message *msg, struct findings *out)
{
	const struct fact *name = NULL;

	while ((name = message_next_fact(msg, FACT_BINHEX_NAME_8BIT, name))) {
		unsigned bytes = (unsigned)(name->value % HALF_CHARACTER);

		if (!has_dbcs_text(msg))
			continue;
		if (name->value >= HALF_CHARACTER)
			found(out, name->part, name->offset, name->len,
			    "%u bytes, the last of them half a character", bytes);
		else if (bytes > HFS_NAME_MAX)
			found(out, name->part, name->offset, name->len, "%u bytes", bytes);
	}
}

/* Programs and fonts of the Macintosh are all resource. */
static void
binhex_data_fork_empty(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_BINHEX_NO_DATA, fact)))
		found(out, fact->part, fact->offset, fact->len, "resource fork of %llu bytes",
		    (unsigned long long)fact->value);
}

static const struct rule rows[] = {
	{ .id = "binhex-short-run",
	    .family = FAMILY,
	    .says = "A BinHex run stands for one or two bytes.",
	    .cases = "Q159175",
	    .rfc = "RFC 1741 appendix A",
	    .base_rate = 3e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = binhex_short_run },
	{ .id = "binhex-inline",
	    .family = FAMILY,
	    .says = "BinHex data stand in a text or under a transfer encoding.",
	    .cases = "Q164859",
	    .rfc = "RFC 1741 appendix A",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = binhex_inline,
	    .broader = true },
	{ .id = "binhex-files-adjoin",
	    .family = FAMILY,
	    .says = "A BinHex file follows another one without an empty line.",
	    .cases = "Q164860",
	    .rfc = "RFC 1741 appendix A",
	    .base_rate = 2e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = binhex_files_adjoin },
	{ .id = "binhex-name-long",
	    .family = FAMILY,
	    .says =
		"A double-byte name in a BinHex header is over 31 bytes or ends in half a character.",
	    .cases = "Q195894",
	    .rfc = "RFC 1741 appendix A",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = binhex_name_long },
	{ .id = "binhex-data-fork-empty",
	    .family = FAMILY,
	    .says = "The data fork of a BinHex file is empty.",
	    .cases = "Q221235",
	    .rfc = "RFC 1741 appendix A",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = binhex_data_fork_empty },
};

const struct family family_binhex_cases = FAMILY_OF(rows);
