/*
 * fuzz_description.c - libFuzzer target: descriptions as a hostile worker or case might write them.
 *
 * The input is a packed description; or its rows and pool alone, behind counts that fit.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "description.h"
#include "output.h"
#include "report/explain.h"

#define ROWS 24u
#define POOL 400u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Numbers that chance would hardly ever hit; all else is the worker's. */
static void
make_plausible(struct description *description, struct slice input)
{
	const struct slice rows = slice_cut(input, 0, ROWS * sizeof description->rows[0]);
	const struct slice pool = slice_cut(input, rows.len, POOL);

	description_start(description, 0, 4096);
	if (rows.len)
		memcpy(description->rows, rows.data, rows.len);
	if (pool.len)
		memcpy(description->pool, pool.data, pool.len);
	description->pool_len = (uint32_t)pool.len;
	description->n_rows = (uint32_t)(rows.len / sizeof description->rows[0]);
	for (uint32_t i = 0; i < description->n_rows; i++) {
		struct row *row = &description->rows[i];

		row->kind = (uint16_t)(row->kind % ROW_KIND_COUNT);
		row->depth %= 4;
		row->part %= 3;
		row->code %= 3;
		row->offset = row->offset & 1 ? OFFSET_NONE : row->offset % 4096;
		row->length %= 64;
		for (size_t text = 0; text < 2; text++) {
			row->text[text].offset %= POOL / 2;
			row->text[text].len %= POOL / 2;
			row->text[text].cut &= 1;
		}
		description->n_kept[description_group((enum row_kind)row->kind)]++;
	}
}

/* Packing and unpacking what is valid gives the same. */
static void
check_packing(const struct description *description, const struct record *record)
{
	static struct description again;
	const size_t len = description_packed_size(description);
	unsigned char *packed = malloc(len);

	if (!packed)
		abort();
	description_pack(description, packed);
	if (!description_unpack(slice_of(packed, len), &again) ||
	    !description_valid(&again, record) || description_packed_size(&again) != len)
		abort();
	free(packed);
}

static void
print(const struct description *description, const struct record *record)
{
	const struct suspect suspect = { .rank = 1,
		.root = "",
		.path = slice_str("In/G1X4TK19"),
		.reason = "",
		.record = record };
	struct explanation explanation = {
		.suspect = &suspect, .description = description, .columns = 80
	};
	struct output output;

	output_open(&output);
	explanation.out = output.file;
	explain_print(&explanation);
	output_check(&output, "explain");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct description description, copy;
	static struct record record;

	record.magic = RECORD_MAGIC;
	record.file_size = 4096;
	record.size = (uint32_t)record_packed_size(&record);
	if (!description_unpack(slice_of(data, size), &description))
		make_plausible(&description, slice_of(data, size));
	if (!description_copy(&description, &copy) || !description_valid(&copy, &record))
		return 0;
	check_packing(&copy, &record);
	print(&copy, &record);
	return 0;
}
