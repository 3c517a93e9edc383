/* salvage.c - `imcscan salvage`: a clean mail out of each message that is held back. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/locate.h"
#include "cli/salvage_run.h"
#include "cli/say.h"
#include "cli/shut.h"
#include "cli/stop.h"
#include "cli/walking.h"

/* ---- out of a tree ---- */

static int
one_of_tree(struct salvage_run *run, const char *path, const char *message)
{
	struct located located;
	int status = locate(run->unpack, path, message, &located);

	if (status == EXIT_QUIET &&
	    !salvage_run_want(run, located.file.root, located.file.path, NULL))
		status = EXIT_TROUBLE;
	if (status == EXIT_QUIET) {
		const int fd = located.fd;

		located.fd = -1;
		if (!salvage_run_do(run, &run->targets[run->n_targets - 1], &located.file, fd))
			status = EXIT_TROUBLE;
	}
	located_free(&located);
	return status;
}

static int
from_tree(struct salvage_run *run)
{
	const struct options *options = run->options;
	int status = EXIT_QUIET;

	if (walk_is_inside(options->paths[0], options->out_folder)) {
		say_about(
		    options->out_folder, "lies inside the evidence, where nothing is ever written");
		return EXIT_TROUBLE;
	}
	if (!salvage_run_folder(run) || !shut_salvage(options, options->paths, 1, false))
		return EXIT_TROUBLE;
	if (options->n_paths == 1)
		return one_of_tree(run, options->paths[0], NULL);
	for (size_t i = 1; i < options->n_paths && status == EXIT_QUIET; i++)
		status = one_of_tree(run, options->paths[0], options->paths[i]);
	return status;
}

/* ---- the command ---- */

static int
check(const struct options *options, bool is_case)
{
	struct stat st;

	if (options->n_paths == 0)
		return say_usage(options->name, "CASE|TREE", "no case and no tree given");
	if (!options->out_folder)
		return say_usage(options->name, "--out", "name the folder for what is salvaged");
	if (options->all && !is_case)
		return say_usage(options->name, options->paths[0],
		    "--all takes the case of a scan (scan --case=FILE)");
	if (options->all && options->n_paths > 1)
		return say_usage(
		    options->name, options->paths[1], "either --all or messages by name");
	if (!options->all && options->n_paths == 1 &&
	    (is_case || (stat(options->paths[0], &st) == 0 && S_ISDIR(st.st_mode))))
		return say_usage(options->name, options->paths[0], "name a MESSAGE of it, too");
	return EXIT_QUIET;
}

static int
from_case(struct salvage_run *run)
{
	int status;

	status = salvage_from_case(run);
	if (run->n_made + run->n_failed > 0 && !salvage_run_keep(run))
		status = EXIT_TROUBLE;
	return status;
}

static int
verdict(const struct salvage_run *run, int status)
{
	if (stop_requested())
		return EXIT_INTERRUPTED;
	if (run->broken || status != EXIT_QUIET)
		return status == EXIT_QUIET ? EXIT_TROUBLE : status;
	if (run->n_targets == 0)
		puts("No message of the case is of that level.");
	return say_written(run->n_failed > 0 ? EXIT_INCOMPLETE : EXIT_QUIET);
}

static void
run_free(struct salvage_run *run)
{
	for (size_t i = 0; i < run->n_targets; i++) {
		free(run->targets[i].root);
		free(run->targets[i].path);
	}
	free(run->targets);
	salvage_one_close(&run->one);
	salvager_close(&run->salvager);
	unpack_free(run->unpack);
}

int
cmd_salvage(const struct options *options)
{
	struct salvage_run run = { .options = options };
	const bool is_case = options->n_paths > 0 && casefile_is_case(options->paths[0]);
	int status = check(options, is_case);

	if (status != EXIT_QUIET)
		return status;
	stop_watch();
	if (!salvager_open(&run.salvager, options))
		return EXIT_TROUBLE;
	run.unpack = walking_unpacker(options);
	if (!run.unpack) {
		status = EXIT_TROUBLE;
	} else if (!salvage_one_open(&run.one, &run.salvager)) {
		say("out of memory");
		status = EXIT_TROUBLE;
	} else {
		status = is_case ? from_case(&run) : from_tree(&run);
	}
	status = verdict(&run, status);
	run_free(&run);
	return status;
}
