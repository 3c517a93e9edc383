/*
 * options.c - the command line, read.
 *
 * Long names must be whole: a script that got away with --form would break when a later version
 * adds --format-version. Letters may be followed by their value at once (-fjsonl); "--" ends the
 * options.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/accepts.h"
#include "cli/cli.h"
#include "cli/guess.h"
#include "cli/option_table.h"
#include "cli/say.h"
#include "cli/weights.h"
#include "report/excerpt.h"

static int
no_such_option(const struct options *options, const char *arg)
{
	const char *meant = option_guess(options->command, arg);
	char words[120];

	snprintf(words, sizeof words, "no such option%s%s%s", meant ? "; did you mean --" : "",
	    meant ? meant : "", meant ? "?" : "");
	return say_usage(options->name, arg, words);
}

static int
no_such_value(const struct options *options, const struct option *option, const char *value)
{
	char words[ACCEPTS_ROOM];

	accepts_tell(options, option, value, words);
	return say_usage(options->name, value, words);
}

/* Read the option at argv[*i]; *i stays on the last argument that was used. */
static int
read_option(struct options *options, int argc, char **argv, int *i)
{
	const char *arg = argv[*i], *value;
	const struct option *option = option_of(options->command, arg, &value);

	if (!option)
		return no_such_option(options, arg);
	if (!option->value && value)
		return say_usage(options->name, arg, "this option takes no value");
	if (option->value && !value && !option->optional) {
		if (*i + 1 >= argc)
			return say_usage(options->name, arg, "this option needs a value");
		value = argv[++*i];
	}
	if (!option->set(options, value))
		return no_such_value(options, option, value ? value : arg);
	return EXIT_QUIET;
}

static bool
set_defaults(struct options *options, enum command command, const char *name, int argc)
{
	const long online = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n_rules;

	(void)rules_all(&n_rules);
	*options = (struct options){
		.command = command,
		.name = name,
		.exchange = RELEASE_UNKNOWN,
		.top = 10,
		.excerpt = EXCERPT_MOST,
		.min_level = LEVEL_LOW,
		.fail_on = LEVEL_HIGH,
		.jobs = online < 1                 ? 1
			: online > OPTION_JOBS_MAX ? OPTION_JOBS_MAX
						   : (unsigned)online,
		.time_base_ms = 2000,
		.time_per_mb_ms = 1000,
		.memory_mib = 1024,
		.limits = { MOST_SIZE_MIB, MOST_PARTS, MOST_DEPTH, MOST_FIELDS },
		.archive_mib = 65536,
		.plan = plan_wish_none(),
		.disabled = calloc(n_rules + 1, sizeof(bool)),
		.excludes = calloc((size_t)argc + 1, sizeof(char *)),
		.excluded_any = calloc((size_t)argc + 1, sizeof(bool)),
		.paths = calloc((size_t)argc + 1, sizeof(char *)),
		.evidence = calloc((size_t)argc + 1, sizeof(char *)),
	};
	return options->disabled && options->excludes && options->excluded_any && options->paths &&
	       options->evidence;
}

int
options_read(enum command command, const char *name, int argc, char **argv, struct options *options)
{
	bool options_end = false;

	if (!set_defaults(options, command, name, argc)) {
		say("out of memory");
		return EXIT_TROUBLE;
	}
	for (int i = 0; i < argc; i++) {
		int status;

		if (options_end || argv[i][0] != '-' || argv[i][1] == '\0') {
			options->paths[options->n_paths++] = argv[i];
			continue;
		}
		if (strcmp(argv[i], "--") == 0) {
			options_end = true;
			continue;
		}
		status = read_option(options, argc, argv, &i);
		if (status != EXIT_QUIET)
			return status;
	}
	if (options->weights_file && !(options->weights = weights_read(options->weights_file)))
		return EXIT_TROUBLE;
	return EXIT_QUIET;
}

void
options_free(struct options *options)
{
	weights_free(options->weights);
	free(options->disabled);
	free(options->excludes);
	free(options->excluded_any);
	free(options->paths);
	free(options->evidence);
}
