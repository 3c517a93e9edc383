/* display_name.c - rules of the address family about documented causes that lie in display names.
 * */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/encoded.h"
#include "rules/family.h"

#define FAMILY "address"

static bool
holds_names(enum field_id id)
{
	return id == FIELD_FROM || id == FIELD_SENDER || id == FIELD_REPLY_TO || id == FIELD_TO ||
	       id == FIELD_CC || id == FIELD_BCC;
}

static void
found_address(const struct message *msg, struct findings *out, struct slice where)
{
	found(out, -1, message_offset(msg, where), where.len, "\"%s\"",
	    found_quote(out, where, QUOTE_MAX));
}

/* Whether a lead byte of Shift_JIS, Big5 or GBK is followed by a backslash. Half-width letters of
 * Shift_JIS are single bytes. */
static bool
has_backslash_trail(struct slice bytes, bool japanese)
{
	for (size_t i = 0; i + 1 < bytes.len; i++) {
		unsigned char lead = bytes.data[i];

		if (lead < 0x81 || lead == 0xff || (japanese && lead >= 0xa1 && lead <= 0xdf))
			continue;
		if (bytes.data[++i] == '\\')
			return true;
	}
	return false;
}

/* ISO-2022 and HZ are 7-bit: there a backslash follows no lead byte. */
static bool
word_has_backslash_trail(const struct encoded_word *word)
{
	bool japanese = slice_find_nocase(word->charset, 0, "jis") != SLICE_NONE ||
			slice_find_nocase(word->charset, 0, "932") != SLICE_NONE;

	return charset_name_is_dbcs(word->charset) &&
	       has_backslash_trail(slice_of(word->bytes, word->n_bytes), japanese);
}

/* Place of the first encoded word with such a character, or SLICE_NONE. */
static size_t
find_backslash_word(struct slice value)
{
	struct encoded_word word;

	for (size_t at = 0; at + 1 < value.len; at++) {
		size_t end = value.data[at] == '=' ? encoded_word(value, at, &word) : at;

		if (end > at && word_has_backslash_trail(&word))
			return at;
		at = end > at ? end - 1 : at;
	}
	return SLICE_NONE;
}

/* Common in Chinese and Japanese names, absent elsewhere. */
static void
name_backslash_trail(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];
		size_t word;

		if (field->part != 0 || !holds_names(field->id))
			continue;
		word = find_backslash_word(field->value);
		if (word != SLICE_NONE)
			found_address(msg, out, slice_from(field->value, word));
		else if (has_backslash_trail(field->value, false))
			found_address(msg, out, field->value);
	}
}

/* Mailers leave the name out when there is none; programs that fill a template do not. */
static void
reply_to_blank_name(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_addresses; i++) {
		const struct field *field =
		    msg->addresses[i].field >= 0 ? &msg->fields[msg->addresses[i].field] : NULL;
		struct slice whole = msg->addresses[i].whole;
		size_t end;

		if (!field || field->part != 0 || field->id != FIELD_REPLY_TO ||
		    !slice_starts(whole, "\""))
			continue;
		end = slice_find(whole, 1, '"');
		if (end != SLICE_NONE && slice_trim(slice_cut(whole, 1, end - 1)).len == 0)
			found_address(msg, out, whole);
	}
}

static const struct rule rows[] = {
	{ .id = "name-backslash-trail",
	    .family = FAMILY,
	    .says = "A display name holds a double-byte character that ends in a backslash.",
	    .cases = "Q254533",
	    .rfc = "RFC 2047 section 5",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = name_backslash_trail },
	{ .id = "reply-to-blank-name",
	    .family = FAMILY,
	    .says = "The display name of Reply-To is there, but blank.",
	    .cases = "Q189790",
	    .rfc = "RFC 5322 section 3.4",
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .broader = true,
	    .check = reply_to_blank_name },
};

const struct family family_display_name = FAMILY_OF(rows);
