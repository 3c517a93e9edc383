/*
 * copylog.c - what robocopy, xcopy, copy, move, the Explorer and NTBackup could not copy.
 *
 * The words are those of the system's language, robocopy's "32 (0x00000020)" is not: that form is
 * read in any language, the English sentences of the other tools loosely. A retry that then
 * succeeds is no failure.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

#define PATH_KEPT 512

/* A robocopy error that may yet be retried. */
struct failure {
	bool open;
	bool waiting; /* "Waiting 30 seconds... Retrying..." came after it */
	bool fresh;   /* the line just before: its reason follows */
	uint64_t offset, number;
	struct when first, last;
	uint32_t code, count;
	size_t n_path, n_quote;
	unsigned char path[PATH_KEPT], quote[PATH_KEPT];
};

struct copylog {
	bool robocopy, summary; /* its banner, its closing table were met */
	struct failure failure;
	uint64_t named; /* number of the line of the last path, for tools that print it before */
	size_t n_path;
	unsigned char path[PATH_KEPT];
};

static const struct phrase {
	const char *text;
	uint32_t code; /* Win32 */
} phrases[] = {
	{ "used by another process", 32 },
	{ "sharing violation", 32 },
	{ "file may be in use", 32 },
	{ "in use - skipped", 32 },
	{ "has locked a portion", 33 },
	{ "lock violation", 33 },
	{ "access is denied", 5 },
	{ "access denied", 5 },
	{ "file creation error", 32 },
	{ "cannot be read", 30 },
	{ "data error (cyclic", 23 },
	{ "corrupted and unreadable", 1392 },
	{ "cannot find the file", 2 },
	{ "not enough space", 112 },
};

/* A robocopy error: a number, and the same in hexadecimal in brackets. *end: what follows. */
static bool
is_error(struct slice s, uint32_t *code, size_t *end)
{
	size_t at = slice_find_str(s, 0, " (0x"), from;
	uint32_t decimal, hex;

	if (at == SLICE_NONE || at + 13 > s.len || s.data[at + 12] != ')')
		return false;
	for (from = at; from > 0 && byte_is_digit(s.data[from - 1]);)
		from--;
	if (!text_number(slice_cut(s, from, at - from), &decimal) ||
	    !text_hex(slice_cut(s, at + 2, 10), &hex) || decimal != hex)
		return false;
	*code = decimal;
	*end = at + 13;
	return true;
}

/* From a drive or a share on to the end of the line: robocopy does not quote blanks. */
static struct slice
path_to_end(struct slice s)
{
	size_t drive = slice_find_str(s, 0, ":\\"), share = slice_find_str(s, 0, "\\\\");

	if (drive != SLICE_NONE && drive > 0 && (share == SLICE_NONE || drive < share))
		return slice_trim(slice_from(s, drive - 1));
	return slice_trim(slice_from(s, share == SLICE_NONE ? s.len : share));
}

static size_t
store(unsigned char to[PATH_KEPT], struct slice s)
{
	s = slice_cut(s, 0, PATH_KEPT);
	if (s.len)
		memcpy(to, s.data, s.len);
	return s.len;
}

static void
emit(struct log_reader *reader, uint32_t flags)
{
	struct copylog *copy = reader->state;
	struct failure *failure = &copy->failure;
	struct slice path = slice_of(failure->path, failure->n_path);
	struct evidence_item *item =
	    sink_item(&reader->sink, EVIDENCE_COPY_FAILED, failure->offset, failure->number);

	when_set(item, failure->first, ZONE_LOCAL);
	item->other_time = failure->last.seconds;
	item->code = failure->code;
	item->count = failure->count;
	item->flags |= flags;
	item->spool = evidence_text(item, name_of_path(path));
	item->path = evidence_text(item, path);
	item->quote = evidence_text(item, slice_of(failure->quote, failure->n_quote));
	sink_keep(&reader->sink, item);
	failure->open = false;
}

/* Something else is being copied: the retry succeeded, or there was none. */
static void
move_on(struct log_reader *reader)
{
	struct copylog *copy = reader->state;

	if (copy->failure.open && !copy->failure.waiting)
		emit(reader, 0);
	copy->failure.open = false;
}

static void
take_error(struct log_reader *reader, const struct log_line *line, uint32_t code, size_t end)
{
	struct copylog *copy = reader->state;
	struct failure *failure = &copy->failure;
	struct when when = { EVIDENCE_TIME_NONE, false };
	struct slice path = path_to_end(slice_from(line->text, end));
	size_t at = 0;

	if (when_date(line->text, &at, &reader->sink.dates, &when) &&
	    when_clock(line->text, &at, &when))
		when_note(&reader->sink, when);
	copy->robocopy = true;
	if (failure->open && !slice_same_nocase(slice_cut(path, 0, PATH_KEPT),
				 slice_of(failure->path, failure->n_path)))
		move_on(reader);
	if (!failure->open) {
		*failure = (struct failure){
			.open = true, .offset = line->offset, .number = line->number, .first = when
		};
		failure->n_path = store(failure->path, path);
		failure->n_quote = store(failure->quote, slice_trim(line->text));
	}
	failure->code = code;
	failure->last = when;
	failure->count++;
	failure->waiting = false;
	failure->fresh = true;
}

/* The path that a line of a listing ends in, or the whole line is. */
static struct slice
listed(struct slice s)
{
	size_t tab = slice_rfind(s, '\t');
	struct slice path = slice_trim(slice_from(s, tab == SLICE_NONE ? 0 : tab + 1));

	if (tab != SLICE_NONE && name_is_spool(name_of_path(path)))
		return path;
	path = path_to_end(s);
	return path.len ? path : name_is_spool(slice_trim(s)) ? slice_trim(s) : slice_cut(s, 0, 0);
}

/* A tool without numbers: the name is on the line, or on the one before, as xcopy and copy print it
 * before they open the file. Two lines before it is a hint. */
static void
take_phrase(struct log_reader *reader, const struct log_line *line, uint32_t code)
{
	struct copylog *copy = reader->state;
	struct slice path = name_imcdata_path(line->text);
	uint32_t flags = 0;

	if (!name_of_path(path).len || name_of_path(path).len == path.len)
		path = name_alone(line->text, 0);
	if (!path.len && copy->n_path && line->number - copy->named <= 2) {
		path = slice_of(copy->path, copy->n_path);
		flags = line->number - copy->named > 1 ? EVIDENCE_WEAK : 0;
	}
	if (!path.len)
		return;
	move_on(reader);
	copy->failure = (struct failure){ .offset = line->offset,
		.number = line->number,
		.first.seconds = EVIDENCE_TIME_NONE,
		.last.seconds = EVIDENCE_TIME_NONE,
		.code = code,
		.count = 1 };
	copy->failure.n_path = store(copy->failure.path, path);
	copy->failure.n_quote = store(copy->failure.quote, slice_trim(line->text));
	emit(reader, flags);
}

static uint32_t
code_of_phrase(struct slice s)
{
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if (text_has(s, phrases[i].text))
			return phrases[i].code;
	return 0;
}

/* The reason behind an error goes into its quote. */
static bool
take_reason(struct copylog *copy, struct slice s)
{
	struct failure *failure = &copy->failure;
	struct slice reason = slice_trim(s);

	if (!failure->open || !failure->fresh || !reason.len)
		return false;
	failure->fresh = false;
	if (failure->count == 1 && failure->n_quote + 1 + reason.len <= PATH_KEPT) {
		failure->quote[failure->n_quote++] = ' ';
		memcpy(failure->quote + failure->n_quote, reason.data, reason.len);
		failure->n_quote += reason.len;
	}
	return true;
}

/* A line of progress: a file, a percentage, or the closing table. */
static void
take_progress(struct log_reader *reader, struct slice s, uint64_t number)
{
	struct copylog *copy = reader->state;
	struct failure *failure = &copy->failure;
	struct slice path = listed(s);
	struct slice failed = name_of_path(slice_of(failure->path, failure->n_path));

	if (path.len) {
		copy->n_path = store(copy->path, path);
		copy->named = number;
	}
	if (text_has(s, "ROBOCOPY"))
		copy->robocopy = true;
	if (text_has(s, "100%") || (path.len && !slice_same_nocase(name_of_path(path), failed)))
		move_on(reader);
	if (copy->robocopy && text_has(s, "FAILED") && text_has(s, "Copied")) {
		copy->summary = true;
		move_on(reader);
	}
}

static void
take_line(struct log_reader *reader, const struct log_line *line)
{
	struct copylog *copy = reader->state;
	struct slice s = line->text;
	uint32_t code;
	size_t end;

	if (is_error(s, &code, &end)) {
		take_error(reader, line, code, end);
	} else if (take_reason(copy, s)) {
		;
	} else if (copy->failure.open && text_has(s, "RETRY LIMIT EXCEEDED")) {
		emit(reader, 0);
	} else if (copy->failure.open && slice_ends(slice_trim(s), "...")) {
		copy->failure.waiting = true;
	} else {
		code = copy->robocopy ? 0 : code_of_phrase(s);
		if (code)
			take_phrase(reader, line, code);
		else
			take_progress(reader, s, line->number);
	}
}

static void
begin(struct log_reader *reader)
{
	reader->sink.out->zone = ZONE_LOCAL;
}

/* A copy that hangs in its retries leaves a log without its table. */
static void
finish(struct log_reader *reader)
{
	struct copylog *copy = reader->state;

	if (copy->failure.open)
		emit(reader, copy->summary ? 0 : EVIDENCE_UNFINISHED);
	reader->sink.out->unfinished = copy->robocopy && !copy->summary;
}

const struct log_format log_format_copy = {
	.state_size = sizeof(struct copylog), .begin = begin, .line = take_line, .finish = finish
};
