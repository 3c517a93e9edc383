/*
 * artefacts.h - the files that are no messages, kept for the end of the report.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ARTEFACTS_H
#define IMC_ARTEFACTS_H

#include "evidence.h"
#include "spool/walk.h"
#include "writer.h"

struct kept_artefact {
	struct artefact shown; /* its strings are those below */
	char *root;
	char *path;   /* not NUL-terminated */
	char *reason; /* owned, or NULL */
	bool given;   /* by --evidence */
	enum log_kind log;
};

struct redactor;

struct artefacts {
	struct kept_artefact *items;
	size_t count, room;
};

/* Keep a copy, as one that was listed only; it is the last of the items. False with errno. */
bool artefacts_add(struct artefacts *artefacts, const char *root, const struct walk_entry *entry);

/* What became of one that was handed to a reader: "" is no reason. */
void artefacts_tell(struct kept_artefact *item, enum status status, const char *reason);

/* What its log says. */
void artefacts_learn(struct kept_artefact *item, const struct evidence *evidence);

/* How local times were taken ("local, UTC-5 (inferred)"); static text, or it outlives the
 * artefacts. */
void artefacts_set_local_clock(struct artefacts *artefacts, const char *clock);

/* By path, then root; for qsort(3). */
int artefacts_compare(const void *a, const void *b);

/* How many could not be read. */
uint64_t artefacts_failed(const struct artefacts *artefacts);

/* The time line of the logs that were read, in the order of artefacts_write(). The clocks stay the
 * artefacts' own. */
void artefacts_spans(struct artefacts *artefacts, struct tree_picture *picture);

/* Keep a copy of one that is described already; its kind, reason and clock are borrowed. */
bool artefacts_keep(struct artefacts *artefacts, const struct artefact *artefact);

/* Call visit for each until it returns false; false then. */
bool artefacts_each(const struct artefacts *artefacts,
    bool (*visit)(void *context, const struct artefact *artefact), void *context);

/* Hand them to the writer by path, then root, through the redactor unless it is NULL. The root
 * `unnamed` is shown as ""; NULL: none is. */
void artefacts_write(struct artefacts *artefacts, const struct writer *writer,
    struct report *report, struct redactor *redactor, const char *unnamed);

void artefacts_free(struct artefacts *artefacts);

#endif
