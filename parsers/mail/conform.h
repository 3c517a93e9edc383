/*
 * conform.h - fields and bodies held against their standards: what conform*.c share.
 *
 * For conform*.c alone. What is wrong with an address list, a date or an encoded word by itself is
 * recorded by their own parsers; here is what remains.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CONFORM_H
#define IMC_CONFORM_H

#include "message.h"

/* A value under judgement, and where facts about it go. */
struct conform {
	struct message *msg;
	struct arena *arena;
	int part, field; /* field -1: none */
	struct slice value;
};

/* Record a fact about value[from, end). */
void conform_fact(
    const struct conform *at, enum fact_kind kind, size_t from, size_t end, uint64_t value);

/* Kinds of structured fields, by what is judged of their quotes and comments. */
enum syntax_scope {
	SYNTAX_OF_FIELD,   /* everything */
	SYNTAX_OF_TRACE,   /* Received: relays nest comments and begin with them every day */
	SYNTAX_OF_ADDRESS, /* what does not close is told by address.c */
};

void conform_syntax(const struct conform *at, enum syntax_scope scope);

/* MIME-Version: digits, a dot, digits, and nothing else but comments. */
void conform_version(const struct conform *at);

/* Message-ID and Content-ID hold one identifier, References and In-Reply-To a list. */
void conform_ids(const struct conform *at, bool list);

void conform_received(const struct conform *at);
void conform_return_path(const struct conform *at);

/* Fields that we know by name alone: vocabularies, mailing lists, news. */
void conform_named(const struct conform *at, struct slice name);

/* All kept addresses of the message, and the fields that hold too few or too many. */
void conform_addresses(struct message *msg, struct arena *arena);

/* Encoded words in a field, and in the parameters of a part. */
void conform_words(const struct conform *at, enum field_id id);
void conform_param_words(struct message *msg, struct arena *arena, int part);

/* Content-MD5, Content-Length and Lines against the body. Code: conform_sums.c. */
bool conform_sums_warm(void);
void conform_sums(struct message *msg, struct arena *arena, int part);

/* Bytes of bodies, and the fields of a delivery report. Code: conform_body.c. */
void conform_body(struct message *msg, struct arena *arena, int part);

#endif
