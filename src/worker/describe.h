/*
 * describe.h - the flat description of a message, from the model that the parsers filled.
 *
 * For src/worker only. describe.c writes envelope, excerpts, parts and fields, readings.c what two
 * readers would take differently.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_DESCRIBE_H
#define IMC_DESCRIBE_H

#include "description.h"
#include "message.h"

/* Describe the message, of which this is the record. The arena is used for what must be read once
 * more: facts that come of that are not kept. */
void describe(const struct message *msg, struct arena *arena, const struct record *record,
    struct description *description);

/* The readings alone. */
void describe_readings(
    const struct message *msg, struct arena *arena, struct description *description);

/* A row of that kind at the place of s, which may lie nowhere in the file. */
struct row describe_row(const struct message *msg, enum row_kind kind, int part, struct slice s);

#endif
