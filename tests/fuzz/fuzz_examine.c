/* fuzz_examine.c - libFuzzer target: all parsers and rules on one file. The first byte chooses the folder. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "folder.h"
#include "record.h"
#include "rule.h"
#include "worker/examine.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	if (!examine_warm())
		abort();
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record record;
	enum folder folder;
	size_t n_rules;

	if (size == 0)
		return -1;
	folder = (enum folder)(data[0] % FOLDER_COUNT);
	(void)rules_all(&n_rules);
	examine_bytes(slice_of(data + 1, size - 1), folder, folder_direction(folder), &record);
	if (!record_valid(&record, record.job, n_rules))
		abort();
	return 0;
}
