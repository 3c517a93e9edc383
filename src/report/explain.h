/*
 * explain.h - all about one message, as text.
 *
 * For src/cli (explain_print) and the explain_*.c among themselves. Written for 80 columns;
 * whatever comes out of the message goes through escape.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_REPORT_EXPLAIN_H
#define IMC_REPORT_EXPLAIN_H

#include <stdbool.h>
#include <stdio.h>

#include "description.h"
#include "report/wrap.h"
#include "suspect.h"

struct explanation {
	FILE *out;
	const struct suspect *suspect;         /* ranked as the only file of its tree */
	const struct description *description; /* valid; NULL: none could be had */
	bool colour;
	unsigned columns;                    /* of the terminal */
	const struct arithmetic *arithmetic; /* of the ranking; NULL: the sum is not shown */
	/* files of its tree, when it was ranked among them; 0: it was ranked alone */
	uint64_t of;
};

void explain_print(const struct explanation *explanation);

/* ---- the sections, and what they share ---- */

void explain_envelope(const struct explanation *explanation);
void explain_findings(const struct explanation *explanation);
void explain_score(const struct explanation *explanation);
void explain_readings(const struct explanation *explanation);
void explain_tree(const struct explanation *explanation);
void explain_fields(const struct explanation *explanation);

/* A section's title, after an empty line. */
void explain_title(const struct explanation *explanation, const char *title);

/* "  label      " and a wrap that goes on behind it; end it with wrap_end(). */
void explain_label(const struct explanation *explanation, struct wrap *wrap, const char *label);

/* "byte 7 (0x7), 5 bytes, line 2", or "no place in the file". */
void explain_place(struct wrap *wrap, const struct row *row);

/* The text, escaped, in quotation marks, and whether it was cut. */
void explain_quote(const struct explanation *explanation, struct wrap *wrap, struct text_ref ref);

/* "part 1.2" or "the message itself". */
void explain_part(const struct explanation *explanation, struct wrap *wrap, int32_t part);

/* Escape codes of our own: those of a level, or "" where the terminal takes none. */
const char *explain_colour(const struct explanation *explanation, enum level level);
const char *explain_plain(const struct explanation *explanation);

unsigned explain_width(const struct explanation *explanation);

#endif
