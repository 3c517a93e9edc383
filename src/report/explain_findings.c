/* explain_findings.c - every finding of a message, with the bytes around its place. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/explain.h"
#include "report/textual.h"

#define INDENT 5     /* of what belongs to a finding */
#define DUMP_LINE 16 /* bytes */

/* A finding and what it is worth, for sorting. */
struct weighed {
	int32_t bits;
	uint32_t index;
};

static int
compare(const void *a, const void *b)
{
	const struct weighed *x = a, *y = b;

	if (x->bits != y->bits)
		return x->bits > y->bits ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static void
start(const struct explanation *explanation, struct wrap *wrap)
{
	fprintf(explanation->out, "%*s", INDENT, "");
	wrap_start(wrap, explanation->out, explain_width(explanation), INDENT, INDENT);
}

/* ---- bytes ---- */

/* Whether the byte at that offset belongs to the finding; a point counts as one byte. */
static bool
is_inside(const struct finding *finding, uint64_t offset)
{
	const uint64_t length = finding->length > 0 ? finding->length : 1;

	return offset >= finding->offset && offset - finding->offset < length;
}

/* Sixteen bytes: those of the finding stand in brackets, so that no colour is needed. */
static void
dump_line(FILE *out, const struct finding *finding, uint64_t offset, struct slice bytes)
{
	bool inside = false;

	fprintf(out, "   %08" PRIx64 " ", offset);
	for (size_t i = 0; i <= DUMP_LINE; i++) {
		const bool here = i < bytes.len && is_inside(finding, offset + i);

		putc(here && !inside ? '[' : !here && inside ? ']' : ' ', out);
		inside = here;
		if (i < bytes.len)
			fprintf(out, "%02x", bytes.data[i]);
		else if (i < DUMP_LINE)
			fputs("  ", out);
	}
	putc(' ', out);
	for (size_t i = 0; i < bytes.len; i++)
		putc(bytes.data[i] >= ' ' && bytes.data[i] <= '~' ? bytes.data[i] : '.', out);
	putc('\n', out);
}

static void
dump(const struct explanation *explanation, const struct finding *finding, uint32_t index)
{
	const struct description *description = explanation->description;

	for (uint32_t i = 0; description && i < description->n_rows; i++) {
		const struct row *row = &description->rows[i];
		struct slice bytes;

		if (row->kind != ROW_EXCERPT || row->value != index)
			continue;
		bytes = description_slice(description, row->text[0]);
		for (size_t at = 0; at < bytes.len; at += DUMP_LINE)
			dump_line(explanation->out, finding, row->offset + at,
			    slice_cut(bytes, at, DUMP_LINE));
	}
}

/* ---- words ---- */

static void
print_name(const struct explanation *explanation, uint32_t number, const struct weighed *weighed,
    const char *id)
{
	const enum level level = level_from(explanation->suspect->level_from, weighed->bits);
	char score[24];

	fprintf(explanation->out, "\n%3" PRIu32 ". %s%s%s", number,
	    explain_colour(explanation, level), id, explain_plain(explanation));
	if (weighed->bits == INT32_MIN)
		fputs("  adds nothing to the score\n", explanation->out);
	else
		fprintf(explanation->out, "  %s bits, %s by itself\n",
		    textual_score(score, weighed->bits), level_name(level));
}

static void
print_where(const struct explanation *explanation, const struct finding *finding)
{
	const struct row place = {
		.offset = finding->offset,
		.length = finding->length,
		.line = finding->line,
	};
	struct wrap wrap;

	start(explanation, &wrap);
	explain_place(&wrap, &place);
	if (finding->part[0]) {
		wrap_text(&wrap, ", part ");
		wrap_text(&wrap, finding->part);
	}
	if (finding->decoded > 0)
		wrap_print(&wrap, "; byte %" PRIu64 " of what it decodes to", finding->decoded - 1);
	wrap_end(&wrap);
}

static void
print_sources(const struct explanation *explanation, const struct rule *rule)
{
	struct wrap wrap;

	if (!*rule->cases && !*rule->rfc)
		return;
	start(explanation, &wrap);
	if (*rule->cases) {
		wrap_text(&wrap, "cases: ");
		wrap_text(&wrap, rule->cases);
	}
	if (*rule->rfc) {
		wrap_text(&wrap, *rule->cases ? "; standard: " : "standard: ");
		wrap_text(&wrap, rule->rfc);
	}
	wrap_end(&wrap);
}

static void
print_finding(const struct explanation *explanation, uint32_t number, const struct weighed *weighed)
{
	const struct finding *finding = &explanation->suspect->record->findings[weighed->index];
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	struct wrap wrap;

	if (finding->rule >= n_rules)
		return;
	print_name(explanation, number, weighed, rules[finding->rule]->id);
	start(explanation, &wrap);
	wrap_text(&wrap, rules[finding->rule]->says);
	wrap_end(&wrap);
	if (finding->detail[0]) {
		start(explanation, &wrap);
		wrap_text(&wrap, "Here: ");
		wrap_text(&wrap, finding->detail);
		wrap_end(&wrap);
	}
	print_where(explanation, finding);
	print_sources(explanation, rules[finding->rule]);
	dump(explanation, finding, weighed->index);
}

void
explain_findings(const struct explanation *explanation)
{
	const struct suspect *suspect = explanation->suspect;
	const struct record *record = suspect->record;
	struct weighed order[RECORD_FINDINGS_MAX];

	if (!record)
		return;
	explain_title(explanation,
	    record->n_findings > 0 ? "Findings, the heaviest first; their bytes stand in brackets"
				   : "Findings: none");
	for (uint32_t i = 0; i < record->n_findings; i++)
		order[i] = (struct weighed){
			.bits = suspect->finding_bits ? suspect->finding_bits[i] : INT32_MIN,
			.index = i,
		};
	qsort(order, record->n_findings, sizeof order[0], compare);
	for (uint32_t i = 0; i < record->n_findings; i++)
		print_finding(explanation, i + 1, &order[i]);
	if (record->n_findings_total > record->n_findings)
		fprintf(explanation->out, "\n     and %" PRIu32 " more that were not kept\n",
		    record->n_findings_total - record->n_findings);
}
