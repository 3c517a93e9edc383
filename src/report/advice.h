/*
 * advice.h - what a documented cause does to the service, and what to do with the message.
 *
 * For src/cli and src/report. Sentences are derived from the columns of the case and say no more
 * than these.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ADVICE_H
#define IMC_ADVICE_H

#include <stddef.h>

#include "rule.h"
#include "suspect.h"

#define ADVICE_ROOM 512 /* bytes that hold any sentence of these */

/* What the level of a file asks for, by where the file lies. Static text. */
const char *advice_level(const struct suspect *suspect);

/* "The information store stops, and the IMC with it." Static text. */
const char *advice_effect(const struct imc_case *one);

/* What to do with the message, into out[ADVICE_ROOM]; returns out. */
const char *advice_action(const struct imc_case *one, char *out);

/* The same for a rule that rests on no case. Static text. */
const char *advice_without_case(const struct rule *rule);

#endif
