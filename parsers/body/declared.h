/*
 * declared.h - for filetype.c: the file types that a part's label and name allow.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_DECLARED_H
#define IMC_DECLARED_H

#include "message.h"

/* Bit set of 1 << enum filetype; 0 when the label or the name says nothing (octet-stream, none). */
uint32_t declared_types(const struct part *part);
uint32_t named_types(const struct part *part);

#endif
