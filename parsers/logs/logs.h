/*
 * logs.h - what the log readers share: lines, dates, names, events and the sink of items.
 *
 * For parsers/logs only. A reader gets its log in pieces, keeps a state of fixed size, and hands
 * items to the sink; when those of a kind are too many the latest are kept. Nothing here fails:
 * a torn or foreign line is counted and passed over.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_LOGS_H
#define IMC_LOGS_H

#include "arena.h"
#include "evidence.h"

#define LOG_LINE_MAX 32768 /* bytes of a line that are looked at; the rest is passed over */

/* ---- the sink: sink.c -------------------------------------------------------------------------- */

/* What decides which items stay. */
struct sink_key {
	int64_t time;
	uint32_t sequence;
	uint16_t index; /* into evidence.items */
};

/* What the dates of a log tell of their own order. */
struct sink_dates {
	bool day_first, month_first; /* a date was met that can only be read so */
	int64_t first[2], last[2];   /* of all lines, ambiguous dates read as m/d and as d/m */
};

struct sink {
	struct evidence *out;
	struct sink_key keys[EVIDENCE_ITEMS_MAX]; /* of each kind a heap, the oldest on top */
	uint32_t n_keys[EVIDENCE_KIND_COUNT];
	uint32_t sequence;
	struct sink_dates dates;
	struct evidence_item item; /* the one being made */
};

void sink_begin(struct sink *sink, struct evidence *out);

/* A cleared item to fill; the same place each time. */
struct evidence_item *sink_item(
    struct sink *sink, enum evidence_kind kind, uint64_t offset, uint64_t number);

/* Keep the item (a copy), or count it. */
void sink_keep(struct sink *sink, const struct evidence_item *item);

/* Put the items in the order of their offsets and settle what dates are ambiguous. */
void sink_finish(struct sink *sink);

/* ---- dates and times: when.c ------------------------------------------------------------------- */

/* A time as a log writes it. */
struct when {
	int64_t seconds; /* since 1970, in the log's own zone; EVIDENCE_TIME_NONE when unknown */
	bool day_month;  /* day and month may be swapped */
};

/* Read a date (m/d/y, d/m/y, d.m.y, y-m-d, y/m/d) at byte *at of s and step over it; what it
 * teaches of the order of day and month goes to dates (may be NULL: then / means m/d). False, and
 * *at unchanged, when there is none. */
bool when_date(struct slice s, size_t *at, struct sink_dates *dates, struct when *out);

/* Add the time of day (h:m, h:m:s, h:m:s.ms, AM or PM behind it) at *at to `out`. */
bool when_clock(struct slice s, size_t *at, struct when *out);

/* Note the time of a line or record for evidence.first_time and last_time. */
void when_note(struct sink *sink, struct when when);

/* Make it the item's time. */
void when_set(struct evidence_item *item, struct when when, enum evidence_zone zone);

/* ---- names of spool files: names.c ------------------------------------------------------------- */

/* Whether it is eight symbols of the alphabet 0-9 A-Z without E I O U, in either case. */
bool name_is_spool(struct slice s);

/* The last part of a path, of either slash. */
struct slice name_of_path(struct slice path);

/* The path with a drive, share or folder that begins at or before `at` and holds it. Quotes end
 * it; blanks end it unless a quote began it. */
struct slice name_path_around(struct slice text, size_t at);

/* The first spool name that stands alone in upper case at or after `from`; empty when none does. */
struct slice name_alone(struct slice text, size_t from);

/* The first path below imcdata (a folder of any tree) in the text, or empty. */
struct slice name_imcdata_path(struct slice text);

/* ---- text: text.c ------------------------------------------------------------------------------ */

/* What follows `before` (case ignored) up to the first of the bytes `ends`, or to the end of s when
 * `ends` is ""; empty when it is not there. */
struct slice text_after(struct slice s, const char *before, const char *ends);
bool text_has(struct slice s, const char *text);

/* A decimal or hexadecimal (behind 0x) number that s begins with; false when there is none or it
 * does not fit. */
bool text_number(struct slice s, uint32_t *out);
bool text_hex(struct slice s, uint32_t *out);

/* The first number written 0x........ behind `before`. */
bool text_code(struct slice s, const char *before, uint32_t *out);

/* The address between the first < and >, or the first word, of s. */
struct slice text_address(struct slice s);

/* The field number `index` of s, from 0, parted by that byte; empty past the end. */
struct slice text_field(struct slice s, unsigned char separator, unsigned index);

/* Narrow UTF-16LE to UTF-8 in out; stops at a NUL or when out is full. Bytes written. */
size_t text_narrow(struct slice wide, unsigned char *out, size_t room);

/* Whether s holds one of the words, case ignored; the list ends with NULL. */
bool text_has_any(struct slice s, const char *const *words);

/* ---- lines: liner.c ---------------------------------------------------------------------------- */

/* One line, without its end, in 8-bit bytes (UTF-16 becomes UTF-8). */
struct log_line {
	struct slice text;
	uint64_t offset; /* bytes from the start of the log, in its own encoding */
	uint64_t number; /* from 1 */
	bool ended;      /* its line end is there */
};

enum liner_form { FORM_UNKNOWN, FORM_BYTES, FORM_LITTLE, FORM_BIG };

struct log_reader;
typedef void log_line_taker(struct log_reader *reader, const struct log_line *line);

struct liner {
	enum liner_form form;
	unsigned char head[4]; /* the first bytes, until the form is known */
	size_t n_head;
	uint64_t pos;   /* bytes fed */
	uint64_t start; /* of the line */
	uint64_t number;
	unsigned char unit; /* first half of a UTF-16 unit */
	bool half, skipping;
	unsigned high; /* leading surrogate, or 0 */
	size_t len;
	unsigned char line[LOG_LINE_MAX];
};

void liner_feed(
    struct liner *liner, struct log_reader *reader, struct slice bytes, log_line_taker *take);
void liner_finish(struct liner *liner, struct log_reader *reader, log_line_taker *take);

/* ---- events: events.c, event_text.c, timeline.c ------------------------------------------------ */

#define EVENT_STRINGS_MAX 16

/* One event of either form of log. */
struct log_event {
	struct when time;
	enum evidence_zone zone;
	uint32_t id; /* without severity */
	struct slice source;
	struct slice text; /* description, or the strings with blanks between them */
	struct slice strings[EVENT_STRINGS_MAX];
	size_t n_strings;
	struct slice data;
	uint64_t offset, number;
};

#define TIMELINE_PENDING 64

/* The last file received before each crash, for logs in either order. */
struct timeline {
	bool have;                         /* `received` is one */
	bool descending;                   /* the log goes back in time */
	bool ring;                         /* the log's begin follows its end (wrapped .evt) */
	int64_t last;                      /* time of the event before */
	struct evidence_item received;     /* the last one met */
	int64_t pending[TIMELINE_PENDING]; /* crashes with nothing received before them yet */
	size_t n_pending;
	struct evidence_item item; /* scratch */
};

struct events {
	struct timeline timeline;
};

void events_begin(struct events *events, bool ring);
void events_take(struct events *events, struct sink *sink, const struct log_event *event);
void events_finish(struct events *events, struct sink *sink);

/* What an event says of a message: fill the item's strings. */
void event_names_file(struct evidence_item *item, const struct log_event *event);
void event_names_message(struct evidence_item *item, const struct log_event *event);
void event_codes(struct evidence_item *item, const struct log_event *event);

/* The cause that is no message which an event or a function speaks of; *weak: by a guess. */
enum evidence_cause cause_of_event(const struct log_event *event, bool *weak);
enum evidence_cause cause_of_function(struct slice function);

void timeline_event(struct timeline *timeline, struct sink *sink, int64_t time);
void timeline_received(
    struct timeline *timeline, struct sink *sink, const struct evidence_item *item);
void timeline_crash(struct timeline *timeline, struct sink *sink, int64_t time);
void timeline_finish(struct timeline *timeline, struct sink *sink);

/* ---- the raw stack: stack.c -------------------------------------------------------------------- */

#define STACK_RUN_MAX EVIDENCE_STRING_MAX

/* A run of text that is being met. */
struct stack_run {
	size_t len;
	uint64_t offset, number; /* line of its first byte */
	unsigned char bytes[STACK_RUN_MAX];
};

/* The bytes of one thread's stack, as they come. */
struct stack {
	uint32_t next; /* address after the last row */
	bool going;    /* there was a row */
	bool half;     /* a UTF-16 unit waits for its zero */
	unsigned char held;
	struct stack_run narrow, wide;
};

/* What goes with each run into its item. */
struct stack_owner {
	struct sink *sink;
	struct when when;
	struct slice application;
	uint32_t flags;
};

/* One row of the dump; false when the line is none. */
bool stack_row(struct stack *stack, const struct log_line *line, const struct stack_owner *owner);

/* The thread's stack is at its end. */
void stack_end(struct stack *stack, const struct stack_owner *owner);

/* ---- the readers ------------------------------------------------------------------------------- */

/* One format: binary formats have `bytes`, the others `line`. */
struct log_format {
	size_t state_size;
	void (*begin)(struct log_reader *reader); /* may be NULL: zeroed */
	void (*bytes)(struct log_reader *reader, struct slice bytes);
	log_line_taker *line;
	void (*finish)(struct log_reader *reader);
};

struct log_reader {
	const struct log_format *format; /* NULL: an unknown log, only counted */
	void *state;
	uint64_t pos; /* bytes fed */
	struct liner liner;
	struct sink sink;
};

extern const struct log_format log_format_evt;
extern const struct log_format log_format_event_text;
extern const struct log_format log_format_drwatson;
extern const struct log_format log_format_copy;
extern const struct log_format log_format_smtp;
extern const struct log_format log_format_tracking;
extern const struct log_format log_format_queue;

/* Whether a line begins an event of an export, or is a record of a tracking log. */
bool event_text_begins(struct slice line);
bool tracking_is_record(struct slice line);

/* For tests: every record of a .evt file is shown here too, whatever it says. */
struct evt_watch {
	void (*record)(void *to, const struct log_event *event, struct slice computer);
	void *to;
};
void evt_watch(struct log_reader *reader, struct evt_watch watch);

#endif
