/* archives.c - the archives among the paths of a run, as reports name them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/archives.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report/wrap.h"

void
archives_write(const struct archive_told *told, char line[ARCHIVE_LINE_MAX])
{
	snprintf(line, ARCHIVE_LINE_MAX, "%s;%" PRIu64 ";%" PRIu64 ";%s;%s", told->format,
	    told->members, told->size, told->sha256, told->library);
}

/* A field up to the next semicolon, or the end; false: it does not fit. */
static bool
take_text(struct slice *line, char *out, size_t room)
{
	const size_t end = slice_find(*line, 0, ';');
	const struct slice field = slice_cut(*line, 0, end == SLICE_NONE ? line->len : end);

	if (field.len >= room)
		return false;
	for (size_t i = 0; i < field.len; i++) {
		if (field.data[i] < 0x20 || field.data[i] > 0x7e)
			return false;
		out[i] = (char)field.data[i];
	}
	out[field.len] = '\0';
	*line = slice_from(*line, field.len + (end != SLICE_NONE));
	return true;
}

static bool
take_number(struct slice *line, uint64_t *out)
{
	char digits[24] = "";
	uint64_t value = 0;

	if (!take_text(line, digits, sizeof digits) || digits[0] == '\0')
		return false;
	for (const char *at = digits; *at; at++) {
		if (!byte_is_digit((unsigned char)*at) ||
		    __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, (uint64_t)(*at - '0'), &value))
			return false;
	}
	*out = value;
	return true;
}

static bool
is_digest(const char *text)
{
	const size_t len = strlen(text);

	for (size_t i = 0; i < len; i++) {
		if (byte_hex((unsigned char)text[i]) < 0)
			return false;
	}
	return len == 0 || len == 64;
}

bool
archives_read(const struct run_info *run, size_t i, struct archive_told *out)
{
	struct slice line;

	if (run->n_archives != run->n_paths || i >= run->n_archives || !*run->archives[i])
		return false;
	line = slice_str(run->archives[i]);
	*out = (struct archive_told){ .format = "" };
	return take_text(&line, out->format, sizeof out->format) &&
	       take_number(&line, &out->members) && take_number(&line, &out->size) &&
	       take_text(&line, out->sha256, sizeof out->sha256) && is_digest(out->sha256) &&
	       take_text(&line, out->library, sizeof out->library) && line.len == 0;
}

void
archives_print(FILE *out, unsigned width, const struct run_info *run)
{
	struct archive_told told;
	struct wrap wrap;

	for (size_t i = 0; i < run->n_archives && !run->reproducible; i++) {
		if (!archives_read(run, i, &told))
			continue;
		wrap_start(&wrap, out, width, 2, 0);
		wrap_bytes(&wrap, slice_str(run->paths[i]));
		wrap_print(&wrap, ": %s of %" PRIu64 " bytes, %" PRIu64 " members, SHA-256 ",
		    told.format, told.size, told.members);
		wrap_text(&wrap, *told.sha256 ? told.sha256 : "not known");
		wrap_end(&wrap);
	}
}
