/* death.c - how a worker died, and the finding that tells it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/death.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "rule.h"
#include "worker/examine.h"
#include "worker/fill.h"

#define CAUSE_MAX 64 /* bytes of words, NUL included */
#define WORDS_MAX 128

static const char *const rule_ids[DEATH_KIND_COUNT] = {
	[DEATH_CRASHED] = "parser-crashed",
	[DEATH_TIMED_OUT] = "parser-timed-out",
	[DEATH_OUT_OF_MEMORY] = "parser-out-of-memory",
};

/* GLib's own way out of memory is a breakpoint (g_error() in g_malloc()), before which nothing of
 * ours runs. GLib is used by one parser only; elsewhere a trap is a crash like any other. */
static bool
glib_ran_out(int status, uint32_t stage)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGTRAP &&
	       strcmp(examine_stage_name(stage), "mime") == 0;
}

struct death
death_of_status(int status, bool out_of_memory, uint64_t cpu_ms, uint32_t stage)
{
	struct death death = { .kind = DEATH_CRASHED, .cause = DEATH_BY_EXIT, .stage = stage };

	if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGPROF || WTERMSIG(status) == SIGXCPU)) {
		death.kind = DEATH_TIMED_OUT;
		death.cause = DEATH_BY_CPU;
		death.number = cpu_ms;
		return death;
	}
	if (out_of_memory || glib_ran_out(status, stage))
		death.kind = DEATH_OUT_OF_MEMORY;
	if (WIFSIGNALED(status)) {
		death.cause = DEATH_BY_SIGNAL;
		death.number = (uint64_t)WTERMSIG(status);
	} else if (WIFEXITED(status)) {
		death.number = (uint64_t)WEXITSTATUS(status);
	}
	return death;
}

bool
death_rules_known(void)
{
	size_t index;

	for (size_t i = 0; i < DEATH_KIND_COUNT; i++) {
		if (!rule_by_id(rule_ids[i], &index))
			return false;
	}
	return true;
}

static void
cause_words(const struct death *death, char words[CAUSE_MAX])
{
	const char *name;

	switch (death->cause) {
	case DEATH_BY_SIGNAL:
		name = sigabbrev_np((int)death->number);
		snprintf(words, CAUSE_MAX, "signal SIG%s", name ? name : "?");
		return;
	case DEATH_BY_EXIT:
		snprintf(words, CAUSE_MAX, "exit status %" PRIu64, death->number);
		return;
	case DEATH_BY_CPU:
		snprintf(words, CAUSE_MAX, "over %" PRIu64 " ms of CPU time", death->number);
		return;
	case DEATH_BY_CLOCK:
		snprintf(words, CAUSE_MAX, "no answer in %" PRIu64 " ms", death->number);
		return;
	case DEATH_BY_STOP:
		snprintf(words, CAUSE_MAX, "stopped by a signal for %" PRIu64 " ms", death->number);
		return;
	case DEATH_BY_NONSENSE:
		snprintf(words, CAUSE_MAX, "its answer was no valid record");
		return;
	}
}

/* "signal SEGV in mime" */
static void
death_words(const struct death *death, char words[WORDS_MAX])
{
	const char *stage = examine_stage_name(death->stage);
	char cause[CAUSE_MAX] = "";

	cause_words(death, cause);
	snprintf(words, WORDS_MAX, "%s%s%s", cause, *stage ? " in " : "", stage);
}

/* The last place is given up when all are taken: a death says more than one finding among 200. The
 * total is the worker's word: one that lies must not make it wrap, or the record is invalid. */
static struct finding *
finding_add(struct record *record)
{
	if (record->n_findings == RECORD_FINDINGS_MAX)
		record->n_findings--;
	if (record->n_findings_total < UINT32_MAX)
		record->n_findings_total++;
	return &record->findings[record->n_findings++];
}

static const char *
what_happened(enum death_kind kind)
{
	switch (kind) {
	case DEATH_TIMED_OUT:
		return "ran out of time";
	case DEATH_OUT_OF_MEMORY:
		return "ran out of memory";
	default:
		return "died";
	}
}

void
death_sentence(
    char words[DEATH_SENTENCE_MAX], const struct death *first, const struct death *second)
{
	char causes[2][WORDS_MAX] = { "", "" };

	death_words(first, causes[0]);
	if (!second) {
		snprintf(words, DEATH_SENTENCE_MAX,
		    "a parser process %s (%s) on the first try; the second try survived",
		    what_happened(first->kind), causes[0]);
		return;
	}
	death_words(second, causes[1]);
	snprintf(words, DEATH_SENTENCE_MAX,
	    "a parser process %s (%s), and again on the second try (%s)",
	    what_happened(first->kind), causes[0], causes[1]);
}

void
death_tell(struct record *record, const struct death *first, const struct death *second)
{
	const struct death *verdict = second ? second : first;
	struct finding *finding = finding_add(record);
	char words[DEATH_SENTENCE_MAX];
	size_t index = 0, len;

	rule_by_id(rule_ids[verdict->kind], &index);
	memset(finding, 0, sizeof *finding);
	finding->rule = (uint16_t)index;
	finding->offset = OFFSET_NONE;
	finding->flags = second ? 0 : FINDING_WEAK;
	death_sentence(words, first, second);
	len = strnlen(words, sizeof finding->detail - 1);
	memcpy(finding->detail, words, len);
	finding->detail_len = (uint16_t)len;
	fill_close(record);
}
