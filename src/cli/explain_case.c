/* explain_case.c - `imcscan explain CASE MESSAGE`: what a case holds about one message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/explain.h"
#include "cli/locate.h"
#include "cli/recall.h"
#include "cli/say.h"
#include "cli/screen.h"
#include "cli/shut.h"
#include "report/explain.h"

struct finding_it {
	const struct options *options;
	const char *message;
	struct recall *recall;
	enum fit fit;
	uint64_t count, rank; /* of that fit; of the first of them */
	bool examined, described;
};

static bool
look_at(void *context, const struct suspect *suspect)
{
	struct finding_it *finding = context;
	const enum fit fit = locate_fit(suspect->root, suspect->path, finding->message);

	if (fit == FIT_NONE || fit < finding->fit)
		return true;
	if (fit > finding->fit) {
		finding->fit = fit;
		finding->count = 0;
		finding->rank = suspect->rank;
		finding->examined = suspect->record != NULL;
	}
	finding->count++;
	return true;
}

static bool
print_it(void *context, const struct suspect *suspect)
{
	struct finding_it *finding = context;
	const struct results *results = &finding->recall->results;
	const struct explanation explanation = {
		.out = stdout,
		.suspect = suspect,
		.description = suspect->rank == finding->rank && results->describe
				   ? results->describe(results->describing, suspect)
				   : NULL,
		.colour = screen_has_colour(stdout, finding->options->colour),
		.columns = screen_columns(stdout),
		.of = results->summary.seen,
		.arithmetic = &results->summary.arithmetic,
	};

	if (suspect->rank != finding->rank)
		return true;
	finding->described = explanation.description != NULL;
	explain_print(&explanation);
	return false;
}

static int
print(struct finding_it *finding)
{
	struct results *results = &finding->recall->results;

	if (!ranking_walk(results->ranking, look_at, finding))
		return say("cannot read the temporary file of %s back", results->spill_dir),
		       EXIT_TROUBLE;
	if (finding->count == 0)
		return say_about(finding->message, "no such message in the case"), EXIT_TROUBLE;
	if (finding->count > 1) {
		say_about(finding->message,
		    "%" PRIu64 " messages are called so; name one by its path", finding->count);
		return EXIT_TROUBLE;
	}
	if (!finding->examined)
		return say_about(finding->message, "was not examined"), EXIT_TROUBLE;
	if (!ranking_walk(results->ranking, print_it, finding))
		return EXIT_TROUBLE;
	if (!finding->described)
		puts("\nThe case holds no header fields, parts and excerpts of this message (only "
		     "those of the\nfirst suspects): imcscan explain PATH MESSAGE reads them from "
		     "the copied tree.");
	return say_written(EXIT_QUIET);
}

int
explain_case(const struct options *options)
{
	struct recall recall;
	struct finding_it finding = { .options = options, .recall = &recall };
	int status = EXIT_TROUBLE;

	if (options->n_paths < 2)
		return say_usage(
		    options->name, options->paths[0], "is a case: name a MESSAGE of it, too");
	finding.message = options->paths[1];
	if (!shut_cases(options, false))
		return EXIT_TROUBLE;
	if (recall_case(&recall, options->paths[0], NULL))
		status = print(&finding);
	recall_free(&recall);
	return status;
}
