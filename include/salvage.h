/*
 * salvage.h - what a worker made of a message that is to be delivered all the same: flat.
 *
 * For src/salvage and src/worker (who write it), src/cli and src/report (who read it). Rows of one
 * size, a pool of bytes, and apart from it the new mail; no pointers: it crosses a process border.
 * All text is hostile, and nothing is believed before salvage_valid(). Code: src/base/salvage.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGE_H
#define IMC_SALVAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define SALVAGE_MAGIC 0x31534d49u /* "IMS1" */
#define SALVAGE_POOL (1u << 20)
#define SALVAGE_TEXT_MAX 1024u /* bytes kept of one text */

/* Bytes of the new mail, at most: so many times those of the file and a constant, and never more
 * than the room that parent and worker share. */
#define SALVAGE_FACTOR 4u
#define SALVAGE_CONSTANT (1u << 20)
#define SALVAGE_ROOM ((uint64_t)384 << 20)

#define SALVAGE_LEAVES_MAX 400u /* parts of the new mail that hold bytes */

/* How the new mail is made. */
enum salvage_way {
	SALVAGE_REBUILD,  /* all that was understood, written anew */
	SALVAGE_COVER,    /* a note, and the whole file as an octet stream */
	SALVAGE_INVENTORY /* nothing: only the parts of the file are told */
};

/* What the parent asks for; travels with the job. */
struct salvage_wish {
	uint8_t way;  /* enum salvage_way */
	uint8_t more; /* SALVAGE_SPARE … */
	uint8_t unused[6];
	int64_t mtime;       /* of the file: its date when nothing else tells one */
	uint8_t demoted[24]; /* bit n: leaf n is written as an octet stream under a name of ours */
	uint8_t
	    sealed[24]; /* bit n: behind a line of ours, too, so that nobody takes it for a file */
};

/* More careful in other ways than leaf by leaf. */
#define SALVAGE_HOIST 1u /* attachments of attached messages beside these, not in them */
#define SALVAGE_SPARE 2u /* of headers only what is plain in every respect */
#define SALVAGE_FLAT 4u  /* attached messages as octet streams */
#define SALVAGE_CARES 3u /* how many */

#define SALVAGE_WISH_BITS 192u /* the last one stands for all leaves from there on */
#define SALVAGE_SEAL "The bytes behind this line are as they stood:\r\n"

/* Each kind has room of its own, so that none crowds out another; salvage_room(). */
enum salvage_kind {
	SALVAGE_PART,      /* a leaf of the new mail, in order; of the file for an inventory */
	SALVAGE_LOST,      /* bytes of the file that are in no part; code: enum salvage_loss */
	SALVAGE_FIELD,     /* header field that was left out; code: enum salvage_field */
	SALVAGE_SENDER,    /* code: enum salvage_source */
	SALVAGE_RECIPIENT, /* the same */
	SALVAGE_KIND_COUNT
};

/* What a leaf is. */
enum salvage_content {
	SALVAGE_TEXT,    /* text of the mail */
	SALVAGE_FILE,    /* an attachment */
	SALVAGE_STRETCH, /* bytes that nobody could read, as they stood */
	SALVAGE_NOTE,    /* our own words */
	SALVAGE_CONTENT_COUNT
};

enum salvage_loss {
	SALVAGE_LOST_NULS,     /* NUL bytes at the end */
	SALVAGE_LOST_AROUND,   /* text around the parts of a multipart */
	SALVAGE_LOST_ROOM,     /* no room in the new mail */
	SALVAGE_LOST_HEADER,   /* line of a header that is no field */
	SALVAGE_LOST_PROPERTY, /* TNEF properties that are neither text nor file */
	SALVAGE_LOST_BEYOND,   /* beyond what is parsed of a huge file */
	SALVAGE_LOSS_COUNT
};

enum salvage_field {
	SALVAGE_FIELD_UNSAFE,  /* nothing in it that can be written safely */
	SALVAGE_FIELD_AGAIN,   /* a second one */
	SALVAGE_FIELD_UNKNOWN, /* not among those that are carried over */
	SALVAGE_FIELD_CUT,     /* carried over in part: too long */
	SALVAGE_FIELD_COUNT
};

enum salvage_source {
	SALVAGE_OF_ENVELOPE,
	SALVAGE_OF_HEADER,
	SALVAGE_OF_BCC,
	SALVAGE_SOURCE_COUNT
};

/* Flags of a row. */
#define SALVAGE_CONVERTED 1u /* text: from its charset to UTF-8 */
#define SALVAGE_LINES 2u     /* text: line ends made CRLF */
#define SALVAGE_CLEANED 4u   /* text: bytes that are no text were replaced */
#define SALVAGE_DEMOTED 8u   /* as an octet stream, not as what it is */
#define SALVAGE_DAMAGED 16u  /* its encoding is damaged: this is what could be decoded */
#define SALVAGE_UNPACKED 32u /* out of TNEF, BinHex or uuencode */
#define SALVAGE_SAFE 64u     /* address that can stand in an envelope */
#define SALVAGE_GUESSED 128u /* text: nothing tells its charset */
#define SALVAGE_SEALED 256u  /* behind SALVAGE_SEAL */
#define SALVAGE_FLAGS_ALL 511u

struct salvage_text {
	uint32_t offset; /* into the pool */
	uint32_t len;
};

struct salvage_row {
	uint32_t kind; /* enum salvage_kind */
	uint32_t code;
	uint32_t flags;
	uint32_t number;         /* PART: its bit in a wish */
	uint64_t offset, length; /* its place in the file; OFFSET_NONE: none */
	uint64_t size;           /* PART: bytes of the content */
	uint8_t sha256[32];      /* PART: of the content */
	uint8_t source[32];      /* PART: of what it was before it was changed; else the same */
	struct salvage_text
	    text[2]; /* PART: type, file name; FIELD: name; addresses: the address */
};

#define SALVAGE_ROWS 7200u

struct salvage {
	uint32_t magic;
	uint32_t n_rows;
	uint64_t job;
	uint64_t file_size; /* bytes of the file */
	uint64_t mail_len;  /* bytes of the new mail */
	uint8_t sha256[32]; /* of the file */
	uint32_t pool_len;
	uint32_t n_kept[SALVAGE_KIND_COUNT];
	uint64_t n_cut[SALVAGE_KIND_COUNT]; /* rows that found no room */
	struct salvage_row rows[SALVAGE_ROWS];
	unsigned char pool[SALVAGE_POOL];
};

/* How many rows of a kind are kept; those of all kinds are SALVAGE_ROWS. */
uint32_t salvage_room(enum salvage_kind kind);

/* Bytes that a mail made of a file of that size may have. */
uint64_t salvage_limit(uint64_t file_size);

/* Nothing in it, for that job. */
void salvage_start(struct salvage *salvage, uint64_t job, uint64_t file_size);

/* Add a row; when its kind is full it is counted and NULL returned. */
struct salvage_row *salvage_add(struct salvage *salvage, struct salvage_row row);

/* Add bytes to the pool, cut at SALVAGE_TEXT_MAX or at what is left. */
struct salvage_text salvage_text(struct salvage *salvage, struct slice s);

/* Copy what is in use from memory that another process may be changing; each count is read once.
 * False when a count is out of range: *out then says nothing. */
bool salvage_copy(const struct salvage *from, struct salvage *out);

/* Whether every count, number, place and text is in range, for that job. An address that is called
 * safe is: printable ASCII with one '@', without blanks and brackets. */
bool salvage_valid(const struct salvage *salvage, uint64_t job);

/* The bytes of a reference; lives as long as the salvage. Empty when out of range. */
struct slice salvage_slice(const struct salvage *salvage, struct salvage_text text);

/* Next row of that kind after `after` (NULL: the first), or NULL. */
const struct salvage_row *salvage_next(
    const struct salvage *salvage, enum salvage_kind kind, const struct salvage_row *after);

/* Whether the bytes can stand as an address in an envelope. */
bool salvage_address_is_safe(struct slice address);

#endif
