/* casetext.c - the words for what a rule or a documented cause is. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/casetext.h"

#include <stdio.h>

static const struct {
	const char *words, *key;
} effects[EFFECT_COUNT] = {
	[EFFECT_CRASH_IMC] = { "stops the IMC", "crash-imc" },
	[EFFECT_CRASH_STORE] = { "stops the store and the IMC with it", "crash-store" },
	[EFFECT_LOOP] = { "loop or hang", "loop" },
	[EFFECT_STUCK] = { "stuck queue", "stuck" },
	[EFFECT_LOSS] = { "content lost or returned", "loss" },
};

const char *
casetext_effect(enum effect effect)
{
	return effects[effect].words;
}

const char *
casetext_effect_key(enum effect effect)
{
	return effects[effect].key;
}

const char *
casetext_detectable(enum detectable detectable)
{
	static const char *const words[DETECTABLE_COUNT] = {
		[DETECTABLE_YES] = "yes",
		[DETECTABLE_PARTLY] = "partly",
		[DETECTABLE_NO] = "no",
	};

	return words[detectable];
}

const char *
casetext_direction(enum direction direction)
{
	switch (direction) {
	case DIRECTION_IN:
		return "in";
	case DIRECTION_OUT:
		return "out";
	case DIRECTION_ANY:
		break;
	}
	return "any";
}

const char *
casetext_releases(uint32_t affected, char *out, size_t size)
{
	size_t used = 0;

	snprintf(out, size, "%s", affected ? "" : "none of Exchange 4.0 to 5.5");
	for (int from = 0, to; from < RELEASE_COUNT; from = to + 1) {
		to = from;
		if (!(affected >> from & 1u))
			continue;
		while (to + 1 < RELEASE_COUNT && (affected >> (to + 1) & 1u))
			to++;
		if (used < size)
			used +=
			    (size_t)snprintf(out + used, size - used, "%s%s%s%s", used ? ", " : "",
				release_name((enum release)from), to > from ? " to " : "",
				to > from ? release_name((enum release)to) : "");
	}
	return out;
}
