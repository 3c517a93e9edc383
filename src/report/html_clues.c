/* html_clues.c - what logs say of a suspect, and of causes that are no message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <string.h>

#include "report/html.h"
#include "report/textual.h"

#define CLUES_SHOWN 16u
#define RULE_OUTS_SHOWN 24u

static struct slice
log_of(const struct clue *clue)
{
	return slice_of(clue->log, clue->log_len);
}

/* Event logs have records, all others are text. */
static bool
has_records(struct slice log)
{
	return log.len >= 4 && slice_same_nocase(slice_from(log, log.len - 4), slice_str(".evt"));
}

static void
put_source(xmlTextWriterPtr page, const struct clue *clue)
{
	if (clue->log_len == 0)
		return;
	html_text(page, " Log ");
	html_bytes(page, log_of(clue), 0);
	if (clue->number > 0)
		html_print(page, ", %s %" PRIu64, has_records(log_of(clue)) ? "record" : "line",
		    clue->number);
	html_text(page, ".");
}

/* The words of a clue are no sentence: they may end in a full stop, or not. */
static void
put_words(xmlTextWriterPtr page, const struct clue *clue, const char *otherwise)
{
	const char *words = clue->detail[0] ? clue->detail : otherwise;
	const size_t len = strlen(words);

	html_ascii(page, words);
	if (len > 0 && words[len - 1] != '.')
		html_text(page, ".");
	put_source(page, clue);
	if (clue->offset != OFFSET_NONE)
		html_print(page, " Byte %" PRIu64 " (0x%" PRIx64 "), %" PRIu64 " %s of this file.",
		    clue->offset, clue->offset, clue->length, clue->length == 1 ? "byte" : "bytes");
}

static void
put_quote(xmlTextWriterPtr page, const struct clue *clue)
{
	if (!clue->quote[0])
		return;
	html_open(page, "blockquote", NULL);
	html_ascii(page, clue->quote);
	html_close(page);
}

static void
put_weight(xmlTextWriterPtr page, const struct clue *clue, const struct rule *rule)
{
	char score[24];

	html_open(page, "p", "weight");
	html_text(page, "Rule ");
	html_leaf(page, "code", NULL, rule->id);
	if (clue->factor != 0)
		html_print(page, ": %s%s bits", clue->factor > 0 ? "+" : "",
		    textual_score(score, clue->factor));
	else
		html_text(page, ": adds nothing to the score");
	if (clue->factor < 0)
		html_text(page, "; it speaks against the suspicion");
	if (clue->flags & CLUE_DOUBTFUL)
		html_text(page, "; doubtful, since clues contradict each other");
	html_close(page);
}

static void
put_clue(xmlTextWriterPtr page, const struct clue *clue, const struct rule *rule)
{
	html_open(page, "li", NULL);
	html_open(page, "div", "fact");
	html_leaf(page, "p", "kind", "Fact");
	html_open(page, "p", NULL);
	put_words(page, clue, "");
	html_close(page);
	put_quote(page, clue);
	html_close(page);
	html_open(page, "div", "reading");
	html_leaf(page, "p", "kind", "Interpretation");
	html_leaf(page, "p", NULL, rule->says);
	put_weight(page, clue, rule);
	html_close(page);
	html_close(page);
}

static void
put_idle(xmlTextWriterPtr page, uint32_t idle)
{
	if (idle > 0)
		html_leaf_print(page, "p", "note",
		    "%" PRIu32 " more %s this file and %s nothing to its score.", idle,
		    idle == 1 ? "names" : "name", idle == 1 ? "adds" : "add");
}

/* Of each rule the strongest counts; all together have a limit. */
static void
put_cap(xmlTextWriterPtr page, const struct suspect *suspect)
{
	char score[24];
	int64_t sum = 0;

	for (uint32_t i = 0; i < suspect->n_clues; i++) {
		bool strongest = suspect->clues[i].factor > 0;

		/* Of equal ones the first. */
		for (uint32_t k = 0; strongest && k < suspect->n_clues; k++) {
			const int32_t most = suspect->clues[i].factor - (k < i);

			strongest = suspect->clues[k].rule != suspect->clues[i].rule ||
				    suspect->clues[k].factor <= most;
		}
		sum += strongest ? suspect->clues[i].factor : 0;
	}
	if (suspect->clue_bits > 0 && suspect->n_clues_total <= suspect->n_clues &&
	    sum > suspect->clue_bits)
		html_leaf_print(page, "p", "note", "Together they count %s bits: %s",
		    textual_score(score, suspect->clue_bits),
		    "what logs and other files say of a file is capped there.");
}

void
html_clues(const struct report *report, const struct suspect *suspect)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->details.page;
	const uint32_t kept = suspect->n_clues < CLUES_SHOWN ? suspect->n_clues : CLUES_SHOWN;
	const uint32_t all =
	    suspect->n_clues_total > suspect->n_clues ? suspect->n_clues_total : suspect->n_clues;

	uint32_t idle = 0;

	if (suspect->n_clues == 0)
		return;
	html_leaf(page, "h4", NULL, "What logs and other files say");
	html_open(page, "ol", "findings");
	for (uint32_t i = 0; i < kept; i++) {
		const struct rule *rule = html_rule(suspect->clues[i].rule);

		if (!rule)
			continue;
		if (suspect->clues[i].factor != 0)
			put_clue(page, &suspect->clues[i], rule);
		else
			idle++;
	}
	html_close(page);
	if (all > kept)
		html_leaf_print(page, "p", "note", "%" PRIu32 " more of less weight.", all - kept);
	put_idle(page, idle);
	put_cap(page, suspect);
}

/* ---- causes that are no message ---- */

void
html_rule_outs(const struct report *report)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;
	const struct summary *summary = report->summary;
	uint32_t shown = 0;

	if (summary->n_rule_outs == 0)
		return;
	html_section(page, "ruleouts", "Causes that are no message");
	html_leaf(page, "p", NULL,
	    "What the logs show of them, the weightiest first. Each makes it less likely that a "
	    "file of this tree is to blame: see to them before a message is blamed.");
	html_open(page, "ul", "cases");
	for (; shown < summary->n_rule_outs && shown < RULE_OUTS_SHOWN; shown++) {
		const struct clue *clue = &summary->rule_outs[shown];
		const struct rule *rule = html_rule(clue->rule);

		html_open(page, "li", NULL);
		put_words(page, clue, rule ? rule->says : "");
		if (clue->flags & CLUE_DOUBTFUL)
			html_text(page, " It is doubtful, since clues contradict each other.");
		put_quote(page, clue);
		html_close(page);
	}
	html_close(page);
	if (summary->n_rule_outs > shown)
		html_leaf_print(page, "p", "note", "%" PRIu32 " more of less weight.",
		    summary->n_rule_outs - shown);
	html_close(page);
}

/* Of the answer: the weightiest cause, and where to read on. */
void
html_first_rule_out(const struct report *report)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;
	const struct summary *summary = report->summary;

	if (summary->n_rule_outs == 0 || summary->rule_outs[0].factor <= 0)
		return;
	html_open(page, "p", NULL);
	html_text(page, "The logs show a cause that is no message: ");
	put_words(page, &summary->rule_outs[0],
	    html_rule(summary->rule_outs[0].rule) ? html_rule(summary->rule_outs[0].rule)->says
						  : "");
	html_text(page, " ");
	html_open(page, "a", NULL);
	html_attribute(page, "href", "#ruleouts");
	html_text(page, "See to it first");
	html_close(page);
	html_text(page, ".");
	html_close(page);
}
