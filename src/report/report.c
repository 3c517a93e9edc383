/* report.c - the list of formats; the first one is the default. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "report/formats.h"

static const struct writer *const writers[] = { &writer_text, &writer_jsonl, &writer_csv,
	&writer_csv_findings, &writer_sarif, &writer_dfxml, &writer_junit, &writer_hashdeep,
	&writer_sha256sum, &writer_html };

const struct writer *const *
writers_all(size_t *count)
{
	*count = sizeof writers / sizeof writers[0];
	return writers;
}

const struct writer *
writer_by_name(const char *name)
{
	for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++)
		if (strcmp(name, writers[i]->name) == 0)
			return writers[i];
	return NULL;
}
