/*
 * corpus.c - runs the examination over corpus/ and compares what the rules say with what is written
 * there.
 *
 * corpus/rules/<rule>/hit*.eml must fire the rule with the lines of hit*.expect ("rule offset
 * note", sorted), miss*.eml must not fire it. corpus/formats/<format>/<name>.eml is lawful mail, or
 * mail that is odd and harmless: together its findings must stay below `medium`. A name part before
 * the suffix chooses the folder: hit.out.eml, miss-list.work.eml. UPDATE=1 writes the expect files
 * anew.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rank/weights.h"
#include "rule.h"
#include "worker/examine.h"

#define ARENA (512u << 20)
#define LINE_MAX_LEN 256u
#define LINES_MAX ((size_t)RECORD_FINDINGS_MAX * LINE_MAX_LEN)
#define MEDIUM 8.0 /* 3 bits */
#define CUTS 16    /* prefixes of each file that are examined too */

struct corpus {
	struct examiner *examiner;
	struct record *record;
	const char *root;
	unsigned passed, failed;
	bool update;
};

__attribute__((format(printf, 3, 4))) static void
claim(struct corpus *corpus, bool ok, const char *format, ...)
{
	va_list args;

	if (ok) {
		corpus->passed++;
		return;
	}
	corpus->failed++;
	printf("not ok - ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
}

/* All bytes of the file, or NULL; the caller frees them. */
static unsigned char *
slurp(const char *path, size_t *len)
{
	FILE *in = fopen(path, "rb");
	unsigned char *bytes = NULL;
	long size;

	if (!in)
		return NULL;
	if (fseek(in, 0, SEEK_END) == 0 && (size = ftell(in)) >= 0 && fseek(in, 0, SEEK_SET) == 0) {
		bytes = malloc((size_t)size + 1);
		*len = bytes ? fread(bytes, 1, (size_t)size, in) : 0;
		if (bytes)
			bytes[*len] = '\0';
	}
	fclose(in);
	return bytes;
}

/* The folder that a name such as "hit.out.eml" asks for. */
static enum folder
folder_of(const char *name)
{
	const char *first = strchr(name, '.');
	char word[32];

	if (!first || !strchr(first + 1, '.'))
		return FOLDER_IN;
	snprintf(word, sizeof word, "%.*s", (int)strcspn(first + 1, "."), first + 1);
	return folder_by_name(word) == FOLDER_COUNT ? FOLDER_IN : folder_by_name(word);
}

/* "hit-of-2048mb.out.eml" stands for the beginning of a file of that many MB: nobody keeps the rest. */
static uint64_t
size_of(const char *name, size_t len)
{
	const char *of = strstr(name, "-of-");
	char *end = NULL;
	unsigned long long mb = of ? strtoull(of + 4, &end, 10) : 0;

	return mb > 0 && strncmp(end, "mb", 2) == 0 ? (uint64_t)mb << 20 : len;
}

static void
examine(struct corpus *corpus, const char *name, const unsigned char *bytes, size_t len)
{
	enum folder folder = folder_of(name);

	memset(corpus->record, 0, sizeof *corpus->record);
	examine_head(corpus->examiner, slice_of(bytes, len), size_of(name, len), folder,
	    folder_direction(folder), corpus->record);
	examiner_reset(corpus->examiner);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The findings of one rule as sorted lines in `text`; returns how many. */
static size_t
rule_lines(const struct corpus *corpus, const struct rule *rule, size_t index, char *text)
{
	static char lines[RECORD_FINDINGS_MAX]
			 [256]; /* too large for the stack of a test under sanitizers */
	char *sorted[RECORD_FINDINGS_MAX];
	size_t n = 0, used = 0;

	for (size_t i = 0; i < corpus->record->n_findings; i++) {
		const struct finding *finding = &corpus->record->findings[i];
		char place[24] = "-";

		if (finding->rule != index)
			continue;
		if (finding->offset != OFFSET_NONE)
			snprintf(place, sizeof place, "%llu", (unsigned long long)finding->offset);
		snprintf(lines[n], sizeof lines[n], "%.60s %s%s%s\n", rule->id, place,
		    finding->detail[0] ? " " : "", finding->detail);
		sorted[n] = lines[n];
		n++;
	}
	qsort(sorted, n, sizeof sorted[0], by_text);
	text[0] = '\0';
	for (size_t i = 0; i < n; i++)
		used += (size_t)snprintf(text + used, LINES_MAX - used, "%s", sorted[i]);
	return n;
}

static void
compare(struct corpus *corpus, const char *path, const char *lines)
{
	char expect_path[4096];
	unsigned char *expect;
	size_t len = 0;

	snprintf(expect_path, sizeof expect_path, "%.*s.expect", (int)(strlen(path) - 4), path);
	if (corpus->update) {
		FILE *out = fopen(expect_path, "wb");

		if (out) {
			fputs(lines, out);
			fclose(out);
		}
	}
	expect = slurp(expect_path, &len);
	claim(corpus, expect != NULL, "%s is missing", expect_path);
	if (expect)
		claim(corpus, strcmp((char *)expect, lines) == 0, "%s expects\n%sbut got\n%s", path,
		    (char *)expect, lines);
	free(expect);
}

/* Truncated copies of the file: they must be examined to the end, whatever is said of them. */
static void
cut_short(struct corpus *corpus, const char *name, const unsigned char *bytes, size_t len)
{
	if (len > 8192)
		return;
	for (size_t i = 1; i < CUTS; i++) {
		examine(corpus, name, bytes, len * i / CUTS);
		claim(corpus, record_valid(corpus->record, 0, UINT16_MAX),
		    "%s cut short: invalid record", name);
	}
}

static void
run_sample(struct corpus *corpus, const struct rule *rule, size_t index, const char *name)
{
	static char lines[LINES_MAX];
	char path[4096];
	unsigned char *bytes;
	size_t len = 0, n;
	bool hit = strncmp(name, "hit", 3) == 0;

	snprintf(path, sizeof path, "%s/rules/%s/%s", corpus->root, rule->id, name);
	bytes = slurp(path, &len);
	claim(corpus, bytes != NULL, "%s: %s", path, strerror(errno));
	if (!bytes)
		return;
	examine(corpus, name, bytes, len);
	n = rule_lines(corpus, rule, index, lines);
	claim(corpus, hit == (n > 0), "%s: the rule %s\n%s", path, hit ? "does not fire" : "fires",
	    lines);
	if (hit && n > 0)
		compare(corpus, path, lines);
	cut_short(corpus, name, bytes, len);
	free(bytes);
}

static int
is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static bool
is_sample(const char *name, const char *prefix)
{
	size_t len = strlen(name);

	return strncmp(name, prefix, strlen(prefix)) == 0 && len > 4 &&
	       strcmp(name + len - 4, ".eml") == 0;
}

static void
run_rule(struct corpus *corpus, const struct rule *rule, size_t index)
{
	struct dirent **entries = NULL;
	char path[4096];
	int n, hits = 0, misses = 0;

	snprintf(path, sizeof path, "%s/rules/%s", corpus->root, rule->id);
	n = scandir(path, &entries, is_visible, alphasort);
	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;

		hits += is_sample(name, "hit");
		misses += is_sample(name, "miss");
		if (is_sample(name, "hit") || is_sample(name, "miss"))
			run_sample(corpus, rule, index, name);
		free(entries[i]);
	}
	free(entries);
	claim(corpus, hits > 0, "%s has no hit*.eml", path);
	claim(corpus, misses > 0, "%s has no miss*.eml", path);
}

/* What all findings together say, as the ranking adds them up for a file alone; findings that are
 * all violations or oddities never reach `medium` and count nothing. */
static double
weigh(const struct corpus *corpus, enum folder folder)
{
	static bool fired[UINT16_MAX]; /* too large for the stack of a test under sanitizers */
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	double sum = constants_default()->w_unknown;
	bool minor = true;

	memset(fired, 0, sizeof fired);
	for (size_t i = 0; i < corpus->record->n_findings; i++) {
		uint16_t index = corpus->record->findings[i].rule;
		struct weight weight =
		    weight_of(constants_default(), rules[index], RELEASE_UNKNOWN);

		if (fired[index])
			continue;
		fired[index] = true;
		minor = minor && weight.minor;
		sum += weight_v(constants_default(), &weight, folder, folder_direction(folder)) *
		       weight.w / weight.q0;
	}
	return minor ? 0 : sum;
}

static void
run_harmless(struct corpus *corpus, const char *folder, const char *name)
{
	size_t n_rules, len = 0;
	const struct rule *const *rules = rules_all(&n_rules);
	char path[4096];
	unsigned char *bytes;

	snprintf(path, sizeof path, "%s/formats/%s/%s", corpus->root, folder, name);
	bytes = slurp(path, &len);
	claim(corpus, bytes != NULL, "%s cannot be read", path);
	if (!bytes)
		return;
	examine(corpus, name, bytes, len);
	claim(corpus, weigh(corpus, folder_of(name)) < MEDIUM,
	    "%s is harmless, but weighs %.1f, with %s", path, weigh(corpus, folder_of(name)),
	    corpus->record->n_findings ? rules[corpus->record->findings[0].rule]->id : "nothing");
	free(bytes);
}

/* Every sample below formats/. */
static void
each_format(struct corpus *corpus)
{
	struct dirent **folders = NULL;
	char path[4096];
	int n, samples = 0;

	snprintf(path, sizeof path, "%s/formats", corpus->root);
	n = scandir(path, &folders, is_visible, alphasort);
	for (int i = 0; i < n; i++) {
		struct dirent **entries = NULL;
		int m;

		snprintf(path, sizeof path, "%s/formats/%s", corpus->root, folders[i]->d_name);
		m = scandir(path, &entries, is_visible, alphasort);
		for (int k = 0; k < m; k++) {
			if (is_sample(entries[k]->d_name, ""))
				run_harmless(corpus, folders[i]->d_name, entries[k]->d_name);
			samples += is_sample(entries[k]->d_name, "");
			free(entries[k]);
		}
		free(entries);
		free(folders[i]);
	}
	free(folders);
	claim(corpus, samples > 0, "%s/formats has no sample", corpus->root);
}

/* Each folder must belong to a rule that still exists. */
static void
no_orphans(struct corpus *corpus)
{
	struct dirent **folders = NULL;
	char path[4096];
	int n;

	snprintf(path, sizeof path, "%s/rules", corpus->root);
	n = scandir(path, &folders, is_visible, alphasort);
	claim(corpus, n > 0, "%s is empty", path);
	for (int i = 0; i < n; i++) {
		claim(corpus, rule_by_id(folders[i]->d_name, NULL) != NULL, "%s/%s: no such rule",
		    path, folders[i]->d_name);
		free(folders[i]);
	}
	free(folders);
}

int
main(int argc, char **argv)
{
	static struct record record;
	struct corpus corpus = { .record = &record, .root = argc > 1 ? argv[1] : "corpus" };
	const char *missing = examine_warm();
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	corpus.examiner = missing ? NULL : examiner_new(ARENA, NULL, NULL);
	if (!corpus.examiner) {
		printf("not ok - cannot warm up: %s\n", missing ? missing : "memory");
		return 1;
	}
	corpus.update = getenv("UPDATE") != NULL;
	for (size_t i = 0; i < n_rules; i++) {
		unsigned failed = corpus.failed;

		if (!rules[i]->check)
			continue;
		run_rule(&corpus, rules[i], i);
		if (corpus.failed == failed)
			printf("ok - %s: hits and near misses\n", rules[i]->id);
	}
	each_format(&corpus);
	no_orphans(&corpus);
	examiner_free(corpus.examiner);
	printf("%s - corpus: %u claims hold, %u fail\n", corpus.failed ? "not ok" : "ok",
	    corpus.passed, corpus.failed);
	return corpus.failed > 0;
}
