/* fuzz_fields.c - libFuzzer target: header blocks and the unfolding of values. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

static const struct parser *const parsers[] = { FIRST_PARSERS, NULL };

/* Unfolding takes away line ends and outer blanks, nothing else, and does so at once. */
static void
check_unfolding(struct arena *arena, const struct field *field)
{
	struct slice again = fields_unfold(arena, field->text);
	size_t at = 0;

	assert(slice_same(slice_trim(field->text), field->text));
	assert(slice_find_str(field->text, 0, "\r\n") == SLICE_NONE || again.len < field->text.len);
	for (size_t i = 0; i < field->text.len; i++, at++)
		while (at < field->value.len && field->value.data[at] != field->text.data[i])
			assert(byte_is_space(field->value.data[at++]));
	for (; at < field->value.len; at++)
		assert(byte_is_space(field->value.data[at]));
}

static void
try_header(const char *head, struct slice block, const char *tail)
{
	struct subject subject;

	subject_open(&subject, head, block, tail, parsers);
	for (size_t i = 0; i < subject.msg.n_fields; i++)
		check_unfolding(subject.arena, &subject.msg.fields[i]);
	subject_close(&subject);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	try_header("", slice_of(data, size), "");
	try_header("From: a@b.example\r\n", slice_of(data, size), "\r\n\r\ntext\r\n");
	return 0;
}
