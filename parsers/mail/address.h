/*
 * address.h - the pieces of the address parser: tokens, addr-specs, elements, lists.
 *
 * For address*.c, and conform_address.c for its tokens. All positions are bytes from the start of
 * one raw field value, folding and all.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ADDRESS_H
#define IMC_ADDRESS_H

#include "message.h"

#define ADDRESS_NOWHERE SLICE_NONE /* a position that was not met */

/* ---- tokens: address_scan.c ---- */

enum token_kind {
	TOKEN_END,
	TOKEN_ATOM,
	TOKEN_QUOTED,
	TOKEN_LITERAL,
	TOKEN_COMMENT,
	TOKEN_SPECIAL
};

struct token {
	enum token_kind kind;
	size_t from, end;
	unsigned char byte; /* of a special; 0 otherwise */
	bool has_list;      /* comment that holds a comma or semicolon */
	bool unclosed;      /* the quote or parenthesis at `from` is never closed */
};

struct scanner {
	struct slice value;
	size_t pos;
	bool quotes_ended;   /* an unclosed quote was met: those that follow are plain text */
	bool comments_ended; /* the same for parentheses, which are skipped from then on */
};

/* The next token; TOKEN_END at the end, for ever. All tokens together cost time linear in the
 * value. */
struct token address_token(struct scanner *scanner);

/* ---- addr-spec: address_spec.c ---- */

struct spec {
	size_t first, end;  /* of all its tokens; first == ADDRESS_NOWHERE: no token yet */
	size_t at;          /* the last '@' */
	size_t local_end;   /* end of the token before it */
	size_t domain_from; /* start of the token after it */
	size_t second_at;   /* the first '@' too many */
	size_t dot;         /* the first misplaced dot */
	size_t gap;         /* the first word that follows a word */
	size_t junk;        /* the first other byte */
	enum { SPEC_START, SPEC_WORD, SPEC_DOT, SPEC_AT } last;
};

void spec_clear(struct spec *spec);
void spec_feed(struct spec *spec, const struct token *token);

/* Whether it is local@domain with nothing wrong. */
bool spec_is_lawful(const struct spec *spec);

/* Where facts about one field go. */
struct address_sink {
	struct message *msg;
	struct arena *arena;
	int part, field;
	struct slice value;
};

/* Record a fact about value[from, end). */
void address_fact(
    const struct address_sink *sink, enum fact_kind kind, size_t from, size_t end, uint64_t value);

/* Record what is wrong with a spec that has at least one token. Local part and domain go to
 * *address. */
void spec_judge(const struct address_sink *sink, const struct spec *spec, struct address *address);

/* ---- list elements: address_element.c ---- */

/* One list element while it is read. */
struct element {
	size_t from, end; /* comments included; from == ADDRESS_NOWHERE: nothing yet */
	bool has_words;   /* anything but comments */
	bool broken;      /* an unclosed quote or comment: do not judge the rest */
	enum { BEFORE_ANGLE, IN_ANGLE, BEHIND_ANGLE } where;
	size_t angle;                     /* the '<' */
	bool route;                       /* the angle holds an obsolete route up to its colon */
	size_t name_from, name_end;       /* words before the '<' */
	bool name_quoted;                 /* they are one quoted string */
	size_t special;                   /* first byte in them that needs quotes */
	size_t junk;                      /* first byte behind the '>' */
	size_t comment_from, comment_end; /* the last comment */
	size_t list_from, list_end;       /* the first comment that holds a comma */
	struct spec spec;
};

/* Lawful comments with a comma wait here: the damaged ones must find room among the kept facts. */
struct waiting {
	struct fact facts[FACTS_KEPT];
	size_t seen;
};

/* What the elements of all fields share. */
struct address_totals {
	struct waiting waiting;
	uint64_t n_addresses; /* kept or not */
};

void element_clear(struct element *element);

/* What the list knows about the end of an element. */
struct element_end {
	bool in_group;
	bool stray_semicolon; /* a ';' outside any group ends it */
	bool behind_group;    /* it stands between the ';' of a group and the next ',' */
};

/* The element is complete: record what is wrong with it and keep its address. */
void element_finish(const struct address_sink *sink, struct address_totals *totals,
    const struct element *element, struct element_end end);

/* ---- lists: address_list.c ---- */

/* Read one field value, sink->value. */
void address_list(const struct address_sink *sink, struct address_totals *totals);

/* ---- IMCEA: address_imcea.c ---- */

/* What is wrong with an encapsulated address; 0 nothing, or the value of
 * FACT_ADDRESS_IMCEA_BAD, and then the first bad byte in *at. `local` is the local part without
 * '@'. Not encapsulated: 0. */
int imcea_check(struct slice local, bool has_domain, size_t *at);

/* The same for the paths of MAIL FROM and RCPT TO: records facts with part and field -1. */
void imcea_check_path(struct message *msg, struct arena *arena, struct slice path);

#endif
