/* letter.c - message heads in a mailer's own order and form. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "letter.h"

#include <stdio.h>
#include <string.h>

/* A name that must be quoted: it holds a comma or a dot. */
static void
add_person(struct scene *s, struct buf *out, const struct person *who)
{
	bool ours = !strcmp(who->host, SITE_DOMAIN);

	if (s->mailer->flags & MAILER_COMMENT_NAME)
		buf_fmt(out, "%s (%s)", who->address, who->name);
	else if (ours && s->way == WAY_OUT)
		buf_fmt(out, "\"%s, %s\" <%s>", who->family, who->given, who->address);
	else if (s->way == WAY_OUT)
		buf_fmt(out, "\"'%s'\" <%s>", who->address, who->address);
	else
		buf_fmt(out, "\"%s\" <%s>", who->name, who->address);
}

static void
add_people(struct scene *s, struct buf *out, const struct person *who, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		if (i)
			buf_str(out, ",\r\n\t");
		add_person(s, out, &who[i]);
	}
}

/* IMS breaks a subject inside words: after 65 characters, then after every 73 (Q275504). */
static void
add_subject(struct scene *s, struct buf *out, const struct buf *subject)
{
	size_t limit = 65;

	if (!(s->mailer->flags & MAILER_FOLDS_SUBJECT)) {
		buf_cat(out, subject);
		return;
	}
	for (size_t i = 0; i < subject->len;) {
		size_t len = subject->len - i < limit ? subject->len - i : limit;

		/* A blank may not stand at the edge: folding would lose it. */
		while (len > 1 && i + len < subject->len &&
		       (subject->data[i + len] == ' ' || subject->data[i + len - 1] == ' '))
			len--;
		buf_add(out, subject->data + i, len);
		i += len;
		if (i < subject->len)
			buf_str(out, "\r\n\t");
		limit = 73;
	}
}

static void
default_field(struct scene *s, const struct letter *letter, enum field which, struct buf *out)
{
	unsigned n_plain = letter->n_to - letter->n_cc;

	switch (which) {
	case F_FROM:
		add_person(s, out, &letter->from);
		break;
	case F_TO:
		add_people(s, out, letter->to, n_plain);
		break;
	case F_CC:
		add_people(s, out, letter->to + n_plain, letter->n_cc);
		break;
	case F_SUBJECT:
		add_subject(s, out, text_subject(s));
		break;
	case F_DATE:
		buf_cat(out, date_822(&s->pool, s->when - 40, letter->from.zone));
		if (s->mailer->flags & MAILER_DATE_BLANK)
			buf_byte(out, ' ');
		break;
	case F_MESSAGE_ID:
		buf_cat(out, scene_pattern(s, s->mailer->id_pattern));
		break;
	case F_REPLY_TO:
	case F_SENDER:
	case F_MIME_VERSION:
	case N_FIELDS:
		break;
	}
}

/* "Name: value" unless left out; an optional field only when it has a value. */
static void
add_field(struct scene *s, const struct letter *letter, enum field which, const char *name,
    struct buf *out)
{
	bool optional =
	    which == F_REPLY_TO || which == F_SENDER || (which == F_CC && !letter->n_cc);

	if (letter->omit & 1u << which || (optional && !letter->field[which]))
		return;
	buf_fmt(out, "%s: ", name);
	if (letter->field[which])
		buf_cat(out, letter->field[which]);
	else
		default_field(s, letter, which, out);
	buf_str(out, "\r\n");
}

static void
add_layout(struct scene *s, const struct letter *letter, const struct entity *entity,
    struct buf *out, char part)
{
	bool mime = entity->head->len && !(letter->omit & 1u << F_MIME_VERSION);

	switch (part) {
	case 'I':
		add_field(s, letter, F_MESSAGE_ID, s->mailer->id_field, out);
		break;
	case 'F':
		add_field(s, letter, F_FROM, "From", out);
		add_field(s, letter, F_SENDER, "Sender", out);
		add_field(s, letter, F_REPLY_TO, "Reply-To", out);
		break;
	case 'T':
		add_field(s, letter, F_TO, "To", out);
		break;
	case 'C':
		add_field(s, letter, F_CC, "Cc", out);
		break;
	case 'S':
		add_field(s, letter, F_SUBJECT, "Subject", out);
		break;
	case 'D':
		add_field(s, letter, F_DATE, "Date", out);
		break;
	case 'E':
		if (letter->extra)
			buf_cat(out, letter->extra);
		break;
	case 'X':
		buf_cat(out, scene_pattern(s, s->mailer->own));
		break;
	case 'V':
		if (mime)
			buf_fmt(out, "%s\r\n", s->mailer->mime_version);
		break;
	default:
		buf_cat(out, entity->head);
	}
}

void
letter_head(
    struct scene *s, const struct letter *letter, const struct entity *entity, struct buf *out)
{
	struct person before = s->sender;

	s->sender = letter->from;
	for (const char *part = s->mailer->layout; *part; part++)
		add_layout(s, letter, entity, out, *part);
	s->sender = before;
}

static void
add_hops(struct scene *s, struct letter *letter)
{
	unsigned n = rng_below(&s->rng, 4);
	struct buf *out = letter->hops = pool_buf(&s->pool);

	for (unsigned i = 0; i < n; i++) {
		struct buf *date =
		    date_822(&s->pool, s->when - 2 - (time_t)i * 9, letter->from.zone);
		unsigned a = rng_below(&s->rng, 250), serial = rng_below(&s->rng, 90000);

		buf_fmt(out,
		    "Received: from pc%u.%s (pc%u.%s [192.0.2.%u])\r\n\t"
		    "by mx%u.%s (8.9.3/8.9.3) with SMTP id"
		    " OAA%05u;\r\n\t%.*s\r\n",
		    a, letter->from.host, a, letter->from.host, a + 1, i, letter->from.host, serial,
		    (int)date->len, (const char *)date->data);
	}
}

void
item_begin(struct scene *s, struct item *item)
{
	struct letter *letter = &item->letter;
	unsigned crowd = rng_below(&s->rng, 100);

	letter->from = s->way == WAY_IN ? person_outside(s) : person_inside(s);
	letter->n_to = crowd < 82 ? 1 : rng_between(&s->rng, 2, 7);
	for (unsigned i = 0; i < letter->n_to; i++)
		letter->to[i] = s->way == WAY_IN ? person_inside(s) : person_outside(s);
	letter->n_cc = letter->n_to > 2 ? letter->n_to / 3 : 0;
	s->sender = letter->from;
	if (s->way == WAY_IN)
		add_hops(s, letter);
}

void
item_add_rcpt(struct scene *s, struct item *item, const char *address)
{
	if (!item->rcpts)
		item->rcpts = pool_buf(&s->pool);
	buf_fmt(item->rcpts, "<%s>", address);
	buf_byte(item->rcpts, 0);
	item->n_rcpts++;
}

static void
add_received(struct scene *s, const struct letter *letter, struct buf *out)
{
	struct buf *date = date_822(&s->pool, s->when, s->zone);

	buf_fmt(out,
	    "Received: from %s ([192.0.2.%u]) by " SITE_HOST
	    " with SMTP (Microsoft Exchange Internet Mail"
	    " Service Version 5.5.2650.21)\r\n\tid %s; ",
	    letter->from.host, rng_between(&s->rng, 1, 250), s->spool_name);
	buf_cat(out, date);
	buf_str(out, "\r\n");
}

void
item_finish(struct scene *s, struct item *item, const struct entity *entity)
{
	struct letter *letter = &item->letter;

	item->text = pool_buf(&s->pool);
	if (letter->first)
		buf_cat(item->text, letter->first);
	if (s->way == WAY_IN && !letter->no_received)
		add_received(s, letter, item->text);
	if (letter->hops)
		buf_cat(item->text, letter->hops);
	letter_head(s, letter, entity, item->text);
	buf_str(item->text, "\r\n");
	buf_cat(item->text, entity->body);
	if (!item->mail_from)
		item->mail_from = pool_fmt(&s->pool, "<%s>", letter->from.address);
	if (item->n_rcpts)
		return;
	for (unsigned i = 0; i < letter->n_to; i++)
		item_add_rcpt(s, item, letter->to[i].address);
}
