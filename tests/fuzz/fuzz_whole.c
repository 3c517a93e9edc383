/*
 * fuzz_whole.c - libFuzzer target: one file through all: parsers, rules, record, description,
 * ranking, every report format and what `explain` prints.
 *
 * The first byte of the input chooses the folder and how much reports may quote, the rest is the
 * file. A second file of the tree is its first half, so that sums over files have something to do;
 * the name of the whole one is its own last bytes. What comes out of a format that a library reads
 * must be read by it, and no report holds a byte that a terminal acts upon.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "rank/rank.h"
#include "report/excerpt.h"
#include "report/explain.h"
#include "report/redact.h"
#include "worker/examine.h"
#include "writer.h"

#define MODEL_BYTES ((size_t)512 << 20)
#define QUOTED 32u
#define NAME_BYTES 12u
#define SARIF_EVERY 16u
#define HTML_EVERY 4u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct whole {
	struct record answered, record; /* as the worker writes it, as the parent reads it */
	struct description told, description;
	struct run_info run;
	struct summary summary;
	struct report_options options;
	struct excerpts *excerpts; /* NULL: all is quoted */
	struct redactor *redactor; /* NULL: nothing is left out */
	const struct writer *writer;
	struct report report;
};

static void
must(bool good)
{
	if (!good)
		abort();
}

/* One examiner for the whole run; libFuzzer gives no place of our own to keep it. */
static struct examiner *
examiner_of_run(void)
{
	static struct examiner *examiner;

	if (!examiner) {
		must(examine_warm() == NULL);
		examiner = examiner_new(MODEL_BYTES, NULL, NULL);
		must(examiner != NULL);
	}
	return examiner;
}

/* What crosses from the worker to the parent, by the way it takes. */
static void
cross(struct whole *whole, size_t n_rules)
{
	const size_t len = record_packed_size(&whole->answered);
	unsigned char *packed = malloc(len);

	must(packed != NULL);
	record_pack(&whole->answered, packed);
	must(record_unpack(slice_of(packed, len), &whole->record));
	must(record_valid(&whole->record, whole->record.job, n_rules));
	must(description_copy(&whole->told, &whole->description));
	must(description_valid(&whole->description, &whole->record));
	free(packed);
}

static void
examine(struct whole *whole, struct slice bytes, enum folder folder)
{
	struct examiner *examiner = examiner_of_run();
	size_t n_rules;

	(void)rules_all(&n_rules);
	examine_bytes(examiner, bytes, folder, folder_direction(folder), &whole->answered);
	examine_describe(examiner, &whole->answered, &whole->told);
	examiner_reset(examiner);
	cross(whole, n_rules);
}

static void
add(struct ranking *ranking, const struct whole *whole, struct slice path, enum folder folder,
    size_t size)
{
	const struct ranked_file file = { .root = "",
		.path = path,
		.folder = folder,
		.direction = folder_direction(folder),
		.status = (enum status)whole->record.status,
		.reason = "",
		.has_stat = true,
		.size = size };

	must(ranking_add(ranking, &file, &whole->record));
}

/* A name that a folder can hold. */
static struct slice
name_from(struct slice file)
{
	const struct slice tail =
	    slice_from(file, file.len > NAME_BYTES ? file.len - NAME_BYTES : 0);

	return slice_cut(tail, 0, slice_find(tail, 0, '\0'));
}

static bool
tell(void *context, const struct suspect *suspect)
{
	struct whole *whole = context;
	struct suspect shown = *suspect;

	/* The description is that of the whole file, which was added as number 1. */
	if (suspect->number == 1 && whole->writer->details > 0)
		shown.description = &whole->description;
	suspect = &shown;
	if (whole->excerpts)
		suspect = excerpts_suspect(whole->excerpts, suspect);
	if (whole->redactor)
		suspect = redact_suspect(whole->redactor, suspect);
	whole->writer->suspect(&whole->report, suspect);
	return true;
}

static void
write_report(struct whole *whole, struct ranking *ranking, const struct writer *writer)
{
	struct output output;

	output_open(&output);
	whole->writer = writer;
	whole->report.out = output.file;
	whole->report.state = NULL;
	writer->begin(&whole->report);
	must(ranking_walk(ranking, tell, whole));
	writer->end(&whole->report);
	output_check(&output, writer->name);
}

/* The long ones, which say much of rules and cases, have every few files their turn. */
static unsigned
turn_of(const struct writer *writer)
{
	if (strcmp(writer->name, "sarif") == 0)
		return SARIF_EVERY;
	return strcmp(writer->name, "html") == 0 ? HTML_EVERY : 1;
}

static void
write_reports(struct whole *whole, struct ranking *ranking, unsigned how)
{
	const struct summary *summary = &whole->summary;
	const struct run_info *run = &whole->run;
	size_t count;
	const struct writer *const *writers = writers_all(&count);

	whole->excerpts = how & 1 ? excerpts_new(QUOTED) : NULL;
	if (whole->excerpts) {
		summary = excerpts_summary(whole->excerpts, summary);
		run = excerpts_run(whole->excerpts, run);
	}
	whole->redactor = how & 2 ? redactor_new(summary) : NULL;
	if (whole->redactor) {
		run = redact_run(whole->redactor, run);
		summary = redact_summary(whole->redactor, summary);
	}
	whole->options = (struct report_options){ .columns = 80, .check = (how & 4) != 0 };
	whole->report = (struct report){ NULL, run, summary, &whole->options, NULL };
	for (size_t i = 0; i < count; i++) {
		if (whole->record.sha256[0] % turn_of(writers[i]) == 0)
			write_report(whole, ranking, writers[i]);
	}
	excerpts_free(whole->excerpts);
	redactor_free(whole->redactor);
}

static bool
explain(void *context, const struct suspect *suspect)
{
	struct whole *whole = context;
	struct explanation explanation = { .suspect = suspect,
		.description = &whole->description,
		.columns = 80,
		.arithmetic = &whole->summary.arithmetic,
		.of = 2 };
	struct output output;

	if (suspect->number != 1)
		return true;
	output_open(&output);
	explanation.out = output.file;
	explain_print(&explanation);
	output_check(&output, "explain");
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct whole whole;
	struct ranking_options options = { .exchange = RELEASE_UNKNOWN };
	struct ranking *ranking;
	enum folder folder;
	struct slice file;

	if (size == 0)
		return -1;
	folder = (enum folder)(data[0] % FOLDER_COUNT);
	file = slice_of(data + 1, size - 1);
	options.rules = rules_all(&options.n_rules);
	ranking = ranking_new(&options, spill_new(NULL));
	must(ranking != NULL);
	examine(&whole, slice_cut(file, 0, file.len / 2), folder);
	add(ranking, &whole, slice_str("In/G1X4TK18"), folder, file.len / 2);
	examine(&whole, file, folder);
	add(ranking, &whole, name_from(file), folder, file.len);
	whole.run = (struct run_info){ .version = "", .exchange = "", .sandbox = "" };
	whole.summary = (struct summary){ .seen = 2 };
	must(ranking_finish(ranking, &whole.summary));
	write_reports(&whole, ranking, data[0] / FOLDER_COUNT);
	must(ranking_walk(ranking, explain, &whole));
	ranking_free(ranking);
	return 0;
}
