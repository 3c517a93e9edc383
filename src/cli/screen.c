/* screen.c - what the place can show that a report goes to. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/screen.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool
screen_has_colour(FILE *out, enum when when)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (when != WHEN_AUTO)
		return when == WHEN_ALWAYS;
	return isatty(fileno(out)) && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

unsigned
screen_columns(FILE *out)
{
	const char *told =
	    getenv("COLUMNS"); /* what its user prefers (POSIX, environment variables) */
	const unsigned long wish = told ? strtoul(told, NULL, 10) : 0;
	struct winsize size;

	if (wish >= 40 && wish <= 1000)
		return (unsigned)wish;
	if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
		return size.ws_col;
	return 80;
}
