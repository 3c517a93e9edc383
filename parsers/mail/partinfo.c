/* partinfo.c - what the header of a part says about it: type, encoding, charset, name, number. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "mail.h"
#include "parser.h"
#include "words.h"

#define SPLIT_FIELDS 16     /* repeated fields whose sections are compared with the first one's */
#define MARK "\xe2\x80\xa6" /* an ellipsis: the number goes on */

/* Whether the encoding leaves bytes as they are, so that a message inside can be read in place. */
static bool
is_identity(enum encoding encoding)
{
	return encoding != ENCODING_QP && encoding != ENCODING_BASE64 &&
	       encoding != ENCODING_UUENCODE && encoding != ENCODING_BINHEX;
}

/* The first field of that id; later ones are recorded as `repeated`. NULL when there is none. */
static const struct field *
first_of(
    struct message *msg, struct arena *arena, int part, enum field_id id, enum fact_kind repeated)
{
	const struct field *first = message_field(msg, part, id, NULL), *next = first;

	while (next && repeated != FACT_COUNT && (next = message_field(msg, part, id, next)))
		message_fact_at(
		    msg, arena, repeated, part, (int)(next - msg->fields), next->whole, 0);
	return first;
}

/* A file name as it is meant: in UTF-8, percent codes and encoded words decoded. */
static struct slice
name_text(struct arena *arena, const struct param_bytes *name)
{
	bool plain = slice_find_str(name->bytes, 0, "=?") == SLICE_NONE;

	for (size_t i = 0; i < name->bytes.len && plain; i++)
		plain = name->bytes.data[i] < 0x80 && name->bytes.data[i] != 0x1b;
	return plain ? name->bytes : words_convert(arena, name->charset, name->bytes);
}

static void
read_names(struct arena *arena, struct part *part)
{
	struct param_bytes param;

	if (params_read(arena, &part->type, "charset", &param)) {
		part->has_charset = true;
		part->charset = slice_trim(param.bytes);
		part->charset_place = param.place;
	}
	if (params_read(arena, &part->disposition, "filename", &param) ||
	    params_read(arena, &part->type, "name", &param)) {
		part->has_file_name = true;
		part->file_name = param.bytes;
		part->file_text = name_text(arena, &param);
		part->name_place = param.place;
	}
}

/* Look for sections of parameters that are spread over two fields (RFC 2231 section 3 knows
 * none such). */
static void
check_split(struct message *msg, struct arena *arena, int index, enum field_id id,
    const struct typed_value *first)
{
	const struct field *field = message_field(msg, index, id, NULL);

	for (size_t n = 0; field && n < SPLIT_FIELDS; n++) {
		struct typed_value more;

		field = message_field(msg, index, id, field);
		if (!field)
			return;
		params_peek(
		    msg, arena, (int)(field - msg->fields), id == FIELD_CONTENT_TYPE, &more);
		params_check_split(msg, arena, index, first, &more);
	}
}

static void
check_splits(struct message *msg, struct arena *arena, int index)
{
	struct part *part = &msg->parts[index];

	check_split(msg, arena, index, FIELD_CONTENT_TYPE, &part->type);
	check_split(msg, arena, index, FIELD_CONTENT_DISPOSITION, &part->disposition);
	if (part->type.field >= 0 && part->disposition.field >= 0)
		params_check_split(msg, arena, index, &part->type, &part->disposition);
}

/* message/ types that hold a whole message; RFC 2046 5.2.1, and what news readers send. */
static bool
holds_message(const struct part *part)
{
	return part_is(part, "message", "rfc822") || part_is(part, "message", "news") ||
	       part_is(part, "message", "global");
}

void
partinfo_read(struct message *msg, struct arena *arena, int index, bool in_digest)
{
	const struct field *type, *disposition, *encoding;
	struct part *part = &msg->parts[index];
	bool identity;

	type = first_of(msg, arena, index, FIELD_CONTENT_TYPE, FACT_TYPE_REPEATED);
	disposition = first_of(msg, arena, index, FIELD_CONTENT_DISPOSITION, FACT_COUNT);
	encoding =
	    first_of(msg, arena, index, FIELD_CONTENT_TRANSFER_ENCODING, FACT_ENCODING_REPEATED);
	if (type)
		params_parse(msg, arena, index, (int)(type - msg->fields), true, &part->type);
	if (disposition)
		params_parse(
		    msg, arena, index, (int)(disposition - msg->fields), false, &part->disposition);
	part->has_encoding = encoding;
	if (encoding)
		part->encoding = encoding_read(msg, arena, index, encoding);
	part->digest_default = in_digest && !type;
	read_names(arena, part);
	check_splits(msg, arena, index);

	identity = is_identity(part->encoding);
	if (part_is(part, "multipart", NULL))
		part->kind = PART_MULTIPART;
	else if (holds_message(part) && identity)
		part->kind = PART_MESSAGE;
	if (encoding && !identity &&
	    (part->kind == PART_MULTIPART || part_is(part, "message", NULL)))
		message_fact_at(msg, arena, FACT_MULTIPART_ENCODED, index,
		    (int)(encoding - msg->fields), encoding->whole, (uint64_t)part->encoding);
}

/* Append bytes to a path of `room`; what does not fit is replaced by the mark, once and for all. */
static void
append(char *path, size_t room, const char *text, size_t len)
{
	size_t at = strlen(path);

	if (at >= strlen(MARK) && strcmp(path + at - strlen(MARK), MARK) == 0)
		return;
	if (at + len + sizeof MARK > room) {
		text = MARK;
		len = strlen(MARK);
	}
	memcpy(path + at, text, len);
	path[at + len] = 0;
}

void
partinfo_path(const struct part *parent, unsigned number, struct part *part)
{
	char digits[12]; /* a dot, then the number, written from its end */
	size_t at = sizeof digits;

	part->path[0] = 0;
	if (parent)
		memcpy(part->path, parent->path, sizeof part->path);
	if (part->kind == PART_MULTIPART && (!parent || parent->kind == PART_MESSAGE))
		return;
	for (; at == sizeof digits || number; number /= 10)
		digits[--at] = (char)('0' + number % 10);
	if (part->path[0])
		digits[--at] = '.';
	append(part->path, sizeof part->path, digits + at, sizeof digits - at);
}
