/*
 * charset.h - the charsets we know, strict checks of text in them, conversion to UTF-8.
 *
 * For parsers of text and of encoded words. Checks look at the structure of the bytes, by the
 * widest set in use under a name (shift_jis as CP932, gb2312 as GB18030, euc-kr as CP949, big5
 * with every vendor's rows), so that extensions of honest mailers pass. Code: charset*.c beside
 * it.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CHARSET_H
#define IMC_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "message.h"
#include "slice.h"

/* How text in a charset is put together. */
enum charset_form {
	CHARSET_ANY,    /* every byte sequence passes, or we cannot tell */
	CHARSET_ASCII,  /* 7 bits; 8-bit bytes are the business of the transfer parser */
	CHARSET_SINGLE, /* one byte a character, some may be unassigned */
	CHARSET_UTF8,
	CHARSET_SJIS,
	CHARSET_EUC_JP,
	CHARSET_EUC_KR,
	CHARSET_JOHAB,
	CHARSET_BIG5,
	CHARSET_EUC_TW,
	CHARSET_GBK,
	CHARSET_HZ,
	CHARSET_ISO2022_JP,
	CHARSET_ISO2022_KR,
	CHARSET_ISO2022_CN,
	CHARSET_ICONV, /* checked by converting */
	CHARSET_UTF7
};

struct charset {
	const char *iconv; /* name for iconv, "" when no converter is known */
	enum charset_form form;
	const char *names; /* lower-case letters and digits only, each between blanks */
};

/* All offsets and counts are bytes of the checked text. */
struct charset_check {
	size_t n_invalid;     /* spots; after each the check goes on with the next byte */
	size_t first_invalid; /* when n_invalid > 0 */
	bool cut;             /* ends inside a character or in a shifted state */
	bool only_shifted;    /* … the latter, with all its characters whole */
	size_t cut_at;        /* first byte of that character or of the last shift */
	size_t n_bad_escapes; /* ISO-2022: ESC that starts no sequence of the charset */
	size_t first_bad_escape;
	size_t n_undesignated; /* SO with no set designated before it */
	size_t first_undesignated;
	size_t n_open_lines; /* lines that end shifted */
	size_t first_open_line;
	size_t n_bad_shifts; /* UTF-7 */
	size_t first_bad_shift;
	enum utf7_fault shift_fault; /* of the first */
};

/* The table, for warming up and for tests. */
const struct charset *charset_table(size_t *count);

/* The charset of that name, case and punctuation ignored; NULL when unknown. */
const struct charset *charset_find(struct slice name);

/* Whether it is one of the double-byte charsets that Q282796 is about, ISO-2022 and HZ among
 * them. */
bool charset_is_dbcs(const struct charset *charset);
bool charset_is_iso2022(const struct charset *charset);

/* Check text; linear in its length. */
struct charset_check charset_validate(const struct charset *charset, struct slice text);

/* Count an invalid spot at that offset. For the checks alone. */
void charset_spot(struct charset_check *check, size_t at);

/* What charset_validate() calls: ISO-2022 and HZ (charset_shift.c), single-byte charsets, and
 * those that only iconv knows (charset_convert.c). Without a converter the last two pass
 * everything. */
void charset_validate_shifted(
    enum charset_form form, struct slice text, struct charset_check *check);
void charset_validate_utf7(struct slice text, struct charset_check *check); /* charset_utf7.c */
void charset_validate_single(
    const struct charset *charset, struct slice text, struct charset_check *check);
void charset_validate_converting(
    const struct charset *charset, struct slice text, struct charset_check *check);

/* The charset parameter's value in the file, or the whole parameter where RFC 2231 codes it. */
struct slice charset_label_place(const struct message *msg, int part);

/* What the text of a leaf says about its label; charset NULL: none is declared. charset_label.c and
 * charset_html.c. */
void charset_check_label(
    struct message *msg, struct arena *arena, int part, const struct charset *charset);
void charset_check_meta(
    struct message *msg, struct arena *arena, int part, const struct charset *charset);

/* Words of letters from several alphabets. charset_alphabets.c. */
void charset_check_alphabets(
    struct message *msg, struct arena *arena, int part, const struct charset *charset);

/* Open every converter, and keep it open for the life of the process: inside the sandbox none
 * can be loaded. False when the C library cannot even convert UTF-8. A second call does
 * nothing. */
bool charset_warm(void);

/* Text as UTF-8 in the arena, U+FFFD for what cannot be converted. Without a converter the ASCII
 * bytes stay and the others become U+FFFD. At most four bytes come out for each that goes in. */
struct slice charset_to_utf8(struct arena *arena, const struct charset *charset, struct slice text);

#endif
