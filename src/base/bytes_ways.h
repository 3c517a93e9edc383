/*
 * bytes_ways.h - the rows of the three ways; for bytes*.c only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_BYTES_WAYS_H
#define IMC_BYTES_WAYS_H

#include "bytes.h"

extern const struct bytes_way_row bytes_scalar, bytes_sse2, bytes_avx2;

/* The row of a file whose functions have these names. */
#define BYTES_ROW(name)                                                                            \
	const struct bytes_way_row name = { there, scan_count, scan_find_odd, scan_find_pair,      \
		scan_find_either, scan_base64 }

/* The row of a way that this kind of processor never has. */
#define BYTES_NO_ROW(name)                                                                         \
	static bool there(void)                                                                    \
	{                                                                                          \
		return false;                                                                      \
	}                                                                                          \
	const struct bytes_way_row name = { .there = there }

#endif
