/* say.c - messages to the person at the terminal: stderr, one line each. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "report/escape.h"

void
say(const char *format, ...)
{
	va_list args;

	fputs("imcscan: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

void
say_about(const char *subject, const char *format, ...)
{
	va_list args;

	fputs("imcscan: ", stderr);
	escape_print(stderr, slice_str(subject)); /* a name can forge a message of ours */
	fputs(": ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

int
say_usage(const char *command, const char *subject, const char *words)
{
	say_about(subject, "%s", words);
	fprintf(stderr, "Try 'imcscan %s%s--help'.\n", command, *command ? " " : "");
	return EXIT_TROUBLE;
}

int
say_written(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	if (errno == EPIPE)
		return status;
	say("cannot write to standard output: %s", strerror(errno));
	return EXIT_TROUBLE;
}
