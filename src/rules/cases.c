/* cases.c - the documented causes of cases.def as a table, and the look-up by id. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "rule.h"

/* clang-format off */
#define CASE(ID, TITLE, AFFECTED, FIXED, COMPONENT, DIRECTION, EFFECT, PRECISE, DETECTABLE) \
	{ ID, TITLE, AFFECTED, FIXED, COMPONENT, DIRECTION_##DIRECTION, EFFECT_##EFFECT, PRECISE, \
	  DETECTABLE_##DETECTABLE },
static const struct imc_case cases[] = {
#include "rules/cases.def"
};
#undef CASE
/* clang-format on */

const struct imc_case *
cases_all(size_t *count)
{
	*count = sizeof cases / sizeof cases[0];
	return cases;
}

const struct imc_case *
case_by_id(const char *id, size_t len)
{
	size_t low = 0, high = sizeof cases / sizeof cases[0];

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strncmp(id, cases[middle].id, len);

		if (order == 0 && cases[middle].id[len] != '\0')
			order = -1;
		if (order == 0)
			return &cases[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
