/* salvage_run.c - one message after the other, and what became of each. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/salvage_run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/output.h"
#include "cli/say.h"
#include "cli/stop.h"
#include "report/escape.h"
#include "spool/walk.h"

#define NAME_ROOM 200 /* bytes of an escaped path on the screen */

bool
salvage_run_want(
    struct salvage_run *run, const char *root, struct slice path, const uint8_t sha256[32])
{
	struct salvage_target *target;

	if (run->n_targets == run->room) {
		const size_t room = run->room ? 2 * run->room : 16;

		target = reallocarray(run->targets, room, sizeof *target);
		if (!target)
			return say("out of memory"), false;
		run->targets = target;
		run->room = room;
	}
	target = &run->targets[run->n_targets];
	*target = (struct salvage_target){ .root = strdup(root),
		.path = malloc(path.len + 1),
		.path_len = path.len,
		.place = run->n_targets,
		.has_sha256 = sha256 != NULL };
	run->n_targets++;
	if (!target->root || !target->path)
		return say("out of memory"), false;
	if (path.len > 0)
		memcpy(target->path, path.data, path.len);
	if (sha256)
		memcpy(target->sha256, sha256, sizeof target->sha256);
	return true;
}

/* ---- files ---- */

static bool
is_free(const char *path)
{
	struct stat st;

	if (lstat(path, &st) < 0 && errno == ENOENT)
		return true;
	say_about(path, "is there already: name a new folder");
	return false;
}

static bool
is_empty(const char *folder)
{
	const int error = walk_is_empty(folder);

	if (error == ENOTEMPTY)
		say_about(folder, "is not empty: name a new folder");
	else if (error)
		say_about(folder, "%s", strerror(error));
	return error == 0;
}

bool
salvage_run_folder(const struct salvage_run *run)
{
	const char *folder = run->options->out_folder;

	if (mkdir(folder, 0700) == 0)
		return true;
	if (errno != EEXIST)
		return say_about(folder, "cannot be made: %s", strerror(errno)), false;
	return is_empty(folder);
}

static bool
copy_to(int mail, FILE *out)
{
	char piece[65536];
	off_t at = 0;
	ssize_t got;

	while ((got = pread(mail, piece, sizeof piece, at)) > 0) {
		if (fwrite(piece, 1, (size_t)got, out) != (size_t)got)
			return false;
		at += got;
	}
	return got == 0;
}

/* Opens DIR/NAME; the path is the caller's to free. NULL after a message. */
static char *
open_named(const struct salvage_run *run, const char *name, struct output *output)
{
	char *path = NULL;

	if (asprintf(&path, "%s/%s", run->options->out_folder, name) < 0)
		return say("out of memory"), NULL;
	if (is_free(path) && output_open(path, output))
		return path;
	free(path);
	return NULL;
}

static bool
write_bytes(struct salvage_run *run, const char *name, int mail)
{
	struct output output;
	char *path = open_named(run, name, &output);
	bool good;

	if (!path)
		return false;
	good = copy_to(mail, output.file);
	if (!good)
		say_about(path, "cannot write: %s", strerror(errno));
	good = output_close(&output, good) && good;
	free(path);
	return good;
}

static bool
write_account(struct salvage_run *run, const char *name, const struct sidecar *sidecar)
{
	struct output output;
	char *path = open_named(run, name, &output);
	bool good;

	if (!path)
		return false;
	sidecar_write(output.file, sidecar);
	good = output_close(&output, true);
	free(path);
	return good;
}

/* The account first: a mail without one would be a thing of unknown origin. */
static bool
write_all(struct salvage_run *run, struct salvage_target *target, const struct ranked_file *file)
{
	const struct salvage_one *one = &run->one;
	char account[40];
	const struct sidecar sidecar = {
		.root = file->root,
		.path = file->path,
		.mail_name = target->name,
		.outcome = one->outcome,
		.account = one->account,
		.record = one->record,
		.proof = one->proof,
		.blamed = one->blamed,
	};

	snprintf(target->name, sizeof target->name, "%04zu.eml", target->place + 1);
	snprintf(account, sizeof account, "%04zu.json", target->place + 1);
	return write_account(run, account, &sidecar) && write_bytes(run, target->name, one->mail);
}

/* NNNN.pickup, and NNNN-2.pickup … where there are many recipients. False when the run cannot go on. */
static bool
write_pickups(struct salvage_run *run, struct salvage_target *target)
{
	char name[64], shown[NAME_ROOM];

	for (unsigned piece = 0;; piece++) {
		switch (salvage_one_pickup(&run->one, piece)) {
		case PICKUP_NO_MORE:
			return true;
		case PICKUP_FAILED:
			escape_buffer(
			    shown, sizeof shown, slice_of(target->path, target->path_len));
			say_about(shown, "%s; the mail itself is there", run->one.why);
			run->n_failed++;
			return true;
		case PICKUP_MADE:
			break;
		}
		if (piece == 0)
			snprintf(name, sizeof name, "%04zu.pickup", target->place + 1);
		else
			snprintf(
			    name, sizeof name, "%04zu-%u.pickup", target->place + 1, piece + 1);
		if (!write_bytes(run, name, run->one.pickup))
			return false;
	}
}

/* ---- what became of it ---- */

static void
keep_result(struct salvage_run *run, struct salvage_target *target, bool made)
{
	const struct salvage_one *one = &run->one;
	struct salvage_note *result = &target->result;

	*result = (struct salvage_note){
		.when = time(NULL),
		.root = target->root,
		.path = slice_of(target->path, target->path_len),
		.outcome = made ? sidecar_outcome_name(one->outcome) : "failed",
	};
	memcpy(result->sha256, one->record->sha256, sizeof result->sha256);
	if (!made) {
		target->name[0] = '\0';
		return;
	}
	result->n_parts = one->account->n_kept[SALVAGE_PART];
	result->n_plain = one->n_demoted;
	result->lost = sidecar_lost(one->account);
	memcpy(result->mail_sha256, one->proof->sha256, sizeof result->mail_sha256);
}

static void
tell(const struct salvage_target *target)
{
	const struct salvage_note *result = &target->result;
	char name[NAME_ROOM];

	printf("%-10s %-9s ", target->name[0] ? target->name : "-", result->outcome);
	printf("%3u part%s  ", (unsigned)result->n_parts, result->n_parts == 1 ? " " : "s");
	printf("%s\n", escape_buffer(name, sizeof name, result->path));
}

static bool
is_that(const struct salvage_run *run, const struct salvage_target *target)
{
	return !target->has_sha256 ||
	       memcmp(target->sha256, run->one.record->sha256, sizeof target->sha256) == 0;
}

static void
refuse(struct salvage_run *run, struct salvage_target *target, const char *why)
{
	char name[NAME_ROOM];

	snprintf(
	    target->reason, sizeof target->reason, "%.*s", (int)sizeof target->reason - 1, why);
	escape_buffer(name, sizeof name, slice_of(target->path, target->path_len));
	say_about(name, "%s; nothing is handed over", why);
	run->n_failed++;
	keep_result(run, target, false);
}

bool
salvage_run_do(
    struct salvage_run *run, struct salvage_target *target, const struct ranked_file *file, int fd)
{
	const bool made = salvage_one(&run->one, file, fd);

	(void)close(fd);
	target->met = true;
	if (stop_requested())
		return false;
	if (!made) {
		refuse(run, target, run->one.why);
	} else if (!is_that(run, target)) {
		refuse(run, target, "is not the file that was scanned");
	} else if (!write_all(run, target, file) ||
		   (run->options->pickup && !write_pickups(run, target))) {
		run->broken = true;
		return false;
	} else {
		run->n_made++;
		keep_result(run, target, true);
	}
	tell(target);
	return true;
}

bool
salvage_run_keep(const struct salvage_run *run)
{
	struct salvage_note *notes = calloc(run->n_targets + 1, sizeof *notes);
	char why[CASEFILE_WHY] = "out of memory";
	struct casefile *casefile = notes ? casefile_edit(run->options->paths[0], why) : NULL;
	size_t n = 0;
	bool good = false;

	for (size_t i = 0; notes && i < run->n_targets; i++) {
		const struct salvage_target *target = &run->targets[i];

		if (!target->met || !target->result.outcome)
			continue;
		notes[n] = target->result;
		notes[n].name = target->name;
		notes[n++].reason = target->reason;
	}
	if (casefile) {
		good = casefile_put_salvaged(casefile, notes, n);
		if (!good)
			snprintf(why, sizeof why, "%s", casefile_why(casefile));
		if (!casefile_close(casefile) && good)
			good = false;
	}
	free(notes);
	if (!good)
		say_about(run->options->paths[0], "cannot record what was salvaged: %s", why);
	return good;
}
