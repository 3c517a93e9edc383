/*
 * logs_smtp.c - the SMTP protocol log and the message tracking log.
 *
 * The dialog: Q262945, Q295725, Q154505 (one file a concurrent connection; headers and body at
 * Maximum only, left out here). Tracking: fields of Q173280, events of Q173364; how the time is
 * written and that field 6 is the Message-ID are guesses.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

static void
say(struct buf *to, const struct log_story *story, time_t when, const char *line)
{
	log_stamp(to, story, when, " ");
	buf_fmt(to, " : %s\r\n", line);
}

/* A connection up to the 354; the rest only when the text came whole. */
static void
add_session(struct buf *to, const struct log_story *story, const struct log_mail *mail, bool whole)
{
	struct pool pool = { NULL };
	const time_t when = mail->when;
	const char *lines[] = {
		log_string(pool_fmt(&pool, "A connection was accepted from %s.", mail->host)),
		">>> 220 exgate1.acme.example ESMTP Server (Microsoft Exchange Internet Mail "
		"Service 5.5.2650.21) ready",
		log_string(pool_fmt(&pool, "<<< EHLO %s", mail->host)),
		">>> 250-exgate1.acme.example Hello",
		log_string(
		    pool_fmt(&pool, "<<< MAIL FROM:<%s> SIZE=%lu", mail->sender, mail->size)),
		log_string(pool_fmt(&pool, ">>> 250 OK - mail from <%s>", mail->sender)),
		log_string(pool_fmt(&pool, "<<< RCPT TO:<%s>", mail->recipient)),
		log_string(pool_fmt(&pool, ">>> 250 OK - Recipient <%s>", mail->recipient)),
		"<<< DATA",
		">>> 354 Send data.  End with CRLF.CRLF",
		">>> 250 OK",
		"<<< QUIT",
		">>> 221 closing connection",
	};
	const size_t n = sizeof lines / sizeof *lines;

	for (size_t i = 0; i < (whole ? n : n - 3); i++)
		say(to, story, when - (i < 4), lines[i]);
	pool_clear(&pool);
}

void
log_protocol(struct buf *to, const struct log_story *story)
{
	const struct log_mail last = { .sender = story->sender,
		.recipient = story->recipient,
		.host = story->host ? story->host : "other.example",
		.when = story->crash - 1,
		.size = story->size ? story->size : 6630 };

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

	gmtime_r(&minute, &tm);
	buf_fmt(to, "c=US;a= ;p=ACME;l=" LOG_SERVER "%02d%02d%02d%02d%02d%s\t%d\t",
	    tm.tm_year % 100, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, mail->name, event);
	gmtime_r(&when, &tm);
	buf_fmt(to, "%d.%d.%d %02d:%02d:%02d\t" LOG_SERVER "\t%s\t%s\t%s\t0\t%lu\t1\t1\t\t%u\r\n",
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    mail->host, mail->message_id, mail->sender, mail->size, mail->n_recipients);
	buf_fmt(to, "%s\t0\r\n", mail->recipient);
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
		.n_recipients = 1 };

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
