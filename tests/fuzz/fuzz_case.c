/* fuzz_case.c - libFuzzer target: a case that anybody wrote, opened, read whole and ranked. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "casefile/casefile.h"
#include "rank/rank.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
take_file(void *context, const struct casefile_file *file, const struct record *record)
{
	const struct ranked_file ranked = {
		.root = file->root,
		.path = file->path,
		.folder = file->folder,
		.direction = file->direction,
		.status = file->status,
		.reason = file->reason,
		.has_stat = file->has_stat,
		.size = file->size,
		.mtime_sec = file->mtime_sec,
	};

	if (!ranking_add(context, &ranked, record))
		abort();
	return true;
}

static bool
take_artefact(void *context, const struct artefact *artefact)
{
	(void)context;
	return artefact->kind != NULL;
}

static bool
take_clue(void *context, uint64_t number, const struct clue *clue)
{
	size_t n_rules;

	(void)context;
	(void)number;
	(void)rules_all(&n_rules);
	if (!clue_valid(clue, n_rules))
		abort();
	return true;
}

struct describing {
	struct casefile *casefile;
	struct description *description;
};

static bool
describe(void *context, const struct suspect *suspect)
{
	const struct describing *describing = context;

	if (suspect->record)
		(void)casefile_description(describing->casefile, suspect->number, suspect->record,
		    describing->description);
	return true;
}

static void
read_all(struct casefile *casefile)
{
	struct ranking_options options = { .exchange = RELEASE_UNKNOWN };
	struct run_info run = { 0 };
	struct summary summary = { 0 };
	struct casefile_setup setup = { .exchange = RELEASE_UNKNOWN };
	struct describing describing = { casefile, calloc(1, sizeof *describing.description) };
	struct ranking *ranking;

	options.rules = rules_all(&options.n_rules);
	setup.disabled = calloc(options.n_rules + 1, sizeof(bool));
	ranking = ranking_new(&options, spill_new(NULL));
	if (!setup.disabled || !ranking || !describing.description)
		abort();
	if (casefile_get_run(casefile, &run, &setup, &summary) &&
	    casefile_each_file(casefile, take_file, ranking) &&
	    casefile_each_artefact(casefile, take_artefact, NULL) &&
	    casefile_each_clue(casefile, take_clue, NULL)) {
		if (!ranking_finish(ranking, &summary) ||
		    !ranking_walk(ranking, describe, &describing))
			abort();
	}
	ranking_free(ranking);
	free(setup.disabled);
	free(describing.description);
}

/* SQLite wants a file that has a name; this one is removed when the process ends in good order. */
/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
static char name[] = "/dev/shm/imcscan-fuzz-XXXXXX";

static void
remove_file(void)
{
	(void)unlink(name);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	char why[CASEFILE_WHY] = "";
	struct casefile *casefile;

	if (fd < 0) {
		fd = mkstemp(name);
		(void)atexit(remove_file);
	}
	if (fd < 0 || pwrite(fd, data, size, 0) != (ssize_t)size || ftruncate(fd, (off_t)size) != 0)
		abort();
	casefile = casefile_open(name, why);
	if (casefile) {
		read_all(casefile);
		casefile_abandon(casefile, NULL);
	}
	return 0;
}
