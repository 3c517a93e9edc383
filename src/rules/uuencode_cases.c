/* uuencode_cases.c - rules about what stands around uuencoded data, and about their names. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "uuencode"
#define TO_KOREAN "\033$)C" /* ISO-2022-KR */

/* Lawful behind data in a text, where it is the rest of the letter; this part promised to be data
 * alone. */
static void
uuencode_after_end(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_UU_AFTER_END, "", "bytes", QUOTE_LINE } };

	FOUND_FACTS(msg, out, told);
}

static const struct field *
field_of(const struct message *msg, int part, enum field_id id)
{
	return message_field(msg, part, id, NULL);
}

/* Mailers that know MIME say so, and others write no Content-Type. */
static void
uuencode_without_mime_version(const struct message *msg, struct findings *out)
{
	const struct fact *begin = NULL;

	while ((begin = message_next_fact(msg, FACT_UU_BEGIN, begin))) {
		int around = message_around(msg, begin->part);

		if (field_of(msg, around, FIELD_CONTENT_TYPE) &&
		    !field_of(msg, around, FIELD_MIME_VERSION))
			found(out, begin->part, begin->offset, begin->len, "%s",
			    around > 0 ? "in an embedded message" : "");
	}
}

/* People still paste or send it so, and the article calls what happens then the design. */
static void
uuencode_inline(const struct message *msg, struct findings *out)
{
	const struct fact *begin = NULL;

	while ((begin = message_next_fact(msg, FACT_UU_BEGIN, begin))) {
		int around = message_around(msg, begin->part);

		if (part_is(&msg->parts[begin->part], "text", NULL) &&
		    msg->parts[begin->part].encoding != ENCODING_UUENCODE &&
		    field_of(msg, around, FIELD_MIME_VERSION))
			found_place(out, begin->part, begin->offset, begin->len);
	}
}

static struct slice
name_of(const struct message *msg, const struct fact *begin)
{
	if (begin->offset == OFFSET_NONE)
		return slice_cut(msg->file, 0, 0);
	return slice_cut(msg->file, (size_t)begin->offset, (size_t)begin->len);
}

static bool
has_8bit(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] >= 0x80)
			return true;
	return false;
}

static bool
was_named_before(const struct message *msg, const struct fact *begin)
{
	const struct fact *earlier = NULL;

	while ((earlier = message_next_fact(msg, FACT_UU_BEGIN, earlier)) && earlier != begin)
		if (slice_same(name_of(msg, earlier), name_of(msg, begin)))
			return true;
	return false;
}

/* Two files of one folder have different names; the store that makes them differ changes half a
 * character, over and over. */
static void
uuencode_same_dbcs_name(const struct message *msg, struct findings *out)
{
	const struct fact *begin = NULL;

	while ((begin = message_next_fact(msg, FACT_UU_BEGIN, begin))) {
		struct slice name = name_of(msg, begin);

		if ((has_8bit(name) || slice_find(name, 0, 0x1b) != SLICE_NONE) &&
		    was_named_before(msg, begin))
			found(out, begin->part, begin->offset, begin->len, "\"%s\"",
			    found_quote(out, name, QUOTE_MAX));
	}
}

static bool
is_attachment_field(const struct field *field)
{
	return slice_eq_nocase(field->name, "X-MS-Attachment");
}

/* An escape sequence is no part of a file name: an encoder wrote the name as text. */
static void
uuencode_name_escape(const struct message *msg, struct findings *out)
{
	const struct fact *begin = NULL;

	while ((begin = message_next_fact(msg, FACT_UU_BEGIN, begin)))
		if (slice_find_str(name_of(msg, begin), 0, TO_KOREAN) != SLICE_NONE)
			found_place(out, begin->part, begin->offset, begin->len);
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];

		if (is_attachment_field(field) &&
		    slice_find_str(field->value, 0, TO_KOREAN) != SLICE_NONE)
			found(out, field->part, message_offset(msg, field->value), field->value.len,
			    "in X-MS-Attachment");
	}
}

/* Any encoder of an Asian system writes such names; the article tells of the set, which the file
 * does not say. */
static void
uuencode_name_8bit(const struct message *msg, struct findings *out)
{
	const struct fact *begin = NULL;

	while ((begin = message_next_fact(msg, FACT_UU_BEGIN, begin)))
		if (has_8bit(name_of(msg, begin)))
			found_place(out, begin->part, begin->offset, begin->len);
	for (size_t i = 0; i < msg->n_fields; i++)
		if (is_attachment_field(&msg->fields[i]) && has_8bit(msg->fields[i].value))
			found(out, msg->fields[i].part, message_offset(msg, msg->fields[i].value),
			    msg->fields[i].value.len, "in X-MS-Attachment");
}

static const struct rule rows[] = {
	{ .id = "uuencode-after-end",
	    .family = FAMILY,
	    .says = "Text stands behind the end line of a uuencoded part.",
	    .cases = "Q164662",
	    .rfc = "POSIX uuencode",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = uuencode_after_end },
	{ .id = "uuencode-without-mime-version",
	    .family = FAMILY,
	    .says = "Uuencoded data stand under a Content-Type without MIME-Version.",
	    .cases = "Q175704 Q177375",
	    .rfc = "RFC 2045 section 4",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = uuencode_without_mime_version },
	{ .id = "uuencode-inline",
	    .family = FAMILY,
	    .says = "Uuencoded data stand in a text part of a MIME message.",
	    .cases = "Q167393",
	    .rfc = "POSIX uuencode",
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = uuencode_inline },
	{ .id = "uuencode-same-dbcs-name",
	    .family = FAMILY,
	    .says = "Two uuencoded attachments have the same double-byte name.",
	    .cases = "Q195970",
	    .rfc = "",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = uuencode_same_dbcs_name },
	{ .id = "uuencode-name-escape",
	    .family = FAMILY,
	    .says = "The name of a uuencoded attachment holds a Korean escape sequence.",
	    .cases = "Q157000",
	    .rfc = "RFC 1557",
	    .base_rate = 3e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = uuencode_name_escape },
	{ .id = "uuencode-name-8bit",
	    .family = FAMILY,
	    .says = "The name of a uuencoded attachment holds 8-bit bytes.",
	    .cases = "Q187581",
	    .rfc = "",
	    .base_rate = 3e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = uuencode_name_8bit,
	    .broader = true },
};

const struct family family_uuencode_cases = FAMILY_OF(rows);
