/* tnef.c - a TNEF stream as an Exchange client sends it ([MS-OXTNEF] 2.1.3). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "scene.h"

enum {
	ATT_OEM_CODEPAGE = 0x69007,
	ATT_TNEF_VERSION = 0x89006,
	ATT_MESSAGE_CLASS = 0x78008,
	ATT_SUBJECT = 0x18004,
	ATT_DATE_SENT = 0x38005,
	ATT_PRIORITY = 0x4800d,
	ATT_MESSAGE_ID = 0x18009,
	ATT_MSG_PROPS = 0x69003,
	ATT_ATTACH_REND_DATA = 0x69002,
	ATT_ATTACH_TITLE = 0x18010,
	ATT_ATTACH_DATA = 0x6800f
};

/* Level, id, length, data, sum of the data's bytes. */
static void
attribute(struct buf *out, unsigned level, uint32_t id, const struct buf *data)
{
	unsigned sum = 0;

	buf_byte(out, (unsigned char)level);
	buf_u32le(out, id);
	buf_u32le(out, (uint32_t)data->len);
	buf_cat(out, data);
	for (size_t i = 0; i < data->len; i++)
		sum += data->data[i];
	buf_u16le(out, sum & 0xffff);
}

/* Text attribute: the NUL counts. */
static void
text_attribute(struct scene *s, struct buf *out, unsigned level, uint32_t id, const char *text)
{
	struct buf *data = pool_str(&s->pool, text);

	buf_byte(data, 0);
	attribute(out, level, id, data);
}

static void
date_attribute(struct scene *s, struct buf *out)
{
	struct buf *data = pool_buf(&s->pool);
	struct tm tm;

	gmtime_r(&s->when, &tm);
	buf_u16le(data, (unsigned)tm.tm_year + 1900);
	buf_u16le(data, (unsigned)tm.tm_mon + 1);
	buf_u16le(data, (unsigned)tm.tm_mday);
	buf_u16le(data, (unsigned)tm.tm_hour);
	buf_u16le(data, (unsigned)tm.tm_min);
	buf_u16le(data, (unsigned)tm.tm_sec);
	buf_u16le(data, (unsigned)tm.tm_wday);
	attribute(out, 1, ATT_DATE_SENT, data);
}

/* Three properties: importance (long), alternate recipient allowed (boolean), subject (string). */
static void
property_attribute(struct scene *s, struct buf *out, const char *subject)
{
	struct buf *data = pool_buf(&s->pool);
	size_t len = strlen(subject) + 1;

	buf_u32le(data, 3);
	buf_u32le(data, 0x00170003);
	buf_u32le(data, 1);
	buf_u32le(data, 0x0002000b);
	buf_u32le(data, 1);
	buf_u32le(data, 0x0070001e);
	buf_u32le(data, 1);
	buf_u32le(data, (uint32_t)len);
	buf_add(data, subject, len);
	buf_fill(data, 0, (4 - len % 4) % 4);
	attribute(out, 1, ATT_MSG_PROPS, data);
}

struct buf *
tnef_stream(struct scene *s, const char *subject, const struct buf *attachment)
{
	struct buf *out = pool_buf(&s->pool), *data = pool_buf(&s->pool);

	buf_u32le(out, 0x223e9f78);
	buf_u16le(out, rng_between(&s->rng, 1, 0xfffe));
	buf_u32le(data, 0x00010000);
	attribute(out, 1, ATT_TNEF_VERSION, data);
	data = pool_buf(&s->pool);
	buf_u32le(data, 1252);
	buf_u32le(data, 0);
	attribute(out, 1, ATT_OEM_CODEPAGE, data);
	text_attribute(s, out, 1, ATT_MESSAGE_CLASS, "IPM.Microsoft Mail.Note");
	data = pool_buf(&s->pool);
	buf_u16le(data, 2);
	attribute(out, 1, ATT_PRIORITY, data);
	text_attribute(s, out, 1, ATT_SUBJECT, subject);
	date_attribute(s, out);
	struct buf *id = scene_pattern(s, "################################");
	buf_byte(id, 0);
	text_attribute(s, out, 1, ATT_MESSAGE_ID, (const char *)id->data);
	property_attribute(s, out, subject);
	if (!attachment)
		return out;
	data = pool_buf(&s->pool);
	buf_u16le(data, 1);
	buf_u32le(data, 0xffffffffu);
	buf_fill(data, 0, 8);
	attribute(out, 2, ATT_ATTACH_REND_DATA, data);
	text_attribute(s, out, 2, ATT_ATTACH_TITLE, "notes.txt");
	attribute(out, 2, ATT_ATTACH_DATA, attachment);
	return out;
}
