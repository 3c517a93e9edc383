/*
 * death.h - how a worker died, and the finding that tells it.
 *
 * For src/worker only, parent side.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_DEATH_H
#define IMC_DEATH_H

#include <stdbool.h>
#include <stdint.h>

#include "record.h"

#define DEATH_SENTENCE_MAX 320 /* bytes, NUL included */

enum death_kind { DEATH_CRASHED, DEATH_TIMED_OUT, DEATH_OUT_OF_MEMORY, DEATH_KIND_COUNT };

enum death_cause {
	DEATH_BY_SIGNAL,   /* number: the signal */
	DEATH_BY_EXIT,     /* number: the exit status */
	DEATH_BY_CPU,      /* number: milliseconds of CPU time it had */
	DEATH_BY_CLOCK,    /* number: milliseconds after which the parent gave up */
	DEATH_BY_NONSENSE, /* it lived, but its answer was no valid record */
	DEATH_BY_STOP      /* number: milliseconds after which it was found stopped */
};

struct death {
	enum death_kind kind;
	enum death_cause cause;
	uint64_t number;
	uint32_t stage; /* what ran, as of examine_stage_name() */
};

/* Judge a wait status of waitpid(2): a worker that died of itself. */
struct death death_of_status(int status, bool out_of_memory, uint64_t cpu_ms, uint32_t stage);

/* Whether the rule table has the rows of family `worker`; their ids are parser-crashed,
 * parser-timed-out and parser-out-of-memory. */
bool death_rules_known(void);

/* Add the finding: first try died and second == NULL survived (weak), or both died. */
void death_tell(struct record *record, const struct death *first, const struct death *second);

/* The same in a sentence, for a file that has no record. */
void death_sentence(
    char words[DEATH_SENTENCE_MAX], const struct death *first, const struct death *second);

#endif
