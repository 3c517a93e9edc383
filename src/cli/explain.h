/*
 * explain.h - what `imcscan explain` is made of.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CLI_EXPLAIN_H
#define IMC_CLI_EXPLAIN_H

#include "rule.h"

/* Everything about one rule, to stdout; the exit status. */
int explain_rule(const struct rule *rule);

/* What a case holds about one of its messages. */
struct options;
int explain_case(const struct options *options);

/* What confines workers and parent on this kernel, to stdout; the exit status. */
int explain_sandbox(const struct options *options);

#endif
