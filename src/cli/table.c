/* table.c - several cases in one table: hundreds of incidents side by side. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/table.h"

#include <inttypes.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "cli/recall.h"
#include "cli/say.h"
#include "report/escape.h"
#include "report/json.h"
#include "report/names.h"
#include "report/redact.h"
#include "rule.h"

#define CITES_ROOM 512 /* bytes */

struct shape;

/* A case, as far as its line tells of it. */
struct told {
	FILE *out;
	const struct options *options;
	const char *path;
	const struct run_info *run;
	const struct summary *summary;
	struct redactor *redactor;     /* NULL: as it is */
	const struct suspect *suspect; /* the first of all; NULL: not even that is suspect */
	const struct shape *shape;
};

/* What a case is told by: one line of it. */
struct shape {
	const char *name;
	void (*begin)(FILE *out);
	void (*put)(const struct told *told);
};

/* ---- as text ---- */

static void
begin_text(FILE *out)
{
	fputs("   FILES  CRITICAL   HIGH   MEDIUM   LOW  CASE  INCIDENT  FIRST SUSPECT\n", out);
}

/* NULL: it has none. */
static const struct rule *
rule_of(const struct suspect *suspect)
{
	int32_t bits;
	const struct finding *best = names_best(suspect, &bits);
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	return best && best->rule < n_rules ? rules[best->rule] : NULL;
}

static void
print_suspect(FILE *out, const struct suspect *suspect)
{
	const struct rule *rule = rule_of(suspect);

	fputs("  ", out);
	if (*suspect->root) {
		escape_print(out, slice_str(suspect->root));
		putc('/', out);
	}
	escape_print(out, suspect->path);
	if (rule)
		fprintf(out, " [%s]", rule->id);
}

static void
put_text(const struct told *told)
{
	const struct summary *summary = told->summary;

	fprintf(told->out, "%8" PRIu64 "  %8" PRIu64 "  %5" PRIu64 "  %7" PRIu64 "  %4" PRIu64 "  ",
	    summary->seen, summary->by_level[LEVEL_CRITICAL], summary->by_level[LEVEL_HIGH],
	    summary->by_level[LEVEL_MEDIUM], summary->by_level[LEVEL_LOW]);
	escape_print(told->out, slice_str(told->path));
	fputs("  ", told->out);
	escape_print(told->out, slice_str(*told->run->incident ? told->run->incident : "-"));
	if (told->suspect)
		print_suspect(told->out, told->suspect);
	fputs(summary->interrupted ? "  (interrupted)\n" : "\n", told->out);
}

/* ---- as JSON Lines ---- */

static void
begin_json(FILE *out)
{
	(void)out;
}

static json_t *
json_of_suspect(const struct suspect *suspect)
{
	const struct rule *rule = rule_of(suspect);
	json_t *object = json_object();
	char cites[CITES_ROOM];

	if (*suspect->root)
		json_put_bytes(object, "root", slice_str(suspect->root));
	json_put_bytes(object, "path", suspect->path);
	json_put_text(object, "level", level_name(suspect->level));
	if (suspect->has_score) {
		json_put_milli(object, "score", suspect->score);
		json_put_share(object, "probability", suspect->probability);
	}
	if (rule) {
		json_put_text(object, "rule", rule->id);
		json_put_some(object, "cites", names_cites(cites, sizeof cites, rule));
	}
	return object;
}

static void
put_json(const struct told *told)
{
	const struct summary *summary = told->summary;
	json_t *object = json_object();

	json_put_text(object, "type", "case");
	json_put_bytes(object, "case", slice_str(told->path));
	json_put_bytes(object, "incident", slice_str(told->run->incident));
	json_put_bytes(object, "examiner", slice_str(told->run->examiner));
	if (!told->options->reproducible)
		json_put_utc(object, "start", summary->started);
	json_put_number(object, "seen", summary->seen);
	for (int level = LEVEL_COUNT - 1; level >= 0; level--)
		json_put_number(object, level_name((enum level)level), summary->by_level[level]);
	json_put_number(object, "partial", summary->by_status[STATUS_PARTIAL]);
	json_put_number(object, "failed", summary->by_status[STATUS_FAILED]);
	json_put_share(object, "not_in_tree", summary->not_in_tree);
	json_put_digest(object, "manifest_sha256", summary->manifest);
	json_put_bool(object, "interrupted", summary->interrupted);
	if (told->suspect)
		json_object_set_new(object, "first", json_of_suspect(told->suspect));
	json_line(told->out, object);
}

/* ---- the cases ---- */

/* A suspect lives for this call alone, so the line is written in it. */
static bool
put_first(void *context, const struct suspect *suspect)
{
	struct told *told = context;

	if (suspect->level >= told->options->min_level)
		told->suspect = told->redactor ? redact_suspect(told->redactor, suspect) : suspect;
	told->shape->put(told);
	told->suspect = NULL;
	return false;
}

static bool
put_line(struct recall *recall, const struct options *options, const struct shape *shape, FILE *out)
{
	struct results *results = &recall->results;
	struct told told = {
		.out = out,
		.options = options,
		.path = recall->path,
		.run = &results->run,
		.summary = &results->summary,
		.shape = shape,
	};
	bool good = true;

	if (options->redact && !(told.redactor = redactor_new(&results->summary)))
		return say("out of memory"), false;
	if (results->summary.seen + results->summary.by_status[STATUS_MISSING] == 0)
		shape->put(&told);
	else if (!(good = ranking_walk(results->ranking, put_first, &told)))
		say("cannot read the temporary file of %s back", results->spill_dir);
	redactor_free(told.redactor);
	return good && !ferror(out);
}

static bool
put_case(const struct options *options, const char *path, const struct shape *shape, FILE *out,
    bool first)
{
	struct recall recall;
	bool good = recall_case(&recall, path, options->output);

	if (good && options->incident)
		recall.results.run.incident = options->incident;
	if (good)
		good = shape ? put_line(&recall, options, shape, out)
			     : results_rows(&recall.results, options, out, path, first);
	recall_free(&recall);
	return good;
}

static const struct shape *
shape_of(const char *format)
{
	static const struct shape shapes[] = { { "text", begin_text, put_text },
		{ "jsonl", begin_json, put_json } };

	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		if (strcmp(format ? format : "text", shapes[i].name) == 0)
			return &shapes[i];
	}
	return NULL;
}

/* Whether the output is none of the cases, and in the evidence of none. */
static bool
all_outside(const struct options *options)
{
	for (size_t i = 0; i < options->n_paths; i++) {
		if (options->output && casefile_is_file(options->output, options->paths[i])) {
			say_about(options->output, "is one of the cases itself");
			return false;
		}
		if (!recall_outside(options->paths[i], options->output))
			return false;
	}
	return true;
}

int
table(const struct options *options)
{
	const struct shape *shape = shape_of(options->format);
	struct output output;
	bool all = true, any = false;

	if (!shape && strncmp(options->format, "csv", 3) != 0)
		return say_usage(options->name, options->format,
		    "is a report of one CASE; several go together as text, jsonl, csv or "
		    "csv-findings");
	if (!all_outside(options) || !output_open(options->output, &output))
		return EXIT_TROUBLE;
	if (shape)
		shape->begin(output.file);
	for (size_t i = 0; i < options->n_paths; i++) {
		const bool good = put_case(options, options->paths[i], shape, output.file, !any);

		any = any || good;
		all = all && good;
	}
	return output_close(&output, true) && all ? EXIT_QUIET : EXIT_TROUBLE;
}
