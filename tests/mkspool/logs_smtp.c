/*
 * logs_smtp.c - the SMTP protocol log and the message tracking log.
 *
 * The dialog: Q262945, Q295725, Q154505 (one file a concurrent connection; headers and body at
 * Maximum only, left out here). Tracking: fields of Q173280, events of Q173364; how the time is
 * written and that field 6 is the Message-ID are guesses.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

static void
say(struct buf *to, const struct log_story *story, time_t when, const char *line)
{
	log_stamp(to, story, when, " ");
	buf_fmt(to, " : %s\r\n", line);
}

/* The next recipient without its brackets; *at is NULL before the first. */
static const char *
next_recipient(struct pool *pool, const struct log_mail *mail, const char **at)
{
	if (!mail->recipients)
		return mail->recipient;
	*at = *at ? *at + strlen(*at) + 1 : mail->recipients;
	return log_string(pool_fmt(pool, "%.*s", (int)strlen(*at) - 2, *at + 1));
}

static void
add_recipients(
    struct buf *to, const struct log_story *story, const struct log_mail *mail, struct pool *pool)
{
	const char *at = NULL;

	for (unsigned i = 0; i < mail->n_recipients; i++) {
		const char *address = next_recipient(pool, mail, &at);

		say(to, story, mail->when, log_string(pool_fmt(pool, "<<< RCPT TO:<%s>", address)));
		say(to, story, mail->when,
		    log_string(pool_fmt(pool, ">>> 250 OK - Recipient <%s>", address)));
	}
}

/* A connection up to the 354; the rest only when the text came whole. */
static void
add_session(struct buf *to, const struct log_story *story, const struct log_mail *mail, bool whole)
{
	struct pool pool = { NULL };
	const time_t when = mail->when;
	const char *before[] = {
		log_string(pool_fmt(&pool, "A connection was accepted from %s.", mail->host)),
		">>> 220 exgate1.acme.example ESMTP Server (Microsoft Exchange Internet Mail "
		"Service 5.5.2650.21) ready",
		log_string(pool_fmt(&pool, "<<< EHLO %s", mail->host)),
		">>> 250-exgate1.acme.example Hello",
		log_string(
		    pool_fmt(&pool, "<<< MAIL FROM:<%s> SIZE=%lu", mail->sender, mail->size)),
		log_string(pool_fmt(&pool, ">>> 250 OK - mail from <%s>", mail->sender)),
	};
	static const char *const after[] = { "<<< DATA", ">>> 354 Send data.  End with CRLF.CRLF",
		">>> 250 OK", "<<< QUIT", ">>> 221 closing connection" };

	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		say(to, story, when - (i < 4), before[i]);
	add_recipients(to, story, mail, &pool);
	for (size_t i = 0; i < (whole ? 5 : 2); i++)
		say(to, story, when, after[i]);
	pool_clear(&pool);
}

void
log_protocol(struct buf *to, const struct log_story *story)
{
	const struct log_mail last = { .sender = story->sender,
		.recipient = story->recipient,
		.host = story->host ? story->host : "other.example",
		.when = story->crash - 1,
		.size = story->size ? story->size : 6630,
		.recipients = story->recipients,
		.n_recipients = story->n_recipients ? story->n_recipients : 1 };

	for (size_t i = 0; i < story->n_mails; i++) {
		const struct log_mail *mail = &story->mails[i];

		if (mail->folder[0] == 'i' && mail->when < story->crash - 1 &&
		    mail->when > story->crash - 86400)
			add_session(to, story, mail, true);
	}
	if (story->culprit)
		add_session(to, story, &last, false);
}

static void
add_track(struct buf *to, const struct log_mail *mail, time_t when, int event)
{
	struct tm tm;
	const time_t minute = mail->when;
	struct pool pool = { NULL };
	const char *at = NULL;

	gmtime_r(&minute, &tm);
	buf_fmt(to, "c=US;a= ;p=ACME;l=" LOG_SERVER "%02d%02d%02d%02d%02d%s\t%d\t",
	    tm.tm_year % 100, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, mail->name, event);
	gmtime_r(&when, &tm);
	buf_fmt(to, "%d.%d.%d %02d:%02d:%02d\t" LOG_SERVER "\t%s\t%s\t%s\t0\t%lu\t1\t1\t\t%u\r\n",
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    mail->host, mail->message_id, mail->sender, mail->size, mail->n_recipients);
	for (unsigned i = 0; i < mail->n_recipients; i++)
		buf_fmt(to, "%s\t0\r\n", next_recipient(&pool, mail, &at));
	pool_clear(&pool);
}

/* What had come before the crash was handed to the store within seconds; what came after waits. */
void
log_tracking(struct buf *to, const struct log_story *story)
{
	const struct log_mail before = { .name = story->before,
		.sender = "anna@mail.example",
		.recipient = story->recipient,
		.host = "mail.example",
		.message_id = "<before@mail.example>",
		.when = story->crash - 61,
		.size = 2311,
		.n_recipients = 1 };
	const struct log_mail last = { .name = story->culprit,
		.sender = story->sender,
		.recipient = story->recipient,
		.host = story->host ? story->host : "other.example",
		.message_id = story->message_id,
		.when = story->crash - 1,
		.size = story->size ? story->size : 6630,
		.recipients = story->recipients,
		.n_recipients = story->n_recipients ? story->n_recipients : 1 };

	for (size_t i = 0; i < story->n_mails; i++) {
		const struct log_mail *mail = &story->mails[i];

		if (mail->folder[0] != 'i' || mail->when == last.when)
			continue;
		add_track(to, mail, mail->when, 1012);
		if (!mail->waits)
			add_track(to, mail, mail->when + 2, 1013);
	}
	if (story->before) {
		add_track(to, &before, before.when, 1012);
		add_track(to, &before, before.when + 2, 1013);
	}
	if (story->culprit)
		add_track(to, &last, last.when, 1012);
}
