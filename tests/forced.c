/*
 * forced.c - shows that the samples hold each rule to what it is.
 *
 * Each rule is forced twice, never to fire and always to fire; each time the check of corpus.c over
 * the rule's own samples must fail. What is forced is the record that the examination hands out, so
 * that the check itself is the one of corpus.c, which is compiled in here.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include "folder.h"
#include "record.h"
#include "rule.h"
#include "worker/examine.h"

/* Examine as asked, then force; corpus is the first member of struct forced. */
static void forced_examine(void *corpus, struct examiner *examiner, struct slice bytes,
    uint64_t size, enum folder folder, enum direction direction, struct record *record);

#define examine_head(examiner, bytes, size, folder, direction, record)                             \
	forced_examine(corpus, examiner, bytes, size, folder, direction, record)
#define main corpus_main
int corpus_main(int argc, char **argv);
#include "corpus.c" /* NOLINT(bugprone-suspicious-include): its check is what is tried here */
#undef main
#undef examine_head

enum force { FORCE_NOTHING, FORCE_NEVER, FORCE_ALWAYS };

struct forced {
	struct corpus corpus;
	enum force force;
	size_t rule; /* index */
};

static void
silence_rule(struct record *record, size_t rule)
{
	size_t kept = 0;

	for (size_t i = 0; i < record->n_findings; i++)
		if (record->findings[i].rule != rule)
			record->findings[kept++] = record->findings[i];
	record->n_findings = (uint32_t)kept;
}

/* A hit stays as it is: what must fail are the near misses. */
static void
fire_rule(struct record *record, size_t rule)
{
	for (size_t i = 0; i < record->n_findings; i++)
		if (record->findings[i].rule == rule)
			return;
	if (record->n_findings == RECORD_FINDINGS_MAX)
		record->n_findings--;
	record->findings[record->n_findings++] =
	    (struct finding){ .rule = (uint16_t)rule, .offset = OFFSET_NONE };
	if (record->n_findings_total < record->n_findings)
		record->n_findings_total = record->n_findings;
}

static void
forced_examine(void *corpus, struct examiner *examiner, struct slice bytes, uint64_t size,
    enum folder folder, enum direction direction, struct record *record)
{
	const struct forced *forced = corpus;

	examine_head(examiner, bytes, size, folder, direction, record);
	if (forced->force == FORCE_NEVER)
		silence_rule(record, forced->rule);
	if (forced->force == FORCE_ALWAYS)
		fire_rule(record, forced->rule);
}

/* How many claims of the rule's samples fail. What they print is of no interest here. */
static unsigned
failures(struct forced *forced, enum force force)
{
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	int out = dup(STDOUT_FILENO);
	FILE *nowhere = freopen("/dev/null", "w", stdout);

	forced->force = force;
	forced->corpus.failed = 0;
	if (nowhere)
		run_rule(&forced->corpus, rules[forced->rule], forced->rule);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	close(out);
	return forced->corpus.failed;
}

static bool
told(bool ok, const char *rule, const char *what)
{
	printf("%s - %s: %s\n", ok ? "ok" : "not ok", rule, what);
	return ok;
}

static bool
force_rule(struct forced *forced, const char *id)
{
	bool ok = told(failures(forced, FORCE_NOTHING) == 0, id, "its samples hold");

	ok &= told(failures(forced, FORCE_NEVER) > 0, id, "never to fire is noticed");
	return told(failures(forced, FORCE_ALWAYS) > 0, id, "always to fire is noticed") && ok;
}

int
main(int argc, char **argv)
{
	static struct record record; /* too large for the stack of a test under sanitizers */
	struct forced forced = { .corpus = {
				     .record = &record, .root = argc > 1 ? argv[1] : "corpus" } };
	const char *missing = examine_warm();
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	bool ok = true;

	forced.corpus.examiner = missing ? NULL : examiner_new(ARENA, NULL, NULL);
	if (!forced.corpus.examiner) {
		printf("not ok - cannot warm up: %s\n", missing ? missing : "memory");
		return 1;
	}
	for (forced.rule = 0; forced.rule < n_rules; forced.rule++)
		if (rules[forced.rule]->check)
			ok &= force_rule(&forced, rules[forced.rule]->id);
	examiner_free(forced.corpus.examiner);
	return !ok;
}
