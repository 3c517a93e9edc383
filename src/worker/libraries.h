/*
 * libraries.h - which libraries read the evidence.
 *
 * For src/cli, which names them in reports but may not see parsers.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_LIBRARIES_H
#define IMC_LIBRARIES_H

#include <stdbool.h>

struct libraries {
	const char *gmime, *glib, *libmagic, *seccomp; /* versions; static text */
	const char *magic_path; /* the database of libmagic, "" unknown; static text */
};

/* True when all could be asked. Warms up what the parsers hold open. */
bool libraries_name(struct libraries *out);

#endif
