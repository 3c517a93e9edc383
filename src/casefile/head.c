/* head.c - what a file says of itself before it is opened as a case. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "casefile/private.h"
#include "casefile/schema.h"

/* The header of an SQLite file: its name, at byte 60 the version of the user, at 68 the application,
 * most significant byte first (https://sqlite.org/fileformat.html, 1.3). */
static bool
read_head(const char *path, unsigned char head[72])
{
	static const unsigned char mark[] = { 'I', 'M', 'C', '1' };
	uint64_t size;
	char why[CASEFILE_WHY];
	int fd;
	bool is;

	if (!is_regular(path, &size, why))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	is = fd >= 0 && read(fd, head, 72) == 72 && memcmp(head, "SQLite format 3", 16) == 0 &&
	     memcmp(head + 68, mark, 4) == 0;
	if (fd >= 0)
		(void)close(fd);
	return is;
}

bool
casefile_is_case(const char *path)
{
	unsigned char head[72] = { 0 };

	return read_head(path, head);
}

bool
casefile_is_old(const char *path)
{
	unsigned char head[72] = { 0 };

	return read_head(path, head) && !head[60] && !head[61] && !head[62] &&
	       head[63] < SCHEMA_VERSION;
}

bool
casefile_is_file(const char *path, const char *other)
{
	struct stat a, b;

	if (stat(path, &a) == 0 && stat(other, &b) == 0)
		return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
	return strcmp(path, other) == 0;
}
