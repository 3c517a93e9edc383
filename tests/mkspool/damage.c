/* damage.c - what stops, disks and copies do to spool files; applied to sound files. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "encode.h"
#include "kinds.h"

#define COUNT(list) ((unsigned)(sizeof(list) / sizeof *(list)))

/* Bases: every damage is done to a message large enough to show it. */
static void
base_words(struct scene *s, unsigned variant, struct item *item)
{
	struct entity made = entity_words(s, 9000 + variant * 1500u);

	item_finish(s, item, &made);
}

static void
base_multipart(struct scene *s, unsigned variant, struct item *item)
{
	struct entity kids[3];

	s->mailer = mailer_at(variant * 3);
	kids[0] = entity_words(s, 6000 + variant * 900u);
	kids[1] = entity_html(s, 5000);
	kids[2] = entity_text(s, "text/plain", "us-ascii", "7bit", text_body(s, 5000, 70));
	kids[0] = entity_multipart(
	    s, variant % 2 ? "multipart/mixed" : "multipart/alternative", kids, 2 + variant % 2);
	item_finish(s, item, &kids[0]);
}

static void
base_attached(struct scene *s, unsigned variant, struct item *item)
{
	static const char *const kinds[] = { "zip", "doc", "jpg", "xls" };
	struct entity kids[2];

	s->mailer = mailer_at(variant * 5);
	kids[0] = entity_words(s, 500);
	kids[1] = entity_file(s, kinds[variant % 4], "data.bin", 30000 + variant * 2500u);
	kids[0] = entity_multipart(s, "multipart/mixed", kids, 2);
	item_finish(s, item, &kids[0]);
}

static void
base_foreign(struct scene *s, unsigned variant, struct item *item)
{
	static const enum foreign sets[] = { SHIFT_JIS, EUC_KR, BIG5, GB2312, EUC_JP };
	enum foreign set = sets[variant % COUNT(sets)];
	struct entity made = entity_text(s, "text/plain", foreign_charset(set), "8bit",
	    foreign_text(s, set, 5000 + variant * 100u));

	item_finish(s, item, &made);
}

static void
zero_length(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	(void)s;
	(void)variant;
	(void)text_at;
	file->len = 0;
}

/* What was never written reads as NULs up to the size that the file system had noted. */
static void
nul_tail(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	size_t unit = variant % 2 ? 4096 : 512;
	size_t from = text_at + (file->len - text_at) * (30 + variant * 4u) / 100;

	(void)s;
	from -= from % unit;
	if (from <= text_at)
		from += unit;
	memset(file->data + from, 0, file->len - from);
}

static void
nul_whole(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	(void)text_at;
	if (variant % 3 == 0)
		buf_fill(file, 0, 4096 - file->len % 4096);
	if (variant % 4 == 0)
		file->len = rng_between(&s->rng, 300, 1500);
	memset(file->data, 0, file->len);
}

/* One or two clusters in the middle lost by the medium. */
static void
nul_block(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	size_t unit = variant % 2 ? 4096 : 512;
	size_t from = text_at + (file->len - text_at) * (20 + variant * 3u) / 100;
	size_t len = variant % 4 == 3 ? 2 * unit : unit;

	(void)s;
	from -= from % unit;
	if (from <= text_at)
		from += unit;
	if (from + len >= file->len)
		len = 512;
	memset(file->data + from, 0, len);
}

/* ImCr without EwLs. */
static void
envelope_torn(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	(void)s;
	switch (variant % 4) {
	case 0: /* The file ends within the envelope. */
		file->len = 40 + (text_at - 44) * variant / 16;
		break;
	case 1: /* The tag overwritten by NULs. */
		memset(file->data + text_at - 4, 0, 4);
		break;
	case 2: /* Its second half lost, the text follows. */
		buf_cut(file, text_at / 2, text_at - text_at / 2);
		break;
	default: /* Overwritten from the middle on, beyond the tag. */
		memset(file->data + text_at / 2, 0, text_at - text_at / 2 + 30);
	}
}

static void
cut_in_header(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	size_t head = buf_find(file, text_at, "\r\n\r\n") - text_at;

	(void)s;
	file->len = text_at + head * (20 + variant * 5u) / 100;
	while (buf_ends(file, "\r") || buf_ends(file, "\n"))
		file->len--;
}

/* Cut in the text of a part, not at a line end. */
static void
cut_in_part(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	size_t head = buf_find(file, text_at, "\r\n\r\n");

	(void)s;
	file->len = head + (file->len - head) * (25 + variant * 4u) / 100;
	while (buf_ends(file, "\r") || buf_ends(file, "\n") || buf_ends(file, "-"))
		file->len--;
}

static void
cut_in_base64(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	size_t data = buf_find(file, text_at, "base64"), unit = variant % 2 ? 4096 : 512;

	(void)s;
	data = buf_find(file, data, "\r\n\r\n");
	file->len = data + (file->len - data) * (20 + variant * 5u) / 100;
	if (variant % 3)
		file->len -= file->len % unit;
	/* Never at the end of a quartet: then nothing would be cut. */
	while (buf_ends(file, "\r") || buf_ends(file, "\n"))
		file->len--;
	size_t line = file->len;
	while (file->data[line - 1] != '\n')
		line--;
	if ((file->len - line) % 4 == 0)
		file->len--;
}

/* The last byte is a lead byte. */
static void
cut_in_multibyte(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	size_t line, at = text_at + (file->len - text_at) * (40 + variant * 3u) / 100;

	(void)s;
	line = buf_find(file, at, "\r\n") + 2;
	while (!(file->data[line] & 0x80))
		line++;
	file->len = line + 3;
}

/* All is there but the closing boundary, which was being written. */
static void
final_boundary_cut(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	size_t at = buf_find_last(file, "\r\n--");

	(void)s;
	(void)text_at;
	file->len = variant % 3 ? at + 4 + variant : at + 1;
}

/* Something that is no message, under a spool name. */
static void
foreign_type(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	static const char *const kinds[] = { "exe", "zip", "gif", "doc", "pdf", "jpg", "bmp", "xls",
		"exe", "zip" };

	(void)text_at;
	file->len = 0;
	if (variant > COUNT(kinds)) {
		buf_fmt(file,
		    "The file %s was infected and has been removed by the scanner of " SITE_SERVER
		    ".\r\n"
		    "%s\r\n",
		    s->spool_name,
		    variant % 2 ? "Please ask your administrator." : "Quarantined as 000001.VBN.");
		return;
	}
	buf_cat(file, file_bytes(s, kinds[variant - 1], 4000 + variant * 333u));
}

static void
beside_mixed(struct scene *s, unsigned variant, struct item *item)
{
	if (variant % 3 == 1)
		base_words(s, variant, item);
	else
		base_attached(s, variant + 1, item);
}

/* A cluster or sector of another file, in the middle of the attachment: in every third variant the
 * first one of that file, with its envelope. Never where lines of both are in step, for then nothing
 * shows. */
static void
foreign_sector(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	size_t unit = variant % 2 ? 4096 : 512;
	size_t from = file->len * (40 + variant * 3u) / 100 / unit * unit;
	size_t other = variant % 3 ? (s->neighbour->len / 2 + variant * 512u) / unit * unit : 0;

	(void)text_at;
	while (s->neighbour->data[other] == '\n')
		other += unit;
	while (file->data[from - 1] == '\n' || file->data[from] == '\r' || file->data[from] == '\n')
		from += unit;
	memcpy(file->data + from, s->neighbour->data + other, unit);
}

/* A copy that stopped at a whole number of clusters, inside a line. */
static void
cut_at_cluster(struct scene *s, unsigned variant, struct buf *file, size_t text_at)
{
	size_t unit = variant % 2 ? 4096 : 512;
	size_t len = text_at + (file->len - text_at) * (40 + variant * 4u) / 100;

	(void)s;
	len -= len % unit;
	if (len <= text_at)
		len += unit;
	while (file->data[len - 1] == '\n' || file->data[len - 1] == '\r')
		len += 512;
	file->len = len;
}

static const struct damage rows[] = {
	{ "zero-length", 10, base_words, zero_length, "A file of no bytes." },
	{ "nul-tail", 12, base_words, nul_tail,
	    "NULs from a multiple of 512 or 4,096 to the end." },
	{ "nul-whole", 12, base_words, nul_whole, "Nothing but NULs." },
	{ "nul-block", 12, base_words, nul_block, "An aligned block of NULs in the middle." },
	{ "envelope-torn", 12, base_words, envelope_torn, "ImCr without EwLs." },
	{ "cut-in-header", 12, base_words, cut_in_header, "Ends within the head." },
	{ "cut-in-part", 12, base_multipart, cut_in_part,
	    "Ends within a part, no closing boundary." },
	{ "cut-in-base64", 12, base_attached, cut_in_base64, "Ends within base64." },
	{ "cut-in-multibyte", 12, base_foreign, cut_in_multibyte, "Ends on a lead byte." },
	{ "final-boundary-cut", 12, base_multipart, final_boundary_cut,
	    "Ends within the closing boundary." },
	{ "foreign-type", 12, base_words, foreign_type,
	    "A program, archive, picture or stub as a spool file." },
	{ "cut-at-cluster", 12, base_words, cut_at_cluster,
	    "Ends inside a line at a multiple of 512 or 4,096." },
	{ "foreign-sector", 12, base_attached, foreign_sector,
	    "A sector or cluster of another file of the tree in the attachment.", beside_mixed },
};

const struct damage *
damage_at(unsigned i)
{
	return i < COUNT(rows) ? &rows[i] : NULL;
}

const struct damage *
damage_named(const char *name)
{
	for (unsigned i = 0; i < COUNT(rows); i++)
		if (!strcmp(rows[i].name, name))
			return &rows[i];
	return NULL;
}
