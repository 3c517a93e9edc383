/*
 * salvage_mail.h - a clean mail out of what was understood of a message.
 *
 * For src/worker. Bytes and the message model go in, bytes and a flat account come out; no I/O. What
 * is written is RFC 5322 and MIME in printable ASCII and CRLF, nothing of it by copying a line of the
 * old mail.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGE_MAIL_H
#define IMC_SALVAGE_MAIL_H

#include "arena.h"
#include "message.h"
#include "salvage.h"

typedef void salvage_hash(void *context, struct slice bytes, uint8_t sha256[32]);

struct salvage_order {
	const struct message *msg;
	struct arena *arena;
	const struct salvage_wish *wish;
	uint8_t sha256[32]; /* of the file */
	salvage_hash *hash;
	void *hashing;
	struct salvage *out; /* started; rows, sha256 and mail_len are written */
	unsigned char *mail; /* room for salvage_limit() bytes of a file of that size */
	size_t mail_room;
};

/* Write the mail and its account. False when it does not fit: nothing of it counts then. */
bool salvage_mail(const struct salvage_order *order);

/* Only tell what leaves the message has. */
void salvage_inventory(const struct salvage_order *order);

#endif
