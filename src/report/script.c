/* script.c - what the scripts for the live server have in common. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/script.h"

#include <string.h>

static const struct script_kind *const kinds[] = { &script_kind_cmd, &script_kind_powershell,
	&script_kind_sh };

const struct script_kind *
script_by_name(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	return NULL;
}

/* Names that Windows gives to devices, with any extension. */
static bool
is_device(struct slice part)
{
	static const char *const names[] = { "con", "prn", "aux", "nul", "clock$" };
	const size_t dot = slice_find(part, 0, '.');
	const struct slice stem =
	    slice_trim(slice_cut(part, 0, dot == SLICE_NONE ? part.len : dot));

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (slice_eq_nocase(stem, names[i]))
			return true;
	return stem.len == 4 &&
	       (slice_starts_nocase(stem, "com") || slice_starts_nocase(stem, "lpt")) &&
	       stem.data[3] >= '0' && stem.data[3] <= '9';
}

/* Printable ASCII but what no Windows name may hold. Other bytes mean other characters in each code
 * page. */
static bool
windows_can_name(struct slice part)
{
	for (size_t i = 0; i < part.len; i++)
		if (part.data[i] < 0x20 || part.data[i] > 0x7e ||
		    strchr("\"*/:<>?\\|", part.data[i]))
			return false;
	return part.data[part.len - 1] != '.' && part.data[part.len - 1] != ' ' &&
	       part.data[0] != ' ' && !is_device(part);
}

bool
script_can_name(const struct script_kind *kind, struct slice path)
{
	size_t at = 0;

	while (at <= path.len) {
		const size_t slash = slice_find(path, at, '/');
		const size_t end = slash == SLICE_NONE ? path.len : slash;
		const struct slice part = slice_cut(path, at, end - at);

		if (part.len == 0 || slice_eq(part, ".") || slice_eq(part, "..") ||
		    slice_find(part, 0, '\0') != SLICE_NONE)
			return false;
		if (kind->windows && !windows_can_name(part))
			return false;
		at = end + 1;
	}
	return true;
}

bool
script_can_root(const struct script_kind *kind, const char *root)
{
	for (const char *c = root; kind->windows && *c; c++)
		if (*c < 0x20 || *c > 0x7e || strchr("\"*<>?|", *c))
			return false;
	return *root != '\0';
}

const char *
script_queue_name(uint64_t step, char buffer[SCRIPT_NAME_ROOM])
{
	if (step <= 1)
		snprintf(buffer, SCRIPT_NAME_ROOM, "queue.old");
	else
		snprintf(buffer, SCRIPT_NAME_ROOM, "queue.o%llu", (unsigned long long)step);
	return buffer;
}

const char *
script_mark(uint64_t step, char buffer[SCRIPT_NAME_ROOM])
{
	snprintf(buffer, SCRIPT_NAME_ROOM, "imcscan.%llu", (unsigned long long)step);
	return buffer;
}

static void
put(FILE *out, const struct script_kind *kind, struct slice bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		const char c = (char)bytes.data[i];

		if (c == kind->special)
			fputs(kind->as, out);
		else
			fputc(c == '/' ? kind->separator : c, out);
	}
}

void
script_path(FILE *out, const struct script_kind *kind, const struct script *script,
    struct slice dir, struct slice name)
{
	struct slice root = slice_str(script->root);

	while (root.len > 1 && (root.data[root.len - 1] == '/' ||
				   root.data[root.len - 1] == (unsigned char)kind->separator))
		root.len--;
	fputc(kind->quote, out);
	put(out, kind, root);
	if (dir.len > 0)
		fputc(kind->separator, out);
	put(out, kind, dir);
	if (name.len > 0)
		fputc(kind->separator, out);
	put(out, kind, name);
	fputc(kind->quote, out);
}

static void
show(FILE *out, const struct script_kind *kind, struct slice bytes)
{
	static const char plain[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

	for (size_t i = 0; i < bytes.len; i++) {
		if (bytes.data[i] == '/')
			fputc(kind->separator, out);
		else if (bytes.data[i] && strchr(plain, bytes.data[i]))
			fputc(bytes.data[i], out);
		else
			fprintf(out, "_x%02X", bytes.data[i]);
	}
}

void
script_shown(FILE *out, const struct script_kind *kind, struct slice dir, struct slice name)
{
	show(out, kind, dir);
	if (dir.len > 0 && name.len > 0)
		fputc(kind->separator, out);
	show(out, kind, name);
}

void
script_head(FILE *out, const struct script_kind *kind, const struct script *script,
    const char *comment, bool undo)
{
	const char *end = kind->line_end;
	const struct slice none = { NULL, 0 };

	fprintf(out, "%s imcscan plan, step %llu: %s%s", comment, (unsigned long long)script->step,
	    undo ? "puts back what the script of this step moved."
		 : "moves what this start needs. Stop the service first.",
	    end);
	fprintf(out, "%s %zu files. Nothing is overwritten; it stops at the first failure.%s",
	    comment, script->n_moves, end);
	for (size_t i = 0; i < script->n_refused; i++) {
		fprintf(out, "%s LEFT OUT, its name cannot be quoted safely: ", comment);
		script_shown(out, kind, none, script->refused[i]);
		fputs(end, out);
	}
}

void
script_word(FILE *out, const struct script_kind *kind, const struct script *script,
    struct slice dir, struct slice name)
{
	fputc(' ', out);
	script_path(out, kind, script, dir, name);
}

void
script_end(FILE *out, const struct script_kind *kind, struct slice dir, struct slice name)
{
	fprintf(out, " %s", kind->shown);
	script_shown(out, kind, dir, name);
	fprintf(out, "%s%s", kind->shown, kind->line_end);
}

void
script_put(FILE *out, const struct script_kind *kind, const struct script *script,
    const struct script_move *move, bool back)
{
	const bool outwards = move->out != back;
	const struct slice from = outwards ? move->home : move->temp;

	fputs(kind->move, out);
	script_word(out, kind, script, from, move->name);
	script_word(out, kind, script, outwards ? move->temp : move->home, move->name);
	script_end(out, kind, from, move->name);
}
