/* html_cases.c - the documented cases behind a suspect, and what to do with the message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "report/advice.h"
#include "report/html.h"

#define CASES_SHOWN 8u

struct chosen {
	const struct imc_case *cases[CASES_SHOWN];
	uint32_t count, more;
};

static void
choose(struct chosen *chosen, const struct imc_case *one)
{
	for (uint32_t i = 0; i < chosen->count; i++) {
		if (chosen->cases[i] == one)
			return;
	}
	if (chosen->count < CASES_SHOWN)
		chosen->cases[chosen->count++] = one;
	else
		chosen->more++;
}

static void
choose_all(struct chosen *chosen, const struct rule *rule)
{
	const struct imc_case *one;
	const char *state = NULL;

	while (rule && (one = rule_next_case(rule, &state)))
		choose(chosen, one);
}

/* The cases of the findings that count, the heaviest first, and of the clues that do. */
static void
gather(const struct suspect *suspect, struct chosen *chosen)
{
	uint32_t order[RECORD_FINDINGS_MAX];
	const uint32_t n = html_order(suspect, order);

	for (uint32_t i = 0; i < n; i++) {
		if (html_bits(suspect, order[i]) != INT32_MIN)
			choose_all(chosen, html_rule(suspect->record->findings[order[i]].rule));
	}
	for (uint32_t i = 0; i < suspect->n_clues; i++) {
		if (suspect->clues[i].factor > 0)
			choose_all(chosen, html_rule(suspect->clues[i].rule));
	}
}

static void
put_case(xmlTextWriterPtr page, const struct imc_case *one)
{
	html_open(page, "li", NULL);
	html_leaf(page, "b", NULL, one->id);
	html_text(page, " ");
	html_text(page, one->title);
	html_text(page, ". ");
	html_text(page, advice_effect(one));
	html_print(page, " Failing: %s. ", one->component);
	if (!*one->fixed_in)
		html_text(page, "No fix is named.");
	else if (strcmp(one->fixed_in, "by design") == 0)
		html_text(page, "The source calls this the design.");
	else
		html_print(page, "Fixed in %s.", one->fixed_in);
	if (!one->precise)
		html_text(page, " The source does not state the exact trigger.");
	html_close(page);
}

bool
html_clue_leads(const struct suspect *suspect)
{
	uint32_t order[RECORD_FINDINGS_MAX];
	const uint32_t n = html_order(suspect, order);

	return suspect->n_clues > 0 && suspect->clues[0].factor > 0 &&
	       (n == 0 || suspect->clues[0].factor > html_bits(suspect, order[0]));
}

/* Of the findings and clues. */
static const struct rule *
heaviest(const struct suspect *suspect)
{
	uint32_t order[RECORD_FINDINGS_MAX];

	if (html_clue_leads(suspect))
		return html_rule(suspect->clues[0].rule);
	if (html_order(suspect, order) == 0)
		return NULL;
	return html_rule(suspect->record->findings[order[0]].rule);
}

/* What is to be done about a file that nobody could examine; "" for one that was. */
static const char *
unexamined(const struct suspect *suspect)
{
	switch (suspect->status) {
	case STATUS_FAILED:
		return suspect->record ? ""
				       : "It could not be examined: copy it again and scan it. ";
	case STATUS_EXCLUDED:
		return "It was not opened, so nothing is known of its content: see what it is before "
		       "it goes back to the server. ";
	case STATUS_MISSING:
		return "A log names it, and it is not in this copy: recover it from the source, scan "
		       "it, and keep it out of the queue until then. ";
	default:
		return "";
	}
}

static void
put_action(xmlTextWriterPtr page, const struct suspect *suspect, const struct chosen *chosen)
{
	const struct rule *rule = heaviest(suspect);
	char action[ADVICE_ROOM];
	const bool hot = suspect->level >= LEVEL_HIGH, waits = html_in_queue(suspect->folder);

	html_open(page, "p", "action");
	html_text(page, unexamined(suspect));
	if (suspect->status == STATUS_MISSING) {
		html_close(page);
		return;
	}
	if (hot && waits)
		html_text(page,
		    suspect->folder == FOLDER_IN
			? "While the service is stopped, move the file to In\\Temp. "
		    : suspect->folder == FOLDER_OUT
			? "While the service is stopped, move the file to Out\\Temp. "
			: "While the service is stopped, move the file to a folder outside Imcdata. ");
	else if (hot)
		html_text(page, "It lies outside the queue: do not move it back. ");
	if (chosen->count > 0)
		html_text(page, advice_action(chosen->cases[0], action));
	else if (rule)
		html_text(page, advice_without_case(rule));
	else if (!hot && !*unexamined(suspect))
		html_text(page, "Nothing in it is a reason to move it.");
	html_close(page);
}

void
html_cases(const struct report *report, const struct suspect *suspect)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->details.page;
	struct chosen chosen = { .count = 0 };

	gather(suspect, &chosen);
	if (chosen.count > 0) {
		html_leaf(page, "h4", NULL, "Documented cases");
		html_open(page, "ul", "cases");
		for (uint32_t i = 0; i < chosen.count; i++)
			put_case(page, chosen.cases[i]);
		html_close(page);
		if (chosen.more > 0)
			html_leaf(page, "p", "note", "More cases are named with the findings.");
	}
	html_leaf(page, "h4", NULL, "What to do with the message");
	put_action(page, suspect, &chosen);
}
