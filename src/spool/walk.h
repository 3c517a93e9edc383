/*
 * walk.h - walk a copied tree and open what is a message: the only opener of evidence.
 *
 * For src/cli. Names are streamed: one call of the visitor a file, in no promised order; memory
 * does not grow with the number of files. Links are not followed, special files never opened.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_WALK_H
#define IMC_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "folder.h"
#include "packed.h"
#include "slice.h"

enum met { MET_MESSAGE, MET_ARTEFACT, MET_EXCLUDED, MET_FAILED };

struct walk_entry {
	enum met met;
	int fd;           /* open read-only, the visitor's to close; -1: not opened */
	const char *root; /* Imcdata folder relative to the scanned path ("" when it is the path) */
	struct slice path; /* relative to root, '/' between folders, hostile bytes; borrowed */
	enum folder folder;
	enum direction direction;
	bool foreign_name;  /* not of the form of spool names (imcdata-format 2.1) */
	const char *kind;   /* MET_ARTEFACT: "queue", "protocol-log", "routes", "other" */
	const char *reason; /* why it was not opened: our words and strerror; else "" */
	bool has_stat;
	uint64_t size;     /* bytes */
	int64_t mtime_sec; /* UTC */
	uint32_t mtime_nsec;
	bool regular;              /* with has_stat: a regular file, and no link, folder or FIFO */
	uint64_t device, inode;    /* with has_stat: two names of one file have both in common */
	struct packed_whole whole; /* of an open member of an archive */
};

/* What is known of an archive that was walked. */
struct walk_archive {
	bool met; /* false: the path is none, and nothing else is set */
	enum packed_kind kind;
	enum packed_filter filter;
	uint64_t size; /* bytes */
	bool has_sha256;
	uint8_t sha256[32];
	uint64_t n_members;       /* known by name, folders too */
	uint64_t n_unread;        /* of them not handed on: limits, damage; links not counted */
	uint64_t n_encrypted;     /* not handed on either */
	uint64_t n_outside;       /* absolute names, or with "..": shown as below the archive */
	uint64_t n_doubled;       /* names told before */
	uint64_t n_nested;        /* archives by their names: not opened */
	uint64_t n_timeless;      /* without a time: shown as of 1970 */
	uint64_t n_lost;          /* in too many or too deep folders */
	enum packed_step end;     /* PACKED_END: read to its end */
	bool changed;             /* while it was read */
	char words[PACKED_WORDS]; /* about that end, or the first damage; ASCII */
};

struct walk_result {
	size_t n_roots;        /* Imcdata layouts found */
	char **roots;          /* their names relative to the path; free with walk_result_free() */
	bool mailroot;         /* an Exchange 2000/2003 or IIS Mailroot was recognised */
	bool layout;           /* at least one layout; false: loose messages or one file */
	bool atime_may_change; /* O_NOATIME was refused for some file */
	uint64_t n_met;        /* calls of the visitor */
	struct walk_archive archive;
};

struct unpack; /* worker/unpack.h */

struct walk_options {
	bool opens_artefacts;
	struct unpack *unpack; /* NULL: an archive is a file like any other */
	bool digest;           /* of archives */
};

/* False stops the walk. */
typedef bool walk_visitor(void *context, const struct walk_entry *entry);

/* Walk path (a tree, a folder of loose messages, or one file). 0 when done or stopped by the
 * visitor, else the errno for path itself (nothing was visited). *result is set either way. A
 * path that is a link is refused with ELOOP unless a slash ends it, a FIFO, socket or device
 * with ENOTSUP. */
int walk(const char *path, walk_visitor *visit, void *context, struct walk_result *result);

/* The same by options: a file that is an archive is walked like the tree that it holds. Its members
 * are open as files in memory; EINTR when the unpacker was interrupted. */
int walk_with(const struct walk_options *options, const char *path, walk_visitor *visit,
    void *context, struct walk_result *result);

/* Whether the path is an archive that walk_with() would walk. Asks the unpacker's worker. */
bool walk_is_archive(struct unpack *unpack, const char *path);

/* Open what the user named as evidence: a file, or the regular files of a folder, but not of the
 * folders in it. Each is an artefact of root "", its path as given; result->atime_may_change and
 * n_met are set. As walk() otherwise. */
int walk_evidence(const char *path, walk_visitor *visit, void *context, struct walk_result *result);

/* strerror() in words that fit a path refused by walk(). Static text, or as strerror(). */
const char *walk_strerror(int error);
void walk_result_free(struct walk_result *result);

/* Whether `output` would lie in or below `root` (a scanned path), links resolved. */
bool walk_is_inside(const char *root, const char *output);

/* 0 if the folder holds nothing, ENOTEMPTY, or why it cannot be told. */
int walk_is_empty(const char *folder);

/* Whether the bytes are a spool name: 8 symbols of the 32, any case (imcdata-format 2.1). */
bool walk_spool_name(struct slice name);

#endif
