/*
 * fill.h - the record of a message, written field by field.
 *
 * For src/worker only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FILL_H
#define IMC_FILL_H

#include "message.h"
#include "record.h"
#include "worker/input.h"

/* An empty record: everything before `findings` is zero but magic and job, which stay. */
void fill_start(struct record *record);

/* What the model says: envelope, names, hashes, flags. */
void fill_message(struct record *record, const struct message *msg);

/* Size, digest and status of the file; last, because it closes the record. */
void fill_input(struct record *record, const struct input *input);

/* A record that says nothing but that the file could not be read. */
void fill_failed(struct record *record, int error);

/* State the record's size anew, after findings or strings were added. */
void fill_close(struct record *record);

#endif
