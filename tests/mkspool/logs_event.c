/*
 * logs_event.c - the events of a crash, as .evt and as the Event Viewer exports them.
 *
 * Ids and wordings: Q168883 and Q169681 (4037), Q214407 (4097), Q166558 (2002), Q232279 and Q325939
 * (12800, 4182, 4102), Q192186 (4117), Q257618 (1000), Q189614 (no message file). Guesses: which
 * words of a sentence are its insertion strings and in which order (no dump of such a record is
 * published), the wording of other services' events, and how NT 4.0 quotes its CSV.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <err.h>
#include <stdlib.h>

#define IMC "MSExchangeIMC"
#define RETURNED                                                                                   \
	"An error was returned from the messaging software the Internet Mail Service uses. "       \
	"As a result, the message in spool file %s "

enum { WEEKS = 21 * 86400 };

/* The list while it is filled. */
struct events {
	struct pool *pool;
	const struct log_story *story;
	struct log_event *list;
	size_t n;
};

static struct log_event *
add(struct events *to, time_t when, uint32_t id, const char *source, const char *category)
{
	struct log_event *event = &to->list[to->n++];

	if (to->n > LOG_EVENTS_MAX)
		errx(1, "more than %d events", LOG_EVENTS_MAX);
	*event =
	    (struct log_event){ .when = when, .id = id, .source = source, .category = category };
	return event;
}

static void
add_received(struct events *to, time_t when, const char *name, const char *sender, const char *host,
    unsigned n_recipients)
{
	struct log_event *event = add(to, when, 0x400007d2, IMC, "Message Transfer");

	event->strings[0] = log_string(pool_fmt(to->pool, "<%s>", sender));
	event->strings[1] = log_string(pool_fmt(to->pool, LOG_ROOT "in\\%s", name));
	event->strings[2] = host;
	event->strings[3] = log_string(pool_fmt(to->pool, "%u", n_recipients));
	event->sentence = log_string(pool_fmt(to->pool,
	    "A message from <%s> in temporary file " LOG_ROOT
	    "in\\%s was received from %s with %u local recipients.",
	    sender, name, host, n_recipients));
}

static uint32_t
address_of(const struct log_story *story)
{
	return story->address ? story->address : 0x0042f1c0;
}

/* Dr. Watson's event quotes the site's time, whatever the time of the record. */
static void
add_watson(struct events *to, time_t when)
{
	struct tm tm = log_local(to->story, when);
	struct log_event *event = add(to, when, 0x00001001, "DrWatson", "None");
	const char *function = to->story->function;

	event->sentence = log_string(pool_fmt(to->pool,
	    "The application, exe\\MSEXCIMC.dbg, generated an application error The error occurred "
	    "on %2d/%2d/%d @ %d:%d:%d.638 The exception generated was c0000005 at address %08x "
	    "(%s)",
	    tm.tm_mon + 1, tm.tm_mday, tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    address_of(to->story), function ? function : "CmnContent::hrAddParm"));
	event->strings[0] = event->sentence;
}

static void
add_exception(struct events *to, time_t when)
{
	struct log_event *event = add(to, when, 0xc0000fc5, IMC, "Internal Processing");

	event->strings[0] = "0xc0000005";
	event->strings[1] = "0x00000000";
	event->strings[2] = log_string(pool_fmt(to->pool, "0x%08x", address_of(to->story)));
	event->sentence = log_string(pool_fmt(to->pool,
	    "An exception has occurred which was handled internally by the Internet Mail Service. "
	    "This may have resulted in a message not being delivered.\r\n"
	    "Code: 0xc0000005 Flags: 0x00000000 Address: 0x%08x",
	    address_of(to->story)));
}

/* The store runs out of what it takes for memory, the connector gives up on the file and stops. */
static void
add_retry(struct events *to, time_t when)
{
	const char *name = to->story->retry ? to->story->retry : to->story->culprit;
	struct log_event *event = add(to, when, 0xc0003200, "MSExchangeIS", "Content Engine");

	event->strings[0] = "8007000E-F2000200";
	event->sentence = "Message processing failed because there is not enough available memory "
			  "(8007000E-F2000200).";
	event = add(to, when, 0xc0001056, IMC, "Internal Processing");
	event->strings[0] = name;
	event->sentence = log_string(
	    pool_fmt(to->pool, RETURNED "will be retried when the server is restarted.", name));
	event = add(to, when + 1, 0xc0001006, IMC, "Internal Processing");
	event->sentence =
	    "A serious error has occurred while trying to send mail into the Exchange "
	    "Information Store. The Internet Mail Service is being shut down.";
}

static void
add_archived(struct events *to, time_t when, const char *name)
{
	static const unsigned char words[] = { 0x7f, 3, 1, 0, 5, 0x40, 0, 0x80 };
	struct log_event *event = add(to, when, 0xc0001015, IMC, "Internal Processing");

	event->strings[0] = name;
	event->data = words;
	event->n_data = sizeof words;
	event->sentence = log_string(pool_fmt(to->pool,
	    RETURNED "failed to be delivered. The message has been moved to the "
		     "IMCDATA\\IN\\ARCHIVE directory.",
	    name));
}

static void
add_start(struct events *to, time_t when)
{
	struct log_event *event = add(to, when, 0x400003e8, IMC, "Initialization/Termination");

	event->strings[0] = "2650.24";
	event->sentence =
	    "The Microsoft Exchange Internet Mail Service started successfully (build 2650.24).";
}

/* What a log is full of; sources and ids are common ones, the wording is ours. */
static void
add_noise(struct events *to)
{
	static const struct {
		uint32_t id;
		const char *source, *category, *sentence;
	} rows[] = {
		{ 0x400004b7, "MSExchangeIS Private", "General",
		    "Cleanup of items past retention date for item recovery is complete." },
		{ 0x00000065, "ESE97", "General", "Database engine: online backup stopped." },
		{ 0x40002436, "MSExchangeMTA", "X.400 Service",
		    "The queue of the X.400 service was looked through." },
		{ 0x00001775, "EventLog", "None", "The Event log service was started." },
		{ 0x80000bb9, "MSExchangeDS", "Replication", "A replica was asked again later." },
	};

	for (unsigned i = 0; i < 60; i++) {
		const size_t row = i * 7 % (sizeof rows / sizeof *rows);
		struct log_event *event = add(to, to->story->crash - WEEKS + i * 30011,
		    rows[row].id, rows[row].source, rows[row].category);

		event->strings[0] = rows[row].sentence;
		event->sentence = rows[row].sentence;
	}
}

static int
by_time(const void *a, const void *b)
{
	const struct log_event *one = a, *other = b;

	if (one->when != other->when)
		return one->when < other->when ? -1 : 1;
	return one < other ? -1 : one > other;
}

/* Mail that came before the last crash: the log was saved soon after it. */
static void
add_mails(struct events *to)
{
	const struct log_story *story = to->story;
	const time_t last = log_crash_at(story, story->n_crashes - 1);

	for (size_t i = 0; i < story->n_mails; i++) {
		const struct log_mail *mail = &story->mails[i];

		if (mail->folder[0] == 'i' && mail->when >= story->crash - 2 * 86400 &&
		    mail->when <= last && mail->when != story->crash - 1)
			add_received(to, mail->when, mail->name, mail->sender, mail->host,
			    mail->n_recipients);
	}
	if (story->before)
		add_received(
		    to, story->crash - 61, story->before, "anna@mail.example", "mail.example", 1);
}

/* The first time the message was received; at a restart it is taken from In, and whether that is
 * logged again is a guess. */
static void
add_crash(struct events *to, unsigned i, unsigned tell)
{
	const struct log_story *story = to->story;
	const time_t when = log_crash_at(story, i);

	if (tell & TELL_RECEIVED && story->culprit)
		add_received(to, when - 1, story->culprit, story->sender,
		    story->host ? story->host : "other.example",
		    story->n_recipients ? story->n_recipients : 1);
	if (tell & TELL_CRASH) {
		add_watson(to, when);
		add_exception(to, when + 1);
	}
	if (tell & TELL_RETRY)
		add_retry(to, when);
	if (tell & TELL_STARTS && i + 1 < story->n_crashes)
		add_start(to, log_start_at(story, i + 1));
}

size_t
log_events(struct pool *pool, const struct log_story *story, struct log_event *out)
{
	struct events events = { pool, story, out, 0 };
	const unsigned tell = story->tell ? story->tell : TELL_RECEIVED | TELL_CRASH | TELL_STARTS;

	if (tell & TELL_NOISE)
		add_noise(&events);
	if (story->decoy)
		add_archived(&events, story->crash - WEEKS, story->decoy);
	if (tell & TELL_RECEIVED)
		add_mails(&events);
	for (unsigned i = 0; i < story->n_crashes; i++)
		add_crash(&events, i, tell);
	for (size_t i = 0; i < story->n_more; i++) {
		struct log_event *event = add(&events, 0, 0, NULL, NULL);

		*event = story->more[i];
	}
	qsort(out, events.n, sizeof *out, by_time);
	return events.n;
}

static enum evt_type
type_of(uint32_t id)
{
	return id >> 30 == 3 ? EVT_ERROR : id >> 30 == 2 ? EVT_WARNING : EVT_INFORMATION;
}

static void
write_log(struct buf *to, const struct log_story *story, const struct evt_shape *shape)
{
	struct pool pool = { NULL };
	struct log_event *list = calloc(LOG_EVENTS_MAX, sizeof *list);
	struct evt_event *events = calloc(LOG_EVENTS_MAX, sizeof *events);

	if (!list || !events)
		err(2, "memory");
	const size_t n = log_events(&pool, story, list);

	for (size_t i = 0; i < n; i++) {
		events[i] = (struct evt_event){ .time = (uint32_t)list[i].when,
			.id = list[i].id,
			.type = type_of(list[i].id),
			.source = list[i].source,
			.computer = LOG_SERVER,
			.data = list[i].data,
			.n_data = list[i].n_data };
		for (unsigned j = 0; j < EVT_STRINGS_MAX; j++)
			events[i].strings[j] = list[i].strings[j];
	}
	evt_write(to, events, n, shape);
	free(list);
	free(events);
	pool_clear(&pool);
}

void
log_event_log(struct buf *to, const struct log_story *story)
{
	write_log(to, story, &(struct evt_shape){ 0 });
}

void
log_event_ring(struct buf *to, const struct log_story *story)
{
	write_log(
	    to, story, &(struct evt_shape){ .max_size = 16384, .dirty = true, .first = 4711 });
}
