/*
 * option_set.h - what each option sets; the rows of the table point here.
 *
 * For src/cli/option_table.c. The value is NULL where the option takes none. False: it takes no such
 * value.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_OPTION_SET_H
#define IMC_OPTION_SET_H

#include "cli/options.h"

bool set_exchange(struct options *options, const char *value);
bool set_format(struct options *options, const char *value);
bool set_output(struct options *options, const char *value);
bool set_top(struct options *options, const char *value);
bool set_min_level(struct options *options, const char *value);
bool set_fail_on(struct options *options, const char *value);
bool set_jobs(struct options *options, const char *value);
bool set_time_limit(struct options *options, const char *value);
bool set_memory_limit(struct options *options, const char *value);
bool set_max_size(struct options *options, const char *value);
bool set_max_parts(struct options *options, const char *value);
bool set_max_depth(struct options *options, const char *value);
bool set_max_fields(struct options *options, const char *value);
bool set_archive_is_control(struct options *options, const char *value);
bool set_no_sandbox(struct options *options, const char *value);
bool set_reproducible(struct options *options, const char *value);
bool set_disable_rule(struct options *options, const char *value);
bool set_exclude(struct options *options, const char *value);
bool set_files_from(struct options *options, const char *value);
bool set_excerpt(struct options *options, const char *value);
bool set_redact(struct options *options, const char *value);
bool set_incident(struct options *options, const char *value);
bool set_examiner(struct options *options, const char *value);
bool set_progress(struct options *options, const char *value);
bool set_colour(struct options *options, const char *value);
bool set_case(struct options *options, const char *value);
bool set_resume(struct options *options, const char *value);
bool set_shard(struct options *options, const char *value);
bool set_rule(struct options *options, const char *value);
bool set_cases(struct options *options, const char *value);
bool set_schema(struct options *options, const char *value);
bool set_ids(struct options *options, const char *value);
bool set_sandbox(struct options *options, const char *value);
bool set_evidence(struct options *options, const char *value);
bool set_no_evidence(struct options *options, const char *value);
bool set_timezone(struct options *options, const char *value);
bool set_weights(struct options *options, const char *value);
bool set_list_weights(struct options *options, const char *value);
bool set_archive_limit(struct options *options, const char *value);
bool set_archive_names(struct options *options, const char *value);
bool set_out_folder(struct options *options, const char *value);
bool set_all(struct options *options, const char *value);
bool set_pickup(struct options *options, const char *value);
bool set_help(struct options *options, const char *value);

#endif
