/* stand_in.h - for tests of the parent: a pool whose workers run code of the test. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_STAND_IN_H
#define IMC_TEST_STAND_IN_H

#include "kit.h"

#include <signal.h>
#include <sys/prctl.h>

#include "worker/channel.h"
#include "worker/pool_private.h"

static inline struct pool *
pool_of(serve_main *serving, struct kit *kit, unsigned jobs)
{
	const struct pool_options options = kit_options(jobs);
	char why[200] = "";
	struct pool *pool = pool_new_serving(&options, serving, kit_done, kit, why, sizeof why);

	if (!pool)
		fail_msg("no pool: %s", why);
	return pool;
}

/* As a worker does once it is confined. */
static inline void
say_ready(const struct serve_options *options)
{
	const struct channel_answer ready = { .kind = CHANNEL_READY };

	/* A test that fails leaves its pool as it is: nothing may outlive the test program. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	channel_send_answer(options->channel, &ready);
}

#endif
