/*
 * formats.h - the writers there are.
 *
 * For src/report only: report.c lists them. One file a format.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FORMATS_H
#define IMC_FORMATS_H

#include "writer.h"

extern const struct writer writer_text;                       /* text.c */
extern const struct writer writer_jsonl;                      /* jsonl.c */
extern const struct writer writer_csv, writer_csv_findings;   /* csv.c */
extern const struct writer writer_sarif;                      /* sarif.c */
extern const struct writer writer_dfxml;                      /* dfxml.c */
extern const struct writer writer_junit;                      /* junit.c */
extern const struct writer writer_hashdeep, writer_sha256sum; /* manifest.c */
extern const struct writer writer_html;                       /* html.c */

#endif
