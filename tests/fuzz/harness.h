/*
 * harness.h - what the fuzz targets share: a message around the bytes, and what must hold of it.
 *
 * The targets are linked with arena_exact.c in place of the arena of the program, so that the
 * sanitizer sees a read past any slice.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FUZZ_HARNESS_H
#define IMC_FUZZ_HARNESS_H

#include <assert.h>
#include <stdint.h>

#include "parser.h"

/* The parsers before all others, for the lists below. */
#define FIRST_PARSERS &parser_envelope, &parser_lines, &parser_split

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A message and its bytes, which stand in a block of exactly their length. */
struct subject {
	struct message msg;
	struct arena *arena;
	unsigned char *bytes;
};

/* Read the file head + data + tail with the parsers (NULL-terminated) and check_message() the
 * outcome. Close with subject_close(). */
void subject_open(struct subject *subject, const char *head, struct slice data, const char *tail,
    const struct parser *const *parsers);
void subject_close(struct subject *subject);

/* Open and close. */
void subject_try(
    const char *head, struct slice data, const char *tail, const struct parser *const *parsers);

/* How many facts of the kinds first..last were met. */
uint64_t subject_met(const struct subject *subject, enum fact_kind first, enum fact_kind last);

/* The only part's decoded body. */
struct slice subject_decoded(const struct subject *subject);

/* Abort unless all that holds of every message holds of this one. Code: invariants.c. */
void check_message(const struct message *msg);

/* Whether the bytes are UTF-8 (RFC 3629). */
bool is_utf8(struct slice s);

#endif
