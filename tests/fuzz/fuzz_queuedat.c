/* fuzz_queuedat.c - libFuzzer target: queue.dat, whole and in pieces. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "log_try.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return log_try(LOG_QUEUE, data, size);
}
