/*
 * envelope.c - what stands before the mail: the binary prologue of a spool file, or pickup lines.
 *
 * The prologue begins with a DWORD, the bytes ImCr, eight unknown bytes and a FILETIME (local
 * time), then holds strings: host names, MAIL FROM in angle brackets, the MTS-ID, one path a
 * recipient. Left-over bytes may follow. It ends with EwLs, glued to the first header field
 * (Q190709, Q249273).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "cursor.h"
#include "envelope.h"
#include "parser.h"

#define TAG_WITHIN 16u /* ImCr begins in the first bytes */
#define TAG_LEN 4u
#define SLACK 4u            /* bytes that the length may be off */
#define HEAD_WITHIN 4096u   /* where EwLs is looked for when ImCr is gone */
#define TAGS_MAX 1000u      /* EwLs tried; a real prologue has one */
#define GUESS_WITHIN 65536u /* where a torn prologue must give way to text */

/* Whether mail can begin here, right behind EwLs. */
static bool
text_starts(struct slice s)
{
	return field_starts(slice_cut(s, 0, 256)) || slice_starts(s, "From ") ||
	       slice_starts_nocase(s, "Microsoft Mail Internet Headers");
}

/* Whether the tag at `at` stands inside an address: a sender may write one. `from` is where the
 * bytes behind the last tag begin; *open remembers whether a '<' is open there. */
static bool
is_planted(struct slice file, size_t from, size_t at, bool *open)
{
	for (size_t i = from; i < at; i++) {
		if (file.data[i] == '<')
			*open = true;
		else if (file.data[i] == '>' || file.data[i] < 0x20)
			*open = false;
	}
	for (size_t i = at; *open && i < file.len && i < at + 320; i++) {
		if (file.data[i] == '>')
			return true;
		if (file.data[i] == '<' || file.data[i] <= 0x20)
			return false;
	}
	return false;
}

/* Where the text begins according to the first DWORD, when EwLs stands there give or take a few
 * bytes; SLICE_NONE otherwise. */
static size_t
end_by_length(struct slice file, uint32_t length)
{
	for (size_t off = 0; off <= SLACK; off++) {
		if (length >= TAG_LEN + off &&
		    slice_starts(slice_from(file, length - TAG_LEN - off), "EwLs"))
			return length - off;
		if (length + off >= TAG_LEN &&
		    slice_starts(slice_from(file, length - TAG_LEN + off), "EwLs"))
			return length + off;
	}
	return SLICE_NONE;
}

/* Where the text begins according to the tags alone: the first one that a field follows and that
 * does not stand inside an address, else the first one that a field follows. */
static size_t
end_by_tag(struct slice file, size_t from)
{
	size_t fallback = SLICE_NONE, scanned = from, at = from;
	bool open = false;

	for (unsigned n = 0; n < TAGS_MAX; n++, at += TAG_LEN) {
		bool planted;

		at = slice_find_str(file, at, "EwLs");
		if (at == SLICE_NONE)
			break;
		planted = is_planted(file, scanned, at, &open);
		scanned = at;
		if (!text_starts(slice_from(file, at + TAG_LEN)))
			continue;
		if (!planted)
			return at + TAG_LEN;
		if (fallback == SLICE_NONE)
			fallback = at + TAG_LEN;
	}
	return fallback;
}

/* The text of a torn prologue: behind the last binary byte of the line that first reads as a
 * field, or the first line that does. 0 when there is none. */
static size_t
guess_text(struct slice file, size_t from)
{
	struct slice head = slice_cut(file, 0, GUESS_WITHIN);
	struct text_line line;

	for (size_t pos = from; lines_at(head, pos, '\n', &line); pos = line.next) {
		size_t start = line.end;

		while (start > line.start && head.data[start - 1] >= 0x20 &&
		       head.data[start - 1] < 0x7f)
			start--;
		if (field_starts(slice_cut(head, start, line.end - start)))
			return start;
	}
	return 0;
}

/* Seconds since 1970 of a FILETIME; 0 before that. */
static uint64_t
filetime_seconds(uint64_t filetime)
{
	const uint64_t to_1970 = 11644473600u;
	uint64_t seconds = filetime / 10000000u;

	return seconds > to_1970 ? seconds - to_1970 : 0;
}

static void
read_filetime(struct message *msg, struct arena *arena, size_t tag)
{
	const uint64_t year_1993 = 725846400u, year_2039 = 2177452800u;
	struct cursor cursor = cursor_at(msg->envelope.whole, tag + TAG_LEN + 8);
	uint64_t filetime = cursor_u64le(&cursor), seconds = filetime_seconds(filetime);

	if (cursor.failed)
		return;
	if (seconds >= year_1993 && seconds < year_2039) {
		msg->envelope.has_filetime = true;
		msg->envelope.filetime = filetime;
		msg->envelope.filetime_at = tag + TAG_LEN + 8;
	} else {
		lines_fact(msg, arena, FACT_ENVELOPE_FILETIME, tag + TAG_LEN + 8, 8, seconds);
	}
}

/* Record each EwLs before the real one. */
static void
find_planted(struct message *msg, struct arena *arena, size_t from, size_t end)
{
	struct slice before = slice_cut(msg->file, 0, end - TAG_LEN);
	size_t at = from;

	for (; (at = slice_find_str(before, at, "EwLs")) != SLICE_NONE; at += TAG_LEN)
		lines_fact(msg, arena, FACT_ENVELOPE_PLANTED_TAG, at, TAG_LEN, 0);
}

static void
read_spool(struct message *msg, struct arena *arena, size_t tag)
{
	struct envelope *envelope = &msg->envelope;
	struct cursor cursor = cursor_at(msg->file, 0);
	uint32_t length = cursor_u32le(&cursor);
	size_t end;

	envelope->kind = ENVELOPE_SPOOL;
	end = tag >= 4 ? end_by_length(msg->file, length) : SLICE_NONE;
	envelope->length_agrees = end != SLICE_NONE;
	if (end == SLICE_NONE || end <= tag + TAG_LEN) {
		envelope->length_agrees = false;
		end = end_by_tag(msg->file, tag + TAG_LEN);
	}
	if (end == SLICE_NONE) {
		end = guess_text(msg->file, tag + TAG_LEN);
		lines_fact(msg, arena, FACT_ENVELOPE_TORN, tag, TAG_LEN, end);
		envelope->whole = end ? slice_cut(msg->file, 0, end) : msg->file;
	} else {
		envelope->whole = slice_cut(msg->file, 0, end);
		find_planted(msg, arena, tag + TAG_LEN, end);
		if (!envelope->length_agrees)
			lines_fact(msg, arena, FACT_ENVELOPE_LENGTH, 0, 4, length);
	}
	read_filetime(msg, arena, tag);
	envelope_mine(msg, arena, tag + TAG_LEN + 8);
}

/* A prologue that lost its first bytes: EwLs and a field, but no ImCr. A message that merely
 * quotes the tag begins with a field itself. */
static bool
read_headless(struct message *msg, struct arena *arena)
{
	struct slice head = slice_cut(msg->file, 0, HEAD_WITHIN + 256);
	size_t end = end_by_tag(head, 0);

	if (end == SLICE_NONE || end > HEAD_WITHIN)
		return false;
	if (text_starts(head) && !memchr(head.data, 0, end))
		return false;
	msg->envelope.kind = ENVELOPE_SPOOL;
	msg->envelope.whole = slice_cut(msg->file, 0, end);
	lines_fact(msg, arena, FACT_ENVELOPE_HEAD_TORN, 0, end, 0);
	envelope_mine(msg, arena, 0);
	return true;
}

static void
envelope_parse(struct message *msg, struct arena *arena)
{
	size_t tag = slice_find_str(slice_cut(msg->file, 0, TAG_WITHIN + TAG_LEN), 0, "ImCr");

	msg->envelope.whole = slice_cut(msg->file, 0, 0);
	if (tag != SLICE_NONE && !field_starts(slice_cut(msg->file, 0, tag)))
		read_spool(msg, arena, tag);
	else if (!read_headless(msg, arena))
		envelope_pickup(msg, arena);
}

const struct parser parser_envelope = { .name = "envelope", .parse = envelope_parse };
