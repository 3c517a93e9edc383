/*
 * cli.h - what the subcommands share: exit status and their entry points.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CLI_H
#define IMC_CLI_H

/* The exit status of every command; `imcscan scan --help` explains them. */
enum exit_status {
	EXIT_QUIET = 0,      /* nothing at or above --fail-on, everything examined */
	EXIT_SUSPECTS = 1,   /* at least one file at or above --fail-on */
	EXIT_TROUBLE = 2,    /* the job could not be done */
	EXIT_INCOMPLETE = 3, /* nothing at or above it, but not everything could be examined */
	EXIT_INTERRUPTED = 130
};

struct options;

int cli_main(int argc, char **argv);

int cmd_scan(const struct options *options); /* also `check` */
int cmd_rules(const struct options *options);
int cmd_explain(const struct options *options);
int cmd_plan(const struct options *options);
int cmd_report(const struct options *options);
int cmd_diff(const struct options *options);
int cmd_salvage(const struct options *options);
int cmd_merge(const struct options *options);

#endif
