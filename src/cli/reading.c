/* reading.c - have the logs of a run read, those of the tree and those that --evidence names. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/reading.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "array.h"
#include "cli/collect.h"
#include "cli/keep.h"
#include "cli/say.h"
#include "cli/stop.h"

struct reading_job {
	uint64_t job;
	size_t artefact;
};

struct given_file {
	uint64_t device, inode;
};

/* What a log is called in reports; NULL: as its name suggests. */
static const char *const kind_names[LOG_KIND_COUNT] = {
	[LOG_EVT] = "event-log",
	[LOG_EVENT_TEXT] = "event-export",
	[LOG_DRWATSON] = "dr-watson",
	[LOG_COPY] = "copy-log",
	[LOG_SMTP] = "protocol-log",
	[LOG_TRACKING] = "tracking-log",
	[LOG_QUEUE] = "queue",
	[LOG_MANIFEST] = "manifest",
};

/* ---- files that --evidence named ---- */

static int
compare_given(const void *a, const void *b)
{
	const struct given_file *x = a, *y = b;

	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	return x->inode < y->inode ? -1 : x->inode > y->inode;
}

static bool
remember_given(struct reading *reading, const struct walk_entry *entry)
{
	if (!array_grow(&reading->given, &reading->given_room, reading->n_given + 1,
		sizeof *reading->given))
		return false;
	reading->given[reading->n_given++] =
	    (struct given_file){ .device = entry->device, .inode = entry->inode };
	return true;
}

/* After reading_evidence() the list is in order. */
static bool
was_given(const struct reading *reading, const struct walk_entry *entry)
{
	const struct given_file file = { .device = entry->device, .inode = entry->inode };

	return entry->has_stat && reading->n_given > 0 &&
	       bsearch(&file, reading->given, reading->n_given, sizeof file, compare_given);
}

static bool
visit(void *context, const struct walk_entry *entry)
{
	struct collect *collect = context;
	struct artefacts *artefacts = collect->artefacts;
	const bool open = entry->fd >= 0;

	if (!artefacts_add(artefacts, "", entry) ||
	    (open && !remember_given(&collect->reading, entry))) {
		if (open)
			(void)close(entry->fd);
		errno = ENOMEM;
		return collect_failed(collect, "cannot go on");
	}
	artefacts->items[artefacts->count - 1].given = true;
	return reading_take(collect, entry, false) && collect->error == 0 && !stop_requested();
}

bool
reading_evidence(struct collect *collect, const char *path)
{
	struct reading *reading = &collect->reading;
	struct walk_result result = { 0 };
	const int error = walk_evidence(path, visit, collect, &result);

	collect->atime_may_change |= result.atime_may_change;
	walk_result_free(&result);
	if (reading->n_given > 0)
		qsort(reading->given, reading->n_given, sizeof *reading->given, compare_given);
	if (error != 0) {
		say_about(path, "cannot read this evidence: %s", walk_strerror(error));
		return false;
	}
	return collect->error == 0 || collect_report(collect);
}

/* ---- in the worker's hands ---- */

static bool
remember_job(struct reading *reading, uint64_t job, size_t artefact)
{
	if (!array_grow(
		&reading->jobs, &reading->jobs_room, reading->n_jobs + 1, sizeof *reading->jobs))
		return false;
	reading->jobs[reading->n_jobs++] = (struct reading_job){ .job = job, .artefact = artefact };
	return true;
}

static struct slice
last_name(struct slice path)
{
	const size_t slash = slice_rfind(path, '/');

	return slash == SLICE_NONE ? path : slice_from(path, slash + 1);
}

static bool
submit(struct collect *collect, const struct walk_entry *entry)
{
	const struct pool_job job = {
		.number = collect->next_job++,
		.fd = entry->fd,
		.size = entry->size,
		.task = TASK_LOG,
		.name = last_name(entry->path),
		.whole = entry->whole,
	};

	if (!remember_job(&collect->reading, job.number, collect->artefacts->count - 1)) {
		(void)close(entry->fd);
		errno = ENOMEM;
		return collect_failed(collect, "cannot go on");
	}
	if (pool_submit(collect->pool, &job) || stop_requested())
		return true;
	return collect_failed(collect, "cannot replace a worker that died");
}

/* Why an open artefact is not read after all; NULL: it is. */
static const char *
why_left(const struct collect *collect, const struct walk_entry *entry, bool excluded)
{
	const struct kept_artefact *item =
	    &collect->artefacts->items[collect->artefacts->count - 1];

	if (excluded)
		return "not read: excluded by --exclude";
	if (!item->given && was_given(&collect->reading, entry))
		return "named by --evidence, too: listed and read there";
	return NULL;
}

bool
reading_take(struct collect *collect, const struct walk_entry *entry, bool excluded)
{
	struct kept_artefact *item = &collect->artefacts->items[collect->artefacts->count - 1];
	const char *left = why_left(collect, entry, excluded);

	if (entry->fd >= 0 && !left)
		return submit(collect, entry);
	if (entry->fd >= 0)
		(void)close(entry->fd);
	if (left)
		artefacts_tell(item, STATUS_EXAMINED, left);
	else if (*entry->reason && entry->has_stat && !entry->regular)
		artefacts_tell(item, STATUS_EXCLUDED, entry->reason);
	else if (*entry->reason)
		artefacts_tell(item, STATUS_FAILED, entry->reason);
	return true;
}

/* ---- the answer ---- */

static bool
keep(struct collect *collect, const struct kept_artefact *item, const struct evidence *evidence)
{
	struct reading *reading = &collect->reading;

	if (!reading->logs)
		reading->logs = log_set_new();
	return reading->logs &&
	       log_set_add_at(reading->logs, item->shown.root, item->shown.path, evidence);
}

static const char *
why_unread(enum log_kind kind)
{
	return kind == LOG_MANIFEST ? "a list of hashes: recognised, not read"
				    : "not a log that imcscan reads";
}

static void
learn(struct collect *collect, struct kept_artefact *item, const struct pool_outcome *outcome,
    const struct evidence *evidence)
{
	item->shown.size = outcome->size;
	if (outcome->sha256)
		memcpy(item->shown.sha256, outcome->sha256, sizeof item->shown.sha256);
	artefacts_learn(item, evidence);
	collect->reading.n_read++;
	if (!keep(collect, item, evidence)) {
		errno = ENOMEM;
		(void)collect_failed(collect, "cannot keep what a log says");
	} else if (!keep_log(collect->keep, item->shown.root, item->shown.path, evidence)) {
		(void)collect_failed(collect, collect_in_case);
	}
}

void
reading_done(void *context, const struct pool_outcome *outcome, enum log_kind kind,
    const struct evidence *evidence)
{
	struct collect *collect = context;
	struct reading *reading = &collect->reading;
	struct kept_artefact *item;
	size_t i = 0;

	while (i < reading->n_jobs && reading->jobs[i].job != outcome->number)
		i++;
	if (i == reading->n_jobs)
		return;
	item = &collect->artefacts->items[reading->jobs[i].artefact];
	reading->jobs[i] = reading->jobs[--reading->n_jobs];
	item->log = kind;
	if (kind_names[kind])
		item->shown.kind = kind_names[kind];
	artefacts_tell(item, outcome->status, outcome->reason);
	if (evidence)
		learn(collect, item, outcome, evidence);
	else if (outcome->status != STATUS_FAILED)
		artefacts_tell(item, outcome->status, why_unread(kind));
}

void
reading_finish(struct collect *collect)
{
	struct reading *reading = &collect->reading;

	if (!reading->logs)
		reading->logs = log_set_new();
	if (!reading->logs) {
		(void)collect_failed(collect, "cannot go on");
		return;
	}
	if (reading->finished)
		return;
	reading->finished = true;
	log_set_unname(reading->logs, ranking_only_root(collect->ranking));
	log_set_finish(reading->logs);
}

void
reading_free(struct reading *reading)
{
	log_set_free(reading->logs);
	free(reading->jobs);
	free(reading->given);
	*reading = (struct reading){ .logs = NULL };
}
