/*
 * signatures.c - what a file is by its first bytes: our own table.
 *
 * It decides before libmagic does: its verdict costs less than a microsecond, is the same with
 * every version of that library, and rows under four bytes, which random data can meet, are marked
 * as weak.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "body.h"
#include "bytes.h"
#include "cursor.h"

#define TEXT_HEAD 4096u

struct signature {
	enum filetype type;
	unsigned char offset;
	unsigned char len;
	const char *bytes;
};

#define SIG(type, offset, bytes)                                                                   \
	{                                                                                          \
		FILETYPE_##type, offset, sizeof(bytes) - 1, bytes                                  \
	}

/* clang-format off */
static const struct signature signatures[] = {
	SIG(EXE, 0, "\x7f" "ELF"),
	SIG(EXE, 0, "\xca\xfe\xba\xbe\x00\x00\x00"),
	SIG(EXE, 0, "\xfe\xed\xfa\xce"),
	SIG(EXE, 0, "\xce\xfa\xed\xfe"),
	SIG(EXE, 0, "\xcf\xfa\xed\xfe"),
	SIG(OLE, 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
	SIG(ZIP, 0, "PK\x03\x04"),
	SIG(ZIP, 0, "PK\x05\x06\x00\x00"),
	SIG(ZIP, 0, "PK00PK\x03\x04"),
	SIG(PDF, 0, "%PDF-"),
	SIG(PS, 0, "%!PS"),
	SIG(PS, 0, "\x04%!PS"),
	SIG(PS, 0, "\xc5\xd0\xd3\xc6"),
	SIG(PS, 0, "\x1b%-12345X"),
	SIG(RTF, 0, "{\\rtf"),
	SIG(GIF, 0, "GIF87a"),
	SIG(GIF, 0, "GIF89a"),
	SIG(JPEG, 0, "\xff\xd8\xff\xe0"),
	SIG(JPEG, 0, "\xff\xd8\xff\xe1"),
	SIG(JPEG, 0, "\xff\xd8\xff\xdb"),
	SIG(JPEG, 0, "\xff\xd8\xff\xee"),
	SIG(JPEG, 0, "\xff\xd8\xff"),
	SIG(PNG, 0, "\x89PNG\r\n\x1a\n"),
	SIG(TNEF, 0, "\x78\x9f\x3e\x22"),
	SIG(BINHEX, 0, "(This file must be converted with BinHex"),
	SIG(APPLE, 0, "\x00\x05\x16\x00"),
	SIG(APPLE, 0, "\x00\x05\x16\x07"),
	SIG(AUDIO, 8, "WAVEfmt"),
	SIG(AUDIO, 0, ".snd\x00\x00"),
	SIG(AUDIO, 0, "MThd\x00\x00\x00\x06"),
	SIG(AUDIO, 0, "ID3\x02"),
	SIG(AUDIO, 0, "ID3\x03"),
	SIG(AUDIO, 0, "ID3\x04"),
	SIG(AUDIO, 8, "AIFF"),
	SIG(AUDIO, 8, "AIFC"),
	SIG(AUDIO, 0, "OggS\x00\x02"),
	SIG(AUDIO, 0, "fLaC\x00\x00\x00"),
	SIG(AUDIO, 0, "#!AMR\n"),
	SIG(VIDEO, 8, "AVI LIST"),
	SIG(VIDEO, 0, "\x00\x00\x01\xba"),
	SIG(VIDEO, 0, "\x00\x00\x01\xb3"),
	SIG(VIDEO, 4, "moov"),
	SIG(VIDEO, 4, "mdat"),
	SIG(VIDEO, 4, "ftyp"),
	SIG(VIDEO, 0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
	SIG(VIDEO, 0, "\x1a\x45\xdf\xa3"),
	SIG(VIDEO, 0, ".RMF\x00\x00\x00"),
	SIG(ARCHIVE, 0, "\x1f\x8b\x08"),
	SIG(ARCHIVE, 0, "BZh"),
	SIG(ARCHIVE, 0, "Rar!\x1a\x07"),
	SIG(ARCHIVE, 0, "7z\xbc\xaf\x27\x1c"),
	SIG(ARCHIVE, 0, "MSCF\x00\x00\x00\x00"),
	SIG(ARCHIVE, 0, "\xfd" "7zXZ\x00"),
	SIG(ARCHIVE, 0, "\x60\xea"),
	SIG(ARCHIVE, 0, "\x1f\x9d"),
	SIG(ARCHIVE, 2, "-lh"),
	SIG(ARCHIVE, 0, "SIT!"),
	SIG(ARCHIVE, 0, "StuffIt (c)"),
	SIG(ARCHIVE, 0, "ZOO "),
	SIG(ARCHIVE, 0, "!<arch>\n"),
	SIG(OTHER, 0, "II*\x00"),     /* TIFF */
	SIG(OTHER, 0, "MM\x00*"),
	SIG(OTHER, 0, "\xd7\xcd\xc6\x9a"), /* WMF */
	SIG(OTHER, 0, "FWS"),
	SIG(OTHER, 0, "CWS"),
	SIG(OTHER, 0, "ITSF\x03\x00\x00\x00"),
	SIG(OTHER, 0, "!BDN"),        /* Outlook store */
	SIG(OTHER, 0, "\xff" "WPC"),  /* WordPerfect */
	SIG(OTHER, 0, "\xdb\xa5-\x00"), /* Word 2 */
	SIG(OTHER, 0, "\x09\x04\x06\x00"), /* Excel 4 */
	SIG(OTHER, 0, "SQLite format 3\x00"),
	SIG(OTHER, 0, "8BPS\x00\x01"),
};
/* clang-format on */

/* The DWORD at `at`, 0 past the end. */
static uint32_t
u32_at(struct slice s, size_t at)
{
	struct cursor cursor = cursor_at(s, at);

	return cursor_u32le(&cursor);
}

/* "MZ" alone also begins words: a DOS header has a sane size, or points at a newer one. */
static bool
is_dos_exe(struct slice head)
{
	uint32_t newer;

	if (head.len < 64 || (!slice_starts(head, "MZ") && !slice_starts(head, "ZM")))
		return false;
	newer = u32_at(head, 60);
	if (newer < head.len && (slice_starts(slice_from(head, newer), "PE") ||
				    slice_starts(slice_from(head, newer), "NE") ||
				    slice_starts(slice_from(head, newer), "LE")))
		return true;
	/* Bytes of the last page below 512, and a header of 2 to 256 paragraphs. */
	return (u32_at(head, 2) & 0xffff) < 512 && (u32_at(head, 8) & 0xffff) >= 2 &&
	       (u32_at(head, 8) & 0xffff) <= 256;
}

static bool
is_bmp(struct slice head)
{
	uint32_t header = u32_at(head, 14);

	return head.len >= 26 && slice_starts(head, "BM") && u32_at(head, 6) == 0 &&
	       (header == 12 || header == 40 || header == 64 || header == 108 || header == 124);
}

static bool
matches(const struct signature *signature, struct slice head)
{
	return signature->offset + (size_t)signature->len <= head.len &&
	       head.data[signature->offset] == (unsigned char)signature->bytes[0] &&
	       memcmp(head.data + signature->offset, signature->bytes, signature->len) == 0;
}

/* No control bytes but those of text, looked at in the first bytes only. UTF-16 counts by its
 * mark. */
static bool
is_text(struct slice head)
{
	size_t n_odd = 0;

	if (slice_starts(head, "\xff\xfe") || slice_starts(head, "\xfe\xff"))
		return true;
	head = slice_cut(head, 0, TEXT_HEAD);
	for (size_t i = bytes_find_odd(head, 0, BYTES_CONTROL); i != SLICE_NONE;
	     i = bytes_find_odd(head, i + 1, BYTES_CONTROL)) {
		unsigned char byte = head.data[i];

		if (byte == 0)
			return false;
		n_odd += byte != '\f' && byte != 0x1b && byte != '\b' && byte != 0x1a;
	}
	return n_odd * 50 <= head.len;
}

static bool
is_html(struct slice head)
{
	static const char *const starts[] = { "<html", "<!doctype html", "<head", "<body",
		"<script", "<meta " };

	head = slice_trim(slice_cut(head, 0, TEXT_HEAD));
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (slice_starts_nocase(head, starts[i]))
			return true;
	return false;
}

static bool
is_text_format(enum filetype type)
{
	return type == FILETYPE_PDF || type == FILETYPE_PS || type == FILETYPE_RTF ||
	       type == FILETYPE_BINHEX;
}

enum filetype
signature_of(struct slice head, bool *weak)
{
	*weak = false;
	if (head.len == 0)
		return FILETYPE_EMPTY;
	if (is_dos_exe(head))
		return FILETYPE_EXE;
	if (is_bmp(head))
		return FILETYPE_BMP;
	for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
		if (!matches(&signatures[i], head))
			continue;
		/* A word of prose can look like a signature: those of binary files want binary
		 * bytes. */
		if (!is_text_format(signatures[i].type) && is_text(head))
			break;
		*weak = signatures[i].len < 4;
		return signatures[i].type;
	}
	if (!is_text(head))
		return FILETYPE_UNKNOWN;
	return is_html(head) ? FILETYPE_HTML : FILETYPE_TEXT;
}
