/* explain_fields.c - every header field with its place, as it stands. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "report/explain.h"

#define MARGIN 26 /* columns before a field */

/* The end of the line of s that begins at `from`; *next is where the one after it begins. CRLF is
 * shown as a line break alone, a line end of another kind is shown by its byte, too. */
static size_t
line_end(struct slice s, size_t from, size_t *next)
{
	size_t lf = slice_find(s, from, '\n');

	if (lf == SLICE_NONE) {
		*next = s.len;
		return s.len;
	}
	*next = lf + 1;
	return lf > from && s.data[lf - 1] == '\r' ? lf - 1 : lf + 1;
}

/* Blanks in front are the folding's; a line of nothing else is shown as it is. */
static struct slice
unindented(struct slice line)
{
	size_t blanks = 0;

	while (blanks < line.len && byte_is_blank(line.data[blanks]))
		blanks++;
	return blanks < line.len ? slice_from(line, blanks) : line;
}

/* A line that may break at its blanks. Of several in a row all but one are told by their bytes. */
static void
print_words(struct wrap *wrap, struct slice line)
{
	size_t from = 0;

	for (;;) {
		/* A blank that follows a break is part of the word behind it. */
		const size_t blank = slice_find(line, from + 1, ' ');

		if (blank == SLICE_NONE || blank + 1 >= line.len)
			break;
		wrap_bytes(wrap, slice_cut(line, from, blank - from));
		wrap_text(wrap, " ");
		from = blank + 1;
	}
	wrap_bytes(wrap, slice_from(line, from));
}

static void
print_value(const struct explanation *explanation, struct wrap *wrap, struct slice value)
{
	size_t next;

	print_words(wrap, unindented(slice_cut(value, 0, line_end(value, 0, &next))));
	while (next < value.len) {
		const size_t from = next, end = line_end(value, from, &next);

		wrap_end(wrap);
		fprintf(explanation->out, "%*s", MARGIN + 2, "");
		wrap_start(
		    wrap, explanation->out, explain_width(explanation), MARGIN + 2, MARGIN + 2);
		print_words(wrap, unindented(slice_cut(value, from, end - from)));
	}
}

static void
print_field(const struct explanation *explanation, const struct row *row)
{
	const struct description *description = explanation->description;
	struct wrap wrap;

	if (row->offset == OFFSET_NONE)
		fprintf(explanation->out, "%10s %7s %5s  ", "-", "-", "-");
	else
		fprintf(explanation->out, "%10" PRIu64 " %7" PRIu64 " %5" PRIu32 " ", row->offset,
		    row->length, row->line);
	wrap_start(&wrap, explanation->out, explain_width(explanation), MARGIN + 2, MARGIN - 1);
	wrap_bytes(&wrap, description_slice(description, row->text[0]));
	wrap_text(&wrap, row->text[0].cut ? "...: " : ": ");
	print_value(explanation, &wrap, description_slice(description, row->text[1]));
	if (row->text[1].cut)
		wrap_text(&wrap, "... (cut here)");
	wrap_end(&wrap);
}

void
explain_fields(const struct explanation *explanation)
{
	const struct description *description = explanation->description;
	int32_t part = -1;

	explain_title(explanation, "Header fields");
	if (description->n_kept[GROUP_FIELDS] == 0)
		fputs("  none\n", explanation->out);
	for (uint32_t i = 0; i < description->n_rows; i++) {
		const struct row *row = &description->rows[i];
		struct wrap wrap;

		if (row->kind != ROW_FIELD)
			continue;
		if (row->part != part) {
			part = row->part;
			fputs("\n  ", explanation->out);
			wrap_start(&wrap, explanation->out, explain_width(explanation), 4, 2);
			explain_part(explanation, &wrap, part);
			wrap_end(&wrap);
			fprintf(explanation->out, "%10s %7s %5s  %s\n", "byte", "length", "line",
			    "field");
		}
		print_field(explanation, row);
	}
}
