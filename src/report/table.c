/* table.c - the ranked table of the text report, with the reasons below each row. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "report/cluetext.h"
#include "report/escape.h"
#include "report/textual.h"

#define NAME_COLUMN 24 /* of a row */
#define SIZE_COLUMNS 10
#define REASON_INDENT 6

/* Escape codes of our own, only where the user's terminal takes them. */
static const char *
colour_of(const struct report *report, enum level level)
{
	if (!report->options->colour)
		return "";
	switch (level) {
	case LEVEL_CRITICAL:
		return "\x1b[1;31m";
	case LEVEL_HIGH:
		return "\x1b[31m";
	case LEVEL_MEDIUM:
		return "\x1b[33m";
	default:
		return "";
	}
}

/* Columns of a name once it is escaped, counted no further than `limit`. */
static unsigned
columns_of(struct slice s, unsigned limit)
{
	unsigned columns = 0;

	for (size_t pos = 0; pos < s.len && columns <= limit;) {
		struct escaped escaped = escape_next(s, pos);

		columns += escaped.columns;
		pos += escaped.taken;
	}
	return columns;
}

/* The name, and the size at the right edge: of its own line, or of a further one for a long
 * name. */
static void
print_name(FILE *out, unsigned width, const struct suspect *suspect)
{
	unsigned room = width - NAME_COLUMN - SIZE_COLUMNS;
	unsigned columns = columns_of(suspect->path, room);
	struct wrap wrap;
	char size[24] = "";

	if (*suspect->root)
		columns += 1 + columns_of(slice_str(suspect->root), room);
	if (suspect->has_size)
		textual_size(size, suspect->size);
	wrap_start(&wrap, out, width, NAME_COLUMN, NAME_COLUMN);
	textual_name(&wrap, suspect->root, suspect->path);
	if (columns > room) {
		if (*size)
			wrap_print(&wrap, " (%s)", size);
		wrap_end(&wrap);
		return;
	}
	if (!*size) {
		wrap_end(&wrap);
		return;
	}
	wrap_text(&wrap, " ");
	fprintf(out, "%*s\n", (int)(room - columns + SIZE_COLUMNS), size);
}

/* Retries and copies: whoever moves one of them has the message still. */
static void
print_twin(const struct report *report, unsigned width, const struct suspect *suspect)
{
	struct wrap wrap;

	fprintf(report->out, "%*s= ", REASON_INDENT, "");
	wrap_start(&wrap, report->out, width, REASON_INDENT + 2, REASON_INDENT + 2);
	wrap_text(&wrap, "same body or Message-ID: ");
	textual_name(&wrap, suspect->twin_root, suspect->twin);
	if (suspect->n_twins > 1)
		wrap_print(&wrap, " and %" PRIu64 " more", suspect->n_twins - 1);
	wrap_end(&wrap);
}

static void
print_row(
    const struct report *report, const struct text_state *state, const struct suspect *suspect)
{
	const char *colour = colour_of(report, suspect->level);
	char score[24];

	fprintf(report->out, "%5" PRIu64 "  %s%-8s%s %6s  ", suspect->rank, colour,
	    level_name(suspect->level), *colour ? "\x1b[0m" : "",
	    suspect->has_score ? textual_score(score, suspect->score) : "-");
	print_name(report->out, state->width, suspect);
	if (suspect->status == STATUS_MISSING)
		fprintf(report->out, "%*s- Not in this tree: recover it from the source\n",
		    REASON_INDENT, "");
	cluetext_list(report->out, state->width, REASON_INDENT, suspect);
	if (suspect->record)
		reasons_print(report, state->width, REASON_INDENT, suspect);
	if (suspect->n_twins > 0)
		print_twin(report, state->width, suspect);
}

bool
table_row(const struct report *report, struct text_state *state, const struct suspect *suspect)
{
	const struct report_options *options = report->options;

	if (suspect->level < options->min_level || !suspect->has_score)
		return false;
	if (options->top > 0 && state->shown >= options->top) {
		state->not_shown++;
		return false;
	}
	if (state->shown++ == 0)
		fprintf(report->out, "\n%5s  %-8s %6s  %-*s%*s\n", "RANK", "LEVEL", "SCORE",
		    (int)(state->width - NAME_COLUMN - SIZE_COLUMNS), "FILE", SIZE_COLUMNS, "SIZE");
	print_row(report, state, suspect);
	return true;
}
