/* reference.c - `imcscan reference`: the tables, for what is generated from them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/reference.h"

#include <stdio.h>
#include <string.h>

#include "cli/choices.h"
#include "cli/cli.h"
#include "cli/command.h"
#include "cli/mdoc.h"
#include "cli/option_table.h"
#include "cli/say.h"

static void
print_names(const struct command_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("%s\t%s\n", rows[i].name, rows[i].summary);
}

/* command, letter or -, long name, whether it takes a value, the words of it, help. */
static void
print_option(const struct command_row *row, const struct option *option)
{
	char words[600];
	const char *takes = !option->value ? "none" : option->optional ? "optional" : "required";

	printf("%s\t%c\t%s\t%s\t%s\t%s\n", row->name, option->letter ? option->letter : '-',
	    option->name, takes, choices_of(row->command, option, words, sizeof words),
	    option->help);
}

static void
print_options(const struct command_row *rows, size_t count)
{
	size_t n_options;
	const struct option *options = options_all(&n_options);

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < n_options; k++) {
			if (options[k].commands & rows[i].command)
				print_option(&rows[i], &options[k]);
		}
	}
}

int
reference_print(const char *what, const char *which)
{
	static const struct {
		const char *what;
		void (*print)(const struct command_row *rows, size_t count);
	} kinds[] = {
		{ "synopsis", mdoc_synopsis },
		{ "commands", mdoc_commands },
		{ "names", print_names },
		{ "options", print_options },
	};
	size_t count;
	const struct command_row *rows = commands_all(&count);

	if (what && which && strcmp(what, "keys") == 0 && mdoc_keys(which))
		return say_written(EXIT_QUIET);
	for (size_t i = 0; what && i < sizeof kinds / sizeof kinds[0]; i++) {
		if (strcmp(what, kinds[i].what) == 0) {
			kinds[i].print(rows, count);
			return say_written(EXIT_QUIET);
		}
	}
	return say_usage(
	    "reference", what ? what : "", "not one of synopsis, commands, names, options, keys");
}
