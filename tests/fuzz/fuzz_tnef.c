/* fuzz_tnef.c - libFuzzer target: TNEF streams, as they are, in base64 and uuencoded. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"
#include "mkspool/encode.h"

#define TYPE "Content-Type: application/ms-tnef; name=winmail.dat\r\n"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_uuencode,
	&parser_tnef, NULL };

/* How many TNEF facts the stream makes in this dress. */
static uint64_t
facts_of(const char *head, const struct buf *body)
{
	struct subject subject;
	uint64_t count;

	subject_open(&subject, head, slice_of(body->data, body->len), "", parsers);
	count = subject_met(&subject, FACT_TNEF_BAD_SIGNATURE, FACT_TNEF_NOT_MACBINARY);
	subject_close(&subject);
	return count;
}

/* The encoding changes nothing about what is found. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pool pool = { NULL };
	struct buf *base64 = pool_buf(&pool), *uu = pool_buf(&pool), *text = pool_buf(&pool);
	uint64_t n_base64;

	encode_base64(base64, data, size, 76);
	n_base64 = facts_of(TYPE "Content-Transfer-Encoding: base64\r\n\r\n", base64);
	encode_uu(uu, "winmail.dat", data, size, '`');
	assert(facts_of(TYPE "Content-Transfer-Encoding: x-uuencode\r\n\r\n", uu) == n_base64 ||
	       size == 0);
	encode_uu(text, "WINMAIL.DAT", data, size, '`');
	assert(facts_of("Subject: a\r\n\r\n", text) == n_base64 || size == 0);
	subject_try(
	    TYPE "Content-Transfer-Encoding: binary\r\n\r\n", slice_of(data, size), "", parsers);
	pool_clear(&pool);
	return 0;
}
