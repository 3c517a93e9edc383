/*
 * unpack.h - an archive read by a confined worker of its own, member after member.
 *
 * For src/spool, which walks archives, and src/cli, which owns the worker. The parent side: it
 * validates every answer and parses nothing. The worker holds the archive's descriptor and one
 * window of shared memory, through which the bytes of members come: it writes no file, not even one
 * in memory, and its sandbox is that of the workers that examine.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_UNPACK_H
#define IMC_UNPACK_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "packed.h"

struct unpack_options {
	unsigned time_base_ms, time_per_mb_ms; /* as of a file, for each step */
	unsigned memory_mib;
	bool sandbox;        /* false only with --no-sandbox */
	unsigned limit_mib;  /* that an archive may unpack to */
	const char *charset; /* of names; NULL: as packed_open() says; must outlive the unpacker */
	/* As of struct pool_options. */
	const volatile sig_atomic_t *interrupted;
};

/* What an archive is. */
struct unpack_about {
	enum packed_kind kind; /* PACKED_NONE: no archive, and nothing else is set */
	enum packed_filter filter;
	bool died; /* the worker, over it: kind is PACKED_NONE */
	bool has_sha256;
	uint8_t sha256[32]; /* of the archive, when it was asked for */
};

/* Whether names in that charset can be read: for options->charset. */
bool unpack_knows_charset(const char *charset);

/* Make ready what the worker needs and the caller cannot open later, when it has given up its
 * rights; charset as of the options. False: not to be had; then no archive can be read. */
bool unpack_warm(const char *charset);

/* The library that reads archives, and its version; static text. */
const char *unpack_library(void);

struct unpack;

/* No process yet: the first archive needs one. NULL without memory. */
struct unpack *unpack_new(const struct unpack_options *options);

/* Kill and reap the worker. NULL is allowed. */
void unpack_free(struct unpack *unpack);

/* Begin at the start of the archive at fd, which stays the caller's and open until the last step.
 * With `digest` the whole file is hashed first. False and errno when no worker can be had, or at an
 * interrupt (EINTR). */
bool unpack_open(struct unpack *unpack, int fd, bool digest, struct unpack_about *about);

/* The next member: PACKED_OK, or how the archive ended. With `data` its first bytes are fetched with
 * it. False and errno at an interrupt. A worker that died ended the archive (PACKED_BROKEN), which
 * may be opened again. */
bool unpack_next(struct unpack *unpack, bool data, enum packed_step *step);

/* More bytes of the member. */
bool unpack_more(struct unpack *unpack, enum packed_step *step);

/* The member met last; its path lives until the next step. */
const struct packed_member *unpack_member(const struct unpack *unpack);

/* The bytes that came with the last step, which live until the next, and how they go on: PACKED_OK
 * (ask for more), PACKED_END, or another end of the member or the archive. The memory is the
 * worker's, too: copy before looking. */
struct slice unpack_bytes(const struct unpack *unpack, enum packed_step *step);

/* What ended the archive or damaged the member, in words of ASCII without control characters; "" when
 * there is nothing to say. Lives until the next step. */
const char *unpack_words(const struct unpack *unpack);

/* Whether the worker died in the step before. */
bool unpack_died(const struct unpack *unpack);

#endif
