/*
 * cluetext.h - a clue as a sentence.
 *
 * For the text writers of src/report. A log's name is hostile bytes and goes through escape.c;
 * detail and quote are printable ASCII by clue_valid().
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CLUETEXT_H
#define IMC_CLUETEXT_H

#include <stdio.h>

#include "report/wrap.h"
#include "suspect.h"

/* 'Event log app.evt, record 123: 4182 names this file: "…" [event-names-file]'. */
void cluetext_wrap(struct wrap *wrap, const struct clue *clue);

/* The clues of a suspect that count most, one paragraph each, and how many more there are. */
void cluetext_list(FILE *out, unsigned width, unsigned indent, const struct suspect *suspect);

/* The best of them alone, without its quote, escaped; "" without one. Returns buffer. */
const char *cluetext_brief(char *buffer, size_t size, const struct suspect *suspect);

/* What the logs show of causes that are no message, and an empty line; nothing without any. */
void cluetext_rule_outs(FILE *out, unsigned width, const struct summary *summary);

#endif
