/* attachment_cases.c - rules about names of attachments that a release of the time took badly. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "attachment"
#define LONG_NAME 25u /* Q166546 */
#define VERY_LONG_NAME 128u

/* The name of one attachment, as the file writes it but for percent codes. */
struct named {
	const struct message *msg;
	struct findings *out;
	int part;
	struct slice name;
};

typedef void judge(const struct named *at);

static void
each_name(const struct message *msg, struct findings *out, judge *judge_name)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct named at = { msg, out, (int)i, msg->parts[i].file_name };

		if (msg->parts[i].has_file_name && at.name.len > 0)
			judge_name(&at);
	}
}

/* Those bytes of the name; the whole parameter where the file codes them. */
static struct slice
place_of(const struct named *at, size_t from, size_t len)
{
	if (message_offset(at->msg, at->name) == OFFSET_NONE)
		return at->msg->parts[at->part].name_place;
	return slice_cut(at->name, from, len);
}

static void
tell_name(const struct named *at, size_t from, size_t len, const char *words)
{
	struct slice place = place_of(at, from, len);

	found(at->out, at->part, message_offset(at->msg, place), place.len, "%s\"%s\"", words,
	    found_quote(at->out, at->name, QUOTE_MAX));
}

static bool
is_plain(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] >= 0x80 || name.data[i] == 0x1b)
			return false;
	return slice_find_str(name, 0, "=?") == SLICE_NONE;
}

/* Browsers of the time sent the folder too. A backslash before a quotation mark is an escape
 * (RFC 2045 section 5.1), and in an encoded word a slash is a letter of base64. */
static void
judge_path(const struct named *at)
{
	struct slice text = at->msg->parts[at->part].file_text;

	for (size_t i = 0; i + 1 < text.len; i++) {
		if (text.data[i] == '\\' && text.data[i + 1] == '"') {
			i++;
		} else if (text.data[i] == '/' || text.data[i] == '\\') {
			struct slice place = text.data == at->name.data
						 ? place_of(at, i, 1)
						 : at->msg->parts[at->part].name_place;

			found(at->out, at->part, message_offset(at->msg, place), place.len,
			    "\"%s\"", found_quote(at->out, text, QUOTE_MAX));
			return;
		}
	}
}

static void
attachment_name_path(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_path);
}

/* Windows takes these for devices in every folder, whatever stands behind a dot. */
static void
judge_device(const struct named *at)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul", "clock$" };
	size_t dot = slice_find(at->name, 0, '.');
	struct slice stem = slice_trim(dot == SLICE_NONE ? at->name : slice_cut(at->name, 0, dot));
	bool port = stem.len == 4 && byte_is_digit(stem.data[3]) && stem.data[3] != '0' &&
		    (slice_starts_nocase(stem, "com") || slice_starts_nocase(stem, "lpt"));

	for (size_t i = 0; !port && i < sizeof devices / sizeof devices[0]; i++)
		port = slice_eq_nocase(stem, devices[i]);
	if (port)
		tell_name(at, 0, at->name.len, "");
}

static void
attachment_name_device(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_device);
}

/* Macintosh and Unix know no extensions, but mailers there add one. */
static void
judge_bare_unicode(const struct named *at)
{
	if (!is_plain(at->name) &&
	    slice_find(at->msg->parts[at->part].file_text, 0, '.') == SLICE_NONE)
		tell_name(at, 0, at->name.len, "");
}

static void
attachment_name_bare_unicode(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_bare_unicode);
}

/* "html" and "jpeg" are ordinary by now. */
static void
judge_long_extension(const struct named *at)
{
	size_t dot = slice_rfind(at->name, '.');
	struct slice place;

	if (!is_plain(at->name) || dot == SLICE_NONE || at->name.len - dot <= 4)
		return;
	place = place_of(at, dot, at->name.len - dot);
	found(at->out, at->part, message_offset(at->msg, place), place.len, "\"%s\"",
	    found_quote(at->out, slice_from(at->name, dot), 32));
}

static void
attachment_extension_long(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_long_extension);
}

/* Names that any client writes today. */
static void
judge_changed(const struct named *at)
{
	size_t dot = slice_find(at->name, 0, '.');
	const char *why = NULL;

	if (!is_plain(at->name))
		return;
	if (at->name.len > LONG_NAME)
		why = "over 25 bytes: ";
	else if (dot == SLICE_NONE)
		why = "no extension: ";
	else if (slice_rfind(at->name, '.') != dot)
		why = "several dots: ";
	if (why)
		tell_name(at, 0, at->name.len, why);
}

static void
attachment_name_changed(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_changed);
}

/* Nobody types so much; file systems of the time end at 255. */
static void
judge_very_long(const struct named *at)
{
	struct slice place = place_of(at, 0, at->name.len);

	if (at->name.len > VERY_LONG_NAME)
		found(at->out, at->part, message_offset(at->msg, place), place.len, "%zu bytes",
		    at->name.len);
}

static void
attachment_name_over_128(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_very_long);
}

/* No file has quotation marks around its name; a program quoted what was quoted. */
static void
judge_quotes(const struct named *at)
{
	struct slice name = at->name;

	if ((slice_starts(name, "\\\"") && slice_ends(name, "\\\"") && name.len > 4) ||
	    (slice_starts(name, "\"") && slice_ends(name, "\"") && name.len > 2))
		tell_name(at, 0, name.len, "");
}

static void
attachment_name_quotes(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_quotes);
}

static const struct rule rows[] = {
	{ .id = "attachment-name-path",
	    .family = FAMILY,
	    .says = "An attachment name holds folders.",
	    .cases = "Q166573",
	    .rfc = "RFC 2183 section 2.3",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_name_path },
	{ .id = "attachment-name-device",
	    .family = FAMILY,
	    .says = "An attachment has the name of a device of Windows.",
	    .cases = "",
	    .rfc = "RFC 2183 section 2.3",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_name_device },
	{ .id = "attachment-name-bare-unicode",
	    .family = FAMILY,
	    .says = "An attachment name beyond ASCII has no extension.",
	    .cases = "Q187866",
	    .rfc = "",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_name_bare_unicode },
	{ .id = "attachment-extension-long",
	    .family = FAMILY,
	    .says = "The extension of an attachment name has more than three characters.",
	    .cases = "Q166608",
	    .rfc = "",
	    .base_rate = 0.15,
	    .measured_hits = 3,
	    .measured_of = 1584,
	    .check = attachment_extension_long },
	{ .id = "attachment-name-changed",
	    .family = FAMILY,
	    .says = "An attachment name is of a kind that old releases changed.",
	    .cases = "Q152166 Q166546 Q186833",
	    .rfc = "",
	    .base_rate = 0.15,
	    .measured_hits = 3,
	    .measured_of = 1584,
	    .check = attachment_name_changed },
	{ .id = "attachment-name-over-128",
	    .family = FAMILY,
	    .says = "An attachment name is longer than 128 bytes.",
	    .cases = "Q195397",
	    .rfc = "",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_name_over_128,
	    .broader = true },
	{ .id = "attachment-name-quotes",
	    .family = FAMILY,
	    .says = "An attachment name has quotation marks of its own around it.",
	    .cases = "Q196853",
	    .rfc = "RFC 2045 section 5.1",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_name_quotes },
};

const struct family family_attachment_cases = FAMILY_OF(rows);
