/*
 * salvage_one.h - one message: a new mail made of it, proven, and made again until it is proven.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGE_ONE_H
#define IMC_SALVAGE_ONE_H

#include "cli/salvager.h"
#include "report/sidecar.h"

struct salvage_one {
	struct salvager *salvager;
	struct ranked_file file;   /* the old mail */
	int fd;                    /* borrowed */
	struct record *record;     /* what was found in it */
	struct record *proof;      /* and in the new one */
	struct salvage *account;   /* of the new one */
	struct salvage *inventory; /* its parts as they are read again */
	struct salvage_wish wish;  /* by which it was made at last */
	enum sidecar_outcome outcome;
	unsigned n_demoted,
	    cares;        /* parts as plain bytes; other ways tried, each keeps the former */
	char blamed[160]; /* rules that an attempt did not pass; "" none */
	int mail, pickup; /* bytes of the mail and of a pickup file, -1: none */
	char why[2 * SALVAGER_WHY]; /* when it failed */
};

/* Memory for one after the other. False without it. */
bool salvage_one_open(struct salvage_one *one, struct salvager *salvager);
void salvage_one_close(struct salvage_one *one);

/* Make and prove. False with a sentence in one->why: there is nothing to hand over. */
bool salvage_one(struct salvage_one *one, const struct ranked_file *file, int fd);

enum pickup { PICKUP_MADE, PICKUP_NO_MORE, PICKUP_FAILED };

/* Make the pickup file of the mail for the next recipients, piece 0 for the first, and prove it:
 * one->pickup. With PICKUP_FAILED there is a sentence in one->why. */
enum pickup salvage_one_pickup(struct salvage_one *one, unsigned piece);

#endif
