/* fuzz_filetype.c - libFuzzer target: what parts are by their first bytes, ours and libmagic's view. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

#include <string.h>

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, &parser_filetype,
	NULL };

/* As a part under two labels, as a file without a header, and as evidence is asked for. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct slice bytes = slice_of(data, size);
	const char *media;

	subject_try(
	    "Content-Type: application/octet-stream; name=a.exe\r\n\r\n", bytes, "", parsers);
	subject_try("Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\n", bytes,
	    "", parsers);
	subject_try("", bytes, "", parsers);
	media = filetype_media_type(bytes);
	assert(!media || strchr(media, '/'));
	return 0;
}
