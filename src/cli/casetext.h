/*
 * casetext.h - the words for what a rule or a documented cause is.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CASETEXT_H
#define IMC_CASETEXT_H

#include <stddef.h>
#include <stdint.h>

#include "rule.h"

const char *casetext_effect(enum effect effect);             /* "stops the IMC" */
const char *casetext_effect_key(enum effect effect);         /* "crash-imc", for JSON */
const char *casetext_detectable(enum detectable detectable); /* "yes", "partly", "no" */
const char *casetext_direction(enum direction direction);    /* "in", "out", "any" */

/* "4.0 to 5.0 SP2, 5.5 SP3" for a bit set of releases, into out[size]; returns out. */
const char *casetext_releases(uint32_t affected, char *out, size_t size);

#endif
