/* fuzz_complete.c - libFuzzer target: files of known formats, whole or cut short. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"
#include "mkspool/encode.h"

#define HEAD "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_complete,
	NULL };

static bool
is_cut(struct pool *pool, const struct buf *data)
{
	struct buf *base64 = pool_buf(pool);
	struct subject subject;
	bool cut;

	encode_base64(base64, data->data, data->len, 76);
	subject_open(&subject, HEAD, slice_of(base64->data, base64->len), "", parsers);
	cut = subject_met(&subject, FACT_FILE_CUT, FACT_FILE_CUT) > 0;
	subject_close(&subject);
	return cut;
}

/* Bytes behind the end of a whole file do not make it a cut one. An OLE2 file may name sectors that
 * are never looked at because there are not so many. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char padding[40] = { 0 };
	struct pool pool = { NULL };
	struct buf *file = pool_buf(&pool);
	bool cut;

	buf_add(file, data, size);
	cut = is_cut(&pool, file);
	buf_add(file, padding, sizeof padding);
	assert(cut || (size > 0 && data[0] == 0xd0) || !is_cut(&pool, file));
	pool_clear(&pool);
	return 0;
}
