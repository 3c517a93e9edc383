/* fuzz_date.c - libFuzzer target: dates, and what they are made of. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

#include "../../parsers/mail/date.h"

/* Tokens stand one behind the other and end with the text. */
static void
check_tokens(struct slice text)
{
	struct date_lexer lexer = { .text = text };
	size_t behind = 0;

	for (struct slice token; (token = date_token(&lexer)).len > 0;) {
		size_t at = slice_index(text, token);

		assert(at != SLICE_NONE && at >= behind);
		behind = at + token.len;
		assert(lexer.pos == behind && date_zone(token) >= -1);
	}
	assert(lexer.pos == text.len);
	for (size_t i = 0; i < text.len && i < 64; i++)
		assert(date_skip_comment(text, i) <= text.len);
	(void)date_is_in(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_date, NULL };
	struct slice date = slice_of(data, size);

	check_tokens(date);
	subject_try("Date: ", date, "\r\n\r\n", parsers);
	subject_try("Resent-Date: ", date, "", parsers);
	subject_try("Received: from a (", date,
	    "; "
	    "Mon, 1 Jan 2001 00:00:00 +0000\r\n\r\n",
	    parsers);
	subject_try("Received: from a by b; ", date, "\r\n\r\n", parsers);
	return 0;
}
