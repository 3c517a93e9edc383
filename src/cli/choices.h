/*
 * choices.h - the words that an option takes, for completions.
 *
 * For src/cli. Only what option_table.h's set() believes, which a test asks of each word.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CHOICES_H
#define IMC_CHOICES_H

#include <stddef.h>

#include "cli/option_table.h"

/* The words, separated by blanks, into out[size]; returns out. "<file>", "<dir>" and "<rule>" stand
 * for any of that kind; "" where nothing is to be proposed (a number, a free text). */
const char *choices_of(enum command command, const struct option *option, char *out, size_t size);

#endif
