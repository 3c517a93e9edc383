/* stop.c - the first interrupt ends the scan in good order, the second ends the process. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/stop.h"

#include <stddef.h>

/* Static because a signal handler has no other way to tell. */
/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
static volatile sig_atomic_t requested;

static void
note(int signal_number)
{
	(void)signal_number;
	requested = 1;
}

void
stop_watch(void)
{
	struct sigaction action = { .sa_handler = note,
		.sa_flags = SA_RESTART | (int)SA_RESETHAND };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

bool
stop_requested(void)
{
	return requested != 0;
}

const volatile sig_atomic_t *
stop_flag(void)
{
	return &requested;
}
