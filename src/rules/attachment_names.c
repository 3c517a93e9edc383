/* attachment_names.c - rules about what the name of an attachment says, and to whom. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "attachment"

/* Name and filename as readers that know RFC 2231 see them need no comparing when one is coded: a
 * mailer that writes one form for old and one for new readers is right. */
static void
attachment_names_differ(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		const struct param *name = typed_value_param(&part->type, "name");
		const struct param *filename = typed_value_param(&part->disposition, "filename");

		if (!name || !filename ||
		    slice_same(slice_trim(name->value), slice_trim(filename->value)) ||
		    slice_find_str(name->value, 0, "=?") != SLICE_NONE ||
		    slice_find_str(filename->value, 0, "=?") != SLICE_NONE)
			continue;
		found(out, (int)i, message_offset(msg, filename->whole), filename->whole.len,
		    "\"%s\" and \"%s\"", found_quote(out, name->value, 32),
		    found_quote(out, filename->value, 32));
	}
}

/* U+200B to U+200F, U+202A to U+202E, U+2060 to U+2069 and U+FEFF: turned or unseen. */
static bool
holds_hidden(struct slice name)
{
	for (size_t i = 0; i + 2 < name.len; i++) {
		unsigned char second = name.data[i + 1], third = name.data[i + 2];

		if (name.data[i] == 0xef && second == 0xbb && third == 0xbf)
			return true;
		if (name.data[i] != 0xe2)
			continue;
		if ((second == 0x80 && third >= 0x8b && third <= 0x8f) ||
		    (second == 0x80 && third >= 0xaa && third <= 0xae) ||
		    (second == 0x81 && third >= 0xa0 && third <= 0xa9))
			return true;
	}
	return false;
}

/* U+FF01 to U+FF5E: the wide twins of ASCII. */
static bool
holds_look_alike(struct slice name)
{
	bool ascii = true, wide = false;

	for (size_t i = 0; i < name.len; i++) {
		if (name.data[i] < 0x80)
			continue;
		if (i + 2 >= name.len || name.data[i] != 0xef ||
		    (name.data[i + 1] != 0xbc && name.data[i + 1] != 0xbd)) {
			ascii = false;
			continue;
		}
		wide = true;
		i += 2;
	}
	return ascii && wide; /* among other wide letters they are East Asian typing */
}

/* Such names are lawful; RFC 2183 section 5 warns readers of names that deceive. */
static const char *
oddity_of(struct slice name)
{
	if (holds_hidden(name))
		return "characters that are unseen or turn the text:";
	return holds_look_alike(name) ? "wide letters that look like others:" : NULL;
}

static void
attachment_name_odd(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		const char *words = part->has_file_name ? oddity_of(part->file_text) : NULL;

		if (words)
			found(out, (int)i, message_offset(msg, part->name_place),
			    part->name_place.len, "%s \"%s\"", words,
			    found_quote(out, part->file_text, QUOTE_MAX));
	}
}

/* Mailers take the type from the extension; where they differ, one of them is not true. */
static void
attachment_extension_differs(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_NAME_DISAGREES, fact))) {
		const struct part *part = &msg->parts[fact->part];

		found(out, fact->part, fact->offset, fact->len, "%s/%s for \"%s\"",
		    found_quote(out, part->type.type, 16), found_quote(out, part->type.subtype, 24),
		    found_quote(out, part->file_text, 40));
	}
}

static const struct rule rows[] = {
	{ .id = "attachment-names-differ",
	    .family = FAMILY,
	    .says = "Content-Type and Content-Disposition give an attachment two names.",
	    .cases = "",
	    .rfc = "RFC 2183 section 2.3",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = attachment_names_differ },
	{ .id = "attachment-name-odd",
	    .family = FAMILY,
	    .says = "An attachment name is other than it looks.",
	    .cases = "",
	    .rfc = "RFC 2183 section 5",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_name_odd },
	{ .id = "attachment-extension-differs",
	    .family = FAMILY,
	    .says = "The extension of an attachment does not suit its declared type.",
	    .cases = "",
	    .rfc = "RFC 2046 section 1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_extension_differs },
};

const struct family family_attachment_names = FAMILY_OF(rows);
