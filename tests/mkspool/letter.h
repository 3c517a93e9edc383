/* letter.h - headers as each mailer writes them, MIME entities, and the item that becomes a file.
 * Nothing here asks whether the result is sound: triggers hand in what they like. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_LETTER_H
#define MKSPOOL_LETTER_H

#include "scene.h"

enum field {
	F_FROM,
	F_TO,
	F_CC,
	F_SUBJECT,
	F_DATE,
	F_MESSAGE_ID,
	F_REPLY_TO,
	F_SENDER,
	F_MIME_VERSION,
	N_FIELDS
};

/* What a message head says. A field given replaces the mailer's own form; its bytes follow the
 * colon, without the last CRLF. */
struct letter {
	struct person from;
	struct person to[8];
	unsigned n_to;
	unsigned n_cc; /* the last n_cc of to are in Cc */
	struct buf *field[N_FIELDS];
	unsigned omit;     /* bit 1 << enum field */
	struct buf *hops;  /* Received lines below the gateway's own */
	struct buf *extra; /* whole field lines before MIME-Version */
	struct buf *first; /* whole lines above everything */
	bool no_received;  /* no Received line by the gateway */
};

/* A MIME part: its Content- lines and its bytes. */
struct entity {
	struct buf *head;
	struct buf *body;
};

/* One file of the spool in the making. */
struct item {
	struct letter letter;
	struct buf *text;      /* the RFC 822 bytes */
	struct buf *mail_from; /* with angle brackets */
	struct buf *rcpts;     /* NUL-terminated paths with angle brackets */
	unsigned n_rcpts;
	bool bare;             /* no envelope: text is the whole file */
	bool ended;            /* text already ends as it shall */
	const char *cites;     /* replaces the table's, when set */
	const char *file_name; /* replaces the spool name, when set */
};

enum mailer_id {
	M_IMS55,
	M_IMS50,
	M_IMC40,
	M_OUTLOOK,
	M_OE,
	M_EUDORA,
	M_NETSCAPE,
	M_PEGASUS,
	M_PINE,
	M_AOL,
	M_NOTES,
	M_GROUPWISE,
	M_CCMAIL,
	M_ELM,
	N_MAILERS
};

const struct mailer *mailer_at(unsigned id);

/* A mailer fit for the direction: IMS for most of Out, anything for In. */
void scene_choose_mailer(struct scene *s);

/* Content-Type line as this mailer folds it; names may be NULL. Values are quoted where needed. */
struct buf *content_type(struct scene *s, const char *type, const char *name1, const char *value1,
    const char *name2, const char *value2);

struct entity entity_of(struct scene *s, const char *head, const struct buf *body);

/* text/plain or text/html in a charset; encoding may be NULL for none. */
struct entity entity_text(struct scene *s, const char *type, const char *charset,
    const char *encoding, const struct buf *body);

/* Plain English text, as a bare body without MIME when the mailer would. */
struct entity entity_words(struct scene *s, size_t size);

struct entity entity_html(struct scene *s, size_t size);

/* An attachment in base64 with the right media type; kind as in file_bytes. */
struct entity entity_file(struct scene *s, const char *kind, const char *name, size_t size);

/* Parts between this mailer's boundaries. */
struct entity entity_multipart(
    struct scene *s, const char *type, const struct entity *kids, unsigned n);

/* The same with a boundary and a Content-Type line of the caller's. */
struct entity entity_multipart_as(struct scene *s, const char *head, const char *boundary,
    const char *preamble, const struct entity *kids, unsigned n);

/* A message/rfc822 part around a whole message of the same mailer. */
struct entity entity_message(struct scene *s, const struct entity *inner);

/* A fresh boundary of this mailer. */
const char *new_boundary(struct scene *s);

/* Put the culprit somewhere: 0 alone, 1 first of two, 2 second of two, 3 in an alternative within a
 * mixed, 4 in an attached message, 5 in a part of an attached message, 6 after two others. */
enum { N_PLACES = 7 };
struct entity place(struct scene *s, struct entity culprit, unsigned where);

/* People, and a letter with one recipient (or several). */
void item_begin(struct scene *s, struct item *item);

/* Write the head, then the entity: text, and the envelope if not yet set. */
void item_finish(struct scene *s, struct item *item, const struct entity *entity);

void item_add_rcpt(struct scene *s, struct item *item, const char *address);

/* The head alone, without its empty line; used for embedded messages too. */
void letter_head(
    struct scene *s, const struct letter *letter, const struct entity *entity, struct buf *out);

#endif
