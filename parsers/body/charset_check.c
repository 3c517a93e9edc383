/*
 * charset_check.c - strict checks of text by the structure of its charset.
 *
 * What is checked is the form of each character (lead and trail bytes), not whether a code point is
 * assigned: that differs between vendors and decades and stops nobody.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

#include "bytes.h"

#define INVALID 0 /* a step that finds no character */
#define CUT (-1)  /* a step that runs out of bytes inside one */

static bool
within(unsigned char byte, unsigned char low, unsigned char high)
{
	return byte >= low && byte <= high;
}

/* Length of the two-byte character at p whose trail has been judged. */
static int
pair(size_t left, bool trail_fits)
{
	if (left < 2)
		return CUT;
	return trail_fits ? 2 : INVALID;
}

static int
step_sjis(const unsigned char *p, size_t left)
{
	/* Windows maps the single bytes 80, A0 and FD..FF too. */
	if (*p == 0x80 || within(*p, 0xa0, 0xdf) || *p >= 0xfd)
		return 1;
	return pair(left, left > 1 && (within(p[1], 0x40, 0x7e) || within(p[1], 0x80, 0xfc)));
}

/* n bytes of 0xa1..0xfe from p[1] on, the shape of all EUC trails. */
static int
euc_trail(const unsigned char *p, size_t left, int n)
{
	for (int i = 1; i <= n; i++) {
		if ((size_t)i >= left)
			return CUT;
		if (!within(p[i], 0xa1, 0xfe))
			return INVALID;
	}
	return n + 1;
}

static int
step_euc_jp(const unsigned char *p, size_t left)
{
	if (*p == 0x8e)
		return pair(left, left > 1 && within(p[1], 0xa1, 0xdf));
	if (*p == 0x8f)
		return euc_trail(p, left, 2);
	return within(*p, 0xa1, 0xfe) ? euc_trail(p, left, 1) : INVALID;
}

static int
step_euc_tw(const unsigned char *p, size_t left)
{
	if (*p == 0x8e)
		return euc_trail(p, left, 3);
	return within(*p, 0xa1, 0xfe) ? euc_trail(p, left, 1) : INVALID;
}

static int
step_euc_kr(const unsigned char *p, size_t left)
{
	if (*p == 0x80 || *p == 0xff)
		return INVALID;
	return pair(left, left > 1 && (within(p[1], 0x41, 0x5a) || within(p[1], 0x61, 0x7a) ||
					  within(p[1], 0x81, 0xfe)));
}

static int
step_johab(const unsigned char *p, size_t left)
{
	if (!within(*p, 0x84, 0xf9))
		return INVALID;
	return pair(left, left > 1 && (within(p[1], 0x31, 0x7e) || within(p[1], 0x81, 0xfe)));
}

static int
step_big5(const unsigned char *p, size_t left)
{
	if (*p == 0x80 || *p == 0xff)
		return INVALID;
	return pair(left, left > 1 && (within(p[1], 0x40, 0x7e) || within(p[1], 0xa1, 0xfe)));
}

static int
step_gbk(const unsigned char *p, size_t left)
{
	if (*p == 0x80) /* the euro sign of code page 936 */
		return 1;
	if (*p == 0xff)
		return INVALID;
	if (left < 2 || !byte_is_digit(p[1]))
		return pair(left, left > 1 && within(p[1], 0x40, 0xfe) && p[1] != 0x7f);
	/* GB18030 has characters of four bytes: 81..FE 30..39 81..FE 30..39. */
	if (left > 2 && !within(p[2], 0x81, 0xfe))
		return INVALID;
	if (left < 4)
		return CUT;
	return byte_is_digit(p[3]) ? 4 : INVALID;
}

/* RFC 3629: shortest forms only, no surrogates, nothing above U+10FFFF. */
static int
step_utf8(const unsigned char *p, size_t left)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t len = *p >= 0xf0 ? 4 : *p >= 0xe0 ? 3 : 2;

	if (!within(*p, 0xc2, 0xf4))
		return INVALID;
	if (*p == 0xe0)
		low = 0xa0;
	else if (*p == 0xed)
		high = 0x9f;
	else if (*p == 0xf0)
		low = 0x90;
	else if (*p == 0xf4)
		high = 0x8f;
	for (size_t i = 1; i < len; i++) {
		if (i >= left)
			return CUT;
		if (!within(p[i], low, high))
			return INVALID;
		low = 0x80;
		high = 0xbf;
	}
	return (int)len;
}

typedef int step_fn(const unsigned char *p, size_t left);

static step_fn *
step_of(enum charset_form form)
{
	switch (form) {
	case CHARSET_UTF8:
		return step_utf8;
	case CHARSET_SJIS:
		return step_sjis;
	case CHARSET_EUC_JP:
		return step_euc_jp;
	case CHARSET_EUC_KR:
		return step_euc_kr;
	case CHARSET_JOHAB:
		return step_johab;
	case CHARSET_BIG5:
		return step_big5;
	case CHARSET_EUC_TW:
		return step_euc_tw;
	case CHARSET_GBK:
		return step_gbk;
	default:
		return NULL;
	}
}

void
charset_spot(struct charset_check *check, size_t at)
{
	if (check->n_invalid++ == 0)
		check->first_invalid = at;
}

/* Charsets that are ASCII below 0x80 at the start of a character. */
static void
validate_stepped(step_fn *step, struct slice text, struct charset_check *check)
{
	for (size_t i = 0; i < text.len;) {
		int len;

		if (text.data[i] < 0x80) {
			i = bytes_find_odd(text, i, BYTES_HIGH); /* SLICE_NONE ends the loop */
			continue;
		}
		len = step(text.data + i, text.len - i);
		if (len == CUT) {
			check->cut = true;
			check->cut_at = i;
			return;
		}
		if (len == INVALID) {
			charset_spot(check, i);
			len = 1;
		}
		i += (size_t)len;
	}
}

struct charset_check
charset_validate(const struct charset *charset, struct slice text)
{
	struct charset_check check = { 0 };
	step_fn *step = step_of(charset->form);

	if (step)
		validate_stepped(step, text, &check);
	else if (charset->form == CHARSET_HZ || charset_is_iso2022(charset))
		charset_validate_shifted(charset->form, text, &check);
	else if (charset->form == CHARSET_SINGLE)
		charset_validate_single(charset, text, &check);
	else if (charset->form == CHARSET_UTF7)
		charset_validate_utf7(text, &check);
	else if (charset->form == CHARSET_ICONV)
		charset_validate_converting(charset, text, &check);
	return check;
}
