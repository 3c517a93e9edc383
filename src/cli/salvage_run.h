/*
 * salvage_run.h - one message after the other, and what became of each.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGE_RUN_H
#define IMC_SALVAGE_RUN_H

#include "casefile/casefile.h"
#include "cli/options.h"
#include "cli/salvage_one.h"

/* One message that is wanted. */
struct salvage_target {
	char *root; /* owned */
	char *path; /* owned, not NUL-terminated */
	size_t path_len;
	size_t place;       /* from 0: the number of its files */
	uint8_t sha256[32]; /* as of the case */
	bool has_sha256;
	bool met;
	struct salvage_note result; /* name and reason are those here */
	char name[32], reason[160];
};

struct salvage_run {
	const struct options *options;
	struct salvager salvager;
	struct unpack *unpack; /* of archives */
	struct salvage_one one;
	struct salvage_target *targets;
	size_t n_targets, room;
	size_t n_made, n_failed;
	bool broken; /* nothing more can be written */
};

/* Make the folder for what is written, or take one that is empty. False after a message. */
bool salvage_run_folder(const struct salvage_run *run);

/* Record in the case what became of all. False after a message. */
bool salvage_run_keep(const struct salvage_run *run);

/* Add a message that is wanted. False after a message. */
bool salvage_run_want(
    struct salvage_run *run, const char *root, struct slice path, const uint8_t sha256[32]);

/* Salvage it from its descriptor, which is closed. False when the run cannot go on. */
bool salvage_run_do(
    struct salvage_run *run, struct salvage_target *target, const struct ranked_file *file, int fd);

/* The targets of a case: the messages named, or all from a level on; then out of the tree. The exit
 * status of what went wrong before anything was made, else EXIT_QUIET. salvage_case.c */
int salvage_from_case(struct salvage_run *run);

#endif
