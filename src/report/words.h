/*
 * words.h - what statuses are called.
 *
 * For src/report only; the names are part of schema 1.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_WORDS_H
#define IMC_WORDS_H

#include "record.h"

/* "examined" … "missing". Static text. */
const char *words_status(enum status status);

#endif
