/* pack.h - archives made for a test. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_PACK_H
#define IMC_TEST_PACK_H

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "test.h"

#define PACK_TIME 983822872 /* 2001-03-05 20:07:52 UTC; even, as DOS times are */

struct pack {
	const char *name;
	const char *text;  /* of a file */
	mode_t type;       /* 0: a regular file */
	const char *links; /* target of a symbolic link; of a hard link when type is 0 */
	size_t zeros;      /* bytes of the file, instead of text */
};

typedef int pack_format(struct archive *archive);

static inline void
pack_member(struct archive *archive, const struct pack *member)
{
	struct archive_entry *entry = archive_entry_new();
	const size_t len = member->zeros ? member->zeros : member->text ? strlen(member->text) : 0;

	archive_entry_set_pathname(entry, member->name);
	archive_entry_set_filetype(entry, member->type ? member->type : AE_IFREG);
	archive_entry_set_perm(entry, member->type == AE_IFDIR ? 0755 : 0644);
	archive_entry_set_mtime(entry, PACK_TIME, 0);
	archive_entry_set_size(entry, (la_int64_t)len);
	if (member->links && member->type == AE_IFLNK)
		archive_entry_set_symlink(entry, member->links);
	else if (member->links)
		archive_entry_set_hardlink(entry, member->links);
	assert_true(archive_write_header(archive, entry) >= ARCHIVE_WARN);
	if (member->zeros) {
		static const char nothing[1 << 16];

		for (size_t left = len; left > 0;) {
			const size_t piece = left < sizeof nothing ? left : sizeof nothing;

			assert_int_equal(archive_write_data(archive, nothing, piece), piece);
			left -= piece;
		}
	} else if (len > 0) {
		assert_int_equal(archive_write_data(archive, member->text, len), len);
	}
	archive_entry_free(entry);
}

/* Members up to the one without a name. */
static inline void
pack_with(const char *path, pack_format *format, pack_format *more, const struct pack *members)
{
	struct archive *archive = archive_write_new();

	assert_int_equal(format(archive), ARCHIVE_OK);
	if (more)
		assert_int_equal(more(archive), ARCHIVE_OK);
	assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
	for (; members->name; members++)
		pack_member(archive, members);
	assert_int_equal(archive_write_close(archive), ARCHIVE_OK);
	archive_write_free(archive);
}

static inline void
pack(const char *path, pack_format *format, const struct pack *members)
{
	pack_with(path, format, NULL, members);
}

#endif
