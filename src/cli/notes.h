/*
 * notes.h - what the reader of a report must know about the run beside its figures.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_NOTES_H
#define IMC_NOTES_H

#include "cli/collect.h"

#define NOTES_MAX 32

struct notes {
	const char *lines[NOTES_MAX]; /* static text, or in `text` */
	size_t count;
	/* Of them, those on files that --evidence named in vain; also in, from the parts of a scan. */
	const char *useless[2];
	size_t n_useless;
	char text[NOTES_MAX][320];
};

void notes_gather(struct notes *notes, const struct options *options, const struct collect *collect,
    const struct summary *summary);

/* One sentence more, our words only; cut at 319 bytes, left out when there are NOTES_MAX. */
void notes_add(struct notes *notes, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
