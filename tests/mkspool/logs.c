/* logs.c - the logs beside a tree whose connector died on one message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include "evt.h"

#define SERVER "EXGATE1"
#define IN "D:\\exchsrvr\\imcdata\\in\\"

enum { EVENTS_PER_CRASH = 5, CRASHES_MAX = 20, PERIOD = 60, WEEKS = 21 * 86400 };

/* Broken-down time of the site. */
static struct tm
local(const struct log_story *story, time_t when)
{
	struct tm tm;

	when += story->zone * 60;
	gmtime_r(&when, &tm);
	return tm;
}

/* "3/5/01<separator>2:07:51 PM" */
static void
add_stamp(struct buf *to, const struct log_story *story, time_t when, const char *separator)
{
	struct tm tm = local(story, when);

	buf_fmt(to, "%d/%d/%02d%s%d:%02d:%02d %s", tm.tm_mon + 1, tm.tm_mday, tm.tm_year % 100,
	    separator, (tm.tm_hour + 11) % 12 + 1, tm.tm_min, tm.tm_sec,
	    tm.tm_hour < 12 ? "AM" : "PM");
}

static time_t
crash_at(const struct log_story *story, unsigned i)
{
	return story->crash + (time_t)i * PERIOD;
}

/* "The application, ..." of Dr. Watson's event, with the site's time. */
static struct buf *
watson_text(struct pool *pool, const struct log_story *story, time_t when)
{
	struct tm tm = local(story, when);

	return pool_fmt(pool,
	    "The application, exe\\MSEXCIMC.dbg, generated an application error The error occurred "
	    "on %2d/%2d/%d @ %d:%d:%d.638 The exception generated was c0000005 at address 0042f1c0 "
	    "(CmnContent::hrAddParm)",
	    tm.tm_mon + 1, tm.tm_mday, tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static struct evt_event
event_of(time_t when, uint32_t id, const char *source)
{
	return (struct evt_event){ .time = (uint32_t)when,
		.id = id,
		.type = id >> 30 == 3 ? EVT_ERROR : EVT_INFORMATION,
		.source = source,
		.computer = SERVER };
}

static const char *
text_of(struct buf *text)
{
	buf_byte(text, 0);
	return (const char *)text->data;
}

void
log_event_log(struct buf *to, const struct log_story *story)
{
	struct evt_event events[2 + EVENTS_PER_CRASH * CRASHES_MAX];
	struct pool pool = { NULL };
	size_t n = 0;

	if (story->decoy) {
		events[n] = event_of(story->crash - WEEKS, 0xc0001015, "MSExchangeIMC");
		events[n++].strings[0] = story->decoy;
	}
	events[n] = event_of(story->crash - 61, 0x400007d2, "MSExchangeIMC");
	events[n].strings[0] = "<anna@mail.example>";
	events[n].strings[1] = text_of(pool_fmt(&pool, IN "%s", story->before));
	events[n++].strings[2] = "mail.example";
	for (unsigned i = 0; i < story->n_crashes && i < CRASHES_MAX; i++) {
		time_t when = crash_at(story, i);

		events[n] = event_of(when - 1, 0x400007d2, "MSExchangeIMC");
		events[n].strings[0] = text_of(pool_fmt(&pool, "<%s>", story->sender));
		events[n].strings[1] = text_of(pool_fmt(&pool, IN "%s", story->culprit));
		events[n++].strings[2] = "other.example";
		events[n] = event_of(when, 0x00001001, "DrWatson");
		events[n++].strings[0] = text_of(watson_text(&pool, story, when));
		events[n] = event_of(when + 1, 0xc0000fc5, "MSExchangeIMC");
		events[n].strings[0] = "0xc0000005";
		events[n].strings[1] = "0x00000000";
		events[n++].strings[2] = "0x0042f1c0";
		events[n] = event_of(when + PERIOD / 2, 0x400003e8, "MSExchangeIMC");
		events[n++].strings[0] = "2650.24";
	}
	evt_write(to, events, n, &(struct evt_shape){ 0 });
	pool_clear(&pool);
}

static void
add_event(struct buf *to, const struct log_story *story, time_t when, const char *head)
{
	add_stamp(to, story, when, "\t");
	buf_fmt(to, "\tMSExchangeIMC\t%s\tN/A\t" SERVER "\t", head);
}

/* As the Event Viewer saves it: the newest first. */
void
log_event_export(struct buf *to, const struct log_story *story)
{
	for (unsigned i = story->n_crashes; i-- > 0;) {
		time_t when = crash_at(story, i);

		add_event(to, story, when + 1, "Error\tInternal Processing \t4037");
		buf_str(to,
		    "An exception has occurred which was handled internally. Code: 0xc0000005 "
		    "Flags: 0x00000000 Address: 0x0042f1c0\r\n");
		add_event(to, story, when - 1, "Information\tMessage Transfer \t2002");
		buf_fmt(to,
		    "A message from <%s> in temporary file " IN
		    "%s was received from other.example with 1 local recipients.\r\n",
		    story->sender, story->culprit);
	}
	add_event(to, story, story->crash - 61, "Information\tMessage Transfer \t2002");
	buf_fmt(to,
	    "A message from <anna@mail.example> in temporary file " IN
	    "%s was received from mail.example with 1 local recipients.\r\n",
	    story->before);
	if (!story->decoy)
		return;
	add_event(to, story, story->crash - WEEKS, "Error\tInternal Processing \t4117");
	buf_fmt(to,
	    "An error occurred. As a result, the message in spool file %s failed to be delivered. "
	    "The message has been moved to the IMCDATA\\IN\\ARCHIVE directory.\r\n",
	    story->decoy);
}

/* Sixteen bytes a row, the fragment behind a few words of other things. */
static void
add_stack(struct buf *to, const struct log_story *story)
{
	static const unsigned char other[] = { 0x8c, 0xd5, 0x52, 0x00, 0x45, 0x5b, 0x00, 0x02 };
	struct pool pool = { NULL };
	struct buf *stack = pool_buf(&pool);

	buf_add(stack, other, sizeof other);
	buf_add(stack, story->fragment, story->n_fragment);
	buf_fill(stack, 0, 32 - stack->len % 16);
	for (size_t at = 0; at < stack->len; at += 16) {
		buf_fmt(to, "%08zx ", 0x00daaefc + at);
		for (size_t i = at; i < at + 16; i++)
			buf_fmt(to, i == at + 8 ? " - %02x" : " %02x", stack->data[i]);
		buf_str(to, "  ");
		for (size_t i = at; i < at + 16; i++)
			buf_byte(to,
			    stack->data[i] >= 0x20 && stack->data[i] < 0x7f ? stack->data[i] : '.');
		buf_str(to, "\r\n");
	}
	pool_clear(&pool);
}

void
log_drwatson(struct buf *to, const struct log_story *story)
{
	for (unsigned i = 0; i < story->n_crashes; i++) {
		struct tm tm = local(story, crash_at(story, i));

		buf_fmt(to,
		    "\r\nApplication exception occurred:\r\n"
		    "        App: exe\\MSEXCIMC.dbg (pid=%u)\r\n"
		    "        When: %d/%d/%d @ %d:%d:%d.638\r\n"
		    "        Exception number: c0000005 (access violation)\r\n\r\n"
		    "State Dump for Thread Id 0x144\r\n\r\n"
		    "function: CmnContent::hrAddParm\r\n"
		    "FAULT ->0042f1c0 8b06             mov     eax,[esi]\r\n\r\n"
		    "*----> Stack Back Trace <----*\r\n\r\n"
		    "FramePtr ReturnAd Param#1  Param#2  Param#3  Param#4  Function Name\r\n"
		    "00daaefc 004301a3 00dab000 00000000 0000000c 00000001 "
		    "MSEXCIMC!CmnContent::hrAddParm \r\n\r\n"
		    "*----> Raw Stack Dump <----*\r\n",
		    167 + 12 * i, tm.tm_mon + 1, tm.tm_mday, tm.tm_year + 1900, tm.tm_hour,
		    tm.tm_min, tm.tm_sec);
		add_stack(to, story);
	}
}

void
log_robocopy(struct buf *to, const struct log_story *story)
{
	static const char reason[] =
	    "The process cannot access the file because it is being used by another process.\r\n";

	buf_str(to,
	    "   ROBOCOPY     ::     Robust File Copy for Windows     ::     Version XP010\r\n\r\n"
	    "   Source : D:\\exchsrvr\\imcdata\\\r\n\r\n\t                 2\t" IN "\r\n");
	buf_fmt(to, "\t    New File  \t\t    2311\t%s\r\n  0%%\r100%%  \r\n", story->before);
	for (unsigned i = 0; i < 2; i++) {
		struct tm tm = local(story, story->crash + 7200 + 30 * (time_t)i);

		buf_fmt(to,
		    "\t    New File  \t\t    6630\t%s\r\n%d/%02d/%02d %02d:%02d:%02d ERROR 32 (0x00000020) "
		    "Copying File " IN "%s\r\n%s%s",
		    story->culprit, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		    tm.tm_min, tm.tm_sec, story->culprit, reason,
		    i ? "\r\nERROR: RETRY LIMIT EXCEEDED.\r\n"
		      : "Waiting 30 seconds... Retrying...\r\n");
	}
	buf_str(to, "\r\n               Total    Copied   Skipped  Mismatch    FAILED    Extras\r\n"
		    "   Files :         2         1         0         0         1         0\r\n");
}

void
log_protocol(struct buf *to, const struct log_story *story)
{
	const char *lines[] = { "A connection was accepted from other.example.",
		"<<< MAIL FROM:<\1> SIZE=6630", ">>> 250 OK", "<<< RCPT TO:<\2>", ">>> 250 OK",
		"<<< DATA", ">>> 354 Send data.  End with CRLF.CRLF" };

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		add_stamp(to, story, story->crash - 1, " ");
		buf_str(to, " : ");
		for (const char *at = lines[i]; *at; at++) {
			if (*at == '\1' || *at == '\2')
				buf_str(to, *at == '\1' ? story->sender : story->recipient);
			else
				buf_byte(to, (unsigned char)*at);
		}
		buf_str(to, "\r\n");
	}
}

static void
add_track(struct buf *to, time_t when, const char *name, int event, const char *message_id,
    const struct log_story *story)
{
	struct tm tm;

	gmtime_r(&when, &tm);
	buf_fmt(to, "c=US;a= ;p=ACME;l=" SERVER "%02d%02d%02d%02d%02d%s\t%d\t", tm.tm_year % 100,
	    tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, name, event);
	buf_fmt(to,
	    "%d.%d.%d %02d:%02d:%02d\t" SERVER "\tother.example\t%s\t%s\t0\t6630\t1\t1\t\t1\r\n",
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    message_id, story->sender);
	buf_fmt(to, "%s\t0\r\n", story->recipient);
}

void
log_tracking(struct buf *to, const struct log_story *story)
{
	add_track(to, story->crash - 61, story->before, 1012, "<before@mail.example>", story);
	add_track(to, story->crash - 61, story->before, 1013, "<before@mail.example>", story);
	add_track(to, story->crash - 1, story->culprit, 1012, story->message_id, story);
}

void
log_widen(struct buf *to, const struct buf *log)
{
	buf_u16le(to, 0xfeff);
	for (size_t i = 0; i < log->len; i++)
		buf_u16le(to, log->data[i]);
}
