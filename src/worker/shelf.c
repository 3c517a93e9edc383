/* shelf.c - the list of what is searched for, in memory that workers see and cannot change. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
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

bool
shelf_open(struct shelf *shelf)
{
	const int fd = memfd_create("imcscan-wanted", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	int error;

	*shelf = (struct shelf){ .ours = NULL };
	if (fd < 0)
		return false;
	if (map_both(shelf, fd)) {
		close(fd);
		return true;
	}
	error = errno;
	close(fd);
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
