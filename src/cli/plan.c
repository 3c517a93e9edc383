/* plan.c - `imcscan plan`: the next start, what to record of it, scripts, simulation. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "cli/plan_case.h"
#include "cli/plan_moves.h"
#include "cli/plan_print.h"
#include "cli/say.h"
#include "cli/shut.h"

static int
check(const struct options *options)
{
	const struct plan_wish *wish = &options->plan;

	if (options->n_paths != 1)
		return say_usage(options->name, options->n_paths ? options->paths[1] : "CASE",
		    "plan takes one case file");
	if (wish->several_notes)
		return say_usage(options->name,
		    "--stable, --stopped, --unclear, --confirmed, --undo", "one of them at a time");
	if (wish->simulate && (wish->note != PLAN_NOTE_NONE || wish->script))
		return say_usage(
		    options->name, "--simulate", "records nothing and writes no script");
	if (wish->script && (!options->output || strcmp(options->output, "-") == 0))
		return say_usage(options->name, "--script",
		    "needs -o FILE: it writes FILE and the script that undoes it");
	if (wish->script && !wish->root)
		return say_usage(options->name, "--script",
		    "needs --root=DIR, the Imcdata folder of the live server");
	return EXIT_QUIET;
}

static bool
is_json(const struct options *options)
{
	return options->format && strcmp(options->format, "json") == 0;
}

static int
draw_of(const struct plan_wish *wish, const struct plan_case *plan, struct plan_trial *trial)
{
	trial->draw = PLAN_DRAW_POSTERIOR;
	if (!wish->draw || strcmp(wish->draw, "posterior") == 0)
		return EXIT_QUIET;
	trial->draw = PLAN_DRAW_UNIFORM;
	if (strcmp(wish->draw, "uniform") == 0)
		return EXIT_QUIET;
	trial->draw = PLAN_DRAW_FILE;
	trial->file = plan_case_file(plan, wish->draw);
	return trial->file < plan->files.n ? EXIT_QUIET : EXIT_TROUBLE;
}

static int
simulate(const struct options *options, const struct plan_case *plan)
{
	const struct plan_wish *wish = &options->plan;
	struct plan_trial trial = { .runs = (size_t)wish->runs, .seed = wish->seed };
	struct plan_trial_result result;
	struct output output;

	if (draw_of(wish, plan, &trial) != EXIT_QUIET)
		return EXIT_TROUBLE;
	if (plan->step.done ||
	    !plan_simulate(&plan->problem, plan->events, plan->records.n, &trial, &result)) {
		say_about(plan->path, plan->step.done ? "the plan is done: nothing to simulate"
						      : "such a culprit cannot be hidden: it is "
							"delivered or found already");
		return EXIT_TROUBLE;
	}
	if (!output_open(options->output, &output))
		return EXIT_TROUBLE;
	if (is_json(options))
		plan_print_trial_json(output.file, &result);
	else
		plan_print_trial(output.file, plan, &result, wish->draw ? wish->draw : "posterior");
	return output_close(&output, true) ? EXIT_QUIET : EXIT_TROUBLE;
}

static int
print(const struct options *options, const struct plan_case *plan)
{
	struct output output;

	if (!output_open(options->plan.script ? NULL : options->output, &output))
		return EXIT_TROUBLE;
	if (is_json(options))
		plan_print_json(output.file, plan);
	else
		plan_print_text(output.file, plan);
	return output_close(&output, true) ? EXIT_QUIET : EXIT_TROUBLE;
}

static int
answer(const struct options *options, struct plan_case *plan)
{
	int status = EXIT_QUIET, printed;

	if (options->plan.simulate)
		return simulate(options, plan);
	if (options->plan.note != PLAN_NOTE_NONE)
		status = plan_case_note(options, plan);
	if (status == EXIT_QUIET && options->plan.script)
		status = plan_write_scripts(options, plan);
	if (status == EXIT_TROUBLE)
		return status;
	printed = print(options, plan);
	return printed == EXIT_QUIET ? status : printed;
}

int
cmd_plan(const struct options *options)
{
	struct plan_case plan;
	int status = check(options);

	if (status != EXIT_QUIET)
		return status;
	if (!shut_cases(options, options->plan.note != PLAN_NOTE_NONE))
		return EXIT_TROUBLE;
	status = plan_case_open(options, &plan);
	if (status == EXIT_QUIET)
		status = answer(options, &plan);
	plan_case_close(&plan);
	return status;
}
