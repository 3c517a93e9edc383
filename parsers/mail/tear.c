/*
 * tear.c - where the mail breaks off inside a line at a border of disk sectors and goes on as
 * something else.
 *
 * A file system that hands one cluster to two files, or a disk that writes a sector to the wrong
 * place, leaves 512 bytes or a multiple of another file in this one. Text in text cannot be told;
 * told are only changes of kind that no mailer makes in the middle of a line, exactly at a multiple
 * of 512. Each border costs a look of bounded length, so that time is linear.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "mail.h"
#include "parser.h"
#include "tear.h"

#define LINE_LOOK 256u     /* bytes of a line that are looked at, either way of a border */
#define ENVELOPE_MAX 1024u /* an envelope found at a border ends within */
#define FULL_LINE 56u      /* bytes of a full base64 line, at least */
#define PURE_BEFORE 256u

/* The mail while its borders are looked at: rising. */
struct borders {
	struct message *msg;
	struct arena *arena;
	struct slice file;
	size_t from, to; /* bytes of the file that are mail */
	size_t leaf;     /* part that the last border fell into, or that follows it */
};

/* By classes of bytes: what base64 consists of. */
/* clang-format off */
static const bool data_bytes[256] = {
	['+'] = true, ['/'] = true, ['='] = true, ['0'] = true, ['1'] = true, ['2'] = true,
	['3'] = true, ['4'] = true, ['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true,
	['9'] = true, ['A'] = true, ['B'] = true, ['C'] = true, ['D'] = true, ['E'] = true,
	['F'] = true, ['G'] = true, ['H'] = true, ['I'] = true, ['J'] = true, ['K'] = true,
	['L'] = true, ['M'] = true, ['N'] = true, ['O'] = true, ['P'] = true, ['Q'] = true,
	['R'] = true, ['S'] = true, ['T'] = true, ['U'] = true, ['V'] = true, ['W'] = true,
	['X'] = true, ['Y'] = true, ['Z'] = true, ['a'] = true, ['b'] = true, ['c'] = true,
	['d'] = true, ['e'] = true, ['f'] = true, ['g'] = true, ['h'] = true, ['i'] = true,
	['j'] = true, ['k'] = true, ['l'] = true, ['m'] = true, ['n'] = true, ['o'] = true,
	['p'] = true, ['q'] = true, ['r'] = true, ['s'] = true, ['t'] = true, ['u'] = true,
	['v'] = true, ['w'] = true, ['x'] = true, ['y'] = true, ['z'] = true,
};
/* clang-format on */

static bool
is_data(unsigned char byte)
{
	return data_bytes[byte];
}

/* Start of the line that holds `at`; SLICE_NONE when it is longer than we look. */
static size_t
line_start(const struct borders *b, size_t at)
{
	const size_t look = at - b->from < LINE_LOOK ? at - b->from : LINE_LOOK;
	const size_t before = slice_rfind(slice_cut(b->file, at - look, look), '\n');

	if (before != SLICE_NONE)
		return at - look + before + 1;
	return look < LINE_LOOK ? b->from : SLICE_NONE;
}

/* The line from `at` on, without its end; false past the mail, or when it is longer than we look.
 * *next is where the one behind it begins. */
static bool
line_at(const struct borders *b, size_t at, struct slice *line, size_t *next)
{
	struct slice look = slice_cut(b->file, at, b->to - at < LINE_LOOK ? b->to - at : LINE_LOOK);
	size_t end;

	if (at >= b->to)
		return false;
	end = slice_find(look, 0, '\n');
	if (end == SLICE_NONE)
		return false;
	*next = at + end + 1;
	if (end > 0 && look.data[end - 1] == '\r')
		end--;
	*line = slice_cut(look, 0, end);
	return true;
}

static bool
all_data(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_data(s.data[i]))
			return false;
	return true;
}

/* A line of a header: a field or what continues one. */
static bool
is_header_line(struct slice line)
{
	return line.len > 0 && (byte_is_blank(line.data[0]) || field_starts(line));
}

/* The leaf whose body holds the border, or NULL. */
static const struct part *
leaf_at(struct borders *b, size_t at)
{
	const struct message *msg = b->msg;

	for (; b->leaf < msg->n_parts; b->leaf++) {
		const struct part *part = &msg->parts[b->leaf];
		size_t start = slice_index(b->file, part->body);

		if (part->kind != PART_LEAF || start == SLICE_NONE || start + part->body.len <= at)
			continue;
		return start < at ? part : NULL;
	}
	return NULL;
}

bool
tear_is_blank(struct slice file, size_t at)
{
	struct slice head = slice_cut(file, at, 64);

	return head.len < 2 || memcmp(head.data, head.data + 1, head.len - 1) == 0;
}

/* A border inside a stretch that is told already says no more. */
static bool
is_told(const struct message *msg, size_t at)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TEAR, fact)))
		if (at >= fact->offset && at < fact->offset + fact->len)
			return true;
	return false;
}

/* The first bytes of another spool file: a length, ImCr, and EwLs not far behind. */
static bool
envelope_begins(const struct borders *b, size_t at)
{
	struct slice look = slice_cut(b->file, at, ENVELOPE_MAX);

	return slice_starts(slice_from(look, 4), "ImCr") &&
	       slice_find_str(look, 8, "EwLs") != SLICE_NONE;
}

/* Bytes that neither text nor its shifts (ESC, SO, SI) nor a page for a typewriter (BS) hold; NUL
 * apart. */
static bool
is_binary(unsigned char byte)
{
	return byte != 0 && byte < 0x20 && !strchr("\b\t\n\f\r\016\017\033", byte);
}

/* Text, and control bytes from the border on. An attachment that is not encoded has them from its
 * first line on. */
static bool
turns_binary(const struct borders *b, const struct part *leaf, size_t at)
{
	size_t from = leaf ? slice_index(b->file, leaf->body) : b->from;
	size_t before = at - from < PURE_BEFORE ? at - from : PURE_BEFORE, n = 0;

	if (b->msg->lines.n_control < 8 || before < 64)
		return false;
	for (size_t i = at; i < b->to && i < at + 64; i++)
		n += is_binary(b->file.data[i]);
	for (size_t i = at - before; i < at; i++)
		if (b->file.data[i] == 0 || is_binary(b->file.data[i]))
			return false;
	return n >= 8;
}

/* The line that holds the border begins as base64, as the full one before it is; behind the border
 * stand other bytes in the same line, and go on. */
static bool
leaves_base64(const struct borders *b, size_t at)
{
	size_t start = line_start(b, at), before, next, odd = 0;
	struct slice line, previous;

	if (start == SLICE_NONE || start < b->from + 2 || !line_at(b, at, &line, &next) ||
	    all_data(line))
		return false;
	for (size_t i = at; i < b->to && i < at + 128; i++)
		odd += !is_data(b->file.data[i]) && !byte_is_space(b->file.data[i]);
	for (size_t i = 0; i < line.len; i++)
		odd += line.data[i] == ' ';
	if (odd < 6 || !all_data(slice_cut(b->file, start, at - start)))
		return false;
	before = line_start(b, start - 1);
	return before != SLICE_NONE && line_at(b, before, &previous, &next) &&
	       previous.len >= FULL_LINE && all_data(previous);
}

/* Capitals, small letters and digits: words of one kind of letters are no base64. */
static bool
is_mixed(struct slice line)
{
	bool upper = false, lower = false, digit = false;

	for (size_t i = 0; i < line.len; i++) {
		upper |= line.data[i] >= 'A' && line.data[i] <= 'Z';
		lower |= line.data[i] >= 'a' && line.data[i] <= 'z';
		digit |= byte_is_digit(line.data[i]);
	}
	return upper && lower && digit;
}

/* Words before the border; behind it, in the same line, letters of base64 alone, and three full
 * lines of them. Who writes base64 into a text begins a line with it. */
static bool
enters_base64(const struct borders *b, size_t at)
{
	size_t start = line_start(b, at), next, len = 0;
	struct slice line;

	if (start == SLICE_NONE || !line_at(b, at, &line, &next) || line.len == 0 ||
	    !all_data(line) || !memchr(b->file.data + start, ' ', at - start))
		return false;
	for (int i = 0; i < 3; i++) {
		if (!line_at(b, next, &line, &next) || line.len < FULL_LINE || !all_data(line) ||
		    !is_mixed(line) || (i > 0 && line.len != len))
			return false;
		len = line.len;
	}
	return true;
}

/* Whether the n lines behind the one that holds `at` are header lines (or, wanted false, none of
 * them is, nor empty). */
static bool
lines_behind(const struct borders *b, size_t at, int n, bool wanted)
{
	struct slice line;
	size_t next;

	if (!line_at(b, at, &line, &next))
		return false;
	for (int i = 0; i < n; i++) {
		if (!line_at(b, next, &line, &next) || line.len == 0 ||
		    is_header_line(line) != wanted)
			return false;
	}
	return true;
}

/* Inside the header: the line that holds the border is a header line, the two behind it are none.
 * One stray line, or a body without the empty line before it, is a mailer's; here the header goes
 * on before the border and its end is not where the text begins. */
static bool
leaves_header(const struct borders *b, size_t at)
{
	size_t start = line_start(b, at), next;
	struct slice line;

	return start != SLICE_NONE && line_at(b, start, &line, &next) && is_header_line(line) &&
	       lines_behind(b, at, 3, false);
}

/* A field that every mail has, or none but mail. */
static bool
is_common_field(struct slice line)
{
	static const char *const names[] = { "Received:", "Message-Id:", "MIME-Version:", "Date:",
		"Content-Type:", "Subject:", "From:", "To:", "X-Mailer:", "Return-Path:" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (slice_starts_nocase(line, names[i]))
			return true;
	return false;
}

/* A sector of a header in a text: words, and from this border to the next one header lines without
 * the empty line that ends a header; then words again. */
static bool
visits_header(const struct borders *b, size_t at)
{
	size_t start = line_start(b, at), end = at + TEAR_UNIT, next = at, fields = 0;
	struct slice line;
	bool common = false;

	if (start == SLICE_NONE || end >= b->to || !line_at(b, start, &line, &next) ||
	    is_header_line(line))
		return false;
	while (next < end) {
		if (!line_at(b, next, &line, &next) || !is_header_line(line))
			return false;
		fields += !byte_is_blank(line.data[0]);
		common |= is_common_field(line);
	}
	return fields >= 3 && common && lines_behind(b, end, 2, false);
}

/* What the mail turns into at the border, or 0. */
static int
kind_at(struct borders *b, size_t at)
{
	size_t text = slice_index(b->file, b->msg->lines.text);
	const struct part *leaf = leaf_at(b, at);

	if ((leaf && leaf->encoding == ENCODING_BINARY) || tear_is_blank(b->file, at))
		return 0;
	if (envelope_begins(b, at))
		return TEAR_TO_ENVELOPE;
	if (turns_binary(b, leaf, at))
		return TEAR_TO_BINARY;
	if (!leaf) {
		struct slice header = b->msg->n_parts ? b->msg->parts[0].header : b->file;

		return at < text + header.len && leaves_header(b, at) ? TEAR_HEADER_TO_TEXT : 0;
	}
	if (leaf->encoding == ENCODING_BASE64)
		return leaves_base64(b, at) ? TEAR_FROM_BASE64 : 0;
	if (leaf->encoding == ENCODING_UUENCODE || leaf->encoding == ENCODING_BINHEX)
		return 0;
	if (enters_base64(b, at))
		return TEAR_TO_BASE64;
	return part_is(leaf, "text", NULL) && visits_header(b, at) ? TEAR_TEXT_TO_HEADER : 0;
}

static void
tear_parse(struct message *msg, struct arena *arena)
{
	struct borders b = { .msg = msg, .arena = arena, .file = msg->file };
	size_t text = slice_index(msg->file, msg->lines.text);

	if (text == SLICE_NONE || msg->lines.text.len == 0)
		return;
	b.from = text;
	b.to = text + msg->lines.text.len;
	tear_find_steps(msg, arena);
	for (size_t at = (text / TEAR_UNIT + 1) * TEAR_UNIT; at < b.to; at += TEAR_UNIT) {
		int kind = msg->file.data[at - 1] == '\n' ? 0 : kind_at(&b, at);

		if (kind && !is_told(msg, at))
			lines_fact(msg, arena, FACT_TEAR, at, 0, (uint64_t)kind);
	}
}

const struct parser parser_tear = { "tear", NULL, tear_parse };
