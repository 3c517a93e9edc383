/*
 * encode.h - bytes as they may stand in a mail: transfer encodings, encoded words, parameters.
 *
 * For src/salvage only. Whatever goes in, nothing comes out but printable ASCII and line ends of
 * ours: no byte of the input can end a line or a field.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGE_ENCODE_H
#define IMC_SALVAGE_ENCODE_H

#include "arena.h"
#include "salvage/out.h"

/* RFC 2045 section 6.8: lines of 76, no line end behind the last. */
void coded_base64(struct out *out, struct slice bytes);
size_t coded_base64_size(size_t len);

/* Section 6.7; CRLF in the text is a line end, any other control byte is encoded, and so is a dot or
 * a "From " at the start of a line. */
void coded_qp(struct out *out, struct slice text);
size_t coded_qp_size(struct slice text);

/* UTF-8 as the text of an unstructured field behind its colon and blank, folded: as it is where it is
 * plain ASCII that nobody can take for anything else, otherwise in encoded words (RFC 2047). Control
 * characters become blanks. At most `most` bytes of it; false when it was cut. */
bool encode_unstructured(struct out *out, struct slice utf8, size_t most);

/* The same as a phrase before an address: a quoted string, or encoded words. Empty text: nothing. */
bool encode_phrase(struct out *out, struct slice utf8, size_t most);

/* "; name=value" of a content field, by RFC 2231 when the value is not plain ASCII. */
void encode_parameter(struct out *out, const char *name, struct slice utf8);

/* Bytes of UTF-8 text that make at most `most`, cut between characters. */
size_t encode_cut(struct slice utf8, size_t most);

#endif
