/* notes.c - what the reader of a report must know about the run beside its figures. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/notes.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "cli/archives.h"
#include "cli/keep.h"
#include "report/escape.h"

#define NAME_SHOWN 120 /* bytes of an escaped name */

void
notes_add(struct notes *notes, const char *format, ...)
{
	va_list args;

	if (notes->count == NOTES_MAX)
		return;
	va_start(args, format);
	vsnprintf(notes->text[notes->count], sizeof notes->text[0], format, args);
	va_end(args);
	notes->lines[notes->count] = notes->text[notes->count];
	notes->count++;
}

/* Files that --evidence named and that were of no use: the first by its name, the others counted. */
static void
note_useless(
    struct notes *notes, const struct collect *collect, enum log_kind kind, const char *what)
{
	const struct artefacts *artefacts = collect->artefacts;
	const struct kept_artefact *first = NULL;
	uint64_t count = 0;
	char name[NAME_SHOWN], more[48] = "";

	for (size_t i = 0; i < artefacts->count; i++) {
		const struct kept_artefact *item = &artefacts->items[i];

		if (!item->given || item->shown.read || item->log != kind ||
		    item->shown.status != STATUS_EXAMINED)
			continue;
		if (!first || artefacts_compare(item, first) < 0)
			first = item;
		count++;
	}
	if (!first)
		return;
	if (count > 1)
		snprintf(more, sizeof more, " (and %" PRIu64 " more)", count - 1);
	/* Names are not for redacted reports. */
	notes_add(notes, "%s%s, named by --evidence, %s.",
	    collect->options->redact ? "A file"
				     : escape_buffer(name, sizeof name, first->shown.path),
	    more, what);
	if (notes->n_useless < 2)
		notes->useless[notes->n_useless++] = notes->lines[notes->count - 1];
}

static void
note_all_useless(struct notes *notes, const struct collect *collect)
{
	for (size_t i = 0; i < notes->n_useless; i++)
		notes_add(notes, "%s", notes->useless[i]);
	if (notes->n_useless > 0)
		return;
	note_useless(notes, collect, LOG_UNKNOWN, "is no log that imcscan reads");
	note_useless(notes, collect, LOG_MANIFEST, "is a list of hashes: recognised, not read");
}

static void
note_logs(struct notes *notes, const struct options *options, const struct collect *collect)
{
	const struct log_set *logs = collect->reading.logs;

	if (options->no_evidence)
		notes_add(notes, "No log was read (--no-evidence).");
	note_all_useless(notes, collect);
	if (logs && log_set_n_left_out(logs) > 0)
		notes_add(notes,
		    "What %zu logs say did not fit in memory (%zu MB) and is not used.",
		    log_set_n_left_out(logs), LOG_SET_KEPT >> 20);
}

void
notes_gather(struct notes *notes, const struct options *options, const struct collect *collect,
    const struct summary *summary)
{
	if (options->no_sandbox)
		notes_add(
		    notes, "The workers that read the evidence were not confined (--no-sandbox).");
	if (summary->interrupted)
		notes_add(notes, "Interrupted: only the files met until then are listed.");
	if (summary->worker_deaths > 0)
		notes_add(notes,
		    "A worker died %" PRIu64 " time(s) and was replaced; see the parser- findings, "
		    "and the reasons of logs.",
		    summary->worker_deaths);
	archives_note(collect, notes);
	note_logs(notes, options, collect);
	if (collect->mailroot)
		notes_add(notes,
		    "A Mailroot of Exchange 2000 or of the IIS SMTP service was met; the rules are "
		    "made for Exchange 4.0 to 5.5.");
	else if (!collect->layout)
		notes_add(
		    notes, "No Imcdata layout was found: the files were read as loose messages.");
	if (collect->layout && collect->n_lf_only * 2 > collect->n_examined)
		notes_add(notes,
		    "%" PRIu64 " of %" PRIu64
		    " messages have no CRLF at all: this tree was copied in "
		    "text mode (FTP in ASCII mode). Copy it again in binary mode: sizes, hashes and "
		    "offsets are not those of the server.",
		    collect->n_lf_only, collect->n_examined);
	if (collect->keep->n_changed > 0)
		notes_add(notes,
		    "%" PRIu64
		    " file(s) of the case had changed since, or had stopped a worker, and "
		    "were examined anew (--resume).",
		    collect->keep->n_changed);
	if (collect->keep->n_gone > 0)
		notes_add(notes,
		    "%" PRIu64 " file(s) of the case are no longer in the tree and were taken out "
		    "of it (--resume).",
		    collect->keep->n_gone);
	if (collect->keep->setup.shards > 0)
		notes_add(notes, "Only %d of the %u parts of a sharded scan are in this report.",
		    __builtin_popcountll(collect->keep->setup.shard_set),
		    collect->keep->setup.shards);
	if (options->archive_is_control)
		notes_add(notes,
		    "The Archive folders were taken for healthy mail (--archive-is-control).");
	if (options->redact)
		notes_add(notes,
		    "Addresses, subjects and names are replaced by tokens, and quotes are left "
		    "out (--redact); equal names have equal tokens.");
	if (options->n_disabled > 0)
		notes_add(
		    notes, "%zu rule(s) were switched off (--disable-rule).", options->n_disabled);
	if (options->n_excludes > 0)
		notes_add(notes,
		    "Files were left out on demand (--exclude); they are listed as excluded.");
}
