/* output.c - a report in memory, and what must hold of it in each format. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "output.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"

void
output_open(struct output *output)
{
	*output = (struct output){ .text = NULL };
	output->file = open_memstream(&output->text, &output->len);
	assert(output->file);
}

/* A terminal acts upon control bytes: ESC, BEL, CSI (U+009B) and the like. */
static void
check_harmless(struct slice text)
{
	assert(is_utf8(text));
	for (size_t i = 0; i < text.len; i++) {
		const unsigned char byte = text.data[i];

		assert(byte == '\n' || byte == '\r' || byte == '\t' || byte >= 0x20);
		assert(byte != 0x7f);
		assert(byte != 0xc2 || text.data[i + 1] >= 0xa0);
	}
}

static void
check_json(struct slice text)
{
	json_error_t error;
	json_t *value = json_loadb(
	    (const char *)text.data, text.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);

	assert(value);
	json_decref(value);
}

static void
check_json_lines(struct slice text)
{
	for (size_t at = 0, end; at < text.len; at = end + 1) {
		end = slice_find(text, at, '\n');
		assert(end < text.len);
		check_json(slice_cut(text, at, end - at));
	}
}

static void
check_xml(struct slice text)
{
	xmlDoc *doc = xmlReadMemory((const char *)text.data, (int)text.len, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	assert(doc);
	xmlFreeDoc(doc);
}

void
output_check(struct output *output, const char *format)
{
	struct slice text;

	assert(fclose(output->file) == 0);
	text = slice_of(output->text, output->len);
	check_harmless(text);
	if (strcmp(format, "jsonl") == 0)
		check_json_lines(text);
	else if (strcmp(format, "sarif") == 0)
		check_json(text);
	else if (strcmp(format, "dfxml") == 0 || strcmp(format, "junit") == 0)
		check_xml(text);
	free(output->text);
}
