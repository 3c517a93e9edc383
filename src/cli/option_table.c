/* option_table.c - every option: its name, its value, its help, and what it sets. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/option_table.h"

#include <stdio.h>
#include <string.h>

#include "cli/guess.h"
#include "cli/option_set.h"
#include "cli/paragraph.h"

#define SCANS (COMMAND_SCAN | COMMAND_CHECK)
#define EXAMINES (SCANS | COMMAND_EXPLAIN)
#define LIMITED (EXAMINES | COMMAND_SALVAGE)
#define REPORTS (SCANS | COMMAND_REPORT)
#define FROM_CASES (COMMAND_REPORT | COMMAND_DIFF | COMMAND_MERGE)
#define ALL (SCANS | COMMAND_RULES | COMMAND_EXPLAIN | COMMAND_PLAN | FROM_CASES | COMMAND_SALVAGE)

/* clang-format off */
static const struct option table[] = {
	{ "exchange", "VERSION", set_exchange,
	    "release of the server: 4.0, 5.0sp2, 5.5sp3, a build such as 5.5.2650.24; "
	    "faults that it does not have count less",
	    EXAMINES, 0 },
	{ "format", "FORMAT", set_format, "text (default), jsonl, html, csv, csv-findings, sarif, dfxml, junit, hashdeep, sha256sum", REPORTS, 'f' },
	{ "format", "FORMAT", set_format, "text (default) or json", COMMAND_PLAN, 'f' },
	{ "format", "FORMAT", set_format,
	    "text (default), json, or mdoc: the section of the manual page", COMMAND_RULES, 'f' },
	{ "format", "FORMAT", set_format, "text (default) or jsonl", COMMAND_DIFF, 'f' },
	{ "output", "FILE", set_output,
	    "write the report to FILE, whole or not at all; - is standard output. A FILE "
	    "inside the evidence is refused. FILE/ is a folder: one report for each PATH of a scan, "
	    "and a summary of all",
	    REPORTS, 'o' },
	{ "case", "FILE", set_case,
	    "keep the run in FILE, from which report, explain, plan, diff and merge work; one "
	    "that is there already is left alone",
	    SCANS, 0 },
	{ "resume", NULL, set_resume,
	    "go on with the case: files that it holds unchanged are read and hashed, not examined "
	    "again",
	    SCANS, 0 },
	{ "shard", "K/N", set_shard,
	    "take only the K-th of N parts of the files (N up to 62); imcscan merge joins the "
	    "cases of all parts",
	    COMMAND_SCAN, 0 },
	{ "output", "CASE", set_output, "the case that is made of the parts", COMMAND_MERGE, 'o' },
	{ "top", "N", set_top, "rows of the text table (default 10, 0: all)",
	    COMMAND_SCAN | COMMAND_REPORT, 0 },
	{ "min-level", "LEVEL", set_min_level,
	    "leave files below LEVEL out of the text table: clean, low (default), "
	    "unknown, medium, high, critical",
	    COMMAND_SCAN | COMMAND_REPORT, 0 },
	{ "fail-on", "LEVEL", set_fail_on,
	    "exit with 1 from this level on: low, medium, high (default), critical, never",
	    SCANS, 0 },
	{ "jobs", "N", set_jobs, "workers (default: one for each processor)", SCANS, 'j' },
	{ "time-limit", "BASE[+PER_MB]", set_time_limit,
	    "seconds of processor time for a file, and for each MB of it (default 2+1)",
	    LIMITED, 0 },
	{ "memory-limit", "MIB", set_memory_limit,
	    "address space of a worker (default 1024)", LIMITED, 0 },
	{ "max-size", "MIB", set_max_size,
	    "parse no more than the first MIB of a file (1 to 256, default 256); it is hashed whole",
	    EXAMINES, 0 },
	{ "max-parts", "N", set_max_parts, "follow no more than N parts of a message (1 to 10000, default 10000)", EXAMINES, 0 },
	{ "max-depth", "N", set_max_depth, "follow parts in parts no deeper than N (1 to 200, default 200)", EXAMINES, 0 },
	{ "max-fields", "N", set_max_fields,
	    "read no more than N header fields (1 to 20000, default 20000). A file that goes beyond "
	    "one of these is partial, never clean",
	    EXAMINES, 0 },
	{ "archive-limit", "MIB", set_archive_limit,
	    "what an archive given as PATH (zip, tar, 7z, cab, iso) may unpack to in all (default "
	    "65536); what lies beyond is listed as failed",
	    EXAMINES, 0 },
	{ "archive-names", "CHARSET", set_archive_names,
	    "charset of names in archives that do not tell it, such as CP850 (default: CP437 in zip "
	    "and cab, bytes as they are in tar)",
	    EXAMINES, 0 },
	{ "archive-is-control", NULL, set_archive_is_control,
	    "the Archive folders hold healthy mail: learn from them what is common here",
	    SCANS, 0 },
	{ "disable-rule", "ID", set_disable_rule, "do not run this rule (repeatable)", EXAMINES, 0 },
	{ "exclude", "GLOB", set_exclude,
	    "do not examine files whose path in the tree, or name, matches (repeatable); "
	    "they are listed as excluded",
	    SCANS, 0 },
	{ "files-from", "FILE", set_files_from,
	    "read more paths from FILE, each ended by a NUL byte; - is standard input",
	    SCANS, 0 },
	{ "evidence", "FILE", set_evidence,
	    "read this log, too, or the logs of this folder: event logs (.evt, text, CSV), Dr. Watson, "
	    "copy, protocol and tracking logs, told by their content (repeatable)",
	    SCANS, 0 },
	{ "no-evidence", NULL, set_no_evidence,
	    "read no log, not even those in the tree; they are listed only", SCANS, 0 },
	{ "timezone", "ZONE", set_timezone,
	    "the clock of the server, for logs in local time: UTC, -05:00 or a name such as "
	    "America/New_York",
	    SCANS, 0 },
	{ "no-sandbox", NULL, set_no_sandbox,
	    "run the workers unconfined, where the kernel offers no seccomp; the report says so",
	    LIMITED, 0 },
	{ "reproducible", NULL, set_reproducible,
	    "leave times, host and other facts of this run out of the report", REPORTS, 0 },
	{ "incident", "ID", set_incident, "the incident that the report is for; stands in its head",
	    REPORTS, 0 },
	{ "examiner", "NAME", set_examiner, "who examines; stands in the head of the report",
	    REPORTS, 0 },
	{ "redact", NULL, set_redact,
	    "tokens in the place of addresses, subjects and names; quotes of the message are left "
	    "out. Equal names have equal tokens in all reports of one tree",
	    REPORTS, 0 },
	{ "excerpt", "BYTES", set_excerpt,
	    "quote no more than so many bytes of a message or a log in one place, 0 to 320: 0 quotes "
	    "none, 320 (default) all that is kept. Addresses and subjects stay",
	    REPORTS, 0 },
	{ "progress", "WHEN", set_progress, "auto (default), always or never", SCANS, 0 },
	{ "color", "WHEN", set_colour, "auto (default), always or never", EXAMINES | COMMAND_REPORT, 0 },
	{ "weights", "FILE", set_weights,
	    "rank by the numbers in FILE, which is made like what rules --weights prints; the "
	    "report tells what it changes",
	    EXAMINES, 0 },
	{ "weights", NULL, set_list_weights, "print the numbers of the ranking instead", COMMAND_RULES, 0 },
	{ "cases", NULL, set_cases, "list the documented causes instead", COMMAND_RULES, 0 },
	{ "schema", NULL, set_schema,
	    "print the JSON Schema of all JSON that imcscan writes instead", COMMAND_RULES, 0 },
	{ "ids", NULL, set_ids, "list nothing but ids, one a line", COMMAND_RULES, 0 },
	{ "rule", "ID", set_rule, "the rule to explain, instead of a message", COMMAND_EXPLAIN, 0 },
	{ "sandbox", NULL, set_sandbox,
	    "show what confines the workers and imcscan itself on this kernel, instead of a message",
	    COMMAND_EXPLAIN, 0 },
	{ "stable", NULL, plan_set_stable, "record that the start stayed up", COMMAND_PLAN, 0 },
	{ "stopped", NULL, plan_set_stopped, "record that the service stopped", COMMAND_PLAN, 0 },
	{ "unclear", NULL, plan_set_unclear, "record that it could not be told", COMMAND_PLAN, 0 },
	{ "undo", NULL, plan_set_undo, "take the last record back", COMMAND_PLAN, 0 },
	{ "confirmed", "FILE", plan_set_confirmed,
	    "record that this message is a culprit; it stays out", COMMAND_PLAN, 0 },
	{ "step", "N", plan_set_step,
	    "record the outcome only if step N is the one that waits for it", COMMAND_PLAN, 0 },
	{ "goal", "GOAL", plan_set_goal,
	    "flow (default): nearly all mail back with the first start; isolate: fewest starts "
	    "until the culprit is known", COMMAND_PLAN, 0 },
	{ "miss", "SHARE", plan_set_miss,
	    "how often the service stays up though a bad message is in place (default 0)",
	    COMMAND_PLAN, 0 },
	{ "false-crash", "SHARE", plan_set_false_crash,
	    "how often it stops though none is (default 0)", COMMAND_PLAN, 0 },
	{ "crash-cost", "RATIO", plan_set_crash_cost,
	    "what a stop costs, beside a start that stays up (default 3)", COMMAND_PLAN, 0 },
	{ "culprits", "N", plan_set_culprits,
	    "expected number of bad messages (default 1: exactly one at a time)",
	    COMMAND_PLAN, 0 },
	{ "script", "SHELL", plan_set_script,
	    "write the moves of the step to the FILE of -o, and what undoes them beside it "
	    "(move.cmd, move-undo.cmd): cmd "
	    "(Windows NT 4), powershell or sh", COMMAND_PLAN, 0 },
	{ "root", "DIR", plan_set_root,
	    "the Imcdata folder of the live server, for --script", COMMAND_PLAN, 0 },
	{ "simulate", "N", plan_set_simulate,
	    "play the plan N times (default 1000) against hidden culprits", COMMAND_PLAN, 0, true },
	{ "draw", "FROM", plan_set_draw,
	    "where they are drawn from: posterior (default), uniform, or the file of that name",
	    COMMAND_PLAN, 0 },
	{ "seed", "N", plan_set_seed, "seed of the simulation (default 1)", COMMAND_PLAN, 0 },
	{ "output", "FILE", set_output,
	    "write to FILE, whole or not at all; - is standard output", COMMAND_PLAN, 'o' },
	{ "out", "DIR", set_out_folder,
	    "the folder for the new mails and their accounts: made, or empty; never in the "
	    "evidence", COMMAND_SALVAGE, 'o' },
	{ "all", NULL, set_all, "salvage all messages of the case from --min-level on",
	    COMMAND_SALVAGE, 0 },
	{ "min-level", "LEVEL", set_min_level,
	    "the least level that --all takes: low (default), unknown, medium, high, critical",
	    COMMAND_SALVAGE, 0 },
	{ "pickup", NULL, set_pickup,
	    "write each mail as a file for the Pickup folder of Exchange 5.5, too",
	    COMMAND_SALVAGE, 0 },
	{ "help", NULL, set_help, "show this help", ALL, 'h' },
};
/* clang-format on */

const struct option *
options_all(size_t *count)
{
	*count = sizeof table / sizeof table[0];
	return table;
}

static const struct option *
option_named(enum command command, const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		if ((table[i].commands & command) && strlen(table[i].name) == len &&
		    strncmp(table[i].name, name, len) == 0)
			return &table[i];
	}
	return NULL;
}

static const struct option *
option_lettered(enum command command, char letter)
{
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		if ((table[i].commands & command) && letter != 0 && table[i].letter == letter)
			return &table[i];
	}
	return NULL;
}

/* One argument that begins with '-': the row it names and the value glued to it, NULL when none
 * is. */
const struct option *
option_of(enum command command, const char *arg, const char **glued)
{
	const struct option *option;
	size_t len;

	*glued = NULL;
	if (arg[1] != '-') {
		option = option_lettered(command, arg[1]);
		if (arg[1] != '\0' && arg[2] != '\0')
			*glued = arg + 2;
		return option;
	}
	len = strcspn(arg + 2, "=");
	if (arg[2 + len] == '=')
		*glued = arg + 2 + len + 1;
	return option_named(command, arg + 2, len);
}

const char *
option_guess(enum command command, const char *arg)
{
	char word[64];
	const size_t len = strcspn(arg, "=");
	struct guess guess;

	if (strncmp(arg, "--", 2) != 0 || len - 2 >= sizeof word)
		return NULL;
	memcpy(word, arg + 2, len - 2);
	word[len - 2] = '\0';
	guess = guess_start(word);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		if (table[i].commands & command)
			guess_try(&guess, table[i].name);
	}
	return guess.best;
}

void
options_help(enum command command)
{
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		const struct option *option = &table[i];
		int used;

		if (!(option->commands & command))
			continue;
		used = option->letter ? printf("  -%c, ", option->letter) : printf("      ");
		used += printf("--%s%s%s", option->name, option->value ? "=" : "",
		    option->value ? option->value : "");
		if (used > 24)
			printf("\n%26s", "");
		else
			printf("%*s", 26 - used, "");
		paragraph_print(option->help, 26, 26);
	}
}
