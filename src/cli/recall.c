/* recall.c - the results of a run, out of the case that kept them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/recall.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/keep.h"
#include "cli/say.h"
#include "cli/weights.h"

static bool
is_unsound(const struct recall *recall)
{
	say_about(recall->path, "cannot be read as a case: %s", casefile_why(recall->casefile));
	return false;
}

static bool
open_case(struct recall *recall)
{
	char why[CASEFILE_WHY] = "";

	recall->casefile = casefile_open(recall->path, why);
	if (!recall->casefile)
		say_about(recall->path, "cannot be read as a case: %s", why);
	return recall->casefile != NULL;
}

static bool
start(struct recall *recall)
{
	struct results *results = &recall->results;
	struct ranking_options options = { .exchange = RELEASE_UNKNOWN };

	options.rules = rules_all(&options.n_rules);
	recall->setup.disabled = calloc(options.n_rules + 1, sizeof(bool));
	if (!recall->setup.disabled) {
		say("out of memory");
		return false;
	}
	if (!casefile_get_run(recall->casefile, &results->run, &recall->setup, &results->summary) ||
	    !casefile_get_salvaged(
		recall->casefile, &results->run.salvaged, &results->run.n_salvaged) ||
	    !casefile_get_evidence(recall->casefile, &results->evidence, &results->n_evidence))
		return is_unsound(recall);
	results->run.command = "report";
	if (recall->setup.n_weights > 0 &&
	    !(recall->weights = weights_recall(recall->setup.weights, recall->setup.n_weights))) {
		say_about(recall->path, "cannot be read as a case: its weights are not sound");
		return false;
	}
	weights_tell(recall->weights, &results->run);
	options.constants = weights_constants(recall->weights);
	options.exchange = recall->setup.exchange;
	options.disabled = recall->setup.disabled;
	options.archive_is_control = recall->setup.archive_is_control;
	return results_start(results, &options);
}

static bool
take_file(void *context, const struct casefile_file *file, const struct record *record)
{
	struct recall *recall = context;
	const struct ranked_file ranked = keep_ranked(file);

	if (ranking_add(recall->results.ranking, &ranked, record))
		return true;
	say("cannot keep what was found in the temporary file of %s: %s", recall->results.spill_dir,
	    strerror(errno));
	recall->path = NULL; /* the message is said */
	return false;
}

static bool
take_artefact(void *context, const struct artefact *artefact)
{
	struct recall *recall = context;

	if (artefacts_keep(&recall->results.artefacts, artefact))
		return true;
	say("out of memory");
	recall->path = NULL;
	return false;
}

static bool
take_clue(void *context, uint64_t number, const struct clue *clue)
{
	struct recall *recall = context;
	struct ranking *ranking = recall->results.ranking;

	if (number == UINT64_MAX ? ranking_rule_out(ranking, clue)
				 : ranking_attach(ranking, number, clue))
		return true;
	/* A clue that is valid in itself may still not belong where the case has it. */
	if (errno != EINVAL)
		say("cannot keep what logs say: %s", strerror(errno));
	else
		say_about(
		    recall->path, "cannot be read as a case: a clue of it cannot be believed");
	recall->path = NULL;
	return false;
}

/* Times out of all bounds are passed over: they are for the picture alone. */
static void
take_crashes(const struct recall *recall)
{
	const struct tree_picture *picture = &recall->results.summary.picture;

	ranking_crashes(recall->results.ranking, picture->crashes, picture->n_crashes,
	    picture->n_crashes_total - picture->n_crashes);
	if (picture->has_clock)
		ranking_clock(recall->results.ranking, picture->clock);
}

static bool
take_all(struct recall *recall)
{
	take_crashes(recall);
	if (casefile_each_file(recall->casefile, take_file, recall) &&
	    casefile_each_artefact(recall->casefile, take_artefact, recall) &&
	    casefile_each_clue(recall->casefile, take_clue, recall))
		return true;
	return recall->path ? is_unsound(recall) : false;
}

/* What a reader must know about the case itself; a sound and finished one adds nothing. */
static bool
add_notes(struct recall *recall)
{
	struct run_info *run = &recall->results.run;
	const uint64_t unknown = casefile_unknown_rules(recall->casefile);
	const bool complete = casefile_is_complete(recall->casefile);
	size_t n = 0;

	recall->notes = calloc(run->n_notes + 2, sizeof *recall->notes);
	if (!recall->notes ||
	    asprintf(&recall->unknown,
		"%" PRIu64 " finding(s) of the case are of rules that this version does not have; "
		"they are left out.",
		unknown) < 0) {
		say("out of memory");
		return false;
	}
	for (; n < run->n_notes; n++)
		recall->notes[n] = run->notes[n];
	if (unknown > 0)
		recall->notes[n++] = recall->unknown;
	if (!complete)
		recall->notes[n++] = "The scan of this case did not end: only the files kept until "
				     "then are listed (scan --resume goes on).";
	recall->results.summary.interrupted |= !complete;
	run->notes = recall->notes;
	run->n_notes = n;
	return true;
}

static const struct description *
hand_out(void *context, const struct suspect *suspect)
{
	struct recall *recall = context;

	return casefile_description(
		   recall->casefile, suspect->number, suspect->record, recall->description)
		   ? recall->description
		   : NULL;
}

bool
recall_case(struct recall *recall, const char *path, const char *output)
{
	*recall =
	    (struct recall){ .path = path, .description = calloc(1, sizeof *recall->description) };
	recall->results.describe = recall->description ? hand_out : NULL;
	recall->results.describing = recall;
	if (output && casefile_is_file(output, path)) {
		say_about(output, "is the case itself");
		return false;
	}
	return open_case(recall) && start(recall) && results_outside(&recall->results, output) &&
	       take_all(recall) && add_notes(recall) && results_finish(&recall->results);
}

bool
recall_outside(const char *path, const char *output)
{
	char why[CASEFILE_WHY];
	struct casefile *casefile = casefile_open(path, why);
	struct results results = { .n_evidence = 0 };
	bool outside = true;

	if (casefile && casefile_get_evidence(casefile, &results.evidence, &results.n_evidence))
		outside = results_outside(&results, output);
	(void)casefile_close(casefile);
	return outside;
}

void
recall_free(struct recall *recall)
{
	results_free(&recall->results);
	(void)casefile_close(recall->casefile);
	weights_free(recall->weights);
	free(recall->setup.disabled);
	free(recall->notes);
	free(recall->unknown);
	free(recall->description);
}
