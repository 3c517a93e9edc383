/* scan.c - `imcscan scan` and `imcscan check`: examine, rank, report, exit status. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/about.h"
#include "cli/cli.h"
#include "cli/collect.h"
#include "cli/filelist.h"
#include "cli/notes.h"
#include "cli/output.h"
#include "cli/say.h"
#include "cli/screen.h"
#include "cli/stop.h"
#include "spool/count.h"

struct scan {
	const struct options *options;
	const char *const *paths;
	size_t n_paths;
	struct collect collect;
	struct run_info run;
	struct summary summary;
	struct notes notes;
};

static bool
output_is_outside(const struct scan *scan)
{
	const char *goal = scan->options->output;

	for (size_t i = 0; goal && strcmp(goal, "-") != 0 && i < scan->n_paths; i++) {
		if (!walk_is_inside(scan->paths[i], goal))
			continue;
		say_about(goal, "lies inside the evidence, where nothing is ever written");
		return false;
	}
	return true;
}

static bool
dir_is_outside(const struct scan *scan, const char *dir)
{
	for (size_t i = 0; i < scan->n_paths; i++) {
		if (walk_is_inside(scan->paths[i], dir))
			return false;
	}
	return true;
}

/* A nameless file outside the evidence, or memory when every folder for such files lies in it. */
static struct spill *
open_spill(struct scan *scan)
{
	const char *const dirs[] = { getenv("TMPDIR"), "/tmp", "/var/tmp" };

	for (size_t i = 0; i < sizeof dirs / sizeof dirs[0]; i++) {
		struct spill *spill = NULL;

		if (dirs[i] && *dirs[i] && dir_is_outside(scan, dirs[i]))
			spill = spill_new(dirs[i]);
		if (spill) {
			scan->collect.spill_dir = dirs[i];
			return spill;
		}
	}
	scan->collect.spill_dir = "memory";
	return spill_new(NULL);
}

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
	};
	struct spill *spill = open_spill(scan);

	options.rules = rules_all(&options.n_rules);
	if (spill)
		scan->collect.ranking = ranking_new(&options, spill);
	if (!scan->collect.ranking)
		say("cannot open a temporary file: %s", strerror(errno));
	return scan->collect.ranking != NULL;
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

static bool
rank_all(struct scan *scan)
{
	if (!ranking_finish(scan->collect.ranking, &scan->summary)) {
		say("cannot rank: %s", strerror(errno));
		return false;
	}
	scan->summary.interrupted = stop_requested();
	scan->summary.artefacts = scan->collect.artefacts.count;
	scan->summary.worker_deaths = pool_deaths(scan->collect.pool);
	scan->summary.ended = (int64_t)time(NULL);
	return true;
}

static void
describe_run(struct scan *scan)
{
	const struct options *options = scan->options;
	const struct collect *collect = &scan->collect;
	struct run_info *run = &scan->run;

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
	run->roots = (const char *const *)collect->roots;
	run->n_roots = collect->n_roots;
	run->atime_may_change = collect->atime_may_change;
	notes_gather(&scan->notes, options, collect, &scan->summary);
	run->notes = scan->notes.lines;
	run->n_notes = scan->notes.count;
}

struct writing {
	const struct writer *writer;
	struct report *report;
};

static bool
write_one(void *context, const struct suspect *suspect)
{
	const struct writing *writing = context;

	writing->writer->suspect(writing->report, suspect);
	return !ferror(writing->report->out);
}

static bool
write_report(struct scan *scan)
{
	const struct options *options = scan->options;
	struct report_options shown = {
		.top = options->top,
		.min_level = options->min_level,
		.check = options->command == COMMAND_CHECK,
		.fail_on = options->fail_on,
	};
	struct output output;
	struct report report = { .run = &scan->run, .summary = &scan->summary, .options = &shown };
	struct writing writing = { writer_by_name(options->format ? options->format : "text"),
		&report };
	bool good;

	if (!output_open(options->output, &output))
		return false;
	report.out = output.file;
	shown.colour = screen_has_colour(output.file, options->colour);
	shown.columns = screen_columns(output.file);
	writing.writer->begin(&report);
	good = ranking_walk(scan->collect.ranking, write_one, &writing);
	if (!good)
		say("cannot read the temporary file of %s back: %s", scan->collect.spill_dir,
		    strerror(errno));
	artefacts_write(&scan->collect.artefacts, writing.writer, &report,
	    ranking_only_root(scan->collect.ranking));
	writing.writer->end(&report);
	return output_close(&output, good) && good;
}

static int
verdict(const struct scan *scan)
{
	const struct summary *summary = &scan->summary;

	if (summary->interrupted)
		return EXIT_INTERRUPTED;
	for (int level = (int)scan->options->fail_on; level < LEVEL_COUNT; level++) {
		if (level != LEVEL_UNKNOWN && summary->by_level[level] > 0)
			return EXIT_SUSPECTS;
	}
	if (summary->by_status[STATUS_PARTIAL] || summary->by_status[STATUS_CHANGED] ||
	    summary->by_status[STATUS_FAILED])
		return EXIT_INCOMPLETE;
	return EXIT_QUIET;
}

static int
run(struct scan *scan)
{
	if (!output_is_outside(scan))
		return EXIT_TROUBLE;
	stop_watch();
	scan->summary.started = (int64_t)time(NULL);
	if (!start_workers(scan) || !start_ranking(scan) || !examine_all(scan) || !rank_all(scan))
		return EXIT_TROUBLE;
	describe_run(scan);
	return write_report(scan) ? verdict(scan) : EXIT_TROUBLE;
}

int
cmd_scan(const struct options *options)
{
	struct scan scan = { .options = options, .collect = { .options = options, .prefix = "" } };
	struct filelist list = { 0 };
	int status = EXIT_TROUBLE;

	if (filelist_read(options, &list)) {
		scan.paths = list.paths;
		scan.n_paths = list.count;
		if (list.count == 0)
			status = say_usage(options->name, options->name, "no PATH given");
		else if (options->command == COMMAND_CHECK && list.count > 1)
			status = say_usage(options->name, list.paths[1], "check takes one PATH");
		else
			status = run(&scan);
	}
	pool_free(scan.collect.pool);
	ranking_free(scan.collect.ranking);
	collect_free(&scan.collect);
	filelist_free(&list);
	return status;
}
