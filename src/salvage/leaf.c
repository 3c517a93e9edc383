/* leaf.c - a part of the old mail as text, as a file, or as bytes that nobody could read. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "salvage/plan.h"
#include "salvage/text.h"

#define TYPE_MOST 60u
#define BAD_SHARE 10u /* a text of which a tenth is none is no text */

/* ---- names and types ---- */

static bool
is_token(struct slice s, size_t most)
{
	for (size_t i = 0; i < s.len; i++)
		if (!byte_is_alpha(s.data[i]) && !byte_is_digit(s.data[i]) && s.data[i] != '-' &&
		    s.data[i] != '.' && s.data[i] != '+' && s.data[i] != '_')
			return false;
	return s.len > 0 && s.len <= most;
}

static struct slice
lower(struct arena *arena, struct slice s)
{
	unsigned char *out = arena_alloc(arena, s.len, 1);

	for (size_t i = 0; i < s.len; i++)
		out[i] = byte_lower(s.data[i]);
	return slice_of(out, s.len);
}

/* The media type as it may be written again; empty: as an octet stream. */
static struct slice
safe_type(struct arena *arena, const struct part *part)
{
	static const char *const kept[] = { "application", "image", "audio", "video", "text" };
	const struct slice type = slice_trim(part->type.type), sub = slice_trim(part->type.subtype);
	unsigned char *out;

	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
		if (!slice_eq_nocase(type, kept[i]) || !is_token(sub, TYPE_MOST))
			continue;
		out = arena_alloc(arena, type.len + 1 + sub.len, 1);
		memcpy(out, type.data, type.len);
		out[type.len] = '/';
		memcpy(out + type.len + 1, sub.data, sub.len);
		return lower(arena, slice_of(out, type.len + 1 + sub.len));
	}
	return slice_of(NULL, 0);
}

static struct slice
safe_id(const struct plan *plan, int part)
{
	const struct field *field = message_field(plan->msg, part, FIELD_CONTENT_ID, NULL);
	size_t end;

	return field ? text_id(field->text, 0, &end) : slice_of(NULL, 0);
}

static bool
is_attached(const struct part *part)
{
	return part->disposition.field >= 0 &&
	       !slice_eq_nocase(slice_trim(part->disposition.type), "inline");
}

/* ---- whether what was decoded is all there ---- */

/* Nothing but base64: whole quartets, padding at the very end. */
static bool
is_sound_base64(struct slice body)
{
	size_t symbols = 0, padding = 0;

	for (size_t i = 0; i < body.len; i++) {
		if (byte_is_space(body.data[i]))
			continue;
		if (body.data[i] == '=')
			padding++;
		else if (byte_base64(body.data[i]) < 0 || padding > 0)
			return false;
		symbols++;
	}
	return symbols % 4 == 0 && padding <= 2;
}

/* Every '=' begins an escape or ends a line. */
static bool
is_sound_qp(struct slice body)
{
	for (size_t i = slice_find(body, 0, '='); i != SLICE_NONE;
	     i = slice_find(body, i + 1, '=')) {
		size_t end = i + 1;

		if (i + 2 < body.len && byte_hex(body.data[i + 1]) >= 0 &&
		    byte_hex(body.data[i + 2]) >= 0)
			continue;
		while (end < body.len && byte_is_blank(body.data[end]))
			end++;
		if (end == body.len || (body.data[end] != '\r' && body.data[end] != '\n'))
			return false;
		i = end;
	}
	return true;
}

static bool
is_sound(const struct part *part)
{
	if (part->encoding == ENCODING_BASE64)
		return is_sound_base64(part->body);
	return part->encoding != ENCODING_QP || is_sound_qp(part->body);
}

/* ---- text ---- */

/* What nothing names a charset for: ASCII, UTF-8, or a guess. */
static struct unpacked_text
guess(struct plan *plan, struct slice bytes, uint32_t *flags)
{
	struct unpacked_text text = unpack_text(plan->arena, slice_str("utf-8"), bytes);

	if (text.n_invalid == 0)
		return text;
	*flags |= SALVAGE_GUESSED | SALVAGE_CONVERTED;
	return unpack_text(plan->arena, slice_str("windows-1252"), bytes);
}

static struct unpacked_text
to_utf8(struct plan *plan, const struct source *source, uint32_t *flags)
{
	struct unpacked_text text = { .known = false };

	if (source->charset.len > 0)
		text = unpack_text(plan->arena, source->charset, source->bytes);
	/* 8-bit bytes under the label US-ASCII are those of another charset. */
	if (!text.known ||
	    (text.n_invalid > 0 && text.is_utf8 && !slice_starts_nocase(source->charset, "utf")))
		return guess(plan, source->bytes, flags);
	*flags |= text.is_utf8 ? 0 : SALVAGE_CONVERTED;
	return text;
}

void
plan_text(struct plan *plan, const struct source *source)
{
	struct leaf leaf = { .content = SALVAGE_TEXT,
		.flags = source->flags,
		.source = source->bytes,
		.type = slice_str("text/plain"),
		.offset = source->offset,
		.length = source->length };
	const struct unpacked_text text = to_utf8(plan, source, &leaf.flags);
	const struct clean_text clean = text_clean(plan->arena, text.utf8);
	const uint64_t bad = text.n_invalid + clean.n_replaced;
	int into = source->into;

	/* An empty container gets a word of ours. */
	if (clean.text.len == 0)
		return;

	if (bad > source->bytes.len / BAD_SHARE) {
		plan_stretch(plan, into, source->bytes, source->offset, source->length);
		return;
	}
	leaf.flags |= (clean.lines ? SALVAGE_LINES : 0) | (bad > 0 ? SALVAGE_CLEANED : 0);
	leaf.bytes = clean.text;
	leaf.charset = slice_str(text_is_ascii(clean.text) ? "us-ascii" : "utf-8");
	if (!(leaf.flags & (SALVAGE_CLEANED | SALVAGE_GUESSED))) {
		(void)plan_leaf(plan, into, leaf);
		return;
	}
	into = plan_mixed(plan, into);
	(void)plan_leaf(plan, into, leaf);
	plan_stretch(plan, into, source->bytes, source->offset, source->length);
}

/* The charset that bytes of a text which stay as they are may be labelled with; empty: none. */
static struct slice
fitting_charset(struct plan *plan, const struct part *part)
{
	const struct slice named = slice_trim(part->charset);
	struct unpacked_text text;

	if (text_is_ascii(part->decoded) && slice_find(part->decoded, 0, 0x1b) == SLICE_NONE &&
	    (named.len == 0 || !is_token(named, TYPE_MOST)))
		return slice_str("us-ascii");
	text = unpack_text(plan->arena, named.len > 0 ? named : slice_str("utf-8"), part->decoded);
	if (!text.known || text.n_invalid > 0)
		return slice_of(NULL, 0);
	if (named.len == 0)
		return slice_str("utf-8");
	return is_token(named, TYPE_MOST) ? lower(plan->arena, named) : slice_of(NULL, 0);
}

/* ---- files ---- */

static bool
is_readable_text(const struct part *part)
{
	static const char *const kept[] = { "html", "enriched", "richtext", "calendar", "x-vcard",
		"directory", "rtf", "css", "xml", "csv", "plain", "tab-separated-values" };

	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		if (part_is(part, "text", kept[i]))
			return true;
	return false;
}

/* Bytes that stay as they are, under their own type where that is safe. */
static void
take_file(struct plan *plan, int into, int index)
{
	const struct part *part = &plan->msg->parts[index];
	struct leaf leaf = { .content = SALVAGE_FILE,
		.flags = is_sound(part) ? 0 : SALVAGE_DAMAGED,
		.bytes = part->decoded,
		.source = part->decoded,
		.type = safe_type(plan->arena, part),
		.name = text_file_name(plan->arena, part->file_text),
		.id = safe_id(plan, index),
		.attached = is_attached(part) };

	leaf.offset = plan_place(plan, index, part->decoded, &leaf.length);
	if (part_is(part, "text", NULL)) {
		leaf.charset = fitting_charset(plan, part);
		if (leaf.charset.len == 0 || !is_readable_text(part))
			leaf.type = slice_of(NULL, 0);
	}
	if (leaf.type.len == 0)
		leaf.charset = slice_of(NULL, 0);
	if (!(leaf.flags & SALVAGE_DAMAGED)) {
		(void)plan_leaf(plan, into, leaf);
		return;
	}
	into = plan_mixed(plan, into);
	(void)plan_leaf(plan, into, leaf);
	plan_stretch(plan, into, part->body, message_offset(plan->msg, part->body), part->body.len);
}

static bool
is_plain_text(const struct part *part)
{
	return !part_is_attachment(part) &&
	       (part_is(part, "text", "plain") ||
		   (part->type.field >= 0 && slice_eq_nocase(part->type.type, "text") &&
		       part->type.subtype.len == 0) ||
		   (part->type.field >= 0 && part->type.type.len == 0));
}

/* Text under a label that nobody knows may still be read; anything else may not. */
static bool
is_unreadable(const struct part *part)
{
	return part->encoding == ENCODING_UNKNOWN &&
	       (!is_plain_text(part) || !text_is_ascii(part->decoded));
}

void
plan_part(struct plan *plan, int into, int index)
{
	const struct part *part = &plan->msg->parts[index];
	struct source source = { .into = into, .bytes = part->decoded, .charset = part->charset };
	const bool text = is_plain_text(part);

	source.offset = plan_place(plan, index, part->decoded, &source.length);
	if (plan_tnef(plan, into, index) || plan_packed(plan, into, index))
		return;
	if (is_unreadable(part)) {
		plan_stretch(
		    plan, into, part->body, message_offset(plan->msg, part->body), part->body.len);
	} else if (!text) {
		take_file(plan, into, index);
	} else if (is_sound(part)) {
		plan_text(plan, &source);
	} else {
		source.into = plan_mixed(plan, into);
		source.flags = SALVAGE_DAMAGED;
		plan_text(plan, &source);
		plan_stretch(plan, source.into, part->body, message_offset(plan->msg, part->body),
		    part->body.len);
	}
}
