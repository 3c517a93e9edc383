/* files.c - attachments with sound heads: Office, archives, pictures, and TNEF streams. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "encode.h"
#include "scene.h"

static void
add_random(struct scene *s, struct buf *out, size_t len)
{
	size_t at = out->len;

	buf_fill(out, 0, len);
	rng_bytes(&s->rng, out->data + at, len);
}

/* A directory entry of a compound file: name in UTF-16, type, colour, siblings, start, size. */
static void
cdf_entry(
    struct buf *out, const char *name, unsigned type, uint32_t child, uint32_t start, uint32_t size)
{
	size_t from = out->len;

	for (const char *c = name; *c; c++)
		buf_u16le(out, (unsigned char)*c);
	buf_fill(out, 0, 64 - (out->len - from));
	buf_u16le(out, *name ? (unsigned)(strlen(name) + 1) * 2 : 0);
	buf_byte(out, (unsigned char)type);
	buf_byte(out, 1);
	buf_u32le(out, 0xffffffffu);
	buf_u32le(out, 0xffffffffu);
	buf_u32le(out, child);
	buf_fill(out, 0, 36);
	buf_u32le(out, start);
	buf_u32le(out, size);
	buf_u32le(out, 0);
}

/* Header of a compound file: one FAT sector (sector 0), the directory in sector 1, data from 2. */
static void
cdf_header(struct buf *out)
{
	static const unsigned char magic[] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };

	buf_add(out, magic, sizeof magic);
	buf_fill(out, 0, 16);
	buf_u16le(out, 0x3e);
	buf_u16le(out, 3);
	buf_u16le(out, 0xfffe);
	buf_u16le(out, 9);
	buf_u16le(out, 6);
	buf_fill(out, 0, 10);
	buf_u32le(out, 1);
	buf_u32le(out, 1);
	buf_u32le(out, 0);
	buf_u32le(out, 4096);
	buf_u32le(out, 0xfffffffeu);
	buf_u32le(out, 0);
	buf_u32le(out, 0xfffffffeu);
	buf_u32le(out, 0);
	buf_u32le(out, 0);
	for (unsigned i = 1; i < 109; i++)
		buf_u32le(out, 0xffffffffu);
}

/* One stream of 8 to 126 sectors; a larger one would want a second FAT sector. */
static void
compound_file(struct scene *s, struct buf *out, const char *stream, size_t size)
{
	unsigned sectors = (unsigned)(size / 512);

	if (sectors < 8)
		sectors = 8;
	if (sectors > 126)
		sectors = 126;
	cdf_header(out);
	buf_u32le(out, 0xfffffffdu);
	buf_u32le(out, 0xfffffffeu);
	for (unsigned i = 2; i < 128; i++) {
		if (i + 1 < sectors + 2)
			buf_u32le(out, i + 1);
		else
			buf_u32le(out, i + 1 == sectors + 2 ? 0xfffffffeu : 0xffffffffu);
	}
	cdf_entry(out, "Root Entry", 5, 1, 0xfffffffeu, 0);
	cdf_entry(out, stream, 2, 0xffffffffu, 2, sectors * 512u);
	cdf_entry(out, "", 0, 0xffffffffu, 0, 0);
	cdf_entry(out, "", 0, 0xffffffffu, 0, 0);
	size_t data = out->len;
	buf_str(out, stream[0] == 'W' ? "\xec\xa5\xc1" : "\x09\x08\x10");
	buf_byte(out, 0);
	buf_fill(out, 0, 508);
	struct buf *text = text_body(s, sectors * 300u, 70);
	buf_cat(out, text);
	if (out->len - data > sectors * 512u)
		out->len = data + sectors * 512u;
	buf_fill(out, 0, sectors * 512u - (out->len - data));
}

/* A zip of one stored member. */
static void
zip_file(struct scene *s, struct buf *out, size_t size)
{
	static const char member[] = "report.txt";
	struct buf *data = pool_buf(&s->pool);

	add_random(s, data, size);
	for (int central = 0; central < 2; central++) {
		size_t at = out->len;

		buf_str(out, central ? "PK\1\2" : "PK\3\4");
		if (central)
			buf_u16le(out, 20);
		buf_u16le(out, 20);
		buf_u32le(out, 0);
		buf_u16le(out, 0x7380);
		buf_u16le(out, 0x2a65);
		buf_u32le(out, crc32_of(data->data, data->len));
		buf_u32le(out, (uint32_t)data->len);
		buf_u32le(out, (uint32_t)data->len);
		buf_u16le(out, sizeof member - 1);
		buf_u16le(out, 0);
		if (central)
			buf_fill(out, 0, 14);
		buf_str(out, member);
		if (!central) {
			buf_cat(out, data);
			continue;
		}
		size_t len = out->len - at;
		buf_str(out, "PK\5\6");
		buf_u32le(out, 0);
		buf_u16le(out, 1);
		buf_u16le(out, 1);
		buf_u32le(out, (uint32_t)len);
		buf_u32le(out, (uint32_t)at);
		buf_u16le(out, 0);
	}
}

static void
jpg_file(struct scene *s, struct buf *out, size_t size)
{
	static const unsigned char head[] = { 0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0,
		1, 1, 1, 0, 96, 0, 96, 0, 0, 0xff, 0xdb, 0, 67, 0 };

	buf_add(out, head, sizeof head);
	for (unsigned i = 0; i < 64; i++)
		buf_byte(out, (unsigned char)(8 + i / 2));
	size_t at = out->len;
	add_random(s, out, size);
	for (; at < out->len; at++)
		out->data[at] = out->data[at] == 0xff ? 0xfe : out->data[at];
	buf_str(out, "\xff\xd9");
}

static void
gif_file(struct scene *s, struct buf *out, size_t size)
{
	static const unsigned char frame[] = { ',', 0, 0, 0, 0, 80, 0, 60, 0, 0, 7 };

	buf_str(out, "GIF89aP");
	buf_byte(out, 0);
	buf_str(out, "<");
	buf_byte(out, 0);
	buf_byte(out, 0xe6);
	buf_u16le(out, 0);
	add_random(s, out, 384);
	buf_add(out, frame, sizeof frame);
	for (size_t done = 0; done < size; done += 255) {
		buf_byte(out, 255);
		add_random(s, out, 255);
	}
	buf_byte(out, 0);
	buf_byte(out, ';');
}

static void
pdf_file(struct scene *s, struct buf *out, size_t size)
{
	buf_str(out, "%PDF-1.2\r%\xe2\xe3\xcf\xd3\r\n");
	for (unsigned i = 1; out->len < size; i++) {
		struct buf *text = text_body(s, 500, 80);

		buf_fmt(out, "%u 0 obj\r<< /Length %zu >>\rstream\r\n", i, text->len);
		buf_cat(out, text);
		buf_str(out, "endstream\rendobj\r");
	}
	buf_fmt(out, "trailer\r<< /Size 2 >>\rstartxref\r%zu\r%%%%EOF\r", out->len);
}

static void
bmp_file(struct scene *s, struct buf *out, size_t size)
{
	buf_str(out, "BM");
	buf_u32le(out, (uint32_t)size + 54);
	buf_u32le(out, 0);
	buf_u32le(out, 54);
	buf_u32le(out, 40);
	buf_u32le(out, 64);
	buf_u32le(out, (uint32_t)(size / 192 + 1));
	buf_u16le(out, 1);
	buf_u16le(out, 24);
	buf_fill(out, 0, 24);
	add_random(s, out, size);
}

/* A DOS stub and the head of a PE image. */
static void
exe_file(struct scene *s, struct buf *out, size_t size)
{
	buf_str(out, "MZ\x90");
	buf_fill(out, 0, 57);
	buf_u32le(out, 128);
	buf_str(out, "This is no program of any use.\r\r\n$");
	buf_fill(out, 0, 128 - out->len);
	buf_str(out, "PE");
	buf_u16le(out, 0);
	buf_u16le(out, 0x14c);
	buf_u16le(out, 3);
	buf_u32le(out, 0x3a9f0000);
	buf_fill(out, 0, 8);
	buf_u16le(out, 224);
	buf_u16le(out, 0x10f);
	buf_u16le(out, 0x10b);
	add_random(s, out, size);
}

struct buf *
file_bytes(struct scene *s, const char *kind, size_t size)
{
	struct buf *out = pool_buf(&s->pool);

	if (!strcmp(kind, "doc"))
		compound_file(s, out, "WordDocument", size);
	else if (!strcmp(kind, "xls"))
		compound_file(s, out, "Workbook", size);
	else if (!strcmp(kind, "zip"))
		zip_file(s, out, size);
	else if (!strcmp(kind, "jpg"))
		jpg_file(s, out, size);
	else if (!strcmp(kind, "gif"))
		gif_file(s, out, size);
	else if (!strcmp(kind, "pdf"))
		pdf_file(s, out, size);
	else if (!strcmp(kind, "bmp"))
		bmp_file(s, out, size);
	else if (!strcmp(kind, "exe"))
		exe_file(s, out, size);
	else
		buf_cat(out, text_body(s, size, 72));
	return out;
}
