/* report.c - `imcscan report`: a report of a recorded run, in any format. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/plan_notes.h"
#include "cli/recall.h"
#include "cli/say.h"
#include "cli/shut.h"
#include "cli/table.h"

int
cmd_report(const struct options *options)
{
	struct plan_notes notes = { .n = 0 };
	struct recall recall;
	bool good;

	if (options->n_paths == 0)
		return say_usage(options->name, options->name, "no CASE given");
	if (options->n_paths > 1)
		return shut_cases(options, false) ? table(options) : EXIT_TROUBLE;
	if (!shut_cases(options, false))
		return EXIT_TROUBLE;
	good = recall_case(&recall, options->paths[0], options->output);
	if (good && casefile_is_complete(recall.casefile) && casefile_has_steps(recall.casefile))
		good = plan_notes_read(&notes, options->paths[0], options->redact);
	if (good) {
		struct run_info *run = &recall.results.run;

		run->reproducible = options->reproducible;
		if (options->incident)
			run->incident = options->incident;
		if (options->examiner)
			run->examiner = options->examiner;
		plan_notes_tell(&notes, run);
		good = results_write(&recall.results, options);
	}
	plan_notes_free(&notes);
	recall_free(&recall);
	return good ? EXIT_QUIET : EXIT_TROUBLE;
}
