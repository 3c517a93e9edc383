/* fuzz_asn1.c - libFuzzer target: the outermost element of PKCS #7 data. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"
#include "mkspool/encode.h"

#define HEAD "Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_asn1,
	NULL };

static bool
is_damaged(struct pool *pool, const struct buf *data)
{
	struct buf *base64 = pool_buf(pool);
	struct subject subject;
	bool damaged;

	encode_base64(base64, data->data, data->len, 76);
	subject_open(&subject, HEAD, slice_of(base64->data, base64->len), "", parsers);
	damaged = subject_met(&subject, FACT_ASN1_FORM, FACT_ASN1_FORM) > 0;
	subject_close(&subject);
	return damaged;
}

/* What follows the element changes nothing about it. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pool pool = { NULL };
	struct buf *element = pool_buf(&pool);
	bool damaged;

	buf_add(element, data, size);
	damaged = is_damaged(&pool, element);
	buf_add(element, "\r\n", 2);
	assert(damaged || !is_damaged(&pool, element));
	pool_clear(&pool);
	return 0;
}
