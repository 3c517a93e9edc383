/*
 * parser.h - what a parser is.
 *
 * For parsers and the worker. parse() reads msg->file and what earlier parsers left in msg, records
 * structure and facts, and never fails: strange evidence is a fact. Time and memory are linear in
 * the input. The order of the parsers is the list in src/worker/examine.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PARSER_H
#define IMC_PARSER_H

#include "message.h"

/* One row of the list in src/worker/examine.c. */
struct parser {
	const char *name;
	/* Once, before the sandbox: open what must be open. False when something needed is
	 * missing; NULL: nothing to do. */
	bool (*warm)(void);
	void (*parse)(struct message *msg, struct arena *arena);
};

extern const struct parser parser_envelope; /* parsers/mail/envelope.c: first; sets msg->envelope */
/* parsers/mail/lines.c: sets msg->lines, NUL, terminator */
extern const struct parser parser_lines;
/* parsers/mail/split.c: fields and parts (with fields.c, params.c) */
extern const struct parser parser_split;
extern const struct parser parser_address;  /* parsers/mail/address.c */
extern const struct parser parser_date;     /* parsers/mail/date.c */
extern const struct parser parser_words;    /* parsers/mail/words.c */
extern const struct parser parser_transfer; /* parsers/body/transfer.c: checks and decodes leaves */
extern const struct parser parser_uuencode; /* parsers/body/uuencode.c */
extern const struct parser parser_binhex;   /* parsers/body/binhex.c */
extern const struct parser parser_tnef;     /* parsers/body/tnef.c */
extern const struct parser parser_apple;    /* parsers/body/applefile.c: Macintosh files */
extern const struct parser parser_charset;  /* parsers/body/charset.c */
extern const struct parser parser_conform; /* parsers/mail/conform.c: fields and bodies once more */
extern const struct parser parser_html;    /* parsers/body/html.c */
extern const struct parser parser_filetype; /* parsers/body/filetype.c */
extern const struct parser parser_complete; /* parsers/body/complete.c */
extern const struct parser parser_rtf;      /* parsers/body/rtf.c */
extern const struct parser parser_asn1;     /* parsers/body/asn1.c */
extern const struct parser parser_report;   /* parsers/body/report.c */
extern const struct parser parser_tear;     /* parsers/mail/tear.c: sectors of another file */
extern const struct parser parser_mime;     /* parsers/mail/mime.c: GMime, last */

/* Versions of GMime, GLib and libmagic, and where libmagic's database lies, for the run object.
 * Static text; "" before warm(). */
const char *mime_library_version(void);
const char *mime_glib_version(void);
const char *filetype_library_version(void);
const char *filetype_database_path(void);

/* What libmagic calls these bytes, as a media type; only the head is looked at. NULL when it does
 * not know (its tests of text are off), or before warm(). Lives until the next question. Code: parsers/body/filetype.c. */
const char *filetype_media_type(struct slice bytes);

/* Unfold and trim a raw value: into the file when it has no folding, else a copy in the arena. */
struct slice fields_unfold(struct arena *arena, struct slice value);

/* Read a Content-Type like value; facts are recorded for `field` of `part`. */
void params_parse(struct message *msg, struct arena *arena, int part, int field, bool has_subtype,
    struct typed_value *out);

#endif
