/*
 * differ.c - compares two readings of one message: parts, extents, types, encodings, names.
 *
 * Where a message obeys the standard the two agree (fuzz_mime.c holds them to it); where they do
 * not, a program that reads in a third way has reason to stumble.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "differ.h"

#include <string.h>

/* Readers differ on whom the line end before a delimiter belongs to; that is no disagreement. */
static bool
is_line_end(const struct message *msg, uint64_t from, uint64_t to)
{
	struct slice between = slice_cut(msg->file, (size_t)from, (size_t)(to - from));

	return between.len <= 2 && slice_trim(between).len == 0;
}

static void
compare_extent(struct message *msg, struct arena *arena, int index, const struct gmime_leaf *theirs)
{
	const struct part *part = &msg->parts[index];
	const uint64_t begin = message_offset(msg, part->body);
	const uint64_t end = begin + part->body.len;

	if (theirs->begin == OFFSET_NONE || begin == OFFSET_NONE || theirs->begin == theirs->end ||
	    (begin == theirs->begin && is_line_end(msg, end < theirs->end ? end : theirs->end,
					   end < theirs->end ? theirs->end : end)))
		return;
	message_fact_at(msg, arena, FACT_GMIME_EXTENT, index, -1, part->body,
	    begin == theirs->begin ? theirs->end : theirs->begin);
}

/* The field that says it, or NULL when none does. */
static const struct field *
field_of(const struct message *msg, int part, enum aspect aspect)
{
	const struct field *type = message_field(msg, part, FIELD_CONTENT_TYPE, NULL), *other;

	if (aspect == ASPECT_ENCODING)
		return message_field(msg, part, FIELD_CONTENT_TRANSFER_ENCODING, NULL);
	other = message_field(msg, part, FIELD_CONTENT_DISPOSITION, NULL);
	return aspect == ASPECT_FILE_NAME && other ? other : type;
}

static void
add_difference(struct message *msg, struct arena *arena, struct gmime_difference difference)
{
	const struct field *field = field_of(msg, difference.part, difference.aspect);
	const size_t number = msg->n_gmime_differences;

	message_fact_at(msg, arena, FACT_GMIME_DIFFERS, difference.part,
	    field ? (int)(field - msg->fields) : -1,
	    field ? field->whole : msg->parts[difference.part].header, number);
	if (number < DIFFERENCES_KEPT)
		msg->gmime_differences[msg->n_gmime_differences++] = difference;
}

/* Our "type/subtype"; an absent field means text/plain (RFC 2045 section 5.2). */
static struct slice
our_type(struct arena *arena, const struct part *part)
{
	const struct typed_value *value = &part->type;
	unsigned char *text;

	if (value->field < 0)
		return slice_str(part->digest_default ? "message/rfc822" : "text/plain");
	text = arena_alloc(arena, value->type.len + value->subtype.len + 1, 1);
	if (value->type.len > 0)
		memcpy(text, value->type.data, value->type.len);
	text[value->type.len] = '/';
	if (value->subtype.len > 0)
		memcpy(text + value->type.len + 1, value->subtype.data, value->subtype.len);
	return slice_of(text, value->type.len + value->subtype.len + 1);
}

static void
compare_type(struct message *msg, struct arena *arena, int index, const struct gmime_leaf *theirs)
{
	const struct typed_value *value = &msg->parts[index].type;
	struct slice ours;

	/* "Content-Type: text" was common before MIME, and is a fact of its own. */
	if (value->field >= 0 && value->subtype.len == 0)
		return;
	ours = our_type(arena, &msg->parts[index]);
	if (!slice_same_nocase(ours, theirs->type))
		add_difference(msg, arena,
		    (struct gmime_difference){ index, ASPECT_TYPE, ours, theirs->type });
}

/* How the bytes are decoded is what counts: 7bit, 8bit and an unknown word leave them as they are,
 * and GMime knows no BinHex. */
static const char *
decoding(enum encoding encoding)
{
	switch (encoding) {
	case ENCODING_BASE64:
		return "base64";
	case ENCODING_QP:
		return "quoted-printable";
	case ENCODING_UUENCODE:
		return "uuencode";
	default:
		return "none";
	}
}

static void
compare_encoding(
    struct message *msg, struct arena *arena, int index, const struct gmime_leaf *theirs)
{
	const char *ours = decoding(msg->parts[index].encoding);
	const char *other = decoding(theirs->encoding);

	if (strcmp(ours, other) != 0)
		add_difference(msg, arena,
		    (struct gmime_difference){
			index, ASPECT_ENCODING, slice_str(ours), slice_str(other) });
}

/* Without the backslashes of a quoted string, and unfolded. */
static struct slice
plain_text(struct arena *arena, struct slice raw)
{
	unsigned char *text = arena_alloc(arena, raw.len + 1, 1);
	size_t len = 0;

	for (size_t i = 0; i < raw.len; i++) {
		if (raw.data[i] == '\r' || raw.data[i] == '\n')
			continue;
		if (raw.data[i] == '\\' && i + 1 < raw.len)
			i++;
		text[len++] = raw.data[i];
	}
	return slice_trim(slice_of(text, len));
}

/* Whether a name says what it says without a charset: ours is kept as it stands, GMime's is
 * decoded, so that of others only their presence is compared. */
static bool
is_literal(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] >= 0x7f || name.data[i] == '%' || name.data[i] == '\'' ||
		    (name.data[i] == '=' && i + 1 < name.len && name.data[i + 1] == '?'))
			return false;
	return true;
}

static void
compare_file_name(
    struct message *msg, struct arena *arena, int index, const struct gmime_leaf *theirs)
{
	const struct part *part = &msg->parts[index];
	const bool both = part->has_file_name && theirs->file_name.data;
	struct slice ours = { 0 };

	if (!part->has_file_name && !theirs->file_name.data)
		return;
	if (part->has_file_name)
		ours = plain_text(arena, part->file_name);
	if (both &&
	    (!is_literal(part->file_name) || slice_same(ours, slice_trim(theirs->file_name))))
		return;
	add_difference(msg, arena,
	    (struct gmime_difference){ index, ASPECT_FILE_NAME, ours, theirs->file_name });
}

/* A leaf that GMime sees too, or should. It makes nothing of a message/rfc822 that has not even an
 * empty line. */
static bool
is_comparable(const struct message *msg, const struct part *part)
{
	return part->kind == PART_LEAF &&
	       (part->parent < 0 || part->n_fields > 0 || part->body.len > 0 ||
		   msg->parts[part->parent].kind != PART_MESSAGE ||
		   msg->parts[part->parent].body.data != part->body.data);
}

/* As many leaves: they are compared one by one. */
static void
compare_leaves(struct message *msg, struct arena *arena)
{
	size_t leaf = 0;

	for (int i = 0; (size_t)i < msg->n_parts; i++) {
		const struct gmime_leaf *theirs;

		if (!is_comparable(msg, &msg->parts[i]))
			continue;
		theirs = &msg->gmime_leaves[leaf++];
		compare_extent(msg, arena, i, theirs);
		if (!theirs->is_part)
			continue;
		compare_type(msg, arena, i, theirs);
		compare_encoding(msg, arena, i, theirs);
		compare_file_name(msg, arena, i, theirs);
	}
}

/* GMime takes a comment after an unquoted boundary into it, which is lawful there (RFC 2045 section
 * 5.1): then its parts say nothing about the message. */
static bool
is_comment_taken_in(struct slice ours, struct slice theirs)
{
	const struct slice rest = slice_trim(slice_from(theirs, ours.len));

	return ours.len > 0 && slice_same(slice_cut(theirs, 0, ours.len), ours) &&
	       slice_starts(rest, "(") && slice_ends(rest, ")");
}

/* The first multipart that another boundary divides; what follows it is divided otherwise too.
 * False when the two readings cannot be compared. */
static bool
compare_boundaries(struct message *msg, struct arena *arena)
{
	size_t number = 0;

	for (int i = 0; (size_t)i < msg->n_parts && number < msg->n_gmime_boundaries; i++) {
		struct slice ours, theirs;

		if (msg->parts[i].kind != PART_MULTIPART)
			continue;
		theirs = msg->gmime_boundaries[number++];
		ours = msg->parts[i].boundary_text;
		if (slice_same(ours, slice_trim(theirs)))
			continue;
		if (is_comment_taken_in(ours, theirs))
			return false;
		add_difference(
		    msg, arena, (struct gmime_difference){ i, ASPECT_BOUNDARY, ours, theirs });
		return true;
	}
	return true;
}

static size_t
our_leaves(const struct message *msg)
{
	size_t count = 0;

	for (size_t i = 0; i < msg->n_parts; i++)
		count += is_comparable(msg, &msg->parts[i]);
	return count;
}

void
differ_compare(struct message *msg, struct arena *arena)
{
	if (msg->n_parts == 0 || msg->facts_seen[FACT_SPLIT_LIMIT] > 0 ||
	    msg->facts_seen[FACT_FIELDS_CUT] > 0)
		return;
	msg->gmime_misread = !compare_boundaries(msg, arena);
	if (msg->gmime_misread)
		return;
	if (msg->n_gmime_leaves == our_leaves(msg))
		compare_leaves(msg, arena);
	else
		message_fact_at(
		    msg, arena, FACT_GMIME_PARTS, 0, -1, msg->parts[0].body, msg->n_gmime_leaves);
}
