/* explain_readings.c - where readers of a message part ways, and what each would take. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "report/explain.h"

#define INDENT 4

static void
start(const struct explanation *explanation, struct wrap *wrap, unsigned indent)
{
	fprintf(explanation->out, "%*s", (int)indent, "");
	wrap_start(wrap, explanation->out, explain_width(explanation), indent + 2, indent);
}

static void
print_leaves(struct wrap *wrap, const struct row *row)
{
	if (row->value != row->length)
		wrap_print(wrap,
		    "imcscan sees %" PRIu64 " leaf part(s), GMime %" PRIu64
		    "; the first ones of each:",
		    row->value, row->length);
	else
		wrap_text(wrap, "imcscan and GMime see other bounds of the same leaf parts:");
}

static void
print_ambiguous(const struct explanation *explanation, const struct row *row)
{
	static const char *const words[AMBIGUITY_COUNT] = {
		[AMBIGUOUS_TYPE] = "Content-Type",
		[AMBIGUOUS_ENCODING] = "Content-Transfer-Encoding",
		[AMBIGUOUS_DISPOSITION] = "Content-Disposition",
		[AMBIGUOUS_PARAMETER] = "Parameter ",
		[AMBIGUOUS_FILE_NAME] = "Two different file names",
		[AMBIGUOUS_ENCODED] = "A transfer encoding where none may be",
		[AMBIGUOUS_LEAVES] = "",
		[AMBIGUOUS_ASPECT] = "Two readings of the ",
	};
	struct wrap wrap;

	fputs("\n  ", explanation->out);
	wrap_start(&wrap, explanation->out, explain_width(explanation), INDENT, 2);
	if (row->code == AMBIGUOUS_LEAVES) {
		print_leaves(&wrap, row);
		wrap_end(&wrap);
		return;
	}
	wrap_text(&wrap, words[row->code]);
	if (row->code == AMBIGUOUS_PARAMETER || row->code == AMBIGUOUS_ASPECT)
		wrap_bytes(&wrap, description_slice(explanation->description, row->text[0]));
	if (row->code <= AMBIGUOUS_PARAMETER)
		wrap_print(&wrap, " stands %" PRIu64 " times", row->value);
	wrap_text(&wrap, " in the header of ");
	explain_part(explanation, &wrap, row->part);
	wrap_text(&wrap, ":");
	wrap_end(&wrap);
}

static void
print_reading(const struct explanation *explanation, const struct row *row)
{
	static const char *const words[READER_COUNT] = {
		[READER_FIRST] = "first wins (imcscan reads so): ",
		[READER_LAST] = "last wins: ",
		[READER_BY_DISPOSITION] = "by Content-Disposition (imcscan reads so): ",
		[READER_BY_TYPE] = "by Content-Type: ",
		[READER_AS_IT_STANDS] =
		    ("the body is split as it stands (imcscan reads a multipart "
		     "so)"),
		[READER_DECODES] = "the body is decoded first, as ",
		[READER_IMCSCAN] = "imcscan: ",
		[READER_GMIME] = "GMime: ",
	};
	struct wrap wrap;

	start(explanation, &wrap, INDENT);
	wrap_text(&wrap, words[row->code]);
	if (row->code != READER_AS_IT_STANDS)
		explain_quote(explanation, &wrap, row->text[0]);
	if (row->code != READER_IMCSCAN && row->code != READER_GMIME) {
		wrap_text(&wrap, "; ");
		explain_place(&wrap, row);
	}
	wrap_end(&wrap);
}

static void
print_boundary(const struct explanation *explanation, const struct row *row)
{
	struct wrap wrap;

	start(explanation, &wrap, INDENT + 2);
	wrap_text(&wrap, "with the boundary ");
	explain_quote(explanation, &wrap, row->text[0]);
	if (row->value == UINT64_MAX)
		wrap_text(&wrap, "; its lines were not counted");
	else if (row->value == 0)
		wrap_text(&wrap, "; no line of the body begins with it");
	else
		wrap_print(&wrap,
		    "; %" PRIu64 " line(s) of the body begin with it, the first at byte %" PRIu64
		    " (0x%" PRIx64 ")",
		    row->value, row->offset, row->offset);
	wrap_end(&wrap);
}

static void
print_leaf(const struct explanation *explanation, const struct row *row)
{
	struct wrap wrap;

	start(explanation, &wrap, INDENT);
	if (row->kind == ROW_LEAF_OURS) {
		wrap_text(&wrap, "imcscan: part ");
		wrap_bytes(&wrap, description_slice(explanation->description, row->text[0]));
		wrap_text(&wrap, ", ");
	} else {
		wrap_text(&wrap, "GMime: ");
	}
	explain_place(&wrap, row);
	wrap_end(&wrap);
}

static void
print_row(const struct explanation *explanation, const struct row *row)
{
	switch ((enum row_kind)row->kind) {
	case ROW_AMBIGUOUS:
		print_ambiguous(explanation, row);
		break;
	case ROW_READING:
		print_reading(explanation, row);
		break;
	case ROW_READING_BOUNDARY:
		print_boundary(explanation, row);
		break;
	case ROW_LEAF_OURS:
	case ROW_LEAF_GMIME:
		print_leaf(explanation, row);
		break;
	default:
		break;
	}
}

void
explain_readings(const struct explanation *explanation)
{
	const struct description *description = explanation->description;

	if (description->n_kept[GROUP_READINGS] == 0)
		return;
	explain_title(explanation, "Read in two ways");
	fputs("  Which of the readings the IMC or the store takes is not documented.\n",
	    explanation->out);
	for (uint32_t i = 0; i < description->n_rows; i++)
		print_row(explanation, &description->rows[i]);
}
