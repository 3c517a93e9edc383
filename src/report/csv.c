/*
 * csv.c - one row a file (csv) or one row a finding (csv-findings), for spreadsheets and databases.
 *
 * RFC 4180: every field quoted, quotes doubled, CRLF. Text from the tree is escaped as for a terminal
 * (no control character, no line end, no NUL), and one that a spreadsheet would take for a formula
 * gets an apostrophe before it (CWE-1236).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "report/clock.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/names.h"
#include "report/words.h"

#define CITES_ROOM 512  /* bytes */
#define CELL_MAX 32000u /* bytes of a cell; Excel holds 32,767 characters */

/* Plain and full-width forms; tab and CR cannot come out of escape_next(). */
static bool
is_formula(const char *text)
{
	static const char *const starts[] = { "=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b",
		"\xef\xbc\x8d", "\xef\xbc\xa0" };

	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
		if (strncmp(text, starts[i], strlen(starts[i])) == 0)
			return true;
	}
	return false;
}

static void
separate(FILE *out, bool first)
{
	if (!first)
		putc(',', out);
	putc('"', out);
}

/* Hostile bytes as a cell. */
static void
put_bytes(FILE *out, bool first, struct slice s)
{
	size_t used = 0;

	separate(out, first);
	for (size_t pos = 0; pos < s.len && used < CELL_MAX;) {
		const struct escaped escaped = escape_next(s, pos);

		if (pos == 0 && is_formula(escaped.text))
			putc('\'', out);
		fputs(escaped.text, out);
		if (strcmp(escaped.text, "\"") == 0)
			putc('"', out);
		used += strlen(escaped.text);
		pos += escaped.taken;
	}
	if (used >= CELL_MAX)
		fputs("...", out);
	putc('"', out);
}

static void
put_text(FILE *out, bool first, const char *text)
{
	put_bytes(out, first, slice_str(text));
}

/* Numbers and other text of our own that needs no escaping. */
static void put_own(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
put_own(FILE *out, const char *format, ...)
{
	va_list args;

	separate(out, false);
	va_start(args, format);
	vfprintf(out, format, args);
	va_end(args);
	putc('"', out);
}

static void
put_header(const struct report *report, const char *const *names, size_t count)
{
	const bool joined = report->options->case_path != NULL;

	if (joined)
		fputs("\"case\",\"incident\"", report->out);
	for (size_t i = 0; i < count; i++)
		put_text(report->out, i == 0 && !joined, names[i]);
	fputs("\r\n", report->out);
}

static void
begin_files(struct report *report)
{
	static const char *const names[] = { "rank", "root", "path", "folder", "status", "reason",
		"level", "score", "probability", "size", "mtime", "sha256", "mail_from", "rcpt_to",
		"mts_id", "received", "from", "subject", "message_id", "findings", "top_rule",
		"top_offset", "top_detail", "top_cites", "clues", "top_clue", "twins", "twin" };

	put_header(report, names, sizeof names / sizeof names[0]);
}

static void
put_rank(const struct report *report, const struct suspect *suspect)
{
	const char *path = report->options->case_path;

	if (path) {
		put_text(report->out, true, path);
		put_text(report->out, false, report->run->incident);
	}
	separate(report->out, !path);
	fprintf(report->out, "%" PRIu64 "\"", suspect->rank);
}

static void
put_verdict(FILE *out, const struct suspect *suspect)
{
	char score[24];

	put_text(out, false, level_name(suspect->level));
	if (!suspect->has_score) {
		put_own(out, "%s", "");
		put_own(out, "%s", "");
		return;
	}
	put_own(out, "%s", names_milli(score, suspect->score));
	put_own(out, "%.6f", suspect->probability);
}

static void
put_disk(FILE *out, const struct suspect *suspect)
{
	char text[CLOCK_TEXT] = "", digest[65] = "";

	if (suspect->has_size)
		put_own(out, "%" PRIu64, suspect->size);
	else
		put_own(out, "%s", "");
	if (suspect->has_mtime)
		clock_utc(suspect->mtime_sec, text);
	put_text(out, false, text);
	if (names_has_digest(suspect))
		names_digest(digest, suspect->record->sha256);
	put_text(out, false, digest);
}

/* The recipients in one cell, separated by a blank: an address of SMTP has none unless quoted. */
static void
put_recipients(FILE *out, const struct record *record)
{
	unsigned char *all = malloc((RECORD_STRING_MAX + 1) * (size_t)RECORD_RECIPIENTS_MAX);
	size_t used = 0;

	for (uint32_t i = 0; all && i < record->n_rcpt; i++) {
		const struct slice one = record_slice(record, record->rcpt[i]);

		if (i > 0)
			all[used++] = ' ';
		if (one.len > 0)
			memcpy(all + used, one.data, one.len);
		used += one.len;
	}
	put_bytes(out, false, slice_of(all, used));
	free(all);
}

static void
put_letter(FILE *out, const struct record *record)
{
	char received[CLOCK_TEXT] = "";

	if (!record) {
		for (int i = 0; i < 7; i++)
			put_text(out, false, "");
		return;
	}
	put_bytes(out, false, record_slice(record, record->mail_from));
	put_recipients(out, record);
	put_bytes(out, false, record_slice(record, record->mts_id));
	if (record->has_envelope && record->filetime != 0)
		clock_filetime(record->filetime, received);
	put_text(out, false, received);
	put_bytes(out, false, record_slice(record, record->from));
	put_bytes(out, false, record_slice(record, record->subject));
	put_bytes(out, false, record_slice(record, record->message_id));
}

static void
put_best(FILE *out, const struct suspect *suspect)
{
	int32_t bits;
	const struct finding *best = names_best(suspect, &bits);
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	char cites[CITES_ROOM];

	put_own(out, "%" PRIu32, suspect->record ? suspect->record->n_findings_total : 0);
	if (!best || best->rule >= n_rules) {
		for (int i = 0; i < 4; i++)
			put_text(out, false, "");
		return;
	}
	put_text(out, false, rules[best->rule]->id);
	if (best->offset != OFFSET_NONE)
		put_own(out, "%" PRIu64, best->offset);
	else
		put_text(out, false, "");
	put_text(out, false, best->detail);
	put_text(out, false, names_cites(cites, sizeof cites, rules[best->rule]));
}

static void
put_file(struct report *report, const struct suspect *suspect)
{
	FILE *out = report->out;

	put_rank(report, suspect);
	put_text(out, false, suspect->root);
	put_bytes(out, false, suspect->path);
	put_text(out, false, folder_name(suspect->folder));
	put_text(out, false, words_status(suspect->status));
	put_text(out, false, suspect->reason);
	put_verdict(out, suspect);
	put_disk(out, suspect);
	put_letter(out, suspect->record);
	put_best(out, suspect);
	put_own(out, "%" PRIu32, suspect->n_clues);
	put_text(out, false, suspect->n_clues > 0 ? suspect->clues[0].detail : "");
	put_own(out, "%" PRIu64, suspect->n_twins);
	if (suspect->n_twins > 0)
		put_bytes(out, false, suspect->twin);
	else
		put_text(out, false, "");
	fputs("\r\n", out);
}

static void
no_artefact(struct report *report, const struct artefact *artefact)
{
	(void)report;
	(void)artefact;
}

static void
no_end(struct report *report)
{
	(void)report;
}

static void
begin_findings(struct report *report)
{
	static const char *const names[] = { "rank", "root", "path", "sha256", "rule", "level",
		"bits", "offset", "length", "line", "part", "detail", "cites", "rfc", "log",
		"record", "quote" };

	put_header(report, names, sizeof names / sizeof names[0]);
}

/* What each row begins with. */
static void
put_subject(const struct report *report, const struct suspect *suspect, const struct rule *rule,
    int32_t bits)
{
	FILE *out = report->out;
	char digest[65] = "", text[24];

	put_rank(report, suspect);
	put_text(out, false, suspect->root);
	put_bytes(out, false, suspect->path);
	if (names_has_digest(suspect))
		names_digest(digest, suspect->record->sha256);
	put_text(out, false, digest);
	put_text(out, false, rule->id);
	put_text(out, false, level_name(level_from(suspect->level_from, bits)));
	put_own(out, "%s", bits == INT32_MIN ? "" : names_milli(text, bits));
}

static void
put_place(FILE *out, uint64_t offset, uint64_t length, uint32_t line, const char *part)
{
	if (offset == OFFSET_NONE) {
		for (int i = 0; i < 3; i++)
			put_text(out, false, "");
	} else {
		put_own(out, "%" PRIu64, offset);
		put_own(out, "%" PRIu64, length);
		put_own(out, "%" PRIu32, line);
	}
	put_text(out, false, part);
}

static void
put_sources(FILE *out, const struct rule *rule)
{
	char cites[CITES_ROOM];

	put_text(out, false, names_cites(cites, sizeof cites, rule));
	put_text(out, false, rule->rfc ? rule->rfc : "");
}

static void
put_finding(const struct report *report, const struct suspect *suspect,
    const struct finding *finding, const struct rule *rule, int32_t bits)
{
	FILE *out = report->out;

	put_subject(report, suspect, rule, bits);
	put_place(out, finding->offset, finding->length, finding->line, finding->part);
	put_text(out, false, finding->detail);
	put_sources(out, rule);
	for (int i = 0; i < 3; i++)
		put_text(out, false, "");
	fputs("\r\n", out);
}

static void
put_clue(const struct report *report, const struct suspect *suspect, const struct clue *clue,
    const struct rule *rule)
{
	FILE *out = report->out;

	put_subject(report, suspect, rule, clue->factor);
	put_place(out, clue->offset, clue->length, 0, "");
	put_text(out, false, clue->detail);
	put_sources(out, rule);
	put_bytes(out, false, slice_of(clue->log, clue->log_len));
	if (clue->number > 0)
		put_own(out, "%" PRIu64, clue->number);
	else
		put_text(out, false, "");
	put_text(out, false, clue->quote);
	fputs("\r\n", out);
}

static void
put_findings(struct report *report, const struct suspect *suspect)
{
	const struct record *record = suspect->record;
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	for (uint32_t i = 0; record && i < record->n_findings; i++) {
		const struct finding *finding = &record->findings[i];

		if (finding->rule < n_rules)
			put_finding(report, suspect, finding, rules[finding->rule],
			    suspect->finding_bits ? suspect->finding_bits[i] : INT32_MIN);
	}
	for (uint32_t i = 0; i < suspect->n_clues; i++) {
		if (suspect->clues[i].rule < n_rules)
			put_clue(
			    report, suspect, &suspect->clues[i], rules[suspect->clues[i].rule]);
	}
}

const struct writer writer_csv = {
	.name = "csv",
	.begin = begin_files,
	.suspect = put_file,
	.artefact = no_artefact,
	.end = no_end,
};

const struct writer writer_csv_findings = {
	.name = "csv-findings",
	.begin = begin_findings,
	.suspect = put_findings,
	.artefact = no_artefact,
	.end = no_end,
};
