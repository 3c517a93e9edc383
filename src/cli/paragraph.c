/* paragraph.c - our own sentences broken at blanks, to stdout. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/paragraph.h"

#include "report/wrap.h"

#define WIDTH 79

void
paragraph_print(const char *text, size_t margin, size_t column)
{
	struct wrap wrap;

	wrap_start(&wrap, stdout, WIDTH, (unsigned)margin, (unsigned)column);
	wrap_text(&wrap, text);
	wrap_end(&wrap);
}
