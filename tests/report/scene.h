/*
 * scene.h - stand-ins for the report tests: a small rule table, suspects made by hand, a captured
 * output.
 *
 * The rules are not the real ones, so that the golden reports change only when a writer does.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_SCENE_H
#define IMC_TEST_SCENE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "writer.h"

enum { RULE_CHARSET, RULE_URL, RULE_TAIL, RULE_DATE, RULE_NAMED, SCENE_RULES };

static const struct rule scene_rules[SCENE_RULES] = {
	{ .id = "charset-empty",
	    .says = "A charset parameter is empty.",
	    .cases = "Q278320 MS00-082",
	    .rfc = "RFC 2045 section 5.1" },
	{ .id = "url-long",
	    .says = "An HTML link is longer than the converter's buffer.",
	    .cases = "Q190657",
	    .rfc = "" },
	{ .id = "nul-tail",
	    .says = "The file ends in NUL bytes.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_DAMAGE },
	{ .id = "date-unparsable",
	    .says = "The Date field cannot be read.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.3" },
	{ .id = "event-names-file",
	    .says = "An event names the file.",
	    .cases = "",
	    .rule_class = RULE_EVIDENCE,
	    .factor = 8000 },
};

static const struct imc_case scene_cases[] = {
	{ .id = "MS00-082",
	    .title = "Empty value",
	    .fixed_in = "",
	    .component = "STORE.EXE",
	    .effect = EFFECT_CRASH_STORE },
	/* the release of the scene does not have this one */
	{ .id = "Q190657",
	    .title = "Long link",
	    .fixed_in = "5.5 SP1",
	    .component = "MSEXCIMC.EXE" },
	{ .id = "Q278320",
	    .title = "Blank character set",
	    .affected = RELEASES(R55, R55SP3),
	    .fixed_in = "5.5 SP4",
	    .component = "STORE.EXE",
	    .direction = DIRECTION_IN,
	    .effect = EFFECT_CRASH_STORE,
	    .precise = true },
};

/* These two take the place of src/rules/ in the link. */
const struct rule *const *
rules_all(size_t *count)
{
	static const struct rule *const all[SCENE_RULES] = { &scene_rules[0], &scene_rules[1],
		&scene_rules[2], &scene_rules[3], &scene_rules[4] };

	*count = SCENE_RULES;
	return all;
}

const struct imc_case *
rule_next_case(const struct rule *rule, const char **state)
{
	const char *at = *state ? *state : rule->cases;

	at += strspn(at, " ");
	*state = at + strcspn(at, " ");
	for (size_t i = 0; i < sizeof scene_cases / sizeof scene_cases[0]; i++)
		if (*at && strncmp(at, scene_cases[i].id, (size_t)(*state - at)) == 0)
			return &scene_cases[i];
	return NULL;
}

struct scene {
	struct record *record;
	int32_t bits[RECORD_FINDINGS_MAX];
	struct summary summary;
	struct run_info run;
	struct report_options options;
	struct report report;
	const struct writer *writer;
	char *text; /* what the writer wrote */
	size_t len;
};

/* A new scene for a format; free with scene_free(). */
static inline struct scene *
scene_new(const char *format)
{
	static const char *const paths[] = { "corpus/Imcdata" };
	static const char *const roots[] = { "" };
	struct scene *scene = calloc(1, sizeof *scene);

	assert_non_null(scene);
	scene->record = calloc(1, sizeof *scene->record);
	assert_non_null(scene->record);
	scene->run = (struct run_info){ .version = "1.2.3",
		.gmime = "3.2.13",
		.paths = paths,
		.n_paths = 1,
		.exchange = "5.5 SP3",
		.jobs = 2,
		.time_base_ms = 2000,
		.time_per_mb_ms = 1000,
		.memory_mib = 512,
		.sandboxed = true,
		.sandbox = "seccomp, Landlock ABI 6",
		.roots = roots,
		.n_roots = 1,
		.host = "lab",
		.os = "Linux 6.1" };
	scene->summary =
	    (struct summary){ .started = 983822871, .ended = 983822872, .not_in_tree = 0.2 };
	scene->options = (struct report_options){
		.top = 20, .min_level = LEVEL_MEDIUM, .columns = 80, .fail_on = LEVEL_HIGH
	};
	scene->writer = writer_by_name(format);
	assert_non_null(scene->writer);
	scene->report = (struct report){
		.run = &scene->run, .summary = &scene->summary, .options = &scene->options
	};
	scene->report.out = open_memstream(&scene->text, &scene->len);
	assert_non_null(scene->report.out);
	return scene;
}

static inline void
scene_end(struct scene *scene)
{
	scene->writer->end(&scene->report);
	assert_int_equal(fclose(scene->report.out), 0);
	assert_null(scene->report.state);
}

static inline void
scene_free(struct scene *scene)
{
	free(scene->text);
	free(scene->record);
	free(scene);
}

/* An empty record, ready for scene_find(). */
static inline struct record *
scene_record(struct scene *scene)
{
	memset(scene->record, 0, sizeof *scene->record);
	memset(scene->record->sha256, 0xab, sizeof scene->record->sha256);
	return scene->record;
}

static inline struct finding *
scene_find(struct scene *scene, uint16_t rule, int32_t bits, uint64_t offset, const char *detail)
{
	struct record *record = scene->record;
	struct finding *finding = &record->findings[record->n_findings];

	scene->bits[record->n_findings++] = bits;
	record->n_findings_total++;
	*finding = (struct finding){ .rule = rule, .offset = offset, .length = 12 };
	finding->line = offset == OFFSET_NONE ? 0 : 41;
	snprintf(finding->detail, sizeof finding->detail, "%s", detail);
	finding->detail_len = (uint16_t)strlen(finding->detail);
	return finding;
}

/* A suspect with the scene's record. */
static inline struct suspect
scene_suspect(
    struct scene *scene, uint64_t rank, const char *path, enum folder folder, int32_t score)
{
	return (struct suspect){ .rank = rank,
		.root = "",
		.path = slice_str(path),
		.folder = folder,
		.status = STATUS_EXAMINED,
		.reason = "",
		.level = level_of(score),
		.has_score = true,
		.score = score,
		.probability = 0.123456789,
		.record = scene->record,
		.finding_bits = scene->bits,
		.has_mtime = true,
		.mtime_sec = 983822871,
		.size = 6630,
		.has_size = true };
}

/* A file that nobody examined. */
static inline struct suspect
scene_refused(
    uint64_t rank, const char *path, enum folder folder, enum status status, const char *reason)
{
	return (struct suspect){ .rank = rank,
		.root = "",
		.path = slice_str(path),
		.folder = folder,
		.status = status,
		.reason = reason,
		.level = LEVEL_UNKNOWN };
}

static inline void
scene_put(struct scene *scene, const struct suspect *suspect)
{
	scene->writer->suspect(&scene->report, suspect);
}

/* The whole of a small run: what the golden files show. */
static inline void
scene_play(struct scene *scene)
{
	struct artefact queue = { .root = "",
		.path = slice_str("queue.dat"),
		.kind = "queue",
		.reason = "",
		.status = STATUS_EXAMINED,
		.size = 65536 };
	struct suspect suspect;
	struct record *record = scene_record(scene);

	scene->summary.seen = 6;
	scene->summary.by_status[STATUS_EXAMINED] = 4;
	scene->summary.by_status[STATUS_FAILED] = 1;
	scene->summary.by_status[STATUS_EXCLUDED] = 1;
	scene->summary.by_level[LEVEL_CRITICAL] = 1;
	scene->summary.by_level[LEVEL_HIGH] = 1;
	scene->summary.by_level[LEVEL_UNKNOWN] = 2;
	scene->summary.by_level[LEVEL_LOW] = 1;
	scene->summary.by_level[LEVEL_CLEAN] = 1;
	scene->summary.artefacts = 1;
	scene->summary.bytes = 2800000;
	scene->writer->begin(&scene->report);

	scene_find(scene, RULE_DATE, INT32_MIN, 70, "no month");
	strcpy(scene_find(scene, RULE_CHARSET, 9100, 1834, "charset=\"\"")->part, "1.2");
	scene_find(scene, RULE_CHARSET, 9100, 2834, "charset=\"\"");
	scene_find(scene, RULE_URL, 4100, 3000,
	    "a link of 2,210 bytes, which is 478 more than the 1,732 that fit the buffer");
	record->has_envelope = record->has_mail_from = record->has_from = record->has_subject = 1;
	record->mail_from = record_text(record, slice_str("joe@sender.example"));
	record->rcpt[0] = record_text(record, slice_str("ann@acme.example"));
	record->n_rcpt = record->n_rcpt_total = 1;
	record->mts_id =
	    record_text(record, slice_str("c=US;a= ;p=ACME;l=EXGATE10103052007G1X4TK19"));
	record->filetime = UINT64_C(126282748710000000);
	record->from = record_text(record, slice_str("Joe <joe@sender.example>"));
	record->subject = record_text(record, slice_str("Prices \xe2\x82\xac 5"));
	suspect = scene_suspect(scene, 1, "In/G1X4TK19", FOLDER_IN, 11420);
	scene_put(scene, &suspect);

	scene_record(scene);
	scene_find(scene, RULE_TAIL, 6004, 4096, "4,096 NUL bytes from a 4 KB boundary on");
	suspect = scene_suspect(scene, 2, "Out/Archive/Copy of G1X4T5HD", FOLDER_OUT_ARCHIVE, 6004);
	suspect.foreign_name = true;
	scene_put(scene, &suspect);

	suspect = scene_refused(3, "In/G1X4TK2R", FOLDER_IN, STATUS_FAILED, "Permission denied");
	scene_put(scene, &suspect);
	suspect =
	    scene_refused(4, "In/Temp", FOLDER_IN, STATUS_EXCLUDED, "symbolic link, not followed");
	scene_put(scene, &suspect);
	scene_record(scene);
	suspect = scene_suspect(scene, 5, "In/G1X4TK3R", FOLDER_IN, -1500);
	scene_put(scene, &suspect);
	suspect = scene_suspect(scene, 6, "In/G1X4TK4R", FOLDER_IN, -3000);
	scene_put(scene, &suspect);
	scene->writer->artefact(&scene->report, &queue);
	scene_end(scene);
}

/* The text equals the golden file, which UPDATE=1 in the environment rewrites. */
static inline void
assert_golden(const char *name, const char *text)
{
	char path[128], *golden;
	FILE *file;
	size_t len;

	snprintf(path, sizeof path, "tests/golden/%s", name);
	if (getenv("UPDATE")) {
		file = fopen(path, "w");
		assert_non_null(file);
		assert_true(fputs(text, file) >= 0);
		assert_int_equal(fclose(file), 0);
	}
	file = fopen(path, "r");
	if (!file)
		fail_msg("cannot open %s: tests run in the top folder", path);
	golden = calloc(1, 65536);
	assert_non_null(golden);
	len = fread(golden, 1, 65535, file);
	fclose(file);
	golden[len] = '\0';
	assert_string_equal(text, golden);
	free(golden);
}

#endif
