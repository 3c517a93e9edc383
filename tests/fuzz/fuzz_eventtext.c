/* fuzz_eventtext.c - libFuzzer target: event logs as text and CSV, whole and in pieces. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "log_try.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return log_try(LOG_EVENT_TEXT, data, size);
}
