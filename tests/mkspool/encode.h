/* encode.h - transfer encodings and checksums, written out so that damage can be exact. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_ENCODE_H
#define MKSPOOL_ENCODE_H

#include "buf.h"

/* Base64 with CRLF after every width characters and at the end. */
void encode_base64(struct buf *to, const void *bytes, size_t len, unsigned width);

/* Quoted-printable of text whose line ends are CRLF; lines of at most 76. */
void encode_qp(struct buf *to, const void *bytes, size_t len);

/* begin, lines, end; a zero is a blank or a backquote. */
void encode_uu(struct buf *to, const char *name, const void *bytes, size_t len, char zero);

/* BinHex 4.0 with its banner: data fork only, CRCs right. */
void encode_binhex(struct buf *to, const char *name, const void *bytes, size_t len);

/* An RFC 2047 B word. */
void encode_word(struct buf *to, const char *charset, const void *bytes, size_t len);

/* An RFC 2047 Q word. */
void encode_word_q(struct buf *to, const char *charset, const void *bytes, size_t len);

uint32_t crc32_of(const void *bytes, size_t len);

#endif
