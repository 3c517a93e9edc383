/*
 * unpack.h - what parsers take out of encoded bytes for those who write a mail anew.
 *
 * For parsers (who do it) and src/salvage. No facts are recorded: the parsers of the same formats
 * have done so. Everything lives in the arena; time is linear in the input, and what is unpacked is
 * bounded by a budget.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_UNPACKING_H
#define IMC_UNPACKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "slice.h"

#define UNPACK_FILES_MAX 400u /* taken out of one part */

/* ---- text ---- */

/* Text with its encoded words decoded, as UTF-8: as words_decode() of parsers/mail/words.h. */
struct slice unpack_header_words(struct arena *arena, struct slice text);

/* Text of a part as UTF-8. */
struct unpacked_text {
	struct slice utf8;  /* U+FFFD where bytes are none of the charset */
	bool known;         /* false: no charset of that name; utf8 is empty then */
	uint64_t n_invalid; /* such spots; a character cut at the end counts, too */
	bool is_utf8;       /* the charset is UTF-8 itself, or ASCII */
};

struct unpacked_text unpack_text(struct arena *arena, struct slice charset, struct slice bytes);

/* The charset of a Windows code page, for unpack_text(). */
struct slice unpack_code_page(struct arena *arena, uint32_t page);

/* ---- addresses ---- */

/* Whether a local part that encapsulates an address of another kind (IMCEA…-) does so rightly; true for
 * any other. Code: parsers/mail/address_imcea.c. */
bool unpack_imcea_is_sound(struct slice local);

/* ---- dates ---- */

/* Read a date of a Date field, the obsolete forms, too. False when it is none or no calendar has
 * it. *seconds since 1970 UTC; *zone minutes east of UTC. */
bool unpack_date(struct slice value, int64_t *seconds, int *zone);

/* ---- files inside parts ---- */

enum unpacked_kind {
	UNPACKED_FILE,     /* an attachment, or a data fork */
	UNPACKED_RESOURCE, /* resource fork of a Macintosh file */
	UNPACKED_TEXT,     /* text of the mail, in `charset` */
	UNPACKED_HTML,
	UNPACKED_RTF
};

struct unpacked {
	enum unpacked_kind kind;
	struct slice name;    /* as it stands, in `charset`; may be empty */
	struct slice charset; /* of name and text; empty: not told */
	struct slice bytes;
	size_t at, len; /* the bytes that it comes from, in what was unpacked */
	bool whole;     /* nothing in them is damaged */
};

struct unpacking {
	struct arena *arena;
	uint64_t budget; /* bytes that may still come out */
	struct unpacked *files;
	size_t n_files, room;
	bool whole;            /* the whole of the input was understood */
	uint64_t n_properties; /* TNEF: properties and attributes that are nothing of this */
};

/* Start with room for files of `budget` bytes together. */
struct unpacking unpacking_start(struct arena *arena, uint64_t budget);

/* Add one; false when there are too many, or the budget is used up: it is not whole then. */
bool unpacking_add(struct unpacking *unpacking, struct unpacked file);

/* uuencoded blocks of a text, in order; labelled: the text is said to be one. Text between them is
 * the caller's to find by `at` and `len`. Code: parsers/body/unpack_uu.c. */
void unpack_uuencode(struct unpacking *unpacking, struct slice text, bool labelled);

/* BinHex 4.0, the same way: a data fork, then a resource fork of the same place if it has bytes.
 * Code: parsers/body/unpack_binhex.c. */
void unpack_binhex(struct unpacking *unpacking, struct slice text, bool labelled);

/* A TNEF stream: texts and attachments, those of embedded messages behind them. Code:
 * parsers/body/unpack_tnef.c. */
void unpack_tnef(struct unpacking *unpacking, struct slice stream);

/* Compressed RTF, unpacked; data NULL when its header is none or `most` bytes do not suffice.
 * *whole: nothing is missing. Code: parsers/body/rtfcomp.c. */
struct slice unpack_rtf(struct arena *arena, struct slice value, uint64_t most, bool *whole);

#endif
