/* probe.h - a system call or two, tried in a process of its own that is confined as a worker is. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_PROBE_H
#define IMC_TEST_PROBE_H

#include "test.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker/sandbox.h"

/* Exit status of a probe. */
enum outcome { DONE = 10, REFUSED, FAILED, NOT_CONFINED };

/* A file to harm, made anew for each probe. */
struct place {
	char folder[64], file[80], other[80];
};

/* 0 or more: the kernel did it. -1 and errno as system calls say. */
typedef long probe(const struct place *place);

/* As a worker does it; `confined` false leaves out the last step alone. */
static inline bool
confine(bool confined)
{
	int ends[2], landlock;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) < 0 || !sandbox_descriptors(ends[0]))
		return false;
	signal(SIGSYS, SIG_DFL);
	if (!confined)
		return true;
	return sandbox_limit((size_t)256 << 20, getppid()) == SANDBOX_DONE &&
	       sandbox_enter(&landlock) == SANDBOX_DONE;
}

static inline int
run_probe(probe *run, bool confined, const struct place *place)
{
	int status;
	const pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (!confine(confined))
			_exit(NOT_CONFINED);
		if (run(place) >= 0)
			_exit(DONE);
		_exit(errno == EACCES ? REFUSED : FAILED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

#endif
