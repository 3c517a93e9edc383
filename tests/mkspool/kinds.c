/* kinds.c - the clean messages of a mid-size site: text, attachments, forwards. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kinds.h"

#include <string.h>

#include "encode.h"

static size_t
text_size(struct scene *s)
{
	return rng_size(&s->rng, 200, s->text_max);
}

void
kind_plain(struct scene *s, unsigned variant, struct item *item)
{
	struct entity made = entity_words(s, text_size(s));

	(void)variant;
	if (s->way == WAY_IN && rng_percent(&s->rng, 15)) {
		made.body = text_body(s, text_size(s), 72);
		made.head->len = 0;
	}
	item_finish(s, item, &made);
}

void
kind_alternative(struct scene *s, unsigned variant, struct item *item)
{
	size_t size = text_size(s);
	struct entity kids[2];

	(void)variant;
	kids[0] = entity_words(s, size);
	kids[1] = entity_html(s, size);
	kids[0] = entity_multipart(s, "multipart/alternative", kids, 2);
	item_finish(s, item, &kids[0]);
}

/* Attached file kinds by how often they were sent; sizes up to the scene's bound. */
struct entity
kind_file(struct scene *s)
{
	static const char *const types[] = { "doc", "doc", "doc", "xls", "xls", "zip", "zip", "jpg",
		"gif", "pdf", "txt" };
	const char *type = PICK(s, types);
	struct buf *name = pool_fmt(&s->pool, "%s.%s", text_file_stem(s), type);

	buf_byte(name, 0);
	return entity_file(s, type, (const char *)name->data, rng_size(&s->rng, 2000, s->big_max));
}

void
kind_attached(struct scene *s, unsigned variant, struct item *item)
{
	struct entity kids[4];
	unsigned n = rng_between(&s->rng, 2, rng_percent(&s->rng, 20) ? 4 : 2);

	(void)variant;
	kids[0] = entity_words(s, rng_size(&s->rng, 150, 3000));
	for (unsigned i = 1; i < n; i++)
		kids[i] = kind_file(s);
	kids[0] = entity_multipart(s, "multipart/mixed", kids, n);
	item_finish(s, item, &kids[0]);
}

static void
kind_related(struct scene *s, unsigned variant, struct item *item)
{
	struct entity kids[2];

	(void)variant;
	kids[0] = entity_words(s, 700);
	kids[1] = entity_html(s, 900);
	kids[0] = entity_multipart(s, "multipart/alternative", kids, 2);
	kids[1] = entity_file(s, "gif", "banner.gif", rng_size(&s->rng, 800, s->text_max * 5 / 3));
	buf_fmt(
	    kids[1].head, "Content-ID: <img%u@%s>\r\n", rng_below(&s->rng, 1000), s->sender.host);
	kids[0] = entity_multipart(s, "multipart/related", kids, 2);
	item_finish(s, item, &kids[0]);
}

/* winmail.dat as an Exchange site sends it, with its correlator. */
void
kind_tnef(struct scene *s, unsigned variant, struct item *item)
{
	struct letter *letter = &item->letter;
	struct buf *subject, *notes, *stream;
	struct entity kids[2];

	(void)variant;
	s->mailer = mailer_at(M_IMS55);
	letter->field[F_SUBJECT] = subject = text_subject(s);
	buf_byte(subject, 0);
	subject->len--;
	letter->field[F_MESSAGE_ID] = scene_pattern(s, s->mailer->id_pattern);
	letter->extra = pool_str(&s->pool, "X-MS-TNEF-Correlator: ");
	buf_cat(letter->extra, letter->field[F_MESSAGE_ID]);
	buf_str(letter->extra, "\r\n");
	notes = rng_percent(&s->rng, 50) ? text_body(s, rng_size(&s->rng, 500, s->big_max / 4), 70)
					 : NULL;
	stream = tnef_stream(s, (const char *)subject->data, notes);
	kids[0] = entity_words(s, text_size(s));
	kids[1].head = content_type(s, "application/ms-tnef", "name", "winmail.dat", NULL, NULL);
	buf_str(kids[1].head, "Content-Transfer-Encoding: base64\r\n"
			      "Content-Disposition: attachment; filename=\"winmail.dat\"\r\n");
	kids[1].body = pool_buf(&s->pool);
	encode_base64(kids[1].body, stream->data, stream->len, 76);
	kids[0] = entity_multipart(s, "multipart/mixed", kids, 2);
	item_finish(s, item, &kids[0]);
}

/* Before MIME: text, then begin ... end. */
static void
kind_uuencode(struct scene *s, unsigned variant, struct item *item)
{
	static const unsigned char users[] = { M_IMC40, M_CCMAIL, M_PEGASUS, M_ELM };
	struct entity made = { pool_buf(&s->pool), NULL };
	unsigned n = rng_percent(&s->rng, 25) ? 2 : 1;

	(void)variant;
	s->mailer = mailer_at(users[rng_below(&s->rng, sizeof users)]);
	made.body = text_body(s, rng_size(&s->rng, 150, 3000), 72);
	buf_str(made.body, "\r\n");
	for (unsigned i = 0; i < n; i++) {
		struct buf *bytes =
		    file_bytes(s, i ? "xls" : "doc", rng_size(&s->rng, 1500, s->big_max / 2));
		struct buf *name =
		    pool_fmt(&s->pool, "%s%u.%s", text_file_stem(s), i, i ? "XLS" : "DOC");

		buf_byte(name, 0);
		encode_uu(made.body, (const char *)name->data, bytes->data, bytes->len, '`');
		buf_str(made.body, "\r\n");
	}
	item_finish(s, item, &made);
}

static void
kind_binhex(struct scene *s, unsigned variant, struct item *item)
{
	struct buf *text = text_body(s, rng_size(&s->rng, 800, s->text_max * 5 / 2), 72);
	struct entity kids[2];

	(void)variant;
	s->mailer = mailer_at(M_EUDORA);
	kids[0] = entity_words(s, 500);
	kids[1].head = content_type(s, "application/mac-binhex40", "name", "Q1 Report", NULL, NULL);
	buf_str(kids[1].head, "Content-Disposition: attachment; filename=\"Q1 Report\"\r\n");
	kids[1].body = pool_buf(&s->pool);
	encode_binhex(kids[1].body, "Q1 Report", text->data, text->len);
	kids[0] = entity_multipart(s, "multipart/mixed", kids, 2);
	item_finish(s, item, &kids[0]);
}

static void
kind_foreign(struct scene *s, unsigned variant, struct item *item)
{
	enum foreign which = (enum foreign)rng_below(&s->rng, N_FOREIGN);
	struct buf *subject = pool_buf(&s->pool), *words = foreign_words(s, which);
	const char *encoding = which == ISO_2022_JP || which == ISO_2022_KR ? "7bit" : "8bit";
	struct entity made;

	(void)variant;
	if (which != ISO_2022_JP && which != ISO_2022_KR && rng_percent(&s->rng, 40))
		encoding = rng_percent(&s->rng, 50) ? "base64" : "quoted-printable";
	encode_word(subject, foreign_charset(which), words->data, words->len);
	item->letter.field[F_SUBJECT] = subject;
	made = entity_text(s, "text/plain", foreign_charset(which), encoding,
	    foreign_text(s, which, text_size(s)));
	item_finish(s, item, &made);
}

/* A forward within a forward, one to three deep. */
static void
kind_forward(struct scene *s, unsigned variant, struct item *item)
{
	struct entity made = entity_words(s, text_size(s));
	unsigned depth = rng_between(&s->rng, 1, 3);

	(void)variant;
	for (unsigned i = 0; i < depth; i++)
		made = place(s, made, 4);
	item_finish(s, item, &made);
}

static void
kind_partial(struct scene *s, unsigned variant, struct item *item)
{
	struct entity made = entity_words(s, 3000);
	unsigned total = rng_between(&s->rng, 2, 6), serial = rng_below(&s->rng, 100000);
	unsigned number = rng_between(&s->rng, 2, total);

	(void)variant;
	made.body = text_body(s, 4000, 72);
	made.head = pool_fmt(&s->pool,
	    "Content-Type: message/partial; id=\"part%u@%s\"; number=%u; total=%u\r\n", serial,
	    s->sender.host, number, total);
	item_finish(s, item, &made);
}

static void
kind_external(struct scene *s, unsigned variant, struct item *item)
{
	struct entity kids[2] = { entity_words(s, 700), { NULL, NULL } };

	(void)variant;
	kids[1].head = pool_fmt(&s->pool,
	    "Content-Type: message/external-body; access-type=\"anon-ftp\";\r\n"
	    "\tsite=\"ftp.%s\"; directory=\"pub/docs\"; name=\"readme-%u.txt\"\r\n",
	    s->sender.host, rng_below(&s->rng, 100));
	kids[1].body =
	    scene_pattern(s, "Content-Type: text/plain\r\nContent-ID: <%%%%%%%%@\3>\r\n\r\n");
	kids[0] = entity_multipart(s, "multipart/mixed", kids, 2);
	item_finish(s, item, &kids[0]);
}

/* Clear-signed: the signature is a DER sequence of the right length, of nobody's key. */
static void
kind_signed(struct scene *s, unsigned variant, struct item *item)
{
	struct buf *der = pool_buf(&s->pool), *random = pool_buf(&s->pool);
	struct entity kids[2];
	const char *boundary = new_boundary(s);
	struct buf *head;

	(void)variant;
	buf_fill(random, 0, 1200);
	rng_bytes(&s->rng, random->data, random->len);
	buf_u16be(der, 0x3082);
	buf_u16be(der, 1200 + 15);
	buf_add(der, "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x82\x04\xb0", 15);
	buf_cat(der, random);
	kids[0] = entity_words(s, text_size(s));
	kids[1].head =
	    content_type(s, "application/x-pkcs7-signature", "name", "smime.p7s", NULL, NULL);
	buf_str(kids[1].head, "Content-Transfer-Encoding: base64\r\n"
			      "Content-Disposition: attachment; filename=\"smime.p7s\"\r\n");
	kids[1].body = pool_buf(&s->pool);
	encode_base64(kids[1].body, der->data, der->len, 76);
	head = pool_fmt(&s->pool,
	    "Content-Type: multipart/signed; protocol=\"application/x-pkcs7-signature\";\r\n"
	    "\tmicalg=sha1; boundary=\"%s\"\r\n",
	    boundary);
	buf_byte(head, 0);
	kids[0] = entity_multipart_as(s, (const char *)head->data, boundary, MIME_NOTE, kids, 2);
	item_finish(s, item, &kids[0]);
}

struct share {
	struct recipe recipe;
	unsigned in, out; /* per cent */
};

/* Shares follow what a site of the time queued. */
static const struct share shares[] = {
	{ { "plain", "-", WAY_IN, 1, kind_plain, "Text, in a quarter of old mail without MIME." },
	    31, 29 },
	{ { "alternative", "-", WAY_IN, 1, kind_alternative, "Text and HTML." }, 19, 12 },
	{ { "attached", "-", WAY_IN, 1, kind_attached, "Text and one or more files in base64." },
	    13, 16 },
	{ { "related", "-", WAY_IN, 1, kind_related, "HTML with a picture." }, 2, 1 },
	{ { "tnef", "-", WAY_IN, 1, kind_tnef, "winmail.dat with sound checksums." }, 5, 13 },
	{ { "uuencode", "-", WAY_IN, 1, kind_uuencode, "uuencoded files in a text." }, 4, 7 },
	{ { "binhex", "-", WAY_IN, 1, kind_binhex, "BinHex 4.0 with its banner." }, 2, 1 },
	{ { "ndr", "-", WAY_IN, 1, kind_ndr, "Non-delivery report of Exchange." }, 3, 6 },
	{ { "dsn", "-", WAY_IN, 1, kind_dsn, "Delivery status notification of another system." }, 3,
	    2 },
	{ { "receipt", "-", WAY_IN, 1, kind_receipt, "Read receipt or out-of-office reply." }, 2,
	    3 },
	{ { "list", "-", WAY_IN, 1, kind_list, "Mailing list post." }, 6, 0 },
	{ { "digest", "-", WAY_IN, 1, kind_digest, "Lawful multipart/digest." }, 1, 0 },
	{ { "foreign", "-", WAY_IN, 1, kind_foreign, "Text in another charset, sound." }, 4, 3 },
	{ { "forward", "-", WAY_IN, 1, kind_forward, "message/rfc822, one to three deep." }, 2, 5 },
	{ { "partial", "-", WAY_IN, 1, kind_partial, "message/partial." }, 1, 0 },
	{ { "external", "-", WAY_IN, 1, kind_external, "message/external-body." }, 1, 0 },
	{ { "signed", "-", WAY_IN, 1, kind_signed, "S/MIME clear-signed." }, 1, 2 },
};
enum { N_SHARES = sizeof shares / sizeof *shares };

const struct recipe *
clean_choose(struct scene *s)
{
	unsigned sum = 0, drawn;

	for (unsigned i = 0; i < N_SHARES; i++)
		sum += s->way == WAY_IN ? shares[i].in : shares[i].out;
	drawn = rng_below(&s->rng, sum);
	for (unsigned i = 0;; i++) {
		unsigned share = s->way == WAY_IN ? shares[i].in : shares[i].out;

		if (drawn < share)
			return &shares[i].recipe;
		drawn -= share;
	}
}

const struct recipe *
clean_named(const char *name)
{
	for (unsigned i = 0; i < N_SHARES; i++)
		if (!strcmp(name, shares[i].recipe.name))
			return &shares[i].recipe;
	return NULL;
}
