/*
 * salvage_proof.h - whether a new mail is what may be handed over.
 *
 * For src/cli. It is examined like any message, by the same rules and the same readers, and its parts
 * are read again and held against what was written.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGE_PROOF_H
#define IMC_SALVAGE_PROOF_H

#include "cli/salvage_one.h"

enum proof {
	PROOF_HOLDS,
	PROOF_FINDINGS, /* something in it counts */
	PROOF_PARTS,    /* its parts are not those that were written */
	PROOF_NONE      /* it could not be examined; salvager->why */
};

/* Judge one->mail. With PROOF_FINDINGS the leaves that are to blame are marked in *wish: *marked new
 * ones. */
enum proof salvage_prove(struct salvage_one *one, struct salvage_wish *wish, unsigned *marked);

/* Whether the mail behind fd, of that folder, is clean by itself. *record is what was found. */
bool salvage_is_clean(
    struct salvager *salvager, int fd, enum folder folder, uint64_t size, struct record *record);

#endif
