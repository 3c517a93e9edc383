/*
 * salvaged.h - the messages of which new mails were made, as reports tell of them.
 *
 * For src/report only. Nothing is written when the case tells of none.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGED_H
#define IMC_SALVAGED_H

#include "writer.h"

void salvaged_text(const struct report *report, unsigned width);
void salvaged_html(const struct report *report); /* a section of the page */
void salvaged_jsonl(const struct report *report);

#endif
