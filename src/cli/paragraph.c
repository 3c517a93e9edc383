/* paragraph.c - our own sentences broken at blanks, to stdout. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/paragraph.h"

#include <stdio.h>
#include <string.h>

#define WIDTH 79

void
paragraph_print(const char *text, size_t margin, size_t column)
{
	size_t start = column;

	while (*text) {
		const size_t len = strcspn(text, " ");

		if (column > start && column + 1 + len > WIDTH) {
			printf("\n%*s", (int)margin, "");
			column = start = margin;
		} else if (column > start) {
			putchar(' ');
			column++;
		}
		fwrite(text, 1, len, stdout);
		column += len;
		text += len;
		text += strspn(text, " ");
	}
	putchar('\n');
}
