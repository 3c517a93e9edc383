/* uuencode.c - rules about uuencoded attachments. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "uuencode"

/* Every encoder writes `end`; where it is missing the attachment was cut or split over several
 * messages. */
static void
uuencode_without_end(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_UU_NO_END, "", "lines of data", QUOTE_LINE };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_UU_NO_END, fact)))
		if (fact->value > 0)
			found_fact(msg, out, fact, &told);
}

/* The line of file bytes that begins at the offset, without its line end. */
static struct slice
line_at(const struct message *msg, uint64_t offset)
{
	struct slice rest = slice_from(msg->file, (size_t)offset);
	size_t end = slice_find(rest, 0, '\n');

	rest = slice_cut(rest, 0, end == SLICE_NONE ? rest.len : end);
	return rest.len > 0 && rest.data[rest.len - 1] == '\r' ? slice_cut(rest, 0, rest.len - 1)
							       : rest;
}

/* Bytes of data that a line of the length byte needs at the least, without the filling of the last
 * group. */
static size_t
symbols_needed(unsigned char length)
{
	size_t bytes = (size_t)(length - ' ') & 63;

	return (bytes * 8 + 5) / 6;
}

/* Whether nothing but the closing lines of the block follows. */
static bool
is_last_data_line(const struct message *msg, uint64_t offset)
{
	struct slice line = line_at(msg, offset);
	uint64_t next = offset + line.len;
	unsigned char byte;

	while (
	    next < msg->file.len && (msg->file.data[next] == '\r' || msg->file.data[next] == '\n'))
		next++;
	line = slice_trim(line_at(msg, next));
	byte = line.len > 0 ? line.data[0] : '`';
	return line.len <= 1 || slice_eq(line, "end") || byte == '`' || slice_starts(line, "--");
}

/* Lines of the file stand where the part does, but not where base64 hides them. */
static bool
is_plain(const struct message *msg, int part)
{
	enum encoding encoding = msg->parts[part].encoding;

	return encoding != ENCODING_BASE64 && encoding != ENCODING_QP;
}

/* Whether the line of the fact lacks letters of data; not those that only fill the last group. */
static bool
lacks_data(const struct message *msg, const struct fact *fact)
{
	struct slice line = line_at(msg, fact->offset);

	return is_plain(msg, fact->part) && line.len >= 2 &&
	       line.len - 1 < symbols_needed(line.data[0]);
}

/* The last group of the last line is short: the decoder waits for letters that never come.
 * The source tells of the missing end section alone. */
static void
uuencode_short_group(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_UU_SHORT_LINE, fact))) {
		struct slice line = line_at(msg, fact->offset);

		if (lacks_data(msg, fact) && is_last_data_line(msg, fact->offset))
			found(out, fact->part, fact->offset, line.len,
			    "it lacks %zu of %zu letters",
			    symbols_needed(line.data[0]) - (line.len - 1),
			    symbols_needed(line.data[0]));
	}
}

/* Encoders write by count, and blanks that relays cut off are told apart before: letters were lost
 * or changed on the way. */
static void
uuencode_damaged(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_UU_BAD_BYTE,
	    "a byte that uuencode does not know:", NULL, QUOTE_BYTES } };
	const struct fact *fact = NULL;

	FOUND_FACTS(msg, out, told);
	while ((fact = message_next_fact(msg, FACT_UU_SHORT_LINE, fact))) {
		if (!lacks_data(msg, fact) || is_last_data_line(msg, fact->offset))
			continue;
		found(out, fact->part, fact->offset, fact->len,
		    "a line lacks letters (%llu missing): \"%s\"", (unsigned long long)fact->value,
		    found_quote(out, line_at(msg, fact->offset), QUOTE_MAX));
	}
}

static void
uuencode_long_line(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_UU_LONG_LINE, "", "letters too many" } };

	FOUND_FACTS(msg, out, told);
}

static void
uuencode_odd(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_UU_BAD_MODE, "odd mode:", NULL, QUOTE_BYTES },
		{ FACT_UU_EMPTY_NAME, "no file name", NULL },
		{ FACT_UU_NO_ZERO_LINE, "no line of length zero before the end", NULL },
		{ FACT_UU_PRETEXT, "text before the begin line:", NULL, QUOTE_LINE },
		{ FACT_UU_XXENCODE, "the data are xxencode", NULL },
		{ FACT_UU_LONG_DATA, "a line of more than 45 bytes", "bytes" },
	};
	const struct fact *fact = NULL;

	FOUND_FACTS(msg, out, told);
	while ((fact = message_next_fact(msg, FACT_UU_SHORT_LINE, fact)))
		if (!lacks_data(msg, fact))
			found(out, fact->part, fact->offset, fact->len,
			    "a line lacks the filling of its last group");
}

static const struct rule rows[] = {
	{ .id = "uuencode-without-end",
	    .family = FAMILY,
	    .says = "A uuencoded attachment has no end line.",
	    .cases = "Q195971",
	    .rfc = "POSIX uuencode",
	    .base_rate = 2e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = uuencode_without_end },
	{ .id = "uuencode-short-group",
	    .family = FAMILY,
	    .says = "The last line of a uuencoded attachment is shorter than it says.",
	    .cases = "Q195971",
	    .broader = true,
	    .rfc = "POSIX uuencode",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = uuencode_short_group },
	{ .id = "uuencode-damaged",
	    .family = FAMILY,
	    .says = "Uuencoded data are damaged.",
	    .cases = "",
	    .rfc = "POSIX uuencode",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 4e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = uuencode_damaged },
	{ .id = "uuencode-long-line",
	    .family = FAMILY,
	    .says = "A uuencoded line is longer than it says.",
	    .cases = "Q175580",
	    .rfc = "POSIX uuencode",
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = uuencode_long_line },
	{ .id = "uuencode-odd",
	    .family = FAMILY,
	    .says = "Uuencoded data are unusual.",
	    .cases = "",
	    .rfc = "POSIX uuencode",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = uuencode_odd },
};

const struct family family_uuencode = FAMILY_OF(rows);
