/* fuzz_rtf.c - libFuzzer target: Rich Text Format. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_rtf,
	NULL };

static bool
has_open_group(const struct subject *subject)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(&subject->msg, FACT_RTF_FORM, fact)))
		if (fact->value == RTF_GROUP_OPEN)
			return true;
	return subject_met(subject, FACT_RTF_FORM, FACT_RTF_FORM) > FACTS_KEPT;
}

/* A text that closes its groups still does with more behind it; one whose head opens a group more
 * does not, unless binary data swallow what follows. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct subject subject;
	bool open;

	subject_open(&subject, "Content-Type: application/rtf\r\n\r\n{\\rtf1 ",
	    slice_of(data, size), "", parsers);
	open = has_open_group(&subject);
	subject_close(&subject);
	subject_open(&subject, "Content-Type: application/rtf\r\n\r\n{\\rtf1 ",
	    slice_of(data, size), "more", parsers);
	assert(open || !has_open_group(&subject));
	subject_close(&subject);
	return 0;
}
