/* fuzz_record.c - libFuzzer target: records as a hostile worker might write them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Packing and unpacking what is valid gives the same record; nothing invalid may be read out of
 * bounds. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record record, again;
	unsigned char *packed;
	size_t len;

	memset(&record, 0, sizeof record);
	if (!record_unpack(slice_of(data, size), &record)) {
		memset(&record, 0, sizeof record);
		memcpy(&record, data, size < sizeof record ? size : sizeof record);
	}
	if (!record_valid(&record, record.job, 100))
		return 0;
	len = record_packed_size(&record);
	packed = malloc(len);
	if (!packed)
		abort();
	record_pack(&record, packed);
	if (!record_unpack(slice_of(packed, len), &again) || record_packed_size(&again) != len ||
	    again.n_findings != record.n_findings || again.pool_len != record.pool_len)
		abort();
	free(packed);
	return 0;
}
