/* words.c - what statuses are called. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/words.h"

const char *
words_status(enum status status)
{
	static const char *const names[STATUS_COUNT] = {
		[STATUS_EXAMINED] = "examined",
		[STATUS_PARTIAL] = "partial",
		[STATUS_CHANGED] = "changed",
		[STATUS_FAILED] = "failed",
		[STATUS_EXCLUDED] = "excluded",
		[STATUS_MISSING] = "missing",
	};

	return names[status];
}
