/* unpack_child.c - the parent's hold on the process that unpacks. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/unpack_child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker/channel.h"
#include "worker/examine.h"

#define SHARED (MAP_SHARED | MAP_ANONYMOUS)
#define START_MS 30000 /* as of the workers that examine */

/* The window is shared with this child only: no other process that is forked may see it. */
static bool
lend(const struct unpack_child *child, bool lend_it)
{
	return madvise(child->window, sizeof *child->window,
		   lend_it ? MADV_DOFORK : MADV_DONTFORK) == 0;
}

static bool
has_window(struct unpack_child *child)
{
	void *memory;

	if (child->window)
		return true;
	/* Anonymous memory has no descriptor: mmap(2) wants -1. */
	/* cppcheck-suppress invalidFunctionArg */
	memory = mmap(NULL, sizeof *child->window, PROT_READ | PROT_WRITE, SHARED, -1, 0);
	if (memory == MAP_FAILED)
		return false;
	child->window = memory;
	return lend(child, false);
}

static _Noreturn void
become_worker(const struct unpack_child *child, int channel, pid_t parent)
{
	const struct unpack_serving serving = {
		.channel = channel,
		.window = child->window,
		.charset = child->charset,
		.parent = parent,
		.memory = child->memory,
		.sandbox = child->sandbox,
	};

	_exit(child->serve(&serving));
}

static bool
fork_worker(struct unpack_child *child)
{
	const pid_t parent = getpid();
	int ends[2], error;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return false;
	if (lend(child, true)) {
		child->pid = fork();
		error = errno;
		if (child->pid == 0)
			become_worker(child, ends[1], parent);
		(void)lend(child, false);
	} else {
		error = errno;
	}
	close(ends[1]);
	child->channel = ends[0];
	if (child->pid > 0)
		return true;
	close(ends[0]);
	child->channel = -1;
	errno = error;
	return false;
}

static bool
wait_for_word(const struct unpack_child *child)
{
	struct pollfd polled = { .fd = child->channel, .events = POLLIN };
	struct channel_answer answer = { .kind = 0 };
	int ready;

	do
		ready = poll(&polled, 1, START_MS);
	while (ready < 0 && errno == EINTR);
	if (ready == 0)
		errno = ETIMEDOUT;
	if (ready <= 0)
		return false;
	if (channel_receive_answer(child->channel, &answer) == 1 && answer.kind == CHANNEL_READY)
		return true;
	errno = answer.error > 0 ? answer.error : ECHILD;
	return false;
}

bool
unpack_child_start(struct unpack_child *child)
{
	/* The environment of reading must not be the caller's: times, locale, OpenSSL. */
	if (examine_warm()) {
		errno = ENOENT;
		return false;
	}
	if (!has_window(child) || !fork_worker(child))
		return false;
	if (wait_for_word(child))
		return true;
	const int error = errno;

	(void)unpack_child_stop(child);
	errno = error;
	return false;
}

int
unpack_child_stop(struct unpack_child *child)
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

void
unpack_child_close(struct unpack_child *child)
{
	(void)unpack_child_stop(child);
	if (child->window)
		munmap(child->window, sizeof *child->window);
	child->window = NULL;
}
