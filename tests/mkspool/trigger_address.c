/* trigger_address.c - faults of addresses and recipients that have hurt the IMC or the store. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <string.h>

#include "encode.h"
#include "kinds.h"

#define COUNT(list) ((unsigned)(sizeof(list) / sizeof *(list)))

static void
vary_mailer(struct scene *s, unsigned variant)
{
	s->mailer = mailer_at(variant * 9 + 1);
}

static void
finish_words(struct scene *s, struct item *item)
{
	struct entity made = entity_words(s, 900);

	item_finish(s, item, &made);
}

/* A field body that may hold NULs: in the text given, \377 stands for one. */
static struct buf *
with_nul(struct scene *s, const char *text)
{
	struct buf *made = pool_str(&s->pool, text);

	for (size_t i = 0; i < made->len; i++)
		if (made->data[i] == 0xff)
			made->data[i] = 0;
	return made;
}

/* Q301690: the parts of the head from which the address lists are built are damaged. */
static void
address_damaged(struct scene *s, unsigned variant, struct item *item)
{
	static const struct {
		enum field field;
		const char *text;
	} forms[] = {
		{ F_FROM, "\"Hale, Robin <robin.hale@brookfield.example>" },
		{ F_TO, "Jody Marsh <jody.marsh@acme.example" },
		{ F_CC, "casey.dale@acme.example (Casey Dale" },
		{ F_FROM, "Robin\003Hale <robin\005hale@brookfield.example>" },
		{ F_TO, "\"Jody\377Marsh\" <jody.marsh@acme.example>" },
		{ F_REPLY_TO, "<alex.kerr@northgate.example" },
		{ F_FROM, "robin.hale\377\377@brookfield.example" },
		{ F_TO, "\"Jody Marsh <jody.marsh@acme.example>,\r\n\tcasey.dale@acme.example" },
		{ F_SENDER, "Alex Kerr (office <alex.kerr@northgate.example>" },
		{ F_CC, "Casey Dale \"casey.dale@acme.example>, \001\002\006" },
		{ F_FROM, "\"Robin Hale\\\" <robin.hale@brookfield.example>" },
		{ F_TO, "jody.marsh@acme.example, <<casey.dale@acme.example>, \"lee" },
	};
	unsigned row = (variant - 1) % COUNT(forms);

	vary_mailer(s, variant);
	item->letter.field[forms[row].field] = with_nul(s, forms[row].text);
	if (variant % 3 == 0)
		item->letter.omit |= 1u << F_DATE;
	finish_words(s, item);
}

/* Q231748: To or Cc with a comma inside a comment. */
static void
address_comment_comma(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const forms[] = { "Jody Marsh (Marsh,Jody);",
		"jody.marsh@acme.example (Marsh, Jody)", "(Marsh,Jody) jody.marsh@acme.example",
		"\"Jody\" <jody.marsh@acme.example> (Sales, East), lee@acme.example",
		"casey@acme.example,\r\n\tjody.marsh@acme.example (Marsh,\r\n\t Jody)",
		"jody.marsh@acme.example (a (b,c) d)", "casey (X,Name); jody.marsh@acme.example",
		"jody.marsh@acme.example (desk 4, floor 2), casey@acme.example (Dale, C.)",
		"Jody Marsh(Marsh,Jody) <jody.marsh@acme.example>",
		"jody.marsh(Accounts,North)@acme.example", "lee@acme.example (,)",
		"team: jody.marsh@acme.example (Marsh,Jody), lee@acme.example;" };
	const char *form = forms[(variant - 1) % COUNT(forms)];

	vary_mailer(s, variant);
	item->letter.field[variant % 3 ? F_TO : F_CC] = pool_str(&s->pool, form);
	finish_words(s, item);
}

/* Q193782: an encapsulated address whose + is not followed by two hexadecimal digits, or cut. */
static void
imcea_damaged(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const forms[] = {
		"IMCEAEX-_O=ACME_OU=HQ_CN=RECIPIENTS_CN=JMARSH+4@acme.example",
		"IMCEAX400-c=US+3Ba=+2ZZ+3Bp=ACME+3Bs=Marsh@acme.example",
		"IMCEAEX-_O=ACME_OU=HQ+@acme.example", "IMCEA-+20Marsh@acme.example",
		"IMCEACCMAIL-Marsh+2C+2+20Jody+20at+20HQ@acme.example",
		"IMCEAMS-ACME+2FHQ+2FJMARSH+G0@acme.example",
		"imceaex-_o=acme_ou=hq_cn=recipients_cn=jm+x1@acme.example",
		"IMCEAEX-_O=ACME\001_OU=HQ_CN=JMARSH@acme.example",
		"IMCEANOTES-Jody+20Marsh+2@acme.example",
		"IMCEAFAX-Marsh+40+2B1+20555+2H@acme.example",
		"IMCEAEX-_O=ACME_OU=HQ_CN=RECIPIENTS_CN=JMARSH+2",
		"IMCEAX400-c+3DUS+3Ba+3D+20+3Bp+3DACME+3@acme.example"
	};
	static const enum field fields[] = { F_TO, F_FROM, F_CC, F_REPLY_TO };
	const char *form = forms[(variant - 1) % COUNT(forms)];
	enum field field = fields[variant % 4];

	vary_mailer(s, variant);
	item->letter.field[field] =
	    pool_fmt(&s->pool, variant % 2 ? "\"Marsh, Jody\" <%s>" : "<%s>", form);
	if (field == F_TO)
		item_add_rcpt(s, item, form);
	finish_words(s, item);
}

/* Q169174: an envelope address over 1 KB, and no lawful one. */
static void
envelope_address_long(struct scene *s, unsigned variant, struct item *item)
{
	static const unsigned lengths[] = { 1025, 1100, 1500, 2048, 3000, 4100, 6000, 9000 };
	unsigned len = lengths[variant % COUNT(lengths)];
	struct buf *address = pool_buf(&s->pool);

	vary_mailer(s, variant);
	if (variant % 3 == 0)
		buf_str(address, "@relay.example,@hub.example:");
	while (address->len < len)
		buf_byte(
		    address, (unsigned char)(variant % 4 ? 'a' + rng_below(&s->rng, 26) : 'A'));
	if (variant % 2)
		buf_str(address, "@acme.example");
	if (variant % 2) {
		buf_byte(address, 0);
		item_add_rcpt(s, item, (const char *)address->data);
	} else {
		item->mail_from = pool_str(&s->pool, "<");
		buf_cat(item->mail_from, address);
		buf_str(item->mail_from, ">");
	}
	finish_words(s, item);
}

/* Q152930: no From field, and an originator of more than 64 characters. */
static void
mail_from_long(struct scene *s, unsigned variant, struct item *item)
{
	vary_mailer(s, variant);
	item->mail_from = pool_str(&s->pool, "<");
	while (item->mail_from->len < 44 + variant * 15)
		buf_str(item->mail_from, variant % 2 ? "bounce-" : "list.return.");
	buf_fmt(item->mail_from, "%u@%s>", variant, item->letter.from.host);
	item->letter.omit = 1u << F_FROM;
	if (variant % 3 == 0)
		item->letter.field[F_REPLY_TO] = pool_str(&s->pool, item->letter.from.address);
	finish_words(s, item);
}

/* Q272672: more than 32,766 recipients. */
static void
recipients_too_many(struct scene *s, unsigned variant, struct item *item)
{
	static const unsigned counts[] = { 32767, 32768, 32800, 33000, 33500, 34000, 35000, 36000,
		38000, 40000 };
	unsigned n = counts[(variant - 1) % COUNT(counts)];
	char address[48];

	vary_mailer(s, variant);
	for (unsigned i = 0; i < n; i++) {
		snprintf(address, sizeof address, "u%u@acme.example", i + variant * 100000);
		item_add_rcpt(s, item, address);
	}
	item->letter.field[F_TO] = pool_str(&s->pool, "everybody@acme.example");
	finish_words(s, item);
}

/* Q166570, Q194896: a large list with addresses that cannot be read. */
static void
recipients_invalid(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const bad[] = { "jody marsh", "casey@", "@acme.example",
		"lee@@acme.example", "\"unclosed@acme.example", "kim@acme..example", "no-domain",
		"sasha@[10.1.2", "dana@acme.example extra", "pat,terry@acme.example" };
	unsigned n = 60 + variant * 31, n_bad = 0;
	char address[64];

	s->mailer = mailer_at(variant % 3 ? M_PEGASUS : variant);
	for (unsigned i = 0; i < n; i++) {
		bool spoiled = i % (3 + variant) == 2;

		snprintf(address, sizeof address, "member%u@acme.example", i);
		item_add_rcpt(s, item, spoiled ? bad[(variant + n_bad % 3) % COUNT(bad)] : address);
		n_bad += spoiled;
	}
	item->letter.field[F_TO] = pool_str(&s->pool, "members@lists.acme.example");
	finish_words(s, item);
}

static const struct recipe rows[] = {
	{ "address-damaged", "Q301690", WAY_IN, 12, address_damaged,
	    "Unbalanced or control bytes in an address." },
	{ "address-comment-comma", "Q231748", WAY_IN, 12, address_comment_comma,
	    "A comma in a comment of To or Cc." },
	{ "imcea-damaged", "Q193782", WAY_IN, 12, imcea_damaged, "A damaged IMCEA address." },
	{ "envelope-address-long", "Q169174", WAY_IN, 12, envelope_address_long,
	    "An envelope address over 1,024." },
	{ "mail-from-long-no-from", "Q152930", WAY_IN, 12, mail_from_long,
	    "No From, MAIL FROM over 64." },
	{ "recipients-too-many", "Q272672", WAY_IN, 10, recipients_too_many,
	    "Over 32,766 recipients." },
	{ "recipients-many-invalid", "Q166570 Q194896", WAY_IN, 12, recipients_invalid,
	    "Many recipients, some bad." },
};

struct recipe_list
triggers_address(void)
{
	return (struct recipe_list){ rows, COUNT(rows) };
}
