/* collect.c - walk the evidence, have every message examined, and add it to the ranking. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/collect.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "array.h"
#include "cli/archives.h"
#include "cli/choice.h"
#include "cli/keep.h"
#include "cli/prefix.h"
#include "cli/say.h"
#include "cli/stop.h"
#include "cli/walking.h"

struct pending {
	uint64_t job;
	int watch;               /* the file once more, to see afterwards whether it changed */
	char *root, *path;       /* owned */
	struct ranked_file file; /* points into them */
	uint32_t mtime_nsec;
	uint64_t known; /* what the case calls it, 0: it does not know it */
};

const char collect_in_case[] = "cannot keep what was found in the case";
static const char KEEPING[] = "cannot keep what was found in the temporary file";

bool
collect_failed(struct collect *collect, const char *doing)
{
	if (collect->error == 0) {
		collect->error = errno ? errno : EIO;
		collect->doing = doing;
	}
	return false;
}

/* What the case holds under `known` is replaced; 0: it holds nothing. */
static bool
add(struct collect *collect, const struct ranked_file *file, uint32_t mtime_nsec, uint64_t known,
    const struct record *record)
{
	if (!ranking_add(collect->ranking, file, record))
		return collect_failed(collect, KEEPING);
	if (!keep_file(collect->keep, file, mtime_nsec, known, record))
		return collect_failed(collect, collect_in_case);
	collect->n_added++;
	progress_step(&collect->progress);
	return true;
}

struct ranked_file
collect_met(const struct walk_entry *entry, const char *root)
{
	return (struct ranked_file){
		.root = root,
		.path = entry->path,
		.folder = entry->folder,
		.direction = entry->direction,
		.status = STATUS_EXAMINED,
		.reason = "",
		.foreign_name = entry->foreign_name,
		.has_stat = entry->has_stat,
		.size = entry->size,
		.mtime_sec = entry->mtime_sec,
	};
}

static void
pending_clear(struct pending *pending)
{
	if (pending->watch >= 0)
		(void)close(pending->watch);
	free(pending->root);
	free(pending->path);
}

/* The root passes to the new entry; NULL is out of memory. */
static struct pending *
remember(struct collect *collect, const struct walk_entry *entry, char *root)
{
	char *path = malloc(entry->path.len + 1);
	struct pending *pending;

	if (!root || !path ||
	    !array_grow(&collect->pending, &collect->pending_room, collect->n_pending + 1,
		sizeof *pending)) {
		free(root);
		free(path);
		return NULL;
	}
	if (entry->path.len > 0)
		memcpy(path, entry->path.data, entry->path.len);
	pending = &collect->pending[collect->n_pending++];
	*pending = (struct pending){
		.job = collect->next_job++,
		.watch = entry->whole.in_memory ? -1 : fcntl(entry->fd, F_DUPFD_CLOEXEC, 3),
		.root = root,
		.path = path,
		.file = collect_met(entry, root),
		.mtime_nsec = entry->mtime_nsec,
	};
	pending->file.path = slice_of(path, entry->path.len);
	return pending;
}

/* Size or time differ from what the walk saw: somebody writes to the copy while we read it. */
static bool
has_changed(const struct pending *pending, const struct record *record)
{
	struct stat st;

	if (!pending->file.has_stat || pending->watch < 0 || fstat(pending->watch, &st) != 0)
		return false;
	return (uint64_t)st.st_size != pending->file.size ||
	       st.st_mtim.tv_sec != pending->file.mtime_sec ||
	       (uint32_t)st.st_mtim.tv_nsec != pending->mtime_nsec ||
	       record->file_size != pending->file.size;
}

static const char *
reason_of(enum status status, const struct record *record)
{
	switch (status) {
	case STATUS_PARTIAL:
		if (record->flags & RECORD_PARTS_CUT)
			return "parts too many or too deep: not all were followed";
		if (record->flags & RECORD_FIELDS_CUT)
			return "fields, parameters or addresses too many: not all were read";
		return "too large: only its beginning was parsed";
	case STATUS_CHANGED:
		return "changed while it was being examined";
	case STATUS_FAILED:
		if (record->n_findings > 0)
			return record->findings[0].detail;
		return strerror(record->error);
	default:
		return "";
	}
}

static void
count(struct collect *collect, const struct record *record)
{
	collect->n_examined += record->status != STATUS_FAILED;
	collect->n_lf_only += (record->flags & RECORD_LF_ONLY) != 0;
}

/* The file is the one that the case knows: what was found then stands. */
static bool
done_before(struct collect *collect, struct pending *pending, const struct record *answer)
{
	const bool changing = answer->status == STATUS_CHANGED || has_changed(pending, answer);
	const struct record *record =
	    keep_recall(collect->keep, pending->known, &pending->file.status);

	if (!record)
		return collect_failed(collect, collect_in_case);
	pending->file.reason = collect->keep->reason;
	count(collect, record);
	if (changing) {
		pending->file.status = STATUS_CHANGED;
		pending->file.reason = reason_of(STATUS_CHANGED, record);
		return add(collect, &pending->file, pending->mtime_nsec, pending->known, record);
	}
	if (!ranking_add(collect->ranking, &pending->file, record))
		return collect_failed(collect, KEEPING);
	if (!keep_known(collect->keep, pending->known))
		return collect_failed(collect, collect_in_case);
	collect->n_added++;
	progress_step(&collect->progress);
	return true;
}

static void
done_now(struct collect *collect, struct pending *pending, const struct record *record)
{
	pending->file.status = (enum status)record->status;
	if (record->status != STATUS_FAILED && has_changed(pending, record))
		pending->file.status = STATUS_CHANGED;
	pending->file.reason = reason_of(pending->file.status, record);
	count(collect, record);
	collect->keep->n_changed += pending->known != 0;
	(void)add(collect, &pending->file, pending->mtime_nsec, pending->known, record);
}

void
collect_done(void *context, const struct record *record)
{
	struct collect *collect = context;
	size_t i = 0;
	struct pending pending;

	while (i < collect->n_pending && collect->pending[i].job != record->job)
		i++;
	if (i == collect->n_pending)
		return;
	pending = collect->pending[i];
	collect->pending[i] = collect->pending[--collect->n_pending];
	if (record->flags & RECORD_UNPARSED)
		(void)done_before(collect, &pending, record);
	else
		done_now(collect, &pending, record);
	pending_clear(&pending);
}

static bool
examine(struct collect *collect, const struct walk_entry *entry, char *root)
{
	struct pending *pending = remember(collect, entry, root);
	struct pool_job job;

	if (!pending) {
		(void)close(entry->fd);
		errno = ENOMEM;
		return collect_failed(collect, "cannot go on");
	}
	job = (struct pool_job){
		.number = pending->job,
		.fd = entry->fd,
		.folder = entry->folder,
		.direction = entry->direction,
		.size = entry->size,
		.mtime_sec = entry->mtime_sec,
		.mtime_nsec = entry->mtime_nsec,
		.whole = entry->whole,
	};
	job.has_known = keep_knows(
	    collect->keep, &pending->file, entry->mtime_nsec, &pending->known, job.known);
	if (pool_submit(collect->pool, &job) || stop_requested())
		return true;
	return collect_failed(collect, "cannot replace a worker that died");
}

/* A file that no worker sees. */
static bool
list(struct collect *collect, const struct walk_entry *entry, char *root, enum status status,
    const char *reason)
{
	struct ranked_file file = collect_met(entry, root);
	uint8_t digest[32];
	uint64_t known = 0;
	bool good;

	if (entry->fd >= 0)
		(void)close(entry->fd);
	if (!root)
		return errno = ENOMEM, collect_failed(collect, "cannot go on");
	file.status = status;
	file.reason = reason;
	(void)keep_knows(collect->keep, &file, entry->mtime_nsec, &known, digest);
	good = add(collect, &file, entry->mtime_nsec, known, NULL);
	free(root);
	return good;
}

/* One that was opened is read: it may be a log. */
static bool
keep_artefact(struct collect *collect, const struct walk_entry *entry, char *root)
{
	const bool good = root && artefacts_add(collect->artefacts, root, entry);

	free(root);
	progress_step(&collect->progress);
	if (!good) {
		if (entry->fd >= 0)
			(void)close(entry->fd);
		return errno = ENOMEM, collect_failed(collect, "cannot go on");
	}
	return reading_take(collect, entry, choice_excludes(collect->options, entry->path));
}

static bool
take(struct collect *collect, const struct walk_entry *entry)
{
	char *root = prefix_join(collect->prefix, entry->root);

	/* Logs tell of all files: each part reads them. */
	if (root && entry->met != MET_ARTEFACT &&
	    choice_leaves(collect->options, root, entry->path)) {
		free(root);
		if (entry->fd >= 0)
			(void)close(entry->fd);
		progress_step(&collect->progress);
		return true;
	}
	switch (entry->met) {
	case MET_ARTEFACT:
		return keep_artefact(collect, entry, root);
	case MET_EXCLUDED:
		return list(collect, entry, root, STATUS_EXCLUDED, entry->reason);
	case MET_FAILED:
		return list(collect, entry, root, STATUS_FAILED, entry->reason);
	case MET_MESSAGE:
		break;
	}
	if (choice_excludes(collect->options, entry->path))
		return list(collect, entry, root, STATUS_EXCLUDED, "excluded by --exclude");
	return examine(collect, entry, root);
}

static bool
visit(void *context, const struct walk_entry *entry)
{
	struct collect *collect = context;

	if (entry->met != MET_ARTEFACT)
		collect->n_messages++;
	return take(collect, entry) && collect->error == 0 && !stop_requested();
}

static bool
keep_roots(struct collect *collect, const struct walk_result *result)
{
	const size_t count = collect->n_roots + result->n_roots;
	char **roots = reallocarray(collect->roots, count + 1, sizeof *roots);

	if (!roots)
		return false;
	collect->roots = roots;
	for (size_t i = 0; i < result->n_roots; i++) {
		roots[collect->n_roots] = prefix_join(collect->prefix, result->roots[i]);
		if (!roots[collect->n_roots])
			return false;
		collect->n_roots++;
	}
	return true;
}

bool
collect_report(const struct collect *collect)
{
	if (collect->doing == KEEPING)
		say("%s of %s: %s (set TMPDIR to a folder with more room)", collect->doing,
		    collect->spill_dir, strerror(collect->error));
	else if (collect->doing == collect_in_case && collect->error != 0)
		return keep_failed(collect->keep);
	else if (collect->error != 0)
		say("%s: %s", collect->doing, strerror(collect->error));
	return collect->error == 0;
}

bool
collect_path(struct collect *collect, const char *path, bool only_path)
{
	const unsigned how = WALKING_DIGEST | (collect->options->no_evidence ? 0 : WALKING_LOGS);
	char *prefix = walking_prefix(collect->unpack, path, only_path);
	struct walk_result result = { 0 };
	int error = ENOMEM;

	if (prefix) {
		collect->prefix = prefix;
		error = walking_walk(collect->unpack, how, path, visit, collect, &result);
		if (error == 0 &&
		    (!keep_roots(collect, &result) || !archives_keep(collect, path, &result)))
			error = ENOMEM;
		collect->prefix = "";
	}
	free(prefix);
	collect->layout |= result.layout;
	collect->mailroot |= result.mailroot;
	collect->atime_may_change |= result.atime_may_change;
	walk_result_free(&result);
	if (error != 0) {
		say_about(path, "%s", walk_strerror(error));
		return false;
	}
	return collect_report(collect);
}

bool
collect_finish(struct collect *collect)
{
	errno = 0;
	if (!pool_drain(collect->pool) && !stop_requested())
		(void)collect_failed(collect, "cannot replace a worker that died");
	reading_finish(collect);
	return collect_report(collect);
}

void
collect_free(struct collect *collect)
{
	for (size_t i = 0; i < collect->n_pending; i++)
		pending_clear(&collect->pending[i]);
	free(collect->pending);
	for (size_t i = 0; i < collect->n_roots; i++)
		free(collect->roots[i]);
	free(collect->roots);
	archives_free(collect);
	reading_free(&collect->reading);
}
