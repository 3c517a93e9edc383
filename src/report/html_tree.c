/* html_tree.c - the MIME tree of a suspect, indented, with the extent of each part. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "report/html.h"

#define PARTS_SHOWN 60u
#define INDENTED 8u /* levels that are indented; deeper ones are told as a number */

static void
put_extent(xmlTextWriterPtr page, const char *label, const struct row *row)
{
	if (row->offset == OFFSET_NONE)
		return;
	html_print(page, "%s byte %" PRIu64 ", %" PRIu64 " %s, line %" PRIu32, label, row->offset,
	    row->length, row->length == 1 ? "byte" : "bytes", row->line);
}

static void
put_quoted(xmlTextWriterPtr page, const struct description *description, const char *label,
    struct text_ref ref)
{
	html_text(page, label);
	html_open(page, "q", NULL);
	html_bytes(page, description_slice(description, ref), HTML_TEXT);
	html_close(page);
	if (ref.cut)
		html_leaf(page, "em", NULL, " … cut here");
}

static void
put_filetype(xmlTextWriterPtr page, const struct description *description, const struct row *row)
{
	html_text(page, "; content: ");
	html_bytes(page, description_slice(description, row->text[0]), HTML_TEXT);
	if (row->text[1].len > 0) {
		html_text(page, "; libmagic: ");
		html_bytes(page, description_slice(description, row->text[1]), HTML_TEXT);
	}
}

static void
put_property(xmlTextWriterPtr page, const struct description *description, const struct row *row)
{
	switch ((enum row_kind)row->kind) {
	case ROW_BODY:
		put_extent(page, "; body", row);
		if (row->code)
			html_print(page, " (%" PRIu64 " decoded)", row->value);
		break;
	case ROW_ENCODING:
		put_quoted(page, description, "; encoding ", row->text[0]);
		break;
	case ROW_CHARSET:
		put_quoted(page, description, "; charset ", row->text[0]);
		break;
	case ROW_DISPOSITION:
		put_quoted(page, description, "; disposition ", row->text[0]);
		break;
	case ROW_FILE_NAME:
		put_quoted(page, description, "; file name ", row->text[0]);
		break;
	case ROW_FILETYPE:
		put_filetype(page, description, row);
		break;
	case ROW_BOUNDARY:
		put_quoted(page, description, "; boundary ", row->text[0]);
		html_text(page, row->code ? ", closed" : ", never closed");
		break;
	default:
		break;
	}
}

static void
begin_part(xmlTextWriterPtr page, const struct description *description, const struct row *row)
{
	char class[24];

	snprintf(class, sizeof class, "d%u", row->depth < INDENTED ? row->depth : INDENTED);
	html_open(page, "li", class);
	html_open(page, "b", NULL);
	if (row->depth == 0) {
		html_text(page, "message");
	} else {
		html_text(page, "part ");
		html_bytes(page, description_slice(description, row->text[0]), HTML_TEXT);
	}
	html_close(page);
	html_text(page, " ");
	if (row->depth > INDENTED)
		html_print(page, "(depth %u) ", row->depth);
	html_open(page, "code", NULL);
	html_bytes(page, description_slice(description, row->text[1]), HTML_TEXT);
	html_close(page);
	put_extent(page, ": header", row);
}

void
html_tree(const struct report *report, const struct suspect *suspect)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->details.page;
	const struct description *description = suspect->description;
	uint32_t parts = 0;

	if (!description || description->n_kept[GROUP_PARTS] == 0)
		return;
	html_leaf(page, "h4", NULL, "MIME tree");
	html_open(page, "ul", "tree");
	for (uint32_t i = 0; i < description->n_rows; i++) {
		const struct row *row = &description->rows[i];

		if (row->kind == ROW_PART && parts++ < PARTS_SHOWN) {
			if (parts > 1)
				html_close(page);
			begin_part(page, description, row);
		} else if (parts > 0 && parts <= PARTS_SHOWN) {
			put_property(page, description, row);
		}
	}
	if (parts > 0)
		html_close(page);
	html_close(page);
	if (parts > PARTS_SHOWN)
		html_leaf_print(page, "p", "note", "%" PRIu32 " more parts are not shown.",
		    parts - PARTS_SHOWN);
}
