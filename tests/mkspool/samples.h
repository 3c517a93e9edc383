/* samples.h - one log of each kind as plain bytes, for tests that have a pool of their own. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_SAMPLES_H
#define MKSPOOL_SAMPLES_H

#include <stddef.h>

#include "evidence.h"

enum {
	SAMPLE_EVT,
	SAMPLE_EXPORT,
	SAMPLE_DRWATSON,
	SAMPLE_COPY,
	SAMPLE_SMTP,
	SAMPLE_TRACKING,
	SAMPLE_COUNT
};

/* As what each is to be recognised. */
extern const enum log_kind sample_kinds[SAMPLE_COUNT];

/* The log in a block of its exact size, which the caller frees. Ends the program without memory. */
unsigned char *sample_log(unsigned which, size_t *len);

#endif
