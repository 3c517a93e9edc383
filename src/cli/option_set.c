/* option_set.c - what each option sets: values read, checked and kept. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/option_set.h"

#include <string.h>

#include "cli/option_table.h"
#include "cli/values.h"
#include "report/excerpt.h"
#include "worker/unpack.h"
#include "writer.h"

#define MEMORY_LEAST 64u /* MiB: below it a warmed-up worker does not live */
#define MEMORY_MOST (1u << 20)
#define ARCHIVE_MOST (1u << 30)

bool
set_exchange(struct options *options, const char *value)
{
	options->exchange = release_parse(value);
	return options->exchange != RELEASE_UNKNOWN;
}

bool
set_format(struct options *options, const char *value)
{
	options->format = value;
	if (options->command == COMMAND_RULES && strcmp(value, "mdoc") == 0)
		return true;
	if (options->command & (COMMAND_RULES | COMMAND_PLAN))
		return strcmp(value, "text") == 0 || strcmp(value, "json") == 0;
	if (options->command == COMMAND_DIFF)
		return strcmp(value, "text") == 0 || strcmp(value, "jsonl") == 0;
	return writer_by_name(value) != NULL;
}

bool
set_output(struct options *options, const char *value)
{
	options->output = value;
	return *value != '\0';
}

bool
set_top(struct options *options, const char *value)
{
	return value_number(value, 0, UINT64_MAX, &options->top);
}

bool
set_min_level(struct options *options, const char *value)
{
	options->min_level = level_by_name(value);
	return options->min_level != LEVEL_COUNT;
}

/* `clean` would call every file a failure, and `unknown` has an exit status of its own. */
bool
set_fail_on(struct options *options, const char *value)
{
	options->fail_on = level_by_name(value);
	if (options->fail_on == LEVEL_COUNT)
		return strcmp(value, "never") == 0;
	return options->fail_on != LEVEL_CLEAN && options->fail_on != LEVEL_UNKNOWN;
}

static bool
set_unsigned(const char *value, uint64_t least, uint64_t most, unsigned *out)
{
	uint64_t number;

	if (!value_number(value, least, most, &number))
		return false;
	*out = (unsigned)number;
	return true;
}

bool
set_jobs(struct options *options, const char *value)
{
	return set_unsigned(value, 1, OPTION_JOBS_MAX, &options->jobs);
}

bool
set_time_limit(struct options *options, const char *value)
{
	return value_time_limit(value, &options->time_base_ms, &options->time_per_mb_ms);
}

bool
set_memory_limit(struct options *options, const char *value)
{
	return set_unsigned(value, MEMORY_LEAST, MEMORY_MOST, &options->memory_mib);
}

bool
set_max_size(struct options *options, const char *value)
{
	return set_unsigned(value, 1, MOST_SIZE_MIB, &options->limits.size_mib);
}

bool
set_max_parts(struct options *options, const char *value)
{
	return set_unsigned(value, 1, MOST_PARTS, &options->limits.parts);
}

bool
set_max_depth(struct options *options, const char *value)
{
	return set_unsigned(value, 1, MOST_DEPTH, &options->limits.depth);
}

bool
set_max_fields(struct options *options, const char *value)
{
	return set_unsigned(value, 1, MOST_FIELDS, &options->limits.fields);
}

bool
set_archive_limit(struct options *options, const char *value)
{
	return set_unsigned(value, 1, ARCHIVE_MOST, &options->archive_mib);
}

bool
set_archive_names(struct options *options, const char *value)
{
	options->archive_names = value;
	return unpack_knows_charset(value);
}

bool
set_archive_is_control(struct options *options, const char *value)
{
	(void)value;
	return options->archive_is_control = true;
}

bool
set_no_sandbox(struct options *options, const char *value)
{
	(void)value;
	return options->no_sandbox = true;
}

bool
set_reproducible(struct options *options, const char *value)
{
	(void)value;
	return options->reproducible = true;
}

bool
set_disable_rule(struct options *options, const char *value)
{
	size_t index;

	if (!rule_by_id(value, &index))
		return false;
	options->n_disabled += !options->disabled[index];
	return options->disabled[index] = true;
}

bool
set_exclude(struct options *options, const char *value)
{
	options->excludes[options->n_excludes++] = value;
	return *value != '\0';
}

bool
set_files_from(struct options *options, const char *value)
{
	options->files_from = value;
	return *value != '\0';
}

bool
set_excerpt(struct options *options, const char *value)
{
	return set_unsigned(value, 0, EXCERPT_MOST, &options->excerpt);
}

bool
set_redact(struct options *options, const char *value)
{
	(void)value;
	return options->redact = true;
}

bool
set_incident(struct options *options, const char *value)
{
	options->incident = value;
	return *value != '\0';
}

bool
set_examiner(struct options *options, const char *value)
{
	options->examiner = value;
	return *value != '\0';
}

static bool
set_when(const char *value, enum when *out)
{
	int when;

	if (!value_when(value, &when))
		return false;
	*out = (enum when)when;
	return true;
}

bool
set_progress(struct options *options, const char *value)
{
	return set_when(value, &options->progress);
}

bool
set_colour(struct options *options, const char *value)
{
	return set_when(value, &options->colour);
}

bool
set_case(struct options *options, const char *value)
{
	options->case_path = value;
	return *value != '\0';
}

bool
set_resume(struct options *options, const char *value)
{
	(void)value;
	return options->resume = true;
}

/* K/N */
bool
set_shard(struct options *options, const char *value)
{
	const char *slash = strchr(value, '/');
	char first[16] = "";

	if (!slash || (size_t)(slash - value) >= sizeof first)
		return false;
	memcpy(first, value, (size_t)(slash - value));
	return set_unsigned(slash + 1, 1, 62, &options->shards) &&
	       set_unsigned(first, 1, options->shards, &options->shard);
}

bool
set_rule(struct options *options, const char *value)
{
	options->rule = value;
	return rule_by_id(value, NULL) != NULL;
}

bool
set_cases(struct options *options, const char *value)
{
	(void)value;
	return options->cases = true;
}

bool
set_schema(struct options *options, const char *value)
{
	(void)value;
	return options->schema = true;
}

bool
set_ids(struct options *options, const char *value)
{
	(void)value;
	return options->ids = true;
}

bool
set_sandbox(struct options *options, const char *value)
{
	(void)value;
	return options->sandbox = true;
}

bool
set_evidence(struct options *options, const char *value)
{
	options->evidence[options->n_evidence++] = value;
	return *value != '\0';
}

bool
set_no_evidence(struct options *options, const char *value)
{
	(void)value;
	return options->no_evidence = true;
}

bool
set_timezone(struct options *options, const char *value)
{
	options->timezone = value;
	return value_timezone(value);
}

bool
set_weights(struct options *options, const char *value)
{
	options->weights_file = value;
	return *value != '\0';
}

bool
set_list_weights(struct options *options, const char *value)
{
	(void)value;
	return options->list_weights = true;
}

bool
set_out_folder(struct options *options, const char *value)
{
	options->out_folder = value;
	return *value != '\0';
}

bool
set_all(struct options *options, const char *value)
{
	(void)value;
	return options->all = true;
}

bool
set_pickup(struct options *options, const char *value)
{
	(void)value;
	return options->pickup = true;
}

bool
set_help(struct options *options, const char *value)
{
	(void)value;
	return options->help = true;
}
