/* textual.c - small things that all parts of the text report say the same way. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/textual.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/escape.h"

#define NAME_SHOWN 1200 /* bytes of an escaped name that is kept for later */

enum level
textual_hot_level(const struct report_options *options)
{
	return options->check && options->fail_on < LEVEL_COUNT ? options->fail_on : LEVEL_HIGH;
}

void
textual_name(struct wrap *wrap, const char *root, struct slice path)
{
	if (*root) {
		wrap_bytes(wrap, slice_str(root));
		wrap_text(wrap, "/");
	}
	wrap_bytes(wrap, path);
}

char *
textual_name_text(const char *root, struct slice path)
{
	char *text = malloc(NAME_SHOWN);
	size_t used = 0;

	if (!text)
		return NULL;
	if (*root) {
		escape_buffer(text, NAME_SHOWN / 2, slice_str(root));
		used = strlen(text);
		text[used++] = '/';
	}
	escape_buffer(text + used, NAME_SHOWN - used, path);
	return text;
}

const char *
textual_score(char *buffer, int32_t millibits)
{
	int64_t cents = ((int64_t)llabs(millibits) + 5) / 10;

	snprintf(buffer, 24, "%s%" PRId64 ".%02d", millibits < 0 && cents > 0 ? "-" : "",
	    cents / 100, (int)(cents % 100));
	return buffer;
}

const char *
textual_size(char *buffer, uint64_t bytes)
{
	static const char *const units[] = { "B", "KB", "MB", "GB", "TB", "PB", "EB" };
	uint64_t tenths = bytes > UINT64_MAX / 10 ? UINT64_MAX : bytes * 10;
	size_t unit = 0;

	while (tenths >= 10240) {
		tenths = tenths / 1024 + (tenths % 1024 >= 512);
		unit++;
	}
	if (unit == 0)
		snprintf(buffer, 24, "%" PRIu64 " B", bytes);
	else
		snprintf(
		    buffer, 24, "%" PRIu64 ".%d %s", tenths / 10, (int)(tenths % 10), units[unit]);
	return buffer;
}

const char *
textual_files(uint64_t count)
{
	return count == 1 ? "file" : "files";
}
