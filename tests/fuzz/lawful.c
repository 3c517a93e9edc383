/*
 * lawful.c - writes random messages that obey RFC 2046, and notes where.
 *
 * Each part ends before the line end of the delimiter that follows it. Boundaries carry the number
 * of their level, so that none begins with another, and siblings use the same one again. No line of
 * text begins with "--" and a 'b', as all boundaries do, or with a dot.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lawful.h"

#include <string.h>

/* A multipart or message that is being written. */
struct level {
	int part;
	bool digest;
	unsigned n_children, n_wanted;
	struct buf *boundary; /* NULL: a message */
};

struct writer {
	struct lawful *lawful;
	struct slice choices;
	size_t pos;
	const char *eol;
	struct level levels[LAWFUL_DEPTH];
	unsigned n_levels;
};

/* A number below n; 0 once the bytes are used up, so that every message ends. */
static unsigned
choose(struct writer *writer, unsigned n)
{
	return writer->pos < writer->choices.len ? writer->choices.data[writer->pos++] % n : 0;
}

static size_t
here(const struct writer *writer)
{
	return writer->lawful->text->len;
}

/* Add text, with the line end of the message for each '\n'. */
static void
put(struct writer *writer, const char *text)
{
	struct buf *out = writer->lawful->text;

	for (; *text; text++) {
		if (*text == '\n')
			buf_str(out, writer->eol);
		else
			buf_byte(out, (unsigned char)*text);
	}
}

/* ---- text ---- */

/* A line that the encoding may hold. */
static void
put_line(struct writer *writer, enum encoding encoding)
{
	static const char *const starts[] = { "", "--", "-- b1e", "--x", "-", "Content-Type: a/b",
		"--B1E--", " --b1e", "x" };
	unsigned start, most = encoding == ENCODING_QP ? 60 : 90;

	if (encoding == ENCODING_BASE64) {
		for (unsigned n = choose(writer, 19); n > 0; n--)
			put(writer, "QUJD");
		return;
	}
	start = choose(writer, sizeof starts / sizeof *starts);
	put(writer, starts[start]);
	for (unsigned n = start == 1 ? 0 : choose(writer, most); n > 0; n--) {
		unsigned char byte = (unsigned char)('/' + choose(writer, 0x7f - '/'));

		buf_byte(writer->lawful->text, encoding == ENCODING_QP && byte == '=' ? '<' : byte);
	}
}

/* Some lines, without the last line end. */
static void
put_lines(struct writer *writer, enum encoding encoding)
{
	unsigned n = choose(writer, 5);

	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			put(writer, "\n");
		put_line(writer, encoding);
	}
}

static void
put_other_fields(struct writer *writer)
{
	static const char *const fields[] = { "X-A: b\n", "Content-ID: <1@a.example>\n",
		"Content-Description: a\n\tb\n", "X-B:\n c: d\n" };

	for (unsigned n = choose(writer, 4); n > 0; n--)
		put(writer, fields[choose(writer, sizeof fields / sizeof *fields)]);
}

/* ---- headers ---- */

/* The forms that a boundary parameter may take; RFC 2045 section 5.1, RFC 2231 section 3. */
static struct buf *
put_boundary(struct writer *writer)
{
	static const char *const tails[] = { "", "_=", "'()+,-./:?", " x y", "--" };
	unsigned tail = choose(writer, sizeof tails / sizeof *tails);
	struct buf *boundary =
	    pool_fmt(&writer->lawful->pool, "b%ue%s", writer->n_levels, tails[tail]);
	unsigned form = tail ? 1 + choose(writer, 2) : choose(writer, 6);

	if (form == 0)
		put(writer, "; boundary=");
	else if (form == 1)
		put(writer, "; boundary=\"");
	else if (form == 2)
		put(writer, ";\n\tcharset=us-ascii;\n BOUNDARY=\"");
	else if (form == 3)
		put(writer, " (a; boundary=c) ; boundary=");
	else if (form == 4)
		put(writer, ";boundary*0=");
	else
		put(writer, "; type=\"a/b; boundary=c\"; boundary=");
	buf_cat(writer->lawful->text, boundary);
	put(writer, form == 1 || form == 2 ? "\"" : "");
	put(writer, "\n");
	return boundary;
}

/* How a leaf may say its type, encoding and name, and what any reader must take from it. */
struct way {
	const char *field, *means, *name;
	enum encoding encoding;
};

static const struct way types[] = {
	{ "text/plain", "text/plain" },
	{ "application/octet-stream; name=a", "application/octet-stream", "a" },
	{ "Text/HTML; charset=\"us-ascii\"", "text/html" },
	{ "image/gif", "image/gif" },
	{ "TEXT/plain;charset=us-ascii", "text/plain" },
	{ "text/plain (b; c)", "text/plain" },
	{ "application/x-own+a; a=b;\n\tc=\"d; name=e\"", "application/x-own+a" },
	{ "image/x-own;\n name=\"a b; c\"; x=y", "image/x-own", "a b; c" },
};

static const struct way encodings[] = {
	{ "7bit", .encoding = ENCODING_7BIT },
	{ "8BIT", .encoding = ENCODING_8BIT },
	{ "binary", .encoding = ENCODING_BINARY },
	{ "Quoted-Printable", .encoding = ENCODING_QP },
	{ "base64", .encoding = ENCODING_BASE64 },
	{ "\n BASE64", .encoding = ENCODING_BASE64 },
};

static const struct way dispositions[] = {
	{ "inline" },
	{ "attachment; filename=f.txt", .name = "f.txt" },
	{ "ATTACHMENT;\n\tFileName=\"g h.txt\"; size=7", .name = "g h.txt" },
	{ "attachment; filename=\"i\\\"j\"", .name = "i\"j" },
	{ "attachment; filename*=utf-8''%c3%a9.txt", .name = "" },
	{ "attachment; filename*0=kl; filename*1=\"m n\"", .name = "klm n" },
	{ "x-own; filename=\"o;p\"", .name = "o;p" },
};

#define CHOOSE(writer, ways) (&(ways)[choose(writer, sizeof(ways) / sizeof(ways)[0])])

static void
put_way(struct writer *writer, const char *name, const struct way *way)
{
	put(writer, name);
	put(writer, way->field);
	put(writer, "\n");
}

/* The fields of a leaf, each of which may be absent. */
static void
put_leaf_fields(struct writer *writer, struct lawful_part *part, bool in_digest)
{
	const struct way *way;

	part->type = "text/plain";
	if (in_digest || choose(writer, 3)) {
		way = CHOOSE(writer, types);
		put_way(writer, "Content-Type: ", way);
		part->type = way->means;
		part->name = way->name;
	}
	if (choose(writer, 2)) {
		way = CHOOSE(writer, encodings);
		put_way(writer, "content-transfer-Encoding: ", way);
		part->encoding = way->encoding;
	}
	if (choose(writer, 2)) {
		way = CHOOSE(writer, dispositions);
		put_way(writer, "Content-Disposition: ", way);
		part->name = way->name ? way->name : part->name;
	}
}

/* The Content-Type of a part; opens a level for what it will hold. */
static void
put_type(struct writer *writer, enum part_kind kind, bool in_digest)
{
	static const char *const multiparts[] = { "mixed", "ALTERNATIVE", "related", "digest" };
	struct level *level = &writer->levels[writer->n_levels];
	unsigned sub;

	if (kind == PART_MESSAGE) {
		*level = (struct level){ .part = writer->lawful->n_parts - 1, .n_wanted = 1 };
		writer->n_levels++;
		if (!in_digest || choose(writer, 2))
			put(writer, "Content-Type: message/rfc822\n");
	} else if (kind == PART_MULTIPART) {
		sub = choose(writer, sizeof multiparts / sizeof *multiparts);
		*level = (struct level){ .part = writer->lawful->n_parts - 1,
			.digest = sub == 3,
			.n_wanted = 1 + choose(writer, 4) };
		put(writer, "CONTENT-type: multipart/");
		put(writer, multiparts[sub]);
		level->boundary = put_boundary(writer);
		writer->n_levels++;
	}
}

/* ---- parts ---- */

/* Write a part up to the begin of what it holds; a leaf is written whole. */
static void
begin_part(struct writer *writer)
{
	struct lawful *lawful = writer->lawful;
	struct level *level = writer->n_levels ? &writer->levels[writer->n_levels - 1] : NULL;
	struct lawful_part *part = &lawful->parts[lawful->n_parts++];
	bool top = !level || !level->boundary, in_digest = level && level->digest;
	bool room = writer->n_levels < LAWFUL_DEPTH && lawful->n_parts < LAWFUL_PARTS - 1;

	*part = (struct lawful_part){ .parent = level ? level->part : -1 };
	part->kind = room ? (enum part_kind)choose(writer, 3) : PART_LEAF;
	if (level)
		level->n_children++;
	part->header.from = here(writer);
	if (top)
		put(writer, "From: a@b.example\nMIME-Version: 1.0\n");
	put_other_fields(writer);
	if (part->kind == PART_LEAF)
		put_leaf_fields(writer, part, in_digest);
	else
		put_type(writer, part->kind, in_digest);
	part->header.end = here(writer);
	put(writer, "\n");
	part->body.from = here(writer);
	if (part->kind == PART_LEAF)
		put_lines(writer, part->encoding);
	part->body.end = here(writer);
	part->preamble = (struct lawful_span){ part->body.from, part->body.from };
	if (part->kind != PART_MULTIPART)
		return;
	put_lines(writer, ENCODING_NONE);
	part->preamble.end = here(writer);
}

/* The line end before a delimiter, which belongs to it, and the delimiter. */
static void
put_delimiter(struct writer *writer, const struct level *level, const char *closing)
{
	const struct lawful_part *part = &writer->lawful->parts[level->part];

	if (here(writer) > part->body.from)
		put(writer, "\n");
	put(writer, "--");
	buf_cat(writer->lawful->text, level->boundary);
	put(writer, closing);
	put(writer, choose(writer, 8) == 7 ? " \t" : "");
}

static void
end_level(struct writer *writer)
{
	const struct level *level = &writer->levels[--writer->n_levels];
	struct lawful_part *part = &writer->lawful->parts[level->part];

	if (level->boundary) {
		put_delimiter(writer, level, "--");
		part->has_epilogue = choose(writer, 3) == 2;
		if (part->has_epilogue) {
			put(writer, "\n");
			part->epilogue.from = here(writer);
			put_lines(writer, ENCODING_NONE);
			part->epilogue.end = here(writer);
		}
	}
	part->body.end = here(writer);
}

/* The last line end of the text belongs to all that no delimiter ended. */
static void
end_text(struct writer *writer)
{
	struct lawful *lawful = writer->lawful;

	put(writer, "\n");
	for (int i = 0; i < lawful->n_parts; i++) {
		lawful->parts[i].body.end = here(writer);
		if (lawful->parts[i].has_epilogue)
			lawful->parts[i].epilogue.end = here(writer);
		if (lawful->parts[i].kind != PART_MESSAGE)
			break;
	}
}

void
lawful_write(struct lawful *lawful, struct slice choices, const char *eol)
{
	struct writer writer = { .lawful = lawful, .choices = choices, .eol = eol };

	lawful->pool = (struct pool){ NULL };
	lawful->text = pool_buf(&lawful->pool);
	lawful->n_parts = 0;
	begin_part(&writer);
	while (writer.n_levels > 0) {
		const struct level *level = &writer.levels[writer.n_levels - 1];
		bool full = lawful->n_parts + (int)LAWFUL_DEPTH >= LAWFUL_PARTS;

		if (level->n_children == level->n_wanted || (full && level->n_children > 0)) {
			end_level(&writer);
			continue;
		}
		if (level->boundary) {
			put_delimiter(&writer, level, "");
			put(&writer, "\n");
		}
		begin_part(&writer);
	}
	end_text(&writer);
}

void
lawful_free(struct lawful *lawful)
{
	pool_clear(&lawful->pool);
}
