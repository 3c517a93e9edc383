/*
 * plan_next.h - the belief after recorded events.
 *
 * For plan*.c in src/rank.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_NEXT_H
#define IMC_PLAN_NEXT_H

#include "rank/plan_belief.h"

/* *belief is to be freed in either case. False without memory. */
bool plan_replay(const struct plan_problem *problem, const struct plan_event *events,
    size_t n_events, struct belief *belief);

#endif
