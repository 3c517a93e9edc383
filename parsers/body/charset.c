/* charset.c - whether the text of each leaf is what its charset parameter says. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

#include "body.h"
#include "parser.h"

#define CRLF_RUN_MIN 128u /* Q235219: as many line ends in a row can be enough */

struct slice
charset_label_place(const struct message *msg, int part)
{
	const struct part *leaf = &msg->parts[part];

	return message_offset(msg, leaf->charset) == OFFSET_NONE ? leaf->charset_place
								 : leaf->charset;
}

/* Bytes of the line end at `at`, 0: none is there. A file copied in text mode has lost its CRs. */
static size_t
line_end_at(struct slice text, size_t at, bool lf_only)
{
	if (text.data[at] == '\r' && at + 1 < text.len && text.data[at + 1] == '\n')
		return 2;
	return lf_only && text.data[at] == '\n';
}

/* Q235219: the longest run of line ends in ISO-2022 text, when it is long enough. */
static void
check_line_ends(struct message *msg, struct arena *arena, int part)
{
	struct slice text = msg->parts[part].decoded;
	bool lf_only = msg->facts_seen[FACT_LF_ONLY] > 0;
	size_t best = 0, best_at = 0, best_len = 0, run = 0, start = 0;

	for (size_t i = 0, len; i < text.len; i += len) {
		len = line_end_at(text, i, lf_only);
		if (len == 0) {
			run = 0;
			len = 1;
			continue;
		}
		if (run++ == 0)
			start = i;
		if (run > best) {
			best = run;
			best_at = start;
			best_len = i + len - start;
		}
	}
	if (best >= CRLF_RUN_MIN)
		body_fact(msg, arena, FACT_ISO2022_CRLF_RUN, part, best_at, best_len, best);
}

/* What only shifted text can have wrong. */
static void
tell_shifts(struct message *msg, struct arena *arena, int part, const struct charset_check *check)
{
	if (check->n_bad_escapes > 0)
		body_fact(msg, arena, FACT_ISO2022_BAD_ESCAPE, part, check->first_bad_escape, 1,
		    check->n_bad_escapes);
	if (check->n_undesignated > 0)
		body_fact(msg, arena, FACT_ISO2022_UNDESIGNATED, part, check->first_undesignated, 1,
		    check->n_undesignated);
	if (check->n_open_lines > 0)
		body_fact(msg, arena, FACT_ISO2022_OPEN_LINE, part, check->first_open_line, 1,
		    check->n_open_lines);
	if (check->n_bad_shifts > 0)
		body_fact(msg, arena, FACT_UTF7_BAD_SHIFT, part, check->first_bad_shift, 1,
		    check->shift_fault);
}

static void
check_text(struct message *msg, struct arena *arena, int part, const struct charset *charset)
{
	struct slice text = msg->parts[part].decoded;
	struct charset_check check = charset_validate(charset, text);

	if (check.n_invalid > 0)
		body_fact(msg, arena,
		    charset_is_dbcs(charset) ? FACT_CHARSET_DBCS_INVALID : FACT_CHARSET_INVALID,
		    part, check.first_invalid, 1, check.n_invalid);
	if (check.cut)
		body_fact(msg, arena, FACT_CHARSET_CUT, part, check.cut_at, text.len - check.cut_at,
		    check.only_shifted);
	tell_shifts(msg, arena, part, &check);
	if (charset_is_iso2022(charset))
		check_line_ends(msg, arena, part);
}

static void
check_part(struct message *msg, struct arena *arena, int part)
{
	const struct part *leaf = &msg->parts[part];
	const struct charset *charset = NULL;

	if (leaf->kind != PART_LEAF || !part_is(leaf, "text", NULL))
		return;
	if (leaf->has_charset && leaf->charset.len > 0) {
		charset = charset_find(leaf->charset);
		if (!charset) {
			message_fact_at(msg, arena, FACT_CHARSET_UNKNOWN, part, leaf->type.field,
			    charset_label_place(msg, part), 0);
			return;
		}
	}
	if (leaf->decoded.len == 0)
		return;
	if (charset) {
		check_text(msg, arena, part, charset);
		charset_check_meta(msg, arena, part, charset);
		charset_check_alphabets(msg, arena, part, charset);
	}
	charset_check_label(msg, arena, part, charset);
}

static void
charset_parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		check_part(msg, arena, (int)i);
}

const struct parser parser_charset = { "charset", charset_warm, charset_parse };
