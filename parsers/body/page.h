/*
 * page.h - one text being read for its links and fonts, between html.c and html_font.c.
 *
 * For parsers/body only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PAGE_H
#define IMC_PAGE_H

#include "body.h"

#define OPEN_ELEMENTS_MAX 64u /* elements that we keep track of, one inside the other */

/* An element that is open: which one (index into the names of html_font.c), and whether it is a
 * FONT of several names. */
struct open_element {
	unsigned char name;
	bool many;
};

/* One leaf being read. */
struct page {
	struct message *msg;
	struct arena *arena;
	int part;
	struct slice text;
	bool has_link;
	size_t comment_end; /* of the last one looked for; SLICE_NONE: there are no more */
	size_t n_open;
	struct open_element open[OPEN_ELEMENTS_MAX];
};

/* One tag, from its '<' on. */
struct tag {
	size_t at; /* of the '<' in the page */
	struct slice name;
	bool closes; /* </name> */
	bool many;   /* FONT whose FACE has several names */
};

/* html_font.c: the value of an attribute FACE, which stands at `at`; whether it names several
 * fonts. */
bool page_font_face(struct page *page, struct slice value, size_t at, bool unclosed);

/* html_font.c: keep track of the elements that FONT can cross. */
void page_element(struct page *page, const struct tag *tag, size_t end);

#endif
