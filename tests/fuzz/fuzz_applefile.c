/* fuzz_applefile.c - libFuzzer target: Macintosh headers in parts, and compressed RTF. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

#include "../../parsers/body/rtfcomp.h"

#define LABELLED(TYPE)                                                                             \
	"Content-Type: application/" TYPE "\r\nContent-Transfer-Encoding: binary\r\n\r\n"

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_apple,
	NULL };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice bytes = slice_of(data, size);

	subject_try(LABELLED("applefile"), bytes, "", parsers);
	subject_try(LABELLED("macbinary"), bytes, "", parsers);
	assert(rtf_fault(bytes) < RTFCOMP_FAULTS);
	/* What is sound has its header. */
	assert(size >= 16 || rtf_fault(bytes) == RTFCOMP_NO_HEADER);
	return 0;
}
