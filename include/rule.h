/*
 * rule.h - a rule is one row beside its few lines; a case is one documented cause.
 *
 * For src/rules (rows), src/worker (runs them), src/rank (weighs them), src/cli (lists them).
 * Never for parsers.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RULE_H
#define IMC_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "finding.h"
#include "folder.h"
#include "message.h"

/* What a case does, worst first; the weight classes of the ranking. */
enum effect {
	EFFECT_CRASH_IMC,   /* stops the IMC process */
	EFFECT_CRASH_STORE, /* stops the store and the IMC with it */
	EFFECT_LOOP,        /* loop or hang */
	EFFECT_STUCK,       /* stuck queue */
	EFFECT_LOSS,        /* content loss, NDR */
	EFFECT_COUNT
};

/* Whether a case shows in the spool file: its trigger, a part of it, or nothing of it. */
enum detectable { DETECTABLE_YES, DETECTABLE_PARTLY, DETECTABLE_NO, DETECTABLE_COUNT };

/* Release ladder of Exchange 4.0 to 5.5; see src/rules/version.c for builds. ORDER IS MEANING. */
enum release {
	R40,
	R40SP1,
	R40SP2,
	R40SP3,
	R40SP4,
	R40SP5,
	R50,
	R50SP1,
	R50SP2,
	R50SP2FIX,
	R55,
	R55SP1,
	R55SP2,
	R55SP3,
	R55SP4,
	R55SP4FIX, /* …FIX: later roll-ups and hotfixes */
	RELEASE_COUNT,
	RELEASE_UNKNOWN = -1
};

#define RELEASES(from, to) (((1u << ((to) + 1)) - 1u) & ~((1u << (from)) - 1u)) /* both included */

/* One documented cause (KB article or bulletin), from src/rules/cases.def. */
struct imc_case {
	const char *id;        /* "Q278320", "KB822992", "MS00-082" */
	const char *title;     /* our own words */
	uint32_t affected;     /* bit set of enum release: affected and not yet fixed; 0 none */
	const char *fixed_in;  /* "5.5 SP4", or "" when the source names none */
	const char *component; /* "MSEXCIMC.EXE", "STORE.EXE" */
	enum direction direction;
	enum effect effect;
	bool precise; /* the source states the trigger */
	enum detectable detectable;
};

/* Weight class of a rule that rests on no case. */
enum rule_class {
	RULE_BY_CASES,  /* weight, cap and versions come from the cases */
	RULE_DAMAGE,    /* damage that no mailer makes: truncation, NUL, torn envelope */
	RULE_VIOLATION, /* breaks a standard */
	RULE_ODDITY,    /* lawful, or so common that it says little */
	RULE_EVIDENCE   /* what a log or another file says: no w and q, a factor; see clue.h */
};

/* One rule: all that help, reports and ranking say of it. */
struct rule {
	const char *id; /* kebab case, unique for ever */
	const char *family;
	const char *says;  /* one sentence */
	const char *cases; /* ids of imc_case rows, separated by a blank; "" none */
	const char *rfc;   /* "RFC 2045 section 5.1", or "" */
	enum rule_class rule_class;
	double base_rate; /* the author's estimate of its share among healthy mail */
	uint32_t measured_hits, measured_of; /* k of n healthy messages, 0 of 0 when not measured */
	/* NULL: raised by the parent or the worker (parser-crashed …) */
	void (*check)(const struct message *, struct findings *);
	/* fires on more than its cases' sources tell of: weighed as a vague trigger */
	bool broader;
	/* RULE_EVIDENCE: log2 of what multiplies the LR of a file, in millibits, at most and once
	 * a file whatever the number of its clues; else 0 */
	int32_t factor;
};

/* All rules in a fixed order (family, then row); *count is their number. */
const struct rule *const *rules_all(size_t *count);
/* The rule of that id and its index, or NULL. */
const struct rule *rule_by_id(const char *id, size_t *index);
/* The cases table, sorted by id. */
const struct imc_case *cases_all(size_t *count);
const struct imc_case *case_by_id(const char *id, size_t len);
/* Walk a rule's cases: next one after *state (start at NULL), NULL at the end. */
const struct imc_case *rule_next_case(const struct rule *rule, const char **state);

/* Whether the rule rests on cases none of which that release has: not affected, or fixed by then.
 * False for RELEASE_UNKNOWN, and for a rule without cases. */
bool rule_spares(const struct rule *rule, enum release release);

/* The release of "4.0", "5.0sp2", "5.5 SP3", "5.5.2650.24", "2650"; RELEASE_UNKNOWN otherwise. */
enum release release_parse(const char *text);
const char *release_name(enum release release); /* "5.5 SP3" */

#endif
