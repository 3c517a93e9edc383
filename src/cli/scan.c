/* scan.c - `imcscan scan` and `imcscan check`: workers, collecting; results.c does the rest. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <time.h>

#include "cli/about.h"
#include "cli/cli.h"
#include "cli/collect.h"
#include "cli/corroborate.h"
#include "cli/filelist.h"
#include "cli/results.h"
#include "cli/say.h"
#include "cli/search.h"
#include "cli/stop.h"
#include "cli/weights.h"
#include "spool/count.h"

struct scan {
	const struct options *options;
	const char *const *paths;
	size_t n_paths;
	struct collect collect;
	struct corroboration corroboration;
	struct results results;
	const char **guarded; /* all that was given: nothing is written below it */
};

/* Workers are forked before anything that they need not inherit is opened. */
static bool
start_workers(struct scan *scan)
{
	const struct options *options = scan->options;
	const struct pool_options pool_options = {
		.jobs = options->jobs,
		.time_base_ms = options->time_base_ms,
		.time_per_mb_ms = options->time_per_mb_ms,
		.memory_mib = options->memory_mib,
		.sandbox = !options->no_sandbox,
		.disabled = options->disabled,
		.interrupted = stop_flag(),
		.log_done = options->no_evidence ? NULL : reading_done,
		.hits_done = search_done,
	};
	char why[256] = "";

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

static void
describe_run(struct scan *scan)
{
	const struct options *options = scan->options;
	const struct collect *collect = &scan->collect;
	struct results *results = &scan->results;
	struct run_info *run = &results->run;

	about_fill(run);
	run->paths = scan->paths;
	run->n_paths = scan->n_paths;
	run->exchange = release_name(options->exchange);
	run->jobs = options->jobs;
	run->time_base_ms = options->time_base_ms;
	run->time_per_mb_ms = options->time_per_mb_ms;
	run->memory_mib = options->memory_mib;
	run->sandboxed = !options->no_sandbox;
	run->sandbox = pool_sandbox(collect->pool);
	run->reproducible = options->reproducible;
	run->incident = options->incident ? options->incident : "";
	run->examiner = options->examiner ? options->examiner : "";
	run->command = options->name;
	run->timezone = options->timezone ? options->timezone : "";
	weights_tell(options->weights, run);
	run->roots = (const char *const *)collect->roots;
	run->n_roots = collect->n_roots;
	run->atime_may_change = collect->atime_may_change;
	notes_gather(&results->notes, options, collect, &results->summary);
	corroborate_notes(&scan->corroboration, &results->notes);
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

static int
run(struct scan *scan)
{
	struct results *results = &scan->results;

	if (!guard(scan) || !results_outside(results, scan->options->output))
		return EXIT_TROUBLE;
	stop_watch();
	results->summary.started = about_now();
	if (!start_workers(scan) || !start_ranking(scan) || !examine_all(scan) || !rank_all(scan))
		return EXIT_TROUBLE;
	describe_run(scan);
	if (!results_write(results, scan->options))
		return EXIT_TROUBLE;
	return results_verdict(results, scan->options->fail_on);
}

int
cmd_scan(const struct options *options)
{
	struct scan scan = { .options = options, .collect = { .options = options, .prefix = "" } };
	struct filelist list = { 0 };
	int status = EXIT_TROUBLE;

	scan.collect.artefacts = &scan.results.artefacts;
	if (filelist_read(options, &list)) {
		scan.paths = list.paths;
		scan.n_paths = list.count;
		if (list.count == 0)
			status = say_usage(options->name, options->name, "no PATH given");
		else if (options->no_evidence && options->n_evidence > 0)
			status = say_usage(options->name, options->evidence[0],
			    "--no-evidence leaves out what --evidence adds");
		else if (options->command == COMMAND_CHECK && list.count > 1)
			status = say_usage(options->name, list.paths[1], "check takes one PATH");
		else
			status = run(&scan);
	}
	pool_free(scan.collect.pool);
	corroborate_free(&scan.corroboration);
	collect_free(&scan.collect);
	results_free(&scan.results);
	free(scan.guarded);
	filelist_free(&list);
	return status;
}
