/* report.c - `imcscan report`: a report of a recorded run, in any format. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/recall.h"
#include "cli/say.h"

int
cmd_report(const struct options *options)
{
	struct recall recall;
	bool good;

	if (options->n_paths == 0)
		return say_usage(options->name, options->name, "no CASE given");
	if (options->n_paths > 1)
		return say_usage(options->name, options->paths[1], "report takes one CASE");
	good = recall_case(&recall, options->paths[0], options->output);
	if (good) {
		struct run_info *run = &recall.results.run;

		run->reproducible = options->reproducible;
		if (options->incident)
			run->incident = options->incident;
		if (options->examiner)
			run->examiner = options->examiner;
		good = results_write(&recall.results, options);
	}
	recall_free(&recall);
	return good ? EXIT_QUIET : EXIT_TROUBLE;
}
