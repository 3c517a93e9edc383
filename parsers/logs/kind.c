/*
 * kind.c - what kind of log the first bytes are of.
 *
 * By content, for logs are renamed, cut and pasted on their way; queue.dat alone has no content to
 * be known by and goes by its name.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

#include "cursor.h"

#define HEAD_MAX 65536
#define TEXT_MAX 32768
#define LINES_MAX 200

static const char *const drwatson_words[] = { "Application exception occurred:", "DrWtsn32",
	"State Dump for Thread Id", "*----> Raw Stack Dump", NULL };
static const char *const copy_words[] = { "ROBOCOPY", "file(s) copied", "file(s) moved",
	"used by another process", "sharing violation", "File creation error", "in use - skipped",
	"cannot be read. The backed up", "Backup started on", "RETRY LIMIT EXCEEDED", NULL };

/* A header, or a record wherever it is, for a log may be torn. */
static bool
is_evt(struct slice head)
{
	for (size_t at = 4; (at = slice_find_str(head, at, "LfLe")) != SLICE_NONE; at += 4) {
		struct cursor cursor = cursor_at(head, at - 4);
		uint32_t size = cursor_u32le(&cursor);

		if ((size == 0x30 && at == 4) || (size >= 0x40 && size <= 0x40000 && size % 4 == 0))
			return true;
	}
	return false;
}

/* "hash  name" or "hash *name", as md5sum and its kin write it, and hashdeep's banner. */
static bool
is_hash_line(struct slice line)
{
	size_t n = 0;

	if (slice_starts(line, "%%%% HASHDEEP"))
		return true;
	while (n < line.len && byte_hex(line.data[n]) >= 0)
		n++;
	return (n == 32 || n == 40 || n == 64 || n == 128) && n + 2 < line.len &&
	       line.data[n] == ' ' && (line.data[n + 1] == ' ' || line.data[n + 1] == '*');
}

/* A line of the dialog, with or without its stamp. */
static bool
is_smtp_line(struct slice line)
{
	static const char *const words[] = { "<<< 2", ">>> 2", "<<< 3", ">>> 3", "<<< MAIL",
		">>> MAIL", "<<< EHLO", ">>> EHLO", "<<< HELO", ">>> HELO",
		"<<< IO:", ">>> IO:", "A connection was accepted from", "<<< RCPT", ">>> RCPT",
		"<<< DATA", ">>> DATA", NULL };

	return text_has_any(slice_cut(line, 0, 120), words);
}

/* " ERROR 32 (0x00000020) ", whatever the language calls it. */
static bool
is_copy_line(struct slice line)
{
	size_t at = slice_find_str(line, 0, " (0x");

	return text_has_any(line, copy_words) ||
	       (at != SLICE_NONE && at > 0 && byte_is_digit(line.data[at - 1]) &&
		   at + 12 < line.len && line.data[at + 12] == ')' &&
		   slice_find_str(line, at, ":\\") != SLICE_NONE);
}

static enum log_kind
kind_of_line(struct slice line)
{
	if (is_hash_line(line))
		return LOG_MANIFEST;
	if (text_has_any(line, drwatson_words))
		return LOG_DRWATSON;
	if (event_text_begins(line))
		return LOG_EVENT_TEXT;
	if (tracking_is_record(line))
		return LOG_TRACKING;
	if (is_smtp_line(line))
		return LOG_SMTP;
	return is_copy_line(line) ? LOG_COPY : LOG_UNKNOWN;
}

/* The first line that is of some kind tells. */
static enum log_kind
kind_of_text(struct slice text)
{
	size_t at = 0;

	for (unsigned n = 0; n < LINES_MAX && at < text.len; n++) {
		size_t end = slice_find(text, at, '\n');
		struct slice line = slice_cut(text, at, end == SLICE_NONE ? SLICE_NONE : end - at);
		enum log_kind kind = kind_of_line(slice_cut(slice_trim(line), 0, 2048));

		if (kind != LOG_UNKNOWN)
			return kind;
		if (end == SLICE_NONE)
			break;
		at = end + 1;
	}
	return LOG_UNKNOWN;
}

/* UTF-16, of either order, in bytes; other text as it is. */
static struct slice
as_bytes(struct slice head, unsigned char room[TEXT_MAX])
{
	const bool two = head.len >= 2;
	const bool little = two && ((head.data[0] == 0xff && head.data[1] == 0xfe) ||
				       (head.data[0] != 0 && head.data[1] == 0));
	const bool big = two && ((head.data[0] == 0xfe && head.data[1] == 0xff) ||
				    (head.data[0] == 0 && head.data[1] != 0));
	size_t n = 0;

	if (!little && !big)
		return slice_starts(head, "\xef\xbb\xbf") ? slice_from(head, 3) : head;
	for (size_t i = head.data[0] >= 0xfe ? 2 : 0; i + 1 < head.len && n < TEXT_MAX; i += 2) {
		unsigned char low = head.data[little ? i : i + 1];

		/* ASCII is all that tells; the rest may be anything. */
		room[n++] = head.data[little ? i + 1 : i] ? '?' : low;
	}
	return slice_of(room, n);
}

static bool
is_queue(struct slice name)
{
	name = name_of_path(name);
	return slice_eq_nocase(name, "queue.dat") || slice_eq_nocase(name, "queue.old");
}

enum log_kind
log_kind(struct slice head, struct slice name)
{
	unsigned char room[TEXT_MAX];

	head = slice_cut(head, 0, HEAD_MAX);
	if (is_evt(head))
		return LOG_EVT;
	if (is_queue(name))
		return LOG_QUEUE;
	return kind_of_text(slice_cut(as_bytes(head, room), 0, TEXT_MAX));
}
