/* salvager.c - the confined worker behind `imcscan salvage`, one job after the other. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/salvager.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/say.h"
#include "cli/stop.h"

static bool
write_all(int fd, struct slice bytes)
{
	while (bytes.len > 0) {
		const ssize_t put = write(fd, bytes.data, bytes.len);

		if (put < 0 && errno != EINTR)
			return false;
		bytes = slice_from(bytes, put > 0 ? (size_t)put : 0);
	}
	return true;
}

int
salvager_hold(struct slice bytes)
{
	const int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
	const int fd = memfd_create("imcscan-salvage", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	int error;

	if (fd >= 0 && write_all(fd, bytes) && fcntl(fd, F_ADD_SEALS, seals) == 0)
		return fd;
	error = errno;
	if (fd >= 0)
		(void)close(fd);
	errno = error;
	return -1;
}

static void
drop_mail(struct salvager *salvager)
{
	if (salvager->mail >= 0)
		(void)close(salvager->mail);
	salvager->mail = -1;
}

/* ---- answers ---- */

static void
examined(void *context, const struct record *record)
{
	struct salvager *salvager = context;

	memcpy(salvager->record, record, sizeof *record);
	salvager->good = record->status != STATUS_FAILED;
	if (!salvager->good)
		snprintf(salvager->why, sizeof salvager->why, "%s", strerror(record->error));
}

static void
made(void *context, const struct pool_outcome *outcome, const struct salvage *account,
    struct slice mail)
{
	struct salvager *salvager = context;

	snprintf(salvager->why, sizeof salvager->why, "%s", outcome->reason);
	if (!account || outcome->status == STATUS_FAILED)
		return;
	memcpy(salvager->account, account, sizeof *account);
	salvager->good = true;
	if (!salvager->keep_mail)
		return;
	salvager->mail = salvager_hold(mail);
	salvager->good = salvager->mail >= 0;
	if (!salvager->good)
		snprintf(salvager->why, sizeof salvager->why, "cannot hold the new mail: %s",
		    strerror(errno));
}

/* ---- jobs ---- */

bool
salvager_open(struct salvager *salvager, const struct options *options)
{
	const struct pool_options pool_options = {
		.jobs = 1,
		.time_base_ms = options->time_base_ms,
		.time_per_mb_ms = options->time_per_mb_ms,
		.memory_mib = options->memory_mib,
		.sandbox = !options->no_sandbox,
		.disabled = options->disabled,
		.interrupted = stop_flag(),
		.salvage_done = made,
		.limits = options->limits,
	};
	char why[256] = "";

	*salvager = (struct salvager){ .options = options, .mail = -1 };
	salvager->pool = pool_new(&pool_options, examined, salvager, why, sizeof why);
	if (!salvager->pool)
		say("cannot start the workers: %s", why);
	return salvager->pool != NULL;
}

void
salvager_close(struct salvager *salvager)
{
	drop_mail(salvager);
	pool_free(salvager->pool);
	salvager->pool = NULL;
}

static bool
run(struct salvager *salvager, int fd, const struct ranked_file *file, struct pool_job job)
{
	drop_mail(salvager);
	salvager->good = false;
	salvager->why[0] = '\0';
	job.fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	job.folder = file->folder;
	job.direction = file->direction;
	job.size = file->size;
	job.mtime_sec = file->mtime_sec;
	if (job.fd < 0 || !pool_submit(salvager->pool, &job) || !pool_drain(salvager->pool)) {
		salvager->good = false;
		snprintf(
		    salvager->why, sizeof salvager->why, "%s", strerror(errno ? errno : ECANCELED));
	}
	return salvager->good;
}

bool
salvager_examine(
    struct salvager *salvager, int fd, const struct ranked_file *file, struct record *record)
{
	salvager->record = record;
	return run(salvager, fd, file, (struct pool_job){ .task = TASK_MESSAGE });
}

bool
salvager_make(struct salvager *salvager, int fd, const struct ranked_file *file,
    const struct salvage_wish *wish, struct salvage *account)
{
	const struct pool_job job = { .task = TASK_SALVAGE, .name = slice_of(wish, sizeof *wish) };

	salvager->account = account;
	salvager->keep_mail = wish->way != SALVAGE_INVENTORY;
	return run(salvager, fd, file, job);
}

int
salvager_take(struct salvager *salvager)
{
	const int mail = salvager->mail;

	salvager->mail = -1;
	return mail;
}
