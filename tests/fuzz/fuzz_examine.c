/*
 * fuzz_examine.c - libFuzzer target: all parsers and rules on one file.
 *
 * The first byte of the input chooses the folder, the rest is the file.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "folder.h"
#include "record.h"
#include "rule.h"
#include "worker/examine.h"

#define MODEL_BYTES ((size_t)512 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One examiner for the whole run; libFuzzer gives no place of our own to keep it. */
static struct examiner *
examiner_of_run(void)
{
	static struct examiner *examiner;
	const char *missing;

	if (examiner)
		return examiner;
	missing = examine_warm();
	if (missing) {
		fprintf(stderr, "fuzz_examine: cannot warm up: %s\n", missing);
		abort();
	}
	examiner = examiner_new(MODEL_BYTES, NULL, NULL);
	if (!examiner)
		abort();
	return examiner;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record record;
	struct examiner *examiner = examiner_of_run();
	enum folder folder;
	size_t n_rules;

	if (size == 0)
		return -1;
	folder = (enum folder)(data[0] % FOLDER_COUNT);
	(void)rules_all(&n_rules);
	examine_bytes(
	    examiner, slice_of(data + 1, size - 1), folder, folder_direction(folder), &record);
	if (!record_valid(&record, record.job, n_rules))
		abort();
	examiner_reset(examiner);
	return 0;
}
