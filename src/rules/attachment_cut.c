/* attachment_cut.c - the rule about attached files that stop before their end. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "attachment"

/* Programs write whole files; half of one was lost on the way, or by who saved it before. */
static void
attachment_cut(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { [CUT_ZIP] = "ZIP archive without its end record",
		[CUT_JPEG] = "JPEG picture",
		[CUT_PNG] = "PNG picture",
		[CUT_GIF] = "GIF picture",
		[CUT_PDF] = "PDF document",
		[CUT_OLE] = "OLE document",
		[CUT_GZIP] = "gzip archive",
		[CUT_MIDI] = "MIDI file",
		[CUT_RIFF] = "RIFF file shorter than its length tells",
		[CUT_AIFF] = "AIFF file shorter than its length tells" };

	FOUND_BY_VALUE(msg, out, FACT_FILE_CUT, words, QUOTE_NOTHING);
}

static const struct rule rows[] = {
	{ .id = "attachment-cut",
	    .family = FAMILY,
	    .says = "An attached file stops before its end.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_cut },
};

const struct family family_attachment_cut = FAMILY_OF(rows);
