/* html_table.c - the ranked table, the list of all files, and what was not examined. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/clock.h"
#include "report/escape.h"
#include "report/html.h"
#include "report/textual.h"
#include "report/words.h"

#define REASONS 2
#define CHUNK 1000u /* files of a table: a browser lays out only the tables in sight */

static struct html_state *
state_of(const struct report *report)
{
	return report->state;
}

/* The controls work with the script alone, so that the script shows them. */
static void
put_tools(xmlTextWriterPtr page, const char *target, const char *what)
{
	char id[40];

	html_open(page, "div", "tools");
	html_attribute(page, "data-for", target);
	html_attribute(page, "hidden", "hidden");
	html_open(page, "label", NULL);
	html_print(page, "Show %s with ", what);
	snprintf(id, sizeof id, "%s-text", target);
	html_open(page, "input", NULL);
	html_attribute(page, "type", "search");
	html_attribute(page, "id", id);
	html_close_void(page);
	html_close(page);
	html_open(page, "label", NULL);
	html_text(page, " of level ");
	html_open(page, "select", NULL);
	html_leaf(page, "option", NULL, "any");
	for (int level = LEVEL_CRITICAL; level >= LEVEL_CLEAN; level--)
		html_leaf(page, "option", NULL, level_name((enum level)level));
	html_close(page);
	html_close(page);
	html_open(page, "output", NULL);
	html_close(page);
	html_close(page);
}

/* ---- ranked table ---- */

void
html_ranked_begin(const struct report *report)
{
	static const char *const headings[] = { "Rank", "Level", "Score", "File", "Folder", "Why",
		"Size", "Modified (UTC)", NULL };
	xmlTextWriterPtr page = state_of(report)->page;

	html_section(page, "ranking", "Ranked suspects");
	put_tools(page, "ranked", "files");
	html_table(page, "ranked", "list sortable",
	    "Files above level clean and files that could not be examined, the likeliest first; a "
	    "score is a ranking aid in bits, not a probability",
	    headings);
}

static void
put_score(xmlTextWriterPtr page, const struct suspect *suspect)
{
	char score[24];

	html_text(page, suspect->has_score ? textual_score(score, suspect->score) : "-");
}

static void
put_reason(xmlTextWriterPtr page, const struct finding *finding)
{
	const struct rule *rule = html_rule(finding->rule);
	const struct imc_case *cause;
	const char *state = NULL, *before = " [";

	if (!rule)
		return;
	html_open(page, "span", "line");
	html_text(page, rule->says);
	while ((cause = rule_next_case(rule, &state))) {
		html_text(page, before);
		html_text(page, cause->id);
		before = ", ";
	}
	html_text(page, *before == ',' ? "]" : "");
	html_close(page);
}

static void
put_clue(xmlTextWriterPtr page, const struct suspect *suspect)
{
	const struct rule *rule = suspect->n_clues > 0 ? html_rule(suspect->clues[0].rule) : NULL;

	if (rule)
		html_leaf(page, "span", "line", rule->says);
}

/* The best findings, of different rules, and the best clue. */
static void
put_reasons(xmlTextWriterPtr page, const struct suspect *suspect)
{
	uint32_t order[RECORD_FINDINGS_MAX], n = html_order(suspect, order), shown = 0;
	uint32_t rule = UINT32_MAX;

	if (suspect->reason && *suspect->reason) {
		html_open(page, "span", "line");
		html_text(page, words_status(suspect->status));
		html_text(page, ": ");
		html_bytes(page, slice_str(suspect->reason), HTML_TEXT);
		html_close(page);
	}
	if (html_clue_leads(suspect))
		put_clue(page, suspect);
	for (uint32_t i = 0; i < n && shown < REASONS; i++) {
		const struct finding *finding = &suspect->record->findings[order[i]];

		if (finding->rule == rule ||
		    (shown > 0 && level_from(suspect->level_from, html_bits(suspect, order[i])) ==
				      LEVEL_CLEAN))
			continue;
		rule = finding->rule;
		put_reason(page, finding);
		shown++;
	}
	if (!html_clue_leads(suspect))
		put_clue(page, suspect);
}

static void
cell_number(xmlTextWriterPtr page, bool known, uint64_t number)
{
	html_open(page, "td", NULL);
	if (known)
		html_print(page, "%" PRIu64, number);
	html_close(page);
}

static void
cell_time(xmlTextWriterPtr page, const struct suspect *suspect)
{
	html_open(page, "td", NULL);
	if (suspect->has_mtime)
		html_time(page, suspect->mtime_sec);
	html_close(page);
}

void
html_ranked_row(const struct report *report, const struct suspect *suspect)
{
	xmlTextWriterPtr page = state_of(report)->page;
	char anchor[32];

	snprintf(anchor, sizeof anchor, "#s%" PRIu64, suspect->rank);
	html_open(page, "tr", NULL);
	cell_number(page, true, suspect->rank);
	html_open(page, "td", NULL);
	html_level(page, suspect->level);
	html_close(page);
	html_open(page, "td", NULL);
	put_score(page, suspect);
	html_close(page);
	html_open(page, "th", NULL);
	html_attribute(page, "scope", "row");
	html_open(page, "a", NULL);
	html_attribute(page, "href", anchor);
	html_name(page, suspect->root, suspect->path);
	html_close(page);
	html_close(page);
	html_leaf(page, "td", NULL, folder_name(suspect->folder));
	html_open(page, "td", NULL);
	put_reasons(page, suspect);
	html_close(page);
	cell_number(page, suspect->has_size, suspect->size);
	cell_time(page, suspect);
	html_close(page);
	html_text(page, "\n");
}

void
html_ranked_end(const struct report *report)
{
	const struct html_state *state = state_of(report);
	const struct summary *summary = report->summary;
	const uint64_t listed = summary->seen + summary->by_status[STATUS_MISSING];
	const uint64_t above = listed - summary->by_level[LEVEL_CLEAN];
	const uint64_t others = above > state->n_ranked ? above - state->n_ranked : 0;
	char n[HTML_NUMBER];

	html_table_end(state->page);
	html_open(state->page, "p", "note");
	if (state->n_ranked == 0)
		html_text(state->page, "No file is above level clean. ");
	if (others > 0)
		html_print(state->page, "%s more files of these levels have no room here. ",
		    html_count(n, others));
	html_open(state->page, "a", NULL);
	html_attribute(state->page, "href", "#files");
	html_text(state->page, "Appendix A");
	html_close(state->page);
	html_print(state->page, " lists all %s files.", html_count(n, listed));
	html_close(state->page);
	html_close(state->page);
}

/* ---- all files ---- */

static void
begin_chunk(xmlTextWriterPtr page, uint64_t from)
{
	static const char *const headings[] = { "Rank", "Level", "Score", "File", "Bytes",
		"Modified (UTC)", "SHA-256, or why there is none", NULL };
	char caption[96];

	snprintf(caption, sizeof caption, "Files from rank %" PRIu64 " on", from);
	html_open(page, "div", "chunk");
	html_table(page, NULL, "list files", caption, headings);
}

static void
end_chunk(xmlTextWriterPtr page)
{
	html_table_end(page);
	html_close(page);
	html_text(page, "\n");
}

void
html_files_begin(const struct report *report)
{
	xmlTextWriterPtr page = state_of(report)->page;

	html_section(page, "files", "Appendix A: all files met");
	html_leaf(page, "p", NULL,
	    "Every file of the message folders in rank order. Together with the digests this is the "
	    "manifest of what was read. Times are those of the copy, which may be younger than the "
	    "server's.");
	put_tools(page, "files", "files");
	/* An element ends where it began: in the part, or in the page. */
	if (state_of(report)->n_chunk > 0)
		end_chunk(state_of(report)->files.page);
	state_of(report)->n_chunk = 0;
	html_part_insert(&state_of(report)->files, page);
}

static bool
was_read(const struct suspect *suspect)
{
	return suspect->record && suspect->record->status != STATUS_FAILED;
}

static void
put_why(xmlTextWriterPtr page, const struct suspect *suspect)
{
	html_text(page, words_status(suspect->status));
	if (suspect->reason && *suspect->reason) {
		html_text(page, ": ");
		html_bytes(page, slice_str(suspect->reason), HTML_TEXT);
	}
}

static void
note_undone(struct html_state *state, const struct suspect *suspect)
{
	xmlTextWriterPtr page = state->undone.page;

	if (suspect->status == STATUS_EXAMINED || state->n_undone++ >= HTML_UNDONE)
		return;
	html_open(page, "tr", NULL);
	html_open(page, "th", NULL);
	html_attribute(page, "scope", "row");
	html_name(page, suspect->root, suspect->path);
	html_close(page);
	html_leaf(page, "td", NULL, words_status(suspect->status));
	html_open(page, "td", NULL);
	html_bytes(page, slice_str(suspect->reason ? suspect->reason : ""), HTML_TEXT);
	html_close(page);
	html_close(page);
	html_text(page, "\n");
}

void
html_file(const struct report *report, const struct suspect *suspect)
{
	struct html_state *state = state_of(report);
	xmlTextWriterPtr page = state->past ? state->page : state->files.page;

	note_undone(state, suspect);
	if (state->n_chunk == CHUNK) {
		end_chunk(page);
		state->n_chunk = 0;
	}
	if (state->n_chunk++ == 0)
		begin_chunk(page, suspect->rank);
	html_open(page, "tr", NULL);
	cell_number(page, true, suspect->rank);
	html_leaf(page, "td", NULL, level_name(suspect->level));
	html_open(page, "td", NULL);
	put_score(page, suspect);
	html_close(page);
	html_open(page, "td", NULL);
	html_name(page, suspect->root, suspect->path);
	html_close(page);
	cell_number(page, suspect->has_size, suspect->size);
	cell_time(page, suspect);
	html_open(page, "td", NULL);
	if (was_read(suspect))
		html_digest(page, suspect->record->sha256);
	else
		put_why(page, suspect);
	html_close(page);
	html_close(page);
	html_text(page, "\n");
}

void
html_files_end(const struct report *report)
{
	const struct html_state *state = state_of(report);

	if (state->n_chunk > 0)
		end_chunk(state->page);
	html_close(state->page);
}

void
html_undone(const struct report *report)
{
	static const char *const headings[] = { "File", "Status", "Reason", NULL };
	struct html_state *state = state_of(report);
	xmlTextWriterPtr page = state->page;
	char n[HTML_NUMBER];

	html_section(page, "undone", "Appendix B: files not examined to the end");
	if (state->n_undone == 0) {
		html_leaf(page, "p", NULL, "None: every file met was examined whole.");
		html_close(page);
		return;
	}
	html_table(page, NULL, "list", "What was not examined, or in part, and why", headings);
	html_part_insert(&state->undone, page);
	html_table_end(page);
	if (state->n_undone > HTML_UNDONE)
		html_leaf_print(page, "p", "note",
		    "%s more are not repeated here; Appendix A tells the reason of each.",
		    html_count(n, state->n_undone - HTML_UNDONE));
	html_close(page);
}
