/*
 * explain.c - `imcscan explain`: all about one message, or one rule.
 *
 * The message is examined by a confined worker like any other; what it says beyond its record comes
 * as a description, which the pool validates.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/explain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/casefile.h"
#include "cli/cli.h"
#include "cli/locate.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/screen.h"
#include "cli/shut.h"
#include "cli/stop.h"
#include "cli/walking.h"
#include "cli/weights.h"
#include "report/explain.h"
#include "worker/pool.h"

struct telling {
	const struct options *options;
	struct pool *pool;
	struct unpack *unpack;
	struct located located;
	struct record *record; /* NULL: the worker has not answered */
	struct description *description;
	struct summary summary; /* of the tree of this one file */
};

/* What the pool lends is kept until it is printed. */
static void
answered(void *context, const struct record *record)
{
	struct telling *telling = context;
	const struct description *description = pool_description(telling->pool);

	telling->record = malloc(sizeof *telling->record);
	if (telling->record)
		memcpy(telling->record, record, sizeof *record);
	if (!description)
		return;
	telling->description = malloc(sizeof *telling->description);
	if (telling->description)
		(void)description_copy(description, telling->description);
}

static bool
start_worker(struct telling *telling)
{
	const struct options *options = telling->options;
	const struct pool_options pool_options = {
		.jobs = 1,
		.time_base_ms = options->time_base_ms,
		.time_per_mb_ms = options->time_per_mb_ms,
		.memory_mib = options->memory_mib,
		.sandbox = !options->no_sandbox,
		.disabled = options->disabled,
		.describe = true,
		.interrupted = stop_flag(),
		.limits = options->limits,
	};
	char why[256] = "";

	telling->pool = pool_new(&pool_options, answered, telling, why, sizeof why);
	if (!telling->pool)
		say("cannot start the workers: %s", why);
	return telling->pool != NULL;
}

static int
examine(struct telling *telling)
{
	struct located *located = &telling->located;
	const struct pool_job job = {
		.fd = located->fd,
		.folder = located->file.folder,
		.direction = located->file.direction,
		.size = located->file.size,
		.mtime_sec = located->file.mtime_sec,
		.mtime_nsec = located->mtime_nsec,
		.whole = located->whole,
	};

	located->fd = -1; /* the pool's now */
	errno = 0;
	if (pool_submit(telling->pool, &job) && pool_drain(telling->pool) && telling->record)
		return EXIT_QUIET;
	if (stop_requested())
		return EXIT_INTERRUPTED;
	say("cannot examine the message: %s", strerror(errno ? errno : ENOMEM));
	return EXIT_TROUBLE;
}

/* ---- printing ---- */

static bool
print_one(void *context, const struct suspect *suspect)
{
	const struct telling *telling = context;
	struct suspect shown = *suspect;
	const struct explanation explanation = {
		.out = stdout,
		.suspect = &shown,
		.description = telling->description,
		.colour = screen_has_colour(stdout, telling->options->colour),
		.columns = screen_columns(stdout),
		.arithmetic = &telling->summary.arithmetic,
	};

	if (telling->located.several_roots)
		shown.root = telling->located.root;
	explain_print(&explanation);
	fputs("\nNo log was read: this is the file alone, ranked by itself. After scan\n"
	      "--case=CASE, imcscan explain CASE MESSAGE tells what the logs and the other\n"
	      "files say of it.\n",
	    stdout);
	return true;
}

static const char *
reason_of(const struct record *record)
{
	switch ((enum status)record->status) {
	case STATUS_PARTIAL:
		if (record->flags & RECORD_PARTS_CUT)
			return "parts too many or too deep: not all were followed";
		if (record->flags & RECORD_FIELDS_CUT)
			return "fields, parameters or addresses too many: not all were read";
		return record->n_findings > 0 ? "" : "too large: only its beginning was parsed";
	case STATUS_CHANGED:
		return "changed while it was being examined";
	case STATUS_FAILED:
		return strerror(record->error);
	default:
		return "";
	}
}

/* A tree of this one file gives it level and score. */
static bool
rank_and_print(struct telling *telling)
{
	struct ranked_file file = telling->located.file;
	struct ranking_options options = {
		.exchange = telling->options->exchange,
		.disabled = telling->options->disabled,
		.constants = weights_constants(telling->options->weights),
	};
	struct spill *spill = spill_new(NULL);
	struct ranking *ranking = NULL;
	bool good;

	options.rules = rules_all(&options.n_rules);
	file.status = (enum status)telling->record->status;
	file.reason = reason_of(telling->record);
	if (spill)
		ranking = ranking_new(&options, spill);
	good = ranking && ranking_add(ranking, &file, telling->record) &&
	       ranking_finish(ranking, &telling->summary) &&
	       ranking_walk(ranking, print_one, telling);
	if (!good)
		say("cannot rank: %s", strerror(errno));
	ranking_free(ranking);
	return good;
}

static int
tell(struct telling *telling, const char *path, const char *message)
{
	struct shut shut;
	int status;

	stop_watch();
	if (!start_worker(telling))
		return EXIT_TROUBLE;
	telling->unpack = walking_unpacker(telling->options);
	if (!shut_scan(telling->options, &path, 1, pool_sandbox(telling->pool), &shut))
		return EXIT_TROUBLE;
	status = telling->unpack ? locate(telling->unpack, path, message, &telling->located)
				 : EXIT_TROUBLE;
	if (status == EXIT_QUIET)
		status = examine(telling);
	if (status != EXIT_QUIET)
		return status;
	status = rank_and_print(telling) ? say_written(EXIT_QUIET) : EXIT_TROUBLE;
	if (telling->description)
		return status;
	if (telling->record->n_findings > 0)
		say_about(message ? message : path,
		    "the worker died over it: only what is known from outside could be told");
	else
		say_about(message ? message : path, "%s", reason_of(telling->record));
	return EXIT_TROUBLE;
}

int
cmd_explain(const struct options *options)
{
	struct telling telling = { .options = options, .located = { .fd = -1 } };
	const char *path = options->n_paths > 0 ? options->paths[0] : NULL;
	int status;

	if (options->rule && path)
		return say_usage(options->name, path, "explain takes a PATH or a --rule, not both");
	if (options->sandbox && (path || options->rule))
		return say_usage(
		    options->name, path ? path : "--rule", "explain --sandbox takes nothing else");
	if (options->sandbox)
		return explain_sandbox(options);
	if (options->rule)
		return explain_rule(rule_by_id(options->rule, NULL));
	if (!path)
		return say_usage(options->name, options->name, "no PATH and no --rule=ID given");
	if (options->n_paths > 2)
		return say_usage(options->name, options->paths[2],
		    "explain takes a PATH and a MESSAGE, no more");
	if (casefile_is_case(path))
		return explain_case(options);
	status = tell(&telling, path, options->n_paths == 2 ? options->paths[1] : NULL);
	pool_free(telling.pool);
	unpack_free(telling.unpack);
	located_free(&telling.located);
	free(telling.record);
	free(telling.description);
	return status;
}
