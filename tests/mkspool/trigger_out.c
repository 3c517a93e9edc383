/* trigger_out.c - faults of outbound files that have hurt the IMC itself; and the joint table. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "encode.h"
#include "kinds.h"

#define COUNT(list) ((unsigned)(sizeof(list) / sizeof *(list)))

static void
vary_mailer(struct scene *s, unsigned variant)
{
	static const unsigned char senders[] = { M_IMS55, M_IMS50, M_IMC40, M_IMS55, M_OUTLOOK,
		M_IMS55, M_EUDORA };

	s->mailer = mailer_at(senders[variant % COUNT(senders)]);
}

/* Q239816: %s in the Subject, in the clear or once decoded. */
static void
subject_percent(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const forms[] = { "Save 50%sure on the next order", "%s",
		"RE: report %s for March", "FW: %s%s%s", "100%safe: the new badge rules",
		"Order no. %s is waiting", "Status: %s (%d open)", "quotation 12%service charge",
		"Price list %s", "Re: Fw: template %s, please fill in", "Hello %s!",
		"Invoice %s from the north depot for the warranty claim and the spare parts" };
	const char *form = forms[(variant - 1) % COUNT(forms)];
	struct buf *subject = pool_buf(&s->pool);
	struct entity made;

	vary_mailer(s, variant);
	if (variant % 5 == 0)
		encode_word(subject, "iso-8859-1", form, strlen(form));
	else if (variant % 5 == 3)
		encode_word_q(subject, "iso-8859-1", form, strlen(form));
	else
		buf_str(subject, form);
	item->letter.field[F_SUBJECT] = subject;
	made = place(s, entity_words(s, 700), variant);
	item_finish(s, item, &made);
}

/* KB 822992: a Subject or a recipient of more than 1,024 characters. */
static void
recipient_or_subject_long(struct scene *s, unsigned variant, struct item *item)
{
	unsigned len = 1025 + variant * variant * 37;
	struct buf *value = pool_buf(&s->pool);
	struct entity made = entity_words(s, 700);

	vary_mailer(s, variant);
	if (variant % 2) {
		while (value->len < len) {
			buf_cat(value, text_subject(s));
			buf_str(value, variant % 4 == 1 ? "; " : ";\r\n ");
		}
		item->letter.field[F_SUBJECT] = value;
		buf_str(value, "end");
	} else {
		while (value->len < len)
			buf_byte(value, (unsigned char)('a' + rng_below(&s->rng, 26)));
		buf_fmt(value, "@%s", item->letter.to[0].host);
		item->letter.field[F_TO] =
		    pool_fmt(&s->pool, "<%.*s>", (int)value->len, (const char *)value->data);
		buf_byte(value, 0);
		item_add_rcpt(s, item, (const char *)value->data);
	}
	item_finish(s, item, &made);
}

/* Q146598: two attachments of one name, which is empty or begins with a dot. */
static void
attachment_same_name(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const names[] = { "", ".doc", ".profile", ".", ".XLS", "..", ".txt",
		".signature" };
	const char *name = names[variant % COUNT(names)];
	static const char *const kinds[] = { "doc", "xls", "gif", "txt" };
	struct entity kids[4];
	unsigned n = 3 + variant % 2;

	vary_mailer(s, variant);
	kids[0] = entity_words(s, 400);
	for (unsigned i = 1; i < n; i++)
		kids[i] = entity_file(
		    s, kinds[(variant + i) % 4], i == 3 ? "sound.doc" : name, 2500 + i * 400u);
	if (n == 4 && variant % 4 == 1) {
		struct entity swap = kids[1];

		kids[1] = kids[3];
		kids[3] = swap;
	}
	kids[0] = entity_multipart(s, "multipart/mixed", kids, n);
	item_finish(s, item, &kids[0]);
}

/* Q146993: the text does not end with CRLF before the last dot. */
static void
out_no_final_crlf(struct scene *s, unsigned variant, struct item *item)
{
	struct entity made = entity_words(s, 700);
	struct buf *text = text_body(s, 600 + variant * 100u, 70);

	vary_mailer(s, variant);
	switch (variant % 4) {
	case 0:
		made = entity_text(s, "text/plain", "iso-8859-1", "quoted-printable", text);
		break;
	case 1:
		made = entity_text(s, "text/plain", "iso-8859-1", "quoted-printable", text);
		buf_fmt(made.head, "Content-Disposition: attachment; filename=\"page%u.txt\"\r\n",
		    variant);
		buf_str(made.body, "total =3D=1A\r\n");
		break;
	case 2:
		made = entity_file(s, "doc", "page.doc", 5000);
		break;
	default:
		made = place(s, made, 2);
	}
	item_finish(s, item, &made);
	item->text->len -= 2;
	buf_str(item->text, ".\r\n");
	item->ended = true;
}

static const struct recipe rows[] = {
	{ "subject-percent-s", "Q239816", WAY_OUT, 12, subject_percent, "%s in the Subject." },
	{ "recipient-or-subject-long", "KB822992", WAY_OUT, 12, recipient_or_subject_long,
	    "Over 1,024 characters." },
	{ "attachment-same-dot-name", "Q146598", WAY_OUT, 12, attachment_same_name,
	    "Same empty or dotted name twice." },
	{ "out-no-final-crlf", "Q146993", WAY_OUT, 12, out_no_final_crlf,
	    "No CRLF before the final dot." },
};

struct recipe_list
triggers_out(void)
{
	return (struct recipe_list){ rows, COUNT(rows) };
}

const struct recipe *
trigger_at(unsigned i)
{
	const struct recipe_list lists[] = { triggers_mime(), triggers_body(), triggers_charset(),
		triggers_address(), triggers_out() };

	for (unsigned l = 0; l < COUNT(lists); l++) {
		if (i < lists[l].n)
			return &lists[l].rows[i];
		i -= lists[l].n;
	}
	return NULL;
}

const struct recipe *
trigger_named(const char *name)
{
	const struct recipe *row;

	for (unsigned i = 0; (row = trigger_at(i)); i++)
		if (!strcmp(row->name, name))
			return row;
	return NULL;
}
