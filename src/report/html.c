/*
 * html.c - the incident report: one HTML file that stands alone, on screen and in print.
 *
 * Nothing in it is loaded from elsewhere, and its policy forbids that as it forbids every script
 * and style but its own two. All that comes out of the tree is text, escaped; no link leads out.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/html.h"
#include "report/salvaged.h"

#include <stdlib.h>
#include <string.h>

#include "report/formats.h"

void
html_part_begin(struct html_part *part)
{
	part->file = open_memstream(&part->text, &part->len);
	if (!part->file)
		abort(); /* the parent cannot go on without these few bytes */
	part->page = html_writer(part->file);
}

size_t
html_part_len(struct html_part *part)
{
	xmlTextWriterFlush(part->page);
	fflush(part->file);
	return part->len;
}

void
html_part_insert(struct html_part *part, xmlTextWriterPtr page)
{
	html_writer_end(part->page);
	if (fclose(part->file) != 0)
		abort();
	html_raw(page, part->text, part->len);
	free(part->text);
	html_part_begin(part);
}

void
html_part_free(struct html_part *part)
{
	html_writer_end(part->page);
	fclose(part->file);
	free(part->text);
}

const struct rule *
html_rule(uint32_t number)
{
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	return number < n_rules ? rules[number] : NULL;
}

bool
html_in_queue(enum folder folder)
{
	return folder_is_queue(folder);
}

static void
begin(struct report *report)
{
	struct html_state *state = calloc(1, sizeof *state);
	size_t n_rules;

	(void)rules_all(&n_rules);
	if (!state || !(state->fired = calloc(n_rules + 1, sizeof *state->fired)))
		abort();
	report->state = state;
	state->page = html_writer(report->out);
	html_part_begin(&state->details);
	html_part_begin(&state->files);
	html_part_begin(&state->undone);
}

/* The head names the first suspect: it waits for that. */
static void
begin_page(const struct report *report, const struct suspect *first)
{
	struct html_state *state = report->state;

	if (first && first->level_from) {
		memcpy(state->from, first->level_from, sizeof state->from);
		state->levels = state->from;
	}
	html_head(report, first);
	html_pictures(report);
	html_ranked_begin(report);
	state->begun = true;
	state->ranked = true;
}

static void
end_ranked(const struct report *report)
{
	struct html_state *state = report->state;

	if (!state->ranked)
		return;
	state->ranked = false;
	html_ranked_end(report);
	html_rule_outs(report);
	html_plan(report);
	salvaged_html(report);
	if (html_part_len(&state->details) > 0) {
		html_section(state->page, "suspects", "Suspects in detail");
		html_part_insert(&state->details, state->page);
		html_close(state->page);
	}
	html_coverage(report);
	html_method(report);
	html_versions(report);
	html_sign_off(report);
	html_files_begin(report);
	state->past = true;
}

static void
count_fired(const struct html_state *state, const struct suspect *suspect)
{
	const struct record *record = suspect->record;

	for (uint32_t i = 0; record && i < record->n_findings; i++) {
		const uint32_t rule = record->findings[i].rule;
		bool seen = !html_rule(rule);

		/* Findings of one rule stand side by side: rules run one after another. */
		for (uint32_t k = i; k > 0 && !seen; k--)
			seen = record->findings[k - 1].rule == rule;
		if (!seen)
			state->fired[rule]++;
	}
	for (uint32_t i = 0; i < suspect->n_clues; i++) {
		if (html_rule(suspect->clues[i].rule) && suspect->clues[i].factor != 0)
			state->fired[suspect->clues[i].rule]++;
	}
}

static void
put_suspect(struct report *report, const struct suspect *suspect)
{
	struct html_state *state = report->state;

	if (!state->begun)
		begin_page(report, suspect);
	if (suspect->level == LEVEL_CLEAN || state->n_ranked == HTML_DETAILED)
		end_ranked(report);
	if (state->ranked) {
		html_ranked_row(report, suspect);
		html_suspect(report, suspect);
		state->n_ranked++;
	}
	count_fired(state, suspect);
	html_file(report, suspect);
}

static void
end_files(const struct report *report)
{
	struct html_state *state = report->state;

	if (!state->begun)
		begin_page(report, NULL);
	end_ranked(report);
	html_files_end(report);
	html_undone(report);
}

static void
put_artefact(struct report *report, const struct artefact *artefact)
{
	struct html_state *state = report->state;

	if (!state->artefacts)
		end_files(report);
	html_artefact(report, artefact);
	state->artefacts = true;
}

static void
end(struct report *report)
{
	struct html_state *state = report->state;

	if (state->artefacts) {
		html_table_end(state->page);
		html_close(state->page);
	} else {
		end_files(report);
	}
	html_rules(report);
	html_foot(report);
	html_writer_end(state->page);
	html_part_free(&state->details);
	html_part_free(&state->files);
	html_part_free(&state->undone);
	free(state->fired);
	free(state);
	report->state = NULL;
}

const struct writer writer_html = {
	.name = "html",
	.begin = begin,
	.suspect = put_suspect,
	.artefact = put_artefact,
	.end = end,
	.details = HTML_DETAILED,
};
