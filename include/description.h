/*
 * description.h - all about one message, flat: what `imcscan explain` prints.
 *
 * For src/worker (writes it from the model) and src/report (prints it). Rows of one size and a pool
 * of bytes; no pointers: it crosses a process border. All text is hostile, and a description is
 * believed only after description_valid(). Code: src/base/description.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_DESCRIPTION_H
#define IMC_DESCRIPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record.h"

#define DESCRIPTION_MAGIC 0x31584d49u /* "IMX1" */
#define DESCRIPTION_ROWS 4296u
#define DESCRIPTION_POOL (1u << 20)
#define DESCRIPTION_TEXT_MAX 4096u /* bytes kept of one text */
#define DESCRIPTION_DEPTH_MAX 250u
#define DESCRIPTION_PARTS_MAX 10000
#define DESCRIPTION_EXCERPT 64u /* bytes of the file around a finding */

/* Each group has room of its own, so that none crowds out another; description_room(). */
enum row_group {
	GROUP_ENVELOPE,
	GROUP_EXCERPTS,
	GROUP_PARTS,
	GROUP_READINGS,
	GROUP_FIELDS,
	GROUP_COUNT
};

/* Unless a kind says more, offset, length and line are the place of what the row names. */
enum row_kind {
	/* envelope */
	ROW_ENVELOPE, /* code: enum described_envelope; value 1: its length DWORD agrees */
	ROW_MAIL_FROM,
	ROW_RCPT_TO,
	ROW_MTS_ID,
	ROW_FILETIME, /* value: 100 ns since 1601, the server's own time */
	ROW_MAIL,     /* the mail without envelope and terminator; value: lines */

	/* excerpts: text 0 = `length` bytes of the file from `offset` on */
	ROW_EXCERPT, /* value: index of the finding */

	/* parts: ROW_PART, then what there is of the others */
	ROW_PART,        /* its header; code: enum described_part; text: path, type/subtype */
	ROW_BODY,        /* as encoded; value: bytes once decoded, code 1 when that is known */
	ROW_ENCODING,    /* text: as it stands, our reading of it */
	ROW_CHARSET,     /* text: the parameter */
	ROW_DISPOSITION, /* text: its first word */
	ROW_FILE_NAME,   /* text: as it stands */
	ROW_FILETYPE,    /* text: what the first bytes are, our words; libmagic's answer */
	ROW_BOUNDARY,    /* text: as it stands; code 1: a closing delimiter was seen */
	ROW_PREAMBLE,
	ROW_EPILOGUE,

	/* readings: ROW_AMBIGUOUS, then the readings of it */
	ROW_AMBIGUOUS, /* code: enum ambiguity; value: how many there are; text: the parameter.
	                * LEAVES: value = ours, length = GMime's, no place */
	ROW_READING,   /* code: enum reader; text: what it takes; the place is that of its source */
	/* text: the boundary that this reading takes; value: lines of the body that begin with it,
	 * UINT64_MAX when nobody counted; the place is that of the first one */
	ROW_READING_BOUNDARY,
	ROW_LEAF_OURS, /* text: path; a leaf body as we split */
	ROW_LEAF_GMIME,

	/* fields, all header blocks in turn */
	ROW_FIELD, /* text: name, value as it stands */
	ROW_KIND_COUNT
};

enum described_envelope { DESCRIBED_NO_ENVELOPE, DESCRIBED_SPOOL, DESCRIBED_PICKUP };
enum described_part { DESCRIBED_LEAF, DESCRIBED_MULTIPART, DESCRIBED_MESSAGE };

enum ambiguity {
	AMBIGUOUS_TYPE, /* the field stands more than once in one header */
	AMBIGUOUS_ENCODING,
	AMBIGUOUS_DISPOSITION,
	AMBIGUOUS_PARAMETER, /* stands more than once in one field */
	AMBIGUOUS_FILE_NAME, /* Content-Disposition and Content-Type give different names */
	AMBIGUOUS_ENCODED,   /* a multipart or message with a transfer encoding */
	AMBIGUOUS_LEAVES,    /* GMime, a second reader, sees other leaf parts */
	AMBIGUOUS_ASPECT,    /* GMime reads the aspect that the text names in another way */
	AMBIGUITY_COUNT
};

enum reader {
	READER_FIRST,
	READER_LAST,
	READER_BY_DISPOSITION,
	READER_BY_TYPE,
	READER_AS_IT_STANDS,
	READER_DECODES,
	READER_IMCSCAN,
	READER_GMIME,
	READER_COUNT
};

struct row {
	uint16_t kind; /* enum row_kind */
	uint16_t depth;
	int32_t part; /* number of the part, -1: none */
	uint32_t line;
	uint32_t code;
	uint64_t offset; /* bytes from the start of the file, or OFFSET_NONE */
	uint64_t length; /* bytes */
	uint64_t value;
	struct text_ref text[2]; /* into the pool of the description */
};

struct description {
	uint32_t magic;
	uint32_t n_rows;
	uint64_t job;
	uint64_t file_size; /* bytes */
	uint32_t pool_len;
	uint32_t n_kept[GROUP_COUNT]; /* rows of each group */
	uint64_t n_cut[GROUP_COUNT];  /* rows of it that found no room */
	struct row rows[DESCRIPTION_ROWS];
	unsigned char pool[DESCRIPTION_POOL];
};

/* The group of a row kind, and how many rows of the group are kept. The rooms of all groups
 * together are DESCRIPTION_ROWS. */
enum row_group description_group(enum row_kind kind);
uint32_t description_room(enum row_group group);

/* Nothing in it, for that job. */
void description_start(struct description *description, uint64_t job, uint64_t file_size);

/* Add a row; when its group is full it is counted and NULL returned. */
struct row *description_add(struct description *description, struct row row);

/* Add bytes to the pool, cut at DESCRIPTION_TEXT_MAX or at what is left. */
struct text_ref description_text(struct description *description, struct slice s);

/* Copy what is in use from memory that another process may be changing; each count is read once.
 * False when a count is out of range: *out then says nothing. */
bool description_copy(const struct description *from, struct description *out);

/* A packed form without the unused room: size in bytes, write, and read back. False when the bytes
 * are none; what was read is believed only after description_valid(). */
size_t description_packed_size(const struct description *description);
void description_pack(const struct description *description, unsigned char *out);
bool description_unpack(struct slice packed, struct description *out);

/* Whether every count, number, place and text that another process wrote is in range, and fits the
 * record of the same message, which is valid. Reads nothing outside the structs. */
bool description_valid(const struct description *description, const struct record *record);

/* The bytes of a reference; lives as long as the description. Empty when out of range. */
struct slice description_slice(const struct description *description, struct text_ref ref);

#endif
