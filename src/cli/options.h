/*
 * options.h - the command line, read.
 *
 * For src/cli. One table row per option; help comes from the rows.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_OPTIONS_H
#define IMC_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/plan_options.h"
#include "limits_set.h"
#include "rule.h"
#include "suspect.h"

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* Bit set: which commands take an option. */
enum command {
	COMMAND_SCAN = 1,
	COMMAND_CHECK = 2,
	COMMAND_RULES = 4,
	COMMAND_EXPLAIN = 8,
	COMMAND_PLAN = 256,
	COMMAND_REPORT = 512,
	COMMAND_DIFF = 1024,
	COMMAND_MERGE = 2048,
	COMMAND_SALVAGE = 4096
};

struct shut;
struct weights;

struct options {
	enum command command;
	const char *name; /* of the command */
	bool help;
	enum release exchange; /* RELEASE_UNKNOWN: not named */
	const char *format;    /* NULL: the command's own */
	const char *output;    /* NULL or "-": stdout */
	uint64_t top;          /* 0: all */
	enum level min_level;
	enum level fail_on; /* LEVEL_COUNT: never */
	unsigned jobs;
	unsigned time_base_ms, time_per_mb_ms;
	unsigned memory_mib;
	bool archive_is_control, no_sandbox, reproducible;
	bool *disabled;        /* one per rule */
	size_t n_disabled;     /* how many are true */
	const char **excludes; /* globs */
	bool *excluded_any;    /* of each, whether it left out a file */
	size_t n_excludes;
	const char *files_from;
	bool redact;
	unsigned excerpt;                /* --excerpt: bytes of a quote */
	const char *incident, *examiner; /* NULL: not given */
	enum when progress, colour;
	const char *rule; /* explain --rule */
	bool cases, ids;
	struct plan_wish plan;
	bool list_weights;        /* rules --weights */
	bool schema;              /* rules --schema */
	const char *weights_file; /* NULL: not given */
	struct weights *weights;  /* read from it; NULL: the usual ones */
	const char **paths;
	size_t n_paths;
	const char **evidence; /* --evidence, in order */
	size_t n_evidence;
	bool no_evidence;
	const char *timezone;  /* NULL: not named */
	const char *case_path; /* --case */
	bool resume;
	unsigned shard, shards; /* --shard=K/N; 0: all */
	struct limits_set limits;
	const struct shut *shut;   /* of a batch: rights are given up already */
	bool sandbox;              /* explain --sandbox */
	unsigned archive_mib;      /* --archive-limit */
	const char *archive_names; /* --archive-names; NULL: not given */
	const char *out_folder;    /* salvage --out */
	bool all, pickup;          /* salvage --all, --pickup */
};

/* Fill *options from the arguments after the command's name. EXIT_QUIET, or EXIT_TROUBLE after a
 * message. Strings stay the caller's. Free with options_free() in either case. */
int options_read(
    enum command command, const char *name, int argc, char **argv, struct options *options);
void options_free(struct options *options);

/* The rows that the command takes, to stdout. */
void options_help(enum command command);

#endif
