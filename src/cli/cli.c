/* cli.c - which command it is, and the help of each. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/about.h"
#include "cli/command.h"
#include "cli/guess.h"
#include "cli/options.h"
#include "cli/reference.h"
#include "cli/say.h"

static const char exit_statuses[] =
    "\nExit status:\n"
    "  0    nothing at or above --fail-on, and everything was examined\n"
    "  1    at least one file at or above --fail-on\n"
    "  2    the job could not be done: usage, no such path, no message found,\n"
    "       the report could not be written\n"
    "  3    nothing at or above it, but some files could not be examined to their end\n"
    "  130  interrupted; the report tells what was done until then\n";

static const char plan_exit_statuses[] =
    "\nExit status:\n"
    "  0  the step, or that the plan is done; what was to be recorded is recorded\n"
    "  2  it could not be done: usage, no case, nothing waits for an outcome, another\n"
    "     process recorded first\n"
    "  3  the script leaves out files whose names it cannot quote safely\n";

static const char about_scan[] =
    "Examine every message of a copied Exchange 4.0, 5.0 or 5.5 Imcdata tree, and\n"
    "rank them by how likely each one stopped the Internet Mail Connector. PATH is a\n"
    "tree that holds an Imcdata folder, a folder of messages, or one message. Nothing\n"
    "below PATH is ever written.\n";

static const char about_check[] =
    "The same scan before the service is started again: a verdict of a few lines and\n"
    "an exit status.\n";

static const char about_rules[] =
    "List the rules, what they weigh and the documented causes they rest on.\n";

static const char about_explain[] =
    "All about one message: envelope, findings with their bytes, the MIME tree, every\n"
    "header field, and what two readers would take differently. PATH is the message, or\n"
    "a tree; then MESSAGE is its path below the Imcdata folder as reports show it, or\n"
    "its name alone. With --rule, all about a rule: what it looks for and weighs, the\n"
    "causes it rests on, what they do, what fixed them, what to do with the message.\n";

static const char about_plan[] =
    "The next start of the service: which messages of the recorded scan CASE to keep\n"
    "out of In and Out, and which to put back, so that nearly all mail flows at once\n"
    "and few starts tell the bad message. Record what came of it with --stable,\n"
    "--stopped or --unclear; the next step follows. A start that stays up has delivered\n"
    "what was in place. Only In, Out, In\\Temp and Out\\Temp take part. imcscan itself\n"
    "never moves anything; --script writes the moves for the server.\n";

static const char about_report[] =
    "A report of the run that CASE (scan --case) holds, in any format: the same that the\n"
    "scan wrote, computed anew. Neither the case nor the evidence is written to.\n"
    "Of several cases one table: a line each (text, jsonl), or their suspects row by row\n"
    "with the case and the incident before them (csv, csv-findings; --top, --min-level).\n";

static const char about_diff[] =
    "What changed from the run of one case to that of another: files gone, new, moved\n"
    "(the same content under another name), of other content, status, level or findings.\n"
    "Exit status: 0 nothing changed, 1 something did, 2 a case could not be read.\n";

static const char about_merge[] =
    "Join the cases of a scan that was done in parts (scan --shard=K/N --case=PART) into\n"
    "one: its report is that of one whole scan. A file that lies in several parts counts\n"
    "once; parts that were scanned in different ways are refused.\n";

static const char about_salvage[] =
    "A new, clean mail out of each MESSAGE that is held back, to be delivered in its\n"
    "place: headers, texts and attachments as far as they could be read, the rest as\n"
    "plain bytes with a note. Each is examined like any message, and handed over only\n"
    "when it is clean and all its parts are read as they were written. DIR/0001.eml is\n"
    "the mail of the first, DIR/0001.json tells its envelope, what was changed, what was\n"
    "left out and where it stood. CASE is the case of a scan, whose tree must still be\n"
    "there; of it --all takes every message from --min-level on. Nothing in the evidence\n"
    "is changed.\n";

static const char salvage_exit_statuses[] =
    "\nExit status:\n"
    "  0    a new mail of every message that was asked for\n"
    "  2    the job could not be done: usage, no such message, DIR cannot be written\n"
    "  3    of some message no mail could be made that may be handed over\n"
    "  130  interrupted\n";

static const struct command_row commands[] = {
	{ "scan", COMMAND_SCAN, cmd_scan, "scan [options] PATH...",
	    "rank the suspects of a copied tree", about_scan },
	{ "check", COMMAND_CHECK, cmd_scan, "check [options] PATH", "a verdict before a restart",
	    about_check },
	{ "rules", COMMAND_RULES, cmd_rules, "rules [options]",
	    "the rules and the causes they rest on", about_rules },
	{ "explain", COMMAND_EXPLAIN, cmd_explain,
	    "explain [options] PATH [MESSAGE] | CASE MESSAGE | --rule=ID | --sandbox",
	    "all about one message or one rule", about_explain },
	{ "report", COMMAND_REPORT, cmd_report, "report [options] CASE...",
	    "a report of a recorded run", about_report },
	{ "diff", COMMAND_DIFF, cmd_diff, "diff [options] OLD NEW",
	    "what changed between two recorded runs", about_diff },
	{ "merge", COMMAND_MERGE, cmd_merge, "merge -o CASE PART...",
	    "join the parts of a sharded scan", about_merge },
	{ "salvage", COMMAND_SALVAGE, cmd_salvage,
	    "salvage [options] CASE|TREE MESSAGE... --out=DIR",
	    "a clean mail out of a message that is held back", about_salvage },
	{ "plan", COMMAND_PLAN, cmd_plan, "plan [options] CASE",
	    "what to put back before the next start", about_plan },
};

#define N_COMMANDS (sizeof commands / sizeof commands[0])

const struct command_row *
commands_all(size_t *count)
{
	*count = N_COMMANDS;
	return commands;
}

static int
help(void)
{
	puts("Usage: imcscan COMMAND [options] ...\n\n"
	     "Find the message that stops the Internet Mail Connector, in a copy of its spool.\n");
	for (size_t i = 0; i < N_COMMANDS; i++)
		printf("  %-10s%s\n", commands[i].name, commands[i].summary);
	puts("\nimcscan COMMAND --help tells more; imcscan --version names the libraries.\n\n"
	     "Examples:\n"
	     "  imcscan scan /cases/exgate1/Imcdata\n"
	     "  imcscan scan --exchange=5.5sp3 -f jsonl -o ranking.jsonl /cases/exgate1\n"
	     "  imcscan check /cases/exgate1/Imcdata && echo restart it");
	return say_written(EXIT_QUIET);
}

static int
help_of(const struct command_row *row)
{
	printf("Usage: imcscan %s\n\n%s\nOptions:\n", row->usage, row->about);
	options_help(row->command);
	if (row->run == cmd_scan)
		fputs(exit_statuses, stdout);
	if (row->run == cmd_salvage)
		fputs(salvage_exit_statuses, stdout);
	if (row->run == cmd_plan)
		fputs(plan_exit_statuses, stdout);
	return say_written(EXIT_QUIET);
}

static int
run(const struct command_row *row, int argc, char **argv)
{
	struct options options;
	int status = options_read(row->command, row->name, argc, argv, &options);

	if (status == EXIT_QUIET)
		status = options.help ? help_of(row) : row->run(&options);
	options_free(&options);
	return status;
}

static int
no_such_command(const char *word)
{
	struct guess guess = guess_start(word);
	char words[80];

	for (size_t i = 0; i < N_COMMANDS; i++)
		guess_try(&guess, commands[i].name);
	snprintf(words, sizeof words, "no such command%s%s%s", guess.best ? "; did you mean " : "",
	    guess.best ? guess.best : "", guess.best ? "?" : "");
	return say_usage("", word, words);
}

/* A standard stream that the caller closed would be the number of what we open next: the report
 * would go into a worker's channel. Opened the wrong way round, so that using one fails. */
static bool
hold_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return false;
	}
	return true;
}

int
cli_main(int argc, char **argv)
{
	if (!hold_standard_streams())
		return EXIT_TROUBLE;
	/* A pager that ends early, a worker that dies or a limit on the size of files must not end
	 * us: write() tells us. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	if (argc < 2) {
		say("no command given");
		fputs("Try 'imcscan --help'.\n", stderr);
		return EXIT_TROUBLE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return help();
	if (strcmp(argv[1], "--version") == 0)
		return about_print();
	if (strcmp(argv[1], "reference") == 0)
		return reference_print(argc > 2 ? argv[2] : NULL, argc > 3 ? argv[3] : NULL);
	for (size_t i = 0; i < N_COMMANDS; i++) {
		if (strcmp(argv[1], commands[i].name) == 0)
			return run(&commands[i], argc - 2, argv + 2);
	}
	return no_such_command(argv[1]);
}
