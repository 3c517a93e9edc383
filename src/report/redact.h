/*
 * redact.h - reports without personal data: tokens in the place of addresses, subjects and names.
 *
 * For src/cli, which hands suspects through it before a writer sees them (--redact). Equal bytes give
 * equal tokens within a report and between reports of the same tree, so that one sender behind many
 * files still shows. The key is made of the bodies of all messages, which no report holds: without
 * the evidence nobody can try out names. Rules, offsets, sizes, times, hashes and spool names stay.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_REDACT_H
#define IMC_REDACT_H

#include "suspect.h"

struct redactor;

/* For summary->content_mix; NULL without memory. */
struct redactor *redactor_new(const struct summary *summary);
void redactor_free(struct redactor *redactor);

/* The same suspect without personal data; borrowed until the next call for this redactor. */
const struct suspect *redact_suspect(struct redactor *redactor, const struct suspect *suspect);
const struct artefact *redact_artefact(struct redactor *redactor, const struct artefact *artefact);

/* The run and the summary without the names of paths and the words of logs; borrowed until the
 * redactor is freed. NULL without memory. */
const struct run_info *redact_run(struct redactor *redactor, const struct run_info *run);
const struct summary *redact_summary(struct redactor *redactor, const struct summary *summary);

#endif
