/* libraries.c - which libraries read the evidence. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/libraries.h"

#include <seccomp.h>
#include <stdio.h>

#include "parser.h"
#include "worker/examine.h"

static const char *
seccomp_name(void)
{
	/* Static because the text must outlive the call; always the same. */
	static char text[32];
	const struct scmp_version *version = seccomp_version();

	if (!version)
		return "";
	snprintf(text, sizeof text, "%u.%u.%u", version->major, version->minor, version->micro);
	return text;
}

bool
libraries_name(struct libraries *out)
{
	/* Their versions are not known before. */
	const bool warm = examine_warm() == NULL;

	*out = (struct libraries){
		.gmime = mime_library_version(),
		.glib = mime_glib_version(),
		.libmagic = filetype_library_version(),
		.seccomp = seccomp_name(),
		.magic_path = filetype_database_path(),
	};
	return warm;
}
