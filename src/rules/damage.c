/* damage.c - rules about damage that no mailer makes: empty, filled with NUL, not mail at all. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "damage"
#define TAIL_MIN 16u /* fewer NULs that end at no border may be a program's closing NUL */

/* The service writes the envelope before the first line: a file of no bytes lost all of it. */
static void
file_empty(const struct message *msg, struct findings *out)
{
	if (fact_met(msg, FACT_FILE_EMPTY))
		found_place(out, -1, 0, 0);
}

/* A pickup file may be seen empty while the program that drops it still writes. */
static void
pickup_empty(const struct message *msg, struct findings *out)
{
	bool pickup = msg->folder == FOLDER_PICKUP || msg->folder == FOLDER_PICKUP_ARCHIVE;

	if (pickup && fact_met(msg, FACT_FILE_EMPTY))
		found_place(out, -1, 0, 0);
}

/* The largest unit of disk or cache that begins there. */
static unsigned
border_of(uint64_t offset)
{
	return offset % 65536 == 0 ? 65536u : offset % 4096 == 0 ? 4096u : 512u;
}

/* What is said of a size or an end that is a whole number of such units. */
static const char *
whole_units(uint64_t size)
{
	if (size % 512 != 0)
		return "";
	return size % 65536 == 0  ? ", up to a border of 65536"
	       : size % 4096 == 0 ? ", up to a cluster border"
				  : ", up to a sector border";
}

static const char *
from_border(uint64_t offset)
{
	return offset % 65536 == 0  ? ", from a border of 65536"
	       : offset % 4096 == 0 ? ", from a cluster border"
				    : ", from a sector border";
}

static void
file_all_nul(const struct message *msg, struct findings *out)
{
	const struct fact *fact = message_next_fact(msg, FACT_NUL_WHOLE, NULL);

	if (fact)
		found(out, -1, fact->offset, fact->len, "%llu bytes%s",
		    (unsigned long long)msg->file_size, whole_units(msg->file_size));
}

/* NTFS and FAT hand out clusters before the data are written: after a power cut the rest is NUL. */
static void
nul_tail(const struct message *msg, struct findings *out)
{
	const struct fact *fact = message_next_fact(msg, FACT_NUL_TAIL, NULL);
	uint64_t end;

	if (!fact)
		return;
	end = fact->offset + fact->len;
	if (fact->len < TAIL_MIN && end % 512 != 0)
		return;
	found(out, -1, fact->offset, fact->len, "the last %llu bytes%s%s",
	    (unsigned long long)fact->len, fact->offset % 512 == 0 ? from_border(fact->offset) : "",
	    whole_units(end));
}

/* A part declared binary may hold such a run lawfully. */
static bool
in_binary_part(const struct message *msg, const struct fact *fact)
{
	int part = part_at_offset(msg, fact->offset);

	return part >= 0 && msg->parts[part].encoding == ENCODING_BINARY;
}

/* A run that begins or ends on a sector border is a block that was never written or read back
 * empty. */
static void
nul_block(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_NUL_BLOCK, fact))) {
		if (fact->value >= 512 && !in_binary_part(msg, fact))
			found(out, fact->part, fact->offset, fact->len,
			    "%llu bytes at a border of %llu", (unsigned long long)fact->len,
			    (unsigned long long)fact->value);
	}
}

static void
nul_run(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_NUL_BLOCK, fact))) {
		if (fact->value < 512 && !in_binary_part(msg, fact))
			found(out, fact->part, fact->offset, fact->len, "%llu bytes",
			    (unsigned long long)fact->len);
	}
}

/* No mailer knows where the sectors of a disk will begin. */
static void
text_torn(const struct message *msg, struct findings *out)
{
	static const char *const words[TEAR_KINDS] = {
		[TEAR_TO_ENVELOPE] = "the envelope of another file begins",
		[TEAR_TO_BINARY] = "text turns into control bytes",
		[TEAR_FROM_BASE64] = "base64 turns into something else",
		[TEAR_TO_BASE64] = "text turns into base64",
		[TEAR_OUT_OF_STEP] = "other lines stand in the midst of base64",
		[TEAR_HEADER_TO_TEXT] = "the header turns into text",
		[TEAR_TEXT_TO_HEADER] = "text turns into a header",
	};
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TEAR, fact))) {
		if (fact->value < TEAR_KINDS && words[fact->value])
			found(out, -1, fact->offset, fact->len, "%s at a border of %u",
			    words[fact->value], border_of(fact->offset));
	}
}

const char *
filetype_name(uint64_t filetype)
{
	static const char *const names[FILETYPE_COUNT] = { [FILETYPE_HTML] = "an HTML page",
		[FILETYPE_RTF] = "an RTF document",
		[FILETYPE_EXE] = "a program",
		[FILETYPE_ZIP] = "a ZIP archive",
		[FILETYPE_OLE] = "an OLE document",
		[FILETYPE_PDF] = "a PDF document",
		[FILETYPE_GIF] = "a GIF picture",
		[FILETYPE_JPEG] = "a JPEG picture",
		[FILETYPE_PNG] = "a PNG picture",
		[FILETYPE_BMP] = "a bitmap",
		[FILETYPE_TNEF] = "a TNEF stream",
		[FILETYPE_BINHEX] = "BinHex data",
		[FILETYPE_APPLE] = "a Macintosh file",
		[FILETYPE_PS] = "PostScript",
		[FILETYPE_AUDIO] = "sound",
		[FILETYPE_VIDEO] = "video",
		[FILETYPE_ARCHIVE] = "an archive" };

	return filetype < FILETYPE_COUNT && names[filetype] ? names[filetype] : NULL;
}

/* The service puts a Received field on top of what it takes in, and writes a header to all that
 * goes out. Without envelope and header the file holds clusters of another one, or a stub that a
 * virus scanner left. */
static bool
has_nothing_of_the_service(const struct message *msg)
{
	return msg->envelope.kind == ENVELOPE_NONE && msg->folder != FOLDER_PICKUP &&
	       msg->folder != FOLDER_PICKUP_ARCHIVE;
}

static void
file_foreign(const struct message *msg, struct findings *out)
{
	const struct fact *fact = message_next_fact(msg, FACT_FILE_IS_NOT_MAIL, NULL);
	const char *name = fact ? filetype_name(fact->value) : NULL;
	static const struct told told = { FACT_FILE_IS_NOT_MAIL,
		"neither envelope nor header:", NULL, QUOTE_LINE };

	if (name)
		found(out, -1, fact->offset, fact->len, "it begins like %s", name);
	else if (fact && has_nothing_of_the_service(msg))
		found_fact(msg, out, fact, &told);
}

static void
header_block_absent(const struct message *msg, struct findings *out)
{
	const struct fact *fact = message_next_fact(msg, FACT_FILE_IS_NOT_MAIL, NULL);

	if (fact && !filetype_name(fact->value) && !has_nothing_of_the_service(msg))
		found(out, -1, fact->offset, fact->len, "it begins \"%s\"",
		    found_quote(out, rest_of_line(msg, fact->offset), 40));
}

/* `copy` in ASCII mode on DOS and NT ends the copy with this byte. */
static void
ctrl_z_tail(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_CTRL_Z_TAIL, "", NULL } };

	FOUND_FACTS(msg, out, told);
}

/* The whole file with LF or CR alone: copied by FTP in ASCII mode or through a UNIX host. */
static void
line_ends_converted(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_LF_ONLY, "all in LF", NULL },
		{ FACT_CR_ONLY, "all in CR", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

static const struct rule rows[] = {
	{ .id = "file-empty",
	    .family = FAMILY,
	    .says = "The file has no bytes.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.5",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = file_empty },
	{ .id = "pickup-file-empty",
	    .family = FAMILY,
	    .says = "A file of the pickup folder has no bytes.",
	    .cases = "Q250441",
	    .rfc = "",
	    .base_rate = 1e-3,
	    .check = pickup_empty },
	{ .id = "file-all-nul",
	    .family = FAMILY,
	    .says = "Every byte of the file is NUL.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = file_all_nul },
	{ .id = "nul-tail",
	    .family = FAMILY,
	    .says = "The file ends in a run of NUL bytes.",
	    .cases = "",
	    .rfc = "RFC 5322 section 4.1",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 2e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = nul_tail },
	{ .id = "nul-block",
	    .family = FAMILY,
	    .says = "A block of the file is filled with NUL bytes.",
	    .cases = "",
	    .rfc = "RFC 5322 section 4.1",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 2e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = nul_block },
	{ .id = "text-torn",
	    .family = FAMILY,
	    .says =
		"Inside a line, at a border of disk sectors, the mail goes on as something else.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 3e-5,
	    .check = text_torn },
	{ .id = "nul-run",
	    .family = FAMILY,
	    .says = "The mail holds a long run of NUL bytes.",
	    .cases = "",
	    .rfc = "RFC 5322 section 4.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = nul_run },
	{ .id = "file-foreign",
	    .family = FAMILY,
	    .says = "The file is no mail.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.5",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = file_foreign },
	{ .id = "header-block-absent",
	    .family = FAMILY,
	    .says = "The file has no header block.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_block_absent },
	{ .id = "ctrl-z-tail",
	    .family = FAMILY,
	    .says = "The file ends in the end-of-file byte of DOS, 0x1a.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = ctrl_z_tail },
	{ .id = "line-ends-converted",
	    .family = FAMILY,
	    .says = "No line of the file ends in CRLF.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.3",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .check = line_ends_converted },
};

const struct family family_damage = FAMILY_OF(rows);
