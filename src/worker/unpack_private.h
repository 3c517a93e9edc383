/*
 * unpack_private.h - what parent and unpacking worker say to each other, through one window of
 * memory.
 *
 * For src/worker/unpack*.c and their tests only. An order is written by the parent before it sends a
 * job (channel.h), a reply by the worker before it answers. The parent copies a reply, then
 * validates the copy.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_UNPACK_PRIVATE_H
#define IMC_UNPACK_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "packed.h"
#include "worker/unpack.h"

#define UNPACK_CHARSET_MAX 48         /* bytes, NUL included */
#define UNPACK_ROOM ((size_t)1 << 20) /* bytes of a member that come at once */

enum unpack_task { UNPACK_OPEN = 1, UNPACK_NEXT, UNPACK_MORE };

struct unpack_order {
	uint32_t data;                    /* NEXT: the first bytes, too */
	uint32_t digest;                  /* OPEN */
	uint64_t limit;                   /* OPEN: bytes */
	char charset[UNPACK_CHARSET_MAX]; /* OPEN; "": none */
};

struct unpack_reply {
	uint64_t number; /* of the job */
	/* OPEN */
	uint32_t kind, filter;
	uint32_t has_sha256;
	uint8_t sha256[32];
	/* NEXT */
	uint32_t step; /* enum packed_step */
	uint32_t type, encrypted, has_size, has_mtime;
	uint64_t size;
	int64_t mtime_sec;
	uint32_t mtime_nsec;
	uint32_t path_len, path_cut;
	/* NEXT and MORE */
	uint32_t data_step; /* enum packed_step */
	uint32_t data_len;
	char words[PACKED_WORDS];
};

struct unpack_window {
	struct unpack_order order;
	struct unpack_reply reply;
	unsigned char path[PACKED_PATH_MAX];
	unsigned char data[UNPACK_ROOM];
};

struct unpack_serving {
	int channel; /* the worker's end */
	struct unpack_window *window;
	const char *charset; /* NULL: none but the usual */
	pid_t parent;
	size_t memory; /* bytes */
	bool sandbox;
};

/* What the worker does from fork to end; returns the exit status. */
typedef int unpack_main(const struct unpack_serving *serving);
unpack_main unpack_serve;

/* unpack_new() with another main function for the worker: for tests of what the parent believes. */
struct unpack *unpack_new_serving(const struct unpack_options *options, unpack_main *serving);

/* Whether a copied reply says only what a reply to that task can say. */
bool unpack_reply_valid(const struct unpack_reply *reply, enum unpack_task task);

#endif
