/*
 * fuzz_report.c - libFuzzer target: the answer of a hostile worker, as far as the parent believes
 * it, through ranking and every report.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rank/rank.h"
#include "writer.h"

#define JOB 7u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What mutation alone would hardly ever hit: the fixed words, the size, and counts and terminators
 * that fit. Everything else is the worker's. */
static void
make_plausible(struct record *record, size_t n_rules)
{
	record->magic = RECORD_MAGIC;
	record->job = JOB;
	record->status %= STATUS_FAILED + 1;
	record->error = record->status == STATUS_FAILED ? 1 + (record->error & 0x7f) : 0;
	record->n_findings %= 4;
	record->pool_len %= 600;
	record->flags &= RECORD_LF_ONLY | RECORD_NO_ENVELOPE | RECORD_GMIME_SKIPPED;
	for (uint32_t i = 0; i < record->n_findings; i++) {
		struct finding *finding = &record->findings[i];

		finding->rule = (uint16_t)(finding->rule % n_rules);
		finding->flags &= FINDING_WEAK;
		finding->part[FINDING_PART_MAX - 1] = '\0';
		finding->detail[FINDING_DETAIL_MAX - 1] = '\0';
		finding->detail_len = (uint16_t)strlen(finding->detail);
	}
	record->size = (uint32_t)record_packed_size(record);
}

/* The input is the head of a record, then three findings and the pool. */
static void
read_record(const uint8_t *data, size_t size, struct record *record)
{
	const size_t head = offsetof(struct record, findings),
		     findings = 3 * sizeof(struct finding);
	const struct slice input = slice_of(data, size);
	const struct slice pieces[] = { slice_cut(input, 0, head), slice_cut(input, head, findings),
		slice_cut(input, head + findings, 600) };
	void *const places[] = { record, record->findings, record->pool };

	memset(record, 0, sizeof *record);
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		if (pieces[i].len)
			memcpy(places[i], pieces[i].data, pieces[i].len);
	}
}

struct telling {
	const struct writer *writer;
	struct report *report;
};

static bool
tell(void *context, const struct suspect *suspect)
{
	const struct telling *telling = context;

	telling->writer->suspect(telling->report, suspect);
	return true;
}

static void
write_all(struct ranking *ranking, const struct summary *summary, bool check)
{
	static const struct run_info run = { .version = "", .exchange = "", .sandbox = "" };
	const struct report_options options = { .columns = 80, .check = check, .colour = true };
	size_t count;
	const struct writer *const *writers = writers_all(&count);

	for (size_t i = 0; i < count; i++) {
		struct report report = { fopen("/dev/null", "w"), &run, summary, &options, NULL };
		struct telling telling = { writers[i], &report };

		if (!report.out)
			abort();
		writers[i]->begin(&report);
		if (!ranking_walk(ranking, tell, &telling))
			abort();
		writers[i]->end(&report);
		fclose(report.out);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record record;
	struct ranking_options options = { .exchange = RELEASE_UNKNOWN };
	const struct ranked_file file = {
		.root = "", .path = slice_str("In/G1X4TK19"), .reason = ""
	};
	struct summary summary = { 0 };
	struct ranking *ranking;

	options.rules = rules_all(&options.n_rules);
	read_record(data, size, &record);
	make_plausible(&record, options.n_rules);
	if (!record_valid(&record, JOB, options.n_rules))
		return 0;
	ranking = ranking_new(&options, spill_new(NULL));
	/* Twice: sums and twins need more than one file. */
	if (!ranking || !ranking_add(ranking, &file, &record) ||
	    !ranking_add(ranking, &file, &record) || !ranking_finish(ranking, &summary))
		abort();
	write_all(ranking, &summary, size % 2);
	ranking_free(ranking);
	return 0;
}
