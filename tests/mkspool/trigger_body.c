/* trigger_body.c - damaged attachments and encodings that have hurt Exchange. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "encode.h"
#include "kinds.h"

#define COUNT(list) ((unsigned)(sizeof(list) / sizeof *(list)))

static void
vary_mailer(struct scene *s, unsigned variant)
{
	s->mailer = mailer_at(variant * 3 + 2);
}

/* An offset in the middle of base64 text that is no line end. */
static size_t
middle(const struct buf *body, unsigned percent)
{
	size_t at = body->len * percent / 100;

	while (body->data[at] == '\r' || body->data[at] == '\n' || body->data[at + 1] == '\r' ||
	       body->data[at + 1] == '\n')
		at--;
	return at;
}

static void
spoil_base64(struct scene *s, struct buf *body, unsigned variant)
{
	size_t at = middle(body, 20 + variant * 5 % 60);

	switch (variant % 6) {
	case 0: /* Bytes outside the alphabet. */
		memcpy(body->data + at, "*%", 2);
		break;
	case 1: /* Padding in the middle. */
		memcpy(body->data + at, "==", 2);
		break;
	case 2: /* Data after the padding. */
		if (!buf_ends(body, "=\r\n"))
			buf_str(body, "QQ==\r\n");
		encode_base64(body, "more after the end of it", 24, 76);
		break;
	case 3: /* No multiple of four. */
		buf_cut(body, at, 1 + variant % 2);
		break;
	case 4: /* Control and 8-bit bytes. */
		body->data[at] = 0x01;
		body->data[at + 1] = (unsigned char)(0xa0 + rng_below(&s->rng, 90));
		break;
	default: /* The last quartet is cut short, without padding. */
		while (strchr("=\r\n", body->data[body->len - 1]))
			body->len--;
		body->len--;
		buf_str(body, "\r\n");
	}
}

/* Q190556. */
static void
base64_corrupt(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const kinds[] = { "doc", "zip", "xls", "jpg", "gif", "pdf" };
	static const char *const names[] = { "a.doc", "a.zip", "a.xls", "a.jpg", "a.gif", "a.pdf" };
	struct entity made;
	size_t at;

	vary_mailer(s, variant);
	made = entity_file(s, kinds[variant % 6], names[variant % 6], 3001 + variant * 1777u);
	spoil_base64(s, made.body, variant);
	at = buf_find(made.head, 0, "base64");
	if (variant % 3 == 0)
		memcpy(made.head->data + at, "BASE64", 6);
	made = place(s, made, variant % 5 ? 2 + variant % 2 * 4 : 5);
	if (variant % 7 == 0)
		made = place(s, made, 4);
	item_finish(s, item, &made);
}

/* Cut the last group of the last data line, which then is shorter than its length byte says. */
static void
shorten_last_line(struct buf *body)
{
	size_t end = buf_find_last(body, "\r\n`\r\nend");

	if (end == SIZE_MAX)
		end = buf_find_last(body, "\r\n \r\nend");
	buf_cut(body, end - 3, 3);
}

/* Q195971: uuencode without an end, or whose last group is short. */
static void
uuencode_no_end(struct scene *s, unsigned variant, struct item *item)
{
	struct buf *bytes = file_bytes(s, variant % 2 ? "doc" : "txt", 1500 + variant * 700u);
	struct entity made = { pool_buf(&s->pool), text_body(s, 400, 72) };
	size_t len = bytes->len - (bytes->len % 45 < 12 ? 20 : 0);

	vary_mailer(s, variant);
	if (variant % 4 == 0) { /* A sound one before it. */
		encode_uu(made.body, "FIRST.DOC", bytes->data, 900, '`');
		buf_str(made.body, "\r\n");
	}
	encode_uu(made.body, variant % 2 ? "REPORT.DOC" : "notes.txt", bytes->data, len,
	    variant % 5 ? '`' : ' ');
	if (variant % 3 == 2) {
		shorten_last_line(made.body);
	} else {
		made.body->len = buf_find_last(made.body, "end\r\n");
		if (variant % 3 == 1)
			made.body->len -= 3;
		if (variant % 2)
			buf_str(made.body, "\r\n-- \r\nsent from the print room\r\n");
	}
	if (variant % 4 == 3) { /* As a part of its own. */
		made.head = pool_str(&s->pool,
		    "Content-Type: application/octet-stream; name=\"report.doc\"\r\n"
		    "Content-Transfer-Encoding: x-uuencode\r\n");
		made = place(s, made, 2);
	}
	item_finish(s, item, &made);
}

/* Q170060, Q188222: called BinHex, without the line that BinHex begins with. */
static void
binhex_no_prolog(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const heads[] = {
		"Content-Type: application/mac-binhex40; name=\"Q1 Report\"\r\n",
		"Content-Type: application/mac-binhex40\r\n"
		"Content-Disposition: attachment; filename=\"plan\"\r\n",
		"Content-Type: APPLICATION/MAC-BINHEX40;\r\n\tname=\"Layout\"\r\n",
		"Content-type: application/mac-binhex40; name=notes; x-mac-type=\"54455854\"\r\n",
		"Content-Type: application/mac-binhex40; name=\"a.sit\"\r\n"
		"Content-Description: archive\r\n"
	};
	struct buf *text = text_body(s, 900 + variant * 300u, 72);
	struct entity made = entity_of(s, heads[variant % COUNT(heads)], pool_buf(&s->pool));
	size_t at;

	vary_mailer(s, variant);
	encode_binhex(made.body, "Q1 Report", text->data, text->len);
	at = buf_find(made.body, 0, "\r\n\r\n:");
	buf_cut(made.body, 0, at + 4);
	if (variant % 4 == 1)
		buf_cut(made.body, 0, 1); /* not even the colon */
	if (variant % 4 == 2)
		buf_insert(made.body, 0, "This file was packed for you.\r\n\r\n", 33);
	if (variant % 4 == 3) {
		buf_cut(made.body, made.body->len / 2, 40);
		memcpy(made.body->data + made.body->len / 3, "\\~{", 3);
	}
	made = place(s, made, variant);
	item_finish(s, item, &made);
}

/* Q183633: a parenthesis opened in an attachment's name and never closed. */
static void
attachment_name_paren(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const heads[] = {
		"Content-Type: image/bmp\r\n"
		"Content-Disposition: attachment; filename=(JPEG-IM.BMP\r\n",
		"Content-Type: application/msword; name=\"Plan (draft.doc\"\r\n",
		"Content-Type: application/octet-stream\r\n"
		"Content-Disposition: attachment; filename=\"Budget(Q3.xls\"\r\n",
		"Content-Type: image/jpeg; name=(photo.jpg\r\nContent-Disposition: inline\r\n",
		"Content-Type: application/msword; name=\"a.doc\"\r\n"
		"Content-Disposition: attachment;\r\n\tfilename=\"Minutes (final.doc\"\r\n",
		"Content-disposition: ATTACHMENT; FILENAME=\"(OLD.DOC\"\r\n"
		"Content-type: application/msword\r\n",
		"Content-Type: image/gif;\r\n name=logo(2.gif\r\n",
		"FTBP-Modification-Date: 05 Mar 2001 10:00:00\r\nContent-Type: image/bmp\r\n"
		"Content-Disposition: attachment; filename=(SCAN-01.BMP\r\n",
		"Content-Type: application/x-zip-compressed; name=\"old((1.zip\"\r\n",
		"Content-Type: application/msword;\r\n\t"
		"name=\"Offer (rev 2.doc\";\r\n\tx-unix-mode=0644\r\n"
	};
	static const char *const kinds[] = { "bmp", "doc", "xls", "jpg", "doc", "doc", "gif", "bmp",
		"zip", "doc" };
	const char *kind = kinds[(variant - 1) % COUNT(kinds)];
	struct buf *bytes = file_bytes(s, kind, 2000 + variant * 301u), *coded = pool_buf(&s->pool);
	struct entity made;

	vary_mailer(s, variant);
	encode_base64(coded, bytes->data, bytes->len, 72);
	made = entity_of(s, heads[(variant - 1) % COUNT(heads)], coded);
	buf_str(made.head, "Content-Transfer-Encoding: base64\r\n");
	made = place(s, made, variant % 3 ? 2 : variant);
	item_finish(s, item, &made);
}

/* Offset of the length of the n-th attribute of a TNEF stream. */
static size_t
attribute_length_at(const struct buf *stream, unsigned n)
{
	size_t at = 6 + 5;

	for (; n; n--) {
		size_t len = stream->data[at] | (size_t)stream->data[at + 1] << 8 |
			     (size_t)stream->data[at + 2] << 16;

		at += 4 + len + 2 + 5;
	}
	return at;
}

static void
spoil_tnef(struct buf *stream, unsigned variant)
{
	size_t at = attribute_length_at(stream, variant % 7);

	switch (variant % 4) {
	case 0: /* The data changed after the sum was taken. */
		stream->data[attribute_length_at(stream, 4) + 6] ^= 0x15;
		break;
	case 1: /* A length far beyond the end. */
		stream->data[at + 2] = 0x7f;
		break;
	case 2: /* Cut in the middle of an attribute. */
		stream->len = attribute_length_at(stream, 7) + 9;
		break;
	default: /* A length short by some bytes: all that follows is out of step. */
		at = attribute_length_at(stream, 7);
		stream->data[at] = (unsigned char)(stream->data[at] - 5);
	}
}

/* Q152937. */
static void
tnef_damaged(struct scene *s, unsigned variant, struct item *item)
{
	struct buf *notes = text_body(s, 700, 70),
		   *stream = tnef_stream(s, "FW: spare parts", notes);
	struct entity made;

	vary_mailer(s, variant);
	spoil_tnef(stream, variant);
	made.head = content_type(
	    s, "application/ms-tnef", variant % 2 ? "name" : NULL, "winmail.dat", NULL, NULL);
	buf_str(made.head, "Content-Transfer-Encoding: base64\r\n");
	if (variant % 3)
		buf_str(made.head, "Content-Disposition: attachment; filename=\"winmail.dat\"\r\n");
	made.body = pool_buf(&s->pool);
	encode_base64(made.body, stream->data, stream->len, s->mailer->base64_width);
	made = place(s, made, variant % 5 ? 2 + variant % 2 * 4 : 5);
	item_finish(s, item, &made);
}

static struct buf *
long_url(struct scene *s, size_t len)
{
	struct buf *url = pool_fmt(&s->pool, "http://www.%s/find?q=", s->sender.host);

	while (url->len < len)
		buf_byte(url, (unsigned char)"abcdefghijklmnopqrstuvwxyz0123456789&=+"[rng_below(
				  &s->rng, 39)]);
	return url;
}

/* Q190657: a URL of more than 1,732 bytes. */
static void
url_long(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const encodings[] = { "7bit", "quoted-printable", "base64" };
	static const unsigned lengths[] = { 1733, 1800, 2000, 2100, 2500, 3000, 4096, 6000 };
	struct buf *url = long_url(s, lengths[variant % COUNT(lengths)]),
		   *text = text_body(s, 500, 70);
	bool html = variant % 3 != 0;
	struct entity made;

	vary_mailer(s, variant);
	buf_str(text, html ? "<P><A HREF=\"" : "\r\nSee ");
	buf_cat(text, url);
	buf_str(text, html ? "\">here</A></P>\r\n</BODY></HTML>\r\n" : "\r\n");
	if (html)
		buf_insert(text, 0, "<HTML><BODY>\r\n", 14);
	made = entity_text(s, html ? "text/html" : "text/plain", "us-ascii",
	    encodings[variant % 3 ? variant / 2 % 3 : 0], text);
	made = place(s, made, variant);
	item_finish(s, item, &made);
}

static const struct recipe rows[] = {
	{ "base64-corrupt", "Q190556", WAY_IN, 12, base64_corrupt,
	    "Base64 that cannot be decoded." },
	{ "uuencode-no-end", "Q195971", WAY_IN, 12, uuencode_no_end,
	    "uuencode without end or with a short group." },
	{ "binhex-no-prolog", "Q170060 Q188222", WAY_IN, 12, binhex_no_prolog,
	    "BinHex without its first line." },
	{ "attachment-name-paren", "Q183633", WAY_IN, 10, attachment_name_paren,
	    "A name with ( and no )." },
	{ "tnef-damaged", "Q152937", WAY_IN, 12, tnef_damaged,
	    "TNEF with wrong lengths or sums, or cut." },
	{ "url-long", "Q190657", WAY_IN, 12, url_long, "A URL over 1,732 bytes." },
};

struct recipe_list
triggers_body(void)
{
	return (struct recipe_list){ rows, COUNT(rows) };
}
