/*
 * clue.h - what something other than the message's own bytes says about a file: a log, another
 * file of the tree, or the tree as a whole.
 *
 * For src/correlate (makes them), src/rank (weighs them), src/casefile (keeps them) and src/report
 * (shows them). Flat: a clue is stored and read back as it is, and believed after clue_valid() only.
 * Code: src/base/clue.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CLUE_H
#define IMC_CLUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define CLUE_LOG_MAX 256 /* bytes, NUL included */
#define CLUE_DETAIL_MAX 192
#define CLUE_QUOTE_MAX 320
#define CLUE_FACTOR_MAX 16000 /* millibits, either way */

/* It speaks against what it names, or two clues contradict each other: said, and counts less. */
#define CLUE_DOUBTFUL 1u
/* The log names the file in the very folder where it lies: counts in full in an Archive, too. */
#define CLUE_PLACED 2u
#define CLUE_FLAGS_KNOWN 3u

/* One clue about one file, or (as a rule-out) about the whole tree. */
struct clue {
	uint16_t rule;          /* index of a rule of class RULE_EVIDENCE */
	uint16_t log_len;       /* bytes of `log` */
	uint32_t flags;         /* CLUE_* */
	int32_t factor;         /* millibits added to the score: log2 of what multiplies LR */
	uint32_t cause;         /* enum evidence_cause of a rule-out, else 0 */
	uint64_t number;        /* line or record of the log, from 1; 0: none */
	uint64_t log_offset;    /* bytes from the start of the log, or OFFSET_NONE */
	uint64_t offset;        /* the place in the file, or OFFSET_NONE */
	uint64_t length;        /* bytes there */
	char log[CLUE_LOG_MAX]; /* name of the log as reports show it: hostile bytes; "" none */
	char detail[CLUE_DETAIL_MAX]; /* our words, printable ASCII, NUL-terminated */
	char
	    quote[CLUE_QUOTE_MAX]; /* what the log says, printable ASCII, NUL-terminated; "" none */
	int64_t time; /* of what it tells, seconds since 1970 UTC, or INT64_MIN: not known */
};

/* Whether rule number, lengths, factor, flags and texts are in range. Reads nothing outside it. */
bool clue_valid(const struct clue *clue, size_t n_rules);

/* A clue of that rule which says nothing yet: no place, no log, no time, factor 0. */
void clue_clear(struct clue *clue, uint16_t rule);

/* Bytes as printable ASCII (others, and a backslash before an x, as \xNN), cut where `size` ends; always NUL-terminated. */
void clue_text(char *out, size_t size, struct slice bytes);

#endif
