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

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_charset,
	NULL };

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
	char head[128];

	if (size == 0 || !charset_warm())
		return -1;
	charset = &table[data[0] % n_charsets];
	len = strcspn(charset->names + 1, " ");
	assert(charset_find(slice_of(charset->names + 1, len)) == charset);
	snprintf(head, sizeof head, "Content-Type: text/plain; charset=%.*s\r\n\r\n", (int)len,
	    charset->names + 1);
	subject_try(head, text, "", parsers);
	check_validation(charset, text);
	check_conversion(charset, text);
	return 0;
}
