/*
 * charset_label.c - what the bytes of a text say about the charset it is labelled with.
 *
 * Not whether they are valid, but whether another charset fits better, or none was needed.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

#include <string.h>

#include "body.h"
#include "bytes.h"

#define ESC 0x1b
#define SO 0x0e
#define PAIRS_LEAST 8u /* double-byte characters from which on runs of pairs are no chance */
#define RUNS_LEAST 4u

struct counted {
	size_t n, first;
};

static void
count(struct counted *counted, size_t at)
{
	if (counted->n++ == 0)
		counted->first = at;
}

/* Both bounds are 8-bit. */
static struct counted
count_range(struct slice text, unsigned char low, unsigned char high)
{
	struct counted counted = { 0 };

	for (size_t i = bytes_find_odd(text, 0, BYTES_HIGH); i < text.len; i++)
		if (text.data[i] >= low && text.data[i] <= high)
			count(&counted, i);
	return counted;
}

/* An escape sequence that names a double-byte set: of "$", one of "()" or none, a letter or '@'. */
static bool
is_double_escape(struct slice text, size_t at)
{
	struct slice rest = slice_cut(text, at, 4);
	unsigned char set;

	if (!slice_starts(rest, "\x1b$") || rest.len < 3)
		return false;
	set = rest.data[2];
	if (set == '@' || set == 'A' || set == 'B')
		return true;
	return (set == '(' || set == ')') && rest.len == 4 && rest.data[3] >= '@' &&
	       rest.data[3] <= 'Q';
}

static size_t
find_double_escape(struct slice text)
{
	for (size_t i = slice_find(text, 0, ESC); i != SLICE_NONE; i = slice_find(text, i + 1, ESC))
		if (is_double_escape(text, i))
			return i;
	return SLICE_NONE;
}

struct runs {
	size_t n, n_bytes, n_symbols, first;
	bool odd; /* a run of odd length, or with bytes that no EUC character has */
};

static void
add_run(struct runs *runs, struct slice run, size_t at)
{
	if (runs->n++ == 0)
		runs->first = at;
	runs->n_bytes += run.len;
	if (run.len % 2 != 0)
		runs->odd = true;
	for (size_t i = 0; i < run.len; i++) {
		runs->n_symbols += run.data[i] <= 0xbf;
		if (run.data[i] < 0xa1 || run.data[i] == 0xff)
			runs->odd = true;
	}
}

/* Whether all 8-bit bytes stand in pairs as in EUC (GB 2312, KS C 5601, JIS X 0208). Letters of
 * Western text stand alone between others; those of Cyrillic, Greek and Hebrew lie above 0xbf
 * nearly all, where a third of the trail bytes does not. */
static bool
is_all_pairs(struct slice text, size_t *first)
{
	struct runs runs = { 0 };

	for (size_t i = bytes_find_odd(text, 0, BYTES_HIGH); i < text.len && !runs.odd; i++) {
		size_t start = i;

		while (i < text.len && text.data[i] >= 0x80)
			i++;
		if (i > start)
			add_run(&runs, slice_cut(text, start, i - start), start);
	}
	*first = runs.first;
	return !runs.odd && runs.n >= RUNS_LEAST && runs.n_bytes >= (size_t)2 * PAIRS_LEAST &&
	       runs.n_symbols >= runs.n_bytes / 8;
}

static bool
is_utf8(struct slice text)
{
	struct charset_check check = charset_validate(charset_find(slice_str("utf-8")), text);

	return check.n_invalid == 0 && !check.cut;
}

/* Q155839. */
static void
check_western(struct message *msg, struct arena *arena, int part)
{
	struct slice text = msg->parts[part].decoded;
	size_t at = find_double_escape(text);

	if (at != SLICE_NONE)
		body_fact(msg, arena, FACT_CHARSET_FAR_EAST, part, at, 1, 1);
	else if (is_all_pairs(text, &at) && !is_utf8(text))
		body_fact(msg, arena, FACT_CHARSET_FAR_EAST, part, at, 2, 2);
}

/* Q166606: characters of Shift-JIS whose lead byte no other Japanese encoding has. */
static struct counted
count_sjis(struct slice text)
{
	struct counted counted = { 0 };

	for (size_t i = 0; i + 1 < text.len; i++) {
		unsigned char lead = text.data[i], trail = text.data[i + 1];

		if (lead < 0x81 || lead > 0x9f || trail < 0x40 || trail == 0x7f || trail > 0xfc)
			continue;
		count(&counted, i);
		i++;
	}
	return counted;
}

static void
check_japanese(struct message *msg, struct arena *arena, int part)
{
	struct slice text = msg->parts[part].decoded;
	struct counted sjis;

	if (find_double_escape(text) == SLICE_NONE)
		return;
	sjis = count_sjis(text);
	if (sjis.n >= 2)
		body_fact(msg, arena, FACT_CHARSET_JIS_SJIS, part, sjis.first, 2, sjis.n);
}

/* Q182144: 0xb7 is 0x37 behind SO. */
static void
check_korean(struct message *msg, struct arena *arena, int part)
{
	struct body_lines lines = { .text = msg->parts[part].decoded };
	struct counted counted = { 0 };
	struct slice line;

	while (body_next_line(&lines, &line)) {
		if (slice_starts(line, "\x1b$)C"))
			line = slice_from(line, 4);
		if (line.len > 2 &&
		    ((line.data[0] == SO && line.data[1] == 0x37) || line.data[0] == 0xb7))
			count(&counted, slice_index(lines.text, line));
	}
	if (counted.n > 0)
		body_fact(msg, arena, FACT_ISO2022_KR_B7, part, counted.first, 2, counted.n);
}

/* Text whose 8-bit bytes are not its own: they belong to a file inside. */
static bool
is_plain(const struct part *part)
{
	return part->encoding != ENCODING_BINARY && part->encoding != ENCODING_UUENCODE &&
	       part->encoding != ENCODING_BINHEX && part->encoding != ENCODING_UNKNOWN;
}

static void
check_range(struct message *msg, struct arena *arena, int part, enum fact_kind kind,
    unsigned char low, unsigned char high)
{
	struct counted counted = count_range(msg->parts[part].decoded, low, high);

	if (counted.n > 0)
		body_fact(msg, arena, kind, part, counted.first, 1, counted.n);
}

/* RFC 2046 section 4.1.2: text that holds US-ASCII alone should be labelled so. */
static void
check_needless(struct message *msg, struct arena *arena, int part, const struct charset *charset)
{
	const struct part *leaf = &msg->parts[part];

	if (charset->form == CHARSET_ICONV || charset->form == CHARSET_UTF7 ||
	    charset->form == CHARSET_HZ || charset_is_iso2022(charset))
		return;
	if (bytes_find_odd(leaf->decoded, 0, BYTES_HIGH) == SLICE_NONE)
		message_fact_at(msg, arena, FACT_CHARSET_NEEDLESS, part, leaf->type.field,
		    charset_label_place(msg, part), 0);
}

void
charset_check_label(
    struct message *msg, struct arena *arena, int part, const struct charset *charset)
{
	if (!is_plain(&msg->parts[part]))
		return;
	if (!charset || charset->form == CHARSET_ASCII)
		check_range(msg, arena, part, FACT_CHARSET_ASCII_8BIT, 0x80, 0xff);
	else
		check_needless(msg, arena, part, charset);
	if (charset && strcmp(charset->iconv, "ISO-8859-1") == 0)
		check_western(msg, arena, part);
	if (charset && strncmp(charset->iconv, "ISO-8859-", 9) == 0)
		check_range(msg, arena, part, FACT_CHARSET_C1, 0x80, 0x9f);
	if (!charset || charset->form == CHARSET_SJIS || charset->form == CHARSET_ISO2022_JP)
		check_japanese(msg, arena, part);
	if (charset && charset->form == CHARSET_ISO2022_KR)
		check_korean(msg, arena, part);
}
