/* buf.c - growing byte buffers, kept in a pool that is emptied after each message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "buf.h"

#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct buf *
pool_buf(struct pool *pool)
{
	struct buf *made = calloc(1, sizeof *made);

	if (!made)
		err(2, "memory");
	made->next = pool->first;
	pool->first = made;
	return made;
}

struct buf *
pool_str(struct pool *pool, const char *text)
{
	struct buf *made = pool_buf(pool);

	buf_str(made, text);
	return made;
}

void
pool_clear(struct pool *pool)
{
	while (pool->first) {
		struct buf *gone = pool->first;

		pool->first = gone->next;
		free(gone->data);
		free(gone);
	}
}

/* Room for len more bytes. */
static void
grow(struct buf *to, size_t len)
{
	size_t need = to->len + len;

	if (need <= to->cap)
		return;
	size_t cap = to->cap ? to->cap : 256;
	while (cap < need)
		cap *= 2;
	unsigned char *data = realloc(to->data, cap);
	if (!data)
		err(2, "memory");
	to->data = data;
	to->cap = cap;
}

void
buf_add(struct buf *to, const void *bytes, size_t len)
{
	if (!len)
		return;
	grow(to, len);
	memcpy(to->data + to->len, bytes, len);
	to->len += len;
}

void
buf_byte(struct buf *to, unsigned char byte)
{
	buf_add(to, &byte, 1);
}

void
buf_fill(struct buf *to, unsigned char byte, size_t n)
{
	if (!n)
		return;
	grow(to, n);
	memset(to->data + to->len, byte, n);
	to->len += n;
}

void
buf_str(struct buf *to, const char *text)
{
	buf_add(to, text, strlen(text));
}

void
buf_cat(struct buf *to, const struct buf *from)
{
	buf_add(to, from->data, from->len);
}

static void add_formatted(struct buf *to, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static void
add_formatted(struct buf *to, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	if (len < 0)
		errx(2, "cannot format");
	grow(to, (size_t)len + 1);
	vsnprintf((char *)to->data + to->len, (size_t)len + 1, format, again);
	to->len += (size_t)len;
	va_end(again);
}

void
buf_fmt(struct buf *to, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_formatted(to, format, args);
	va_end(args);
}

struct buf *
pool_fmt(struct pool *pool, const char *format, ...)
{
	struct buf *made = pool_buf(pool);
	va_list args;

	va_start(args, format);
	add_formatted(made, format, args);
	va_end(args);
	return made;
}

void
buf_u16le(struct buf *to, unsigned value)
{
	buf_byte(to, (unsigned char)(value & 0xff));
	buf_byte(to, (unsigned char)(value >> 8 & 0xff));
}

void
buf_u32le(struct buf *to, uint32_t value)
{
	buf_u16le(to, value & 0xffff);
	buf_u16le(to, value >> 16);
}

void
buf_u16be(struct buf *to, unsigned value)
{
	buf_byte(to, (unsigned char)(value >> 8 & 0xff));
	buf_byte(to, (unsigned char)(value & 0xff));
}

void
buf_u32be(struct buf *to, uint32_t value)
{
	buf_u16be(to, value >> 16);
	buf_u16be(to, value & 0xffff);
}

void
buf_insert(struct buf *to, size_t at, const void *bytes, size_t len)
{
	if (!len)
		return;
	grow(to, len);
	memmove(to->data + at + len, to->data + at, to->len - at);
	memcpy(to->data + at, bytes, len);
	to->len += len;
}

void
buf_cut(struct buf *from, size_t at, size_t len)
{
	if (at >= from->len)
		return;
	if (len > from->len - at)
		len = from->len - at;
	memmove(from->data + at, from->data + at + len, from->len - at - len);
	from->len -= len;
}

size_t
buf_find(const struct buf *in, size_t from, const char *needle)
{
	if (from >= in->len)
		return SIZE_MAX;
	const unsigned char *hit = memmem(in->data + from, in->len - from, needle, strlen(needle));
	return hit ? (size_t)(hit - in->data) : SIZE_MAX;
}

size_t
buf_find_last(const struct buf *in, const char *needle)
{
	size_t last = SIZE_MAX;

	for (size_t at = buf_find(in, 0, needle); at != SIZE_MAX; at = buf_find(in, at + 1, needle))
		last = at;
	return last;
}

bool
buf_ends(const struct buf *in, const char *tail)
{
	size_t len = strlen(tail);

	return in->len >= len && !memcmp(in->data + in->len - len, tail, len);
}
