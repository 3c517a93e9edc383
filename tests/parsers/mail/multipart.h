/* multipart.h - for tests of the splitter: the head of a multipart, and its parts by their path. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_MULTIPART_H
#define IMC_TEST_MULTIPART_H

#include "parsers/sample.h"

/* The header of a message of parts, without quotes around the boundary. */
#define MIXED(b) "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=" b "\r\n\r\n"

/* The part of that path and kind, which must be there. */
static inline const struct part *
part_at(const struct sample *s, const char *path, enum part_kind kind)
{
	for (size_t i = 0; i < s->msg.n_parts; i++)
		if (strcmp(s->msg.parts[i].path, path) == 0 && s->msg.parts[i].kind == kind)
			return &s->msg.parts[i];
	fail_msg("no part %s", path);
	return NULL;
}

#endif
