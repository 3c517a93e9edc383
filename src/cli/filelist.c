/* filelist.c - the paths to scan: those of the command line, then those of --files-from. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/filelist.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/say.h"

/* All bytes of the stream and one NUL more; NULL with errno. */
static char *
read_all(FILE *file, size_t *len)
{
	size_t room = 65536, used = 0;
	char *text = malloc(room);

	while (text) {
		char *bigger;

		used += fread(text + used, 1, room - used - 1, file);
		if (used < room - 1)
			break;
		bigger = reallocarray(text, room *= 2, 1);
		if (!bigger)
			free(text);
		text = bigger;
	}
	if (text && ferror(file)) {
		free(text);
		return NULL;
	}
	if (text)
		text[used] = '\0';
	*len = used;
	return text;
}

static char *
read_list(const char *name, size_t *len)
{
	const bool standard = strcmp(name, "-") == 0;
	FILE *file = standard ? stdin : fopen(name, "re");
	char *text = file ? read_all(file, len) : NULL;

	if (!text)
		say_about(name, "%s", strerror(errno));
	if (file && !standard)
		fclose(file);
	return text;
}

static size_t
count_names(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t at = 0; at < len; at += strlen(text + at) + 1)
		count += text[at] != '\0';
	return count;
}

bool
filelist_read(const struct options *options, struct filelist *list)
{
	size_t len = 0;

	if (options->files_from) {
		list->text = read_list(options->files_from, &len);
		if (!list->text)
			return false;
	}
	list->paths =
	    calloc(options->n_paths + count_names(list->text, len) + 1, sizeof *list->paths);
	if (!list->paths) {
		say("out of memory");
		return false;
	}
	for (size_t i = 0; i < options->n_paths; i++)
		list->paths[list->count++] = options->paths[i];
	for (size_t at = 0; at < len; at += strlen(list->text + at) + 1) {
		if (list->text[at] != '\0')
			list->paths[list->count++] = list->text + at;
	}
	return true;
}

void
filelist_free(struct filelist *list)
{
	free(list->paths);
	free(list->text);
}
