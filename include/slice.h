/*
 * slice.h - bytes that somebody else owns.
 *
 * For every room. A slice never owns memory and is never NUL-terminated; its bytes are hostile. The
 * empty slice has len 0 and may have data NULL. Code: src/base/slice.c. Letters are compared as
 * ASCII whatever the locale.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SLICE_H
#define IMC_SLICE_H

#include <stdbool.h>
#include <stddef.h>

#define SLICE_NONE ((size_t)-1) /* "not found" of the finders */

/* Bytes from `data` on. */
struct slice {
	const unsigned char *data;
	size_t len; /* bytes */
};

/* The len bytes at data; they stay the caller's. */
struct slice slice_of(const void *data, size_t len);

/* The bytes of a C string, without its NUL. */
struct slice slice_str(const char *text);

/* At most len bytes of s from byte `from` on; cut short at its end, never outside it. */
struct slice slice_cut(struct slice s, size_t from, size_t len);

/* All of s from byte `from` on; empty when from is past its end. */
struct slice slice_from(struct slice s, size_t from);

/* s without leading and trailing blanks (SP, HT, CR, LF). */
struct slice slice_trim(struct slice s);

/* Whether both hold the same bytes, exactly or without regard to ASCII case. */
bool slice_eq(struct slice s, const char *text);
bool slice_eq_nocase(struct slice s, const char *text);
bool slice_same(struct slice a, struct slice b);
bool slice_same_nocase(struct slice a, struct slice b);

/* Whether s begins or ends with text. */
bool slice_starts(struct slice s, const char *text);
bool slice_starts_nocase(struct slice s, const char *text);
bool slice_ends(struct slice s, const char *text);

/* Index of the first such byte or text at or after `from`, or SLICE_NONE. Linear in s.len. */
size_t slice_find(struct slice s, size_t from, unsigned char byte);
size_t slice_find_str(struct slice s, size_t from, const char *text);
size_t slice_find_nocase(struct slice s, size_t from, const char *text);

/* Index of the last such byte, or SLICE_NONE. */
size_t slice_rfind(struct slice s, unsigned char byte);

/* Index of `inner`'s first byte in `outer`, or SLICE_NONE when it does not lie wholly inside. */
size_t slice_index(struct slice outer, struct slice inner);

/* ASCII classes, free of the locale. */
bool byte_is_blank(unsigned char byte); /* SP or HT */
bool byte_is_space(unsigned char byte); /* SP, HT, CR, LF */
bool byte_is_digit(unsigned char byte);
bool byte_is_alpha(unsigned char byte);
bool byte_is_control(unsigned char byte); /* below 0x20 or 0x7f, HT, CR and LF too */
bool byte_is_token(unsigned char byte);   /* RFC 2045 section 5.1 token */
bool byte_is_ftext(unsigned char byte);   /* RFC 5322 section 2.2: 33..126 but ':' */
unsigned char byte_lower(unsigned char byte);
int byte_hex(unsigned char byte);    /* 0..15, or -1 */
int byte_base64(unsigned char byte); /* RFC 2045 section 6.8: 0..63, or -1 */

#endif
