/*
 * smtplog.c - the connector's SMTP protocol log (Imcdata\Log\L*.LOG).
 *
 * "M/D/YY h:mm:ss AM : <<< MAIL FROM:<a@b>" (Q262945, Q295725), without the stamp in 4.0 (Q245787);
 * <<< is received, >>> sent. One file holds the connections of one thread, one after the other. At
 * full logging the message itself stands in it, and can hold what looks like a dialog: replies
 * count only from the side that is to give them.
 *
 * A few commands stop the service before it answers, and no message is to blame: VRFY (Q170317), AUTH
 * (Q188341), EHLO (Q326322, MS02-037), an extended verb (MS03-046).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

#define KEPT 256

enum side { SIDE_NONE, SIDE_RECEIVED, SIDE_SENT };

struct kept {
	size_t len;
	unsigned char bytes[KEPT];
};

/* A command that stops the service, as long as nothing answers it. */
struct asked {
	bool set, weak, extended;
	uint64_t offset, number;
	struct when when;
	struct kept quote;
};

struct smtplog {
	bool answers; /* the log shows replies: one that lacks means something */
	struct asked asked;
	enum side client; /* who gives the commands of this transaction */
	bool open;        /* 354 came, and no answer to the text yet */
	bool in_header;   /* of the message, at full logging */
	uint64_t offset, number;
	struct when when; /* of the 354 */
	uint32_t n_recipients, size;
	struct kept sender, recipient, subject, message_id, quote;
};

static void
store(struct kept *to, struct slice s)
{
	s = slice_cut(s, 0, KEPT);
	if (s.len)
		memcpy(to->bytes, s.data, s.len);
	to->len = s.len;
}

static struct evidence_ref
text(struct evidence_item *item, const struct kept *kept)
{
	return evidence_text(item, slice_of(kept->bytes, kept->len));
}

/* The transaction, but not what the log is like. */
static void
forget(struct smtplog *smtp)
{
	const bool answers = smtp->answers;

	memset(smtp, 0, sizeof *smtp);
	smtp->answers = answers;
	smtp->when.seconds = EVIDENCE_TIME_NONE;
}

static void
emit(struct log_reader *reader, uint32_t flags)
{
	struct smtplog *smtp = reader->state;
	struct evidence_item *item;

	if (!smtp->open)
		return;
	item = sink_item(&reader->sink, EVIDENCE_SMTP_OPEN, smtp->offset, smtp->number);
	when_set(
	    item, smtp->when, smtp->when.seconds == EVIDENCE_TIME_NONE ? ZONE_UNKNOWN : ZONE_LOCAL);
	item->flags |= flags | (smtp->client == SIDE_RECEIVED ? EVIDENCE_IN : EVIDENCE_OUT);
	item->n_recipients = smtp->n_recipients;
	item->code = smtp->size;
	item->sender = text(item, &smtp->sender);
	item->recipient = text(item, &smtp->recipient);
	item->subject = text(item, &smtp->subject);
	item->message_id = text(item, &smtp->message_id);
	item->quote = text(item, &smtp->quote);
	sink_keep(&reader->sink, item);
}

/* The connection ended, or the log, and the last command was one of those. */
static void
emit_asked(struct log_reader *reader)
{
	const struct smtplog *smtp = reader->state;
	const struct asked *asked = &smtp->asked;
	struct evidence_item *item;

	if (!asked->set || !smtp->answers)
		return;
	item = sink_item(&reader->sink, EVIDENCE_RULE_OUT, asked->offset, asked->number);
	when_set(item, asked->when,
	    asked->when.seconds == EVIDENCE_TIME_NONE ? ZONE_UNKNOWN : ZONE_LOCAL);
	item->code = CAUSE_SMTP_COMMAND;
	item->flags |= EVIDENCE_IN | (asked->weak ? EVIDENCE_WEAK : 0);
	item->quote = text(item, &asked->quote);
	sink_keep(&reader->sink, item);
}

/* Step over "5/13/00 2:36:27 PM : ". */
static struct slice
stamp(struct log_reader *reader, struct slice s, struct when *when)
{
	size_t at = 0;

	*when = (struct when){ EVIDENCE_TIME_NONE, false };
	if (!when_date(s, &at, &reader->sink.dates, when) || !when_clock(s, &at, when)) {
		when->seconds = EVIDENCE_TIME_NONE;
		return s;
	}
	when_note(&reader->sink, *when);
	s = slice_trim(slice_from(s, at));
	return slice_starts(s, ":") ? slice_trim(slice_from(s, 1)) : s;
}

static enum side
side_of(struct slice *s)
{
	enum side side = slice_starts(*s, "<<<")   ? SIDE_RECEIVED
			 : slice_starts(*s, ">>>") ? SIDE_SENT
						   : SIDE_NONE;

	if (side != SIDE_NONE)
		*s = slice_trim(slice_from(*s, 3));
	return side;
}

static void
take_sender(struct log_reader *reader, struct slice s, enum side side)
{
	struct smtplog *smtp = reader->state;

	/* A new transaction while the old one's end was never answered. */
	emit(reader, 0);
	forget(smtp);
	smtp->client = side;
	store(&smtp->sender, text_address(slice_from(s, 10)));
	(void)text_number(text_after(s, " SIZE=", " "), &smtp->size);
}

static void
take_recipient(struct smtplog *smtp, struct slice s)
{
	if (smtp->n_recipients++ == 0)
		store(&smtp->recipient, text_address(slice_from(s, 8)));
}

/* What the message says of itself, at full logging. */
static void
take_header(struct smtplog *smtp, struct slice s)
{
	if (s.len == 0)
		smtp->in_header = false;
	else if (slice_starts_nocase(s, "Subject:") && !smtp->subject.len)
		store(&smtp->subject, slice_trim(slice_from(s, 8)));
	else if (slice_starts_nocase(s, "Message-ID:") && !smtp->message_id.len)
		store(&smtp->message_id, slice_trim(slice_from(s, 11)));
}

static bool
is_reply(struct slice s, uint32_t *code)
{
	return s.len >= 3 && (s.len == 3 || s.data[3] == ' ') &&
	       text_number(slice_cut(s, 0, 3), code) && *code >= 200;
}

static void
take_reply(
    struct smtplog *smtp, const struct log_line *line, uint32_t code, const struct when *when)
{
	if (code == 354) {
		smtp->open = smtp->in_header = true;
		smtp->offset = line->offset;
		smtp->number = line->number;
		smtp->when = *when;
		store(&smtp->quote, slice_trim(line->text));
	} else if (smtp->open) {
		/* Taken or refused: the message came to its end. */
		forget(smtp);
	}
}

/* EHLO is the first command of nearly every connection, and some break there: a hint only. */
static bool
stops_service(struct slice s, struct asked *asked)
{
	asked->weak = slice_starts_nocase(s, "EHLO ");
	asked->extended = slice_starts_nocase(s, "X");
	return asked->weak || asked->extended || slice_starts_nocase(s, "VRFY ") ||
	       slice_starts_nocase(s, "AUTH ");
}

/* Outside the text of a message. False: the line is the data that an extended verb announced, or
 * the reply that asks for them, and no reply to DATA. */
static bool
watch(struct smtplog *smtp, const struct log_line *line, struct slice s, enum side side,
    const struct when *when)
{
	uint32_t code = 0;

	if (smtp->open || side == SIDE_NONE)
		return true;
	if (side == SIDE_SENT) {
		smtp->answers |= smtp->asked.set || is_reply(s, &code);
		if (smtp->asked.extended && is_reply(s, &code) && code == 354)
			return false;
		smtp->asked.set = false;
		return true;
	}
	memset(&smtp->asked, 0, sizeof smtp->asked);
	if (!stops_service(s, &smtp->asked))
		return true;
	smtp->asked.set = true;
	smtp->asked.offset = line->offset;
	smtp->asked.number = line->number;
	smtp->asked.when = *when;
	store(&smtp->asked.quote, slice_trim(line->text));
	return true;
}

static void
take_line(struct log_reader *reader, const struct log_line *line)
{
	struct smtplog *smtp = reader->state;
	struct when when;
	struct slice s = stamp(reader, line->text, &when);
	enum side side = side_of(&s);
	uint32_t code;

	if (slice_starts(s, "IO:"))
		return; /* 4.0 shows each reply once more as it came in */
	if (!watch(smtp, line, s, side, &when))
		return;
	if (side == SIDE_NONE && slice_starts_nocase(s, "A connection was accepted")) {
		emit(reader, 0);
		emit_asked(reader);
		forget(smtp);
	} else if (side != SIDE_NONE && side != smtp->client && smtp->client != SIDE_NONE &&
		   is_reply(s, &code)) {
		take_reply(smtp, line, code, &when);
	} else if (side != SIDE_NONE && !(smtp->open && side == smtp->client && smtp->in_header) &&
		   slice_starts_nocase(s, "MAIL FROM:")) {
		take_sender(reader, s, side);
	} else if (side == smtp->client && !smtp->open && slice_starts_nocase(s, "RCPT TO:")) {
		take_recipient(smtp, s);
	} else if (smtp->open && smtp->in_header && (side == SIDE_NONE || side == smtp->client)) {
		take_header(smtp, s);
	}
}

static void
begin(struct log_reader *reader)
{
	forget(reader->state);
	reader->sink.out->zone = ZONE_LOCAL;
}

static void
finish(struct log_reader *reader)
{
	const struct smtplog *smtp = reader->state;

	reader->sink.out->unfinished = smtp->open;
	emit(reader, EVIDENCE_UNFINISHED);
	emit_asked(reader);
}

const struct log_format log_format_smtp = {
	.state_size = sizeof(struct smtplog), .begin = begin, .line = take_line, .finish = finish
};
