/* cluetext.c - a clue as a sentence. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/cluetext.h"

#include <inttypes.h>
#include <string.h>

#include "report/escape.h"

#define SHOWN 3           /* clues of a file in the table */
#define RULE_OUTS_SHOWN 4 /* causes */

static const struct rule *
rule_of(const struct clue *clue)
{
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	return clue->rule < n_rules ? rules[clue->rule] : NULL;
}

static struct slice
log_of(const struct clue *clue)
{
	return slice_of(clue->log, clue->log_len);
}

/* Event logs have records, all others are text. */
static bool
is_event_log(const struct clue *clue)
{
	const struct slice log = log_of(clue);

	return log.len >= 4 && slice_same_nocase(slice_from(log, log.len - 4), slice_str(".evt"));
}

static void
wrap_source(struct wrap *wrap, const struct clue *clue)
{
	if (clue->log_len == 0)
		return;
	if (is_event_log(clue))
		wrap_text(wrap, "Event log ");
	wrap_bytes(wrap, log_of(clue));
	if (clue->number > 0)
		wrap_print(
		    wrap, ", %s %" PRIu64, is_event_log(clue) ? "record" : "line", clue->number);
	wrap_text(wrap, ": ");
}

/* The clue's own words, or its rule's sentence without the full stop. */
static void
wrap_words(struct wrap *wrap, const struct clue *clue)
{
	const struct rule *rule = rule_of(clue);
	size_t len;

	if (clue->detail[0]) {
		wrap_text(wrap, clue->detail);
		return;
	}
	if (!rule)
		return;
	len = strlen(rule->says);
	wrap_print(
	    wrap, "%.*s", (int)(len > 0 && rule->says[len - 1] == '.' ? len - 1 : len), rule->says);
}

void
cluetext_wrap(struct wrap *wrap, const struct clue *clue)
{
	const struct rule *rule = rule_of(clue);

	wrap_source(wrap, clue);
	wrap_words(wrap, clue);
	if (clue->quote[0]) {
		wrap_text(wrap, ": \"");
		wrap_text(wrap, clue->quote);
		wrap_text(wrap, "\"");
	}
	if (clue->offset != OFFSET_NONE)
		wrap_print(wrap, "; byte %" PRIu64 " (0x%" PRIx64 ")", clue->offset, clue->offset);
	if (clue->flags & CLUE_DOUBTFUL)
		wrap_text(wrap, "; doubtful");
	if (clue->factor < 0)
		wrap_text(wrap, "; speaks against it");
	if (rule)
		wrap_print(wrap, " [%s]", rule->id);
}

/* How many count: they come first. */
static uint32_t
counted(const struct clue *clues, uint32_t count, uint32_t most)
{
	uint32_t n = 0;

	while (n < count && n < most && (n == 0 || clues[n].factor != 0))
		n++;
	return n;
}

void
cluetext_list(FILE *out, unsigned width, unsigned indent, const struct suspect *suspect)
{
	const uint32_t n = counted(suspect->clues, suspect->n_clues, SHOWN);
	const uint32_t total =
	    suspect->n_clues_total > suspect->n_clues ? suspect->n_clues_total : suspect->n_clues;

	for (uint32_t i = 0; i < n; i++) {
		struct wrap wrap;

		fprintf(out, "%*s- ", (int)indent, "");
		wrap_start(&wrap, out, width, indent + 2, indent + 2);
		cluetext_wrap(&wrap, &suspect->clues[i]);
		wrap_end(&wrap);
	}
	if (total > n)
		fprintf(out, "%*s  +%" PRIu32 " more %s\n", (int)indent, "", total - n,
		    total - n == 1 ? "clue" : "clues");
}

const char *
cluetext_brief(char *buffer, size_t size, const struct suspect *suspect)
{
	const struct clue *clue = suspect->clues;
	char log[80];

	buffer[0] = '\0';
	if (suspect->n_clues == 0 || clue->factor <= 0)
		return buffer;
	escape_buffer(log, sizeof log, log_of(clue));
	snprintf(buffer, size, "%s%s%s", log, *log ? ": " : "",
	    clue->detail[0] ? clue->detail
	    : rule_of(clue) ? rule_of(clue)->says
			    : "");
	return buffer;
}

void
cluetext_rule_outs(FILE *out, unsigned width, const struct summary *summary)
{
	const uint32_t n = counted(summary->rule_outs, summary->n_rule_outs, RULE_OUTS_SHOWN);
	struct wrap wrap;

	if (n == 0)
		return;
	wrap_start(&wrap, out, width, 2, 0);
	wrap_text(&wrap, "The logs show a cause that is no message: ");
	for (uint32_t i = 0; i < n; i++) {
		wrap_text(&wrap, i > 0 ? "; and " : "");
		cluetext_wrap(&wrap, &summary->rule_outs[i]);
	}
	if (summary->n_rule_outs > n)
		wrap_print(&wrap, "; and %" PRIu32 " more", summary->n_rule_outs - n);
	wrap_text(&wrap, ". This makes it less likely that a file of this tree is to blame.");
	wrap_end(&wrap);
	putc('\n', out);
}
