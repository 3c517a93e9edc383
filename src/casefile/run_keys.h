/*
 * run_keys.h - what a case calls the facts of a run, and where they stand in memory.
 *
 * For src/casefile.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CASEFILE_RUN_KEYS_H
#define IMC_CASEFILE_RUN_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct casefile;

struct run_key {
	const char *key;
	size_t at;
	/* A text: nothing but ASCII. What the user or his machine said may hold more. */
	bool ours;
};

/* Each list ends with a row without a key. */
extern const struct run_key run_texts[];       /* const char * of struct run_info */
extern const struct run_key run_numbers[];     /* unsigned of struct run_info */
extern const struct run_key run_limits[];      /* the same; cases of earlier versions lack them */
extern const struct run_key run_flags[];       /* bool of struct run_info */
extern const struct run_key summary_numbers[]; /* 64 bits of struct summary */

/* What a record looks like in memory is what it looks like in the case: another build of imcscan
 * may have other records. */
void run_say_layout(char out[64]);
bool run_layout_fits(struct casefile *casefile);

/* One fact of the run. A text is lent, NULL after casefile_refused(). */
const char *run_get_text(struct casefile *casefile, const char *key, bool ours);
bool run_get_number(
    struct casefile *casefile, const char *key, int64_t least, int64_t most, int64_t *out);

/* 0 when the case does not say. False when it says what no case does. */
bool run_get_limit(struct casefile *casefile, const char *key, unsigned *out);

/* A text of the run in memory, "" for NULL. */
struct run_info;
const char *run_text_at(const struct run_info *run, size_t at);

#endif
