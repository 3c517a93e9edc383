/* describe.c - the flat description of a message: envelope, excerpts, parts, fields. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/describe.h"

#include <string.h>

#include "parser.h"

#define BEFORE 16u /* bytes of an excerpt before its finding */
_Static_assert(MESSAGE_PARTS_MAX == DESCRIPTION_PARTS_MAX, "all parts have a number in rows");

#define OPINIONS 200u /* questions to libmagic about one message: a tenth of a second at most */
#define ALIGN 16u     /* excerpts begin where lines of a hex dump do */

static const char *const encoding_words[] = {
	[ENCODING_NONE] = "none",
	[ENCODING_7BIT] = "7bit",
	[ENCODING_8BIT] = "8bit",
	[ENCODING_BINARY] = "binary",
	[ENCODING_QP] = "quoted-printable",
	[ENCODING_BASE64] = "base64",
	[ENCODING_UUENCODE] = "uuencode",
	[ENCODING_BINHEX] = "binhex",
	[ENCODING_UNKNOWN] = "unknown",
};

static const char *const filetype_words[FILETYPE_COUNT] = {
	[FILETYPE_UNKNOWN] = "not looked at",
	[FILETYPE_EMPTY] = "empty",
	[FILETYPE_TEXT] = "text",
	[FILETYPE_HTML] = "HTML",
	[FILETYPE_RTF] = "RTF",
	[FILETYPE_EXE] = "a program",
	[FILETYPE_ZIP] = "a ZIP archive",
	[FILETYPE_OLE] = "an OLE document",
	[FILETYPE_PDF] = "PDF",
	[FILETYPE_GIF] = "a GIF image",
	[FILETYPE_JPEG] = "a JPEG image",
	[FILETYPE_PNG] = "a PNG image",
	[FILETYPE_BMP] = "a BMP image",
	[FILETYPE_TNEF] = "TNEF",
	[FILETYPE_BINHEX] = "BinHex",
	[FILETYPE_APPLE] = "AppleSingle or AppleDouble",
	[FILETYPE_PS] = "PostScript",
	[FILETYPE_AUDIO] = "sound",
	[FILETYPE_VIDEO] = "video",
	[FILETYPE_ARCHIVE] = "an archive",
	[FILETYPE_MAIL] = "a mail",
	[FILETYPE_OTHER] = "other data",
};

struct row
describe_row(const struct message *msg, enum row_kind kind, int part, struct slice s)
{
	const uint64_t offset = s.data ? message_offset(msg, s) : OFFSET_NONE;

	return (struct row){
		.kind = (uint16_t)kind,
		.part = part,
		.offset = offset,
		.length = offset == OFFSET_NONE ? 0 : s.len,
		.line = message_line(msg, offset),
	};
}

/* Whether the group takes no more; then what is left of it counts as cut, without a look at it. */
static bool
is_full(struct description *to, enum row_group group, uint64_t left)
{
	if (to->n_kept[group] < description_room(group))
		return false;
	to->n_cut[group] += left;
	return true;
}

/* A row whose text is the very bytes of its place. */
static struct row *
add_text(
    struct description *to, const struct message *msg, enum row_kind kind, int part, struct slice s)
{
	struct row *row = description_add(to, describe_row(msg, kind, part, s));

	if (row)
		row->text[0] = description_text(to, s);
	return row;
}

/* ---- envelope ---- */

static void
describe_envelope(const struct message *msg, struct description *to)
{
	static const uint32_t kinds[] = {
		[ENVELOPE_NONE] = DESCRIBED_NO_ENVELOPE,
		[ENVELOPE_SPOOL] = DESCRIBED_SPOOL,
		[ENVELOPE_PICKUP] = DESCRIBED_PICKUP,
	};
	const struct envelope *envelope = &msg->envelope;
	struct row row = describe_row(msg, ROW_ENVELOPE, -1, envelope->whole);

	row.code = kinds[envelope->kind];
	row.value = envelope->length_agrees;
	description_add(to, row);
	row = describe_row(msg, ROW_MAIL, -1, msg->lines.text);
	row.value = msg->lines.n_lines;
	description_add(to, row);
	if (envelope->has_filetime) {
		row = describe_row(msg, ROW_FILETIME, -1, slice_of(NULL, 0));
		row.value = envelope->filetime;
		description_add(to, row);
	}
	if (envelope->mts_id.len > 0)
		add_text(to, msg, ROW_MTS_ID, -1, envelope->mts_id);
	if (envelope->has_mail_from)
		add_text(to, msg, ROW_MAIL_FROM, -1, envelope->mail_from);
	for (size_t i = 0; i < envelope->n_rcpt_to; i++) {
		if (is_full(to, GROUP_ENVELOPE, envelope->n_rcpt_to - i))
			break;
		add_text(to, msg, ROW_RCPT_TO, -1, envelope->rcpt_to[i]);
	}
}

/* ---- excerpts ---- */

static void
describe_excerpts(const struct message *msg, const struct record *record, struct description *to)
{
	for (uint32_t i = 0; i < record->n_findings; i++) {
		const uint64_t offset = record->findings[i].offset;
		size_t start, end;
		struct row *row;

		if (offset == OFFSET_NONE || offset > msg->file.len)
			continue;
		start = (size_t)offset > BEFORE ? (size_t)offset - BEFORE : 0;
		end = start - start % ALIGN + DESCRIPTION_EXCERPT;
		if (end > msg->file.len) {
			/* Near the end of the file: what stands before is worth as much. */
			end = msg->file.len;
			start = end > DESCRIPTION_EXCERPT - ALIGN
				    ? end - (DESCRIPTION_EXCERPT - ALIGN)
				    : 0;
		}
		start -= start % ALIGN;
		row = add_text(to, msg, ROW_EXCERPT, -1, slice_cut(msg->file, start, end - start));
		if (row)
			row->value = i;
	}
}

/* ---- parts ---- */

/* "text/plain": as one stretch of the file where it is, else put together. */
static struct text_ref
type_text(struct description *to, const struct part *part)
{
	struct text_ref ref, more;

	if (part->type.field < 0)
		return description_text(
		    to, slice_str(part->digest_default ? "message/rfc822" : "text/plain"));
	ref = description_text(to, part->type.type);
	if (part->type.subtype.len == 0)
		return ref;
	more = description_text(to, slice_str("/"));
	if (ref.cut || ref.len + 1u > DESCRIPTION_TEXT_MAX)
		return ref;
	ref.len = (uint16_t)(ref.len + more.len);
	more =
	    description_text(to, slice_cut(part->type.subtype, 0, DESCRIPTION_TEXT_MAX - ref.len));
	ref.len = (uint16_t)(ref.len + more.len);
	return ref;
}

static void
describe_head(const struct message *msg, int index, struct description *to)
{
	static const uint32_t kinds[] = {
		[PART_LEAF] = DESCRIBED_LEAF,
		[PART_MULTIPART] = DESCRIBED_MULTIPART,
		[PART_MESSAGE] = DESCRIBED_MESSAGE,
	};
	const struct part *part = &msg->parts[index];
	struct row head = describe_row(msg, ROW_PART, index, part->header);
	struct row *row;

	head.depth =
	    (uint16_t)(part->depth < DESCRIPTION_DEPTH_MAX ? part->depth : DESCRIPTION_DEPTH_MAX);
	head.code = kinds[part->kind];
	row = description_add(to, head);
	if (!row)
		return;
	row->text[0] = description_text(to, slice_str(part->path));
	row->text[1] = type_text(to, part);
}

static void
describe_encoding(const struct message *msg, int index, struct description *to)
{
	const struct part *part = &msg->parts[index];
	const struct field *field =
	    message_field(msg, index, FIELD_CONTENT_TRANSFER_ENCODING, NULL);
	struct row *row;

	if (!field)
		return;
	row = description_add(to, describe_row(msg, ROW_ENCODING, index, field->whole));
	if (!row)
		return;
	row->text[0] = description_text(to, field->text);
	row->text[1] = description_text(to, slice_str(encoding_words[part->encoding]));
}

/* What the bytes are by our table, and what libmagic says of them. */
static void
describe_content(const struct message *msg, int index, struct description *to, unsigned *opinions)
{
	const struct part *part = &msg->parts[index];
	struct row *row =
	    add_text(to, msg, ROW_FILETYPE, index, slice_str(filetype_words[part->filetype]));
	const char *opinion;

	if (!row || *opinions == 0)
		return;
	--*opinions;
	opinion = filetype_media_type(part->decoded);
	row->text[1] = description_text(to, slice_str(opinion ? opinion : "no type it knows"));
}

static void
describe_leaf(const struct message *msg, int index, struct description *to, unsigned *opinions)
{
	const struct part *part = &msg->parts[index];

	if (part->disposition.field >= 0)
		add_text(to, msg, ROW_DISPOSITION, index, part->disposition.type);
	if (part->has_charset)
		add_text(to, msg, ROW_CHARSET, index, part->charset);
	if (part->has_file_name)
		add_text(to, msg, ROW_FILE_NAME, index, part->file_name);
	if (part->kind == PART_LEAF)
		describe_content(msg, index, to, opinions);
}

static void
describe_multipart(const struct message *msg, int index, struct description *to)
{
	const struct part *part = &msg->parts[index];
	struct row *row;

	if (part->kind != PART_MULTIPART)
		return;
	row = add_text(to, msg, ROW_BOUNDARY, index, part->boundary);
	if (row)
		row->code = part->closed;
	if (part->preamble.len > 0)
		description_add(to, describe_row(msg, ROW_PREAMBLE, index, part->preamble));
	if (part->epilogue.len > 0)
		description_add(to, describe_row(msg, ROW_EPILOGUE, index, part->epilogue));
}

static void
describe_part(const struct message *msg, int index, struct description *to, unsigned *opinions)
{
	const struct part *part = &msg->parts[index];
	struct row body = describe_row(msg, ROW_BODY, index, part->body);

	describe_head(msg, index, to);
	body.code = part->kind == PART_LEAF;
	body.value = part->kind == PART_LEAF ? part->decoded.len : 0;
	description_add(to, body);
	describe_encoding(msg, index, to);
	describe_leaf(msg, index, to, opinions);
	describe_multipart(msg, index, to);
}

/* ---- fields ---- */

static void
describe_fields(const struct message *msg, struct description *to)
{
	const struct fact *cut = message_next_fact(msg, FACT_FIELDS_CUT, NULL);

	if (cut && cut->value > msg->n_fields)
		to->n_cut[GROUP_FIELDS] += cut->value - msg->n_fields;
	for (size_t i = 0; i < msg->n_fields; i++) {
		if (is_full(to, GROUP_FIELDS, msg->n_fields - i))
			break;
		const struct field *field = &msg->fields[i];
		struct row *row =
		    description_add(to, describe_row(msg, ROW_FIELD, field->part, field->whole));

		row->text[0] = description_text(to, field->name);
		row->text[1] = description_text(to, field->value);
	}
}

/* Excerpts and structure first: where the pool ends, it is long field values that are cut. */
void
describe(const struct message *msg, struct arena *arena, const struct record *record,
    struct description *to)
{
	unsigned opinions = OPINIONS;

	description_start(to, record->job, record->file_size);
	describe_envelope(msg, to);
	describe_excerpts(msg, record, to);
	for (size_t i = 0; i < msg->n_parts && !is_full(to, GROUP_PARTS, msg->n_parts - i); i++)
		describe_part(msg, (int)i, to, &opinions);
	describe_readings(msg, arena, to);
	describe_fields(msg, to);
}
