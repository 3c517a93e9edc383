/*
 * body.h - what the body parsers share: lines, facts about decoded bytes, places in encoded ones.
 *
 * For parsers/body only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_BODY_H
#define IMC_BODY_H

#include "message.h"

/* Lines of a text, one after the other; LF ends a line, a CR before it belongs to the end. */
struct body_lines {
	struct slice text;
	size_t pos; /* bytes of text already given out */
};

/* The next line without its end, or false after the last. The empty rest after a final LF is
 * none. */
bool body_next_line(struct body_lines *lines, struct slice *line);

/* The line that body_next_line() would give, without moving on. */
bool body_peek_line(const struct body_lines *lines, struct slice *line);

/* line without trailing SP and HT. */
struct slice body_trim_end(struct slice line);

/* Record a fact about `len` decoded bytes from `pos` on. The file offset is looked up only while
 * facts of that kind are kept, so that a hostile body cannot buy look-ups. */
void body_fact(struct message *msg, struct arena *arena, enum fact_kind kind, int part, size_t pos,
    size_t len, uint64_t value);

/* The same for bytes of `view`: the part, or a copy of it that stands for a block inside the
 * part. */
void body_fact_in(struct message *msg, struct arena *arena, enum fact_kind kind, int part,
    const struct part *view, size_t pos, size_t len, uint64_t value);

/* A growing list of places, for struct part. */
struct body_marks {
	struct arena *arena;
	struct body_mark *list;
	size_t n, room;
};

void body_marks_add(struct body_marks *marks, size_t decoded, size_t encoded);

/* The last mark at or before decoded byte pos; {0, 0} when there is none. */
struct body_mark body_marks_before(const struct part *part, size_t pos);

/* base64.c and qp.c: check and decode a leaf, set its decoded and marks. */
void base64_decode(struct message *msg, struct arena *arena, int part);
void qp_decode(struct message *msg, struct arena *arena, int part);

/* encoded_text.c: what base64, quoted-printable and attached texts are like once decoded, and whether
 * the label is that of another encoding. */
void encoded_text_check(struct message *msg, struct arena *arena, int part);

/* yenc.c: whether the line that begins at `at` of the body is an =ybegin line. */
bool yenc_begins(struct slice body, size_t at);

/* yenc.c: read the yEnc block that begins there; returns where it ends, at least one line on. */
size_t yenc_read(struct message *msg, struct arena *arena, int part, size_t at);

/* yenc.c: read all yEnc blocks of a body whose lines nobody looks at. */
void yenc_find(struct message *msg, struct arena *arena, int part);

/* Number of bytes with the high bit set; *first is the place of the first. Code: transfer.c. */
uint64_t body_count_8bit(struct slice s, size_t *first);

/* Offset in part->body of the first encoded byte of decoded byte pos, or SLICE_NONE. */
size_t base64_locate(const struct part *part, size_t pos);
size_t qp_locate(const struct part *part, size_t pos);

/* uuencode.c: the same for a part whose decoded bytes are its first uuencoded block. */
size_t uu_locate(const struct part *part, size_t pos);

/* signatures.c: what the bytes begin with, by our own table; FILETYPE_UNKNOWN when nothing fits.
 * *weak says that the signature is too short to accuse anybody. */
enum filetype signature_of(struct slice head, bool *weak);

#endif
