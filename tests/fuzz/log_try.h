/*
 * log_try.h - what holds of a log of any kind, for the targets of parsers/logs/.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FUZZ_LOG_TRY_H
#define IMC_FUZZ_LOG_TRY_H

#include <stddef.h>
#include <stdint.h>

#include "evidence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Read the log whole, and in pieces of a size that the first byte chooses; both must say the same,
 * and what they say must be believed, packed and read back. Always 0. */
int log_try(enum log_kind kind, const uint8_t *data, size_t size);

#endif
