/* fuzz_binhex.c - libFuzzer target: BinHex 4.0 in text and in parts of its own. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"
#include "mkspool/encode.h"

#define LABELLED "Content-Type: application/mac-binhex40\r\n\r\n"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_binhex,
	NULL };

/* A lawful file meets no complaint, and one with a changed byte of its data does. */
static void
try_lawful(struct slice data)
{
	struct pool pool = { NULL };
	struct buf *encoded = pool_buf(&pool);
	struct subject subject;

	encode_binhex(encoded, "a.dat", data.data, data.len);
	subject_open(&subject, LABELLED, slice_of(encoded->data, encoded->len), "", parsers);
	assert(subject_met(&subject, FACT_BINHEX_NO_PROLOG, FACT_BINHEX_NAME) == 0);
	subject_close(&subject);
	pool_clear(&pool);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_of(data, size);

	subject_try("Subject: a\r\n\r\n", text, "", parsers);
	subject_try(LABELLED, text, "", parsers);
	subject_try("Content-Transfer-Encoding: x-binhex40\r\n\r\n:", text, ":\r\n", parsers);
	try_lawful(text);
	return 0;
}
