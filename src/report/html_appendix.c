/* html_appendix.c - the end of the page: other files, the rules that fired, the foot. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <string.h>

#include "report/html.h"
#include "report/words.h"

void
html_artefact(const struct report *report, const struct artefact *artefact)
{
	static const char *const headings[] = { "File", "Kind", "Bytes", "Modified (UTC)",
		"What was read", NULL };
	const struct html_state *state = report->state;
	xmlTextWriterPtr page = state->page;
	char n[HTML_NUMBER];

	if (!state->artefacts) {
		html_section(page, "artefacts", "Appendix C: other files");
		html_table(page, NULL, "list", "Files that are no messages", headings);
	}
	html_open(page, "tr", NULL);
	html_open(page, "th", NULL);
	html_attribute(page, "scope", "row");
	html_name(page, artefact->root, artefact->path);
	html_close(page);
	html_leaf(page, "td", NULL, artefact->kind);
	html_leaf(page, "td", NULL, html_count(n, artefact->size));
	html_open(page, "td", NULL);
	if (artefact->has_mtime)
		html_time(page, artefact->mtime_sec);
	html_close(page);
	html_open(page, "td", NULL);
	if (artefact->read) {
		html_print(page, "%s lines or records", html_count(n, artefact->n_lines));
		html_print(page, ", %s torn; SHA-256 ", html_count(n, artefact->n_damaged));
		html_digest(page, artefact->sha256);
	} else if (artefact->status == STATUS_EXAMINED) {
		html_text(page, "listed only");
	} else {
		html_text(page, words_status(artefact->status));
	}
	if (artefact->reason && *artefact->reason) {
		html_text(page, ": ");
		html_bytes(page, slice_str(artefact->reason), HTML_TEXT);
	}
	html_close(page);
	html_close(page);
	html_text(page, "\n");
}

void
html_rules(const struct report *report)
{
	static const char *const headings[] = { "Rule", "Files", "What it says", "Cases",
		"Standard", NULL };
	const struct html_state *state = report->state;
	xmlTextWriterPtr page = state->page;
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	char n[HTML_NUMBER];

	html_section(page, "rules", "Appendix D: rules that fired");
	html_table(
	    page, NULL, "list", "Every rule with a finding in some file of the tree", headings);
	for (size_t i = 0; i < n_rules; i++) {
		if (state->fired[i] == 0)
			continue;
		html_open(page, "tr", NULL);
		html_open(page, "th", NULL);
		html_attribute(page, "scope", "row");
		html_leaf(page, "code", NULL, rules[i]->id);
		html_close(page);
		html_leaf(page, "td", NULL, html_count(n, state->fired[i]));
		html_leaf(page, "td", NULL, rules[i]->says);
		html_leaf(page, "td", NULL, rules[i]->cases ? rules[i]->cases : "");
		html_leaf(page, "td", NULL, rules[i]->rfc ? rules[i]->rfc : "");
		html_close(page);
	}
	html_table_end(page);
	html_leaf_print(page, "p", "note",
	    "%zu rules were applied. imcscan scan -f jsonl writes all "
	    "findings for programs.",
	    n_rules);
	html_close(page);
}

void
html_foot(const struct report *report)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;

	html_close(page); /* main */
	html_open(page, "footer", NULL);
	html_leaf_print(page, "p", NULL, "imcscan %s. End of the report.",
	    report->run->version ? report->run->version : "");
	html_close(page);
	html_open(page, "script", NULL);
	for (const char *const *line = html_script_lines; *line; line++) {
		html_raw(page, *line, strlen(*line));
		html_raw(page, "\n", 1);
	}
	html_close(page);
	html_close(page); /* body */
	html_close(page); /* html */
	html_text(page, "\n");
}
