/* shut.c - give up what the rest of a command does not need. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/shut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "casefile/casefile.h"
#include "cli/say.h"
#include "spool/walk.h"
#include "worker/libraries.h"

struct shutting {
	struct lockdown lockdown;
	const char **reads; /* NULL: borrowed as a whole */
	const char **writes;
	char **folders; /* what folder_of() made */
	size_t n_folders, n_writes, room;
	bool failed; /* out of memory */
};

/* Room for so many paths that are read and folders that are written to, and one each for output,
 * case and temporary files. */
static void
begin(struct shutting *shutting, size_t room)
{
	shutting->room = room + 3;
	shutting->reads = calloc(shutting->room, sizeof *shutting->reads);
	shutting->writes = calloc(shutting->room, sizeof *shutting->writes);
	shutting->folders = calloc(shutting->room, sizeof *shutting->folders);
	shutting->failed = !shutting->reads || !shutting->writes || !shutting->folders;
}

/* The folder in which the file lies, or the folder itself when the path ends in a slash. */
static const char *
folder_of(struct shutting *shutting, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder;

	if (!slash || shutting->failed || shutting->n_folders == shutting->room)
		return ".";
	folder = strndup(path, slash == path ? 1 : (size_t)(slash - path));
	if (!folder) {
		shutting->failed = true;
		return ".";
	}
	shutting->folders[shutting->n_folders++] = folder;
	return folder;
}

static void
reads(struct shutting *shutting, const char *path)
{
	if (!shutting->failed && shutting->lockdown.n_reads < shutting->room)
		shutting->reads[shutting->lockdown.n_reads++] = path;
}

static void
writes(struct shutting *shutting, const char *folder)
{
	if (!shutting->failed && shutting->n_writes < shutting->room)
		shutting->writes[shutting->n_writes++] = folder;
}

static bool
is_file(const char *output)
{
	return output && strcmp(output, "-") != 0;
}

/* Where results_spill() makes temporary files, the first that is there. */
static void
writes_temporary(struct shutting *shutting, const char *const *paths, size_t n_paths)
{
	const char *const folders[] = { getenv("TMPDIR"), "/tmp", "/var/tmp" };

	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
		bool inside = !folders[i] || !*folders[i] || access(folders[i], W_OK) != 0;

		for (size_t k = 0; !inside && k < n_paths; k++)
			inside = walk_is_inside(paths[k], folders[i]);
		if (inside)
			continue;
		writes(shutting, folders[i]);
		return;
	}
}

static bool
finish(struct shutting *shutting, struct shut *shut)
{
	char why[200] = "out of memory";
	bool good = !shutting->failed;

	if (!shutting->lockdown.reads)
		shutting->lockdown.reads = shutting->reads;
	shutting->lockdown.writes = shutting->writes;
	shutting->lockdown.n_writes = shutting->n_writes;
	good = good && lockdown(&shutting->lockdown, &shut->landlock, why, sizeof why);
	for (size_t i = 0; i < shutting->n_folders; i++)
		free(shutting->folders[i]);
	free(shutting->folders);
	free(shutting->writes);
	free(shutting->reads);
	if (!good)
		say("cannot give up rights: %s", why);
	shut->done = good;
	shut->level = shutting->lockdown.level;
	return good;
}

static void
describe(struct shut *shut, const char *workers)
{
	if (!shut->done)
		snprintf(shut->line, sizeof shut->line, "%s", workers);
	else if (shut->landlock > 0)
		snprintf(shut->line, sizeof shut->line, "%s; parent: seccomp, Landlock ABI %d",
		    workers, shut->landlock);
	else
		snprintf(shut->line, sizeof shut->line,
		    "%s; parent: seccomp, no Landlock in this kernel", workers);
}

bool
shut_scan(const struct options *options, const char *const *paths, size_t n_paths,
    const char *workers, struct shut *shut)
{
	struct shutting shutting = { .lockdown = { .reads = paths, .n_reads = n_paths } };
	bool good = true;

	*shut = (struct shut){ .done = false };
	if (options->shut) {
		*shut = *options->shut;
	} else if (!options->no_sandbox) {
		begin(&shutting, 0);
		if (is_file(options->output)) {
			shutting.lockdown.level = LOCKDOWN_WRITES;
			writes(&shutting, folder_of(&shutting, options->output));
		}
		if (options->case_path) {
			shutting.lockdown.level = LOCKDOWN_CASE;
			writes(&shutting, folder_of(&shutting, options->case_path));
		}
		good = finish(&shutting, shut);
	}
	describe(shut, workers);
	return good;
}

bool
shut_batch(
    const struct options *options, const char *const *paths, size_t n_paths, struct shut *shut)
{
	struct shutting shutting = { .lockdown = { .level = LOCKDOWN_WRITES } };
	struct libraries libraries;

	*shut = (struct shut){ .done = false };
	if (options->no_sandbox)
		return true;
	/* Which makes the libraries ready: what they read at their start is read now. */
	if (!libraries_name(&libraries)) {
		say("cannot make the libraries ready");
		return false;
	}
	begin(&shutting, n_paths + options->n_evidence + 1);
	reads(&shutting, libraries.magic_path); /* each report tells its digest */
	for (size_t i = 0; i < n_paths; i++)
		reads(&shutting, paths[i]);
	for (size_t i = 0; i < options->n_evidence; i++)
		reads(&shutting, options->evidence[i]);
	writes(&shutting, folder_of(&shutting, options->output));
	writes_temporary(&shutting, paths, n_paths);
	return finish(&shutting, shut);
}

/* A case of an earlier version is brought up to date before it is read. */
bool
shut_cases(const struct options *options, bool changes)
{
	struct shutting shutting = { .lockdown = { .level = LOCKDOWN_WRITES } };
	/* The second word of explain is a message. */
	const size_t count = options->command == COMMAND_EXPLAIN ? 1 : options->n_paths;
	struct shut shut;

	begin(&shutting, count);
	if (is_file(options->output))
		writes(&shutting, folder_of(&shutting, options->output));
	writes_temporary(&shutting, NULL, 0);
	if (options->command == COMMAND_MERGE)
		shutting.lockdown.level = LOCKDOWN_CASE;
	for (size_t i = 0; i < count; i++) {
		const char *folder = folder_of(&shutting, options->paths[i]);

		if (changes || casefile_is_old(options->paths[i])) {
			shutting.lockdown.level = LOCKDOWN_CASE;
			writes(&shutting, folder);
		} else {
			reads(&shutting, folder);
		}
	}
	return finish(&shutting, &shut);
}

/* The folder in which that folder lies. */
static const char *
parent_of(struct shutting *shutting, const char *folder)
{
	size_t len = strlen(folder);
	const char *parent = "/";
	char *plain;

	while (len > 1 && folder[len - 1] == '/')
		len--;
	plain = strndup(folder, len);
	if (plain)
		parent = folder_of(shutting, plain);
	else
		shutting->failed = true;
	free(plain);
	return parent;
}

/* Where the evidence lies, stands in the case: until that is read, all can be read. */
bool
shut_salvage_case(const struct options *options)
{
	struct shutting shutting = { .lockdown = { .level = LOCKDOWN_FOLDER } };
	struct shut shut;

	if (options->no_sandbox)
		return true;
	begin(&shutting, 1);
	reads(&shutting, "/");
	writes(&shutting, folder_of(&shutting, options->paths[0]));
	writes(&shutting, parent_of(&shutting, options->out_folder));
	writes_temporary(&shutting, NULL, 0);
	return finish(&shutting, &shut);
}

bool
shut_salvage(const struct options *options, const char *const *paths, size_t n_paths, bool of_case)
{
	struct shutting shutting = { .lockdown = { .reads = paths, .n_reads = n_paths } };
	struct shut shut;

	if (options->no_sandbox)
		return true;
	begin(&shutting, 0);
	shutting.lockdown.level = of_case ? LOCKDOWN_CASE : LOCKDOWN_WRITES;
	if (of_case) {
		writes(&shutting, folder_of(&shutting, options->paths[0]));
		writes_temporary(&shutting, paths, n_paths);
	}
	writes(&shutting, options->out_folder);
	return finish(&shutting, &shut);
}

void
shut_notes(const struct shut *shut, struct notes *notes)
{
	const char *gaps = lockdown_gaps(shut->landlock);

	/* What is younger than ABI 4 only doubles what the filter refuses. */
	if (!shut->done || shut->landlock >= 4)
		return;
	if (shut->landlock == 0)
		notes_add(notes,
		    "This kernel has no Landlock: only the system call filter kept the workers from "
		    "files, and the parent from writing.");
	else
		notes_add(notes,
		    "Landlock of this kernel (ABI %d) does not know of %s: there the system call "
		    "filter stood alone.",
		    shut->landlock, gaps);
}
