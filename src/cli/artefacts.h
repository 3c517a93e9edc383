/*
 * artefacts.h - the files that are no messages, kept for the end of the report.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ARTEFACTS_H
#define IMC_ARTEFACTS_H

#include "spool/walk.h"
#include "writer.h"

struct kept_artefact {
	struct artefact shown; /* its strings are those below */
	char *root;
	char *path; /* not NUL-terminated */
};

struct redactor;

struct artefacts {
	struct kept_artefact *items;
	size_t count, room;
};

/* Keep a copy. False with errno. */
bool artefacts_add(struct artefacts *artefacts, const char *root, const struct walk_entry *entry);

/* Hand them to the writer by path, then root, through the redactor unless it is NULL. The root
 * `unnamed` is shown as ""; NULL: none is. */
void artefacts_write(struct artefacts *artefacts, const struct writer *writer,
    struct report *report, struct redactor *redactor, const char *unnamed);

void artefacts_free(struct artefacts *artefacts);

#endif
