/* shelf.c - the list of what is searched for, in memory that workers see and cannot change. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define SIZE sizeof(struct wanted)

static void *
map(int fd, int protection)
{
	void *memory = mmap(NULL, SIZE, protection, MAP_SHARED, fd, 0);

	/* cppcheck-suppress memleak */
	return memory == MAP_FAILED ? NULL : memory;
}

/* A worker that was taken over could make a mapping of its own writable again, were it not for the
 * seal (Linux 5.1): of what is mapped after it nothing can ever be written. Older kernels refuse
 * the seal; their workers are held by nothing but the mapping. */
static bool
map_both(struct shelf *shelf, int fd)
{
	if (ftruncate(fd, (off_t)SIZE) < 0)
		return false;
	shelf->ours = map(fd, PROT_READ | PROT_WRITE);
	if (!shelf->ours || madvise(shelf->ours, SIZE, MADV_DONTFORK) < 0)
		return false;
	if (fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE) < 0 && errno != EINVAL)
		return false;
	shelf->lent = shelf->lent_memory = map(fd, PROT_READ);
	return shelf->lent != NULL;
}

static bool
open_sealed(struct shelf *shelf)
{
	const int fd = memfd_create("imcscan-wanted", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	bool mapped;
	int error;

	if (fd < 0)
		return false;
	mapped = map_both(shelf, fd);
	error = errno;
	close(fd);
	errno = error;
	return mapped;
}

/* Without a file there is no seal: a second mapping that can be read only. mremap(2) of size 0
 * makes one of shared memory. */
static bool
open_plain(struct shelf *shelf)
{
	/* cppcheck-suppress invalidFunctionArg */
	void *ours = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	void *lent;

	if (ours == MAP_FAILED)
		return false;
	shelf->ours = ours;
	lent = mremap(ours, 0, SIZE, MREMAP_MAYMOVE);
	if (lent == MAP_FAILED)
		return false;
	shelf->lent = shelf->lent_memory = lent;
	return mprotect(lent, SIZE, PROT_READ) == 0 && madvise(ours, SIZE, MADV_DONTFORK) == 0;
}

/* The limit on the size of files (ulimit -f) counts for files in memory, too, and kills. */
static bool
files_are_small(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur < SIZE;
}

bool
shelf_open(struct shelf *shelf)
{
	int error;

	*shelf = (struct shelf){ .ours = NULL };
	if (files_are_small() ? open_plain(shelf) : open_sealed(shelf))
		return true;
	error = errno;
	shelf_close(shelf);
	errno = error;
	return false;
}

void
shelf_close(struct shelf *shelf)
{
	if (shelf->ours)
		munmap(shelf->ours, SIZE);
	if (shelf->lent_memory)
		munmap(shelf->lent_memory, SIZE);
	*shelf = (struct shelf){ .ours = NULL };
}
