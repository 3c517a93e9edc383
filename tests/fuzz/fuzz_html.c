/* fuzz_html.c - libFuzzer target: URLs in HTML and in plain text. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"
#include "mkspool/encode.h"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_html,
	NULL };

static uint64_t
urls_of(const char *head, struct slice body)
{
	struct subject subject;
	uint64_t count;

	subject_open(&subject, head, body, "", parsers);
	count = subject_met(&subject, FACT_URL_LONG, FACT_URL_LONG);
	subject_close(&subject);
	return count;
}

/* Base64 hides no URL. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pool pool = { NULL };
	struct buf *base64 = pool_buf(&pool);

	encode_base64(base64, data, size, 76);
	assert(urls_of("Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n",
		   slice_of(base64->data, base64->len)) >=
	       urls_of("Content-Type: text/html\r\n\r\n", slice_of(data, size)));
	subject_try("Content-Type: text/plain\r\n\r\n", slice_of(data, size), "", parsers);
	pool_clear(&pool);
	return 0;
}
