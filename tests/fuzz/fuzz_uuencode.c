/* fuzz_uuencode.c - libFuzzer target: uuencoded blocks in text and in parts of their own. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"
#include "mkspool/encode.h"

#define UUENCODE "Content-Transfer-Encoding: x-uuencode\r\n\r\n"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_uuencode,
	&parser_tnef, NULL };

/* What was encoded comes back as it was. */
static void
try_round_trip(struct slice data, char zero)
{
	struct pool pool = { NULL };
	struct buf *encoded = pool_buf(&pool);
	struct subject subject;

	encode_uu(encoded, "a.dat", data.data, data.len, zero);
	subject_open(&subject, UUENCODE, slice_of(encoded->data, encoded->len), "", parsers);
	assert(slice_same(subject_decoded(&subject), data));
	assert(subject_met(&subject, FACT_UU_NO_END, FACT_UU_EMPTY_NAME) == 0);
	assert(subject_met(&subject, FACT_UU_BEGIN, FACT_UU_BEGIN) == 1);
	assert(subject_met(&subject, FACT_UU_NO_ZERO_LINE, FACT_UU_NO_ZERO_LINE) == 0);
	for (size_t pos = 0; pos < data.len; pos++) {
		uint64_t at = part_file_offset(&subject.msg, &subject.msg.parts[0], pos);

		/* The symbol of a byte holds its high bits at least. */
		assert(at < subject.msg.file.len);
		assert(pos % 3 > 0 ||
		       ((subject.msg.file.data[at] - 0x20) & 0x3f) == data.data[pos] >> 2);
	}
	subject_close(&subject);
	pool_clear(&pool);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_of(data, size);

	if (size == 0)
		return -1;
	subject_try("Subject: a\r\n\r\n", text, "", parsers);
	subject_try(UUENCODE, text, "", parsers);
	subject_try("Subject: a\r\n\r\nbegin 644 winmail.dat\r\n", text, "`\r\nend\r\n", parsers);
	try_round_trip(text, '`');
	try_round_trip(text, ' ');
	return 0;
}
