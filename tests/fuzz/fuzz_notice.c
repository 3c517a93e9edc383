/* fuzz_notice.c - libFuzzer target: the fields of delivery and disposition notifications. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_report,
	NULL };

/* The first byte chooses the kind. Of neither kind does the other's field say anything. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const heads[] = { "Content-Type: message/delivery-status\r\n\r\n",
		"Content-Type: message/disposition-notification\r\n\r\n" };
	struct subject subject;
	const struct fact *fact = NULL;
	unsigned kind = size > 0 ? data[0] & 1u : 0;

	subject_open(
	    &subject, heads[kind], slice_of(data + (size > 0), size - (size > 0)), "", parsers);
	while ((fact = message_next_fact(&subject.msg, FACT_REPORT_FIELD_MISSING, fact)))
		assert(part_is(&subject.msg.parts[fact->part], "message", "delivery-status")
			   ? fact->value != REPORT_DISPOSITION_FIELD
			   : fact->value == REPORT_DISPOSITION_FIELD ||
				 fact->value == REPORT_FINAL_RECIPIENT);
	subject_close(&subject);
	return 0;
}
