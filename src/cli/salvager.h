/*
 * salvager.h - the confined worker behind `imcscan salvage`, one job after the other.
 *
 * For src/cli. Bytes of a message go in by descriptor and come out as a file in memory; nothing is
 * read of them here.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGER_H
#define IMC_SALVAGER_H

#include "cli/options.h"
#include "rank/rank.h"
#include "record.h"
#include "salvage.h"
#include "worker/pool.h"

#define SALVAGER_WHY 400

struct salvager {
	const struct options *options;
	struct pool *pool;
	/* Of the last job. */
	struct record *record;   /* where an examination goes */
	struct salvage *account; /* where the account of a mail goes */
	int mail;                /* its bytes, sealed; -1: none */
	bool keep_mail;          /* else only the account is wanted */
	bool good;
	char why[SALVAGER_WHY]; /* when it is not */
};

/* Start the worker. False after a message. Undo with salvager_close() in any case. */
bool salvager_open(struct salvager *salvager, const struct options *options);
void salvager_close(struct salvager *salvager);

/* These wait until it is done, and leave fd open. False with a sentence in salvager->why. */
bool salvager_examine(
    struct salvager *salvager, int fd, const struct ranked_file *file, struct record *record);
bool salvager_make(struct salvager *salvager, int fd, const struct ranked_file *file,
    const struct salvage_wish *wish, struct salvage *account);

/* The mail of the last salvager_make(): the caller's to close. */
int salvager_take(struct salvager *salvager);

/* A file in memory with these bytes, which nobody can change any more. -1 with errno. */
int salvager_hold(struct slice bytes);

#endif
