/*
 * fuzz_tear.c - libFuzzer target: sectors of another file in the middle of a message.
 *
 * The first byte of the input chooses how many sectors of text stand before the rest of it.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

#include <string.h>

#define LINE "The quick brown fox jumps over the lazy dog, which is what such lines say.\r\n"
#define SECTORS 4u

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_tear,
	NULL };

/* "Subject: a", an empty line and text up to the end of a sector. */
static void
fill_head(char *head, size_t len)
{
	static const char top[] = "Subject: a\r\n\r\n";

	for (size_t i = 0; i < len; i++)
		head[i] = LINE[i % (sizeof LINE - 1)];
	memcpy(head, top, sizeof top - 1);
	head[len] = '\0';
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char head[SECTORS * 512 + 1];

	if (size == 0)
		return -1;
	fill_head(head, 512 * (1 + data[0] % SECTORS));
	subject_try("", slice_of(data + 1, size - 1), "", parsers);
	subject_try(head, slice_of(data + 1, size - 1), LINE, parsers);
	return 0;
}
