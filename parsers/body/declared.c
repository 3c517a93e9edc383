/*
 * declared.c - which file types a part's label and name allow.
 *
 * Wide on purpose: mailers label badly, and only what no honest label covers may count as a
 * contradiction.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "declared.h"

#define T(name) (1u << FILETYPE_##name)
#define PICTURES (T(GIF) | T(JPEG) | T(PNG) | T(BMP) | T(OTHER) | T(APPLE))
#define SOUNDS (T(AUDIO) | T(VIDEO) | T(OTHER) | T(APPLE))
#define TEXTS (T(TEXT) | T(HTML) | T(RTF) | T(PS) | T(BINHEX) | T(MAIL))
#define OFFICE (T(OLE) | T(ZIP) | T(OTHER) | TEXTS)
#define ARCHIVES (T(ZIP) | T(ARCHIVE) | T(APPLE))

struct label {
	const char *type, *subtype; /* subtype NULL: any */
	uint32_t allowed;
};

/* clang-format off */
static const struct label labels[] = {
	{ "image", NULL, PICTURES | T(PS) },
	{ "audio", NULL, SOUNDS },
	{ "video", NULL, SOUNDS },
	{ "text", NULL, TEXTS },
	{ "message", NULL, TEXTS },
	{ "application", "pdf", T(PDF) | T(PS) },
	{ "application", "postscript", T(PS) | T(PDF) | T(TEXT) },
	{ "application", "rtf", TEXTS | T(OLE) },
	{ "application", "msword", OFFICE },
	{ "application", "vnd.ms-excel", OFFICE },
	{ "application", "vnd.ms-powerpoint", OFFICE },
	{ "application", "vnd.ms-project", OFFICE },
	{ "application", "zip", ARCHIVES },
	{ "application", "x-zip-compressed", ARCHIVES },
	{ "application", "gzip", ARCHIVES },
	{ "application", "x-gzip", ARCHIVES },
	{ "application", "x-tar", ARCHIVES },
	{ "application", "ms-tnef", T(TNEF) },
	{ "application", "mac-binhex40", T(BINHEX) | T(TEXT) | T(APPLE) },
};
/* clang-format on */

struct extension {
	const char *name;
	uint32_t allowed;
};

/* clang-format off */
static const struct extension extensions[] = {
	{ ".exe", T(EXE) }, { ".com", T(EXE) }, { ".dll", T(EXE) }, { ".scr", T(EXE) },
	{ ".ocx", T(EXE) }, { ".vbx", T(EXE) }, { ".class", T(EXE) },
	{ ".zip", T(ZIP) }, { ".jar", T(ZIP) }, { ".docx", T(ZIP) | T(OLE) },
	{ ".xlsx", T(ZIP) | T(OLE) },
	{ ".pptx", T(ZIP) | T(OLE) }, { ".odt", T(ZIP) }, { ".ods", T(ZIP) }, { ".sxw", T(ZIP) },
	{ ".doc", OFFICE }, { ".dot", OFFICE }, { ".xls", OFFICE }, { ".ppt", OFFICE },
	{ ".pps", OFFICE },
	{ ".mpp", OFFICE }, { ".vsd", OFFICE }, { ".msg", T(OLE) }, { ".msi", T(OLE) },
	{ ".mdb", T(OTHER) },
	{ ".pub", OFFICE }, { ".wps", OFFICE }, { ".rtf", OFFICE },
	{ ".pdf", T(PDF) }, { ".ai", T(PDF) | T(PS) }, { ".ps", T(PS) }, { ".eps", T(PS) },
	{ ".gif", PICTURES }, { ".jpg", PICTURES }, { ".jpeg", PICTURES }, { ".jpe", PICTURES },
	{ ".png", PICTURES }, { ".bmp", PICTURES }, { ".tif", PICTURES }, { ".tiff", PICTURES },
	{ ".wmf", PICTURES }, { ".dat", T(TNEF) },
	{ ".wav", SOUNDS }, { ".mp3", SOUNDS }, { ".mid", SOUNDS }, { ".aif", SOUNDS },
	{ ".au", SOUNDS },
	{ ".avi", SOUNDS }, { ".mpg", SOUNDS }, { ".mpeg", SOUNDS }, { ".mov", SOUNDS },
	{ ".mp4", SOUNDS },
	{ ".wmv", SOUNDS }, { ".ogg", SOUNDS },
	{ ".gz", ARCHIVES }, { ".tgz", ARCHIVES }, { ".bz2", ARCHIVES }, { ".arj", ARCHIVES },
	{ ".lzh", ARCHIVES }, { ".rar", ARCHIVES }, { ".7z", ARCHIVES }, { ".cab", ARCHIVES },
	{ ".sit", ARCHIVES }, { ".z", ARCHIVES }, { ".xz", ARCHIVES },
};
/* clang-format on */

uint32_t
declared_types(const struct part *part)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (part_is(part, labels[i].type, labels[i].subtype))
			return labels[i].allowed;
	return 0;
}

uint32_t
named_types(const struct part *part)
{
	struct slice name = slice_trim(part->file_name);
	size_t dot = slice_rfind(name, '.');
	struct slice ending = dot == SLICE_NONE ? slice_of(NULL, 0) : slice_from(name, dot);

	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
		if (slice_eq_nocase(ending, extensions[i].name))
			return extensions[i].allowed;
	return 0;
}
