/* archive_names.c - charsets of names in archives, made ready before the sandbox. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "packed.h"

#include <iconv.h>
#include <locale.h>

#define HELD_MAX 8u

/* What is kept: the C library drops the code of a converter that nobody holds, and neither a confined
 * worker nor a parent that gave up its rights can load it again. Hence not const. */
struct held {
	iconv_t converters[HELD_MAX];
	locale_t locale;
};

/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
static struct held held;

/* Open a converter and keep it in the first free place. */
static bool
hold(const char *charset)
{
	size_t i = 0;
	iconv_t converter;

	while (i + 1 < HELD_MAX && held.converters[i])
		i++;
	if (held.converters[i])
		(void)iconv_close(held.converters[i]);
	converter = iconv_open("UTF-8", charset);
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): how iconv_open() says no. */
	held.converters[i] = converter == (iconv_t)-1 ? NULL : converter;
	return held.converters[i] != NULL;
}

bool
packed_knows_charset(const char *charset)
{
	return hold(charset);
}

bool
packed_warm(const char *charset)
{
	if (held.locale)
		return !charset || hold(charset);
	held.locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
	if (!held.locale)
		held.locale = newlocale(LC_CTYPE_MASK, "C.utf8", NULL);
	return held.locale && hold("CP437") && hold("UTF-16LE") && hold("UTF-16BE") &&
	       hold("UTF-8") && (!charset || hold(charset));
}

bool
packed_enter(void)
{
	/* The library tells names in the charset of the locale; only UTF-8 holds them all. */
	return held.locale && uselocale(held.locale);
}
