/* child.c - the parent's hold on one worker process. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker/channel.h"
#include "worker/sandbox.h"

#define START_MS 30000  /* a worker that is not confined by then never will be */
#define FILES_MAX 20000 /* leaks of libraries, however small, end here */
#define GROWTH_MAX_KIB (256u << 10)

bool
child_open(struct child *child, bool describe, bool logs, bool hashes)
{
	*child = (struct child){ .pid = -1, .channel = -1, .slot = slot_new() };
	if (describe && child->slot)
		child->description = slot_new_description();
	if (logs && child->slot)
		child->evidence = slot_new_evidence();
	if (hashes && child->slot)
		child->hashes = slot_new_hashes();
	return child->slot && (!describe || child->description) && (!logs || child->evidence) &&
	       (!hashes || child->hashes);
}

bool
child_open_salvage(struct child *child)
{
	child->salvage = slot_new_salvage();
	return child->salvage != NULL;
}

void
child_close(struct child *child)
{
	child_stop(child);
	slot_free(child->slot);
	slot_free_description(child->description);
	slot_free_evidence(child->evidence);
	slot_free_hashes(child->hashes);
	slot_free_salvage(child->salvage);
	child->salvage = NULL;
	child->slot = NULL;
	child->description = NULL;
	child->evidence = NULL;
	child->hashes = NULL;
}

static _Noreturn void
become_worker(
    const struct child *child, const struct child_options *options, int channel, pid_t parent)
{
	const struct serve_options serving = {
		.channel = channel,
		.slot = child->slot,
		.description = child->description,
		.evidence = child->evidence,
		.hashes = child->hashes,
		.salvage = child->salvage,
		.wanted = options->wanted,
		.parent = parent,
		.memory = options->memory,
		.sandbox = options->sandbox,
		.disabled = options->disabled,
		.limits = options->limits,
	};

	_exit(options->serve(&serving));
}

static bool
lend_all(const struct child *child, bool lend)
{
	const bool slot = slot_lend(child->slot, lend);
	const bool description = slot_lend_description(child->description, lend);
	const bool hashes = slot_lend_hashes(child->hashes, lend);
	const bool salvage = slot_lend_salvage(child->salvage, lend);

	return slot_lend_evidence(child->evidence, lend) && slot && description && hashes &&
	       salvage;
}

/* Fork with the slot lent to this child only: another worker must not be able to write into it. */
static bool
fork_worker(struct child *child, const struct child_options *options)
{
	const pid_t parent = getpid();
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return false;
	if (!lend_all(child, true)) {
		close(ends[0]);
		close(ends[1]);
		return false;
	}
	const pid_t pid = fork();
	const int error = errno;
	if (pid == 0)
		become_worker(child, options, ends[1], parent);
	lend_all(child, false);
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		errno = error;
		return false;
	}
	*child = (struct child){
		.pid = pid,
		.channel = ends[0],
		.slot = child->slot,
		.description = child->description,
		.evidence = child->evidence,
		.hashes = child->hashes,
		.salvage = child->salvage,
	};
	return true;
}

static bool
wait_for_word(const struct child *child, struct channel_answer *answer)
{
	struct pollfd polled = { .fd = child->channel, .events = POLLIN };
	int ready;

	do
		ready = poll(&polled, 1, START_MS);
	while (ready < 0 && errno == EINTR);
	if (ready == 0)
		errno = ETIMEDOUT;
	if (ready <= 0)
		return false;
	if (channel_receive_answer(child->channel, answer) == 1)
		return true;
	errno = ECHILD;
	return false;
}

static bool
say_why(char *why, size_t why_size, const char *what, int error)
{
	if (why)
		snprintf(why, why_size, "cannot start a worker: %s: %s", what, strerror(error));
	errno = error;
	return false;
}

bool
child_start(struct child *child, const struct child_options *options, int *landlock, char *why,
    size_t why_size)
{
	struct channel_answer answer = { .kind = 0 };

	if (!fork_worker(child, options))
		return say_why(why, why_size, "fork", errno);
	if (!wait_for_word(child, &answer)) {
		const int error = errno;

		child_stop(child);
		return say_why(why, why_size, "it died or hung before it was ready", error);
	}
	if (answer.kind != CHANNEL_READY) {
		child_stop(child);
		return say_why(why, why_size, sandbox_step_name((enum sandbox_step)answer.step),
		    answer.error > 0 ? answer.error : EPERM);
	}
	child->birth_kib = answer.peak_kib;
	child->peak_kib = answer.peak_kib;
	*landlock = answer.landlock;
	return true;
}

int
child_stop(struct child *child)
{
	int status = 0;

	if (child->pid <= 0)
		return 0;
	close(child->channel);
	/* A process that is dying keeps the status of its own death. */
	kill(child->pid, SIGKILL);
	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		;
	child->pid = -1;
	child->channel = -1;
	return status;
}

bool
child_is_stopped(const struct child *child)
{
	siginfo_t info = { .si_pid = 0 };

	return waitid(P_PID, (id_t)child->pid, &info, WSTOPPED | WNOHANG | WNOWAIT) == 0 &&
	       info.si_pid == child->pid;
}

bool
child_is_worn(const struct child *child)
{
	return child->files >= FILES_MAX ||
	       (child->peak_kib > child->birth_kib &&
		   child->peak_kib - child->birth_kib > GROWTH_MAX_KIB);
}
