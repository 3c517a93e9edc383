/*
 * html.h - the parts of the HTML incident report.
 *
 * For the html*.c. The page is written in one go, in the order in which it is read. What is known
 * only on the way and stands further down (details of suspects, rows of the list of all files) waits
 * in memory, and is bounded there.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_HTML_H
#define IMC_HTML_H

#include <stdbool.h>

#include "report/html_markup.h"
#include "writer.h"

#define HTML_DETAILED 1000u          /* suspects that have a section of their own */
#define HTML_DETAILS_MAX (12u << 20) /* bytes of all sections; then they leave the bytes out */
#define HTML_UNDONE 1000u            /* files not examined to the end that are listed again */
#define HTML_TEXT 512u               /* bytes shown of one text of a message */

/* A piece of the page that waits in memory. */
struct html_part {
	FILE *file;
	char *text; /* valid after html_part_insert() or a flush */
	size_t len;
	xmlTextWriterPtr page;
};

struct html_state {
	xmlTextWriterPtr page;
	struct html_part details; /* sections of the suspects */
	struct html_part files;   /* rows of the list of all files, until that begins */
	struct html_part undone;  /* rows of the list of files not examined to the end */
	bool begun;               /* the head is written */
	bool ranked;              /* the table of suspects is open */
	bool past;                /* what stands before the list of all files is written */
	bool artefacts;           /* the list of other files is open */
	uint64_t n_ranked, n_undone;
	uint32_t n_chunk; /* rows of the open table of files */
	uint64_t *fired;  /* per rule: files that show it */
	int32_t from[LEVEL_COUNT];
	const int32_t *levels; /* `from`, for level_from(), or NULL: the usual thresholds */
};

/* In the order of the page. `first`: the suspect of rank 1, or NULL. */
void html_head(const struct report *report, const struct suspect *first);
/* A sentence of the answer; nothing when the logs show no other cause. */
void html_first_rule_out(const struct report *report);
void html_pictures(const struct report *report);
void html_ranked_begin(const struct report *report);
void html_ranked_row(const struct report *report, const struct suspect *suspect);
void html_ranked_end(const struct report *report);
void html_suspect(const struct report *report, const struct suspect *suspect); /* into details */
void html_rule_outs(const struct report *report); /* nothing without any */
void html_plan(const struct report *report);
void html_coverage(const struct report *report);
void html_method(const struct report *report);
void html_versions(const struct report *report);
void html_sign_off(const struct report *report);
void html_files_begin(const struct report *report);
void html_file(const struct report *report, const struct suspect *suspect);
void html_files_end(const struct report *report);
void html_undone(const struct report *report);
void html_artefact(const struct report *report, const struct artefact *artefact);
void html_rules(const struct report *report);
void html_foot(const struct report *report);

/* ---- parts of a suspect's section; all into state->details ---- */

/* The findings, the heaviest first: the fact, its bytes, and how it is read. `brief`: no bytes. */
void html_findings(const struct report *report, const struct suspect *suspect, bool brief);
void html_clues(const struct report *report, const struct suspect *suspect);
/* Documented cases behind the findings, and what to do with the message. */
void html_cases(const struct report *report, const struct suspect *suspect);
void html_tree(const struct report *report, const struct suspect *suspect);

/* The indexes of the findings, the heaviest first; returns how many. */
uint32_t html_order(const struct suspect *suspect, uint32_t order[RECORD_FINDINGS_MAX]);
int32_t html_bits(const struct suspect *suspect, uint32_t finding); /* INT32_MIN: adds nothing */
/* Whether the best clue says more than the best finding. */
bool html_clue_leads(const struct suspect *suspect);
/* The rule of that number, or NULL. */
const struct rule *html_rule(uint32_t number);

/* Whether the IMC meets the files of that folder when it starts. */
bool html_in_queue(enum folder folder);

void html_part_begin(struct html_part *part);
/* Write it into the page, and begin it anew. */
void html_part_insert(struct html_part *part, xmlTextWriterPtr page);
size_t html_part_len(struct html_part *part);
void html_part_free(struct html_part *part);

/* Style sheet and script, line by line, NULL at the end; and the digests by which the page's policy
 * names them: base64 of the SHA-256 of all lines, each with its line end. */
extern const char *const html_style_lines[], *const html_script_lines[];
extern const char html_style_digest[], html_script_digest[];

#endif
