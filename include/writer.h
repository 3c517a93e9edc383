/*
 * writer.h - one report format behind one interface.
 *
 * For src/report (implements) and src/cli (drives). A writer never decides and never parses.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_WRITER_H
#define IMC_WRITER_H

#include <stdio.h>

#include "suspect.h"

/* What the user asked to see, and where it goes. */
struct report_options {
	uint64_t top;         /* rows of the text table, 0: all */
	enum level min_level; /* files below it are left out of text (jsonl has every file) */
	bool colour;
	unsigned columns; /* width of the terminal, 80 when unknown */
	bool check;       /* the few lines of `imcscan check` */
	enum level fail_on;
	const char *case_path; /* rows of several cases are joined: that of this one; else NULL */
};

/* One report being written; borrowed by the writer, but for `state`. */
struct report {
	FILE *out;
	const struct run_info *run;
	const struct summary *summary; /* complete before begin(): ranking comes after examining */
	const struct report_options *options;
	void *state; /* the writer's own between begin() and end(); NULL outside */
};

/* One format; the callbacks are called in this order. */
struct writer {
	const char *name; /* --format=NAME */
	void (*begin)(struct report *report);
	void (*suspect)(struct report *report, const struct suspect *suspect); /* in rank order */
	void (*artefact)(struct report *report, const struct artefact *artefact);
	void (*end)(struct report *report);
	/* Wants suspect.description of the first `details` suspects; 0: of none. */
	uint32_t details;
};

const struct writer *writer_by_name(const char *name); /* NULL when unknown */
const struct writer *const *writers_all(size_t *count);

#endif
