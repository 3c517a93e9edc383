/*
 * explain_sandbox.c - `imcscan explain --sandbox`: what confines workers and parent on this kernel.
 *
 * Nothing is told from what was asked for: a worker is started, the parent gives its rights up, and
 * both are looked at in /proc.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/explain.h"
#include "cli/options.h"
#include "cli/paragraph.h"
#include "cli/say.h"
#include "cli/shut.h"
#include "worker/calls.h"
#include "worker/pool.h"

#define COLUMN 22

static void
row(const char *name, const char *words)
{
	printf("  %-*s", COLUMN - 2, name);
	paragraph_print(words, COLUMN, COLUMN);
}

/* The rest of the line of /proc/PID/FILE that begins with these words, trimmed; "?" without one. */
static void
look_up(pid_t pid, const char *file, const char *begin, char out[80])
{
	const size_t len = strlen(begin);
	char path[64], line[200];
	FILE *stream;

	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
	snprintf(out, 80, "?");
	stream = fopen(path, "re");
	while (stream && fgets(line, sizeof line, stream)) {
		const char *rest = line + len;

		if (strncmp(line, begin, len) != 0)
			continue;
		rest += strspn(rest, " \t");
		snprintf(out, 80, "%.*s", (int)strcspn(rest, " \t\n"), rest);
	}
	if (stream)
		fclose(stream);
}

static void
show_process(pid_t pid)
{
	char seen[80];

	look_up(pid, "status", "Seccomp:", seen);
	row("seccomp", strcmp(seen, "2") == 0 ? "a filter is in force (mode 2)" : "NO FILTER");
	look_up(pid, "status", "NoNewPrivs:", seen);
	row("no_new_privs", strcmp(seen, "1") == 0 ? "yes" : "NO");
}

static void
show_landlock(int abi, const char *denied)
{
	const char *gaps = lockdown_gaps(abi);
	char words[300];

	if (abi == 0) {
		row("Landlock", "this kernel has none: seccomp stands alone");
		return;
	}
	snprintf(words, sizeof words, "ABI %d: %s%s%s", abi, denied,
	    *gaps ? "; it does not know of " : "", gaps);
	row("Landlock", words);
}

static void
show_limits(pid_t pid, const struct options *options)
{
	/* clang-format off */
	static const struct { const char *name, *begin; } limits[] = {
		{ "address space", "Max address space" }, { "file size", "Max file size" },
		{ "open files", "Max open files" }, { "processes", "Max processes" },
		{ "core", "Max core file size" }, { "stack", "Max stack size" },
		{ "processor time", "Max cpu time" },
	};
	/* clang-format on */
	char seen[80], words[160];

	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		look_up(pid, "limits", limits[i].begin, seen);
		row(limits[i].name, seen);
	}
	snprintf(words, sizeof words, "%u ms of processor time and %u ms for each MB",
	    options->time_base_ms, options->time_per_mb_ms);
	row("a file", words);
	row("descriptors", "0 to 2: /dev/null, for reading; 3: its channel");
}

static void
show_calls(enum call_verdict verdict, const char *title)
{
	size_t count;
	const struct call *calls = calls_all(&count);

	printf("  %s:\n", title);
	for (size_t i = 0; i < count; i++) {
		if (calls[i].verdict == verdict)
			printf("    %-18s%s\n", calls[i].name, calls[i].why);
	}
}

static void
show_worker(const struct pool *pool, const struct options *options, int landlock)
{
	const pid_t pid = pool_worker_pid(pool, 0);

	puts("Worker (reads and parses the evidence):");
	show_process(pid);
	if (!options->no_sandbox)
		show_landlock(landlock, "no file, no TCP port, no signal to others");
	show_limits(pid, options);
	if (options->no_sandbox)
		return;
	show_calls(CALL_ALLOWED, "system calls allowed");
	show_calls(CALL_NARROWED, "allowed with certain arguments only");
	show_calls(CALL_REFUSED, "answered EACCES");
	puts("  any other system call kills the worker");
}

static const char *
refused_when(enum lockdown_level until)
{
	switch (until) {
	case LOCKDOWN_READS:
		return " (unless --output or --case)";
	case LOCKDOWN_WRITES:
		return " (unless --case)";
	case LOCKDOWN_CASE:
		return " (unless salvage makes --out)";
	case LOCKDOWN_FOLDER:
		break;
	}
	return "";
}

static void
show_parent(const struct options *options, int landlock)
{
	size_t count;
	const struct lockdown_row *rows = lockdown_rows(&count);

	puts("Parent (opens the evidence, writes the report):");
	show_process(getpid());
	if (options->no_sandbox)
		return;
	show_landlock(landlock,
	    "reads the paths it was given, /proc, time zones; makes files in the folders of "
	    "--output and --case alone");
	row("writing",
	    "without --output and --case no file is opened for writing; with --output only new "
	    "ones; with --case SQLite opens its own, and Landlock alone keeps it in their folder");
	row("openat2", "is not filtered: its flags lie in memory; Landlock bounds it");
	puts("  system calls answered EACCES:");
	for (size_t i = 0; i < count; i++)
		printf("    %-18s%s%s\n", rows[i].name, rows[i].why, refused_when(rows[i].until));
}

static void
nothing_done(void *context, const struct record *record)
{
	(void)context;
	(void)record;
}

int
explain_sandbox(const struct options *options)
{
	const struct pool_options pool_options = {
		.jobs = 1,
		.time_base_ms = options->time_base_ms,
		.time_per_mb_ms = options->time_per_mb_ms,
		.memory_mib = options->memory_mib,
		.sandbox = !options->no_sandbox,
	};
	struct utsname name = { .release = "" };
	char why[256] = "";
	struct shut shut;
	struct pool *pool = pool_new(&pool_options, nothing_done, NULL, why, sizeof why);

	if (!pool) {
		say("cannot start the workers: %s", why);
		return EXIT_TROUBLE;
	}
	if (!shut_scan(options, NULL, 0, pool_sandbox(pool), &shut)) {
		pool_free(pool);
		return EXIT_TROUBLE;
	}
	(void)uname(&name);
	printf("Kernel: %s %s %s\n", name.sysname, name.release, name.machine);
	printf("In short: %s\n", shut.line);
	show_worker(pool, options, shut.landlock);
	show_parent(options, shut.landlock);
	pool_free(pool);
	return say_written(EXIT_QUIET);
}
