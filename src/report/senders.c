/* senders.c - whether one sender, or one domain, stands behind most of the suspects. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/textual.h"

static struct slice
domain_of(struct slice path)
{
	size_t sign = slice_rfind(path, '@');

	return sign == SLICE_NONE ? path : slice_from(path, sign + 1);
}

/* The row of that domain; a new one while there is room, else NULL. */
static struct sender *
row_of(struct senders *senders, struct slice path)
{
	struct slice domain = domain_of(path);
	struct sender *row = senders->rows;

	for (; row < senders->rows + SENDERS_MAX && row->path; row++)
		if (slice_same_nocase(domain_of(slice_of(row->path, row->len)), domain))
			return row;
	if (row == senders->rows + SENDERS_MAX || !(row->path = malloc(path.len)))
		return NULL;
	memcpy(row->path, path.data, path.len);
	row->len = path.len;
	return row;
}

void
senders_add(struct senders *senders, const struct suspect *suspect)
{
	const struct record *record = suspect->record;
	struct slice path = slice_of(NULL, 0);
	struct sender *row;

	senders->n_files++;
	if (record && record->has_mail_from)
		path = record_slice(record, record->mail_from);
	row = path.len > 0 ? row_of(senders, path) : NULL;
	if (!row)
		return;
	row->count++;
	if (!slice_same_nocase(slice_of(row->path, row->len), path))
		row->several = true;
}

bool
senders_most(const struct senders *senders, struct sender_share *out)
{
	const struct sender *most = senders->rows;
	struct slice path;

	for (size_t i = 1; i < SENDERS_MAX && senders->rows[i].path; i++)
		if (senders->rows[i].count > most->count)
			most = &senders->rows[i];
	if (most->count < 2 || most->count * 2 <= senders->n_files)
		return false;
	path = slice_of(most->path, most->len);
	*out = (struct sender_share){ .name = most->several ? domain_of(path) : path,
		.is_domain = most->several,
		.count = most->count,
		.n_files = senders->n_files };
	return true;
}

void
senders_print(FILE *out, unsigned width, const struct senders *senders)
{
	struct sender_share most;
	struct wrap wrap;

	if (!senders_most(senders, &most))
		return;
	wrap_start(&wrap, out, width, 2, 0);
	wrap_print(&wrap,
	    "%" PRIu64 " of the %" PRIu64 " files of level medium or above come from one %s: ",
	    most.count, most.n_files, most.is_domain ? "domain" : "sender");
	wrap_bytes(&wrap, most.name);
	wrap_end(&wrap);
	putc('\n', out);
}

void
senders_free(struct senders *senders)
{
	for (size_t i = 0; i < SENDERS_MAX; i++)
		free(senders->rows[i].path);
	*senders = (struct senders){ 0 };
}
