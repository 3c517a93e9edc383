/*
 * fuzz_charset.c - libFuzzer target: text in every charset that we know.
 *
 * The first byte of the input chooses the charset, the rest is the text.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <string.h>

#include "harness.h"

#include "../../parsers/body/charset.h"

static const char *const encodings[] = { "", "Content-Transfer-Encoding: base64\n",
	"Content-Transfer-Encoding: quoted-printable\n" };
static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_charset,
	NULL };

/* Bytes that stand for themselves in UTF-7 for the C library too. */
static bool
is_direct(unsigned char byte)
{
	return byte == '\t' || byte == '\n' || byte == '\r' ||
	       (byte >= 0x20 && byte < 0x7f && byte != '\\' && byte != '~');
}

/* What our own check of UTF-7 passes, the C library passes too. */
static void
check_utf7(const struct charset *charset, struct slice text)
{
	struct charset_check check = { 0 };

	for (size_t i = 0; i < text.len; i++)
		if (!is_direct(text.data[i]))
			return;
	charset_validate_converting(charset, text, &check);
	assert(check.n_invalid == 0);
}

/* Places of what is wrong lie in the text; ASCII is right in each charset that knows no shifts. */
static void
check_validation(const struct charset *charset, struct slice text)
{
	struct charset_check check = charset_validate(charset, text);

	assert(check.n_invalid == 0 || check.first_invalid < text.len);
	assert(!check.cut || check.cut_at < text.len);
	assert(!check.only_shifted || check.cut);
	assert(check.n_bad_escapes == 0 || check.first_bad_escape < text.len);
	assert(check.n_invalid <= text.len && check.n_bad_escapes <= text.len);
	assert(check.n_undesignated == 0 || text.data[check.first_undesignated] == 0x0e);
	assert(check.n_open_lines == 0 || check.first_open_line < text.len);
	assert(check.n_bad_shifts == 0 || text.data[check.first_bad_shift] == '+');
	assert((check.n_bad_shifts == 0) == (check.shift_fault == 0));
	if (charset->form == CHARSET_UTF7 && check.n_bad_shifts == 0 && check.n_invalid == 0)
		check_utf7(charset, text);
	if (charset->form == CHARSET_UTF8)
		assert(is_utf8(text) == (check.n_invalid == 0 && !check.cut));
	if (charset->form == CHARSET_ANY)
		assert(check.n_invalid == 0 && !check.cut);
}

static void
check_conversion(const struct charset *charset, struct slice text)
{
	struct arena *arena = arena_new((size_t)64 << 20, NULL);
	struct slice shown = charset_to_utf8(arena, charset, text);

	assert(is_utf8(shown) && shown.len <= text.len * 4);
	arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t n_charsets, len;
	const struct charset *table = charset_table(&n_charsets), *charset;
	struct slice text = slice_of(data + 1, size - 1);
	char head[192];

	if (size == 0 || !charset_warm())
		return -1;
	charset = &table[data[0] % n_charsets];
	len = strcspn(charset->names + 1, " ");
	assert(charset_find(slice_of(charset->names + 1, len)) == charset);
	snprintf(head, sizeof head, "Content-Type: text/plain; charset=%.*s\r\n\r\n", (int)len,
	    charset->names + 1);
	subject_try(head, text, "", parsers);
	snprintf(head, sizeof head, "Content-Type: text/html; charset*=''%.*s\n%s\n", (int)len,
	    charset->names + 1, encodings[size % 3]);
	subject_try(head, text, "", parsers);
	subject_try("\n", text, "", parsers);
	check_validation(charset, text);
	check_conversion(charset, text);
	return 0;
}
