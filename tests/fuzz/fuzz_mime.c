/*
 * fuzz_mime.c - libFuzzer target: GMime behind its gate, beside our own splitter.
 *
 * Of lawful messages both must see the same parts, types, encodings, file names and boundaries, and
 * those that were written.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"
#include "lawful.h"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_mime, NULL };

static void
check_leaf(const struct part *part, const struct lawful_part *written)
{
	const struct slice type = slice_str(written->type);
	const size_t slash = slice_find(type, 0, '/');

	assert(part->encoding == written->encoding);
	assert(part->has_file_name == (written->name != NULL));
	if (part->type.field < 0) {
		assert(slice_eq(type, "text/plain"));
		return;
	}
	assert(slice_same_nocase(part->type.type, slice_cut(type, 0, slash)));
	assert(slice_same_nocase(part->type.subtype, slice_from(type, slash + 1)));
}

static void
check_leaves(const struct message *msg, const struct lawful *lawful)
{
	assert(msg->n_parts == (size_t)lawful->n_parts);
	for (int i = 0; i < lawful->n_parts; i++)
		if (lawful->parts[i].kind == PART_LEAF)
			check_leaf(&msg->parts[i], &lawful->parts[i]);
}

static void
try_lawful(struct slice choices)
{
	struct subject subject;
	struct lawful lawful;

	lawful_write(&lawful, choices, "\r\n");
	subject_open(&subject, "", slice_of(lawful.text->data, lawful.text->len), "", parsers);
	assert(subject_met(&subject, FACT_GMIME_NULL, FACT_GMIME_DIFFERS) == 0);
	check_leaves(&subject.msg, &lawful);
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
