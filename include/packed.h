/*
 * packed.h - the members of an archive, one after another.
 *
 * For parsers/archive.c, the worker that unpacks, and what reads its answers (src/worker, src/spool,
 * src/cli: the values only). Nothing is written anywhere: bytes go where the caller says.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PACKED_H
#define IMC_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define PACKED_WORDS 160          /* bytes of what the library says about a fault, NUL included */
#define PACKED_PATH_MAX 60000     /* bytes of a member's path; a longer one is cut */
#define PACKED_BLOCK (64u << 10)  /* bytes read from the archive at once */
#define PACKED_KEPT (256u << 20)  /* bytes of a member that are examined: INPUT_KEPT of a file */
#define PACKED_MEMBERS (1u << 22) /* members of an archive that are looked at */
#define PACKED_RATIO 200          /* bytes unpacked for each byte of the archive, at most … */
#define PACKED_FREE (1ull << 30)  /* … but so many in any case */

enum packed_kind {
	PACKED_NONE, /* no archive that is read here */
	PACKED_ZIP,
	PACKED_TAR,
	PACKED_7Z,
	PACKED_CAB,
	PACKED_ISO,
	PACKED_KIND_COUNT
};

/* What the whole archive is compressed with. */
enum packed_filter { PACKED_PLAIN, PACKED_GZIP, PACKED_BZIP2, PACKED_XZ, PACKED_FILTER_COUNT };

enum packed_type {
	PACKED_FILE,
	PACKED_FOLDER,
	PACKED_SYMLINK,
	PACKED_HARDLINK,
	PACKED_FIFO,
	PACKED_SOCKET,
	PACKED_CHARACTER,
	PACKED_BLOCKDEV,
	PACKED_OTHER,
	PACKED_TYPE_COUNT
};

/* How a step ended. From PACKED_BROKEN on the archive gives nothing more. */
enum packed_step {
	PACKED_OK,
	PACKED_END,        /* of the archive, or of a member's bytes */
	PACKED_DAMAGED,    /* the bytes of this member: what was read may be wrong */
	PACKED_BROKEN,     /* the rest cannot be read */
	PACKED_OVER,       /* more bytes than the limit */
	PACKED_OVER_RATIO, /* more bytes than PACKED_RATIO allows */
	PACKED_NO_MEMORY,
	PACKED_STEP_COUNT
};

struct packed_member {
	struct slice path; /* hostile bytes; lives until the next step */
	bool path_cut;
	enum packed_type type;
	bool encrypted;
	bool has_size;
	uint64_t size; /* bytes, as the archive says */
	bool has_mtime;
	int64_t mtime_sec; /* UTC, or local time of the packer taken for it (DOS times) */
	uint32_t mtime_nsec;
};

/* Where the bytes of the archive come from: read() gives how many it put at `to`, 0 at the end, -1
 * on failure. */
struct packed_source {
	int64_t (*read)(void *context, unsigned char *to, size_t len, uint64_t offset);
	void *context;
	uint64_t size; /* bytes */
};

/* Where the bytes of a file lie that is handed on: a member of an archive is a file in memory, of a
 * huge one only the head. All zero: a file on disk. */
struct packed_whole {
	bool in_memory;     /* nobody else has it, and it is sealed */
	bool head;          /* only PACKED_KEPT bytes are there … */
	uint64_t size;      /* … of so many … */
	uint8_t sha256[32]; /* … that have this digest */
};

struct archive;
struct archive_entry;

struct packed {
	const struct packed_source *source;
	uint64_t at; /* of the source, read next */
	struct archive *archive;
	struct archive_entry *entry;
	enum packed_kind kind;
	enum packed_filter filter;
	enum packed_step ended;                /* PACKED_OK while it goes on */
	bool pending;                          /* the member that opening met was not told yet */
	bool seeks;                            /* passing over a member's bytes unpacks nothing */
	bool drained;                          /* the member's bytes are at their end */
	uint64_t unpacked, limit, ratio_limit; /* bytes */
	char words[PACKED_WORDS];              /* about the last fault: the library's, ASCII */
	unsigned char block[PACKED_BLOCK];
};

/* Make ready what cannot be made ready once rights are given up: a locale that knows UTF-8, and the
 * converters of names, with that of `charset` (NULL: the usual ones). Changes nothing for the
 * process; later calls add a charset. False: not to be had. */
bool packed_warm(const char *charset);

/* From now on this thread tells names in UTF-8, as packed_open() wants it. After packed_warm(). */
bool packed_enter(void);

/* Whether names in that charset can be read. */
bool packed_knows_charset(const char *charset);

/* The library and its version; static text. */
const char *packed_library(void);

/* Begin with an archive: source and charset are borrowed until packed_close(). charset is that of
 * names whose archive does not tell it (NULL: CP437 in zip and cab, bytes as they are in tar); limit
 * is in bytes. packed->kind is PACKED_NONE for what is no archive. Close in any case. */
void packed_open(
    struct packed *packed, const struct packed_source *source, const char *charset, uint64_t limit);
void packed_close(struct packed *packed);

/* The next member: PACKED_OK with *member, else how it ended. */
enum packed_step packed_next(struct packed *packed, struct packed_member *member);

/* Bytes of that member: PACKED_OK with *got of them (more may follow), else how they ended, with
 * *got = 0. */
enum packed_step packed_read(struct packed *packed, unsigned char *to, size_t room, size_t *got);

/* "zip", "tar.gz" … for reports; "archive" for what is no value. Static text. Code:
 * src/base/packed.c. */
const char *packed_name(enum packed_kind kind, enum packed_filter filter);

#endif
