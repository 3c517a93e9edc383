/* output.c - where a report goes: standard output, or a file that appears whole or not at all. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/say.h"

bool
output_open(const char *goal, struct output *output)
{
	struct stat st;
	int fd;

	*output = (struct output){ .file = stdout };
	if (!goal || strcmp(goal, "-") == 0)
		return true;
	if (stat(goal, &st) == 0 && !S_ISREG(st.st_mode)) {
		say_about(goal, "cannot write: not a regular file");
		return false;
	}
	if (asprintf(&output->temporary, "%s.XXXXXX", goal) < 0) {
		say("out of memory");
		return false;
	}
	fd = mkostemp(output->temporary, O_CLOEXEC); /* O_EXCL and 0600 are its own */
	output->file = fd < 0 ? NULL : fdopen(fd, "w");
	if (output->file) {
		output->goal = goal;
		return true;
	}
	say_about(goal, "cannot write: %s", strerror(errno));
	if (fd >= 0) {
		(void)unlink(output->temporary);
		(void)close(fd);
	}
	free(output->temporary);
	return false;
}

/* The file's bytes reach the disk before its name does. */
static bool
settle(struct output *output)
{
	bool good =
	    fflush(output->file) == 0 && !ferror(output->file) && fsync(fileno(output->file)) == 0;
	const int error = errno;

	if (fclose(output->file) != 0 && good)
		return false;
	if (!good) {
		errno = error;
		return false;
	}
	return rename(output->temporary, output->goal) == 0;
}

bool
output_close(struct output *output, bool keep)
{
	bool good = true;

	if (!output->goal)
		return say_written(EXIT_QUIET) == EXIT_QUIET;
	if (keep) {
		good = settle(output);
		if (!good)
			say_about(output->goal, "cannot write: %s", strerror(errno));
	} else {
		(void)fclose(output->file);
	}
	if (!keep || !good)
		(void)unlink(output->temporary);
	free(output->temporary);
	return good;
}
