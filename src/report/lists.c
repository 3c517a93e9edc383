/* lists.c - files that are named in one line each, with what there is to say of them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/escape.h"
#include "report/textual.h"

#define REMARK_SHOWN 400

void
list_add(struct list *list, const char *root, struct slice path, const char *remark)
{
	char *name, *line, safe[REMARK_SHOWN];
	uint64_t index = list->count++;

	if (index >= LIST_MAX)
		return;
	name = textual_name_text(root, path);
	if (!name)
		return;
	escape_buffer(safe, sizeof safe, slice_str(remark));
	if (asprintf(&line, "%s%s%s", name, *safe ? ": " : "", safe) >= 0)
		list->lines[index] = line;
	free(name);
}

void
list_print(FILE *out, unsigned width, const char *title, const struct list *list)
{
	uint64_t kept = 0;

	if (list->count == 0)
		return;
	fprintf(out, "%s (%" PRIu64 "):\n", title, list->count);
	for (size_t i = 0; i < LIST_MAX; i++) {
		struct wrap wrap;

		if (!list->lines[i])
			continue;
		kept++;
		fputs("  ", out);
		wrap_start(&wrap, out, width, 4, 2);
		wrap_text(&wrap, list->lines[i]);
		wrap_end(&wrap);
	}
	if (kept < list->count)
		fprintf(out, "  and %" PRIu64 " more (imcscan scan -f jsonl lists all)\n",
		    list->count - kept);
}

void
list_free(struct list *list)
{
	for (size_t i = 0; i < LIST_MAX; i++)
		free(list->lines[i]);
	*list = (struct list){ 0 };
}
