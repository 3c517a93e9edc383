/* verdict_small.c - the words of a check on a small screen, as of a phone: a screenful, no more. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <string.h>

#include "report/textual.h"
#include "report/utf8.h"

#define NAMES_SHOWN 7u

/* One line, cut where the screen ends. */
static void
put_line(const struct report *report, const char *text)
{
	const struct text_state *state = report->state;
	const struct slice s = slice_str(text);
	unsigned columns = 0;
	size_t end = 0, pos = 0;

	while (pos < s.len) {
		uint32_t code = 0;

		pos += utf8_next(s, pos, &code);
		columns += utf8_columns(code);
		if (columns > state->width)
			break;
		if (columns + 3 <= state->width)
			end = pos;
	}
	if (columns > state->width)
		fprintf(report->out, "%.*s...\n", (int)end, text);
	else
		fprintf(report->out, "%s\n", text);
}

/* At most so many of the list; how many were shown. */
static unsigned
put_names(const struct report *report, const struct list *list, const char *what, unsigned most)
{
	unsigned shown = 0;
	char line[512];

	for (size_t i = 0; i < LIST_MAX && shown < most; i++) {
		if (!list->lines[i])
			continue;
		snprintf(line, sizeof line, "%s%.400s", what, list->lines[i]);
		put_line(report, line);
		shown++;
	}
	return shown;
}

/* The suspects first, but one of each kind in any case. */
static void
put_suspects(const struct report *report)
{
	const struct text_state *state = report->state;
	const unsigned missing = state->missing.count > 0, outside = state->hot_outside.count > 0;
	const uint64_t all = state->hot.count + state->missing.count + state->hot_outside.count;
	unsigned shown = put_names(report, &state->hot, "", NAMES_SHOWN - missing - outside);

	shown += put_names(report, &state->missing, "missing: ", NAMES_SHOWN - shown - outside);
	shown += put_names(report, &state->hot_outside, "leave there: ", NAMES_SHOWN - shown);
	if (all > shown)
		fprintf(report->out, "and %" PRIu64 " more\n", all - shown);
}

void
verdict_small(const struct report *report)
{
	const struct text_state *state = report->state;
	const size_t n_notes = report->run->n_notes + (report->run->weights_file != NULL) +
			       report->summary->n_rule_outs;
	char line[160];

	verdict_sentence(report);
	put_suspects(report);
	if (state->failed.count + state->partial.count + state->excluded.count > 0) {
		snprintf(line, sizeof line,
		    "Not read %" PRIu64 ", in part %" PRIu64 ", not opened %" PRIu64,
		    state->failed.count, state->partial.count, state->excluded.count);
		put_line(report, line);
	}
	snprintf(line, sizeof line, "All, and %zu note%s: imcscan scan", n_notes,
	    n_notes == 1 ? "" : "s");
	put_line(report, line);
}
