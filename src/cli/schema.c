/* schema.c - the JSON Schema of what imcscan writes as JSON. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/schema.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* One string a line; the Makefile writes the file from src/dist/imcscan.schema.json. */
static const char *const lines[] = {
#include "schema.inc"
};

void
schema_print(void)
{
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		puts(lines[i]);
}

struct place {
	size_t line, column;
};

/* For json_load_callback(): the rest of the line that comes next, or its newline. */
static size_t
next_piece(void *buffer, size_t size, void *state)
{
	struct place *at = state;
	const char *text;
	size_t len;

	if (at->line == sizeof lines / sizeof lines[0])
		return 0;
	text = lines[at->line] + at->column;
	len = strlen(text);
	if (len > size)
		len = size;
	if (len == 0) {
		*(char *)buffer = '\n';
		*at = (struct place){ at->line + 1, 0 };
		return 1;
	}
	memcpy(buffer, text, len);
	at->column += len;
	return len;
}

json_t *
schema_read(void)
{
	struct place at = { 0, 0 };

	return json_load_callback(next_piece, &at, 0, NULL);
}
