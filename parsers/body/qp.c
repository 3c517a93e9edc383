/* qp.c - quoted-printable bodies: decode and check (RFC 2045 section 6.7). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "body.h"

#include <string.h>

#include "bytes.h"

#define LINE_MAX_ENCODED 76u
#define COPY_MAX 1024u   /* bytes of a token that stand for themselves, about */
#define MARK_EVERY 1024u /* decoded bytes between two marks, at least */
#define MOSTLY_MIN 100u  /* decoded bytes of a body that is called "mostly encoded" */

enum token_kind { TOKEN_COPY, TOKEN_ESCAPE, TOKEN_SOFT_BREAK, TOKEN_DROP, TOKEN_BAD };

/* The next piece of encoded text: `encoded` bytes that stand for `decoded` ones. */
struct token {
	enum token_kind kind;
	size_t encoded, decoded;
	unsigned char byte; /* TOKEN_ESCAPE */
	bool at_end;        /* nothing but a line end follows in the body */
};

/* Bytes of the line end at `at`: 2, 1, or 0 when there is none. */
static size_t
line_end_at(struct slice body, size_t at)
{
	if (at < body.len && body.data[at] == '\n')
		return 1;
	return at + 1 < body.len && body.data[at] == '\r' && body.data[at + 1] == '\n' ? 2 : 0;
}

static size_t
skip_blanks(struct slice body, size_t at)
{
	while (at < body.len && byte_is_blank(body.data[at]))
		at++;
	return at;
}

static struct token
escape_token(struct slice body, size_t at)
{
	int high = at + 1 < body.len ? byte_hex(body.data[at + 1]) : -1;
	int low = at + 2 < body.len ? byte_hex(body.data[at + 2]) : -1;
	size_t after, line_end, run = 1;

	if (high >= 0 && low >= 0)
		return (
		    struct token){ TOKEN_ESCAPE, 3, 1, (unsigned char)(high * 16 + low), false };
	after = skip_blanks(body, at + 1);
	line_end = line_end_at(body, after);
	if (line_end > 0 || after == body.len)
		return (struct token){ TOKEN_SOFT_BREAK, after + line_end - at, 0, 0,
			after + line_end == body.len };
	/* A ruler of '=' is one fault; its last '=' may still begin an escape. */
	while (
	    at + run + 1 < body.len && body.data[at + run] == '=' && body.data[at + run + 1] == '=')
		run++;
	return (struct token){ TOKEN_BAD, run, run, 0, high >= 0 && at + 2 == body.len };
}

/* Where the run of bytes ends that stand for themselves: before an '=', before blanks that nothing
 * but a line end follows, and not far on. `at` is where nothing of that kind stands. */
static size_t
copy_end(struct slice body, size_t at)
{
	const struct slice look = slice_cut(body, 0, at + COPY_MAX);
	size_t from = at, end, blank;

	for (;; from = end + 1) {
		end = bytes_find_either(look, from, '=', '\n');
		if (end == SLICE_NONE)
			end = look.len;
		else if (look.data[end] == '=')
			return end;
		blank = end;
		/* Where the look ends a CR is perhaps that of a line end. */
		if (((end < look.len && blank > at) ||
			(end == look.len && end < body.len && blank > at + 1)) &&
		    body.data[blank - 1] == '\r')
			blank--;
		const size_t line_end = blank;

		while (blank > at && byte_is_blank(body.data[blank - 1]))
			blank--;
		if (blank < line_end || end == look.len)
			return blank > at ? blank : at;
	}
}

static struct token
next_token(struct slice body, size_t at)
{
	size_t end = at;

	if (body.data[at] == '=')
		return escape_token(body, at);
	if (byte_is_blank(body.data[at])) {
		end = skip_blanks(body, at);
		/* Blanks before a line end are none of the text: a relay added them. */
		if (line_end_at(body, end) > 0 || end == body.len)
			return (struct token){ TOKEN_DROP, end - at, 0, 0, false };
		return (struct token){ TOKEN_COPY, end - at, end - at, 0, false };
	}
	end = copy_end(body, at);
	return (struct token){ TOKEN_COPY, end - at, end - at, 0, false };
}

static void
record(struct message *msg, struct arena *arena, int part, enum fact_kind kind, size_t at,
    size_t len, uint64_t value)
{
	message_fact_at(
	    msg, arena, kind, part, -1, slice_cut(msg->parts[part].body, at, len), value);
}

static void
check_token(
    struct message *msg, struct arena *arena, int part, size_t at, const struct token *token)
{
	if (token->kind == TOKEN_SOFT_BREAK && token->at_end)
		record(msg, arena, part, FACT_QP_ENDS_IN_ESCAPE, at, token->encoded, 1);
	else if (token->kind == TOKEN_BAD && token->at_end)
		record(msg, arena, part, FACT_QP_ENDS_IN_ESCAPE, at, 2, 2);
	else if (token->kind == TOKEN_BAD)
		record(msg, arena, part, FACT_QP_BAD_ESCAPE, at, token->encoded, 0);
}

/* One body under way: what its escapes and line ends are like. */
struct forms {
	struct message *msg;
	struct arena *arena;
	int part;
	bool is_text;
	unsigned seen; /* bit set of enum qp_form */
	size_t n_escapes;
};

static void
note(struct forms *forms, enum qp_form form, size_t at, size_t len)
{
	if (forms->seen & (1u << form))
		return;
	forms->seen |= 1u << form;
	record(forms->msg, forms->arena, forms->part, FACT_QP_FORM, at, len, form);
}

static bool
is_lower_hex(unsigned char byte)
{
	return byte >= 'a' && byte <= 'f';
}

/* A letter at the start of a line may be encoded for a reason: "From ", a lone dot. */
static void
note_escape(struct forms *forms, struct slice body, size_t at, unsigned char byte)
{
	bool starts_line = at == 0 || body.data[at - 1] == '\n';

	forms->n_escapes++;
	if (is_lower_hex(body.data[at + 1]) || is_lower_hex(body.data[at + 2]))
		note(forms, QP_LOWER_HEX, at, 3);
	if (!forms->is_text)
		return;
	if (byte == '\r' && slice_starts_nocase(slice_cut(body, at + 3, 3), "=0a"))
		note(forms, QP_ENCODED_CRLF, at, 6);
	if ((byte_is_alpha(byte) || byte_is_digit(byte)) && !starts_line)
		note(forms, QP_NEEDLESS, at, 3);
}

/* Where the file stops short, no line ends. */
static bool
is_end_of_data(const struct message *msg, struct slice body, size_t at)
{
	const struct slice text = msg->lines.text;

	return body.data + at == text.data + text.len;
}

static void
note_form(struct forms *forms, struct slice body, size_t at, const struct token *token)
{
	if (token->kind == TOKEN_ESCAPE)
		note_escape(forms, body, at, token->byte);
	else if (token->kind == TOKEN_DROP &&
		 !is_end_of_data(forms->msg, body, at + token->encoded))
		note(forms, QP_TRAILING_BLANK, at, token->encoded);
	else if (token->kind == TOKEN_SOFT_BREAK && token->encoded > 1 &&
		 byte_is_blank(body.data[at + 1]))
		note(forms, QP_SOFT_BREAK_BLANK, at, token->encoded);
}

static void
check_bytes(struct message *msg, struct arena *arena, int part)
{
	struct slice body = msg->parts[part].body;
	size_t n_8bit = 0, first_8bit = 0;

	for (size_t i = bytes_find_odd(body, 0, BYTES_HIGH | BYTES_CONTROL); i != SLICE_NONE;
	     i = bytes_find_odd(body, i + 1, BYTES_HIGH | BYTES_CONTROL)) {
		unsigned char byte = body.data[i];

		if (byte >= 0x80 && n_8bit++ == 0)
			first_8bit = i;
		if (byte < 0x80 && !byte_is_space(byte))
			record(msg, arena, part, FACT_QP_CONTROL, i, 1, byte);
	}
	if (n_8bit > 0)
		record(msg, arena, part, FACT_QP_8BIT, first_8bit, 1, n_8bit);
}

static void
check_lines(struct message *msg, struct arena *arena, int part)
{
	struct body_lines lines = { .text = msg->parts[part].body };
	struct slice line;

	if (msg->lines.longest <= LINE_MAX_ENCODED && !msg->facts_seen[FACT_CR_ONLY])
		return;
	while (body_next_line(&lines, &line))
		if (line.len > LINE_MAX_ENCODED)
			message_fact_at(msg, arena, FACT_QP_LONG_LINE, part, -1, line, line.len);
}

void
qp_decode(struct message *msg, struct arena *arena, int index)
{
	struct part *part = &msg->parts[index];
	struct body_marks marks = { .arena = arena };
	struct forms forms = { msg, arena, index, part_is(part, "text", NULL), 0, 0 };
	unsigned char *out = arena_alloc(arena, part->body.len, 1);
	size_t n_out = 0;

	for (size_t at = 0; at < part->body.len;) {
		struct token token = next_token(part->body, at);

		if (marks.n == 0 || n_out - marks.list[marks.n - 1].decoded >= MARK_EVERY)
			body_marks_add(&marks, n_out, at);
		if (token.kind == TOKEN_ESCAPE)
			out[n_out] = token.byte;
		else if (token.decoded > 0)
			memcpy(out + n_out, part->body.data + at, token.decoded);
		check_token(msg, arena, index, at, &token);
		note_form(&forms, part->body, at, &token);
		n_out += token.decoded;
		at += token.encoded;
	}
	if (n_out >= MOSTLY_MIN && forms.n_escapes > n_out / 2)
		note(&forms, QP_MOSTLY, 0, part->body.len);
	part->decoded = slice_of(out, n_out);
	part->decoded_is_body = false;
	part->marks = marks.list;
	part->n_marks = marks.n;
	check_bytes(msg, arena, index);
	check_lines(msg, arena, index);
}

size_t
qp_locate(const struct part *part, size_t pos)
{
	struct body_mark mark = body_marks_before(part, pos);
	size_t decoded = mark.decoded;

	for (size_t at = mark.encoded; at < part->body.len;) {
		struct token token = next_token(part->body, at);

		if (pos < decoded + token.decoded)
			return at + (pos - decoded);
		decoded += token.decoded;
		at += token.encoded;
	}
	return SLICE_NONE;
}
