/*
 * complete.c - attached files that stop before their end.
 *
 * The formats tell their own length or have an end mark. What follows the end is not looked at:
 * padding and trailing bytes are common and harm nobody.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "complete.h"

#include <string.h>

#include "body.h"
#include "parser.h"

struct format {
	enum cut_file kind;
	size_t offset; /* of the bytes in the file */
	size_t len;
	const char *bytes;
	bool (*is_cut)(struct slice data, size_t *at);
};

#define FORMAT(kind, offset, bytes, is_cut)                                                        \
	{                                                                                          \
		CUT_##kind, offset, sizeof(bytes) - 1, bytes, is_cut                               \
	}

/* clang-format off */
static const struct format formats[] = {
	FORMAT(ZIP, 0, "PK\x03\x04", zip_is_cut),
	FORMAT(JPEG, 0, "\xff\xd8\xff", jpeg_is_cut),
	FORMAT(PNG, 0, "\x89PNG\r\n\x1a\n", png_is_cut),
	FORMAT(GIF, 0, "GIF87a", gif_is_cut),
	FORMAT(GIF, 0, "GIF89a", gif_is_cut),
	FORMAT(PDF, 0, "%PDF-", pdf_is_cut),
	FORMAT(OLE, 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ole_is_cut),
	FORMAT(GZIP, 0, "\x1f\x8b\x08", gzip_is_cut),
	FORMAT(MIDI, 0, "MThd\x00\x00\x00\x06", midi_is_cut),
	FORMAT(RIFF, 8, "WAVEfmt ", riff_is_cut),
	FORMAT(RIFF, 8, "AVI LIST", riff_is_cut),
	FORMAT(RIFF, 8, "RMIDdata", riff_is_cut),
	FORMAT(AIFF, 8, "AIFF", aiff_is_cut),
	FORMAT(AIFF, 8, "AIFC", aiff_is_cut),
};
/* clang-format on */

static bool
is_of(const struct format *format, struct slice data)
{
	return data.len >= format->offset + format->len &&
	       memcmp(data.data + format->offset, format->bytes, format->len) == 0;
}

static void
check_leaf(struct message *msg, struct arena *arena, int part)
{
	struct slice data = msg->parts[part].decoded;

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		size_t at = 0;

		if (!is_of(&formats[i], data))
			continue;
		if (formats[i].is_cut(data, &at))
			body_fact(
			    msg, arena, FACT_FILE_CUT, part, at, data.len - at, formats[i].kind);
		return;
	}
}

/* Of a message that we read only the head of, the last part is cut by us. */
static void
parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts && !msg->partial; i++)
		if (msg->parts[i].kind == PART_LEAF)
			check_leaf(msg, arena, (int)i);
}

const struct parser parser_complete = { "complete", NULL, parse };
