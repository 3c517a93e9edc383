/*
 * fields.c - header blocks: fields with their exact bytes, and all that is odd about them.
 *
 * A block is judged as a careful mail reader would. Lines that are no fields do not end it: only
 * the empty line does (RFC 5322 section 2.1). But a block whose first line is no field is taken as
 * text without a header, unless one of its next lines is a field that we know by name.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "mail.h"
#include "parser.h"

#define NAME_MAX_LEN 200u    /* longer runs before a colon are text */
#define LOOK_AHEAD 32u       /* lines looked at when the first one is no field */
#define LINE_MAX_LEN 998u    /* RFC 5322 section 2.1.1 */
#define BLOCK_MAX_LEN 32768u /* header blocks above it are a fact */
#define ESSENTIAL_SHARE 5u   /* of the room, kept free for the fields that shape parts */

static const struct {
	const char *name;
	enum field_id id;
} known[] = {
	{ "From", FIELD_FROM },
	{ "Sender", FIELD_SENDER },
	{ "Reply-To", FIELD_REPLY_TO },
	{ "To", FIELD_TO },
	{ "Cc", FIELD_CC },
	{ "Bcc", FIELD_BCC },
	{ "Subject", FIELD_SUBJECT },
	{ "Date", FIELD_DATE },
	{ "Message-ID", FIELD_MESSAGE_ID },
	{ "In-Reply-To", FIELD_IN_REPLY_TO },
	{ "References", FIELD_REFERENCES },
	{ "Received", FIELD_RECEIVED },
	{ "Return-Path", FIELD_RETURN_PATH },
	{ "MIME-Version", FIELD_MIME_VERSION },
	{ "Content-Type", FIELD_CONTENT_TYPE },
	{ "Content-Transfer-Encoding", FIELD_CONTENT_TRANSFER_ENCODING },
	{ "Content-Disposition", FIELD_CONTENT_DISPOSITION },
	{ "Content-ID", FIELD_CONTENT_ID },
	{ "Content-Description", FIELD_CONTENT_DESCRIPTION },
	{ "Resent-From", FIELD_RESENT_FROM },
	{ "Resent-Sender", FIELD_RESENT_SENDER },
	{ "Resent-To", FIELD_RESENT_TO },
	{ "Resent-Cc", FIELD_RESENT_CC },
	{ "Resent-Bcc", FIELD_RESENT_BCC },
	{ "Resent-Date", FIELD_RESENT_DATE },
	{ "Resent-Message-ID", FIELD_RESENT_MESSAGE_ID },
	{ "X-Mailer", FIELD_X_MAILER },
	{ "X-MS-TNEF-Correlator", FIELD_X_MS_TNEF_CORRELATOR },
	{ "Encoding", FIELD_ENCODING },
	{ "X-Sender", FIELD_X_SENDER },
	{ "X-Receiver", FIELD_X_RECEIVER },
};

/* One block under way. Places are bytes from the start of `block`. */
struct scan {
	struct message *msg;
	struct arena *arena;
	int part;
	struct slice block;
	size_t base;   /* of the block in the file */
	bool in_field; /* a field is under way */
	struct field field;
	size_t start; /* of the field or the junk line under way, with its continuations */
	size_t end;   /* of its last line's content */
	size_t next;  /* start of the line after it */
	uint64_t met;
};

/* The field that goes by this name, FIELD_OTHER when none of ours. */
static enum field_id
field_id_of(struct slice name)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (slice_eq_nocase(name, known[i].name))
			return known[i].id;
	return FIELD_OTHER;
}

bool
field_starts(struct slice s)
{
	size_t i = 0;

	while (i < s.len && i <= NAME_MAX_LEN && byte_is_ftext(s.data[i]))
		i++;
	return i > 0 && i <= NAME_MAX_LEN && i < s.len && s.data[i] == ':';
}

/* The same for a line, where blanks may precede the colon and the name is made of what names are
 * made of in the wild: a line of HTML or of a program is text. */
static bool
line_is_field(struct slice line, struct slice *name)
{
	size_t i = 0, after;

	while (
	    i < line.len && (byte_is_alpha(line.data[i]) || byte_is_digit(line.data[i]) ||
				line.data[i] == '-' || line.data[i] == '_' || line.data[i] == '.'))
		i++;
	for (after = i; after < line.len && byte_is_blank(line.data[after]); after++)
		;
	if (i == 0 || i > NAME_MAX_LEN || after >= line.len || line.data[after] != ':')
		return false;
	*name = slice_cut(line, 0, i);
	return true;
}

/* The lines that may precede the fields of a message: mbox, and the view of Outlook 97. */
static bool
is_lead(struct slice line, enum fact_kind *kind)
{
	bool mbox = slice_starts(line, "From ") || slice_starts(line, ">From ");

	*kind = mbox ? FACT_HEADER_MBOX_LINE : FACT_HEADER_INTERNET_HEADERS_LINE;
	return mbox || slice_starts_nocase(line, "Microsoft Mail Internet Headers");
}

bool
fields_are_header(struct slice block, unsigned char eol, bool top)
{
	struct slice content, name;
	struct text_line line;
	enum fact_kind kind;
	size_t pos = 0;

	while (
	    top && lines_at(block, pos, eol, &line) && is_lead(lines_content(block, &line), &kind))
		pos = line.next;
	if (!lines_at(block, pos, eol, &line))
		return true;
	if (line_is_field(lines_content(block, &line), &name))
		return true;
	for (unsigned n = 0; n < LOOK_AHEAD && lines_at(block, pos, eol, &line); n++) {
		content = lines_content(block, &line);
		if (line_is_field(content, &name) &&
		    (field_id_of(name) != FIELD_OTHER || slice_starts_nocase(name, "X-") ||
			slice_starts_nocase(name, "Content-")))
			return true;
		pos = line.next;
	}
	return false;
}

/* Whether a field still has room: the last places are for those that say what a part is. */
static bool
has_room(const struct message *msg, enum field_id id)
{
	const uint32_t room = message_most_fields(msg);

	switch (id) {
	case FIELD_CONTENT_TYPE:
	case FIELD_CONTENT_TRANSFER_ENCODING:
	case FIELD_CONTENT_DISPOSITION:
		return msg->n_fields < room;
	default:
		return msg->n_fields < room - room / ESSENTIAL_SHARE;
	}
}

static void
note(struct scan *scan, enum fact_kind kind, size_t pos, size_t len, uint64_t value)
{
	bool kept = scan->in_field && has_room(scan->msg, scan->field.id);

	message_fact(scan->msg, scan->arena,
	    (struct fact){ .kind = kind,
		.part = scan->part,
		.field = kept ? (int)scan->msg->n_fields : -1,
		.offset = scan->base + pos,
		.len = len,
		.value = value });
}

/* Record the bytes that have no place in a header, once a kind and field. */
static void
check_bytes(struct scan *scan)
{
	enum { NUL, CONTROL, EIGHT_BIT, BARE_CR, BARE_LF, KINDS };
	static const enum fact_kind kinds[KINDS] = { FACT_HEADER_NUL, FACT_HEADER_CONTROL,
		FACT_HEADER_8BIT, FACT_HEADER_BARE_CR, FACT_HEADER_BARE_LF };
	const unsigned char *data = scan->block.data;
	bool cr_only = lines_eol(scan->msg) == '\r', mixed = scan->msg->lines.n_crlf > 0;
	size_t n[KINDS] = { 0 }, first[KINDS] = { 0 };

	for (size_t i = scan->start; i < scan->next; i++) {
		unsigned char byte = data[i];
		int kind = -1;

		if (byte >= 0x20 && byte < 0x7f)
			continue;
		if (byte == 0)
			kind = NUL;
		else if (byte >= 0x80)
			kind = EIGHT_BIT;
		else if (byte == '\r')
			kind = cr_only || (i + 1 < scan->block.len && data[i + 1] == '\n')
				   ? -1
				   : BARE_CR;
		else if (byte == '\n')
			kind = mixed && (i == 0 || data[i - 1] != '\r') ? BARE_LF : -1;
		else if (byte != '\t')
			kind = CONTROL;
		if (kind >= 0 && n[kind]++ == 0)
			first[kind] = i;
	}
	for (int kind = 0; kind < KINDS; kind++)
		if (n[kind])
			note(scan, kinds[kind], first[kind], 1,
			    kind == CONTROL ? data[first[kind]] : n[kind]);
}

/* Close the field or the junk line under way. */
static void
finish(struct scan *scan)
{
	struct message *msg = scan->msg;
	struct field *field = &scan->field;
	size_t after_colon;

	if (scan->next == scan->start)
		return;
	check_bytes(scan);
	if (scan->in_field && has_room(msg, field->id)) {
		field->whole = slice_cut(scan->block, scan->start, scan->end - scan->start);
		after_colon = (size_t)(field->value.data - scan->block.data);
		field->value.len = scan->end > after_colon ? scan->end - after_colon : 0;
		field->text = fields_unfold(scan->arena, field->value);
		arena_grow(
		    scan->arena, &msg->fields, &msg->fields_room, msg->n_fields, sizeof *field);
		msg->fields[msg->n_fields++] = *field;
	}
	scan->in_field = false;
	scan->start = scan->next;
}

/* Begin a field: the line has a colon at `colon`. */
static void
begin_field(struct scan *scan, const struct text_line *line, size_t colon)
{
	size_t name_end = colon;
	struct slice name;

	while (name_end > line->start && byte_is_blank(scan->block.data[name_end - 1]))
		name_end--;
	name = slice_cut(scan->block, line->start, name_end - line->start);
	scan->in_field = true;
	scan->met++;
	scan->field = (struct field){ .id = field_id_of(name),
		.part = scan->part,
		.name = name,
		.value = { scan->block.data + colon + 1, 0 } };
	if (name_end == line->start)
		note(scan, FACT_HEADER_NAME_EMPTY, colon, 1, 0);
	else if (name_end < colon)
		note(scan, FACT_HEADER_BLANK_BEFORE_COLON, name_end, colon - name_end, 0);
	for (size_t i = 0; i < name.len; i++) {
		if (!byte_is_ftext(name.data[i])) {
			note(scan, FACT_HEADER_NAME_BAD, line->start + i, 1, name.data[i]);
			break;
		}
	}
}

static void
scan_line(struct scan *scan, const struct text_line *line)
{
	struct slice content = lines_content(scan->block, line);
	bool folded = content.len && byte_is_blank(content.data[0]);
	size_t colon;

	if (!folded || line->start == 0) {
		finish(scan);
		scan->start = line->start;
	}
	scan->end = line->end;
	scan->next = line->next;
	if (folded) {
		if (line->start == 0)
			note(scan, FACT_HEADER_STARTS_FOLDED, line->start, content.len, 0);
		if (slice_trim(content).len == 0)
			note(scan, FACT_HEADER_BLANK_FOLD, line->start, content.len, 0);
	} else {
		colon = slice_find(content, 0, ':');
		if (colon == SLICE_NONE)
			note(scan, FACT_HEADER_NO_COLON, line->start, content.len, 0);
		else
			begin_field(scan, line, line->start + colon);
	}
	if (content.len > LINE_MAX_LEN)
		note(scan, FACT_HEADER_LONG_LINE, line->start, content.len, content.len);
}

void
fields_scan(
    struct message *msg, struct arena *arena, int part, struct slice block, bool top, uint64_t *met)
{
	struct scan scan = { .msg = msg, .arena = arena, .part = part, .block = block };
	unsigned char eol = lines_eol(msg);
	struct text_line line;
	enum fact_kind kind;
	bool leading = top;

	scan.base = slice_index(msg->file, block);
	for (size_t pos = 0; lines_at(block, pos, eol, &line); pos = line.next) {
		leading = leading && is_lead(lines_content(block, &line), &kind);
		if (leading) {
			note(&scan, kind, line.start, line.end - line.start, 0);
			scan.start = scan.next = line.next;
		} else {
			scan_line(&scan, &line);
		}
	}
	finish(&scan);
	if (block.len > BLOCK_MAX_LEN)
		note(&scan, FACT_HEADER_HUGE, 0, block.len, block.len);
	*met += scan.met;
}

/* Bytes of a line end that folds at i: CRLF, a bare LF, or a CR before a blank (CR-only copies). */
static size_t
fold_len(struct slice value, size_t i)
{
	if (value.data[i] == '\n')
		return 1;
	if (value.data[i] != '\r' || i + 1 >= value.len)
		return 0;
	if (value.data[i + 1] == '\n')
		return 2;
	return byte_is_blank(value.data[i + 1]) ? 1 : 0;
}

struct slice
fields_unfold(struct arena *arena, struct slice value)
{
	unsigned char *copy;
	size_t len = 0;

	value = slice_trim(value);
	if (!value.len ||
	    (!memchr(value.data, '\n', value.len) && !memchr(value.data, '\r', value.len)))
		return value;
	copy = arena_alloc(arena, value.len, 1);
	for (size_t i = 0; i < value.len;) {
		size_t skip = fold_len(value, i);

		if (!skip)
			copy[len++] = value.data[i++];
		i += skip;
	}
	return slice_trim(slice_of(copy, len));
}
