/* attach.c - what is learnt of files from elsewhere: into the ranking, and into the case. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/attach.h"

#include <errno.h>

static bool
kept(struct attach *attach, bool good)
{
	const int error = errno;

	if (!good) {
		attach->told = true;
		(void)keep_failed(attach->keep);
		errno = error ? error : EIO;
	}
	return good;
}

bool
attach_clue(struct attach *attach, uint64_t number, const struct clue *clue)
{
	return ranking_attach(attach->ranking, number, clue) &&
	       kept(attach, keep_clue(attach->keep, number, clue));
}

bool
attach_place(struct attach *attach, uint64_t number, const struct casefile_hit *hit)
{
	return kept(attach, keep_hit(attach->keep, number, hit));
}

bool
attach_rule_out(struct attach *attach, const struct clue *clue)
{
	return ranking_rule_out(attach->ranking, clue) &&
	       kept(attach, keep_clue(attach->keep, UINT64_MAX, clue));
}

bool
attach_missing(struct attach *attach, const struct ranked_file *file)
{
	return ranking_add(attach->ranking, file, NULL) &&
	       kept(attach, keep_file(attach->keep, file, 0, 0, NULL));
}
