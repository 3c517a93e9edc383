/* jsonl_run.c - the first object of JSON Lines: what ran, where, and with which limits. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/jsonl_run.h"

#include "report/archives.h"
#include "report/json.h"
#include "report/jsonl_clues.h"

#define SCHEMA 1

static json_t *
libraries(const struct run_info *run)
{
	json_t *object = json_object();

	json_put_some(object, "gmime", run->gmime);
	json_put_some(object, "glib", run->glib);
	json_put_some(object, "libmagic", run->libmagic);
	json_put_some(object, "openssl", run->openssl);
	json_put_some(object, "jansson", run->jansson);
	json_put_some(object, "seccomp", run->seccomp);
	return object;
}

static json_t *
texts(const char *const *list, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, json_of_bytes(slice_str(list[i])));
	return array;
}

static json_t *
limits(const struct run_info *run)
{
	json_t *object = json_object();

	json_put_number(object, "time_base_ms", run->time_base_ms);
	json_put_number(object, "time_per_mb_ms", run->time_per_mb_ms);
	json_put_number(object, "memory_mib", run->memory_mib);
	if (run->limits.size_mib > 0) {
		json_put_number(object, "size_mib", run->limits.size_mib);
		json_put_number(object, "parts", run->limits.parts);
		json_put_number(object, "depth", run->limits.depth);
		json_put_number(object, "fields", run->limits.fields);
	}
	return object;
}

static json_t *
archives(const struct run_info *run)
{
	json_t *array = json_array();
	struct archive_told told;

	for (size_t i = 0; i < run->n_archives; i++) {
		json_t *object;

		if (!archives_read(run, i, &told))
			continue;
		object = json_object();
		json_put_bytes(object, "path", slice_str(run->paths[i]));
		json_put_text(object, "format", told.format);
		json_put_number(object, "size", told.size);
		json_put_number(object, "members", told.members);
		json_put_some(object, "sha256", told.sha256);
		json_put_some(object, "library", told.library);
		json_array_append_new(array, object);
	}
	return array;
}

/* What depends on the machine and the hour; left out with --reproducible. */
static void
put_circumstances(json_t *object, const struct run_info *run, const struct summary *summary)
{
	json_object_set_new(object, "paths", texts(run->paths, run->n_paths));
	if (run->n_archives > 0)
		json_object_set_new(object, "archives", archives(run));
	json_put_number(object, "jobs", run->jobs);
	json_put_bool(object, "sandboxed", run->sandboxed);
	json_put_some(object, "sandbox", run->sandbox);
	json_put_bool(object, "atime_may_change", run->atime_may_change);
	json_put_some(object, "host", run->host);
	json_put_some(object, "os", run->os);
	json_put_utc(object, "start", summary->started);
}

static json_t *
plan_steps(const struct run_info *run)
{
	json_t *array = json_array();

	for (size_t i = 0; i < run->n_plan; i++) {
		json_t *object = json_object();

		json_put_number(object, "step", run->plan[i].step);
		json_put_utc(object, "time", run->plan[i].when);
		json_put_text(object, "outcome", run->plan[i].outcome);
		json_put_text(object, "what", run->plan[i].what);
		json_array_append_new(array, object);
	}
	return array;
}

void
jsonl_run(struct report *report)
{
	const struct run_info *run = report->run;
	json_t *object = json_object();

	json_put_text(object, "type", "run");
	json_put_number(object, "schema", SCHEMA);
	json_put_text(object, "tool", "imcscan");
	json_put_some(object, "version", run->version);
	json_object_set_new(object, "libraries", libraries(run));
	json_put_some(object, "magic_sha256", run->magic_sha256);
	json_put_some(object, "exchange", run->exchange);
	json_put_some(object, "timezone", run->timezone);
	json_object_set_new(object, "limits", limits(run));
	json_object_set_new(object, "roots", texts(run->roots, run->n_roots));
	if (!run->reproducible)
		put_circumstances(object, run, report->summary);
	json_put_some(object, "incident", run->incident);
	json_put_some(object, "examiner", run->examiner);
	if (run->redacted)
		json_put_bool(object, "redacted", true);
	if (run->weights_file)
		json_object_set_new(object, "weights", jsonl_weights(run));
	if (run->n_plan > 0) {
		json_object_set_new(object, "plan", plan_steps(run));
		json_put_some(object, "next_step", run->first_step);
	}
	if (run->n_notes > 0)
		json_object_set_new(object, "notes", texts(run->notes, run->n_notes));
	json_line(report->out, object);
}
