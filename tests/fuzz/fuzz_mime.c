/*
 * fuzz_mime.c - libFuzzer target: GMime behind its gate, beside our own splitter.
 *
 * Of lawful messages both must see the same parts.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"
#include "lawful.h"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_mime, NULL };

static void
try_lawful(struct slice choices)
{
	struct subject subject;
	struct lawful lawful;

	lawful_write(&lawful, choices, "\r\n");
	subject_open(&subject, "", slice_of(lawful.text->data, lawful.text->len), "", parsers);
	assert(subject_met(&subject, FACT_GMIME_NULL, FACT_GMIME_EXTENT) == 0);
	subject_close(&subject);
	lawful_free(&lawful);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	subject_try("", slice_of(data, size), "", parsers);
	try_lawful(slice_of(data, size));
	return 0;
}
