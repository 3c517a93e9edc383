/*
 * finding.h - what a rule found, flat.
 *
 * For rules (who call found()), the worker (who stamps and sends) and the parent (who validates,
 * ranks and prints). No pointers: the struct crosses a process border.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FINDING_H
#define IMC_FINDING_H

#include <stdint.h>

#include "facts.h"
#include "slice.h"

#define FINDING_DETAIL_MAX 160 /* bytes, NUL included */
#define FINDING_PART_MAX 32

/* Weigh as an oddity, whatever the rule's class (a death that did not recur). */
#define FINDING_WEAK 1u

/* One place where a rule fired. */
struct finding {
	uint16_t rule; /* index into the rule table */
	uint16_t detail_len;
	uint32_t flags;   /* FINDING_* */
	uint32_t line;    /* from 1, 0 without a place */
	uint64_t offset;  /* bytes from the start of the file, or OFFSET_NONE */
	uint64_t length;  /* bytes */
	uint64_t decoded; /* the place in the part once decoded, from 1; 0: none, or not encoded */
	char part[FINDING_PART_MAX];     /* "1.2" or "" */
	char detail[FINDING_DETAIL_MAX]; /* printable ASCII, NUL-terminated */
};

/* The sink of one message; opaque to rules. Code: src/rules/findings.c. */
struct findings;

/* Add a finding at a place of the file (offset may be OFFSET_NONE); part is an index or -1: then
 * the part is the one that holds the offset. The detail is printf text made of our words and
 * numbers; evidence bytes go through found_quote() only. Findings beyond the limit are counted, not
 * kept. */
void found(struct findings *out, int part, uint64_t offset, uint64_t length, const char *format,
    ...) __attribute__((format(printf, 5, 6)));

/* At most `max` bytes of s as printable ASCII (others as \xNN) in a buffer that four calls
 * share. */
const char *found_quote(struct findings *out, struct slice s, size_t max);

#endif
