/* details.c - the first suspects of a scan once more, in detail. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/details.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/collect.h"
#include "cli/prefix.h"
#include "cli/say.h"
#include "cli/stop.h"
#include "cli/walking.h"

struct sought {
	char *root; /* owned */
	char *path; /* owned, not NUL-terminated */
	size_t path_len;
	uint64_t number;    /* in the ranking */
	uint8_t sha256[32]; /* of the file that was ranked */
	bool done;
	uint64_t offset; /* in the spill, when done */
};

/* ---- which ---- */

static int
compare(const void *a, const void *b)
{
	const struct sought *x = a, *y = b;
	const size_t both = x->path_len < y->path_len ? x->path_len : y->path_len;
	const int order = both ? memcmp(x->path, y->path, both) : 0;

	if (order != 0)
		return order;
	if (x->path_len != y->path_len)
		return x->path_len < y->path_len ? -1 : 1;
	return strcmp(x->root, y->root);
}

static bool
want(void *context, const struct suspect *suspect)
{
	struct details *details = context;
	struct sought *wanted = &details->wanted[details->count];

	if (details->count == details->room || suspect->level < LEVEL_LOW)
		return false;
	if (!suspect->record || suspect->record->status == STATUS_FAILED)
		return true;
	*wanted = (struct sought){
		.root = strdup(suspect->root),
		.path = malloc(suspect->path.len + 1),
		.path_len = suspect->path.len,
		.number = suspect->number,
	};
	details->count++;
	if (!wanted->root || !wanted->path)
		return details->failed = true, false;
	memcpy(wanted->path, suspect->path.data, suspect->path.len);
	memcpy(wanted->sha256, suspect->record->sha256, sizeof wanted->sha256);
	return true;
}

/* ---- examining them again ---- */

/* Nothing is said of a file that is not the one that was ranked. */
static void
described(void *context, const struct record *record)
{
	struct details *details = context;
	const struct description *description = pool_description(details->pool);
	struct sought *wanted = &details->wanted[record->job];
	unsigned char *packed;
	struct slice piece;

	if (!description || memcmp(record->sha256, wanted->sha256, sizeof wanted->sha256) != 0)
		return;
	piece.len = description_packed_size(description);
	piece.data = packed = malloc(piece.len);
	if (packed)
		description_pack(description, packed);
	wanted->done = packed && spill_add(details->spill, &piece, 1, &wanted->offset);
	if (!wanted->done)
		details->failed = true;
	free(packed);
	if (details->keep->casefile &&
	    !casefile_add_description(details->keep->casefile, wanted->number, description))
		details->failed = true;
}

static struct sought *
wanted_of(const struct details *details, const struct walk_entry *entry)
{
	char *root = details->only_root ? strdup("") : prefix_join(details->prefix, entry->root);
	char *path = malloc(entry->path.len + 1);
	struct sought key = { .root = root, .path = path, .path_len = entry->path.len };
	struct sought *found = NULL;

	if (root && path) {
		memcpy(path, entry->path.data, entry->path.len);
		found = bsearch(&key, details->wanted, details->count, sizeof key, compare);
	}
	free(root);
	free(path);
	return found;
}

static bool
visit(void *context, const struct walk_entry *entry)
{
	struct details *details = context;
	const struct sought *wanted = entry->met == MET_MESSAGE ? wanted_of(details, entry) : NULL;
	struct pool_job job;

	if (!wanted || wanted->done) {
		if (entry->fd >= 0)
			(void)close(entry->fd);
		return !stop_requested();
	}
	job = (struct pool_job){
		.number = (uint64_t)(wanted - details->wanted),
		.fd = entry->fd,
		.folder = entry->folder,
		.direction = entry->direction,
		.size = entry->size,
		.mtime_sec = entry->mtime_sec,
		.mtime_nsec = entry->mtime_nsec,
		.whole = entry->whole,
	};
	return pool_submit(details->pool, &job) && !details->failed && !stop_requested();
}

static void
walk_path(struct details *details, const char *path, bool only_path)
{
	char *prefix = walking_prefix(details->unpack, path, only_path);
	struct walk_result result = { 0 };

	details->prefix = prefix;
	if (prefix)
		(void)walking_walk(details->unpack, WALKING, path, visit, details, &result);
	walk_result_free(&result);
	free(prefix);
}

static bool
examine_all(
    struct details *details, const struct results *results, const struct pool_options *options)
{
	struct pool_options describing = *options;
	char why[256] = "";

	describing.describe = true;
	describing.log_done = NULL;
	describing.hits_done = NULL;
	describing.hash_blocks = false;
	details->pool = pool_new(&describing, described, details, why, sizeof why);
	if (!details->pool) {
		say("cannot start the workers: %s", why);
		return false;
	}
	for (size_t i = 0; i < results->run.n_paths && !details->failed; i++)
		walk_path(details, results->run.paths[i], results->run.n_paths == 1);
	(void)pool_drain(details->pool);
	pool_free(details->pool);
	details->pool = NULL;
	return true;
}

/* ---- handing them out ---- */

static int
compare_numbers(const void *a, const void *b)
{
	const struct sought *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static const struct description *
hand_out(void *context, const struct suspect *suspect)
{
	struct details *details = context;
	const struct sought key = { .number = suspect->number };
	const struct sought *wanted =
	    bsearch(&key, details->wanted, details->count, sizeof key, compare_numbers);
	struct slice packed;

	if (!wanted || !wanted->done || !spill_get(details->spill, wanted->offset, &packed) ||
	    !description_unpack(packed, details->description))
		return NULL;
	details->description->job = suspect->record->job;
	return description_valid(details->description, suspect->record) ? details->description
									: NULL;
}

bool
details_gather(struct details *details, struct results *results, const struct pool_options *options,
    uint32_t most)
{
	details->wanted = calloc((size_t)most + 1, sizeof *details->wanted);
	details->room = most;
	details->description = calloc(1, sizeof *details->description);
	if (!details->spill)
		details->spill = results_spill(results);
	details->only_root = ranking_only_root(results->ranking);
	details->failed = !details->wanted || !details->description || !details->spill ||
			  !ranking_walk(results->ranking, want, details);
	if (!details->failed && details->count > 0) {
		qsort(details->wanted, details->count, sizeof *details->wanted, compare);
		if (!examine_all(details, results, options))
			return false;
		qsort(details->wanted, details->count, sizeof *details->wanted, compare_numbers);
	}
	if (details->failed) {
		say("cannot keep the details of the suspects: %s",
		    strerror(errno ? errno : ENOMEM));
		return false;
	}
	results->describe = hand_out;
	results->describing = details;
	return true;
}

void
details_free(struct details *details)
{
	for (size_t i = 0; i < details->count; i++) {
		free(details->wanted[i].root);
		free(details->wanted[i].path);
	}
	free(details->wanted);
	free(details->description);
	spill_free(details->spill);
	pool_free(details->pool);
}
