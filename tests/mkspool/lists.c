/* lists.c - what can be asked for, one a line on standard output. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lists.h"

#include <stdio.h>

#include "recipe.h"
#include "scenario.h"

int
lists_odd_or_triggers(bool odd)
{
	struct recipe_list rows = odd_list();

	for (unsigned i = 0;; i++) {
		const struct recipe *row =
		    odd ? (i < rows.n ? &rows.rows[i] : NULL) : trigger_at(i);

		if (!row)
			return 0;
		printf("%s\t%u\t%s\t%s\t%s\n", row->name, row->n_variants,
		    row->way == WAY_IN ? "In" : "Out", row->cites, row->says);
	}
}

int
lists_damage(void)
{
	const struct damage *row;

	for (unsigned i = 0; (row = damage_at(i)); i++)
		printf("%s\t%u\t%s\n", row->name, row->n_variants, row->says);
	return 0;
}

int
lists_scenarios(void)
{
	const struct scenario *row;

	for (unsigned i = 0; (row = scenario_at(i)); i++)
		printf("%s\t%s\n", scenario_name(row), scenario_says(row));
	return 0;
}
