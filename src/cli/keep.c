/* keep.c - what a scan finds, kept in the case that --case names. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/keep.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/say.h"
#include "cli/weights.h"

bool
keep_allowed(const struct options *options, const struct results *results)
{
	if (options->resume && !options->case_path) {
		(void)say_usage(options->name, "--resume", "needs --case=FILE");
		return false;
	}
	if (!options->case_path)
		return true;
	if (options->redact) {
		(void)say_usage(options->name, "--redact",
		    "a case keeps everything: leave it out here and give it to imcscan report");
		return false;
	}
	if (options->output && casefile_is_file(options->output, options->case_path)) {
		say_about(options->output, "is named by --case and by --output");
		return false;
	}
	return results_outside(results, options->case_path);
}

static bool
is_refused(const struct keep *keep, const char *why)
{
	say_about(keep->path, "cannot be used as a case: %s", why);
	return false;
}

static bool
open_case(struct keep *keep, bool resume)
{
	char why[CASEFILE_WHY] = "";

	keep->casefile = casefile_create(keep->path, why);
	if (!keep->casefile && errno == EEXIST && resume)
		keep->casefile = casefile_resume(keep->path, why);
	else if (!keep->casefile && errno == EEXIST)
		return is_refused(
		    keep, "it is there already; name another file, or go on with it by --resume");
	return keep->casefile || is_refused(keep, why);
}

/* What logs said is read anew with each session. */
static void
say_lost_evidence(const struct keep *keep, const struct options *options, size_t n_given)
{
	const char *const *before;
	size_t n_before = 0;

	if (!options->no_evidence && casefile_get_evidence(keep->casefile, &before, &n_before) &&
	    n_before > n_given)
		say_about(keep->path,
		    "was begun with more --evidence than is given now: what those logs say is left "
		    "out. Give them again with --resume.");
}

bool
keep_open(struct keep *keep, const struct options *options, const struct results *results)
{
	const struct summary summary = { .started = results->summary.started };
	struct casefile *casefile;

	keep->setup = (struct casefile_setup){
		.exchange = options->exchange,
		.archive_is_control = options->archive_is_control,
		.disabled = options->disabled,
		.excludes = options->n_excludes > 0,
		.no_evidence = options->no_evidence,
		.shards = options->shards > 1 ? options->shards : 0,
		.shard_set = options->shards > 1 ? 1ull << (options->shard - 1) : 0,
	};
	keep->weights = weights_lines(options->weights, &keep->setup.n_weights);
	keep->setup.weights = (const char *const *)keep->weights;
	if (options->weights && keep->setup.n_weights != options->weights->n_changed + 2) {
		say("out of memory");
		return false;
	}
	if (!options->case_path)
		return true;
	keep->path = options->case_path;
	keep->record = calloc(1, sizeof *keep->record);
	if (!keep->record || !open_case(keep, options->resume))
		return false;
	casefile = keep->casefile;
	if (options->resume)
		say_lost_evidence(keep, options, results->n_evidence);
	if (casefile_begin_session(casefile, &results->run, &keep->setup) &&
	    casefile_put_run(casefile, &results->run, &keep->setup, &summary, false) &&
	    casefile_put_evidence(casefile, results->evidence, results->n_evidence))
		return true;
	(void)is_refused(keep, casefile_why(casefile));
	return keep_close(keep, false), false;
}

static struct casefile_file
file_of(const struct ranked_file *file, uint32_t mtime_nsec)
{
	return (struct casefile_file){
		.root = file->root,
		.path = file->path,
		.folder = file->folder,
		.direction = file->direction,
		.status = file->status,
		.reason = file->reason,
		.foreign_name = file->foreign_name,
		.has_stat = file->has_stat,
		.size = file->size,
		.mtime_sec = file->mtime_sec,
		.mtime_nsec = mtime_nsec,
	};
}

struct ranked_file
keep_ranked(const struct casefile_file *file)
{
	return (struct ranked_file){
		.root = file->root,
		.path = file->path,
		.folder = file->folder,
		.direction = file->direction,
		.status = file->status,
		.reason = file->reason,
		.foreign_name = file->foreign_name,
		.has_stat = file->has_stat,
		.size = file->size,
		.mtime_sec = file->mtime_sec,
	};
}

bool
keep_knows(struct keep *keep, const struct ranked_file *file, uint32_t mtime_nsec, uint64_t *id,
    uint8_t sha256[32])
{
	const struct casefile_file asked = file_of(file, mtime_nsec);

	*id = 0;
	return keep->casefile && casefile_known(keep->casefile, &asked, id, sha256);
}

const struct record *
keep_recall(struct keep *keep, uint64_t id, enum status *status)
{
	if (!casefile_recall(
		keep->casefile, id, keep->record, status, keep->reason, sizeof keep->reason))
		return NULL;
	return keep->record;
}

bool
keep_known(struct keep *keep, uint64_t id)
{
	return casefile_take(keep->casefile, id);
}

bool
keep_file(struct keep *keep, const struct ranked_file *file, uint32_t mtime_nsec, uint64_t id,
    const struct record *record)
{
	const struct casefile_file added = file_of(file, mtime_nsec);

	if (!keep->casefile)
		return true;
	return (id == 0 || casefile_drop(keep->casefile, id)) &&
	       casefile_add_file(keep->casefile, &added, record);
}

bool
keep_log(struct keep *keep, const char *root, struct slice path, const struct evidence *evidence)
{
	return !keep->casefile || casefile_add_log(keep->casefile, root, path, evidence);
}

bool
keep_hit(struct keep *keep, uint64_t number, const struct casefile_hit *hit)
{
	return !keep->casefile || casefile_add_hit(keep->casefile, number, hit);
}

bool
keep_clue(struct keep *keep, uint64_t number, const struct clue *clue)
{
	return !keep->casefile || casefile_add_clue(keep->casefile, number, clue);
}

bool
keep_failed(const struct keep *keep)
{
	say_about(
	    keep->path, "cannot keep what was found in the case: %s", casefile_why(keep->casefile));
	return false;
}

bool
keep_met_all(struct keep *keep)
{
	if (!keep->casefile)
		return true;
	return casefile_end_session(keep->casefile, &keep->n_gone) || keep_failed(keep);
}

static bool
put_artefact(void *context, const struct artefact *artefact)
{
	return casefile_add_artefact(context, artefact);
}

bool
keep_artefacts(struct keep *keep, const struct results *results)
{
	return !keep->casefile ||
	       artefacts_each(&results->artefacts, put_artefact, keep->casefile) ||
	       keep_failed(keep);
}

struct putting {
	struct casefile *casefile;
	bool good;
};

static bool
put_suspect(void *context, const struct suspect *suspect)
{
	struct putting *putting = context;

	return putting->good = casefile_put_suspect(putting->casefile, suspect);
}

bool
keep_results(struct keep *keep, struct results *results)
{
	struct putting putting = { keep->casefile, true };

	if (!keep->casefile)
		return true;
	if (!ranking_walk(results->ranking, put_suspect, &putting)) {
		say("cannot read the temporary file of %s back: %s", results->spill_dir,
		    strerror(errno));
		return false;
	}
	return (putting.good && casefile_put_summary(keep->casefile, &results->summary) &&
		   casefile_put_run(
		       keep->casefile, &results->run, &keep->setup, &results->summary, true)) ||
	       keep_failed(keep);
}

bool
keep_close(struct keep *keep, bool whole)
{
	struct casefile *casefile = keep->casefile;
	bool good = true;

	keep->casefile = NULL;
	if (casefile && whole)
		good = casefile_close(casefile);
	else
		casefile_abandon(casefile, keep->path);
	if (!good)
		say_about(keep->path, "cannot write the end of the case");
	for (size_t i = 0; keep->weights && keep->weights[i]; i++)
		free(keep->weights[i]);
	free(keep->weights);
	free(keep->record);
	keep->weights = NULL;
	keep->record = NULL;
	return good;
}
