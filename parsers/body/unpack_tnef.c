/*
 * unpack_tnef.c - texts and attachments of a TNEF stream ([MS-OXTNEF]); what is wrong, tnef.c tells.
 *
 * Attributes in turn; what follows rendering data is of that attachment. Messages embedded in an
 * attachment wait in a list, as in tnef.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unpack.h"

#include "cursor.h"
#include "tnef.h"

#define SIGNATURE 0x223e9f78u
#define CHECKSUM_LEN 2u
#define STREAMS_MAX 64u
#define UID_LEN 16u

enum {
	ATT_BODY = 0x0002800c,
	ATT_ATTACH_TITLE = 0x00018010,
	TAG_SUBJECT = 0x0037,
	TAG_BODY = 0x1000,
	TAG_RTF = 0x1009,
	TAG_HTML = 0x1013,
	TAG_NAME = 0x3001,
	TAG_ATTACH_DATA = 0x3701,
	TAG_FILE_NAME = 0x3704,
	TAG_LONG_NAME = 0x3707
};

struct place {
	size_t at, len;
	unsigned depth;
};

struct stream {
	struct unpacking *unpacking;
	struct slice bytes;
	struct place streams[STREAMS_MAX]; /* embedded, still to be read or done */
	size_t n_streams;
	struct place in_hand;
	struct slice code_page; /* of its texts: a charset's name in the arena */
	bool has_text;
	bool begun; /* an attachment */
	bool sound; /* the attributes of it so far */
	struct unpacked file;
	unsigned name_rank; /* the better a name, the higher */
};

/* ---- the attachment in hand ---- */

static void
finish_attachment(struct stream *stream)
{
	struct unpacked *file = &stream->file;

	if (stream->begun && (file->bytes.data || file->name.len > 0)) {
		file->whole = stream->sound && file->bytes.data;
		(void)unpacking_add(stream->unpacking, *file);
	}
	stream->begun = false;
	stream->name_rank = 0;
	stream->file = (struct unpacked){ .kind = UNPACKED_FILE };
}

static void
begin_attachment(struct stream *stream)
{
	finish_attachment(stream);
	stream->begun = true;
	stream->sound = true;
}

static struct slice
without_nul(struct slice text, size_t width)
{
	while (text.len >= width && text.data[text.len - 1] == 0 &&
	       (width == 1 || text.data[text.len - 2] == 0))
		text.len -= width;
	return text;
}

static void
set_name(struct stream *stream, struct slice name, struct slice charset, unsigned rank)
{
	if (name.len == 0 || rank < stream->name_rank)
		return;
	stream->file.name = name;
	stream->file.charset = charset;
	stream->name_rank = rank;
}

static void
set_data(struct stream *stream, struct slice data, size_t at)
{
	static const unsigned char nothing[1];

	stream->file.bytes = data.len > 0 ? data : slice_of(nothing, 0);
	stream->file.at = at;
	stream->file.len = data.len;
}

/* An object is preceded by the identifier of its interface; a message is another stream. */
static void
set_object(struct stream *stream, struct slice value, size_t at)
{
	struct cursor in = cursor_at(slice_from(value, UID_LEN), 0);

	if (cursor_u32le(&in) != SIGNATURE || in.failed) {
		set_data(stream, slice_from(value, UID_LEN), at + UID_LEN);
		return;
	}
	if (stream->n_streams == STREAMS_MAX || stream->in_hand.depth >= TNEF_DEPTH_MAX) {
		set_data(stream, slice_from(value, UID_LEN), at + UID_LEN);
		stream->unpacking->whole = false;
		return;
	}
	stream->streams[stream->n_streams++] =
	    (struct place){ at + UID_LEN, value.len - UID_LEN, stream->in_hand.depth + 1 };
	stream->name_rank = 0;
	stream->file.name = slice_of(NULL, 0);
	stream->begun = false;
}

/* ---- texts of the message ---- */

static void
add_text(struct stream *stream, enum unpacked_kind kind, struct slice text, struct slice charset,
    size_t at)
{
	struct unpacked file = { .kind = kind,
		.charset = charset,
		.bytes = text,
		.at = at,
		.len = text.len,
		.whole = true };

	if (text.len == 0 || (kind == UNPACKED_TEXT && stream->has_text))
		return;
	stream->has_text |= kind == UNPACKED_TEXT;
	(void)unpacking_add(stream->unpacking, file);
}

static void
add_rtf(struct stream *stream, struct slice value, size_t at)
{
	struct unpacked file = { .kind = UNPACKED_RTF, .at = at, .len = value.len };

	file.bytes =
	    unpack_rtf(stream->unpacking->arena, value, stream->unpacking->budget, &file.whole);
	if (file.bytes.len > 0)
		(void)unpacking_add(stream->unpacking, file);
	if (!file.whole)
		stream->unpacking->whole = false;
}

/* ---- properties ---- */

static void
take_property(struct stream *stream, uint32_t tag, struct slice value, size_t at)
{
	const bool wide = (tag & 0xffff) == PROP_UNICODE;
	const struct slice text = without_nul(value, wide ? 2 : 1);
	const struct slice charset = wide ? slice_str("utf-16le") : stream->code_page;
	const unsigned id = tag >> 16;

	if (stream->begun && id == TAG_LONG_NAME)
		set_name(stream, text, charset, 4);
	else if (stream->begun && id == TAG_FILE_NAME)
		set_name(stream, text, charset, 2);
	else if (stream->begun && id == TAG_NAME)
		set_name(stream, text, charset, 1);
	else if (stream->begun && id == TAG_ATTACH_DATA && (tag & 0xffff) == PROP_OBJECT)
		set_object(stream, value, at);
	else if (stream->begun && id == TAG_ATTACH_DATA)
		set_data(stream, value, at);
	else if (!stream->begun && id == TAG_BODY)
		add_text(stream, UNPACKED_TEXT, text, charset, at);
	else if (!stream->begun && id == TAG_HTML)
		add_text(stream, UNPACKED_HTML, value, slice_of(NULL, 0), at);
	else if (!stream->begun && id == TAG_RTF)
		add_rtf(stream, value, at);
	else if (stream->in_hand.depth > 0 && !stream->begun && id == TAG_SUBJECT)
		add_text(stream, UNPACKED_TEXT, text, charset, at), stream->has_text = false;
	else
		stream->unpacking->n_properties++;
}

static void
skip_padded(struct cursor *in, size_t len)
{
	const size_t padding = (4 - len % 4) % 4;

	cursor_skip(in, len);
	cursor_skip(in, padding < cursor_left(in) ? padding : cursor_left(in));
}

static bool
skip_name(struct cursor *in)
{
	uint32_t kind, len;

	cursor_skip(in, UID_LEN);
	kind = cursor_u32le(in);
	len = cursor_u32le(in);
	if (kind == 1)
		skip_padded(in, len);
	return !in->failed && kind <= 1;
}

/* One property and its values; false when the list cannot be read on. */
static bool
read_property(struct stream *stream, struct cursor *in)
{
	const uint32_t tag = cursor_u32le(in);
	const bool multi = tag & 0x1000u;
	const size_t size = tnef_value_size(tag & 0xffff & ~0x1000u);
	uint32_t count = 1;

	if (in->failed || size == SLICE_NONE || (tag >> 16 >= 0x8000 && !skip_name(in)))
		return false;
	if (multi || size == 0)
		count = cursor_u32le(in);
	if (size > 0 && count > cursor_left(in) / size)
		return false;
	if (size > 0)
		cursor_skip(in, count * size);
	for (uint32_t i = 0; size == 0 && i < count && !in->failed; i++) {
		const uint32_t len = cursor_u32le(in);
		const size_t at = in->pos;

		if (len > cursor_left(in))
			return false;
		if (!multi)
			take_property(stream, tag, slice_cut(in->bytes, at, len), at);
		skip_padded(in, len);
	}
	stream->unpacking->n_properties += size > 0 || multi;
	return !in->failed;
}

static void
read_properties(struct stream *stream, size_t at, size_t len)
{
	struct cursor in = cursor_at(slice_cut(stream->bytes, 0, at + len), at);
	const uint32_t count = cursor_u32le(&in);

	for (uint32_t i = 0; i < count && !in.failed; i++) {
		if (!read_property(stream, &in)) {
			stream->sound = stream->unpacking->whole = false;
			return;
		}
	}
}

/* ---- attributes ---- */

static void
take_code_page(struct stream *stream, struct slice data)
{
	struct cursor in = cursor_at(data, 0);
	const uint32_t page = cursor_u32le(&in);

	if (!in.failed && page <= 65535)
		stream->code_page = unpack_code_page(stream->unpacking->arena, page);
}

static void
take_attribute(struct stream *stream, uint32_t id, size_t at, size_t len)
{
	const struct slice data = slice_cut(stream->bytes, at, len);

	switch (id) {
	case ATT_RENDER_DATA:
		begin_attachment(stream);
		break;
	case ATT_OEM_CODEPAGE:
		take_code_page(stream, data);
		break;
	case ATT_BODY:
		add_text(stream, UNPACKED_TEXT, without_nul(data, 1), stream->code_page, at);
		break;
	case ATT_ATTACH_TITLE:
		if (!stream->begun)
			begin_attachment(stream);
		set_name(stream, without_nul(data, 1), stream->code_page, 3);
		break;
	case ATT_ATTACH_DATA:
		if (!stream->begun)
			begin_attachment(stream);
		set_data(stream, data, at);
		break;
	case ATT_MAPI_PROPS:
	case ATT_ATTACHMENT:
		read_properties(stream, at, len);
		break;
	default:
		stream->unpacking->n_properties++;
		break;
	}
}

static bool
sum_fits(struct slice data, uint16_t sent)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < data.len; i++)
		sum += data.data[i];
	return (sum & 0xffff) == sent;
}

/* One attribute; false at the end, and when the stream cannot be read on. Of data that ends early
 * what is there is taken. */
static bool
read_attribute(struct stream *stream, struct cursor *in)
{
	struct slice data;
	uint32_t id, len;
	size_t at;

	if (cursor_left(in) == 0)
		return false;
	cursor_skip(in, 1);
	id = cursor_u32le(in);
	len = cursor_u32le(in);
	at = in->pos;
	if (in->failed)
		return stream->unpacking->whole = false;
	if (len > cursor_left(in)) {
		stream->unpacking->whole = stream->sound = false;
		len = (uint32_t)cursor_left(in);
	}
	data = cursor_bytes(in, len);
	/* An attachment begins before its sum is judged. */
	take_attribute(stream, id, at, len);
	if (cursor_left(in) < CHECKSUM_LEN || !sum_fits(data, cursor_u16le(in)))
		stream->unpacking->whole = stream->sound = false;
	return true;
}

static void
read_stream(struct stream *stream)
{
	struct cursor in =
	    cursor_at(slice_cut(stream->bytes, 0, stream->in_hand.at + stream->in_hand.len),
		stream->in_hand.at);
	const uint32_t signature = cursor_u32le(&in);

	cursor_skip(&in, 2);
	if (in.failed || signature != SIGNATURE) {
		stream->unpacking->whole = false;
		return;
	}
	stream->has_text = false;
	while (read_attribute(stream, &in)) {
		const unsigned char level = cursor_left(&in) > 0 ? in.bytes.data[in.pos] : 1;

		if (level != 1 && level != 2) {
			stream->unpacking->whole = false;
			break;
		}
	}
	finish_attachment(stream);
}

void
unpack_tnef(struct unpacking *unpacking, struct slice bytes)
{
	struct stream *stream = arena_alloc(unpacking->arena, 1, sizeof *stream);

	*stream = (struct stream){ .unpacking = unpacking,
		.bytes = bytes,
		.in_hand.len = bytes.len,
		.code_page = slice_str("windows-1252") };
	stream->file.kind = UNPACKED_FILE;
	for (size_t done = 0;; done++) {
		read_stream(stream);
		if (done == stream->n_streams)
			return;
		stream->in_hand = stream->streams[done];
	}
}
