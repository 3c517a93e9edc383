/*
 * text.h - text as a mail may carry it, and names as a disk may.
 *
 * For src/salvage only. All results live in the arena.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGE_TEXT_H
#define IMC_SALVAGE_TEXT_H

#include <stdint.h>

#include "arena.h"
#include "slice.h"

struct clean_text {
	struct slice text;   /* UTF-8, every line end CRLF, no other control but HT and FF */
	bool lines;          /* line ends were changed, or the last one was added */
	uint64_t n_replaced; /* control bytes that became U+FFFD */
};

struct clean_text text_clean(struct arena *arena, struct slice utf8);

/* Whether the text is what text_clean() would give. */
bool text_is_clean(struct slice text);

bool text_is_ascii(struct slice text);
bool text_is_blank(struct slice text);

/* UTF-8 of a header without control characters and without those that turn the direction of
 * writing; runs of blanks are one blank. */
struct slice text_one_line(struct arena *arena, struct slice utf8);

/* A file name out of UTF-8 bytes: no folder, nothing that a file system of Windows refuses, at most
 * 60 bytes, its extension kept. May be empty. */
struct slice text_file_name(struct arena *arena, struct slice utf8);

/* The first <left@right> at or after `from`, without its brackets and made of nothing but harmless
 * characters; *end is behind it. Empty: there is none; *end is the end. */
struct slice text_id(struct slice text, size_t from, size_t *end);

/* Whether the bytes are atoms with single dots between (RFC 5322 section 3.2.3), ASCII. */
bool text_is_dot_atom(struct slice s, size_t most);

#endif
