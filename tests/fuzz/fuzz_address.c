/* fuzz_address.c - libFuzzer target: address fields, and paths of the envelope. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_address, NULL };

static void
try_list(const char *head, struct slice list)
{
	struct subject subject;

	subject_open(&subject, head, list, "\r\n\r\ntext\r\n", parsers);
	for (size_t i = 1; i < subject.msg.n_addresses; i++) {
		const struct address *before = &subject.msg.addresses[i - 1];

		assert(before->field <= before[1].field);
		assert(before->field < before[1].field ||
		       before->whole.data + before->whole.len <= before[1].whole.data);
	}
	subject_close(&subject);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice list = slice_of(data, size);

	try_list("To: ", list);
	try_list("Sender: a@b.example\r\nFrom: ", list);
	try_list("x-sender: a@b.example\r\nx-receiver: ", list);
	return 0;
}
