/* prefix.c - what stands before the names of roots when several paths are scanned. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/prefix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *
prefix_join(const char *prefix, const char *root)
{
	char *out;

	if (asprintf(&out, "%s%s%s", prefix, *prefix && *root ? "/" : "", root) < 0)
		return NULL;
	return out;
}

char *
prefix_of(const char *path)
{
	char *out = strdup(path), *slash;
	struct stat st;
	size_t len;

	if (!out)
		return NULL;
	for (len = strlen(out); len > 1 && out[len - 1] == '/'; len--)
		out[len - 1] = '\0';
	if (stat(path, &st) != 0 || S_ISDIR(st.st_mode))
		return out;
	slash = strrchr(out, '/');
	if (!slash) {
		free(out);
		return strdup(".");
	}
	slash[slash == out] = '\0';
	return out;
}
