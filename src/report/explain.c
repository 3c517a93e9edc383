/* explain.c - all about one message: its head and envelope, and the order of the sections. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/explain.h"

#include <inttypes.h>
#include <string.h>

#include "report/advice.h"
#include "report/clock.h"
#include "report/escape.h"
#include "report/textual.h"
#include "report/words.h"

#define LABEL 13 /* columns */
#define WIDTH_LEAST 80
#define WIDTH_MOST 120

unsigned
explain_width(const struct explanation *explanation)
{
	if (explanation->columns < WIDTH_LEAST)
		return WIDTH_LEAST;
	return explanation->columns > WIDTH_MOST ? WIDTH_MOST : explanation->columns;
}

const char *
explain_colour(const struct explanation *explanation, enum level level)
{
	if (!explanation->colour)
		return "";
	switch (level) {
	case LEVEL_CRITICAL:
		return "\x1b[1;31m";
	case LEVEL_HIGH:
		return "\x1b[31m";
	case LEVEL_MEDIUM:
		return "\x1b[33m";
	default:
		return "\x1b[1m";
	}
}

const char *
explain_plain(const struct explanation *explanation)
{
	return explanation->colour ? "\x1b[0m" : "";
}

void
explain_title(const struct explanation *explanation, const char *title)
{
	fprintf(explanation->out, "\n%s%s%s\n", explanation->colour ? "\x1b[1m" : "", title,
	    explain_plain(explanation));
}

void
explain_label(const struct explanation *explanation, struct wrap *wrap, const char *label)
{
	fprintf(explanation->out, "  %-*s", LABEL - 2, label);
	wrap_start(wrap, explanation->out, explain_width(explanation), LABEL, LABEL);
}

void
explain_place(struct wrap *wrap, const struct row *row)
{
	if (row->offset == OFFSET_NONE) {
		wrap_text(wrap, "no place in the file");
		return;
	}
	wrap_print(wrap, "byte %" PRIu64 " (0x%" PRIx64 "), %" PRIu64 " %s, line %" PRIu32,
	    row->offset, row->offset, row->length, row->length == 1 ? "byte" : "bytes", row->line);
}

void
explain_quote(const struct explanation *explanation, struct wrap *wrap, struct text_ref ref)
{
	wrap_text(wrap, "\"");
	wrap_bytes(wrap, description_slice(explanation->description, ref));
	wrap_text(wrap, ref.cut ? "\"... (cut here)" : "\"");
}

void
explain_part(const struct explanation *explanation, struct wrap *wrap, int32_t part)
{
	const struct description *description = explanation->description;

	if (part == 0) {
		wrap_text(wrap, "the message itself");
		return;
	}
	for (uint32_t i = 0; i < description->n_rows; i++) {
		const struct row *row = &description->rows[i];

		if (row->kind != ROW_PART || row->part != part)
			continue;
		wrap_text(wrap, "part ");
		wrap_bytes(wrap, description_slice(description, row->text[0]));
		return;
	}
	wrap_print(wrap, "part number %" PRId32, part + 1);
}

/* ---- head ---- */

static void
print_level(const struct explanation *explanation)
{
	const struct suspect *suspect = explanation->suspect;
	struct wrap wrap;
	char score[24];

	explain_label(explanation, &wrap, "level");
	if (!suspect->has_score) {
		wrap_text(&wrap, level_name(suspect->level));
		wrap_end(&wrap);
		return;
	}
	fprintf(explanation->out, "%s%s%s", explain_colour(explanation, suspect->level),
	    level_name(suspect->level), explain_plain(explanation));
	wrap.column += (unsigned)strlen(level_name(suspect->level));
	wrap.fresh = false;
	wrap_print(&wrap, ", %s bits, ", textual_score(score, suspect->score));
	if (explanation->of > 0)
		wrap_print(&wrap, "rank %" PRIu64 " of the %" PRIu64 " files of its case.",
		    suspect->rank, explanation->of);
	else
		wrap_text(&wrap, "scored as the only file of a tree; "
				 "imcscan scan weighs it against the other files of its tree.");
	wrap_end(&wrap);
}

static void
print_digest(const struct explanation *explanation)
{
	const struct record *record = explanation->suspect->record;
	static const uint8_t none[32] = { 0 };
	char hex[65];

	if (!record || memcmp(record->sha256, none, sizeof none) == 0)
		return;
	escape_hex(slice_of(record->sha256, sizeof record->sha256), hex);
	fprintf(explanation->out, "  %-*s%s\n", LABEL - 2, "sha256", hex);
}

static void
print_status(const struct explanation *explanation)
{
	const struct suspect *suspect = explanation->suspect;
	struct wrap wrap;

	explain_label(explanation, &wrap, "status");
	wrap_text(&wrap, words_status(suspect->status));
	if (suspect->reason && *suspect->reason) {
		wrap_text(&wrap, ": ");
		wrap_text(&wrap, suspect->reason);
	}
	wrap_end(&wrap);
}

static void
print_head(const struct explanation *explanation)
{
	const struct suspect *suspect = explanation->suspect;
	struct wrap wrap;
	char when[CLOCK_TEXT], size[24];

	explain_label(explanation, &wrap, "message");
	textual_name(&wrap, suspect->root, suspect->path);
	wrap_end(&wrap);
	explain_label(explanation, &wrap, "folder");
	wrap_text(&wrap, folder_name(suspect->folder));
	if (suspect->foreign_name)
		wrap_text(&wrap, "; its name is none that the service gives");
	wrap_end(&wrap);
	print_status(explanation);
	print_level(explanation);
	explain_label(explanation, &wrap, "to do");
	wrap_text(&wrap, advice_level(suspect));
	wrap_end(&wrap);
	if (suspect->has_size) {
		explain_label(explanation, &wrap, "size");
		wrap_print(&wrap, "%" PRIu64 " bytes (%s)", suspect->size,
		    textual_size(size, suspect->size));
		wrap_end(&wrap);
	}
	if (suspect->has_mtime) {
		clock_utc(suspect->mtime_sec, when);
		fprintf(explanation->out, "  %-*s%s\n", LABEL - 2, "modified", when);
	}
	print_digest(explanation);
}

/* ---- envelope ---- */

static void
print_extent(const struct explanation *explanation, const struct row *row)
{
	static const char *const kinds[] = {
		[DESCRIBED_NO_ENVELOPE] = "none: the file begins with the mail",
		[DESCRIBED_SPOOL] = "spool prologue, ",
		[DESCRIBED_PICKUP] = "pickup lines, ",
	};
	struct wrap wrap;

	explain_label(explanation, &wrap, "kind");
	wrap_text(&wrap, kinds[row->code]);
	if (row->code != DESCRIBED_NO_ENVELOPE)
		explain_place(&wrap, row);
	if (row->code == DESCRIBED_SPOOL && !row->value)
		wrap_text(&wrap, "; its length field disagrees");
	wrap_end(&wrap);
}

static void
print_filetime(const struct explanation *explanation, const struct row *row)
{
	struct wrap wrap;
	char when[CLOCK_TEXT];

	explain_label(explanation, &wrap, "received");
	clock_filetime(row->value, when);
	wrap_print(
	    &wrap, "%s, the server's own time (FILETIME 0x%016" PRIx64 ")", when, row->value);
	wrap_end(&wrap);
}

static void
print_text_row(const struct explanation *explanation, const struct row *row, const char *label)
{
	struct wrap wrap;

	explain_label(explanation, &wrap, label);
	explain_quote(explanation, &wrap, row->text[0]);
	wrap_text(&wrap, ", ");
	explain_place(&wrap, row);
	wrap_end(&wrap);
}

static void
print_envelope_row(const struct explanation *explanation, const struct row *row)
{
	struct wrap wrap;

	switch ((enum row_kind)row->kind) {
	case ROW_ENVELOPE:
		print_extent(explanation, row);
		break;
	case ROW_MAIL:
		explain_label(explanation, &wrap, "mail");
		explain_place(&wrap, row);
		wrap_print(&wrap, "; %" PRIu64 " lines", row->value);
		wrap_end(&wrap);
		break;
	case ROW_FILETIME:
		print_filetime(explanation, row);
		break;
	case ROW_MTS_ID:
		print_text_row(explanation, row, "MTS-ID");
		break;
	case ROW_MAIL_FROM:
		print_text_row(explanation, row, "MAIL FROM");
		break;
	case ROW_RCPT_TO:
		print_text_row(explanation, row, "RCPT TO");
		break;
	default:
		break;
	}
}

void
explain_envelope(const struct explanation *explanation)
{
	explain_title(explanation, "Envelope");
	for (uint32_t i = 0; i < explanation->description->n_rows; i++)
		print_envelope_row(explanation, &explanation->description->rows[i]);
}

/* ---- all ---- */

static void
print_cut(const struct explanation *explanation)
{
	static const char *const words[GROUP_COUNT] = {
		[GROUP_ENVELOPE] = "recipients",
		[GROUP_EXCERPTS] = "excerpts",
		[GROUP_PARTS] = "parts or their properties",
		[GROUP_READINGS] = "readings",
		[GROUP_FIELDS] = "header fields",
	};
	const uint64_t *n_cut = explanation->description->n_cut;

	for (int group = 0; group < GROUP_COUNT; group++) {
		if (n_cut[group] > 0)
			fprintf(explanation->out,
			    "\nNot shown, for want of room: at least %" PRIu64 " %s.\n",
			    n_cut[group], words[group]);
	}
}

void
explain_print(const struct explanation *explanation)
{
	print_head(explanation);
	if (explanation->description)
		explain_envelope(explanation);
	explain_findings(explanation);
	explain_score(explanation);
	if (!explanation->description)
		return;
	explain_readings(explanation);
	explain_tree(explanation);
	explain_fields(explanation);
	print_cut(explanation);
}
