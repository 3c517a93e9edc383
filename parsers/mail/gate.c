/*
 * gate.c - keeps from GMime 3.2 what it cannot bear.
 *
 * GMime overflows its stack on deep address groups, and its time is quadratic in address lists
 * without '@' and in the number of parameters, and grows with open boundaries times dashed lines.
 * Measured: 82 KB of "g:" in To crash it, 300 KB of names and commas take 40 s. So the gate looks
 * at every line that GMime could take for a field, wherever it stands, estimates its cost from
 * measured figures and overwrites the dear ones with spaces in a copy, so that offsets hold. It
 * does not rely on our own splitter: where the two readers disagree about structure, the gate still
 * holds.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gate.h"

#include <string.h>

#include "bytes.h"
#define FIELDS_FOR_GMIME 10000u
#define DASHED_FOR_GMIME 20000u
#define SIZE_FOR_GMIME ((size_t)128 << 20)
#define FIELD_BYTES 65536u
#define NAME_BYTES 200u
#define GROUPS_NESTED 1000u
#define PARAMS_FOR_GMIME 100000u           /* 170 bytes each */
#define MASKED_FOR_GMIME ((size_t)4 << 20) /* bytes: it keeps three copies of each, blanks too */
#define OPEN_BOUNDARIES 1024u              /* where GMime itself stops nesting */

/* Estimated nanoseconds. Base and rate keep GMime within about half a second a megabyte. */
#define BUDGET_BASE UINT64_C(300000000)
#define BUDGET_PER_BYTE UINT64_C(500)
#define COST_FIELD_MAX UINT64_C(160000000)
#define COST_WORD UINT64_C(100000) /* opening a charset converter for it */

struct scan {
	struct message *msg;
	struct arena *arena;
	struct gate *gate;
	unsigned char *copy; /* of the text, once something is masked */
	size_t next_field;   /* first of msg->fields not before the line in hand */
	uint64_t budget;
	uint64_t n_params;       /* semicolons of the fields let through */
	size_t masked;           /* bytes, all fields */
	uint64_t n_dashed;       /* lines that begin with "--" */
	uint64_t n_boundaries;   /* Content-Type fields with a boundary parameter */
	size_t longest_boundary; /* bytes of the longest such field */
};

/* A run of lines that GMime would read as one field if it stood in a header. */
struct run {
	size_t at, value, end; /* value: after the colon; end: without the last line end */
	struct slice name;
};

static size_t
count_of(struct slice s, const char *what)
{
	size_t count = 0;

	for (size_t at = slice_find_str(s, 0, what); at != SLICE_NONE;
	     at = slice_find_str(s, at + 1, what))
		count++;
	return count;
}

static bool
is_address_name(struct slice name)
{
	static const char *const names[] = { "To", "Cc", "Bcc", "From", "Sender", "Reply-To",
		"Return-Path", "Mail-Followup-To", "Mail-Reply-To", "Return-Receipt-To",
		"Disposition-Notification-To", "Apparently-To", "Delivered-To", "Errors-To" };

	if (slice_starts_nocase(name, "Resent-"))
		return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (slice_eq_nocase(name, names[i]))
			return true;
	return false;
}

static uint64_t
cost_of(const struct run *run, struct slice value)
{
	uint64_t words = count_of(value, "=?"), cost = 0, n;

	if (is_address_name(run->name)) {
		if (count_of(value, ":") > GROUPS_NESTED)
			return UINT64_MAX;
		cost = (uint64_t)value.len * value.len * 6 / 10;
	} else if (slice_starts_nocase(run->name, "Content-")) {
		n = count_of(value, ";");
		cost = n * n * 8;
		words += count_of(value, "*=");
	}
	return cost + words * COST_WORD;
}

/* The field of ours that begins at this place of the file, or -1. */
static int
field_at(struct scan *scan, uint64_t offset)
{
	const struct message *msg = scan->msg;

	while (scan->next_field < msg->n_fields &&
	       message_offset(msg, msg->fields[scan->next_field].whole) < offset)
		scan->next_field++;
	if (scan->next_field < msg->n_fields &&
	    message_offset(msg, msg->fields[scan->next_field].whole) == offset)
		return (int)scan->next_field;
	return -1;
}

static void
mask(struct scan *scan, const struct run *run)
{
	struct gate *gate = scan->gate;
	size_t len = run->end - run->value;

	scan->masked += len;
	if (!scan->copy && scan->masked <= MASKED_FOR_GMIME) {
		scan->copy = arena_alloc(scan->arena, gate->text.len, 1);
		memcpy(scan->copy, gate->text.data, gate->text.len);
	}
	/* The folds too: a line of blanks only is an end of the header to some. */
	if (scan->masked <= MASKED_FOR_GMIME)
		memset(scan->copy + run->value, ' ', len);
	gate->n_masked++;
	message_fact(scan->msg, scan->arena,
	    (struct fact){ .kind = FACT_GMIME_MASKED,
		.part = -1,
		.field = field_at(scan, gate->offset + run->at),
		.offset = gate->offset + run->value,
		.len = len,
		.value = len });
}

static void
weigh(struct scan *scan, const struct run *run)
{
	struct slice value = slice_cut(scan->gate->text, run->value, run->end - run->value);
	uint64_t cost = value.len > FIELD_BYTES ? UINT64_MAX : cost_of(run, value);
	uint64_t params = slice_starts_nocase(run->name, "Content-") ? count_of(value, ";") : 0;

	if (cost > COST_FIELD_MAX || cost > scan->budget ||
	    params > PARAMS_FOR_GMIME - scan->n_params) {
		mask(scan, run);
		return;
	}
	scan->budget -= cost;
	scan->n_params += params;
	if (slice_eq_nocase(run->name, "Content-Type") &&
	    slice_find_nocase(value, 0, "boundary") != SLICE_NONE) {
		scan->n_boundaries++;
		if (value.len > scan->longest_boundary)
			scan->longest_boundary = value.len;
	}
}

/* The name before a colon near the start of the line; empty when it cannot be a field. */
static struct slice
name_of(struct slice line, size_t *value)
{
	size_t colon = slice_find(slice_cut(line, 0, NAME_BYTES), 0, ':');
	size_t len = 0;

	if (colon == SLICE_NONE)
		return slice_of(NULL, 0);
	while (len < colon && byte_is_ftext(line.data[len]))
		len++;
	*value = colon + 1;
	for (size_t i = len; i < colon; i++)
		if (!byte_is_blank(line.data[i]))
			return slice_of(NULL, 0);
	return slice_cut(line, 0, len);
}

/* End of the line at `at` of text, its LF included. */
static size_t
line_end(struct slice text, size_t at)
{
	size_t lf = slice_find(text, at, '\n');

	return lf == SLICE_NONE ? text.len : lf + 1;
}

/* Take the lines from `at` on that make one field, or one other line; returns the next place. */
static size_t
take_line(struct scan *scan, size_t at)
{
	struct slice text = scan->gate->text;
	size_t end = line_end(text, at), value = 0;
	struct run run = { .at = at };

	if (end - at >= 2 && text.data[at] == '-' && text.data[at + 1] == '-')
		scan->n_dashed++;
	run.name = name_of(slice_cut(text, at, end - at), &value);
	if (run.name.len == 0)
		return end;
	while (end < text.len && byte_is_blank(text.data[end]))
		end = line_end(text, end);
	run.value = at + value;
	run.end = end;
	while (run.end > run.value &&
	       (text.data[run.end - 1] == '\n' || text.data[run.end - 1] == '\r'))
		run.end--;
	weigh(scan, &run);
	return end;
}

/* Where the next line begins, from the line start `at` on, that has a colon or begins with two
 * dashes: no other line is a field or a delimiter to GMime. *colon and *dashes are the next ones
 * known, so that each byte is looked at once. */
static size_t
next_line(struct slice text, size_t at, size_t *colon, size_t *dashes)
{
	size_t next, before;

	if (at == 0 && slice_starts(text, "--"))
		return at;
	if (*colon < at)
		*colon = slice_find(text, at, ':');
	if (*dashes < at)
		*dashes = bytes_find_pair(text, at > 0 ? at - 1 : 0, '\n', '-');
	/* SLICE_NONE is larger than any place. */
	next = *colon < *dashes ? *colon : *dashes + (*dashes != SLICE_NONE);
	if (next == SLICE_NONE)
		return text.len;
	before = slice_rfind(slice_cut(text, at, next - at), '\n');
	return before == SLICE_NONE ? at : at + before + 1;
}

/* Weigh all fields and count what else costs. */
static void
take_lines(struct scan *scan)
{
	const struct slice text = scan->gate->text;
	size_t colon = 0, dashes = 0;

	if (text.len > 0) {
		colon = slice_find(text, 0, ':');
		dashes = bytes_find_pair(text, 0, '\n', '-');
	}
	for (size_t at = 0; at < text.len;) {
		at = next_line(text, at, &colon, &dashes);
		if (at < text.len)
			at = take_line(scan, at);
	}
}

/* Every dashed line is compared with every open boundary, twice. */
static bool
boundaries_are_dear(const struct scan *scan)
{
	uint64_t open = scan->n_boundaries < OPEN_BOUNDARIES ? scan->n_boundaries : OPEN_BOUNDARIES;
	uint64_t each = 6 + scan->longest_boundary / 8;

	return scan->n_dashed * open * each > BUDGET_BASE + scan->gate->text.len * BUDGET_PER_BYTE;
}

static enum gate_skip
skip_reason(const struct scan *scan)
{
	const struct message *msg = scan->msg;

	if (scan->gate->text.len > SIZE_FOR_GMIME || scan->masked > MASKED_FOR_GMIME)
		return GATE_SIZE;
	if (msg->n_fields > FIELDS_FOR_GMIME || msg->facts_seen[FACT_FIELDS_CUT] > 0)
		return GATE_FIELDS;
	if (msg->n_parts >= message_most_parts(msg) ||
	    (scan->n_boundaries > 0 && scan->n_dashed > DASHED_FOR_GMIME))
		return GATE_PARTS;
	return boundaries_are_dear(scan) ? GATE_WORK : GATE_OPEN;
}

/* GMime wants a field as first line: neither an envelope nor an mbox line nor any other. */
static struct slice
text_for_gmime(const struct message *msg)
{
	struct slice text = msg->lines.text;
	uint64_t start = message_offset(msg, text), first;

	if (msg->n_parts == 0 || msg->parts[0].n_fields == 0 || start == OFFSET_NONE)
		return text;
	first = message_offset(msg, msg->fields[msg->parts[0].first_field].whole);
	return first != OFFSET_NONE && first > start ? slice_from(text, (size_t)(first - start))
						     : text;
}

enum gate_skip
gate_open(struct message *msg, struct arena *arena, struct gate *gate)
{
	struct scan scan = { .msg = msg, .arena = arena, .gate = gate };
	enum gate_skip skip;

	*gate = (struct gate){ .text = text_for_gmime(msg) };
	gate->offset = message_offset(msg, gate->text);
	scan.budget = BUDGET_BASE + gate->text.len * BUDGET_PER_BYTE;
	skip = skip_reason(&scan);
	if (skip == GATE_OPEN) {
		take_lines(&scan);
		skip = skip_reason(&scan);
	}
	if (skip != GATE_OPEN)
		message_fact(msg, arena,
		    (struct fact){ .kind = FACT_GMIME_SKIPPED,
			.part = -1,
			.field = -1,
			.offset = OFFSET_NONE,
			.value = (uint64_t)skip });
	if (scan.copy)
		gate->text = slice_of(scan.copy, gate->text.len);
	return skip;
}
