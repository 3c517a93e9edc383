/*
 * html_font.c - FONT elements of HTML: their names, and whether they cross other elements.
 *
 * Q183615: the store fails on overlapping FONT elements of several names. KB814651: a damaged font
 * name keeps it busy; Windows names of fonts end at 31 bytes (LF_FACESIZE is 32 with the NUL).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page.h"

#define FACE_MAX 31u

/* Elements whose end tag HTML 4 requires and that stand inside or around FONT; others (P, LI, TD)
 * may end without one. */
static const char *const elements[] = { "", "font", "a", "b", "big", "center", "code", "div", "em",
	"i", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u" };

static unsigned char
element_of(struct slice name)
{
	for (size_t i = 1; i < sizeof elements / sizeof elements[0]; i++)
		if (slice_eq_nocase(name, elements[i]))
			return (unsigned char)i;
	return 0;
}

static void
page_fact(struct page *page, enum fact_kind kind, size_t from, size_t len, uint64_t value)
{
	body_fact(page->msg, page->arena, kind, page->part, from, len, value);
}

/* One name of the list. White space may stand in it: sources are wrapped. */
static void
check_name(struct page *page, struct slice name, size_t at)
{
	for (size_t i = 0; i < name.len; i++) {
		if (!byte_is_control(name.data[i]) || byte_is_space(name.data[i]))
			continue;
		page_fact(page, FACT_FONT_NAME, at, name.len, 2);
		return;
	}
	if (name.len > FACE_MAX)
		page_fact(page, FACT_FONT_NAME, at, name.len, 1);
}

bool
page_font_face(struct page *page, struct slice value, size_t at, bool unclosed)
{
	size_t from = 0, comma, n = 0;

	if (unclosed) {
		page_fact(page, FACT_FONT_NAME, at, value.len, 3);
		return false;
	}
	do {
		struct slice name;

		comma = slice_find(value, from, ',');
		name = slice_trim(
		    slice_cut(value, from, (comma == SLICE_NONE ? value.len : comma) - from));
		if (name.len > 0)
			check_name(page, name, at + slice_index(value, name));
		n += name.len > 0;
		from = comma + 1;
	} while (comma != SLICE_NONE);
	return n > 1;
}

static void
push(struct page *page, const struct tag *tag, unsigned char element, size_t end)
{
	for (size_t i = 0; tag->many && i < page->n_open; i++) {
		if (!page->open[i].many)
			continue;
		page_fact(page, FACT_HTML_FONT_OVERLAP, tag->at, end - tag->at, 1);
		break;
	}
	if (page->n_open == OPEN_ELEMENTS_MAX)
		page->n_open = 0; /* deeper than anybody writes: begin anew */
	page->open[page->n_open++] = (struct open_element){ element, tag->many };
}

/* Ends the innermost element of that name. What is still open inside it is crossed by it. */
static void
pop(struct page *page, const struct tag *tag, unsigned char element, size_t end)
{
	size_t at = page->n_open;
	bool crosses = false;

	while (at > 0 && page->open[at - 1].name != element)
		crosses |= page->open[--at].many;
	if (at == 0)
		return; /* it was never opened */
	at--;
	crosses |= page->open[at].many && at + 1 < page->n_open;
	if (crosses)
		page_fact(page, FACT_HTML_FONT_OVERLAP, tag->at, end - tag->at, 2);
	for (page->n_open--; at < page->n_open; at++)
		page->open[at] = page->open[at + 1];
}

void
page_element(struct page *page, const struct tag *tag, size_t end)
{
	unsigned char element = element_of(tag->name);

	if (element == 0)
		return;
	if (tag->closes)
		pop(page, tag, element, end);
	else
		push(page, tag, element, end);
}
