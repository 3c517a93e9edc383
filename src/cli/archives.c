/* archives.c - the archives among the paths of a scan: what became of them, for the report. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/archives.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/archives.h"
#include "report/escape.h"
#include "worker/unpack.h"

#define NOTED_MAX 6    /* archives of which more than their number is told */
#define NAME_SHOWN 100 /* bytes of an escaped name */

/* For each path of the run. */
struct archive_lines {
	const char **list;
	char (*text)[ARCHIVE_LINE_MAX];
};

bool
archives_keep(struct collect *collect, const char *path, const struct walk_result *result)
{
	struct met_archive *archives;

	if (!result->archive.met)
		return true;
	archives =
	    reallocarray(collect->archives, collect->n_archives + 1, sizeof *collect->archives);
	if (!archives)
		return false;
	collect->archives = archives;
	archives[collect->n_archives++] =
	    (struct met_archive){ .path = path, .about = result->archive };
	return true;
}

static void
write_line(const struct walk_archive *about, char line[ARCHIVE_LINE_MAX])
{
	struct archive_told told = { .members = about->n_members, .size = about->size };

	snprintf(told.format, sizeof told.format, "%s", packed_name(about->kind, about->filter));
	snprintf(told.library, sizeof told.library, "%s", unpack_library());
	for (size_t i = 0; i < sizeof about->sha256 && about->has_sha256; i++)
		snprintf(told.sha256 + 2 * i, 3, "%02x", about->sha256[i]);
	archives_write(&told, line);
}

bool
archives_tell(struct collect *collect, struct run_info *run)
{
	struct archive_lines *lines;
	size_t next = 0;

	if (collect->n_archives == 0)
		return true;
	lines = collect->archive_lines = calloc(1, sizeof *lines);
	if (!lines)
		return false;
	lines->list = calloc(run->n_paths, sizeof *lines->list);
	lines->text = calloc(run->n_paths, sizeof *lines->text);
	if (!lines->list || !lines->text)
		return false;
	for (size_t i = 0; i < run->n_paths; i++) {
		lines->list[i] = lines->text[i];
		/* They were met in the order of the paths. */
		if (next < collect->n_archives && collect->archives[next].path == run->paths[i])
			write_line(&collect->archives[next++].about, lines->text[i]);
	}
	run->archives = lines->list;
	run->n_archives = run->n_paths;
	return true;
}

/* ---- notes ---- */

struct sentence {
	char text[240];
	size_t used;
};

__attribute__((format(printf, 3, 4))) static void
say_count(struct sentence *sentence, uint64_t count, const char *format, ...)
{
	const char *between = sentence->used > 0 ? "; " : "";
	char words[120];
	va_list args;

	if (count == 0)
		return;
	va_start(args, format);
	vsnprintf(words, sizeof words, format, args);
	va_end(args);
	/* What does not fit is left out whole. */
	if (sentence->used + strlen(between) + strlen(words) >= sizeof sentence->text)
		return;
	sentence->used += (size_t)snprintf(sentence->text + sentence->used,
	    sizeof sentence->text - sentence->used, "%s%s", between, words);
}

/* How the notes on archives begin: those of a part are known by it. */
#define NOTE_NOTHING "No member of the archive "
#define NOTE_END "The archive "
#define NOTE_ODD "In the archive "

/* The name of a broken archive is all that is known of it. */
static void
note_nothing(const struct walk_archive *about, const char *name, struct notes *notes)
{
	notes_add(notes, NOTE_NOTHING "%s could be read%s%s%s.", name, *about->words ? " (" : "",
	    about->words, *about->words ? ")" : "");
}

static void
note_end(const struct walk_archive *about, const char *name, struct notes *notes)
{
	const bool unknown = about->end != PACKED_END || about->changed;

	if (!unknown && about->n_unread == 0)
		return;
	if (about->n_members == 0) {
		note_nothing(about, name, notes);
		return;
	}
	notes_add(notes,
	    NOTE_END "%s was not read whole: %" PRIu64 " of its %" PRIu64
		     " members were not examined%s%s%s%s.",
	    name, about->n_unread, about->n_members,
	    unknown ? ", and what follows the last of them is not known" : "",
	    *about->words ? " (" : "", about->words, *about->words ? ")" : "");
}

static void
note_oddities(const struct walk_archive *about, const char *name, struct notes *notes)
{
	struct sentence odd = { .used = 0 };

	say_count(&odd, about->n_outside,
	    "%" PRIu64 " names lead out of it (absolute or \"..\"), shown as below it",
	    about->n_outside);
	say_count(&odd, about->n_doubled, "%" PRIu64 " names came before, numbered as duplicates",
	    about->n_doubled);
	say_count(&odd, about->n_encrypted, "%" PRIu64 " encrypted members were not examined",
	    about->n_encrypted);
	say_count(
	    &odd, about->n_nested, "%" PRIu64 " archives in it were not unpacked", about->n_nested);
	say_count(&odd, about->n_timeless, "%" PRIu64 " members without a time", about->n_timeless);
	say_count(&odd, about->n_lost, "%" PRIu64 " folders too deep or too many", about->n_lost);
	if (odd.used > 0)
		notes_add(notes, NOTE_ODD "%s: %s.", name, odd.text);
}

/* Each part has read the archives from end to end, so what one noted holds for the whole. */
static void
note_again(const struct run_info *part, struct notes *notes)
{
	static const char *const beginnings[] = { NOTE_NOTHING, NOTE_END, NOTE_ODD };

	for (size_t i = 0; i < part->n_notes; i++) {
		for (size_t k = 0; k < sizeof beginnings / sizeof beginnings[0]; k++) {
			if (strncmp(part->notes[i], beginnings[k], strlen(beginnings[k])) == 0)
				notes_add(notes, "%s", part->notes[i]);
		}
	}
}

void
archives_note(const struct collect *collect, struct notes *notes)
{
	if (collect->part)
		note_again(collect->part, notes);
	for (size_t i = 0; i < collect->n_archives && i < NOTED_MAX; i++) {
		const struct met_archive *archive = &collect->archives[i];
		char name[NAME_SHOWN];

		(void)escape_buffer(name, sizeof name, slice_str(archive->path));
		if (collect->options->redact) /* names are not for redacted reports */
			snprintf(name, sizeof name, "number %zu", i + 1);
		note_end(&archive->about, name, notes);
		note_oddities(&archive->about, name, notes);
	}
}

void
archives_free(struct collect *collect)
{
	if (collect->archive_lines) {
		free(collect->archive_lines->list);
		free(collect->archive_lines->text);
	}
	free(collect->archive_lines);
	free(collect->archives);
}
