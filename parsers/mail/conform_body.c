/* conform_body.c - bytes of texts, and the fields inside a delivery report. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bytes.h"
#include "conform.h"
#include "mail.h"

#define ESC 0x1b

/* Character sets in which control bytes are part of the letters, or every other byte is. */
static bool
uses_controls(struct slice charset)
{
	static const char *const names[] = { "iso-2022", "csiso2022", "utf-16", "utf-32",
		"iso-10646", "unicode" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (slice_starts_nocase(charset, names[i]))
			return true;
	return false;
}

/* RFC 2046 section 4.1.2: what text may hold. An escape before $ or ( shifts to another alphabet,
 * declared or not. */
static bool
is_foreign(struct slice text, size_t pos)
{
	unsigned char byte = text.data[pos];

	if (!byte_is_control(byte) || byte_is_space(byte) || byte == '\f' || byte == 0)
		return false;
	return byte != ESC || pos + 1 >= text.len ||
	       (text.data[pos + 1] != '$' && text.data[pos + 1] != '(');
}

static void
read_text(struct message *msg, struct arena *arena, int index)
{
	const struct part *part = &msg->parts[index];

	if (!part_is(part, "text", NULL) || uses_controls(part->charset))
		return;
	for (size_t pos = bytes_find_odd(part->decoded, 0, BYTES_CONTROL); pos != SLICE_NONE;
	     pos = bytes_find_odd(part->decoded, pos + 1, BYTES_CONTROL)) {
		uint64_t offset;

		if (!is_foreign(part->decoded, pos))
			continue;
		offset = part_file_offset(msg, part, pos);
		message_fact(msg, arena,
		    (struct fact){ .kind = FACT_TEXT_CONTROL,
			.part = index,
			.field = -1,
			.offset = offset,
			.len = offset == OFFSET_NONE ? 0 : 1,
			.value = part->decoded.data[pos] });
		return;
	}
}

/* The first 8-bit byte of what stands outside the parts of a multipart. */
static void
read_outside(
    struct message *msg, struct arena *arena, int index, struct slice outside, uint64_t which)
{
	const size_t pos = bytes_find_odd(outside, 0, BYTES_HIGH);

	if (pos != SLICE_NONE)
		message_fact_at(
		    msg, arena, FACT_OUTSIDE_8BIT, index, -1, slice_cut(outside, pos, 1), which);
}

/* RFC 3464 section 2.1.2: the fields whose value names its type first. */
static bool
names_type(struct slice name)
{
	static const char *const names[] = { "Reporting-MTA", "DSN-Gateway", "Received-From-MTA",
		"Original-Recipient", "Final-Recipient", "Remote-MTA", "Diagnostic-Code" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (slice_eq_nocase(name, names[i]))
			return true;
	return false;
}

static void
read_report(struct message *msg, struct arena *arena, int index)
{
	struct slice text = msg->parts[index].decoded;
	struct text_line line;

	for (size_t pos = 0; lines_at(text, pos, '\n', &line); pos = line.next) {
		struct slice content = lines_content(text, &line);
		size_t colon = slice_find(content, 0, ':'), semicolon;
		struct slice type;

		if (colon == SLICE_NONE || !names_type(slice_cut(content, 0, colon)))
			continue;
		semicolon = slice_find(content, colon, ';');
		type = semicolon == SLICE_NONE
			   ? slice_cut(content, 0, 0)
			   : slice_trim(slice_cut(content, colon + 1, semicolon - colon - 1));
		if (type.len == 0 && msg->parts[index].decoded_is_body)
			message_fact_at(msg, arena, FACT_REPORT_TYPE_NONE, index, -1, content, 0);
	}
}

void
conform_body(struct message *msg, struct arena *arena, int index)
{
	const struct part *part = &msg->parts[index];

	if (part->kind == PART_MULTIPART) {
		read_outside(msg, arena, index, part->preamble, 1);
		read_outside(msg, arena, index, part->epilogue, 2);
	} else if (part->kind == PART_LEAF) {
		read_text(msg, arena, index);
		if (part_is(part, "message", "delivery-status"))
			read_report(msg, arena, index);
	}
}
