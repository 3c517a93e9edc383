/*
 * start.c - what the folder is that the user named.
 *
 * The copy may be In alone, or a single file of it: then the names above it tell where it comes
 * from.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "start.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Whether the folder that holds `real` has an In or an Out: then names like Work mean something. */
static bool
beside_queues(const char *real)
{
	static const char *const names[] = { "In", "Out", "IN", "OUT", "in", "out" };
	const char *slash = strrchr(real, '/');
	char path[PATH_MAX];
	struct stat st;

	for (size_t i = 0; slash && i < sizeof names / sizeof names[0]; i++) {
		size_t len = (size_t)(slash - real);

		if (len + 5 > sizeof path)
			return false;
		memcpy(path, real, len);
		path[len] = '/';
		memcpy(path + len + 1, names[i], strlen(names[i]) + 1);
		if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
			return true;
	}
	return false;
}

struct place
start_place(const char *path, char *real, struct slice *name)
{
	size_t slash;

	if (!realpath(path, real))
		real[0] = '\0';
	*name = slice_str(real);
	slash = slice_rfind(*name, '/');
	if (slash != SLICE_NONE)
		*name = slice_from(*name, slash + 1);
	return layout_start(slice_str(real), beside_queues(real));
}
