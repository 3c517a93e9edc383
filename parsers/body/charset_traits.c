/*
 * charset_traits.c - what rules want to know of a charset name.
 *
 * Which names the servers themselves knew is not published: they took the code pages of Windows and
 * the names of its MIME database, which Internet Explorer filled (Q176125 tells of missing entries).
 * So the list is Microsoft's of the charsets of Internet Explorer 4, January 1998.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

#include <string.h>

/* By the converters of charset_names.c. */
static const char *const of_period[] = { "ISO-8859-1", "ISO-8859-2", "ISO-8859-3", "ISO-8859-4",
	"ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-9", "CP1250", "CP1251",
	"CP1252", "CP1253", "CP1254", "CP1255", "CP1256", "CP1257", "CP1258", "CP874", "KOI8-R",
	"IBM852", "IBM862", "IBM866", "CP932", "EUC-JP-MS", "CP949", "BIG5-HKSCS", "GBK",
	"ISO-2022-JP-2", "ISO-2022-KR", "UTF-7", "UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE" };

static const char *const western[] = { "ISO-8859-1", "ISO-8859-15", "CP1252" };

static bool
is_among(const char *name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

#define IS_AMONG(name, names) is_among(name, names, sizeof(names) / sizeof((names)[0]))

unsigned
charset_name_traits(struct slice name)
{
	const struct charset *charset = charset_find(name);
	unsigned traits = CHARSET_KNOWN;
	bool ascii;

	if (!charset)
		return 0;
	ascii = charset->form == CHARSET_ASCII;
	if (ascii || IS_AMONG(charset->iconv, western))
		traits |= CHARSET_WESTERN;
	if (ascii || IS_AMONG(charset->iconv, of_period))
		traits |= CHARSET_PERIOD;
	if (strncmp(charset->iconv, "UTF-", 4) == 0)
		traits |= CHARSET_UNICODE;
	if (strncmp(charset->iconv, "UTF-16", 6) == 0)
		traits |= CHARSET_UTF16;
	if (ascii || charset->form == CHARSET_UTF7 || charset->form == CHARSET_HZ ||
	    charset_is_iso2022(charset))
		traits |= CHARSET_7BIT;
	if (charset->form == CHARSET_ISO2022_JP)
		traits |= CHARSET_JAPANESE_7BIT;
	if (strcmp(charset->iconv, "MACINTOSH") == 0)
		traits |= CHARSET_MACINTOSH;
	return traits;
}

unsigned
part_charset_traits(const struct part *part)
{
	return part->has_charset ? charset_name_traits(part->charset) : 0;
}
