/* search.c - a second pass over the files that were examined: look for byte strings and blocks. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "array.h"
#include "cli/prefix.h"
#include "cli/say.h"
#include "cli/seen.h"
#include "cli/stop.h"
#include "cli/walking.h"

/* A file in a worker's hands. */
struct search_job {
	uint64_t job, number;
	char *root, *path;       /* owned */
	struct ranked_file file; /* points into them */
};

struct search {
	search_found *tell;
	void *context;
	struct searched *result;
	struct search_job *jobs;
	size_t n_jobs, room;
	struct seen seen;
};

static void
job_clear(struct search_job *job)
{
	free(job->root);
	free(job->path);
}

/* Room for one more, and copies of its names; NULL without memory. */
static struct search_job *
new_job(struct search *search, const struct ranked_file *file)
{
	struct search_job *job;

	if (!array_grow(&search->jobs, &search->room, search->n_jobs + 1, sizeof *job))
		return NULL;
	job = &search->jobs[search->n_jobs];
	*job = (struct search_job){
		.root = strdup(file->root),
		.path = malloc(file->path.len + 1),
		.file = *file,
	};
	if (!job->root || !job->path) {
		job_clear(job);
		return NULL;
	}
	if (file->path.len > 0)
		memcpy(job->path, file->path.data, file->path.len);
	job->file.root = job->root;
	job->file.path = slice_of(job->path, file->path.len);
	search->n_jobs++;
	return job;
}

static bool
submit(struct collect *collect, const struct ranked_file *file, uint64_t number, int fd,
    const struct packed_whole *whole)
{
	struct search_job *job = new_job(collect->search, file);
	struct pool_job handed;

	if (!job) {
		(void)close(fd);
		errno = ENOMEM;
		return collect_failed(collect, "cannot go on");
	}
	job->job = collect->next_job++;
	job->number = number;
	handed = (struct pool_job){
		.number = job->job,
		.fd = fd,
		.size = file->size,
		.task = TASK_SEARCH,
		.whole = *whole,
	};
	if (pool_submit(collect->pool, &handed) || stop_requested())
		return true;
	return collect_failed(collect, "cannot replace a worker that died");
}

static bool
visit(void *context, const struct walk_entry *entry)
{
	struct collect *collect = context;
	char *root = prefix_join(collect->prefix, entry->root);
	struct ranked_file file = collect_met(entry, root);
	uint64_t number;
	bool good = true;

	if (!root)
		good = (errno = ENOMEM, collect_failed(collect, "cannot go on"));
	if (good && entry->fd >= 0 && seen_find(&collect->search->seen, &file, &number))
		good = submit(collect, &file, number, entry->fd, &entry->whole);
	else if (entry->fd >= 0)
		(void)close(entry->fd);
	free(root);
	return good && collect->error == 0 && !stop_requested();
}

void
search_done(void *context, const struct pool_outcome *outcome, const struct search_hit *hits,
    uint32_t n_hits, uint32_t n_found)
{
	struct collect *collect = context;
	struct search *search = collect->search;
	struct search_job job;
	size_t i = 0;

	while (search && i < search->n_jobs && search->jobs[i].job != outcome->number)
		i++;
	if (!search || i == search->n_jobs)
		return;
	job = search->jobs[i];
	search->jobs[i] = search->jobs[--search->n_jobs];
	if (outcome->status == STATUS_EXAMINED) {
		search->result->n_searched++;
		seen_mark(&search->seen, &job.file);
		if (n_found > 0 || pool_hashes(collect->pool))
			search->tell(search->context, &job.file, job.number, hits, n_hits, n_found);
	} else if (outcome->status == STATUS_FAILED) {
		search->result->n_failed++;
	}
	job_clear(&job);
}

static bool
search_path(struct collect *collect, const char *path, bool only_path)
{
	char *prefix = walking_prefix(collect->unpack, path, only_path);
	struct walk_result result = { 0 };
	int error = ENOMEM;

	if (prefix) {
		collect->prefix = prefix;
		error = walking_walk(collect->unpack, WALKING, path, visit, collect, &result);
		collect->prefix = "";
	}
	free(prefix);
	collect->atime_may_change |= result.atime_may_change;
	walk_result_free(&result);
	/* What is gone now was examined all the same. */
	if (error == ENOMEM) {
		errno = error;
		(void)collect_failed(collect, "cannot go on");
	}
	return collect->error == 0;
}

bool
collect_search(struct collect *collect, const char *const *paths, size_t n_paths,
    const struct wanted *wanted, search_found *tell, search_left *left, void *context,
    struct searched *result)
{
	struct search search = { .tell = tell, .context = context, .result = result };
	uint64_t number;
	bool good = true;

	*result = (struct searched){ 0 };
	collect->search = &search;
	pool_want(collect->pool, wanted);
	errno = 0;
	if (!seen_gather(&search.seen, collect->ranking))
		good = collect_failed(collect, "cannot look into the files again");
	for (size_t i = 0; good && i < n_paths && !stop_requested(); i++)
		good = search_path(collect, paths[i], n_paths == 1);
	errno = 0;
	if (good && !pool_drain(collect->pool) && !stop_requested())
		(void)collect_failed(collect, "cannot replace a worker that died");
	for (size_t i = 0; i < search.n_jobs; i++)
		job_clear(&search.jobs[i]);
	free(search.jobs);
	collect->search = NULL;
	result->n_left = search.seen.count - result->n_searched - result->n_failed;
	for (size_t at = 0; left && good && !stop_requested() &&
			    seen_unmarked(&search.seen, &at, &number) && left(context, number);)
		;
	seen_free(&search.seen);
	return collect_report(collect);
}
