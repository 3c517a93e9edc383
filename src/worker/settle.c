/* settle.c - signals and processor time of a worker. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/settle.h"

#include <signal.h>
#include <sys/time.h>

void
settle_signals(void)
{
	static const int ignored[] = { SIGINT, SIGQUIT, SIGHUP, SIGTERM, SIGTSTP, SIGPIPE };
	static const int fatal[] = { SIGPROF, SIGABRT, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGILL,
		SIGSYS };
	sigset_t none;

	for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
		signal(ignored[i], SIG_IGN);
	/* Whatever handlers the parent has or a sanitizer set: a signal kills, and the parent tells
	 * which. */
	for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++)
		signal(fatal[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

void
settle_cpu(uint64_t ms)
{
	const struct itimerval timer = {
		.it_value = { .tv_sec = (time_t)(ms / 1000),
		    .tv_usec = (suseconds_t)(ms % 1000 * 1000) },
	};

	setitimer(ITIMER_PROF, &timer, NULL);
}
