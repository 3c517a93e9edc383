/*
 * mime.c - GMime as second reader: its warnings, and whether it sees the parts that we see.
 *
 * The one user of GMime and GLib among the parsers. It runs last, reads what the gate lets through
 * without copying it, and nothing of ours is taken from it: where it is wrong, only facts differ.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gmime/gmime.h>
#include <string.h>

#include "differ.h"
#include "gate.h"
#include "parser.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParserOptions, g_mime_parser_options_free)

#define WARN_TRUNCATED 7
#define WARN_NESTING_OVERFLOW 15

/* Set by warm(), before the sandbox; read-only ever after. */
static struct {
	bool warm;
	char gmime[32], glib[32];
} library; /* NOLINT(cppcoreguidelines-avoid-non-const-global-variables) */

struct reading {
	struct message *msg;
	struct arena *arena;
	const struct gate *gate;
	bool limited; /* GMime stopped nesting */
	struct gmime_leaf *leaves;
	size_t n_leaves, leaves_room;
	struct slice *boundaries;
	size_t n_boundaries, boundaries_room;
};

/* The field of ours at that place of the file, or NULL. Called for kept facts only. */
static const struct field *
field_at(const struct message *msg, uint64_t offset)
{
	for (size_t i = 0; i < msg->n_fields; i++)
		if (message_offset(msg, msg->fields[i].whole) == offset)
			return &msg->fields[i];
	return NULL;
}

/* GMime gives no place when a message ends too early or has no form. The first is at the end of the text; the
 * second where our own reader met the first line that breaks a header, else at the start of the text. */
static uint64_t
place_of_unplaced(const struct reading *reading, int code)
{
	static const enum fact_kind breaks[] = { FACT_HEADER_NO_COLON, FACT_HEADER_NAME_EMPTY,
		FACT_HEADER_STARTS_FOLDED, FACT_PART_NO_HEADER_END, FACT_HEADER_UNTERMINATED };

	if (code == WARN_TRUNCATED)
		return reading->gate->offset + reading->gate->text.len;
	for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++) {
		const struct fact *fact = message_next_fact(reading->msg, breaks[i], NULL);

		if (fact && fact->offset != OFFSET_NONE)
			return fact->offset;
	}
	return reading->gate->offset;
}

static void
on_warning(gint64 offset, GMimeParserWarning code, const gchar *item, gpointer data)
{
	struct reading *reading = data;
	struct message *msg = reading->msg;
	struct fact fact = { .kind = FACT_GMIME_WARNING,
		.part = -1,
		.field = -1,
		.offset = OFFSET_NONE,
		.value = (uint64_t)code };

	(void)item; /* bytes of the message, perhaps not even valid: the offset is enough */
	if ((int)code == WARN_NESTING_OVERFLOW)
		reading->limited = true;
	if (offset >= 0 && (uint64_t)offset <= reading->gate->text.len)
		fact.offset = reading->gate->offset + (uint64_t)offset;
	else
		fact.offset = place_of_unplaced(reading, (int)code);
	if (msg->facts_seen[fact.kind] < FACTS_KEPT) {
		const struct field *field = field_at(msg, fact.offset);

		if (field) {
			fact.part = field->part;
			fact.field = (int)(field - msg->fields);
			fact.len = field->whole.len;
		}
	}
	message_fact(msg, reading->arena, fact);
}

/* Ask for every value once: some warnings come only then. */
static void
read_headers(GMimeObject *object)
{
	GMimeHeaderList *headers = g_mime_object_get_header_list(object);
	int count = g_mime_header_list_get_count(headers);

	for (int i = 0; i < count; i++)
		(void)g_mime_header_get_value(g_mime_header_list_get_header_at(headers, i));
}

/* Put the children of an object on the stack; true when it is a leaf. */
static bool
push_children(GPtrArray *stack, GMimeObject *object)
{
	if (GMIME_IS_MULTIPART(object)) {
		GMimeMultipart *multipart = GMIME_MULTIPART(object);

		for (int i = g_mime_multipart_get_count(multipart); i > 0; i--)
			g_ptr_array_add(stack, g_mime_multipart_get_part(multipart, i - 1));
		return false;
	}
	if (GMIME_IS_MESSAGE_PART(object)) {
		GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));

		if (message)
			g_ptr_array_add(stack, message);
		return false;
	}
	if (GMIME_IS_MESSAGE(object)) {
		GMimeObject *body = g_mime_message_get_mime_part(GMIME_MESSAGE(object));

		if (body)
			g_ptr_array_add(stack, body);
		return false;
	}
	return true;
}

/* A copy in the arena; no data when there is no text. */
static struct slice
kept(struct arena *arena, const char *text)
{
	const size_t len = text ? strlen(text) : 0;
	char *copy = arena_alloc(arena, len + 1, 1);

	if (!text)
		return slice_of(NULL, 0);
	memcpy(copy, text, len + 1);
	return slice_of(copy, len);
}

/* "type/subtype" in the arena. */
static struct slice
kept_type(struct arena *arena, GMimeContentType *type)
{
	g_autofree char *text = type ? g_mime_content_type_get_mime_type(type) : NULL;

	return kept(arena, text);
}

static enum encoding
encoding_of(GMimeContentEncoding encoding)
{
	switch (encoding) {
	case GMIME_CONTENT_ENCODING_7BIT:
		return ENCODING_7BIT;
	case GMIME_CONTENT_ENCODING_8BIT:
		return ENCODING_8BIT;
	case GMIME_CONTENT_ENCODING_BINARY:
		return ENCODING_BINARY;
	case GMIME_CONTENT_ENCODING_BASE64:
		return ENCODING_BASE64;
	case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE:
		return ENCODING_QP;
	case GMIME_CONTENT_ENCODING_UUENCODE:
		return ENCODING_UUENCODE;
	default:
		return ENCODING_NONE;
	}
}

/* What GMime takes for type, encoding and name of a part. */
static void
read_part(struct arena *arena, GMimeObject *object, struct gmime_leaf *leaf)
{
	leaf->is_part = GMIME_IS_PART(object);
	if (!leaf->is_part)
		return;
	leaf->type = kept_type(arena, g_mime_object_get_content_type(object));
	leaf->encoding = encoding_of(g_mime_part_get_content_encoding(GMIME_PART(object)));
	leaf->file_name = kept(arena, g_mime_part_get_filename(GMIME_PART(object)));
}

static void
add_boundary(struct reading *reading, GMimeObject *object)
{
	arena_grow(reading->arena, &reading->boundaries, &reading->boundaries_room,
	    reading->n_boundaries, sizeof *reading->boundaries);
	/* Not g_mime_multipart_get_boundary(): it makes one up where there is none. */
	reading->boundaries[reading->n_boundaries++] =
	    kept(reading->arena, g_mime_object_get_content_type_parameter(object, "boundary"));
}

/* With a persistent stream the content of a part is a stretch of ours: its bounds are its
 * extent. */
static struct gmime_leaf
leaf_extent(const struct reading *reading, GMimeObject *object)
{
	struct gmime_leaf leaf = { .begin = OFFSET_NONE, .end = OFFSET_NONE };
	GMimeDataWrapper *content =
	    GMIME_IS_PART(object) ? g_mime_part_get_content(GMIME_PART(object)) : NULL;
	GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;

	if (!stream || stream->bound_start < 0 || stream->bound_end < stream->bound_start ||
	    (uint64_t)stream->bound_end > reading->gate->text.len)
		return leaf;
	leaf.begin = reading->gate->offset + (uint64_t)stream->bound_start;
	leaf.end = reading->gate->offset + (uint64_t)stream->bound_end;
	return leaf;
}

static void
add_leaf(struct reading *reading, GMimeObject *object)
{
	arena_grow(reading->arena, &reading->leaves, &reading->leaves_room, reading->n_leaves,
	    sizeof *reading->leaves);
	reading->leaves[reading->n_leaves] = leaf_extent(reading, object);
	read_part(reading->arena, object, &reading->leaves[reading->n_leaves++]);
}

static void
walk(struct reading *reading, GMimeMessage *message)
{
	g_autoptr(GPtrArray) stack = g_ptr_array_new();

	g_ptr_array_add(stack, message);
	while (stack->len > 0) {
		GMimeObject *object = g_ptr_array_index(stack, stack->len - 1);

		g_ptr_array_set_size(stack, (gint)stack->len - 1);
		read_headers(object);
		if (GMIME_IS_MULTIPART(object))
			add_boundary(reading, object);
		if (push_children(stack, object))
			add_leaf(reading, object);
	}
	reading->msg->gmime_leaves = reading->leaves;
	reading->msg->n_gmime_leaves = reading->n_leaves;
	reading->msg->gmime_boundaries = reading->boundaries;
	reading->msg->n_gmime_boundaries = reading->n_boundaries;
}

/* A stream over bytes that stay ours. *array must outlive the stream. */
static GMimeStream *
stream_over(struct slice text, GByteArray *array)
{
	GMimeStream *stream = g_mime_stream_mem_new();

	/* The type is not const, but a memory stream that is only read writes nothing. */
	memcpy(&array->data, &text.data, sizeof array->data);
	array->len = (guint)text.len;
	g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream), array);
	return stream;
}

static void
read_with_gmime(struct reading *reading)
{
	GByteArray array = { 0 };
	g_autoptr(GMimeStream) stream = stream_over(reading->gate->text, &array);
	g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
	g_autoptr(GMimeParserOptions) options = g_mime_parser_options_new();
	g_autoptr(GMimeMessage) message = NULL;

	g_mime_parser_options_set_warning_callback(options, on_warning, reading);
	g_mime_parser_set_persist_stream(parser, TRUE);
	message = g_mime_parser_construct_message(parser, options);
	if (!message) {
		message_fact_at(
		    reading->msg, reading->arena, FACT_GMIME_NULL, -1, -1, reading->gate->text, 0);
		return;
	}
	walk(reading, message);
	if (!reading->limited && reading->gate->n_masked == 0)
		differ_compare(reading->msg, reading->arena);
}

static void
parse(struct message *msg, struct arena *arena)
{
	struct gate gate;
	struct reading reading = { .msg = msg, .arena = arena, .gate = &gate };

	if (msg->lines.text.len == 0 || gate_open(msg, arena, &gate) != GATE_OPEN)
		return;
	read_with_gmime(&reading);
}

/* GLib's own complaints go nowhere: a worker may not write, and a fact is better than a line. */
static void
swallow(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer data)
{
	(void)domain;
	(void)level;
	(void)text;
	(void)data;
}

static GLogWriterOutput
swallow_structured(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
	(void)level;
	(void)fields;
	(void)n_fields;
	(void)data;
	return G_LOG_WRITER_HANDLED;
}

/* One message that walks every path on which GMime or GLib load something the first time. */
static const char warm_message[] =
    "Received: from a.example by b.example; Mon, 1 Jan 2001 00:00:00 +0000 (GMT)\r\n"
    "From: =?iso-8859-1?q?Andr=E9?= <a@a.example>\r\n"
    "To: group: b@b.example, \"C D\" <c@c.example>;, =?utf-8?b?w6k=?= <d@d.example>\r\n"
    "Subject: =?iso-8859-2?q?=E1?= =?windows-1252?q?=93?= \xe9\r\n"
    "Date: Mon, 1 Jan 2001 00:00:00 EST\r\n"
    "Message-ID: <1@a.example>\r\n"
    "References: <2@a.example>\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=x\r\n"
    "\r\n"
    "--x\r\n"
    "Content-Type: text/plain; charset=utf-8; name*0*=utf-8''a%20; name*1=b\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    "\r\n"
    "QUJD\r\n"
    "--x\r\n"
    "Content-Type: message/rfc822\r\n"
    "\r\n"
    "Subject: inner\r\n"
    "Content-Type: multipart/signed; protocol=\"a/b\"; boundary=y\r\n"
    "\r\n"
    "--y\r\n"
    "Content-Type: message/partial; id=1; number=1\r\n"
    "\r\n"
    "--y\r\n"
    "Content-Type: text/html; name=\"=?koi8-r?b?wQ==?=\"\r\n"
    "Content-Disposition: attachment; filename=f\r\n"
    "\r\n"
    "<p>\r\n"
    "--y--\r\n"
    "--x--\r\n";

static bool
warm(void)
{
	struct slice text = slice_of(warm_message, sizeof warm_message - 1);
	struct arena *arena;
	struct message msg = { .file = text, .file_size = text.len, .lines.text = text };

	if (library.warm)
		return true;
	g_log_set_default_handler(swallow, NULL);
	g_log_set_writer_func(swallow_structured, NULL, NULL);
	g_mime_init();
	arena = arena_new((size_t)1 << 20, NULL);
	if (!arena)
		return false;
	parse(&msg, arena);
	arena_free(arena);
	g_snprintf(library.gmime, sizeof library.gmime, "%u.%u.%u", gmime_major_version,
	    gmime_minor_version, gmime_micro_version);
	g_snprintf(library.glib, sizeof library.glib, "%u.%u.%u", glib_major_version,
	    glib_minor_version, glib_micro_version);
	library.warm = true;
	return true;
}

const char *
mime_library_version(void)
{
	return library.gmime;
}

const char *
mime_glib_version(void)
{
	return library.glib;
}

const struct parser parser_mime = { "mime", warm, parse };
