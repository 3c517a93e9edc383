/*
 * html_findings.c - why a file is suspect: what was found and where, apart from how it is read.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "report/html.h"
#include "report/textual.h"

#define FINDINGS_SHOWN 24u
#define PLACES_SHOWN 3u /* of one rule */
#define DUMP_LINE 8u    /* bytes: as many as fit a narrow screen */

/* ---- bytes ---- */

/* Whether the byte at that offset belongs to the finding; a point counts as one byte. */
static bool
is_inside(const struct finding *finding, uint64_t offset)
{
	const uint64_t length = finding->length > 0 ? finding->length : 1;

	return offset >= finding->offset && offset - finding->offset < length;
}

/* The bytes of one line as digits or as characters; those of the finding are marked. */
static void
put_column(xmlTextWriterPtr page, const struct finding *finding, uint64_t offset,
    struct slice bytes, bool digits)
{
	bool inside = false;

	for (size_t i = 0; i < bytes.len; i++) {
		const bool here = is_inside(finding, offset + i);
		const unsigned char byte = bytes.data[i];

		if (inside && !here)
			html_close(page);
		if (digits && i > 0)
			html_text(page, " ");
		if (here && !inside)
			html_open(page, "mark", NULL);
		inside = here;
		if (digits)
			html_print(page, "%02x", byte);
		else
			html_print(page, "%c", byte >= ' ' && byte <= '~' ? byte : '.');
	}
	if (inside)
		html_close(page);
}

static void
put_dump(xmlTextWriterPtr page, const struct finding *finding, uint64_t offset, struct slice bytes)
{
	html_open(page, "pre", "bytes");
	for (size_t at = 0; at < bytes.len; at += DUMP_LINE) {
		const struct slice line = slice_cut(bytes, at, DUMP_LINE);

		html_print(page, "%08" PRIx64 "  ", offset + at);
		put_column(page, finding, offset + at, line, true);
		html_print(page, "%*s  ", (int)(3 * (DUMP_LINE - line.len)), "");
		put_column(page, finding, offset + at, line, false);
		html_text(page, "\n");
	}
	html_close(page);
}

static void
put_excerpt(xmlTextWriterPtr page, const struct suspect *suspect, uint32_t index)
{
	const struct description *description = suspect->description;
	const struct finding *finding = &suspect->record->findings[index];

	for (uint32_t i = 0; description && i < description->n_rows; i++) {
		const struct row *row = &description->rows[i];

		if (row->kind == ROW_EXCERPT && row->value == index)
			put_dump(page, finding, row->offset,
			    description_slice(description, row->text[0]));
	}
}

/* ---- words ---- */

static void
put_where(xmlTextWriterPtr page, const struct finding *finding)
{
	if (finding->offset == OFFSET_NONE) {
		html_text(page, "No place in the file");
	} else {
		html_print(page, "Byte %" PRIu64 " (0x%" PRIx64 "), %" PRIu64 " %s, line %" PRIu32,
		    finding->offset, finding->offset, finding->length,
		    finding->length == 1 ? "byte" : "bytes", finding->line);
	}
	if (finding->part[0]) {
		html_text(page, ", part ");
		html_text(page, finding->part);
	}
	if (finding->decoded > 0)
		html_print(page, "; byte %" PRIu64 " of what it decodes to", finding->decoded - 1);
	html_text(page, ".");
}

static void
put_fact(xmlTextWriterPtr page, const struct suspect *suspect, uint32_t index, bool brief)
{
	const struct finding *finding = &suspect->record->findings[index];

	html_open(page, "div", "fact");
	html_leaf(page, "p", "kind", "Fact");
	html_open(page, "p", NULL);
	if (finding->detail[0]) {
		html_ascii(page, finding->detail);
		html_text(page, ". ");
	}
	put_where(page, finding);
	html_close(page);
	if (!brief)
		put_excerpt(page, suspect, index);
	html_close(page);
}

static void
put_sources(xmlTextWriterPtr page, const struct rule *rule, const struct run_info *run)
{
	const char *exchange = run->exchange ? run->exchange : "";
	const char *state = NULL, *before = "Documented in ";
	const struct imc_case *cause;

	if (*rule->rfc)
		html_print(page, "Standard: %s. ", rule->rfc);
	while ((cause = rule_next_case(rule, &state))) {
		html_text(page, before);
		html_text(page, cause->id);
		before = ", ";
	}
	if (*before == ',')
		html_text(page, ". ");
	if (rule_spares(rule, release_parse(exchange)))
		html_print(page, "%s does not have this fault. ", exchange);
}

static void
put_reading(xmlTextWriterPtr page, const struct suspect *suspect, uint32_t index,
    const struct report *report)
{
	const struct rule *rule = html_rule(suspect->record->findings[index].rule);
	const int32_t bits = html_bits(suspect, index);
	char score[24];

	html_open(page, "div", "reading");
	html_leaf(page, "p", "kind", "Interpretation");
	html_open(page, "p", NULL);
	html_text(page, rule->says);
	html_text(page, " ");
	put_sources(page, rule, report->run);
	html_close(page);
	html_open(page, "p", "weight");
	html_text(page, "Rule ");
	html_leaf(page, "code", NULL, rule->id);
	if (bits == INT32_MIN)
		html_text(page, ": adds nothing to the score");
	else
		html_print(page, ": %s bits, by itself %s", textual_score(score, bits),
		    level_name(level_from(suspect->level_from, bits)));
	html_close(page);
	html_close(page);
}

/* How many of the findings shown so far are of that rule. */
static uint32_t
shown_of(const struct record *record, const uint32_t *shown, uint32_t n, uint32_t rule)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < n; i++)
		count += record->findings[shown[i]].rule == rule;
	return count;
}

void
html_findings(const struct report *report, const struct suspect *suspect, bool brief)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->details.page;
	const struct record *record = suspect->record;
	uint32_t order[RECORD_FINDINGS_MAX], shown[FINDINGS_SHOWN], n_shown = 0;
	const uint32_t n = html_order(suspect, order);

	if (n == 0)
		return;
	html_leaf(page, "h4", NULL, "Findings");
	html_open(page, "ol", "findings");
	for (uint32_t i = 0; i < n && n_shown < FINDINGS_SHOWN; i++) {
		const uint32_t rule = record->findings[order[i]].rule;

		if (!html_rule(rule) || shown_of(record, shown, n_shown, rule) >= PLACES_SHOWN)
			continue;
		shown[n_shown++] = order[i];
		html_open(page, "li", NULL);
		put_fact(page, suspect, order[i], brief);
		put_reading(page, suspect, order[i], report);
		html_close(page);
	}
	html_close(page);
	if (record->n_findings_total > n_shown)
		html_leaf_print(page, "p", "note",
		    "%" PRIu32 " more findings are not shown here; "
		    "imcscan explain lists them.",
		    record->n_findings_total - n_shown);
}
