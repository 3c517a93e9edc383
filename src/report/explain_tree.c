/* explain_tree.c - the MIME tree of a message, drawn, with the extent of each part. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <string.h>

#include "report/explain.h"

#define DRAWN 12u /* levels that are drawn; deeper ones are told as a number */
#define STEP 3u   /* columns of a level */

struct tree_state {
	const struct explanation *explanation;
	bool goes_on[DESCRIPTION_DEPTH_MAX + 1]; /* a part of that depth follows below */
	unsigned depth;                          /* of the part being told */
};

static void
print_stems(const struct tree_state *state, unsigned levels)
{
	fputs("  ", state->explanation->out);
	for (unsigned i = 1; i <= levels && i <= DRAWN; i++)
		fputs(state->goes_on[i] ? "|  " : "   ", state->explanation->out);
}

/* The branch to a part; the wrap goes on behind it. */
static void
start_part(const struct tree_state *state, struct wrap *wrap)
{
	const unsigned depth = state->depth < DRAWN ? state->depth : DRAWN;
	const unsigned column = 2 + STEP * depth;

	if (depth > 0) {
		print_stems(state, depth - 1);
		fputs(state->goes_on[depth] ? "+- " : "`- ", state->explanation->out);
	} else {
		fputs("  ", state->explanation->out);
	}
	wrap_start(
	    wrap, state->explanation->out, explain_width(state->explanation), column + 3, column);
	if (state->depth > DRAWN)
		wrap_print(wrap, "[depth %u] ", state->depth);
}

static void
start_property(const struct tree_state *state, struct wrap *wrap)
{
	const unsigned depth = state->depth < DRAWN ? state->depth : DRAWN;
	const unsigned column = 2 + STEP * depth + 3;

	print_stems(state, depth);
	fputs("   ", state->explanation->out);
	wrap_start(
	    wrap, state->explanation->out, explain_width(state->explanation), column + 2, column);
}

/* From the row of a part on: which depths have a part below. What follows decides, up to the next
 * part that is less deep. */
static void
look_ahead(struct tree_state *state, const struct description *description, uint32_t from)
{
	unsigned least = DESCRIPTION_DEPTH_MAX + 1;

	memset(state->goes_on, 0, sizeof state->goes_on);
	for (uint32_t i = from + 1; i < description->n_rows && least > 0; i++) {
		const struct row *row = &description->rows[i];

		if (row->kind != ROW_PART || row->depth >= least)
			continue;
		least = row->depth;
		state->goes_on[least] = true;
	}
}

static void
print_part(const struct tree_state *state, const struct row *row)
{
	const struct description *description = state->explanation->description;
	const struct slice path = description_slice(description, row->text[0]);
	struct wrap wrap;

	start_part(state, &wrap);
	wrap_text(&wrap, row->depth == 0 ? "message" : path.len > 0 ? "part " : "part");
	if (row->depth > 0)
		wrap_bytes(&wrap, path);
	wrap_text(&wrap, ": ");
	wrap_bytes(&wrap, description_slice(description, row->text[1]));
	if (row->text[1].cut)
		wrap_text(&wrap, "...");
	wrap_end(&wrap);
	start_property(state, &wrap);
	wrap_text(&wrap, "header: ");
	explain_place(&wrap, row);
	wrap_end(&wrap);
}

static void
print_body(const struct tree_state *state, const struct row *row)
{
	struct wrap wrap;

	start_property(state, &wrap);
	wrap_text(&wrap, "body: ");
	explain_place(&wrap, row);
	if (row->code)
		wrap_print(&wrap, "; %" PRIu64 " bytes decoded", row->value);
	wrap_end(&wrap);
}

static void
print_encoding(const struct tree_state *state, const struct row *row)
{
	const struct explanation *explanation = state->explanation;
	struct wrap wrap;

	start_property(state, &wrap);
	wrap_text(&wrap, "encoding: ");
	explain_quote(explanation, &wrap, row->text[0]);
	wrap_text(&wrap, ", read as ");
	wrap_bytes(&wrap, description_slice(explanation->description, row->text[1]));
	wrap_end(&wrap);
}

static void
print_quoted(const struct tree_state *state, const struct row *row, const char *label)
{
	struct wrap wrap;

	start_property(state, &wrap);
	wrap_text(&wrap, label);
	explain_quote(state->explanation, &wrap, row->text[0]);
	if (row->kind == ROW_BOUNDARY)
		wrap_text(&wrap, row->code ? ", closed" : ", never closed");
	wrap_end(&wrap);
}

static void
print_extent(const struct tree_state *state, const struct row *row, const char *label)
{
	struct wrap wrap;

	start_property(state, &wrap);
	wrap_text(&wrap, label);
	explain_place(&wrap, row);
	wrap_end(&wrap);
}

static void
print_filetype(const struct tree_state *state, const struct row *row)
{
	struct wrap wrap;

	start_property(state, &wrap);
	wrap_text(&wrap, "content: ");
	wrap_bytes(&wrap, description_slice(state->explanation->description, row->text[0]));
	if (row->text[1].len > 0) {
		wrap_text(&wrap, "; libmagic: ");
		wrap_bytes(&wrap, description_slice(state->explanation->description, row->text[1]));
	}
	wrap_end(&wrap);
}

static void
print_row(const struct tree_state *state, const struct row *row)
{
	switch ((enum row_kind)row->kind) {
	case ROW_PART:
		print_part(state, row);
		break;
	case ROW_BODY:
		print_body(state, row);
		break;
	case ROW_ENCODING:
		print_encoding(state, row);
		break;
	case ROW_DISPOSITION:
		print_quoted(state, row, "disposition: ");
		break;
	case ROW_CHARSET:
		print_quoted(state, row, "charset: ");
		break;
	case ROW_FILE_NAME:
		print_quoted(state, row, "file name: ");
		break;
	case ROW_FILETYPE:
		print_filetype(state, row);
		break;
	case ROW_BOUNDARY:
		print_quoted(state, row, "boundary: ");
		break;
	case ROW_PREAMBLE:
		print_extent(state, row, "preamble: ");
		break;
	case ROW_EPILOGUE:
		print_extent(state, row, "epilogue: ");
		break;
	default:
		break;
	}
}

void
explain_tree(const struct explanation *explanation)
{
	const struct description *description = explanation->description;
	struct tree_state state = { .explanation = explanation };

	explain_title(explanation, "MIME tree");
	for (uint32_t i = 0; i < description->n_rows; i++) {
		const struct row *row = &description->rows[i];

		if (row->kind == ROW_PART) {
			look_ahead(&state, description, i);
			state.depth = row->depth;
		}
		print_row(&state, row);
	}
}
