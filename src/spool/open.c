/*
 * open.c - open evidence without following, changing or waking anything.
 *
 * Names in the tree are opened one at a time below an open folder, so that a link put there while
 * we look cannot lead out of it. O_NONBLOCK and O_NOCTTY disarm what became a FIFO or a terminal
 * after it was listed; the caller looks at the type again after opening.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "open.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#define OPEN_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

/* RESOLVE_BENEATH and its kin; -1 with errno ENOSYS before Linux 5.6. */
static int
open_beneath(int folder, const char *name, int flags)
{
	struct open_how how = {
		.flags = (unsigned)flags,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};

	return (int)syscall(SYS_openat2, folder, name, &how, sizeof how);
}

struct opener
opener_new(void)
{
	struct opener opener = { false, false };
	int fd = open_beneath(AT_FDCWD, ".", O_PATH | O_CLOEXEC);

	if (fd >= 0) {
		opener.has_openat2 = true;
		close(fd);
	}
	return opener;
}

static int
open_once(const struct opener *opener, bool given, int folder, const char *name, int flags)
{
	if (opener->has_openat2 && !given)
		return open_beneath(folder, name, flags);
	return openat(folder, name, flags);
}

/* O_NOATIME is for the owner of a file; others hear EPERM and may read all the same. */
static int
open_quietly(struct opener *opener, bool given, int folder, const char *name, int extra)
{
	int fd = open_once(opener, given, folder, name, OPEN_FLAGS | O_NOATIME | extra);

	if (fd >= 0 || errno != EPERM)
		return fd;
	fd = open_once(opener, given, folder, name, OPEN_FLAGS | extra);
	if (fd >= 0)
		opener->atime_may_change = true;
	return fd;
}

int
opener_file(struct opener *opener, int folder, const char *name)
{
	return open_quietly(opener, false, folder, name, 0);
}

int
opener_folder(struct opener *opener, int folder, const char *name)
{
	return open_quietly(opener, false, folder, name, O_DIRECTORY);
}

int
opener_given_file(struct opener *opener, const char *path)
{
	return open_quietly(opener, true, AT_FDCWD, path, 0);
}

int
opener_given_folder(struct opener *opener, const char *path)
{
	return open_quietly(opener, true, AT_FDCWD, path, O_DIRECTORY);
}

const char *
open_refusal(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
	case S_IFDIR:
		return NULL;
	case S_IFLNK:
		return "symbolic link, not followed";
	case S_IFIFO:
		return "FIFO, not opened";
	case S_IFSOCK:
		return "socket, not opened";
	case S_IFCHR:
		return "character device, not opened";
	case S_IFBLK:
		return "block device, not opened";
	default:
		return "special file, not opened";
	}
}
