/* fuzz_envelope.c - libFuzzer target: what stands before the mail. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct parser *const parsers[] = { &parser_envelope, NULL };
	struct subject subject;
	const struct envelope *envelope = &subject.msg.envelope;

	subject_open(&subject, "", slice_of(data, size), "", parsers);
	if (envelope->kind == ENVELOPE_NONE)
		assert(!envelope->has_mail_from && envelope->n_rcpt_to == 0);
	if (!envelope->has_mail_from)
		assert(envelope->mail_from.len == 0);
	if (!envelope->has_filetime)
		assert(envelope->filetime == 0);
	if (envelope->kind == ENVELOPE_SPOOL && envelope->length_agrees)
		assert(slice_ends(envelope->whole, "EwLs"));
	subject_close(&subject);
	return 0;
}
