/* scan_run.c - one scan: workers, collecting; results.c does the rest. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/scan_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/about.h"
#include "cli/archives.h"
#include "cli/cli.h"
#include "cli/collect.h"
#include "cli/corroborate.h"
#include "cli/details.h"
#include "cli/keep.h"
#include "cli/results.h"
#include "cli/say.h"
#include "cli/search.h"
#include "cli/shut.h"
#include "cli/stop.h"
#include "cli/walking.h"
#include "cli/weights.h"
#include "spool/count.h"
#include "writer.h"

struct scan {
	const struct options *options;
	const char *const *paths;
	size_t n_paths;
	struct collect collect;
	struct corroboration corroboration;
	struct results results;
	const char **guarded; /* all that was given: nothing is written below it */
	struct keep keep;
	struct details details;
	struct shut shut;
	size_t n_twice; /* paths that the command line names more than once */
};

/* Torn files of other parts may hold sectors of this one's. */
static bool
keeps_blocks(const struct options *options)
{
	return options->shards > 1 && options->case_path;
}

static struct pool_options
pool_options_of(const struct options *options)
{
	return (struct pool_options){
		.jobs = options->jobs,
		.time_base_ms = options->time_base_ms,
		.time_per_mb_ms = options->time_per_mb_ms,
		.memory_mib = options->memory_mib,
		.sandbox = !options->no_sandbox,
		.disabled = options->disabled,
		.interrupted = stop_flag(),
		.log_done = options->no_evidence ? NULL : reading_done,
		.hits_done = search_done,
		.hash_blocks = keeps_blocks(options),
		.limits = options->limits,
	};
}

/* Workers are forked before anything that they need not inherit is opened. */
static bool
start_workers(struct scan *scan)
{
	const struct pool_options pool_options = pool_options_of(scan->options);
	char why[256] = "";

	scan->collect.unpack = walking_unpacker(scan->options);
	if (!scan->collect.unpack)
		return false;
	scan->collect.pool = pool_new(&pool_options, collect_done, &scan->collect, why, sizeof why);
	if (!scan->collect.pool)
		say("cannot start the workers: %s", why);
	return scan->collect.pool != NULL;
}

static bool
start_ranking(struct scan *scan)
{
	struct ranking_options options = {
		.exchange = scan->options->exchange,
		.disabled = scan->options->disabled,
		.archive_is_control = scan->options->archive_is_control,
		.constants = weights_constants(scan->options->weights),
	};

	options.rules = rules_all(&options.n_rules);
	if (!results_start(&scan->results, &options))
		return false;
	scan->collect.ranking = scan->results.ranking;
	scan->collect.spill_dir = scan->results.spill_dir;
	return true;
}

static bool
goes_on(void *context)
{
	(void)context;
	return !stop_requested();
}

static void
start_progress(struct scan *scan)
{
	const bool shown = progress_wanted((int)scan->options->progress);
	uint64_t total = 0;

	for (size_t i = 0; shown && i < scan->n_paths; i++)
		total += count_files(scan->paths[i], goes_on, NULL);
	scan->collect.progress = progress_new(shown, total);
}

/* Likely a slip: patterns are of whole paths below the root, or of the last part of one. Of a part
 * of a scan nothing can be said. */
static void
say_idle_excludes(const struct options *options)
{
	for (size_t i = 0; options->shards <= 1 && !stop_requested() && i < options->n_excludes;
	     i++) {
		if (!options->excluded_any[i])
			say_about(options->excludes[i],
			    "--exclude matched no file: a pattern is of a file's name, or of its "
			    "whole path below Imcdata (In/Temp/*)");
	}
}

static bool
examine_all(struct scan *scan)
{
	bool good = true;

	start_progress(scan);
	for (size_t i = 0; good && i < scan->options->n_evidence && !stop_requested(); i++)
		good = reading_evidence(&scan->collect, scan->options->evidence[i]);
	for (size_t i = 0; good && i < scan->n_paths && !stop_requested(); i++)
		good = collect_path(&scan->collect, scan->paths[i], scan->n_paths == 1);
	good = good && collect_finish(&scan->collect);
	progress_end(&scan->collect.progress);
	if (!good)
		return false;
	say_idle_excludes(scan->options);
	if (scan->collect.n_messages > 0 || stop_requested())
		return true;
	for (size_t i = 0; i < scan->n_paths; i++)
		say_about(scan->paths[i], "no message found");
	return false;
}

/* An interrupted scan knows only a part of the tree, of which nothing can be said to be missing. */
static bool
join_all(struct scan *scan)
{
	struct corroboration *corroboration = &scan->corroboration;

	if (stop_requested())
		return true;
	corroboration->collect = &scan->collect;
	corroboration->paths = scan->paths;
	corroboration->n_paths = scan->n_paths;
	corroboration->keeps_blocks = keeps_blocks(scan->options);
	return corroborate(corroboration, scan->options);
}

static bool
rank_all(struct scan *scan)
{
	struct summary *summary = &scan->results.summary;

	if (!join_all(scan) || !results_finish(&scan->results))
		return false;
	summary->interrupted = stop_requested();
	summary->logs_read = scan->collect.reading.n_read;
	summary->worker_deaths = pool_deaths(scan->collect.pool);
	summary->ended = about_now();
	return true;
}

/* What is known of the run before the first file is met. */
static void
describe_start(struct scan *scan)
{
	const struct options *options = scan->options;
	struct run_info *run = &scan->results.run;

	about_fill(run);
	run->paths = scan->paths;
	run->n_paths = scan->n_paths;
	run->exchange = release_name(options->exchange);
	run->jobs = options->jobs;
	run->time_base_ms = options->time_base_ms;
	run->time_per_mb_ms = options->time_per_mb_ms;
	run->memory_mib = options->memory_mib;
	run->limits = options->limits;
	run->sandboxed = !options->no_sandbox;
	run->sandbox = pool_sandbox(scan->collect.pool);
	run->reproducible = options->reproducible;
	run->incident = options->incident ? options->incident : "";
	run->examiner = options->examiner ? options->examiner : "";
	run->command = options->name;
	run->timezone = options->timezone ? options->timezone : "";
	weights_tell(options->weights, run);
}

static void
describe_end(struct scan *scan)
{
	const struct collect *collect = &scan->collect;
	struct results *results = &scan->results;
	struct run_info *run = &results->run;

	run->roots = (const char *const *)collect->roots;
	run->n_roots = collect->n_roots;
	run->atime_may_change = collect->atime_may_change;
	scan->keep.setup.layout = collect->layout;
	scan->keep.setup.mailroot = collect->mailroot;
	scan->keep.setup.useless = results->notes.useless;
	if (!archives_tell(&scan->collect, run))
		say("out of memory: the archives are not named in the report");
	notes_gather(&results->notes, scan->options, collect, &results->summary);
	scan->keep.setup.n_useless = results->notes.n_useless;
	corroborate_notes(&scan->corroboration, &results->notes);
	if (scan->n_twice > 0)
		notes_add(&results->notes,
		    "%zu of the paths given name what another one names: each is read once.",
		    scan->n_twice);
	if (!run->reproducible)
		shut_notes(&scan->shut, &results->notes);
	run->notes = results->notes.lines;
	run->n_notes = results->notes.count;
}

static bool
guard(struct scan *scan)
{
	const struct options *options = scan->options;
	const size_t count = scan->n_paths + options->n_evidence;

	scan->guarded = calloc(count + 1, sizeof *scan->guarded);
	if (!scan->guarded) {
		say("out of memory");
		return false;
	}
	for (size_t i = 0; i < count; i++)
		scan->guarded[i] =
		    i < scan->n_paths ? scan->paths[i] : options->evidence[i - scan->n_paths];
	scan->results.evidence = scan->guarded;
	scan->results.n_evidence = count;
	return true;
}

/* What the format or the case shows in detail is examined once more. */
static bool
describe(struct scan *scan)
{
	const struct options *options = scan->options;
	const struct pool_options pool_options = pool_options_of(options);
	uint32_t most = writer_by_name(options->format ? options->format : "text")->details;

	if (options->case_path && most < DETAILS_CASE)
		most = DETAILS_CASE;
	scan->details.keep = &scan->keep;
	scan->details.unpack = scan->collect.unpack;
	return most == 0 || stop_requested() ||
	       details_gather(&scan->details, &scan->results, &pool_options, most);
}

/* An interrupted scan did not meet every file that the case knows: they stay for the next. */
static bool
settle(struct scan *scan)
{
	if (!stop_requested() && !keep_met_all(&scan->keep))
		return false;
	if (!rank_all(scan))
		return false;
	describe_end(scan);
	return describe(scan) && keep_artefacts(&scan->keep, &scan->results) &&
	       keep_results(&scan->keep, &scan->results) && keep_close(&scan->keep, true);
}

/* Everything is open that is opened once: the workers, the case, the temporary files. */
static bool
shut(struct scan *scan)
{
	struct results *results = &scan->results;

	scan->details.spill = results_spill(results);
	if (!scan->details.spill) {
		say("cannot open a temporary file: %s", strerror(errno));
		return false;
	}
	if (!shut_scan(scan->options, results->evidence, results->n_evidence,
		pool_sandbox(scan->collect.pool), &scan->shut))
		return false;
	results->run.sandbox = scan->shut.line;
	return true;
}

static int
run(struct scan *scan)
{
	struct results *results = &scan->results;

	if (!guard(scan) || !results_outside(results, scan->options->output) ||
	    !keep_allowed(scan->options, results))
		return EXIT_TROUBLE;
	stop_watch();
	results->summary.started = about_now();
	if (!start_workers(scan) || !start_ranking(scan))
		return EXIT_TROUBLE;
	describe_start(scan);
	if (!keep_open(&scan->keep, scan->options, results) || !shut(scan) || !examine_all(scan) ||
	    !settle(scan) || !results_write(results, scan->options))
		return EXIT_TROUBLE;
	return results_verdict(results, scan->options->fail_on);
}

int
scan_run(const struct options *options, const char *const *paths, size_t n_paths, size_t n_twice,
    struct summary *summary)
{
	struct scan scan = { .options = options, .collect = { .options = options, .prefix = "" } };
	int status;

	scan.collect.artefacts = &scan.results.artefacts;
	scan.collect.keep = &scan.keep;
	scan.paths = paths;
	scan.n_paths = n_paths;
	scan.n_twice = n_twice;
	status = run(&scan);
	*summary = scan.results.summary;
	(void)keep_close(&scan.keep, false);
	details_free(&scan.details);
	pool_free(scan.collect.pool);
	unpack_free(scan.collect.unpack);
	corroborate_free(&scan.corroboration);
	collect_free(&scan.collect);
	results_free(&scan.results);
	free(scan.guarded);
	return status;
}
