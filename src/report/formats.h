/*
 * formats.h - the writers there are.
 *
 * For src/report only: report.c lists them. One file a format.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FORMATS_H
#define IMC_FORMATS_H

#include "writer.h"

extern const struct writer writer_text;  /* text.c */
extern const struct writer writer_jsonl; /* jsonl.c */

#endif
