/* entity.c - MIME parts: text, attachments, multiparts, embedded messages. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <string.h>

#include "encode.h"
#include "letter.h"

static void
add_name(struct scene *s, struct buf *out, const char *name)
{
	for (; *name; name++) {
		int c = s->mailer->flags & MAILER_UPPER ? toupper((unsigned char)*name) : *name;

		buf_byte(out, (unsigned char)c);
	}
}

static void
add_parameter(struct scene *s, struct buf *out, const char *name, const char *value)
{
	bool bare = !strcmp(name, "charset") && s->mailer->base64_width == 76;

	buf_str(out, s->mailer->fold);
	add_name(s, out, name);
	if (bare)
		buf_fmt(out, "=%s", value);
	else
		buf_fmt(out, "=\"%s\"", value);
}

struct buf *
content_type(struct scene *s, const char *type, const char *name1, const char *value1,
    const char *name2, const char *value2)
{
	struct buf *out = pool_str(&s->pool, "Content-Type: ");

	add_name(s, out, type);
	if (name1)
		add_parameter(s, out, name1, value1);
	if (name2)
		add_parameter(s, out, name2, value2);
	buf_str(out, "\r\n");
	return out;
}

struct entity
entity_of(struct scene *s, const char *head, const struct buf *body)
{
	struct entity made = { pool_str(&s->pool, head), pool_buf(&s->pool) };

	buf_cat(made.body, body);
	return made;
}

struct entity
entity_text(struct scene *s, const char *type, const char *charset, const char *encoding,
    const struct buf *body)
{
	struct entity made = { content_type(s, type, "charset", charset, NULL, NULL),
		pool_buf(&s->pool) };

	if (encoding)
		buf_fmt(made.head, "Content-Transfer-Encoding: %s\r\n", encoding);
	if (encoding && !strcmp(encoding, "quoted-printable"))
		encode_qp(made.body, body->data, body->len);
	else if (encoding && !strcmp(encoding, "base64"))
		encode_base64(made.body, body->data, body->len, s->mailer->base64_width);
	else
		buf_cat(made.body, body);
	return made;
}

struct entity
entity_words(struct scene *s, size_t size)
{
	struct buf *body = text_body(s, size, rng_between(&s->rng, 64, 74));

	if (rng_percent(&s->rng, 15))
		return entity_text(s, "text/plain", "iso-8859-1", "quoted-printable", body);
	return entity_text(
	    s, "text/plain", "us-ascii", rng_percent(&s->rng, 50) ? "7bit" : NULL, body);
}

struct entity
entity_html(struct scene *s, size_t size)
{
	struct buf *text = text_body(s, size, 60), *html = pool_buf(&s->pool);

	buf_str(html,
	    "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.0 Transitional//EN\">\r\n<HTML><HEAD>\r\n"
	    "<META content=\"text/html; charset=iso-8859-1\" http-equiv=Content-Type>\r\n"
	    "<TITLE>Note</TITLE></HEAD>\r\n<BODY bgColor=#ffffff>\r\n"
	    "<DIV><FONT face=Arial size=2>\r\n");
	for (size_t i = 0; i < text->len; i++) {
		buf_byte(html, text->data[i]);
		if (text->data[i] == '\n' && i + 1 < text->len && text->data[i + 1] == '\r')
			buf_str(html, "<BR>");
	}
	buf_fmt(html,
	    "</FONT></DIV>\r\n<P><A href=\"http://www.%s/info/page%u.html\">more</A></P>\r\n"
	    "</BODY></HTML>\r\n",
	    s->sender.host, rng_below(&s->rng, 100));
	return entity_text(s, "text/html", "iso-8859-1", "quoted-printable", html);
}

static const char *
media_type(const char *kind)
{
	static const char *const types[][2] = { { "doc", "application/msword" },
		{ "xls", "application/vnd.ms-excel" }, { "zip", "application/x-zip-compressed" },
		{ "jpg", "image/jpeg" }, { "gif", "image/gif" }, { "pdf", "application/pdf" },
		{ "bmp", "image/bmp" }, { "txt", "text/plain" } };

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (!strcmp(kind, types[i][0]))
			return types[i][1];
	return "application/octet-stream";
}

struct entity
entity_file(struct scene *s, const char *kind, const char *name, size_t size)
{
	struct buf *bytes = file_bytes(s, kind, size);
	struct entity made = { content_type(s, media_type(kind), "name", name, NULL, NULL),
		pool_buf(&s->pool) };

	buf_fmt(made.head,
	    "Content-Transfer-Encoding: base64\r\n"
	    "Content-Disposition: attachment%sfilename=\"%s\"\r\n",
	    s->mailer->fold, name);
	encode_base64(made.body, bytes->data, bytes->len, s->mailer->base64_width);
	return made;
}

const char *
new_boundary(struct scene *s)
{
	struct buf *made = scene_pattern(s, s->mailer->boundary);

	s->boundaries++;
	buf_byte(made, 0);
	return (const char *)made->data;
}

struct entity
entity_multipart_as(struct scene *s, const char *head, const char *boundary, const char *preamble,
    const struct entity *kids, unsigned n)
{
	struct entity made = { pool_str(&s->pool, head), pool_str(&s->pool, preamble) };

	for (unsigned i = 0; i < n; i++) {
		buf_fmt(made.body, "--%s\r\n", boundary);
		buf_cat(made.body, kids[i].head);
		buf_str(made.body, "\r\n");
		buf_cat(made.body, kids[i].body);
		buf_str(made.body, "\r\n");
	}
	buf_fmt(made.body, "--%s--\r\n", boundary);
	return made;
}

struct entity
entity_multipart(struct scene *s, const char *type, const struct entity *kids, unsigned n)
{
	const char *boundary = new_boundary(s);
	struct buf *head = content_type(s, type, "boundary", boundary, NULL, NULL);

	if (!strcmp(type, "multipart/related"))
		head = content_type(s, type, "boundary", boundary, "type", "multipart/alternative");
	buf_byte(head, 0);
	return entity_multipart_as(
	    s, (const char *)head->data, boundary, s->mailer->preamble, kids, n);
}

struct entity
entity_message(struct scene *s, const struct entity *inner)
{
	struct entity made = { pool_str(&s->pool, "Content-Type: message/rfc822\r\n"),
		pool_buf(&s->pool) };
	struct item item = { .mail_from = NULL };
	struct person sender = s->sender;

	item_begin(s, &item);
	s->sender = sender;
	letter_head(s, &item.letter, inner, made.body);
	buf_str(made.body, "\r\n");
	buf_cat(made.body, inner->body);
	return made;
}

struct entity
place(struct scene *s, struct entity culprit, unsigned where)
{
	struct entity kids[3];

	switch (where % N_PLACES) {
	case 0:
		return culprit;
	case 1:
		kids[0] = culprit;
		kids[1] = entity_words(s, 400);
		return entity_multipart(s, "multipart/mixed", kids, 2);
	case 2:
		kids[0] = entity_words(s, 600);
		kids[1] = culprit;
		return entity_multipart(s, "multipart/mixed", kids, 2);
	case 3:
		kids[0] = culprit;
		kids[1] = entity_html(s, 500);
		kids[0] = entity_multipart(s, "multipart/alternative", kids, 2);
		kids[1] = entity_file(s, "doc", "notes.doc", 6000);
		return entity_multipart(s, "multipart/mixed", kids, 2);
	case 4:
		kids[0] = entity_words(s, 300);
		kids[1] = entity_message(s, &culprit);
		return entity_multipart(s, "multipart/mixed", kids, 2);
	case 5:
		culprit = place(s, culprit, 2);
		return place(s, culprit, 4);
	default:
		kids[0] = entity_words(s, 300);
		kids[1] = entity_file(s, "gif", "logo.gif", 1500);
		kids[2] = culprit;
		return entity_multipart(s, "multipart/mixed", kids, 3);
	}
}
