/* words.c - what statuses are called. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/words.h"

const char *
words_status(enum status status)
{
	return status_name(status);
}
