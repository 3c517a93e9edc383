/*
 * drwatson.c - drwtsn32.log: for each crash the application, the fault, its thread's back trace and
 * the text on the raw stacks.
 *
 * Literals as Dr. Watson's message table has them (Q246084, Q308998); a log has as many crashes as
 * the machine had, and threads in each.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

#define NAME_MAX_LEN 128
#define FRAMES_MAX 40

enum section { SECTION_NONE, SECTION_TRACE, SECTION_STACK };

struct drwatson {
	bool have;     /* a crash is being read */
	bool faulted;  /* its fault was met */
	bool excluded; /* its RULE_OUT was */
	enum section section;
	bool faulting;           /* this thread is the one */
	uint64_t offset, number; /* of the crash's first line */
	struct when when;
	uint32_t code, flags;
	unsigned n_frames;
	size_t n_application, n_function;
	unsigned char application[NAME_MAX_LEN], function[NAME_MAX_LEN];
	struct stack stack;
};

static struct slice
application(const struct drwatson *dr)
{
	return slice_of(dr->application, dr->n_application);
}

static void
store(unsigned char to[NAME_MAX_LEN], size_t *n, struct slice s)
{
	s = slice_cut(s, 0, NAME_MAX_LEN);
	if (s.len)
		memcpy(to, s.data, s.len);
	*n = s.len;
}

static struct stack_owner
owner_of(struct log_reader *reader)
{
	const struct drwatson *dr = reader->state;

	return (struct stack_owner){ &reader->sink, dr->when, application(dr),
		dr->flags | (dr->faulting ? EVIDENCE_FAULTING : 0) };
}

/* A crash of anything but the connector or the store is worth a line and no more. */
static bool
concerns_mail(const struct drwatson *dr)
{
	return !(dr->flags & EVIDENCE_WEAK);
}

static struct evidence_item *
item_of(struct log_reader *reader, enum evidence_kind kind, uint64_t offset, uint64_t number)
{
	const struct drwatson *dr = reader->state;
	struct evidence_item *item = sink_item(&reader->sink, kind, offset, number);

	when_set(item, dr->when, ZONE_LOCAL);
	item->code = dr->code;
	item->flags |= dr->flags;
	item->source = evidence_text(item, application(dr));
	return item;
}

static void
rule_out(struct log_reader *reader, struct slice function, const struct log_line *line)
{
	struct drwatson *dr = reader->state;
	enum evidence_cause cause = cause_of_function(function);
	struct evidence_item *item;

	if (cause == CAUSE_NONE || dr->excluded || !concerns_mail(dr))
		return;
	dr->excluded = true;
	item = item_of(reader, EVIDENCE_RULE_OUT, line->offset, line->number);
	item->code = (uint32_t)cause;
	item->function = evidence_text(item, function);
	item->quote = evidence_text(item, slice_trim(line->text));
	sink_keep(&reader->sink, item);
}

static void
emit_fault(struct log_reader *reader, uint64_t offset, uint64_t number, struct slice quote)
{
	struct drwatson *dr = reader->state;
	struct evidence_item *item = item_of(reader, EVIDENCE_FAULT, offset, number);

	item->flags |= quote.len ? EVIDENCE_FAULTING : EVIDENCE_UNFINISHED;
	(void)text_hex(slice_from(quote, strlen("FAULT ->")), &item->address);
	if (quote.len)
		item->function = evidence_text(item, slice_of(dr->function, dr->n_function));
	item->quote = evidence_text(item, quote);
	sink_keep(&reader->sink, item);
	dr->faulted = true;
}

/* The crash is read to its end, or the log ends in it. */
static void
end_crash(struct log_reader *reader)
{
	struct drwatson *dr = reader->state;
	struct stack_owner owner = owner_of(reader);

	if (!dr->have)
		return;
	stack_end(&dr->stack, &owner);
	if (!dr->faulted && dr->n_application)
		emit_fault(reader, dr->offset, dr->number, slice_of(NULL, 0));
	memset(dr, 0, sizeof *dr);
	dr->when.seconds = EVIDENCE_TIME_NONE;
}

/* "exe\MSEXCIMC.dbg (pid=167)", later "C:\exchsrvr\bin\msexcimc.exe (pid=167)". */
static void
take_application(struct drwatson *dr, struct slice s)
{
	size_t end = slice_find_str(s, 0, " (pid");

	store(dr->application, &dr->n_application, slice_cut(s, 0, end));
	dr->flags = EVIDENCE_WEAK;
	if (text_has(application(dr), "msexcimc"))
		dr->flags = 0;
	else if (slice_starts_nocase(name_of_path(application(dr)), "store."))
		dr->flags = EVIDENCE_STORE;
}

/* "4/24/1998 @ 13:28:38.298": always month first, local. */
static void
take_when(struct log_reader *reader, struct slice s)
{
	struct drwatson *dr = reader->state;
	struct when when;
	size_t at = 0;

	if (!when_date(s, &at, NULL, &when))
		return;
	while (at < s.len && (s.data[at] == ' ' || s.data[at] == '@'))
		at++;
	if (!when_clock(s, &at, &when))
		return;
	dr->when = when;
	when_note(&reader->sink, when);
}

/* Behind the frame, the return address and the parameters, words of eight digits. */
static void
take_frame(struct log_reader *reader, struct slice s, const struct log_line *line)
{
	struct drwatson *dr = reader->state;
	struct evidence_item *item;
	unsigned words = 0;

	while (s.len > 8 && s.data[8] == ' ' && words < 8) {
		for (size_t i = 0; i < 8; i++)
			if (byte_hex(s.data[i]) < 0)
				return;
		s = slice_trim(slice_from(s, 8));
		words++;
		if (s.len <= 8 || byte_hex(s.data[0]) < 0 || byte_hex(s.data[7]) < 0)
			break;
	}
	if (words < 2 || !s.len || dr->n_frames == FRAMES_MAX)
		return;
	dr->n_frames++;
	rule_out(reader, s, line);
	item = item_of(reader, EVIDENCE_FRAME, line->offset, dr->n_frames);
	item->flags |= EVIDENCE_FAULTING;
	item->function = evidence_text(item, s);
	item->quote = evidence_text(item, slice_trim(line->text));
	sink_keep(&reader->sink, item);
}

/* A new thread, or a new section of one. */
static bool
take_heading(struct log_reader *reader, struct slice s)
{
	struct drwatson *dr = reader->state;
	const bool thread = text_has(s, "State Dump for Thread Id");
	struct stack_owner owner = owner_of(reader);

	if (!thread && !slice_starts(s, "*---->"))
		return false;
	stack_end(&dr->stack, &owner);
	dr->section = text_has(s, "Stack Back Trace") ? SECTION_TRACE
		      : text_has(s, "Raw Stack Dump") ? SECTION_STACK
						      : SECTION_NONE;
	if (thread) {
		dr->faulting = false;
		dr->n_function = 0;
	}
	return true;
}

static void
take_body(struct log_reader *reader, struct slice s, const struct log_line *line)
{
	struct drwatson *dr = reader->state;
	struct stack_owner owner = owner_of(reader);

	if (take_heading(reader, s))
		return;
	if (slice_starts(s, "App:")) {
		take_application(dr, slice_trim(slice_from(s, 4)));
	} else if (slice_starts(s, "When:")) {
		take_when(reader, slice_from(s, 5));
	} else if (slice_starts(s, "Exception number:")) {
		(void)text_hex(slice_trim(slice_from(s, 17)), &dr->code);
	} else if (slice_starts(s, "function:")) {
		store(dr->function, &dr->n_function, slice_trim(slice_from(s, 9)));
	} else if (slice_starts(s, "FAULT ->")) {
		dr->faulting = true;
		dr->n_frames = 0;
		emit_fault(reader, line->offset, line->number, s);
		rule_out(reader, slice_of(dr->function, dr->n_function), line);
	} else if (dr->section == SECTION_TRACE && dr->faulting && concerns_mail(dr)) {
		take_frame(reader, s, line);
	} else if (dr->section == SECTION_STACK && concerns_mail(dr)) {
		(void)stack_row(&dr->stack, line, &owner);
	}
}

static void
take_line(struct log_reader *reader, const struct log_line *line)
{
	struct drwatson *dr = reader->state;
	struct slice s = slice_trim(line->text);

	if (text_has(slice_cut(s, 0, 64), "Application exception occurred")) {
		end_crash(reader);
		dr->have = true;
		dr->offset = line->offset;
		dr->number = line->number;
	} else if (dr->have) {
		take_body(reader, s, line);
	}
	reader->sink.out->unfinished = !line->ended && dr->have;
}

static void
begin(struct log_reader *reader)
{
	struct drwatson *dr = reader->state;

	dr->when.seconds = EVIDENCE_TIME_NONE;
	reader->sink.out->zone = ZONE_LOCAL;
}

const struct log_format log_format_drwatson = { .state_size = sizeof(struct drwatson),
	.begin = begin,
	.line = take_line,
	.finish = end_crash };
