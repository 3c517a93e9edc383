/* spill.c - a temporary file that takes what the parent need not hold in memory. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "casefile/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define WRITE_BUFFER (256u << 10)
#define WINDOW (128u << 10) /* bytes read at once when entries are read one after another */

/* An entry is its length (4 bytes, our own byte order: nobody else reads the file) and its
 * bytes. */
struct spill {
	int fd;
	char *dir;             /* NULL: the file is anonymous memory */
	int error;             /* errno of the first failure, 0: sound */
	uint64_t written;      /* bytes in the file; the buffer follows them */
	size_t buffered;       /* bytes of `buffer` not yet in the file */
	unsigned char *buffer; /* WRITE_BUFFER bytes */
	unsigned char *entry;  /* the entry read last */
	size_t entry_room;     /* bytes */
	uint64_t next;         /* the entry behind the one read last */
	unsigned char *window; /* WINDOW bytes of the file, once entries were read in order */
	uint64_t window_at;
	size_t window_len;
};

/* O_TMPFILE is missing on some file systems (overlays, NFS): there the name lives for two calls. */
static int
open_nameless(const char *dir)
{
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	char *name;

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
		return fd;
	if (asprintf(&name, "%s/imcscan-XXXXXX", dir) < 0)
		return -1;
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		(void)unlink(name);
	free(name);
	return fd;
}

struct spill *
spill_new(const char *dir)
{
	struct spill *spill = calloc(1, sizeof *spill);

	if (!spill)
		return NULL;
	spill->buffer = malloc(WRITE_BUFFER);
	spill->dir = dir ? strdup(dir) : NULL;
	spill->fd = dir ? open_nameless(dir) : memfd_create("imcscan-spill", MFD_CLOEXEC);
	spill->next = UINT64_MAX;
	if (spill->buffer && spill->fd >= 0 && (spill->dir || !dir))
		return spill;
	spill_free(spill);
	return NULL;
}

struct spill *
spill_beside(const struct spill *spill)
{
	return spill_new(spill->dir);
}

static bool
failed(struct spill *spill, int error)
{
	if (!spill->error)
		spill->error = error;
	errno = spill->error;
	return false;
}

static bool
write_all(struct spill *spill, const unsigned char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = pwrite(spill->fd, data, len, (off_t)spill->written);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return failed(spill, n < 0 ? errno : ENOSPC);
		data += n;
		len -= (size_t)n;
		spill->written += (uint64_t)n;
	}
	return true;
}

static bool
flush(struct spill *spill)
{
	if (!write_all(spill, spill->buffer, spill->buffered))
		return false;
	spill->buffered = 0;
	return true;
}

static bool
append(struct spill *spill, const void *data, size_t len)
{
	if (len > WRITE_BUFFER - spill->buffered && !flush(spill))
		return false;
	if (len > WRITE_BUFFER)
		return write_all(spill, data, len);
	if (len > 0)
		memcpy(spill->buffer + spill->buffered, data, len);
	spill->buffered += len;
	return true;
}

bool
spill_add(struct spill *spill, const struct slice *pieces, size_t n_pieces, uint64_t *offset)
{
	uint64_t start = spill->written + spill->buffered;
	uint32_t total = 0;

	if (spill->error)
		return failed(spill, spill->error);
	for (size_t i = 0; i < n_pieces; i++) {
		if (pieces[i].len > SPILL_ENTRY_MAX - total)
			return failed(spill, EFBIG);
		total += (uint32_t)pieces[i].len;
	}
	if (!append(spill, &total, sizeof total))
		return false;
	for (size_t i = 0; i < n_pieces; i++) {
		if (!append(spill, pieces[i].data, pieces[i].len))
			return false;
	}
	*offset = start;
	return true;
}

static bool
read_all(struct spill *spill, void *out, size_t len, uint64_t offset)
{
	unsigned char *to = out;

	while (len > 0) {
		ssize_t n = pread(spill->fd, to, len, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return failed(spill, n < 0 ? errno : EIO);
		to += n;
		len -= (size_t)n;
		offset += (uint64_t)n;
	}
	return true;
}

static bool
entry_holds(struct spill *spill, size_t len)
{
	unsigned char *bigger;

	if (len <= spill->entry_room)
		return true;
	bigger = realloc(spill->entry, len);
	if (!bigger)
		return failed(spill, ENOMEM);
	spill->entry = bigger;
	spill->entry_room = len;
	return true;
}

/* Have the window begin at the offset. What was written is never written again: no entry in it
 * grows old. */
static bool
move_window(struct spill *spill, uint64_t offset)
{
	const uint64_t left = spill->written - offset;
	const size_t len = left < WINDOW ? (size_t)left : WINDOW;

	if (!spill->window && !(spill->window = malloc(WINDOW)))
		return failed(spill, ENOMEM);
	spill->window_len = 0;
	if (!read_all(spill, spill->window, len, offset))
		return false;
	spill->window_at = offset;
	spill->window_len = len;
	return true;
}

/* The entry as it lies in the window; false: not all of it does. */
static bool
in_window(const struct spill *spill, uint64_t offset, struct slice *out)
{
	const uint64_t skip = offset - spill->window_at;
	uint32_t len;

	if (offset < spill->window_at || skip > spill->window_len ||
	    spill->window_len - skip < sizeof len)
		return false;
	memcpy(&len, spill->window + skip, sizeof len);
	if (len > spill->window_len - skip - sizeof len)
		return false;
	*out = slice_of(spill->window + skip + sizeof len, len);
	return true;
}

static bool
read_entry(struct spill *spill, uint64_t offset, struct slice *out)
{
	uint32_t len = 0;

	if (!read_all(spill, &len, sizeof len, offset))
		return false;
	if (len > SPILL_ENTRY_MAX)
		return failed(spill, EIO);
	if (!entry_holds(spill, len) || !read_all(spill, spill->entry, len, offset + sizeof len))
		return false;
	*out = slice_of(spill->entry, len);
	return true;
}

bool
spill_read(struct spill *spill, uint64_t offset, void *out, size_t len)
{
	if (spill->error)
		return failed(spill, spill->error);
	return (spill->buffered == 0 || flush(spill)) && read_all(spill, out, len, offset);
}

bool
spill_get(struct spill *spill, uint64_t offset, struct slice *out)
{
	const bool in_order = offset == spill->next;

	if (spill->error)
		return failed(spill, spill->error);
	if (spill->buffered > 0 && !flush(spill))
		return false;
	if (in_order && offset < spill->written && !in_window(spill, offset, out) &&
	    !move_window(spill, offset))
		return false;
	if (!(in_order && in_window(spill, offset, out)) && !read_entry(spill, offset, out))
		return false;
	spill->next = offset + SPILL_LENGTH + out->len;
	return true;
}

void
spill_free(struct spill *spill)
{
	int saved = errno;

	if (!spill)
		return;
	if (spill->fd >= 0)
		(void)close(spill->fd);
	free(spill->buffer);
	free(spill->entry);
	free(spill->window);
	free(spill->dir);
	free(spill);
	errno = saved;
}
