/* lines.c - line ends, byte counts, NUL runs and the end of the text. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "bytes.h"
#include "mail.h"
#include "parser.h"

#define BLOCK 4096u
#define NUL_RUN_MIN 64u
#define CTRL_Z 0x1a

bool
lines_at(struct slice text, size_t pos, unsigned char eol, struct text_line *line)
{
	const unsigned char *hit;

	if (pos >= text.len)
		return false;
	hit = memchr(text.data + pos, eol, text.len - pos);
	line->start = pos;
	line->end = hit ? (size_t)(hit - text.data) : text.len;
	line->next = hit ? line->end + 1 : line->end;
	if (hit && eol == '\n' && line->end > pos && text.data[line->end - 1] == '\r')
		line->end--;
	return true;
}

struct slice
lines_content(struct slice text, const struct text_line *line)
{
	return slice_cut(text, line->start, line->end - line->start);
}

unsigned char
lines_eol(const struct message *msg)
{
	return msg->facts_seen[FACT_CR_ONLY] ? '\r' : '\n';
}

void
lines_fact(struct message *msg, struct arena *arena, enum fact_kind kind, size_t offset, size_t len,
    uint64_t value)
{
	message_fact(msg, arena,
	    (struct fact){ .kind = kind,
		.part = -1,
		.field = -1,
		.offset = offset,
		.len = len,
		.value = value });
}

/* Index the LFs of the whole file by block, and count what stands there from `start` on. */
static void
count_blocks(struct message *msg, struct arena *arena, size_t start, struct byte_counts *counts)
{
	const struct slice file = msg->file;
	const size_t n_blocks = file.len / BLOCK + 1;
	uint32_t *before = arena_alloc(arena, n_blocks, sizeof *before);
	struct byte_counts envelope = { 0 };

	for (size_t block = 0; block < n_blocks; block++) {
		const size_t at = block * BLOCK;
		const size_t outside = start > at ? start - at : 0;
		const struct slice bytes = slice_cut(file, at, BLOCK);

		before[block] = (uint32_t)(envelope.lf + counts->lf);
		bytes_count(slice_cut(bytes, 0, outside), &envelope);
		bytes_count(slice_from(bytes, outside), counts);
	}
	msg->lines.block_lines = before;
	msg->lines.n_blocks = n_blocks;
}

/* The largest unit of disk or cache that begins or ends where the run does: lost clusters, not
 * mail. */
static unsigned
alignment(size_t start, size_t end)
{
	static const unsigned units[] = { 65536, 4096, 512 };

	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (start % units[i] == 0 || end % units[i] == 0)
			return units[i];
	return 0;
}

static void
find_nul_blocks(struct message *msg, struct arena *arena, size_t from, size_t to)
{
	const struct slice file = msg->file;
	const unsigned char *hit;

	while (from < to && (hit = memchr(file.data + from, 0, to - from))) {
		size_t start = (size_t)(hit - file.data), end = start;

		while (end < to && !file.data[end])
			end++;
		if (end - start >= NUL_RUN_MIN)
			lines_fact(
			    msg, arena, FACT_NUL_BLOCK, start, end - start, alignment(start, end));
		from = end;
	}
}

/* The end of the file without its NUL tail. */
static size_t
strip_nuls(struct message *msg, struct arena *arena)
{
	size_t end = msg->file.len;

	while (end > 0 && !msg->file.data[end - 1])
		end--;
	if (end == msg->file.len)
		return end;
	lines_fact(msg, arena, end ? FACT_NUL_TAIL : FACT_NUL_WHOLE, end, msg->file.len - end, end);
	return end;
}

/* The end of the text before a final dot line. The IMC leaves CRLF . CRLF in Out for certain and
 * in In perhaps (Q146993). Copies that lost their CRs hold LF . LF; the value tells them apart: 0
 * as it should be, 1 a bare LF before the dot, 2 LF . LF, 3 CR . CR. */
static size_t
strip_terminator(struct message *msg, struct arena *arena, size_t start, size_t end)
{
	const unsigned char *data = msg->file.data;
	size_t eol = 0, dot;
	bool crlf;

	if (end > start && (data[end - 1] == '\n' || data[end - 1] == '\r'))
		eol = 1;
	crlf = eol && end - start >= 2 && data[end - 1] == '\n' && data[end - 2] == '\r';
	eol += crlf;
	if (!eol || end - start <= eol || data[end - eol - 1] != '.')
		return end;
	dot = end - eol - 1;
	if (dot > start && data[dot - 1] != (data[end - 1] == '\r' ? '\r' : '\n')) {
		if (crlf)
			lines_fact(msg, arena, FACT_TERMINATOR_GLUED, dot, end - dot, 0);
		return end;
	}
	if (data[end - 1] == '\r')
		lines_fact(msg, arena, FACT_TERMINATOR_DOT, dot, end - dot, 3);
	else if (!crlf)
		lines_fact(msg, arena, FACT_TERMINATOR_DOT, dot, end - dot, 2);
	else
		lines_fact(msg, arena, FACT_TERMINATOR_DOT, dot, end - dot,
		    dot > start && (dot - start < 2 || data[dot - 2] != '\r'));
	return dot;
}

/* Where the text ends. Of a file that we hold only in part the end is unknown: nothing is taken
 * off. */
static size_t
find_end(struct message *msg, struct arena *arena, size_t start)
{
	size_t len = msg->file.len, end;

	if (msg->partial)
		return len;
	end = strip_nuls(msg, arena);
	if (end <= start)
		return start;
	if (end == len && msg->file.data[len - 1] == CTRL_Z) {
		lines_fact(msg, arena, FACT_CTRL_Z_TAIL, len - 1, 1, 0);
		end--;
	}
	return strip_terminator(msg, arena, start, end);
}

/* Count and measure the lines of the text, and look for dots at their start. */
static void
measure(struct message *msg, struct arena *arena)
{
	const struct slice text = msg->lines.text;
	size_t base = msg->envelope.whole.len, first_stuffed = 0, first_bare = 0;
	unsigned char eol = lines_eol(msg);
	uint64_t n_stuffed = 0, n_bare = 0;
	struct text_line line;

	for (size_t pos = 0; lines_at(text, pos, eol, &line); pos = line.next) {
		size_t len = line.end - line.start;

		msg->lines.n_lines++;
		if (len > msg->lines.longest) {
			msg->lines.longest = len;
			msg->lines.longest_offset = base + line.start;
		}
		if (len == 0 || text.data[line.start] != '.')
			continue;
		if (len == 1)
			lines_fact(msg, arena, FACT_LONE_DOT_LINE, base + line.start, 1, 0);
		else if (text.data[line.start + 1] != '.' && n_bare++ == 0)
			first_bare = line.start;
		else if (text.data[line.start + 1] == '.' && n_stuffed++ == 0)
			first_stuffed = line.start;
	}
	if (n_bare)
		lines_fact(msg, arena, FACT_DOT_BARE, base + first_bare, 1, n_bare);
	if (n_stuffed)
		lines_fact(msg, arena, FACT_DOT_STUFFED, base + first_stuffed, 2, n_stuffed);
}

/* The style of the line ends, and whether the last line has one. A copy made of bare LFs that ends
 * in one is complete: its CRs went with the copy. */
static void
judge_line_ends(struct message *msg, struct arena *arena, size_t start)
{
	const struct lines *lines = &msg->lines;
	const struct slice text = lines->text;
	bool lf_only = !lines->n_crlf && lines->n_bare_lf;
	bool cr_only = !lines->n_crlf && !lines->n_bare_lf && lines->n_bare_cr;
	unsigned char last;

	if (lf_only)
		lines_fact(msg, arena, FACT_LF_ONLY, start, 0, lines->n_bare_lf);
	if (cr_only)
		lines_fact(msg, arena, FACT_CR_ONLY, start, 0, lines->n_bare_cr);
	if (!text.len || msg->partial || slice_ends(text, "\r\n"))
		return;
	last = text.data[text.len - 1];
	if ((lf_only && last == '\n') || (cr_only && last == '\r'))
		return;
	lines_fact(msg, arena, FACT_END_WITHOUT_CRLF, start + text.len - 1, 1, last);
}

/* A byte order mark makes the first field name another one, and that field unknown. */
static void
find_byte_order_mark(struct message *msg, struct arena *arena, size_t start)
{
	const struct slice text = msg->lines.text;

	if (slice_starts(text, "\xef\xbb\xbf"))
		lines_fact(msg, arena, FACT_BYTE_ORDER_MARK, start, 3, 8);
	else if (slice_starts(text, "\xff\xfe") || slice_starts(text, "\xfe\xff"))
		lines_fact(msg, arena, FACT_BYTE_ORDER_MARK, start, 2, 16);
}

static void
lines_parse(struct message *msg, struct arena *arena)
{
	struct lines *lines = &msg->lines;
	size_t start = msg->envelope.whole.len, end;
	struct byte_counts counts = { 0 };

	count_blocks(msg, arena, start, &counts);
	if (!msg->file.len)
		lines_fact(msg, arena, FACT_FILE_EMPTY, 0, 0, 0);
	lines->n_crlf = counts.crlf;
	lines->n_bare_lf = counts.lf - counts.crlf;
	lines->n_bare_cr = counts.cr - counts.crlf;
	lines->n_nul = counts.nul;
	lines->n_8bit = counts.high;
	lines->n_control = counts.control;
	end = find_end(msg, arena, start);
	lines->text = slice_cut(msg->file, start, end - start);
	if (msg->facts_seen[FACT_ENVELOPE_TORN])
		find_nul_blocks(msg, arena, 0, end); /* what tore it may be such a block */
	else if (lines->n_nul >= NUL_RUN_MIN)
		find_nul_blocks(msg, arena, start, end);
	find_byte_order_mark(msg, arena, start);
	judge_line_ends(msg, arena, start);
	measure(msg, arena);
}

const struct parser parser_lines = { .name = "lines", .parse = lines_parse };
