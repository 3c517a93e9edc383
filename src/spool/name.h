/*
 * name.h - what a file name alone tells.
 *
 * For src/spool only. Names are hostile bytes; letters are compared as ASCII without regard to
 * case.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_NAME_H
#define IMC_NAME_H

#include <stdbool.h>

#include "slice.h"

/* "queue", "protocol-log", "routes" or "other" when the name is that of a file beside the mail,
 * else NULL. Static text. */
const char *name_artefact(struct slice name);

/* Whether the name ends as mail saved by other programs does (.eml, .msg, .bad, …). */
bool name_of_mail(struct slice name);

/* Whether the name ends as archives do. */
bool name_of_archive(struct slice name);

/* Whether the name ends in .txt: notes, lists and IMCCOPY output, when it lies beside mail. */
bool name_of_text(struct slice name);

#endif
