/* fuzz_conform.c - libFuzzer target: fields and bodies held against their standards. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_address, &parser_date,
	&parser_words, &parser_transfer, &parser_conform, NULL };

/* As a whole message, and as the value of the fields whose grammars are judged here. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const heads[] = { "", "Received: ", "Message-ID: ", "References: ",
		"MIME-Version: ", "Return-Path: ", "Content-MD5: ", "List-Post: " };

	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		subject_try(heads[i], slice_of(data, size), i ? "\r\n\r\ntext\r\n" : "", parsers);
	return 0;
}
