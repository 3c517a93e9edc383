/* archive_names.c - charsets of names in archives, made ready before the sandbox. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "packed.h"

#include <iconv.h>
#include <locale.h>

#define HELD_MAX 8u

/* Converters that are kept: the C library drops the code of one that nobody holds, and a confined
 * worker cannot load it again. Hence not const. */
/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
static iconv_t held[HELD_MAX];

/* Open a converter and keep it in the first free place. */
static bool
hold(const char *charset)
{
	size_t i = 0;

	while (i + 1 < HELD_MAX && held[i])
		i++;
	if (held[i])
		(void)iconv_close(held[i]);
	held[i] = iconv_open("UTF-8", charset);
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): how iconv_open() says no. */
	if (held[i] != (iconv_t)-1)
		return true;
	held[i] = NULL;
	return false;
}

bool
packed_knows_charset(const char *charset)
{
	return hold(charset);
}

bool
packed_warm(const char *charset)
{
	/* The library tells names in the charset of the locale; only UTF-8 holds them all. */
	if (!setlocale(LC_CTYPE, "C.UTF-8") && !setlocale(LC_CTYPE, "C.utf8"))
		return false;
	return hold("CP437") && hold("UTF-16LE") && hold("UTF-16BE") && hold("UTF-8") &&
	       (!charset || hold(charset));
}
