/*
 * sidecar.h - the account of a salvaged message, in a JSON file beside the new mail.
 *
 * For src/cli. All text of the old mail goes out as json.h makes it safe.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SIDECAR_H
#define IMC_SIDECAR_H

#include <stdio.h>

#include "record.h"
#include "salvage.h"

/* How much of the old mail the new one is. */
enum sidecar_outcome {
	SIDECAR_REBUILT, /* all that was understood, as what it was */
	SIDECAR_CAREFUL, /* some parts as plain bytes */
	SIDECAR_COVERED, /* the whole file as plain bytes, behind a note */
	SIDECAR_OUTCOME_COUNT
};

/* "rebuilt", "careful", "covered". */
const char *sidecar_outcome_name(enum sidecar_outcome outcome);

struct sidecar {
	const char *root;
	struct slice path;
	const char *mail_name; /* ours */
	enum sidecar_outcome outcome;
	const struct salvage *account;
	const struct record *record, *proof; /* of the old mail, of the new */
	const char *blamed; /* ids of rules that earlier attempts did not pass, or "" */
};

/* Bytes of the file that are in no part of the new mail. */
uint64_t sidecar_lost(const struct salvage *account);

void sidecar_write(FILE *out, const struct sidecar *sidecar);

#endif
