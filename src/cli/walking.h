/*
 * walking.h - walk what the user named, archives too.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_WALKING_H
#define IMC_WALKING_H

#include "cli/options.h"
#include "spool/walk.h"
#include "worker/unpack.h"

/* What reads archives by these options; no process before the first archive. NULL after a message.
 * Free with unpack_free(). */
struct unpack *walking_unpacker(const struct options *options);

enum walking {
	WALKING = 0,
	WALKING_LOGS = 1 /* opened, too */,
	WALKING_DIGEST = 2 /* of archives */
};

/* walk_with() by these bits; an interrupt is no error. */
int walking_walk(struct unpack *unpack, unsigned how, const char *path, walk_visitor *visit,
    void *context, struct walk_result *result);

/* What stands before the names of roots when several paths are scanned: the path of a folder or an
 * archive, the folder of a file; "" for the only path. NULL without memory; the caller frees. */
char *walking_prefix(struct unpack *unpack, const char *path, bool only_path);

#endif
