/*
 * archive.c - the members of zip, tar, 7z, cab and iso files, by libarchive: only here.
 *
 * What is an archive is told by its content: libarchive's own bids, and the first bytes. Filters that would start a program are not
 * switched on, nor are formats that name files elsewhere (mtree).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "packed.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>

#include "archive_magic.h"

#define TRIES_MAX 16 /* of a step that asks to be tried again */
#define HEAD_LEN 64u /* first bytes that are looked at */

const char *
packed_library(void)
{
	return archive_version_string();
}

/* ---- where the bytes come from ---- */

static la_ssize_t
read_block(struct archive *archive, void *context, const void **block)
{
	struct packed *packed = context;
	const int64_t got = packed->source->read(
	    packed->source->context, packed->block, sizeof packed->block, packed->at);

	*block = packed->block;
	if (got < 0) {
		archive_set_error(archive, EIO, "The archive cannot be read");
		return -1;
	}
	packed->at += (uint64_t)got;
	return (la_ssize_t)got;
}

static la_int64_t
seek_to(struct archive *archive, void *context, la_int64_t offset, int whence)
{
	struct packed *packed = context;
	const int64_t size = (int64_t)packed->source->size;
	int64_t base = whence == SEEK_CUR ? (int64_t)packed->at : whence == SEEK_END ? size : 0;

	(void)archive;
	if (__builtin_add_overflow(base, offset, &base) || base < 0)
		return ARCHIVE_FATAL;
	packed->at = (uint64_t)(base < size ? base : size);
	return (la_int64_t)packed->at;
}

/* Pass over bytes that nobody needs: as far as there are any. */
static la_int64_t
skip_over(struct archive *archive, void *context, la_int64_t count)
{
	struct packed *packed = context;
	const uint64_t left =
	    packed->source->size > packed->at ? packed->source->size - packed->at : 0;
	const uint64_t passed = count < 0 ? 0 : (uint64_t)count < left ? (uint64_t)count : left;

	(void)archive;
	packed->at += passed;
	return (la_int64_t)passed;
}

/* ---- what it is ---- */

static enum packed_kind
kind_of_format(int format)
{
	switch (format & ARCHIVE_FORMAT_BASE_MASK) {
	case ARCHIVE_FORMAT_ZIP:
		return PACKED_ZIP;
	case ARCHIVE_FORMAT_TAR:
		return PACKED_TAR;
	case ARCHIVE_FORMAT_7ZIP:
		return PACKED_7Z;
	case ARCHIVE_FORMAT_CAB:
		return PACKED_CAB;
	case ARCHIVE_FORMAT_ISO9660:
		return PACKED_ISO;
	default:
		return PACKED_NONE;
	}
}

static void
keep_words(struct packed *packed)
{
	const char *words = archive_error_string(packed->archive);
	size_t len = 0;

	for (; words && words[len] && len + 1 < sizeof packed->words; len++) {
		const unsigned char byte = (unsigned char)words[len];

		packed->words[len] = (char)(byte >= 0x20 && byte < 0x7f ? byte : '?');
	}
	packed->words[len] = '\0';
}

/* The archive gives no more. */
static enum packed_step
end_with(struct packed *packed, enum packed_step step)
{
	if (step == PACKED_BROKEN) {
		keep_words(packed);
		if (archive_errno(packed->archive) == ENOMEM)
			step = PACKED_NO_MEMORY;
	}
	packed->ended = step;
	return step;
}

static int
next_header(struct packed *packed)
{
	int result = ARCHIVE_RETRY;

	for (int i = 0; i < TRIES_MAX && result == ARCHIVE_RETRY; i++)
		result = archive_read_next_header(packed->archive, &packed->entry);
	packed->drained = false;
	return result;
}

/* A header came, or did not. */
static enum packed_step
judge_header(struct packed *packed, int result)
{
	/* A warning is of a name or a time, which are told as well as they could be had. */
	if (result == ARCHIVE_OK || result == ARCHIVE_WARN)
		return PACKED_OK;
	return end_with(packed, result == ARCHIVE_EOF ? PACKED_END : PACKED_BROKEN);
}

/* The library chooses its reader when it opens: what no reader wants is no archive, unless its first
 * bytes say that it was one. */
static void
recognise(struct packed *packed, struct slice head)
{
	const struct archive_magic *magic = archive_magic_of(head);
	const int result =
	    archive_read_open1(packed->archive) == ARCHIVE_OK ? next_header(packed) : ARCHIVE_FATAL;
	const enum packed_kind kind = kind_of_format(archive_format(packed->archive));

	if (magic) {
		packed->kind = kind != PACKED_NONE ? kind : magic->kind;
		packed->filter = magic->filter;
	} else if ((kind == PACKED_TAR || kind == PACKED_ISO) && !archive_is_mail(head) &&
		   (kind == PACKED_ISO || head.data[0] != '\0')) {
		packed->kind = kind;
	} else {
		packed->ended = PACKED_END;
		return;
	}
	packed->seeks = packed->filter == PACKED_PLAIN &&
			(packed->kind == PACKED_ZIP || packed->kind == PACKED_TAR ||
			    packed->kind == PACKED_ISO);
	packed->pending = judge_header(packed, result) == PACKED_OK;
}

/* ---- opening ---- */

static bool
set_charset(struct packed *packed, const char *charset)
{
	struct archive *archive = packed->archive;

	if (charset)
		return archive_read_set_option(archive, NULL, "hdrcharset", charset) == ARCHIVE_OK;
	return archive_read_set_option(archive, "zip", "hdrcharset", "CP437") == ARCHIVE_OK &&
	       archive_read_set_option(archive, "cab", "hdrcharset", "CP437") == ARCHIVE_OK;
}

static bool
set_up(struct packed *packed, const char *charset)
{
	struct archive *archive = packed->archive;

	return archive_read_support_filter_gzip(archive) == ARCHIVE_OK &&
	       archive_read_support_filter_bzip2(archive) == ARCHIVE_OK &&
	       archive_read_support_filter_xz(archive) == ARCHIVE_OK &&
	       archive_read_support_format_zip(archive) == ARCHIVE_OK &&
	       archive_read_support_format_tar(archive) == ARCHIVE_OK &&
	       archive_read_support_format_7zip(archive) == ARCHIVE_OK &&
	       archive_read_support_format_cab(archive) == ARCHIVE_OK &&
	       archive_read_support_format_iso9660(archive) == ARCHIVE_OK &&
	       set_charset(packed, charset) &&
	       archive_read_set_read_callback(archive, read_block) == ARCHIVE_OK &&
	       archive_read_set_seek_callback(archive, seek_to) == ARCHIVE_OK &&
	       archive_read_set_skip_callback(archive, skip_over) == ARCHIVE_OK &&
	       archive_read_set_callback_data(archive, packed) == ARCHIVE_OK;
}

/* Bytes that the archive may unpack to by its own size. */
static uint64_t
most_by_ratio(uint64_t size)
{
	const uint64_t most = size > UINT64_MAX / PACKED_RATIO ? UINT64_MAX : size * PACKED_RATIO;

	return most > PACKED_FREE ? most : PACKED_FREE;
}

void
packed_open(
    struct packed *packed, const struct packed_source *source, const char *charset, uint64_t limit)
{
	unsigned char head[HEAD_LEN];
	int64_t got;

	packed->source = source;
	packed->at = packed->unpacked = 0;
	packed->limit = limit;
	packed->ratio_limit = most_by_ratio(source->size);
	packed->kind = PACKED_NONE;
	packed->filter = PACKED_PLAIN;
	packed->ended = PACKED_OK;
	packed->pending = packed->seeks = packed->drained = false;
	packed->words[0] = '\0';
	packed->entry = NULL;
	packed->archive = archive_read_new();
	if (!packed->archive || !set_up(packed, charset)) {
		packed->ended = PACKED_NO_MEMORY;
		return;
	}
	got = source->read(source->context, head, sizeof head, 0);
	if (got <= 0)
		packed->ended = PACKED_END;
	else
		recognise(packed, slice_of(head, (size_t)got));
}

void
packed_close(struct packed *packed)
{
	(void)archive_read_free(packed->archive);
	packed->archive = NULL;
}

/* ---- members ---- */

static enum packed_type
type_of(struct archive_entry *entry)
{
	if (archive_entry_hardlink(entry))
		return PACKED_HARDLINK;
	switch (archive_entry_filetype(entry)) {
	case AE_IFREG:
		return PACKED_FILE;
	case AE_IFDIR:
		return PACKED_FOLDER;
	case AE_IFLNK:
		return PACKED_SYMLINK;
	case AE_IFIFO:
		return PACKED_FIFO;
	case AE_IFSOCK:
		return PACKED_SOCKET;
	case AE_IFCHR:
		return PACKED_CHARACTER;
	case AE_IFBLK:
		return PACKED_BLOCKDEV;
	default:
		return PACKED_OTHER;
	}
}

/* A link is as long as what it names, as on disk. */
static void
describe_size(struct archive_entry *entry, struct packed_member *member)
{
	const char *target = archive_entry_symlink(entry);
	const int64_t size = archive_entry_size(entry);

	member->has_size = archive_entry_size_is_set(entry) && size >= 0;
	member->size = member->has_size ? (uint64_t)size : 0;
	if (member->type != PACKED_SYMLINK || !target)
		return;
	member->has_size = true;
	member->size = strlen(target);
}

static void
describe(struct archive_entry *entry, struct packed_member *member)
{
	const char *path = archive_entry_pathname(entry);
	const long nanoseconds = archive_entry_mtime_nsec(entry);

	*member = (struct packed_member){
		.path = slice_str(path ? path : ""),
		.type = type_of(entry),
		.encrypted = archive_entry_is_encrypted(entry) != 0,
		.has_mtime = archive_entry_mtime_is_set(entry) != 0,
	};
	describe_size(entry, member);
	member->path_cut = member->path.len > PACKED_PATH_MAX;
	member->path = slice_cut(member->path, 0, PACKED_PATH_MAX);
	if (!member->has_mtime)
		return;
	member->mtime_sec = archive_entry_mtime(entry);
	member->mtime_nsec =
	    nanoseconds >= 0 && nanoseconds < 1000000000 ? (uint32_t)nanoseconds : 0;
}

/* What is left of a member's bytes must be unpacked to get at the next one: so they are counted. */
static void
drain(struct packed *packed)
{
	unsigned char room[16 << 10];
	size_t got;

	if (packed->seeks || !packed->entry)
		return;
	while (packed_read(packed, room, sizeof room, &got) == PACKED_OK)
		;
}

enum packed_step
packed_next(struct packed *packed, struct packed_member *member)
{
	if (!packed->pending && packed->ended == PACKED_OK) {
		drain(packed);
		if (packed->ended == PACKED_OK)
			packed->pending = judge_header(packed, next_header(packed)) == PACKED_OK;
	}
	if (!packed->pending)
		return packed->ended;
	packed->pending = false;
	describe(packed->entry, member);
	return PACKED_OK;
}

static enum packed_step
count(struct packed *packed, size_t got)
{
	packed->unpacked += got;
	if (packed->unpacked > packed->limit)
		return end_with(packed, PACKED_OVER);
	if (packed->unpacked > packed->ratio_limit)
		return end_with(packed, PACKED_OVER_RATIO);
	return PACKED_OK;
}

enum packed_step
packed_read(struct packed *packed, unsigned char *to, size_t room, size_t *got)
{
	la_ssize_t result = ARCHIVE_RETRY;

	*got = 0;
	if (packed->ended != PACKED_OK)
		return packed->ended;
	if (packed->drained)
		return PACKED_END;
	for (int i = 0; i < TRIES_MAX && result == ARCHIVE_RETRY; i++)
		result = archive_read_data(packed->archive, to, room);
	if (result > 0) {
		const enum packed_step step = count(packed, (size_t)result);

		*got = step == PACKED_OK ? (size_t)result : 0;
		return step;
	}
	packed->drained = true;
	if (result == 0)
		return PACKED_END;
	if (result == ARCHIVE_FATAL)
		return end_with(packed, PACKED_BROKEN);
	keep_words(packed);
	return PACKED_DAMAGED;
}
