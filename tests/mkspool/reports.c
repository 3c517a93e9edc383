/* reports.c - clean messages made by machines: reports, receipts, list mail, digests. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kinds.h"

/* The message reported on, as a part: without a Received line of its own. */
static struct entity
returned_message(struct scene *s)
{
	struct entity inner = entity_words(s, 900);

	return entity_message(s, &inner);
}

/* Exchange's own report; from the postmaster, to nobody's return path. */
void
kind_ndr(struct scene *s, unsigned variant, struct item *item)
{
	struct letter *letter = &item->letter;
	struct entity kids[2];
	struct buf *text, *date;

	(void)variant;
	s->mailer = mailer_at(M_IMS55);
	item->mail_from = pool_str(&s->pool, "<>");
	letter->field[F_FROM] =
	    pool_fmt(&s->pool, "System Administrator <postmaster@%s>", letter->from.host);
	letter->field[F_SUBJECT] = pool_str(&s->pool, "Undeliverable: ");
	buf_cat(letter->field[F_SUBJECT], text_subject(s));
	letter->extra = pool_str(&s->pool, "X-MS-Embedded-Report: \r\n");
	date = date_822(&s->pool, s->when - 4000, s->zone);
	text = pool_str(&s->pool, "Your message\r\n\r\n  To:      ");
	buf_fmt(text,
	    "%s\r\n  Sent:    %.*s\r\n\r\ndid not reach the following recipient(s):\r\n\r\n",
	    letter->to[0].address, (int)date->len, (const char *)date->data);
	buf_fmt(text,
	    "%s on %.*s\r\n    The recipient name is not recognized\r\n\t"
	    "The MTS-ID of the original message is:\r\n"
	    "    c=us;a= ;p=" SITE_ORG ";l=" SITE_SERVER "0103052007%s\r\n    MSEXCH:IMS:" SITE_ORG
	    ":HQ:" SITE_SERVER " 0 (000C05A6) Unknown Recipient\r\n\r\n",
	    letter->to[0].address, (int)date->len, (const char *)date->data, s->spool_name);
	kids[0] = entity_text(s, "text/plain", "iso-8859-1", NULL, text);
	kids[1] = returned_message(s);
	kids[0] = entity_multipart(s, "multipart/mixed", kids, 2);
	item_finish(s, item, &kids[0]);
}

/* RFC 1894: text, status fields, the returned message. */
static void
standard_report(struct scene *s, struct item *item)
{
	struct letter *letter = &item->letter;
	const char *boundary = new_boundary(s);
	struct entity kids[3];
	struct buf *head, *status, *date = date_822(&s->pool, s->when - 900, letter->from.zone);

	letter->extra = pool_str(&s->pool, "Auto-Submitted: auto-generated (failure)\r\n");
	kids[0] = entity_words(s, 500);
	status = pool_fmt(&s->pool,
	    "Reporting-MTA: dns; mx0.%s\r\nArrival-Date: %.*s\r\n\r\n"
	    "Final-Recipient: RFC822; %s\r\n"
	    "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: SMTP; 550 5.1.1 User unknown\r\n",
	    letter->from.host, (int)date->len, (const char *)date->data, letter->to[0].address);
	kids[1] = entity_of(s, "Content-Type: message/delivery-status\r\n", status);
	kids[2] = returned_message(s);
	head = pool_fmt(&s->pool,
	    "Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"%s\"\r\n",
	    boundary);
	buf_byte(head, 0);
	kids[0] = entity_multipart_as(s, (const char *)head->data, boundary, MIME_NOTE, kids, 3);
	item_finish(s, item, &kids[0]);
}

/* The plain text forms of sendmail 8.6 and of qmail. */
static void
plain_report(struct scene *s, struct item *item)
{
	struct letter *letter = &item->letter;
	struct entity made = { pool_buf(&s->pool), pool_buf(&s->pool) },
		      inner = entity_words(s, 600);

	if (rng_percent(&s->rng, 50)) {
		buf_fmt(made.body,
		    "   ----- The following addresses had delivery problems -----\r\n"
		    "%s  (unrecoverable error)\r\n"
		    "\r\n   ----- Transcript of session follows -----\r\n"
		    "550 %s... Host unknown\r\n\r\n"
		    "   ----- Original message follows -----\r\n\r\n",
		    letter->to[0].address, letter->to[0].address);
	} else {
		buf_fmt(made.body,
		    "Hi. This is the qmail-send program at %s.\r\n"
		    "I could not deliver your message to the"
		    " addresses below.\r\n\r\n<%s>:\r\nno such mailbox here (#5.1.1)\r\n\r\n"
		    "--- Below this line is a copy of the message.\r\n\r\n",
		    letter->from.host, letter->to[0].address);
	}
	buf_cat(made.body, entity_message(s, &inner).body);
	item_finish(s, item, &made);
}

void
kind_dsn(struct scene *s, unsigned variant, struct item *item)
{
	struct letter *letter = &item->letter;

	(void)variant;
	s->mailer = mailer_at(M_ELM);
	item->mail_from = pool_str(&s->pool, "<>");
	letter->field[F_FROM] =
	    pool_fmt(&s->pool, "Mail Delivery Subsystem <MAILER-DAEMON@%s>", letter->from.host);
	letter->field[F_SUBJECT] = pool_str(&s->pool, "Returned mail: User unknown");
	if (rng_percent(&s->rng, 60))
		standard_report(s, item);
	else
		plain_report(s, item);
}

void
kind_receipt(struct scene *s, unsigned variant, struct item *item)
{
	struct letter *letter = &item->letter;
	bool away = rng_percent(&s->rng, 40);
	struct buf *subject = text_subject(s);
	struct entity made;

	(void)variant;
	s->mailer = mailer_at(M_IMS55);
	item->mail_from = pool_str(&s->pool, "<>");
	letter->field[F_SUBJECT] =
	    pool_str(&s->pool, away ? "Out of Office AutoReply: " : "Read: ");
	buf_cat(letter->field[F_SUBJECT], subject);
	if (!away)
		letter->extra = pool_str(&s->pool, "X-MS-Embedded-Report: \r\n");
	made = entity_words(s, 300);
	item_finish(s, item, &made);
}

static void
list_head(struct scene *s, struct item *item)
{
	struct letter *letter = &item->letter;
	const char *host = letter->from.host;

	letter->field[F_SENDER] = pool_fmt(&s->pool, "owner-planning@lists.%s", host);
	letter->field[F_TO] = pool_fmt(&s->pool, "planning@lists.%s", host);
	item->mail_from = pool_fmt(&s->pool, "<owner-planning@lists.%s>", host);
	letter->extra =
	    pool_fmt(&s->pool, "Precedence: bulk\r\nErrors-To: owner-planning@lists.%s\r\n", host);
}

void
kind_list(struct scene *s, unsigned variant, struct item *item)
{
	struct entity made;

	(void)variant;
	list_head(s, item);
	made = entity_words(s, rng_size(&s->rng, 400, s->text_max * 2 / 3));
	buf_str(made.head, "Content-Disposition: inline\r\n");
	item_finish(s, item, &made);
}

/* A part of a digest: message/rfc822 is its default type, and mostly left unsaid. */
struct entity
digest_part(struct scene *s, const struct entity *inner, bool say_type)
{
	struct entity made = entity_message(s, inner);

	if (!say_type)
		made.head->len = 0;
	return made;
}

void
kind_digest(struct scene *s, unsigned variant, struct item *item)
{
	struct entity kids[2], posts[6];
	unsigned n = rng_between(&s->rng, 3, 6);

	(void)variant;
	list_head(s, item);
	s->mailer = mailer_at(M_ELM);
	for (unsigned i = 0; i < n; i++) {
		struct entity inner = entity_words(s, rng_size(&s->rng, 300, 2500));

		posts[i] = digest_part(s, &inner, i % 2);
	}
	kids[0] = entity_words(s, 400);
	kids[1] = entity_multipart(s, "multipart/digest", posts, n);
	kids[0] = entity_multipart(s, "multipart/mixed", kids, 2);
	item_finish(s, item, &kids[0]);
}
