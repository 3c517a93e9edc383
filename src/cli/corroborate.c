/* corroborate.c - what logs and other files of the tree say of its files, joined and attached. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/corroborate.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "across.h"
#include "cli/attach.h"
#include "cli/kept.h"
#include "cli/say.h"
#include "cli/search.h"
#include "cli/stop.h"
#include "cli/tornfiles.h"
#include "cli/values.h"
#include "cli/weights.h"

/* One joining, from the first pass over the files to the last. */
struct joining {
	struct corroboration *out;
	struct ranking *ranking;
	struct attach attach;
	struct across_lines lines;
	struct torn_files torn;
	struct wanted *wanted;
	uint32_t n_needles;
	size_t needles[WANTED_NEEDLES_MAX]; /* the correlation's numbers of the wanted ones */
	int error;                          /* errno of what failed, 0: nothing */
};

static bool
keep_error(struct joining *joining, bool good)
{
	if (!good && joining->error == 0)
		joining->error = errno ? errno : EIO;
	return good;
}

/* First pass. */
static bool
show_file(void *context, uint64_t number, const struct suspect *suspect)
{
	struct joining *joining = context;

	across_count_lines(&joining->lines, suspect);
	if (suspect->record && !keep_error(joining, torn_want(&joining->torn, suspect->record)))
		return false;
	return keep_error(joining, correlation_add(joining->out->correlation, number, suspect));
}

/* Last pass: what the tree as a whole says of a file. */
static bool
compare_file(void *context, uint64_t number, const struct suspect *suspect)
{
	struct joining *joining = context;
	struct clue clue;

	if (across_line_ends(&joining->lines, suspect, &clue) &&
	    !keep_error(joining, attach_clue(&joining->attach, number, &clue)))
		return false;
	return !across_leftover(suspect, &clue) ||
	       keep_error(joining, attach_clue(&joining->attach, number, &clue));
}

static void
want_needles(struct joining *joining)
{
	const struct correlation *correlation = joining->out->correlation;

	for (size_t i = 0; i < correlation_n_needles(correlation); i++) {
		const int which =
		    wanted_needle(joining->wanted, correlation_needle(correlation, i));

		if (which >= 0 && (uint32_t)which == joining->n_needles)
			joining->needles[joining->n_needles++] = i;
	}
}

static bool
take_hit(void *context, uint64_t number, const struct search_hit *hit)
{
	struct joining *joining = context;

	if (hit->is_block)
		return keep_error(joining, torn_found(&joining->torn, number, hit));
	if (hit->which < joining->n_needles)
		correlation_search(
		    joining->out->correlation, joining->needles[hit->which], number, hit->offset);
	return true;
}

static void
take_hits(void *context, const struct ranked_file *file, uint64_t number,
    const struct search_hit *hits, uint32_t n_hits, uint32_t n_found)
{
	struct joining *joining = context;

	(void)file;
	(void)n_found;
	(void)keep_error(joining, kept_put(&joining->attach, number, joining->wanted, hits, n_hits,
				      pool_hashes(joining->out->collect->pool)));
	for (uint32_t i = 0; i < n_hits; i++)
		(void)take_hit(joining, number, &hits[i]);
}

/* A merge knows the files by what the parts kept of them. */
static bool
search_kept(struct joining *joining)
{
	struct corroboration *out = joining->out;

	if (kept_search(out->from, joining->wanted, take_hit, joining, &out->n_changed) ||
	    joining->error != 0)
		return true;
	joining->attach.told = true;
	return keep_failed(out->collect->keep);
}

static bool
take_unsearched(void *context, uint64_t number)
{
	struct joining *joining = context;

	joining->out->n_changed++;
	return keep_error(joining, kept_put_unsearched(&joining->attach, number));
}

static bool
search_files(struct joining *joining)
{
	const struct corroboration *out = joining->out;

	return collect_search(out->collect, out->paths, out->n_paths, joining->wanted, take_hits,
		   take_unsearched, joining, &(struct searched){ 0 }) &&
	       joining->error == 0;
}

/* False after a message. A part of a scan keeps its blocks for the torn files of others. */
static bool
search(struct joining *joining)
{
	const struct wanted *wanted = joining->wanted;

	if (wanted->n_needles == 0 && wanted->n_blocks == 0 && !joining->out->keeps_blocks)
		return true;
	return joining->out->from ? search_kept(joining) : search_files(joining);
}

static bool
attach_found(void *context, uint64_t number, const struct clue *clue)
{
	struct joining *joining = context;

	return keep_error(joining, attach_clue(&joining->attach, number, clue));
}

static const char *
folder_path(enum folder folder)
{
	return folder == FOLDER_IN ? "In/" : folder == FOLDER_OUT ? "Out/" : "";
}

/* A file that logs name and the tree has not: it stands among the suspects. */
static bool
add_missing(struct joining *joining, size_t index)
{
	const struct collect *collect = joining->out->collect;
	const struct correlation *correlation = joining->out->correlation;
	const struct correlation_missing missing = correlation_missing(correlation, index);
	const uint64_t number = collect->n_added + index;
	char path[CORRELATE_NAME_MAX + 8];
	const struct ranked_file file = {
		.root = collect->n_roots == 1 ? collect->roots[0] : "",
		.path = slice_of(path, (size_t)snprintf(path, sizeof path, "%s%s",
					   folder_path(missing.folder), missing.name)),
		.folder = missing.folder,
		.direction = folder_direction(missing.folder),
		.status = STATUS_MISSING,
		.reason = "named by a log, not in this copy: recover it from the source",
	};

	if (!attach_missing(&joining->attach, &file))
		return false;
	for (size_t i = 0; i < missing.n_clues; i++) {
		if (!attach_clue(
			&joining->attach, number, correlation_missing_clue(correlation, index, i)))
			return false;
	}
	return true;
}

/* A single folder or file was scanned, or one part of many: what is not in it lies elsewhere and is
 * not missing. */
static bool
add_all_missing(struct joining *joining)
{
	const struct collect *collect = joining->out->collect;
	const size_t count = correlation_n_missing(joining->out->correlation);

	if (collect->n_roots == 0 || collect->options->shards > 1) {
		joining->out->n_elsewhere = count;
		return true;
	}
	for (size_t i = 0; i < count; i++) {
		if (!keep_error(joining, add_missing(joining, i)))
			return false;
	}
	return true;
}

static bool
rule_out_all(struct joining *joining)
{
	const struct correlation *correlation = joining->out->correlation;

	for (size_t i = 0; i < correlation_n_rule_outs(correlation); i++) {
		if (!keep_error(joining,
			attach_rule_out(&joining->attach, correlation_rule_out(correlation, i))))
			return false;
	}
	return true;
}

/* What the picture shows beside the files. */
static void
show_crashes(const struct joining *joining)
{
	const struct correlation *correlation = joining->out->correlation;
	const size_t all = correlation_n_crashes(correlation);
	const size_t kept = all < PICTURE_CRASHES ? all : PICTURE_CRASHES;
	int64_t crashes[PICTURE_CRASHES];
	int32_t offset;

	for (size_t i = 0; i < kept; i++)
		crashes[i] = correlation_crash(correlation, all - kept + i);
	ranking_crashes(joining->ranking, crashes, kept, all - kept);
	if (correlation_offset(correlation, &offset))
		ranking_clock(joining->ranking, offset);
}

static bool
attach_all(struct joining *joining)
{
	struct corroboration *out = joining->out;

	correlation_each(out->correlation, attach_found, joining);
	if (joining->error != 0 ||
	    !keep_error(joining, torn_attach(&joining->torn, joining->wanted, &joining->attach)) ||
	    !keep_error(joining, ranking_each(joining->ranking, compare_file, joining)) ||
	    joining->error != 0)
		return false;
	out->n_torn_unseen = joining->torn.n_unseen;
	show_crashes(joining);
	return add_all_missing(joining) && rule_out_all(joining);
}

/* False with joining->error set, or after a message. */
static bool
join(struct joining *joining)
{
	struct correlation *correlation = joining->out->correlation;

	if (!keep_error(joining, ranking_each(joining->ranking, show_file, joining)) ||
	    joining->error != 0 || !keep_error(joining, correlation_finish(correlation)))
		return false;
	want_needles(joining);
	torn_settle(&joining->torn, joining->wanted);
	if (!search(joining) || joining->error != 0 ||
	    !keep_error(joining, correlation_settle(correlation)))
		return false;
	artefacts_set_local_clock(
	    joining->out->collect->artefacts, correlation_local_clock(correlation));
	return attach_all(joining);
}

static bool
start(struct corroboration *out, const struct options *options, struct joining *joining)
{
	const struct correlation_options correlate = {
		.has_timezone = options->timezone != NULL,
		.zone = options->timezone ? value_zone_offset : NULL,
		.archive_is_control = options->archive_is_control,
		.factors = weights_factors(options->weights),
	};

	reading_finish(out->collect);
	if (!out->collect->reading.logs)
		return errno = ENOMEM, false;
	out->correlation = correlation_new(out->collect->reading.logs, &correlate);
	joining->wanted = malloc(sizeof *joining->wanted);
	if (!out->correlation || !joining->wanted)
		return false;
	wanted_clear(joining->wanted);
	return true;
}

bool
corroborate(struct corroboration *out, const struct options *options)
{
	struct ranking *ranking = out->collect->ranking;
	struct joining joining = {
		.out = out, .ranking = ranking, .attach = { ranking, out->collect->keep, false }
	};
	bool good;

	if (options->timezone)
		value_zone_enter(options->timezone);
	good = keep_error(&joining, start(out, options, &joining)) && join(&joining);
	if (out->correlation)
		correlation_forget_files(out->correlation);
	if (options->timezone)
		value_zone_leave();
	torn_free(&joining.torn);
	free(joining.wanted);
	if (joining.attach.told)
		return good;
	if (joining.error == ENOSPC || joining.error == EFBIG || joining.error == EDQUOT)
		say("cannot keep what was found in the temporary file of %s: %s (set TMPDIR to a "
		    "folder with more room)",
		    out->collect->spill_dir, strerror(joining.error));
	else if (joining.error != 0)
		say("cannot join the logs with the files: %s", strerror(joining.error));
	return good;
}

/* Whether a log was read that can tell of a crash, or none was to be read. */
static bool
knows_of_crashes(const struct corroboration *out)
{
	const struct log_set *logs = out->collect->reading.logs;

	for (size_t i = 0; logs && i < log_set_count(logs); i++) {
		const enum log_kind kind = log_set_log(logs, i)->kind;

		if (kind == LOG_EVT || kind == LOG_EVENT_TEXT || kind == LOG_DRWATSON)
			return true;
	}
	return out->collect->options->no_evidence;
}

void
corroborate_notes(const struct corroboration *out, struct notes *notes)
{
	if (!out->correlation)
		return;
	for (size_t i = 0; i < correlation_n_notes(out->correlation); i++)
		notes_add(notes, "%s", correlation_note(out->correlation, i));
	if (!knows_of_crashes(out))
		notes_add(notes,
		    "No event log and no Dr. Watson log was read: with them (--evidence=FILE) more "
		    "can be told of what stopped the service.");
	if (out->n_elsewhere > 0 && out->collect->options->shards > 1)
		notes_add(notes,
		    "Logs name %" PRIu64 " files that this part of the scan has not; other parts "
		    "may have them.",
		    out->n_elsewhere);
	else if (out->n_elsewhere > 0)
		notes_add(notes,
		    "Logs name %" PRIu64 " file%s not below the given path; scan the whole "
		    "Imcdata folder to have them looked for.",
		    out->n_elsewhere, out->n_elsewhere == 1 ? "" : "s");
	if (out->n_changed > 0)
		notes_add(notes,
		    "%" PRIu64 " files were not searched a second time: they changed or could not "
		    "be read again.",
		    out->n_changed);
	if (out->n_torn_unseen > 0)
		notes_add(notes,
		    "The blocks of %" PRIu64 " torn files were not looked for in others: there are "
		    "too many.",
		    out->n_torn_unseen);
}

void
corroborate_free(struct corroboration *out)
{
	correlation_free(out->correlation);
}
