/* odd.c - messages that look strange and harm nobody: the test against false alarms. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "encode.h"
#include "kinds.h"

static void
finish_words(struct scene *s, struct item *item, size_t size)
{
	struct entity made = entity_words(s, size);

	item_finish(s, item, &made);
}

/* IMC 4.0 folds its Message-ID inside the angle brackets. */
static void
folded_message_id(struct scene *s, unsigned variant, struct item *item)
{
	(void)variant;
	s->mailer = mailer_at(M_IMC40);
	item->letter.field[F_MESSAGE_ID] =
	    scene_pattern(s, "<c=US\7a=_\7p=ACME\7l=EXGATE1-\5Z-%%%%\r\n\t@\3>");
	finish_words(s, item, 1500);
}

static void
long_lines(struct scene *s, unsigned variant, struct item *item)
{
	struct entity made = entity_words(s, 300);

	(void)variant;
	s->mailer = mailer_at(M_GROUPWISE);
	made = entity_text(s, "text/plain", "us-ascii", "7bit",
	    text_body(s, 5000, rng_between(&s->rng, 1010, 3000)));
	item_finish(s, item, &made);
}

static void
raw_8bit_subject(struct scene *s, unsigned variant, struct item *item)
{
	static const enum foreign sets[] = { ISO_8859_1, WINDOWS_1252, KOI8_R, WINDOWS_1250 };

	item->letter.field[F_SUBJECT] = foreign_words(s, sets[variant % 4]);
	finish_words(s, item, 900);
}

static void
quoted_encoded_word(struct scene *s, unsigned variant, struct item *item)
{
	struct buf *from = pool_str(&s->pool, "\""), *words = foreign_words(s, ISO_8859_1);

	(void)variant;
	encode_word_q(from, "iso-8859-1", words->data, words->len);
	buf_fmt(from, "\" <%s>", item->letter.from.address);
	item->letter.field[F_FROM] = from;
	finish_words(s, item, 900);
}

/* The closing boundary is not there; the last part ends as it should. */
static void
final_boundary_missing(struct scene *s, unsigned variant, struct item *item)
{
	struct entity kids[2], made;
	size_t at;

	(void)variant;
	kids[0] = entity_words(s, 500);
	kids[1] = entity_html(s, 700);
	made = entity_multipart(s, "multipart/alternative", kids, 2);
	at = buf_find_last(made.body, "\r\n--");
	made.body->len = at + 2;
	item_finish(s, item, &made);
}

static void
boundary_with_blanks(struct scene *s, unsigned variant, struct item *item)
{
	struct entity kids[2];
	unsigned serial = rng_below(&s->rng, 100000);
	struct buf *boundary = pool_fmt(&s->pool, "=_mixed %u 0046A3 E5 part", serial), *head;

	(void)variant;
	buf_byte(boundary, 0);
	kids[0] = entity_words(s, 500);
	kids[1] = entity_html(s, 700);
	head = content_type(
	    s, "multipart/alternative", "boundary", (const char *)boundary->data, NULL, NULL);
	buf_byte(head, 0);
	kids[0] = entity_multipart_as(
	    s, (const char *)head->data, (const char *)boundary->data, "", kids, 2);
	item_finish(s, item, &kids[0]);
}

static void
preamble_epilogue(struct scene *s, unsigned variant, struct item *item)
{
	struct entity kids[2], made;

	(void)variant;
	kids[0] = entity_words(s, 500);
	kids[1] = entity_html(s, 700);
	made = entity_multipart(s, "multipart/alternative", kids, 2);
	buf_insert(
	    made.body, 0, "If you can read this, your mailer knows nothing of MIME.\r\n\r\n", 60);
	buf_str(made.body, "\r\n-- \r\nThis note was checked at the gate.\r\n");
	item_finish(s, item, &made);
}

static void
date_missing(struct scene *s, unsigned variant, struct item *item)
{
	(void)variant;
	item->letter.omit = 1u << F_DATE;
	finish_words(s, item, 900);
}

static void
date_two_digits(struct scene *s, unsigned variant, struct item *item)
{
	item->letter.field[F_DATE] = pool_fmt(
	    &s->pool, "%u Mar 01 13:%02u:11 -0600", 1 + variant % 5, rng_below(&s->rng, 60));
	finish_words(s, item, 900);
}

static void
date_zone_name(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const zones[] = { "EST", "\"EST\"", "-0700 (MDT)", "GMT",
		"+0100 (MET)" };

	item->letter.field[F_DATE] = pool_fmt(
	    &s->pool, "Mon, 5 Mar 2001 13:%02u:11 %s", rng_below(&s->rng, 60), zones[variant % 5]);
	finish_words(s, item, 900);
}

static void
received_odd_date(struct scene *s, unsigned variant, struct item *item)
{
	(void)variant;
	if (!item->letter.hops)
		item->letter.hops = pool_buf(&s->pool);
	buf_fmt(item->letter.hops,
	    "Received: from unknown (HELO %s) by relay.%s (received 5 Mar 01 13:1%u)\r\n"
	    "\twith SMTP; 5 Mar 2001 19:11:04 -0000\r\n",
	    item->letter.from.host, item->letter.from.host, rng_below(&s->rng, 10));
	finish_words(s, item, 900);
}

static void
to_nobody(struct scene *s, unsigned variant, struct item *item)
{
	item->letter.field[F_TO] =
	    pool_str(&s->pool, variant % 2 ? "undisclosed-recipients:;" : "");
	finish_words(s, item, 900);
}

static void
mbox_line(struct scene *s, unsigned variant, struct item *item)
{
	(void)variant;
	item->letter.first = pool_fmt(&s->pool, "From %s Mon Mar  5 13:%02u:02 2001\r\n",
	    item->letter.from.address, rng_below(&s->rng, 60));
	finish_words(s, item, 900);
}

/* Exchange 2000 leaves this line without a colon in heads that its users paste and resend. */
static void
internet_headers_line(struct scene *s, unsigned variant, struct item *item)
{
	(void)variant;
	item->letter.first = pool_str(&s->pool, "Microsoft Mail Internet Headers Version 2.0\r\n");
	finish_words(s, item, 900);
}

static void
charset_unknown(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const sets[] = { "x-unknown", "unknown-8bit", "x-user-defined",
		"macintosh", "iso-8859-8-i" };
	struct entity made = entity_text(
	    s, "text/plain", sets[variant % 5], "8bit", foreign_text(s, ISO_8859_1, 600));

	item_finish(s, item, &made);
}

static void
tnef_bare_name(struct scene *s, unsigned variant, struct item *item)
{
	size_t at;

	kind_tnef(s, variant, item);
	at = buf_find(item->text, 0, "name=\"winmail.dat\"");
	buf_cut(item->text, at + 17, 1);
	buf_cut(item->text, at + 5, 1);
}

/* Some gateway stripped the blanks at the ends of uuencoded lines: a blank means zero bits. */
static void
uu_blanks_stripped(struct scene *s, unsigned variant, struct item *item)
{
	struct entity made = { pool_buf(&s->pool), text_body(s, 300, 72) };
	struct buf *bytes = pool_buf(&s->pool);

	(void)variant;
	s->mailer = mailer_at(M_CCMAIL);
	for (unsigned i = 0; i < 40; i++) {
		buf_add(bytes, "A table row of forty-five bytes, then nulls", 42);
		buf_fill(bytes, 0, 3);
	}
	buf_str(bytes, "the end!!");
	encode_uu(made.body, "TABLE.TXT", bytes->data, bytes->len, ' ');
	for (size_t at; (at = buf_find(made.body, 0, " \r\n")) != SIZE_MAX;)
		buf_cut(made.body, at, 1);
	item_finish(s, item, &made);
}

static void
many_recipients(struct scene *s, unsigned variant, struct item *item)
{
	unsigned n = rng_between(&s->rng, 100, 180);
	struct buf *to = pool_buf(&s->pool);

	(void)variant;
	for (unsigned i = 0; i < n; i++) {
		struct person who = s->way == WAY_IN ? person_inside(s) : person_outside(s);

		buf_fmt(to, "%s%s", i ? ",\r\n\t" : "", who.address);
		item_add_rcpt(s, item, who.address);
	}
	item->letter.field[F_TO] = to;
	finish_words(s, item, 900);
}

static void
nested_few(struct scene *s, unsigned variant, struct item *item)
{
	struct entity made = entity_words(s, 500);

	for (unsigned i = 0; i < 3 + variant % 3; i++)
		made = place(s, made, 4);
	item_finish(s, item, &made);
}

static void
control_characters(struct scene *s, unsigned variant, struct item *item)
{
	struct entity made = entity_text(s, "text/plain", "us-ascii", NULL, text_body(s, 900, 70));

	buf_str(made.body, variant % 2 ? "\f\r\nSecond page\r\n" : "\033[1mDraft\033[0m\r\n");
	item_finish(s, item, &made);
}

static void
many_received(struct scene *s, unsigned variant, struct item *item)
{
	struct buf *hops = item->letter.hops = pool_buf(&s->pool);
	unsigned n = rng_between(&s->rng, 16, 24);

	(void)variant;
	for (unsigned i = 0; i < n; i++) {
		struct buf *date = date_822(&s->pool, s->when - 3 - (time_t)i * 2, -300);

		buf_fmt(hops, "Received: by hub%u.%s id AA%05u; %.*s\r\n", i,
		    item->letter.from.host, 20000 + i * 37, (int)date->len,
		    (const char *)date->data);
	}
	finish_words(s, item, 900);
}

/* The correlator's first line is empty (Q182232). */
static void
correlator_folded(struct scene *s, unsigned variant, struct item *item)
{
	size_t at;

	kind_tnef(s, variant, item);
	at = buf_find(item->text, 0, "X-MS-TNEF-Correlator: ");
	buf_insert(item->text, at + 21, "\r\n\t", 3);
}

static void
from_after_tab(struct scene *s, unsigned variant, struct item *item)
{
	size_t at;

	kind_plain(s, variant, item);
	at = buf_find(item->text, 0, "\r\nFrom: ");
	item->text->data[at == SIZE_MAX ? 5 : at + 7] = '\t'; /* Or it is the first field. */
}

/* A copy that somebody made by hand: sound mail under a name that the service would not give. */
static void
foreign_name(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const forms[] = { "Copy of %s", "~%s.TMP", "%s.VIR", "%s.;1", "%s.eml" };
	struct buf *name = pool_buf(&s->pool);

	for (const char *c = forms[variant % 5]; *c; c++) {
		if (*c == '%')
			buf_str(name, s->spool_name);
		else if (*c != 's' || c[-1] != '%')
			buf_byte(name, (unsigned char)*c);
	}
	buf_byte(name, 0);
	item->file_name = (const char *)name->data;
	finish_words(s, item, 900);
}

/* Bulk mail with made-up hops and shouting. */
static void
forged_bulk(struct scene *s, unsigned variant, struct item *item)
{
	struct entity made = entity_html(s, 3000);

	(void)variant;
	item->letter.field[F_SUBJECT] = scene_pattern(s, "AMAZING offer for \4 !!!   [ID %%%%%%]");
	item->letter.field[F_TO] = pool_str(&s->pool, "friend@public.example");
	item->letter.extra =
	    scene_pattern(s, "X-Sender: \4\r\nComments: Authenticated sender is <%%%%%%>\r\n");
	item_finish(s, item, &made);
}

static const struct recipe odd_rows[] = {
	{ "folded-message-id", "-", WAY_IN, 10, folded_message_id,
	    "Message-ID folded inside its brackets." },
	{ "long-lines", "-", WAY_IN, 10, long_lines, "Lines over 998 bytes." },
	{ "raw-8bit-subject", "-", WAY_IN, 10, raw_8bit_subject,
	    "Subject with bare 8-bit characters." },
	{ "quoted-encoded-word", "-", WAY_IN, 10, quoted_encoded_word,
	    "RFC 2047 word within quotes." },
	{ "final-boundary-missing", "-", WAY_IN, 10, final_boundary_missing,
	    "No closing boundary, text whole." },
	{ "boundary-with-blanks", "-", WAY_IN, 10, boundary_with_blanks,
	    "Blanks inside the boundary." },
	{ "preamble-epilogue", "-", WAY_IN, 10, preamble_epilogue,
	    "Text before and after the parts." },
	{ "date-missing", "-", WAY_IN, 10, date_missing, "No Date." },
	{ "date-two-digits", "-", WAY_IN, 10, date_two_digits, "Year of two digits." },
	{ "date-zone-name", "-", WAY_IN, 10, date_zone_name, "Zone by name." },
	{ "received-odd-date", "-", WAY_IN, 10, received_odd_date,
	    "A date in a comment of Received." },
	{ "to-nobody", "-", WAY_IN, 10, to_nobody, "To empty or undisclosed." },
	{ "mbox-line", "-", WAY_IN, 10, mbox_line, "A From line of a mailbox on top." },
	{ "internet-headers-line", "-", WAY_IN, 10, internet_headers_line,
	    "The colonless line of Exchange 2000." },
	{ "charset-unknown", "-", WAY_IN, 10, charset_unknown, "A charset nobody knows." },
	{ "tnef-bare-name", "-", WAY_IN, 10, tnef_bare_name, "winmail.dat without quotes." },
	{ "uu-blanks-stripped", "-", WAY_IN, 10, uu_blanks_stripped,
	    "uuencoded lines without end blanks." },
	{ "many-recipients", "-", WAY_IN, 10, many_recipients, "Over 100 in To, all sound." },
	{ "nested-few", "-", WAY_IN, 10, nested_few, "Messages three to five deep." },
	{ "control-characters", "-", WAY_IN, 10, control_characters,
	    "Form feed or ESC in the text." },
	{ "many-received", "-", WAY_IN, 10, many_received, "More than 15 Received." },
	{ "correlator-folded", "-", WAY_IN, 10, correlator_folded,
	    "Empty first line of the correlator." },
	{ "from-after-tab", "-", WAY_IN, 10, from_after_tab, "A tab after From." },
	{ "foreign-name", "-", WAY_IN, 10, foreign_name, "Sound mail under a foreign file name." },
	{ "forged-bulk", "-", WAY_IN, 10, forged_bulk, "Bulk mail with forged head." },
};

struct recipe_list
odd_list(void)
{
	return (struct recipe_list){ odd_rows, sizeof odd_rows / sizeof *odd_rows };
}
