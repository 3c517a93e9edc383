/* attachment_cases.c - rules about names of attachments that a release of the time took badly. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "attachment"
#define LONG_NAME 25u /* Q166546 */
#define VERY_LONG_NAME 128u

/* Judges one name, of that part. */
typedef void judge(struct findings *out, int part, uint64_t offset, struct slice name);

static void
each_name(const struct message *msg, struct findings *out, judge *judge_name)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		struct slice name = msg->parts[i].file_name;

		if (msg->parts[i].has_file_name && name.len > 0)
			judge_name(out, (int)i, message_offset(msg, name), name);
	}
}

static bool
has_word(struct slice name)
{
	return slice_find_str(name, 0, "=?") != SLICE_NONE;
}

/* In encoded words a slash or a dot is another thing. */
static bool
is_plain(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] >= 0x80 || name.data[i] == 0x1b)
			return false;
	return !has_word(name);
}

/* Browsers of the time sent the folder too. A backslash before a quotation mark or another
 * backslash is an escape (RFC 2045 section 5.1). */
static void
judge_path(struct findings *out, int part, uint64_t offset, struct slice name)
{
	if (!is_plain(name))
		return;
	for (size_t i = 0; i + 1 < name.len; i++) {
		unsigned char byte = name.data[i], next = name.data[i + 1];

		if (byte == '\\' && next == '"')
			i++;
		else if (byte == '/' || byte == '\\') {
			found(out, part, offset + i, 1, "\"%s\"", found_quote(out, name, 48));
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
judge_device(struct findings *out, int part, uint64_t offset, struct slice name)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul", "clock$" };
	size_t dot = slice_find(name, 0, '.');
	struct slice stem = slice_trim(dot == SLICE_NONE ? name : slice_cut(name, 0, dot));
	bool port = stem.len == 4 && byte_is_digit(stem.data[3]) && stem.data[3] != '0' &&
		    (slice_starts_nocase(stem, "com") || slice_starts_nocase(stem, "lpt"));

	for (size_t i = 0; !port && i < sizeof devices / sizeof devices[0]; i++)
		port = slice_eq_nocase(stem, devices[i]);
	if (port)
		found(out, part, offset, name.len, "\"%s\"", found_quote(out, name, 48));
}

static void
attachment_name_device(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_device);
}

/* Whether a dot comes out of the base64 text of an encoded word. In double-byte text a half of a
 * character can look like one, so that too few names are told, not too many. */
static bool
base64_has_dot(struct slice text)
{
	unsigned held = 0, n = 0;

	for (size_t i = 0; i < text.len; i++) {
		int six = byte_base64(text.data[i]);

		if (six < 0)
			continue;
		held = held << 6 | (unsigned)six;
		n += 6;
		if (n < 8)
			continue;
		n -= 8;
		if ((held >> n & 0xff) == '.')
			return true;
	}
	return false;
}

/* A dot as it stands, as =2E of a Q word, or in the base64 of a B word. */
static bool
has_dot(struct slice name)
{
	size_t word = 0;

	if (slice_find(name, 0, '.') != SLICE_NONE ||
	    slice_find_nocase(name, 0, "=2e") != SLICE_NONE)
		return true;
	while ((word = slice_find_nocase(name, word, "?b?")) != SLICE_NONE) {
		size_t end = slice_find_str(name, word + 3, "?=");

		if (end == SLICE_NONE)
			end = name.len;
		if (base64_has_dot(slice_cut(name, word + 3, end - word - 3)))
			return true;
		word = end;
	}
	return false;
}

/* Macintosh and Unix know no extensions, but mailers there add one. */
static void
judge_bare_unicode(struct findings *out, int part, uint64_t offset, struct slice name)
{
	if (!is_plain(name) && !has_dot(name))
		found(out, part, offset, name.len, "\"%s\"", found_quote(out, name, 48));
}

static void
attachment_name_bare_unicode(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_bare_unicode);
}

/* "html" and "jpeg" are ordinary by now. */
static void
judge_long_extension(struct findings *out, int part, uint64_t offset, struct slice name)
{
	size_t dot = slice_rfind(name, '.');

	if (is_plain(name) && dot != SLICE_NONE && name.len - dot > 4)
		found(out, part, offset + dot, name.len - dot, "\"%s\"",
		    found_quote(out, slice_from(name, dot), 32));
}

static void
attachment_extension_long(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_long_extension);
}

/* Names that any client writes today. */
static void
judge_changed(struct findings *out, int part, uint64_t offset, struct slice name)
{
	size_t dot = slice_find(name, 0, '.');
	const char *why = NULL;

	if (!is_plain(name))
		return;
	if (name.len > LONG_NAME)
		why = "over 25 bytes";
	else if (dot == SLICE_NONE)
		why = "no extension";
	else if (slice_rfind(name, '.') != dot)
		why = "several dots";
	if (why)
		found(out, part, offset, name.len, "%s: \"%s\"", why, found_quote(out, name, 48));
}

static void
attachment_name_changed(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_changed);
}

/* Nobody types so much; file systems of the time end at 255. */
static void
judge_very_long(struct findings *out, int part, uint64_t offset, struct slice name)
{
	if (name.len > VERY_LONG_NAME)
		found(out, part, offset, name.len, "%zu bytes", name.len);
}

static void
attachment_name_over_128(const struct message *msg, struct findings *out)
{
	each_name(msg, out, judge_very_long);
}

/* No file has quotation marks around its name; a program quoted what was quoted. */
static void
judge_quotes(struct findings *out, int part, uint64_t offset, struct slice name)
{
	if ((slice_starts(name, "\\\"") && slice_ends(name, "\\\"") && name.len > 4) ||
	    (slice_starts(name, "\"") && slice_ends(name, "\"") && name.len > 2))
		found(out, part, offset, name.len, "\"%s\"", found_quote(out, name, 48));
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
