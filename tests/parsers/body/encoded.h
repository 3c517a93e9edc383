/* encoded.h - for parser tests: one leaf whose bytes stand in base64, so that each counts. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_ENCODED_H
#define IMC_TEST_ENCODED_H

#include "parsers/sample.h"

/* Read a message of that type whose body is the bytes in base64, without line ends. */
static inline void
sample_encoded(struct sample *sample, const char *type, const void *bytes, size_t len,
    const struct parser *last)
{
	static const char alphabet[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *in = bytes;
	char *text = malloc(len / 3 * 4 + 256);
	size_t at;

	assert_non_null(text);
	strcpy(text, "Content-Type: ");
	strcat(text, type);
	strcat(text, "\r\nContent-Transfer-Encoding: base64\r\n\r\n");
	at = strlen(text);
	for (size_t i = 0; i < len; i += 3) {
		unsigned long three = (unsigned long)in[i] << 16;

		three |= i + 1 < len ? (unsigned long)in[i + 1] << 8 : 0;
		three |= i + 2 < len ? in[i + 2] : 0;
		text[at++] = alphabet[three >> 18 & 63];
		text[at++] = alphabet[three >> 12 & 63];
		text[at++] = i + 1 < len ? alphabet[three >> 6 & 63] : '=';
		text[at++] = i + 2 < len ? alphabet[three & 63] : '=';
	}
	sample_read(sample, text, at, last);
	free(text);
}

#endif
