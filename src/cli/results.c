/* results.c - what a run gave: ranked, written in the format asked for, judged. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/results.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "cli/say.h"
#include "cli/screen.h"
#include "report/excerpt.h"
#include "report/redact.h"
#include "writer.h"

static bool
is_outside(const struct results *results, const char *goal)
{
	for (size_t i = 0; i < results->n_evidence; i++) {
		if (walk_is_inside(results->evidence[i], goal))
			return false;
	}
	return true;
}

bool
results_outside(const struct results *results, const char *goal)
{
	if (!goal || strcmp(goal, "-") == 0 || is_outside(results, goal))
		return true;
	say_about(goal, "lies inside the evidence, where nothing is ever written");
	return false;
}

/* A nameless file outside the evidence, or memory when every folder for such files lies in it. */
struct spill *
results_spill(struct results *results)
{
	const char *const dirs[] = { getenv("TMPDIR"), "/tmp", "/var/tmp" };

	for (size_t i = 0; i < sizeof dirs / sizeof dirs[0]; i++) {
		struct spill *spill = NULL;

		if (dirs[i] && *dirs[i] && is_outside(results, dirs[i]))
			spill = spill_new(dirs[i]);
		if (spill) {
			results->spill_dir = dirs[i];
			return spill;
		}
	}
	results->spill_dir = "memory";
	return spill_new(NULL);
}

bool
results_start(struct results *results, const struct ranking_options *options)
{
	struct spill *spill = results_spill(results);

	if (spill)
		results->ranking = ranking_new(options, spill);
	if (!results->ranking)
		say("cannot open a temporary file: %s", strerror(errno));
	return results->ranking != NULL;
}

bool
results_finish(struct results *results)
{
	if (!ranking_finish(results->ranking, &results->summary)) {
		say("cannot rank: %s", strerror(errno));
		return false;
	}
	results->summary.artefacts = results->artefacts.count;
	return true;
}

struct writing {
	const struct writer *writer;
	struct report *report;
	struct excerpts *excerpts; /* NULL: all that is kept */
	struct redactor *redactor; /* NULL: as it is */
	const struct results *results;
	struct suspect shown; /* with its description */
	/* Several cases in one table: no artefacts, and of each case what a list would show. */
	bool joined, first; /* first: the table begins with this case */
	uint64_t top;
};

static bool
write_one(void *context, const struct suspect *suspect)
{
	struct writing *writing = context;
	const struct results *results = writing->results;

	if (writing->joined && ((writing->top > 0 && suspect->rank > writing->top) ||
				   suspect->level < writing->report->options->min_level))
		return false;
	if (results->describe && suspect->rank <= writing->writer->details &&
	    suspect->level >= LEVEL_LOW && suspect->record) {
		writing->shown = *suspect;
		writing->shown.description = results->describe(results->describing, suspect);
		suspect = &writing->shown;
	}
	if (writing->excerpts)
		suspect = excerpts_suspect(writing->excerpts, suspect);
	if (writing->redactor)
		suspect = redact_suspect(writing->redactor, suspect);
	writing->writer->suspect(writing->report, suspect);
	return !ferror(writing->report->out);
}

static bool
write_all(struct results *results, struct writing *writing)
{
	const struct writer *writer = writing->writer;
	bool good;

	if (!writing->joined || writing->first)
		writer->begin(writing->report);
	good = ranking_walk(results->ranking, write_one, writing);
	if (!good)
		say("cannot read the temporary file of %s back: %s", results->spill_dir,
		    strerror(errno));
	if (writing->joined)
		return good;
	artefacts_write(&results->artefacts, writer, writing->report, writing->redactor,
	    ranking_only_root(results->ranking));
	writer->end(writing->report);
	return good;
}

/* From now on every quote is cut; the redactor, which leaves all of them out, comes after. */
static bool
start_excerpts(struct writing *writing, unsigned most)
{
	struct report *report = writing->report;

	writing->excerpts = excerpts_new(most);
	report->summary =
	    writing->excerpts ? excerpts_summary(writing->excerpts, report->summary) : NULL;
	report->run = report->summary ? excerpts_run(writing->excerpts, report->run) : NULL;
	if (!report->run)
		say("out of memory");
	return report->run != NULL;
}

/* From now on nothing reaches the writer but through the redactor. */
static bool
start_redaction(struct results *results, struct writing *writing)
{
	struct report *report = writing->report;

	writing->redactor = redactor_new(&results->summary);
	report->run = writing->redactor ? redact_run(writing->redactor, report->run) : NULL;
	report->summary = report->run ? redact_summary(writing->redactor, report->summary) : NULL;
	if (!report->summary)
		say("out of memory");
	return report->summary != NULL;
}

static bool
write_open(struct results *results, const struct options *options, struct writing *writing)
{
	const bool good =
	    (options->excerpt >= EXCERPT_MOST || start_excerpts(writing, options->excerpt)) &&
	    (!options->redact || start_redaction(results, writing)) && write_all(results, writing);

	excerpts_free(writing->excerpts);
	redactor_free(writing->redactor);
	return good;
}

bool
results_rows(struct results *results, const struct options *options, FILE *out,
    const char *case_path, bool first)
{
	const struct report_options shown = { .min_level = options->min_level,
		.case_path = case_path };
	struct report report = {
		.out = out, .run = &results->run, .summary = &results->summary, .options = &shown
	};
	struct writing writing = { .writer = writer_by_name(options->format),
		.report = &report,
		.results = results,
		.joined = true,
		.first = first,
		.top = options->top };

	return write_open(results, options, &writing) && !ferror(out);
}

bool
results_write(struct results *results, const struct options *options)
{
	struct report_options shown = {
		.top = options->top,
		.min_level = options->min_level,
		.check = options->command == COMMAND_CHECK,
		.fail_on = options->fail_on,
	};
	struct report report = {
		.run = &results->run, .summary = &results->summary, .options = &shown
	};
	struct writing writing = { writer_by_name(options->format ? options->format : "text"),
		&report, NULL, NULL, results, { .rank = 0 }, false, false, 0 };
	struct output output;
	bool good;

	if (!output_open(options->output, &output))
		return false;
	report.out = output.file;
	artefacts_spans(&results->artefacts, &results->summary.picture);
	shown.colour = screen_has_colour(output.file, options->colour);
	shown.columns = screen_columns(output.file);
	good = write_open(results, options, &writing);
	return output_close(&output, good) && good;
}

int
results_verdict(const struct results *results, enum level fail_on)
{
	const struct summary *summary = &results->summary;

	if (summary->interrupted)
		return EXIT_INTERRUPTED;
	for (int level = (int)fail_on; level < LEVEL_COUNT; level++) {
		if (level != LEVEL_UNKNOWN && summary->by_level[level] > 0)
			return EXIT_SUSPECTS;
	}
	if (summary->by_status[STATUS_PARTIAL] || summary->by_status[STATUS_CHANGED] ||
	    summary->by_status[STATUS_FAILED] || artefacts_failed(&results->artefacts))
		return EXIT_INCOMPLETE;
	return EXIT_QUIET;
}

void
results_free(struct results *results)
{
	ranking_free(results->ranking);
	artefacts_free(&results->artefacts);
}
