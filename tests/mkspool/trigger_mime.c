/* trigger_mime.c - faults of Content-Type, boundaries and nesting that have hurt Exchange. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "kinds.h"

#define COUNT(list) ((unsigned)(sizeof(list) / sizeof *(list)))

/* A mailer for every variant, so that head order, folding and boundary style differ. */
static void
vary_mailer(struct scene *s, unsigned variant)
{
	s->mailer = mailer_at(variant * 5 + 3);
}

/* MS00-082, Q278320, Q293288: a charset that is blank once its quotes are gone. */
static void
charset_empty(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const heads[] = { "Content-Type: text/plain; charset=\"\"\r\n",
		"Content-Type: text/plain;\r\n\tcharset = \"\"\r\n"
		"Content-Transfer-Encoding: 7bit\r\n",
		"Content-Type: text/html; charset=\" \"\r\n",
		"Content-type: text/plain; CHARSET=\"\"; format=flowed\r\n",
		"Content-Transfer-Encoding: 7bit\r\n"
		"Content-Type: text/plain; format=flowed; charset=\"\"\r\n",
		"CONTENT-TYPE: TEXT/PLAIN; CHARSET = \"  \"\r\n",
		"Content-Type: text/plain;\r\n charset=\"\";\r\n name=\"note.txt\"\r\n",
		"Content-Type: text/plain; charset=\"\t\"\r\nContent-Disposition: inline\r\n",
		"Content-Type:\r\n\ttext/plain;\r\n\tcharset=\r\n\t\"\"\r\n",
		"Content-Type: text/html;\tcharset=\"\"\r\nContent-Transfer-Encoding: 8bit\r\n",
		"Content-Type: text/plain ; charset=\"\" ; delsp=no\r\n",
		"Content-Type: text/enriched; charset= \"\"\r\n" };
	struct entity made;

	vary_mailer(s, variant);
	made = entity_of(s, heads[(variant - 1) % COUNT(heads)], text_body(s, 700, 70));
	made = place(s, made, variant + 1);
	item_finish(s, item, &made);
}

/* Q275714: a null boundary string. */
static void
boundary_empty(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const heads[] = { "Content-Type: multipart/mixed; boundary=\"\"\r\n",
		"Content-Type: multipart/alternative;\r\n\tboundary=\"\"\r\n",
		"Content-Type: multipart/mixed; boundary=\r\n",
		"Content-type: multipart/mixed; BOUNDARY=\"\"\r\n",
		"Content-Type: multipart/mixed; boundary = \" \"\r\n",
		"Content-Type: multipart/related; boundary=\"\"; type=\"text/html\"\r\n",
		"Content-Type: multipart/related; type=\"text/html\";\r\n boundary=\"\"\r\n",
		"CONTENT-TYPE: MULTIPART/MIXED; BOUNDARY = \"\"\r\n",
		"Content-Type: multipart/report; report-type=delay;\r\n\tboundary=\"\"\r\n",
		"Content-Type: multipart/mixed;\r\n\tboundary=;\r\n\tcharset=\"us-ascii\"\r\n",
		"Content-Type: multipart/alternative; boundary=\"  \"\r\n",
		"Content-Type:\r\n\tmultipart/mixed;\r\n\tboundary=\r\n\t\"\"\r\n" };
	static const char *const delimiters[] = { "", "----=_NextPart_000", "=_part" };
	struct entity kids[2];

	vary_mailer(s, variant);
	kids[0] = entity_words(s, 500);
	kids[1] = variant % 2 ? entity_html(s, 600) : entity_file(s, "doc", "plan.doc", 5000);
	kids[0] = entity_multipart_as(s, heads[(variant - 1) % COUNT(heads)],
	    delimiters[variant % 3], variant % 4 ? MIME_NOTE : "", kids, 2);
	kids[0] = place(s, kids[0], variant % 3 ? 0 : 4);
	item_finish(s, item, &kids[0]);
}

/* Q157705: a digest one of whose messages is in a Japanese code page. */
static void
digest_foreign(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const sets[] = { "iso-2022-jp", "shift_jis", "ISO-2022-JP", "Shift_JIS",
		"x-sjis" };
	struct entity posts[5], kids[2];
	unsigned n = 3 + variant % 3;

	kind_list(s, variant, item);
	vary_mailer(s, variant);
	for (unsigned i = 0; i < n; i++) {
		unsigned set = variant % COUNT(sets);
		enum foreign which = set % 2 ? SHIFT_JIS : ISO_2022_JP;
		struct entity inner = entity_words(s, 600);

		if (set == 4)
			which = SHIFT_JIS;
		if (i == variant % n)
			inner = entity_text(s, "text/plain", sets[set],
			    which == SHIFT_JIS ? "8bit" : "7bit", foreign_text(s, which, 500));
		posts[i] = digest_part(s, &inner, variant % 2);
	}
	kids[1] = entity_multipart(s, "multipart/digest", posts, n);
	kids[0] = kids[1];
	if (variant % 3) {
		kids[0] = entity_words(s, 300);
		kids[0] = entity_multipart(s, "multipart/mixed", kids, 2);
	}
	item_finish(s, item, &kids[0]);
}

/* Q161887, Q190016: a cascade of embedded messages. */
static void
nested_deep(struct scene *s, unsigned variant, struct item *item)
{
	static const unsigned depths[] = { 12, 14, 16, 20, 24, 28, 32, 36, 42, 48, 54, 60 };
	unsigned depth = depths[(variant - 1) % COUNT(depths)];
	struct entity made;

	vary_mailer(s, variant);
	made = entity_words(s, 400);
	for (unsigned i = 0; i < depth; i++) {
		if (variant % 3 == 0)
			made = place(s, made, 4);
		else
			made = entity_message(s, &made);
	}
	if (variant % 2)
		made = place(s, made, 2);
	item_finish(s, item, &made);
}

/* Q304024: characters in Content-Type that may not stand there. */
static void
content_type_illegal(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const heads[] = { "Content-Type: text/plain\001; charset=us-ascii\r\n",
		"Content-Type: te\377xt/plain; charset=us-ascii\r\n",
		"Content-Type: text/pl@in; charset=us-ascii\r\n",
		"Content-Type: application/[word]; name=\"a.doc\"\r\n",
		"Content-Type: text/plain; char\200set=us-ascii\r\n",
		"Content-Type: application/\342\225\226\025ms; name=\"x\"\r\n",
		"Content-Type: text/<html>; charset=us-ascii\r\n",
		"Content-Type: text/plain; \033\007=us-ascii\r\n",
		"Content-type: image/\\\\jpeg\177; name=\"p.jpg\"\r\n",
		"CONTENT-TYPE: TEXT/PLAIN\002\003; CHARSET=US-ASCII\r\n",
		"Content-Type: text/plain;\r\n\tcharset=us-ascii\010\010\r\n",
		"Content-Type: application/x?y=z; name=\"y.bin\"\r\n" };
	struct entity made;

	vary_mailer(s, variant);
	made = entity_of(s, heads[(variant - 1) % COUNT(heads)], text_body(s, 500, 70));
	made = place(s, made, variant);
	item_finish(s, item, &made);
}

/* Replace the first from with to; the text must hold it. */
static void
replace(struct buf *in, size_t start, const char *from, const char *to)
{
	size_t at = buf_find(in, start, from);

	if (at == SIZE_MAX)
		return;
	buf_cut(in, at, strlen(from));
	buf_insert(in, at, to, strlen(to));
}

/* Q168139 names bad TNEF beside the bad heads. */
static void
spoil_with_tnef(struct scene *s, struct entity kids[2])
{
	kids[1].head = pool_str(&s->pool, "Content-Type application/ms-tnef\r\nname=winmail.dat\r\n"
					  "Content-Transfer-Encoding base64\r\n");
	kids[1].body =
	    pool_str(&s->pool, "eJ8+IgEQAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADo\r\n");
}

/* Q178344, Q186205, Q168139: multipart whose structure cannot be read. */
static void
mime_malformed(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const heads[] = { "Content-Type: multipart/mixed\r\n",
		"Content-Type: multipart/mixed; charset=\"us-ascii\"\r\n",
		"Content-Type: multipart/alternative;\r\n",
		"Content-type: Multipart/Mixed; name=\"x\"\r\n" };
	static const char *const broken[] = { "Content-Type text/plain\r\n<text/plain>\r\n",
		"Content Type: text/plain charset us-ascii\r\n\001\002\r\n",
		"=20Content-Type=3A text/plain\r\ntext\r\n" };
	struct entity kids[2];
	const char *boundary;

	vary_mailer(s, variant);
	kids[0] = entity_words(s, 500);
	kids[1] = entity_html(s, 600);
	boundary = new_boundary(s);
	if (variant % 3 == 0 && variant > 6)
		spoil_with_tnef(s, kids);
	else if (variant % 3 == 0)
		kids[variant % 2].head = pool_str(&s->pool, broken[variant / 3 % 3]);
	if (variant % 3 == 1) {
		kids[0] =
		    entity_multipart_as(s, heads[variant / 3 % 4], boundary, MIME_NOTE, kids, 2);
	} else {
		kids[0] = entity_multipart(
		    s, variant % 4 ? "multipart/mixed" : "multipart/alternative", kids, 2);
		if (variant % 3 == 2) {
			size_t at = buf_find(kids[0].head, 0, "oundary=\"");

			if (at == SIZE_MAX)
				at = buf_find(kids[0].head, 0, "OUNDARY=\"");
			buf_insert(kids[0].head, at + 9, "never-", 6);
		}
	}
	item_finish(s, item, &kids[0]);
}

/* Q217155: the first boundary line is gone; its part has become a large preamble. */
static void
boundary_first_missing(struct scene *s, unsigned variant, struct item *item)
{
	struct entity kids[3];
	size_t at;

	vary_mailer(s, variant);
	kids[0] = entity_words(s, 1500u * variant);
	kids[1] = entity_html(s, 900);
	kids[2] = entity_file(s, "xls", "list.xls", 6000);
	kids[0] = entity_multipart(
	    s, variant % 2 ? "multipart/mixed" : "multipart/alternative", kids, 2 + variant % 2);
	at = buf_find(kids[0].body, 0, "\r\n--");
	at = at == SIZE_MAX || buf_find(kids[0].body, 0, "--") == 0 ? 0 : at + 2;
	buf_cut(kids[0].body, at, buf_find(kids[0].body, at, "\n") + 1 - at);
	if (variant % 4 == 0)
		kids[0] = place(s, kids[0], 2);
	item_finish(s, item, &kids[0]);
}

/* Q166026: a line without a colon in the head of a text message, and a stray parenthesis. */
static void
header_no_colon(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const lines[] = { "Reply-to robin.hale@brookfield.example)\r\n",
		"Sender postmaster@northgate.example)\r\n", "X-Loop planning@redmill.example)\r\n",
		"Errors-To owner@lakeshore.example )\r\n", "Resent-From a.dale@summit.example)\r\n",
		"Apparently-To jody@acme.example)\r\n" };
	static const char *const after[] = {
		"\r\nFrom:", "\r\nTo:", "\r\nSubject:", "\r\nDate:", "\r\nContent-"
	};
	struct entity made;
	size_t at;

	vary_mailer(s, variant);
	made = entity_text(s, "text/plain", "us-ascii", NULL, text_body(s, 900, 70));
	item_finish(s, item, &made);
	at = buf_find(item->text, 0, after[variant % 5]);
	if (at == SIZE_MAX)
		at = buf_find(item->text, 0, "\r\nFrom:");
	buf_insert(item->text, at + 2, lines[variant % 6], strlen(lines[variant % 6]));
	if (variant % 4 == 0)
		replace(item->text, at, ")\r\n", "\r\n");
}

static const struct recipe rows[] = {
	{ "charset-empty", "MS00-082 Q278320 Q293288", WAY_IN, 12, charset_empty,
	    "A charset that is empty or blank." },
	{ "boundary-empty", "Q275714", WAY_IN, 12, boundary_empty, "A null boundary string." },
	{ "digest-foreign-charset", "Q157705", WAY_IN, 12, digest_foreign,
	    "A digest with a Japanese message." },
	{ "nested-deep", "Q161887 Q190016", WAY_IN, 12, nested_deep,
	    "Messages within messages, 12 to 60." },
	{ "content-type-illegal", "Q304024", WAY_IN, 12, content_type_illegal,
	    "Illegal characters in Content-Type." },
	{ "mime-malformed-rewind", "Q178344 Q186205 Q168139", WAY_IN, 12, mime_malformed,
	    "Unreadable multipart." },
	{ "boundary-first-missing", "Q217155", WAY_IN, 12, boundary_first_missing,
	    "The first boundary is gone." },
	{ "header-no-colon", "Q166026", WAY_IN, 12, header_no_colon,
	    "A head line without a colon." },
};

struct recipe_list
triggers_mime(void)
{
	return (struct recipe_list){ rows, COUNT(rows) };
}
