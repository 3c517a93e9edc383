/*
 * events.c - which events of the connector, the store and the system say something.
 *
 * Event ids and wordings: the Knowledge Base articles listed in the format notes (Q189731 and
 * those it names). An id means something only together with its source.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

enum event_source {
	FROM_OTHER,
	FROM_IMC,
	FROM_STORE,
	FROM_DRWATSON,
	FROM_SERVICES,
	FROM_ADDRESSING
};

static const struct event_row {
	enum event_source from;
	uint32_t id;
	enum evidence_kind kind;
	uint32_t flags;
} rows[] = {
	{ FROM_IMC, 1000, EVIDENCE_SERVICE, 0 },
	{ FROM_IMC, 1001, EVIDENCE_SERVICE, 0 },
	{ FROM_IMC, 2001, EVIDENCE_RECEIVED, EVIDENCE_OUT },
	{ FROM_IMC, 2002, EVIDENCE_RECEIVED, EVIDENCE_IN },
	{ FROM_IMC, 2003, EVIDENCE_LOG_NAMED, 0 },
	{ FROM_IMC, 3021, EVIDENCE_EVENT_MESSAGE, 0 },
	{ FROM_IMC, 3039, EVIDENCE_EVENT_PATTERN, 0 },
	{ FROM_IMC, 3041, EVIDENCE_EVENT_PATTERN, 0 },
	{ FROM_IMC, 4018, EVIDENCE_EVENT_PATTERN, 0 },
	{ FROM_IMC, 4023, EVIDENCE_EVENT_PATTERN, 0 },
	{ FROM_IMC, 4037, EVIDENCE_CRASH, 0 },
	{ FROM_IMC, 4055, EVIDENCE_EVENT_FILE, EVIDENCE_IN },
	{ FROM_IMC, 4081, EVIDENCE_EVENT_FILE, EVIDENCE_IN },
	{ FROM_IMC, 4094, EVIDENCE_EVENT_PATTERN, 0 },
	{ FROM_IMC, 4098, EVIDENCE_EVENT_MESSAGE, 0 },
	{ FROM_IMC, 4102, EVIDENCE_EVENT_PATTERN, 0 },
	{ FROM_IMC, 4115, EVIDENCE_EVENT_FILE, EVIDENCE_IN },
	{ FROM_IMC, 4116, EVIDENCE_EVENT_PATTERN, 0 },
	{ FROM_IMC, 4117, EVIDENCE_EVENT_FILE, EVIDENCE_IN | EVIDENCE_GONE },
	{ FROM_IMC, 4118, EVIDENCE_EVENT_FILE, 0 },
	{ FROM_IMC, 4120, EVIDENCE_EVENT_FILE, EVIDENCE_GONE },
	{ FROM_IMC, 4122, EVIDENCE_EVENT_PATTERN, 0 },
	{ FROM_IMC, 4123, EVIDENCE_EVENT_PATTERN, 0 },
	{ FROM_IMC, 4131, EVIDENCE_EVENT_FILE, 0 },
	{ FROM_IMC, 4132, EVIDENCE_EVENT_FILE, EVIDENCE_GONE },
	{ FROM_IMC, 4151, EVIDENCE_EVENT_PATTERN, 0 },
	{ FROM_IMC, 4164, EVIDENCE_EVENT_FILE, EVIDENCE_GONE },
	{ FROM_IMC, 4182, EVIDENCE_EVENT_FILE, EVIDENCE_IN | EVIDENCE_STAYS },
	{ FROM_IMC, 4192, EVIDENCE_EVENT_FILE, EVIDENCE_GONE },
	{ FROM_STORE, 12003, EVIDENCE_EVENT_MESSAGE, 0 },
	{ FROM_STORE, 12004, EVIDENCE_EVENT_MESSAGE, 0 },
	{ FROM_STORE, 12005, EVIDENCE_EVENT_MESSAGE, 0 },
	{ FROM_STORE, 12006, EVIDENCE_EVENT_MESSAGE, 0 },
	{ FROM_STORE, 12007, EVIDENCE_EVENT_MESSAGE, 0 },
	{ FROM_STORE, 12034, EVIDENCE_EVENT_MESSAGE, 0 },
	{ FROM_STORE, 12035, EVIDENCE_EVENT_MESSAGE, 0 },
	{ FROM_STORE, 12071, EVIDENCE_EVENT_MESSAGE, 0 },
	{ FROM_STORE, 12800, EVIDENCE_EVENT_PATTERN, EVIDENCE_STORE },
	{ FROM_DRWATSON, 4097, EVIDENCE_CRASH, 0 },
	{ FROM_SERVICES, 7023, EVIDENCE_CRASH, 0 },
	{ FROM_SERVICES, 7024, EVIDENCE_CRASH, 0 },
	{ FROM_SERVICES, 7031, EVIDENCE_CRASH, 0 },
	{ FROM_SERVICES, 7034, EVIDENCE_CRASH, 0 },
	{ FROM_ADDRESSING, 10000, EVIDENCE_EVENT_MESSAGE, 0 },
};

static const char *const imc_words[] = { "msexcimc", "MSExchangeIMC", "Internet Mail", NULL };
static const char *const store_words[] = { "store.dbg", "store.exe", "MSExchangeIS",
	"Information Store", NULL };

static enum event_source
source_of(struct slice source)
{
	if (slice_starts_nocase(source, "MSExchangeIMC") ||
	    slice_starts_nocase(source, "MSExchange IMC") ||
	    slice_starts_nocase(source, "MSExchange Internet Mail"))
		return FROM_IMC;
	if (slice_starts_nocase(source, "MSExchangeIS") ||
	    slice_starts_nocase(source, "MSExchange IS"))
		return FROM_STORE;
	if (slice_starts_nocase(source, "DrWatson") || slice_starts_nocase(source, "Dr. Watson"))
		return FROM_DRWATSON;
	if (slice_eq_nocase(source, "Service Control Manager"))
		return FROM_SERVICES;
	return text_has(source, "Addressing") ? FROM_ADDRESSING : FROM_OTHER;
}

static const struct event_row *
row_of(enum event_source from, uint32_t id)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].from == from && rows[i].id == id)
			return &rows[i];
	return NULL;
}

/* An item with what every event has. */
static struct evidence_item *
item_of(struct sink *sink, enum evidence_kind kind, const struct log_event *event)
{
	struct evidence_item *item = sink_item(sink, kind, event->offset, event->number);

	when_set(item, event->time, event->zone);
	item->event = event->id;
	item->source = evidence_text(item, slice_cut(event->source, 0, 64));
	return item;
}

/* The words of the event go last: what was taken out of them must not be cut for them. */
static void
keep(struct sink *sink, struct evidence_item *item, const struct log_event *event)
{
	item->quote = evidence_text(item, slice_trim(event->text));
	sink_keep(sink, item);
}

/* The first date of a text and the time behind it, always month first as Dr. Watson has it. */
static int64_t
local_time(struct slice s)
{
	struct when when = { EVIDENCE_TIME_NONE, false };
	size_t at = 0, n = s.len < 256 ? s.len : 256;

	while (at < n && !when_date(s, &at, NULL, &when))
		at++;
	while (at < n && (s.data[at] == ' ' || s.data[at] == '@'))
		at++;
	return when_clock(s, &at, &when) ? when.seconds : EVIDENCE_TIME_NONE;
}

/* Behind the address in a sentence; the last of the strings that make one in an .evt. */
static struct slice
function_of(const struct log_event *event)
{
	struct slice sentence = text_after(event->text, "at address", "");

	if (sentence.len || event->n_strings < 5)
		return text_after(sentence, "(", ")");
	return slice_trim(event->strings[event->n_strings - 1]);
}

/* Other services die too: only the connector and the store count. */
static void
take_crash(
    struct events *events, struct sink *sink, const struct log_event *event, enum event_source from)
{
	const bool imc = from == FROM_IMC || text_has_any(event->text, imc_words);
	const bool store = !imc && text_has_any(event->text, store_words);
	struct evidence_item *item;
	struct slice quoted;

	if (!imc && !store)
		return;
	item = item_of(sink, EVIDENCE_CRASH, event);
	item->flags |= store ? EVIDENCE_STORE : 0;
	event_codes(item, event);
	quoted = text_after(event->text, "occurred on", "");
	if (from == FROM_DRWATSON) {
		item->other_time = local_time(quoted.len ? quoted : event->text);
		item->function = evidence_text(item, function_of(event));
	}
	keep(sink, item, event);
	timeline_crash(&events->timeline, sink, event->time.seconds);
}

static void
take_received(struct events *events, struct sink *sink, const struct log_event *event,
    const struct event_row *row)
{
	struct evidence_item *item = item_of(sink, EVIDENCE_RECEIVED, event);

	item->flags |= row->flags;
	event_names_file(item, event);
	event_names_message(item, event);
	if (!item->spool.len)
		return;
	item->quote = evidence_text(item, slice_trim(event->text));
	sink_keep(sink, item);
	if (row->flags & EVIDENCE_IN)
		timeline_received(&events->timeline, sink, item);
}

static void
take_row(struct events *events, struct sink *sink, const struct log_event *event,
    const struct event_row *row)
{
	struct evidence_item *item = item_of(sink, row->kind, event);

	(void)events;
	item->flags |= row->flags;
	event_codes(item, event);
	event_names_file(item, event);
	if (row->kind == EVIDENCE_EVENT_MESSAGE || row->kind == EVIDENCE_EVENT_FILE)
		event_names_message(item, event);
	/* An event that should name a file and does not is still one of the pattern. */
	if (row->kind == EVIDENCE_EVENT_FILE && !item->spool.len)
		item->kind = EVIDENCE_EVENT_PATTERN;
	keep(sink, item, event);
}

/* 1000 tells the build that started, 2003 the protocol log of a connection. */
static void
take_service(struct sink *sink, const struct log_event *event, const struct event_row *row)
{
	struct evidence_item *item = item_of(sink, row->kind, event);
	size_t at = slice_find_nocase(event->text, 0, ".log");

	(void)text_number(slice_trim(text_after(event->text, "build", "")), &item->code);
	if (!item->code && row->kind == EVIDENCE_SERVICE && event->n_strings)
		(void)text_number(event->strings[0], &item->code);
	if (row->kind == EVIDENCE_LOG_NAMED && at != SLICE_NONE)
		item->spool = evidence_text(item, name_of_path(name_path_around(event->text, at)));
	keep(sink, item, event);
}

/* Any event of the connector that names a file, as a hint. */
static void
take_other(struct sink *sink, const struct log_event *event)
{
	struct evidence_item *item = item_of(sink, EVIDENCE_EVENT_FILE, event);

	event_names_file(item, event);
	if (!item->spool.len)
		return;
	item->flags |= EVIDENCE_WEAK;
	keep(sink, item, event);
}

static void
take_cause(struct sink *sink, const struct log_event *event)
{
	bool weak = false;
	enum evidence_cause cause = cause_of_event(event, &weak);
	struct evidence_item *item;

	if (cause == CAUSE_NONE)
		return;
	item = item_of(sink, EVIDENCE_RULE_OUT, event);
	item->code = (uint32_t)cause;
	item->flags |= weak ? EVIDENCE_WEAK : 0;
	keep(sink, item, event);
}

void
events_begin(struct events *events, bool ring)
{
	events->timeline.ring = ring;
	events->timeline.last = EVIDENCE_TIME_NONE;
}

void
events_take(struct events *events, struct sink *sink, const struct log_event *event)
{
	const enum event_source from = source_of(event->source);
	const struct event_row *row = row_of(from, event->id);

	timeline_event(&events->timeline, sink, event->time.seconds);
	if (!row && from == FROM_IMC)
		take_other(sink, event);
	else if (!row)
		;
	else if (row->kind == EVIDENCE_CRASH)
		take_crash(events, sink, event, from);
	else if (row->kind == EVIDENCE_RECEIVED)
		take_received(events, sink, event, row);
	else if (row->kind == EVIDENCE_SERVICE || row->kind == EVIDENCE_LOG_NAMED)
		take_service(sink, event, row);
	else
		take_row(events, sink, event, row);
	take_cause(sink, event);
}

void
events_finish(struct events *events, struct sink *sink)
{
	timeline_finish(&events->timeline, sink);
}
