/* fuzz_lines.c - libFuzzer target: line ends and byte counts, counted again one byte at a time. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

#define PLACES 97u /* offsets whose line is asked for */

static void
count_again(struct slice text, struct lines *lines)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = text.data[i];
		bool after_cr = i > 0 && text.data[i - 1] == '\r';
		bool before_lf = i + 1 < text.len && text.data[i + 1] == '\n';

		lines->n_nul += byte == 0;
		lines->n_8bit += byte >= 0x80;
		lines->n_crlf += byte == '\n' && after_cr;
		lines->n_bare_lf += byte == '\n' && !after_cr;
		lines->n_bare_cr += byte == '\r' && !before_lf;
		lines->n_control += (byte < 0x20 || byte == 0x7f) && byte && byte != '\t' &&
				    byte != '\n' && byte != '\r';
	}
}

static void
check_counts(const struct message *msg)
{
	const struct lines *lines = &msg->lines;
	struct lines again = { .n_lines = 0 };

	count_again(slice_from(msg->file, msg->envelope.whole.len), &again);
	assert(lines->n_crlf == again.n_crlf && lines->n_bare_lf == again.n_bare_lf);
	assert(lines->n_bare_cr == again.n_bare_cr && lines->n_nul == again.n_nul);
	assert(lines->n_8bit == again.n_8bit && lines->n_control == again.n_control);
	if (lines->longest > 0)
		assert(lines->longest_offset + lines->longest <= msg->file.len);
}

static void
check_line_numbers(const struct message *msg)
{
	size_t step = 1 + msg->file.len / PLACES;
	uint32_t line = 1;

	assert(message_line(msg, OFFSET_NONE) == 0);
	for (size_t at = 0; at <= msg->file.len; at++) {
		if (at % step == 0 || at == msg->file.len)
			assert(message_line(msg, at) == line);
		line += at < msg->file.len && msg->file.data[at] == '\n';
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct parser *const parsers[] = { &parser_envelope, &parser_lines, NULL };
	struct subject subject;

	subject_open(&subject, "", slice_of(data, size), "", parsers);
	check_counts(&subject.msg);
	check_line_numbers(&subject.msg);
	subject_close(&subject);
	return 0;
}
