/* excerpt.c - suspects with shorter quotes. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/excerpt.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLUES_MAX 64 /* more than a ranking hands out of one file */

struct excerpts {
	unsigned most;
	struct suspect suspect;
	struct record record;
	struct clue clues[CLUES_MAX];
	struct description description;
	struct summary summary;
	struct clue *rule_outs;
	struct run_info run;
	const char **notes;
	char note[80];
};

struct excerpts *
excerpts_new(unsigned most)
{
	struct excerpts *excerpts = calloc(1, sizeof *excerpts);

	if (excerpts)
		excerpts->most = most;
	return excerpts;
}

void
excerpts_free(struct excerpts *excerpts)
{
	if (!excerpts)
		return;
	free(excerpts->rule_outs);
	free(excerpts->notes);
	free(excerpts);
}

/* Text of `size` bytes and a NUL; what was cut says so where it has room. */
static void
cut(char *text, size_t size, unsigned most)
{
	static const char dots[] = "...";

	if (strnlen(text, size) <= most)
		return;
	text[most] = '\0';
	if (most > 0 && most + sizeof dots <= size)
		memcpy(text + most, dots, sizeof dots);
}

static void
cut_clues(struct clue *clues, size_t n, unsigned most)
{
	for (size_t i = 0; i < n; i++)
		cut(clues[i].quote, sizeof clues[i].quote, most);
}

static void
cut_record(struct excerpts *excerpts, const struct record *from)
{
	struct record *to = &excerpts->record;

	memcpy(to, from, offsetof(struct record, findings));
	memcpy(to->findings, from->findings, from->n_findings * sizeof *to->findings);
	memcpy(to->pool, from->pool, from->pool_len);
	for (uint32_t i = 0; i < to->n_findings; i++) {
		struct finding *finding = &to->findings[i];

		cut(finding->detail, sizeof finding->detail, excerpts->most);
		finding->detail_len = (uint16_t)strnlen(finding->detail, sizeof finding->detail);
	}
	to->size = (uint32_t)record_packed_size(to);
}

/* Its first bytes may be what stands before the finding: that goes first. */
static void
cut_excerpt(struct row *row, const struct record *record, unsigned most)
{
	uint64_t skip = 0;

	if (row->text[0].len <= most)
		return;
	if (row->value < record->n_findings && record->findings[row->value].offset > row->offset)
		skip = record->findings[row->value].offset - row->offset;
	if (skip > row->text[0].len - most)
		skip = row->text[0].len - most;
	row->offset += skip;
	row->length = most;
	row->text[0].offset += (uint32_t)skip;
	row->text[0].len = (uint16_t)most;
}

static void
cut_description(
    struct excerpts *excerpts, const struct description *from, const struct record *record)
{
	struct description *to = &excerpts->description;

	memcpy(to, from, sizeof *to);
	for (uint32_t i = 0; i < to->n_rows; i++) {
		struct row *row = &to->rows[i];

		if (row->kind == ROW_EXCERPT) {
			cut_excerpt(row, record, excerpts->most);
			continue;
		}
		for (int k = 0; k < 2; k++) {
			if (row->text[k].len > excerpts->most) {
				row->text[k].len = (uint16_t)excerpts->most;
				row->text[k].cut = 1;
			}
		}
	}
}

const struct suspect *
excerpts_suspect(struct excerpts *excerpts, const struct suspect *suspect)
{
	struct suspect *out = &excerpts->suspect;

	*out = *suspect;
	if (suspect->record) {
		cut_record(excerpts, suspect->record);
		out->record = &excerpts->record;
	}
	out->n_clues = suspect->n_clues < CLUES_MAX ? suspect->n_clues : CLUES_MAX;
	if (out->n_clues > 0)
		memcpy(excerpts->clues, suspect->clues, out->n_clues * sizeof *excerpts->clues);
	cut_clues(excerpts->clues, out->n_clues, excerpts->most);
	out->clues = excerpts->clues;
	if (excerpts->most == 0 || !suspect->record) {
		out->description = NULL;
	} else if (suspect->description) {
		cut_description(excerpts, suspect->description, suspect->record);
		out->description = &excerpts->description;
	}
	return out;
}

const struct run_info *
excerpts_run(struct excerpts *excerpts, const struct run_info *run)
{
	excerpts->run = *run;
	excerpts->notes = calloc(run->n_notes + 1, sizeof *excerpts->notes);
	if (!excerpts->notes)
		return NULL;
	if (run->n_notes > 0)
		memcpy(excerpts->notes, run->notes, run->n_notes * sizeof *excerpts->notes);
	snprintf(excerpts->note, sizeof excerpts->note,
	    "Quotes of messages and logs are cut at %u bytes (--excerpt).", excerpts->most);
	excerpts->notes[run->n_notes] = excerpts->note;
	excerpts->run.notes = excerpts->notes;
	excerpts->run.n_notes = run->n_notes + 1;
	return &excerpts->run;
}

const struct summary *
excerpts_summary(struct excerpts *excerpts, const struct summary *summary)
{
	const size_t count = summary->n_rule_outs;

	excerpts->summary = *summary;
	excerpts->rule_outs = calloc(count + 1, sizeof *excerpts->rule_outs);
	if (!excerpts->rule_outs)
		return NULL;
	if (count > 0)
		memcpy(
		    excerpts->rule_outs, summary->rule_outs, count * sizeof *excerpts->rule_outs);
	cut_clues(excerpts->rule_outs, count, excerpts->most);
	excerpts->summary.rule_outs = excerpts->rule_outs;
	return &excerpts->summary;
}
