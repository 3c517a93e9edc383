/*
 * fuzz_split.c - libFuzzer target: the splitter, on any bytes and on lawful messages.
 *
 * The same bytes are a message, and the choices of a writer of lawful ones: of those each part must
 * be found where it was written.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"
#include "lawful.h"

static const struct parser *const parsers[] = { FIRST_PARSERS, NULL };

/* An empty span may stand on either side of a line end. */
static void
check_span(const struct message *msg, struct slice found, struct lawful_span written)
{
	assert(found.len == written.end - written.from);
	if (found.len > 0)
		assert(message_offset(msg, found) == written.from);
}

static void
check_part(const struct message *msg, const struct part *found, const struct lawful_part *written)
{
	assert(found->kind == written->kind && found->parent == written->parent);
	check_span(msg, found->header, written->header);
	check_span(msg, found->body, written->body);
	assert(message_offset(msg, found->body) == written->body.from);
	if (written->kind != PART_MULTIPART)
		return;
	check_span(msg, found->preamble, written->preamble);
	check_span(msg, found->epilogue, written->epilogue);
	assert(found->closed);
}

static void
try_lawful(struct slice choices, const char *eol)
{
	struct subject subject;
	struct lawful lawful;

	lawful_write(&lawful, choices, eol);
	subject_open(&subject, "", slice_of(lawful.text->data, lawful.text->len), "", parsers);
	assert(subject.msg.n_parts == (size_t)lawful.n_parts);
	for (int i = 0; i < lawful.n_parts; i++)
		check_part(&subject.msg, &subject.msg.parts[i], &lawful.parts[i]);
	assert(subject_met(&subject, FACT_BOUNDARY_ABSENT, FACT_BOUNDARY_NEVER_SEEN) == 0);
	assert(subject_met(&subject, FACT_CLOSING_MISSING, FACT_CLOSING_MISSING) == 0);
	assert(subject_met(&subject, FACT_PART_NO_HEADER_END, FACT_PART_EMPTY) == 0);
	assert(subject_met(&subject, FACT_SPLIT_LIMIT, FACT_SPLIT_LIMIT) == 0);
	subject_close(&subject);
	lawful_free(&lawful);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	subject_try("", slice_of(data, size), "", parsers);
	try_lawful(slice_of(data, size), "\r\n");
	try_lawful(slice_of(data, size), "\n");
	return 0;
}
