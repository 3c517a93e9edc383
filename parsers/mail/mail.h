/*
 * mail.h - what the mail parsers share among themselves.
 *
 * For parsers/mail only. Positions are bytes from the start of the slice named beside them.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_MAIL_H
#define IMC_MAIL_H

#include "message.h"

#define PARAMS_ALL 100000u /* kept of a message; from then on PARAMS_FEW of each field */
#define PARAMS_FEW 16u
#define PARAMS_MAX 5000u /* parameters kept of one field; the rest is counted: FACT_PARAMS_CUT */

/* One line of a text: content, and where the next one starts. */
struct text_line {
	size_t start;
	size_t end;  /* end of the content, line end not counted */
	size_t next; /* equal to end where the text ends without a line end */
};

/* The line that starts at `pos` of text; false at the end of the text. `eol` is '\n' (a CR before
 * it belongs to the line end) or '\r' for texts that know no LF. Code: lines.c. */
bool lines_at(struct slice text, size_t pos, unsigned char eol, struct text_line *line);

/* The content of a line of text. */
struct slice lines_content(struct slice text, const struct text_line *line);

/* Record a fact about `len` bytes of the file from `offset` on, whatever part holds them. */
void lines_fact(struct message *msg, struct arena *arena, enum fact_kind kind, size_t offset,
    size_t len, uint64_t value);

/* The byte that ends a line of this message: '\r' when it has no LF but CRs, else '\n'. */
unsigned char lines_eol(const struct message *msg);

/* Whether the bytes at s read as a field name (RFC 5322 ftext, at most 200 bytes) and its colon. */
bool field_starts(struct slice s);

/* Whether the block (lines up to the empty one) reads as header fields at all; `top` where lines
 * that precede the fields of a whole message ("From " of mbox) may stand first. Code: fields.c. */
bool fields_are_header(struct slice block, unsigned char eol, bool top);

/* Read the fields of a header block, all lines up to the empty one, into msg->fields, and record
 * what is odd about them. *met grows by the fields met, kept or not. */
void fields_scan(struct message *msg, struct arena *arena, int part, struct slice block, bool top,
    uint64_t *met);

/* Record parameters met twice and damage of RFC 2231 continuations. Code: param_names.c. */
void params_check_names(
    struct message *msg, struct arena *arena, int part, const struct typed_value *value);

/* A parameter, in whatever form it stands. */
struct param_bytes {
	struct slice bytes;   /* its value: into the file, or in the arena when it had to be made */
	struct slice charset; /* of the extended form; empty: none */
	struct slice place;   /* the parameter as it stands, or the first of its sections */
	struct slice raw;     /* the value there, as it stands */
};

/* Read a parameter, else its RFC 2231 forms: name*, or name*0 name*1 …, with percent codes decoded.
 * False when there is none. Quotes are removed, escapes and encoded words kept. Code:
 * param_names.c. */
bool params_read(struct arena *arena, const struct typed_value *value, const char *name,
    struct param_bytes *out);
/* The RFC 2231 forms alone. */
bool params_read_extended(struct arena *arena, const struct typed_value *value, const char *name,
    struct param_bytes *out);

/* Read another field of the same kind without recording anything. Code: params.c. */
void params_peek(
    struct message *msg, struct arena *arena, int field, bool has_subtype, struct typed_value *out);

/* Record a section that goes on where another field left off: `more` without the section that
 * `first` has. */
void params_check_split(struct message *msg, struct arena *arena, int part,
    const struct typed_value *first, const struct typed_value *more);

/* Fill type, disposition, encoding, charset and file name of a part whose fields have been read.
 * in_digest: its parent is a multipart/digest. Code: partinfo.c. */
void partinfo_read(struct message *msg, struct arena *arena, int part, bool in_digest);

/* The encoding that a Content-Transfer-Encoding field names; records what is odd about its value.
 * Code: encoding.c. */
enum encoding encoding_read(
    struct message *msg, struct arena *arena, int part, const struct field *field);

/* Write part->path, the IMAP section number of the number-th child (from 1) of its parent; RFC 3501
 * section 6.4.5. `parent` NULL for the root. A multipart that is the body of a message has no
 * number of its own: it takes that of the message, and the root is "". */
void partinfo_path(const struct part *parent, unsigned number, struct part *part);

#endif
