/*
 * charset_shift.c - strict checks of text in charsets with shift states.
 *
 * ISO-2022-JP (RFC 1468, 1554, JIS X 0212 and 0213, half-width kana), ISO-2022-KR (RFC 1557),
 * ISO-2022-CN (RFC 1922) and HZ (RFC 1843).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

#define ESC 0x1b
#define SO 0x0e
#define SI 0x0f
#define ESCAPE_MAX 3u /* bytes of the longest sequence, ESC left out */

/* One announced set: the bytes after ESC, and whether its characters have two bytes from then
 * on. */
struct escape {
	const char *bytes;
	enum charset_form form;
	enum { ESCAPE_SINGLE, ESCAPE_DOUBLE, ESCAPE_ANNOUNCE } effect;
};

static const struct escape escapes[] = {
	{ "(B", CHARSET_ISO2022_JP, ESCAPE_SINGLE },   /* ASCII */
	{ "(J", CHARSET_ISO2022_JP, ESCAPE_SINGLE },   /* JIS X 0201 Roman */
	{ "(H", CHARSET_ISO2022_JP, ESCAPE_SINGLE },   /* the same, a well-known slip */
	{ "(I", CHARSET_ISO2022_JP, ESCAPE_SINGLE },   /* JIS X 0201 Katakana */
	{ "$@", CHARSET_ISO2022_JP, ESCAPE_DOUBLE },   /* JIS C 6226-1978 */
	{ "$B", CHARSET_ISO2022_JP, ESCAPE_DOUBLE },   /* JIS X 0208 */
	{ "&@", CHARSET_ISO2022_JP, ESCAPE_ANNOUNCE }, /* JIS X 0208-1990 follows */
	{ "$(@", CHARSET_ISO2022_JP, ESCAPE_DOUBLE },
	{ "$(B", CHARSET_ISO2022_JP, ESCAPE_DOUBLE },
	{ "$(D", CHARSET_ISO2022_JP, ESCAPE_DOUBLE }, /* JIS X 0212 */
	{ "$A", CHARSET_ISO2022_JP, ESCAPE_DOUBLE },  /* GB 2312, in ISO-2022-JP-2 */
	{ "$(C", CHARSET_ISO2022_JP, ESCAPE_DOUBLE }, /* KS C 5601 */
	{ "$(O", CHARSET_ISO2022_JP, ESCAPE_DOUBLE }, /* JIS X 0213 plane 1 */
	{ "$(Q", CHARSET_ISO2022_JP, ESCAPE_DOUBLE },
	{ "$(P", CHARSET_ISO2022_JP, ESCAPE_DOUBLE },   /* JIS X 0213 plane 2 */
	{ ".A", CHARSET_ISO2022_JP, ESCAPE_ANNOUNCE },  /* ISO 8859-1 to G2 */
	{ ".F", CHARSET_ISO2022_JP, ESCAPE_ANNOUNCE },  /* ISO 8859-7 to G2 */
	{ "N", CHARSET_ISO2022_JP, ESCAPE_ANNOUNCE },   /* one character of G2 */
	{ "$)C", CHARSET_ISO2022_KR, ESCAPE_ANNOUNCE }, /* KS C 5601 to G1 */
	{ "$)A", CHARSET_ISO2022_CN, ESCAPE_ANNOUNCE }, /* GB 2312 */
	{ "$)G", CHARSET_ISO2022_CN, ESCAPE_ANNOUNCE }, /* CNS 11643 plane 1 */
	{ "$)E", CHARSET_ISO2022_CN, ESCAPE_ANNOUNCE }, /* ISO-IR-165 */
	{ "$*H", CHARSET_ISO2022_CN, ESCAPE_ANNOUNCE }, /* CNS 11643 plane 2 */
	{ "$+I", CHARSET_ISO2022_CN, ESCAPE_ANNOUNCE }, /* planes 3 to 7 */
	{ "$+J", CHARSET_ISO2022_CN, ESCAPE_ANNOUNCE },
	{ "$+K", CHARSET_ISO2022_CN, ESCAPE_ANNOUNCE },
	{ "$+L", CHARSET_ISO2022_CN, ESCAPE_ANNOUNCE },
	{ "$+M", CHARSET_ISO2022_CN, ESCAPE_ANNOUNCE },
	{ "N", CHARSET_ISO2022_CN, ESCAPE_ANNOUNCE }, /* one character of G2 or G3 */
	{ "O", CHARSET_ISO2022_CN, ESCAPE_ANNOUNCE },
};

struct shift {
	enum charset_form form;
	struct slice text;
	bool is_double;  /* characters have two bytes */
	bool designated; /* a set for SO was named */
	bool half;       /* the text ends after the first byte of one, or inside an escape */
	size_t since;    /* offset of the shift that made it so */
	struct charset_check *check;
};

static void
set_double(struct shift *shift, bool is_double, size_t at)
{
	shift->is_double = is_double;
	shift->since = at;
}

/* Whether bytes run out inside a sequence: then the text is cut, the escape not wrong. */
static bool
is_cut_escape(const struct shift *shift, struct slice rest)
{
	for (size_t i = 0; i < sizeof escapes / sizeof escapes[0] && rest.len < ESCAPE_MAX; i++) {
		struct slice bytes = slice_str(escapes[i].bytes);

		if (escapes[i].form == shift->form && rest.len < bytes.len &&
		    slice_same(slice_cut(bytes, 0, rest.len), rest))
			return true;
	}
	return false;
}

/* Read the sequence at the ESC; returns the offset to go on from. */
static size_t
take_escape(struct shift *shift, size_t at)
{
	struct slice rest = slice_from(shift->text, at + 1);
	struct charset_check *check = shift->check;

	for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
		if (escapes[i].form != shift->form || rest.len == 0 ||
		    rest.data[0] != (unsigned char)escapes[i].bytes[0] ||
		    !slice_starts(rest, escapes[i].bytes))
			continue;
		shift->designated |= slice_starts(rest, "$");
		if (escapes[i].effect != ESCAPE_ANNOUNCE)
			set_double(shift, escapes[i].effect == ESCAPE_DOUBLE, at);
		return at + 1 + slice_str(escapes[i].bytes).len;
	}
	if (is_cut_escape(shift, rest)) {
		set_double(shift, true, at);
		shift->half = true;
		return shift->text.len;
	}
	if (check->n_bad_escapes++ == 0)
		check->first_bad_escape = at;
	return at + 1;
}

/* A character of two bytes, 0x21..0x7e each. */
static size_t
take_pair(struct shift *shift, size_t at)
{
	unsigned char lead = shift->text.data[at];

	if (lead <= 0x20 || lead >= 0x7f) {
		/* Blanks between characters are everywhere in mail, other bytes are not. */
		if (!byte_is_space(lead))
			charset_spot(shift->check, at);
		return at + 1;
	}
	if (at + 1 == shift->text.len) {
		shift->half = true;
		return at + 1;
	}
	if (shift->text.data[at + 1] <= 0x20 || shift->text.data[at + 1] >= 0x7f) {
		charset_spot(shift->check, at);
		return at + 1;
	}
	return at + 2;
}

/* RFC 1557 and RFC 1922: the set is designated before the first SO that needs it. In ISO-2022-JP
 * the two switch single-byte kana, as Windows does it. */
static void
take_shift(struct shift *shift, size_t at)
{
	bool is_out = shift->text.data[at] == SO;

	if (shift->form == CHARSET_ISO2022_JP)
		return;
	if (is_out && !shift->designated && shift->check->n_undesignated++ == 0)
		shift->check->first_undesignated = at;
	set_double(shift, is_out, at);
}

/* RFC 1468, 1557, 1843 and 1922: a line begins in ASCII, whatever came before. */
static void
take_line_end(struct shift *shift)
{
	struct charset_check *check = shift->check;

	if (shift->is_double && check->n_open_lines++ == 0)
		check->first_open_line = shift->since;
	shift->is_double = false;
}

static size_t
take_tilde(struct shift *shift, size_t at)
{
	unsigned char next = at + 1 < shift->text.len ? shift->text.data[at + 1] : 0;

	if (next == '{' || next == '}') {
		set_double(shift, next == '{', at);
		return at + 2;
	}
	return next == '~' || next == '\n' ? at + 2 : at + 1;
}

static size_t
take(struct shift *shift, size_t at)
{
	unsigned char byte = shift->text.data[at];

	if (shift->form == CHARSET_HZ) {
		if (byte == '~')
			return take_tilde(shift, at);
	} else if (byte == ESC) {
		return take_escape(shift, at);
	} else if (byte == SO || byte == SI) {
		take_shift(shift, at);
		return at + 1;
	}
	if (byte == '\n')
		take_line_end(shift);
	if (shift->is_double)
		return take_pair(shift, at);
	if (byte >= 0x80)
		charset_spot(shift->check, at);
	return at + 1;
}

void
charset_validate_shifted(enum charset_form form, struct slice text, struct charset_check *check)
{
	struct shift shift = { .form = form, .text = text, .check = check };

	for (size_t at = 0; at < text.len;)
		at = take(&shift, at);
	check->cut = shift.is_double;
	check->only_shifted = shift.is_double && !shift.half;
	check->cut_at = shift.since;
}
