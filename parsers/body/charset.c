/* charset.c - whether the text of each leaf is what its charset parameter says. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

#include "body.h"
#include "parser.h"

#define CRLF_RUN_MIN 128u /* Q235219: as many line ends in a row can be enough */

/* Q235219: the longest run of line ends in ISO-2022 text, when it is long enough. */
static void
check_line_ends(struct message *msg, struct arena *arena, int part)
{
	struct slice text = msg->parts[part].decoded;
	size_t best = 0, best_at = 0, pairs = 0;

	for (size_t i = 0; i + 1 < text.len;) {
		if (text.data[i] != '\r' || text.data[i + 1] != '\n') {
			pairs = 0;
			i++;
			continue;
		}
		i += 2;
		if (++pairs > best) {
			best = pairs;
			best_at = i - 2 * pairs;
		}
	}
	if (best >= CRLF_RUN_MIN)
		body_fact(msg, arena, FACT_ISO2022_CRLF_RUN, part, best_at, 2 * best, best);
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
	if (check.n_bad_escapes > 0)
		body_fact(msg, arena, FACT_ISO2022_BAD_ESCAPE, part, check.first_bad_escape, 1,
		    check.n_bad_escapes);
	if (charset_is_iso2022(charset))
		check_line_ends(msg, arena, part);
}

static void
check_part(struct message *msg, struct arena *arena, int part)
{
	const struct part *leaf = &msg->parts[part];
	const struct charset *charset;

	if (leaf->kind != PART_LEAF || !leaf->has_charset || leaf->charset.len == 0 ||
	    !part_is(leaf, "text", NULL))
		return;
	charset = charset_find(leaf->charset);
	if (!charset)
		message_fact_at(
		    msg, arena, FACT_CHARSET_UNKNOWN, part, leaf->type.field, leaf->charset, 0);
	else if (leaf->decoded.len > 0)
		check_text(msg, arena, part, charset);
}

static void
charset_parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		check_part(msg, arena, (int)i);
}

const struct parser parser_charset = { "charset", charset_warm, charset_parse };
