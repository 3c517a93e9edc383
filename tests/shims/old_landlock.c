/*
 * old_landlock.c - for tests, by LD_PRELOAD: a kernel whose Landlock is older than it is.
 *
 * FAKE_LANDLOCK is the ABI that landlock_create_ruleset() tells, 0 for a kernel without Landlock.
 * What is asked for then is done by the real one.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/syscall.h>

typedef long call_of(long number, ...);

long syscall(long number, ...);

long
syscall(long number, ...)
{
	call_of *real = (call_of *)dlsym(RTLD_NEXT, "syscall");
	const char *fake = getenv("FAKE_LANDLOCK");
	long a[6];
	va_list list;

	va_start(list, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(list, long);
	va_end(list);
	if (number != SYS_landlock_create_ruleset || !fake || a[2] != 1)
		return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	if (atoi(fake) > 0)
		return atoi(fake);
	errno = EOPNOTSUPP;
	return -1;
}
