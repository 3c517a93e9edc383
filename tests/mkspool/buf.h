/* buf.h - growing byte buffers, kept in a pool that is emptied after each message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_BUF_H
#define MKSPOOL_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes [0, len) of data; may hold NULs. Belongs to the pool that made it. */
struct buf {
	unsigned char *data;
	size_t len; /* bytes */
	size_t cap; /* bytes */
	struct buf *next;
};

struct pool {
	struct buf *first;
};

/* A new empty buffer; lives until pool_clear. Ends the program when memory is out. */
struct buf *pool_buf(struct pool *pool);

/* A new buffer holding the text. */
struct buf *pool_str(struct pool *pool, const char *text);

/* A new buffer holding the formatted text. */
struct buf *pool_fmt(struct pool *pool, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Free every buffer of the pool. */
void pool_clear(struct pool *pool);

void buf_add(struct buf *to, const void *bytes, size_t len);

void buf_byte(struct buf *to, unsigned char byte);

/* The same byte n times. */
void buf_fill(struct buf *to, unsigned char byte, size_t n);

void buf_str(struct buf *to, const char *text);

void buf_cat(struct buf *to, const struct buf *from);

void buf_fmt(struct buf *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

void buf_u16le(struct buf *to, unsigned value);

void buf_u32le(struct buf *to, uint32_t value);

void buf_u16be(struct buf *to, unsigned value);

void buf_u32be(struct buf *to, uint32_t value);

/* Put bytes in at offset at, which is at most to->len. */
void buf_insert(struct buf *to, size_t at, const void *bytes, size_t len);

/* Remove len bytes at offset at. */
void buf_cut(struct buf *from, size_t at, size_t len);

/* Offset of the first needle at or after from; SIZE_MAX when there is none. */
size_t buf_find(const struct buf *in, size_t from, const char *needle);

/* Offset of the last needle; SIZE_MAX when there is none. */
size_t buf_find_last(const struct buf *in, const char *needle);

bool buf_ends(const struct buf *in, const char *tail);

#endif
