/* spool.c - spool names, the binary envelope, and the bytes of a file.
 *
 * Of the envelope only the tags, the FILETIME, the strings and their order are attested (Q190709,
 * Q249273). The rest is filled with bytes of our own choice, with no angle bracket among them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "spool.h"

#include <string.h>

static const char symbols[] = "0123456789ABCDFGHJKLMNPQRSTVWXYZ";

void
spool_name(uint64_t seed, unsigned run, enum way way, unsigned number, char name[9])
{
	struct rng rng = rng_for(seed, "run", run);
	unsigned counter = (number * 20021u + 4711u) & 32767u;

	for (unsigned i = 0; i < 4; i++)
		name[i] = symbols[rng_below(&rng, 32)];
	name[4] = symbols[(number >> 15 & 15) * 2 + (way == WAY_OUT)];
	name[5] = symbols[counter >> 10];
	name[6] = symbols[counter >> 5 & 31];
	name[7] = symbols[counter & 31];
	name[8] = '\0';
}

static void
filler(struct scene *s, struct buf *out, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		unsigned byte = rng_below(&s->rng, 256);

		buf_byte(out, (unsigned char)(byte == '<' || byte == '>' ? 0xcd : byte));
	}
}

static void
add_z(struct buf *out, const char *text)
{
	buf_add(out, text, strlen(text) + 1);
}

/* MTS-ID: the minute in UTC, then the spool name, with no separator. */
static void
add_mts_id(struct scene *s, struct buf *out)
{
	struct tm tm;

	gmtime_r(&s->when, &tm);
	buf_fmt(out, "c=US;a= ;p=" SITE_ORG ";l=" SITE_SERVER "%02d%02d%02d%02d%02d%s",
	    tm.tm_year % 100, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, s->spool_name);
	buf_byte(out, 0);
}

/* Each recipient follows a record with two equal pointers. */
static void
add_rcpts(struct scene *s, const struct item *item, struct buf *out)
{
	size_t at = 0;

	for (unsigned i = 0; i < item->n_rcpts; i++) {
		size_t end = at, pointer;

		filler(s, out, 4);
		pointer = out->len;
		filler(s, out, 2);
		buf_u16le(out, 0x15);
		buf_u32le(out, (uint32_t)out->data[pointer] |
				   (uint32_t)out->data[pointer + 1] << 8 | 0x150000u);
		buf_u32le(out, (i + 1) % 32);
		while (item->rcpts->data[end])
			end++;
		buf_add(out, item->rcpts->data + at, end + 1 - at);
		at = end + 1;
	}
}

static void
add_envelope(struct scene *s, const struct item *item, struct buf *out)
{
	static const char *const leftovers[] = { "", "DEN>", "ro", "me.example>", "l=EX" };
	uint64_t ticks = filetime_of(s->when + s->zone * 60) + rng_below(&s->rng, 9999999);
	const char *peer = s->way == WAY_IN ? s->sender.host : SITE_HOST;

	buf_u32le(out, 0);
	buf_str(out, "ImCr");
	filler(s, out, 8);
	buf_u32le(out, (uint32_t)ticks);
	buf_u32le(out, (uint32_t)(ticks >> 32));
	filler(s, out, 8);
	add_z(out, peer);
	add_z(out, peer);
	buf_cat(out, item->mail_from);
	buf_byte(out, 0);
	add_mts_id(s, out);
	add_rcpts(s, item, out);
	const char *leftover = PICK(s, leftovers);
	filler(s, out, rng_below(&s->rng, 4));
	buf_str(out, leftover);
	buf_str(out, "EwLs");
	for (unsigned i = 0; i < 4; i++)
		out->data[i] = (unsigned char)(out->len >> 8 * i & 0xff);
}

/* A dot at the start of a line is doubled, as on the wire. */
static void
add_stuffed(struct buf *out, const struct buf *text)
{
	for (size_t i = 0; i < text->len; i++) {
		if (text->data[i] == '.' && (!i || text->data[i - 1] == '\n'))
			buf_byte(out, '.');
		buf_byte(out, text->data[i]);
	}
}

static void
drop_cr(struct buf *file)
{
	size_t kept = 0;

	for (size_t i = 0; i < file->len; i++) {
		if (file->data[i] == '\r' && i + 1 < file->len && file->data[i + 1] == '\n')
			continue;
		file->data[kept++] = file->data[i];
	}
	file->len = kept;
}

struct buf *
spool_file(struct scene *s, const struct item *item, const struct look *look, size_t *text_at)
{
	struct buf *out = pool_buf(&s->pool);
	bool dot = s->way == WAY_OUT || look->in_terminator;

	if (!item->bare && !look->no_envelope)
		add_envelope(s, item, out);
	*text_at = out->len;
	if (item->bare || !dot) {
		buf_cat(out, item->text);
	} else {
		add_stuffed(out, item->text);
		if (!item->ended)
			buf_str(out, buf_ends(item->text, "\r\n") ? ".\r\n" : "\r\n.\r\n");
	}
	if (look->lf_only)
		drop_cr(out);
	return out;
}
