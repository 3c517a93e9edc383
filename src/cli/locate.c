/* locate.c - one message of a tree, found by what the user calls it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/locate.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/say.h"
#include "cli/stop.h"
#include "cli/walking.h"
#include "report/escape.h"

#define NAMES_SHOWN 8
#define NAME_ROOM                                                                                  \
	1200 /* bytes of an escaped path; a longer one is called by its exact bytes only */

struct search {
	const char *message; /* NULL: the one file there is */
	struct located *located;
	enum met met;
	const char *reason, *kind;
	enum fit fit;
	uint64_t count; /* files of that fit */
	char *others[NAMES_SHOWN];
	bool failed; /* out of memory */
};

/* ---- names ---- */

static bool
same(struct slice name, const char *called, bool exact)
{
	for (size_t i = 0; i < name.len; i++) {
		const unsigned char byte = (unsigned char)called[i];

		if (byte == '\0')
			return false;
		if (byte != name.data[i] &&
		    (exact || byte_lower(byte) != byte_lower(name.data[i])) &&
		    !(byte == '\\' && name.data[i] == '/'))
			return false;
	}
	return called[name.len] == '\0';
}

/* A name may be given as it is, or as a report shows it: escaped. */
static bool
is_called(struct slice name, const char *called, bool exact)
{
	char shown[NAME_ROOM];

	return same(name, called, exact) ||
	       same(slice_str(escape_buffer(shown, sizeof shown, name)), called, exact);
}

/* "root/path" or, without a root, "path"; NULL without memory. */
static char *
whole_name(const char *root, struct slice path)
{
	const size_t root_len = strlen(root);
	char *name = malloc(root_len + 1 + path.len + 1);

	if (!name)
		return NULL;
	memcpy(name, root, root_len);
	if (root_len > 0)
		name[root_len] = '/';
	if (path.len > 0)
		memcpy(name + root_len + (root_len > 0), path.data, path.len);
	name[root_len + (root_len > 0) + path.len] = '\0';
	return name;
}

enum fit
locate_fit(const char *root, struct slice path, const char *message)
{
	const size_t slash = slice_rfind(path, '/');
	const struct slice name = slash == SLICE_NONE ? path : slice_from(path, slash + 1);
	enum fit fit = FIT_NONE;
	char *whole;

	if (!message)
		return FIT_PATH_EXACT;
	whole = whole_name(root, path);
	if (!whole)
		return FIT_NONE;
	for (int exact = 1; exact >= 0 && fit == FIT_NONE; exact--) {
		if (is_called(path, message, exact) || is_called(slice_str(whole), message, exact))
			fit = exact ? FIT_PATH_EXACT : FIT_PATH;
	}
	for (int exact = 1; exact >= 0 && fit == FIT_NONE; exact--) {
		if (is_called(name, message, exact))
			fit = exact ? FIT_NAME_EXACT : FIT_NAME;
	}
	free(whole);
	return fit;
}

/* ---- what was met ---- */

static void
forget(struct search *search)
{
	for (size_t i = 0; i < NAMES_SHOWN; i++) {
		free(search->others[i]);
		search->others[i] = NULL;
	}
	located_free(search->located);
	search->count = 0;
}

/* Take the file over: the descriptor is ours, names are copied. */
static void
keep(struct search *search, const struct walk_entry *entry)
{
	struct located *located = search->located;

	*located = (struct located){
		.fd = entry->fd,
		.root = strdup(entry->root),
		.path = malloc(entry->path.len + 1),
		.mtime_nsec = entry->mtime_nsec,
		.whole = entry->whole,
	};
	search->met = entry->met;
	search->reason = entry->reason;
	search->kind = entry->kind;
	if (!located->root || !located->path) {
		search->failed = true;
		return;
	}
	if (entry->path.len > 0)
		memcpy(located->path, entry->path.data, entry->path.len);
	located->file = (struct ranked_file){
		.root = located->root,
		.path = slice_of(located->path, entry->path.len),
		.folder = entry->folder,
		.direction = entry->direction,
		.status = STATUS_EXAMINED,
		.reason = "",
		.foreign_name = entry->foreign_name,
		.has_stat = entry->has_stat,
		.size = entry->size,
		.mtime_sec = entry->mtime_sec,
	};
}

static bool
visit(void *context, const struct walk_entry *entry)
{
	struct search *search = context;
	const enum fit fit = locate_fit(entry->root, entry->path, search->message);
	const bool better = fit > search->fit;

	if (better) {
		forget(search);
		search->fit = fit;
		keep(search, entry);
	} else if (entry->fd >= 0) {
		(void)close(entry->fd);
	}
	if (fit != FIT_NONE && fit == search->fit) {
		if (search->count < NAMES_SHOWN)
			search->others[search->count] = whole_name(entry->root, entry->path);
		search->count++;
	}
	return !search->failed && !stop_requested();
}

/* ---- the answer ---- */

static int
ambiguous(const struct search *search)
{
	say_about(search->message,
	    "%" PRIu64 " messages are called so; name one by its path:", search->count);
	for (uint64_t i = 0; i < search->count && i < NAMES_SHOWN; i++) {
		fputs("  ", stderr);
		if (search->others[i])
			escape_print(stderr, slice_str(search->others[i]));
		fputc('\n', stderr);
	}
	if (search->count > NAMES_SHOWN)
		fprintf(stderr, "  and %" PRIu64 " more\n", search->count - NAMES_SHOWN);
	return EXIT_TROUBLE;
}

static int
judge(const struct search *search, const char *path)
{
	const char *subject = search->message ? search->message : path;

	if (stop_requested())
		return EXIT_INTERRUPTED;
	if (search->failed) {
		say("out of memory");
		return EXIT_TROUBLE;
	}
	if (search->count == 0) {
		say_about(subject, "no such message in the tree");
		return EXIT_TROUBLE;
	}
	if (search->count > 1)
		return ambiguous(search);
	if (search->met == MET_MESSAGE)
		return EXIT_QUIET;
	if (search->met == MET_ARTEFACT)
		say_about(subject, "is no message (%s)",
		    strcmp(search->kind, "other") == 0 ? "an unknown file beside the mail"
						       : search->kind);
	else
		say_about(subject, "%s: %s",
		    search->met == MET_EXCLUDED ? "was not opened" : "cannot be read",
		    search->reason);
	return EXIT_TROUBLE;
}

/* A tree and an archive need a message to be named, a file none. */
static int
check_kind(struct unpack *unpack, const char *path, const char *message)
{
	struct stat st;
	bool archive;

	if (stat(path, &st) != 0)
		return EXIT_QUIET; /* walk() tells why */
	archive = S_ISREG(st.st_mode) && walk_is_archive(unpack, path);
	if (S_ISDIR(st.st_mode) && !message)
		return say_usage("explain", path, "is a folder: name a MESSAGE of it, too");
	if (archive && !message)
		return say_usage("explain", path, "is an archive: name a MESSAGE of it, too");
	if (!S_ISDIR(st.st_mode) && !archive && message)
		return say_usage("explain", message, "PATH is one file: name no MESSAGE beside it");
	return EXIT_QUIET;
}

int
locate(struct unpack *unpack, const char *path, const char *message, struct located *located)
{
	struct search search = { .message = message, .located = located };
	struct walk_result result = { 0 };
	int status, error;

	*located = (struct located){ .fd = -1 };
	status = check_kind(unpack, path, message);
	if (status != EXIT_QUIET)
		return status;
	error = walking_walk(unpack, WALKING, path, visit, &search, &result);
	located->several_roots = result.n_roots > 1;
	walk_result_free(&result);
	if (error != 0) {
		say_about(path, "%s", walk_strerror(error));
		status = EXIT_TROUBLE;
	} else {
		status = judge(&search, path);
	}
	for (size_t i = 0; i < NAMES_SHOWN; i++)
		free(search.others[i]);
	return status;
}

void
located_free(struct located *located)
{
	if (located->fd >= 0)
		(void)close(located->fd);
	free(located->root);
	free(located->path);
	*located = (struct located){ .fd = -1 };
}
