/* reasons.c - why a file is suspect: its best findings as sentences. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <string.h>

#include "report/textual.h"

#define REASONS_SHOWN 3
#define CITES_SHOWN 6
#define CITES_ROOM 160 /* bytes for that many ids */

static int32_t
bits_of(const struct suspect *suspect, uint32_t index)
{
	return suspect->finding_bits ? suspect->finding_bits[index] : INT32_MIN;
}

/* Whether the rule of a finding is that of one of the chosen. */
static bool
chosen_already(const struct record *record, uint32_t index, const uint32_t *chosen, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (record->findings[chosen[i]].rule == record->findings[index].rule)
			return true;
	return false;
}

/* The best finding of each of the best rules; among equals the first. */
static unsigned
choose(const struct suspect *suspect, uint32_t chosen[REASONS_SHOWN])
{
	const struct record *record = suspect->record;
	unsigned n = 0;

	while (n < REASONS_SHOWN) {
		uint32_t best = record->n_findings;

		for (uint32_t i = 0; i < record->n_findings; i++) {
			if (chosen_already(record, i, chosen, n))
				continue;
			if (best == record->n_findings ||
			    bits_of(suspect, i) > bits_of(suspect, best))
				best = i;
		}
		/* What would not lift a file above clean is no reason, unless there is no other. */
		if (best == record->n_findings ||
		    (n > 0 &&
			level_from(suspect->level_from, bits_of(suspect, best)) == LEVEL_CLEAN))
			break;
		chosen[n++] = best;
	}
	return n;
}

/* "; KB Q278320, Q293288, MS00-082", or "" for a rule without a documented case. */
static const char *
cites_text(char *buffer, size_t size, const struct rule *rule)
{
	const char *state = NULL;
	const struct imc_case *cause;
	size_t used = 0, n = 0;

	buffer[0] = '\0';
	while ((cause = rule_next_case(rule, &state)) && used < size) {
		const char *before = n > 0 ? ", " : *cause->id == 'Q' ? "; KB " : "; ";

		if (n++ < CITES_SHOWN)
			used +=
			    (size_t)snprintf(buffer + used, size - used, "%s%s", before, cause->id);
	}
	if (n > CITES_SHOWN && used < size)
		snprintf(buffer + used, size - used, ", %zu more", n - CITES_SHOWN);
	return buffer;
}

/* How much of the sentence stands before its full stop: it may go on. */
static int
sentence_len(const struct rule *rule)
{
	size_t len = strlen(rule->says);

	return (int)(len > 0 && rule->says[len - 1] == '.' ? len - 1 : len);
}

static void
print_place(struct wrap *wrap, const struct finding *finding)
{
	if (finding->offset != OFFSET_NONE)
		wrap_print(wrap, "; byte %" PRIu64 " (0x%" PRIx64 "), line %" PRIu32,
		    finding->offset, finding->offset, finding->line);
	if (finding->part[0]) {
		wrap_text(wrap, finding->offset != OFFSET_NONE ? ", part " : "; part ");
		wrap_text(wrap, finding->part);
	}
}

/* Whether the detail says what the sentence says. */
static bool
repeats(const char *detail, const struct rule *rule)
{
	return slice_same_nocase(
	    slice_str(detail), slice_of(rule->says, (size_t)sentence_len(rule)));
}

/* " [uuencode-cut; KB Q239816; not in 5.5 SP4]": the name is for `explain --rule`; what `--exchange`
 * takes off is told where it was taken. */
static void
print_cites(struct wrap *wrap, const struct rule *rule, const struct run_info *run)
{
	const char *exchange = run->exchange ? run->exchange : "";
	char cites[CITES_ROOM];

	wrap_print(wrap, " [%s%s", rule->id, cites_text(cites, sizeof cites, rule));
	if (rule_spares(rule, release_parse(exchange)))
		wrap_print(wrap, "; not in %s", exchange);
	wrap_text(wrap, "]");
}

static void
print_finding(struct wrap *wrap, const struct finding *finding, const struct rule *rule,
    uint32_t places, const struct run_info *run)
{
	wrap_print(wrap, "%.*s", sentence_len(rule), rule->says);
	if (finding->detail[0] && !repeats(finding->detail, rule)) {
		wrap_text(wrap, ": ");
		wrap_text(wrap, finding->detail);
	}
	print_place(wrap, finding);
	if (places > 1)
		wrap_print(wrap, "; and at %" PRIu32 " more", places - 1);
	print_cites(wrap, rule, run);
}

static uint32_t
places_of(const struct record *record, uint16_t rule)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < record->n_findings; i++)
		n += record->findings[i].rule == rule;
	return n;
}

void
reasons_print(
    const struct report *report, unsigned width, unsigned indent, const struct suspect *suspect)
{
	FILE *out = report->out;
	uint32_t chosen[REASONS_SHOWN];
	unsigned n = choose(suspect, chosen);
	uint64_t more = suspect->record->n_findings_total;
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	for (unsigned i = 0; i < n; i++) {
		const struct finding *finding = &suspect->record->findings[chosen[i]];
		uint32_t places = places_of(suspect->record, finding->rule);
		struct wrap wrap;

		more -= more < places ? more : places;
		if (finding->rule >= n_rules)
			continue;
		fprintf(out, "%*s- ", (int)indent, "");
		wrap_start(&wrap, out, width, indent + 2, indent + 2);
		print_finding(&wrap, finding, rules[finding->rule], places, report->run);
		wrap_end(&wrap);
	}
	if (more > 0)
		fprintf(out, "%*s  +%" PRIu64 " more %s\n", (int)indent, "", more,
		    more == 1 ? "finding" : "findings");
}

const char *
reasons_rule(const struct suspect *suspect)
{
	uint32_t chosen[REASONS_SHOWN];
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	if (choose(suspect, chosen) == 0)
		return "";
	const uint16_t rule = suspect->record->findings[chosen[0]].rule;

	return rule < n_rules ? rules[rule]->id : "";
}

const char *
reasons_brief(char *buffer, size_t size, const struct suspect *suspect)
{
	uint32_t chosen[REASONS_SHOWN];
	char cites[CITES_ROOM];
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	uint16_t rule;

	buffer[0] = '\0';
	if (choose(suspect, chosen) == 0)
		return buffer;
	rule = suspect->record->findings[chosen[0]].rule;
	if (rule < n_rules)
		snprintf(buffer, size, "%.*s [%s%s]", sentence_len(rules[rule]), rules[rule]->says,
		    rules[rule]->id, cites_text(cites, sizeof cites, rules[rule]));
	return buffer;
}
