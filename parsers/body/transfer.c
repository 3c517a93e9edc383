/*
 * transfer.c - leaf bodies: transfer decoding, and checks of the bytes as they were sent.
 *
 * RFC 2045 section 6 for the encodings; line length and bytes of 7bit and 8bit data: section 2.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parser.h"

#include "body.h"
#include "bytes.h"

#define LINE_MAX_SENT 998u

uint64_t
body_count_8bit(struct slice s, size_t *first)
{
	struct byte_counts counts = { 0 };

	*first = bytes_find_odd(s, 0, BYTES_HIGH);
	if (*first == SLICE_NONE)
		return 0;
	bytes_count(slice_from(s, *first), &counts);
	return counts.high;
}

/* Whether the label tells of 8-bit bytes or of none, and is right. */
static void
check_domain(struct message *msg, struct arena *arena, int index)
{
	const struct part *part = &msg->parts[index];
	bool allowed = part->encoding == ENCODING_8BIT;
	size_t first;
	uint64_t count;

	if (!allowed && part->encoding != ENCODING_NONE && part->encoding != ENCODING_7BIT)
		return;
	count = body_count_8bit(part->body, &first);
	if (allowed && count == 0)
		message_fact_at(
		    msg, arena, FACT_8BIT_NEEDLESS, index, -1, slice_cut(part->body, 0, 0), 0);
	else if (!allowed && count > 0)
		message_fact_at(msg, arena, FACT_7BIT_HAS_8BIT, index, -1,
		    slice_cut(part->body, first, 1), count);
}

static void
check_nul(struct message *msg, struct arena *arena, int index)
{
	struct slice body = msg->parts[index].body;
	size_t first = slice_find(body, 0, 0);
	struct byte_counts counts = { 0 };

	if (first == SLICE_NONE)
		return;
	bytes_count(slice_from(body, first), &counts);
	message_fact_at(
	    msg, arena, FACT_BODY_NUL, index, -1, slice_cut(body, first, 1), counts.nul);
}

struct bare_count {
	uint64_t n;
	size_t first;
};

static void
bare_add(struct bare_count *bare, size_t at)
{
	if (bare->n++ == 0)
		bare->first = at;
}

static void
bare_record(struct message *msg, struct arena *arena, int index, enum fact_kind kind,
    const struct bare_count *bare)
{
	if (bare->n > 0)
		message_fact_at(msg, arena, kind, index, -1,
		    slice_cut(msg->parts[index].body, bare->first, 1), bare->n);
}

/* Bare CRs among `len` bytes from `at`; a CR as last byte of them is the caller's business. */
static void
count_bare_cr(struct slice body, size_t at, size_t len, struct bare_count *bare)
{
	struct slice part = slice_cut(body, 0, at + len);

	for (size_t i = slice_find(part, at, '\r'); i != SLICE_NONE;
	     i = slice_find(part, i + 1, '\r'))
		bare_add(bare, i);
}

/* yEnc encodes bodies that nothing else encodes. */
static bool
may_be_yenc(const struct part *part)
{
	return part->encoding != ENCODING_BASE64 && part->encoding != ENCODING_QP;
}

/* No line of the whole mail is too long, and none ends in anything but CRLF, nor does the body
 * begin or end inside of one. */
static bool
lines_are_plain(const struct message *msg, struct slice body)
{
	return msg->lines.n_bare_cr == 0 && msg->lines.n_bare_lf == 0 &&
	       msg->lines.longest <= LINE_MAX_SENT && body.len > 0 && body.data[0] != '\n' &&
	       body.data[body.len - 1] != '\r';
}

/* What is left to do then: blocks of yEnc, which begin with a line of their own. */
static void
read_yenc_blocks(struct message *msg, struct arena *arena, int index)
{
	struct slice body = msg->parts[index].body;
	size_t done = 0, at = 0;

	while (at < body.len) {
		if (at >= done && body.data[at] == '=' && yenc_begins(body, at))
			done = yenc_read(msg, arena, index, at);
		at = bytes_find_pair(body, at, '\n', '=');
		if (at == SLICE_NONE)
			return;
		at++;
	}
}

static void
check_lines(struct message *msg, struct arena *arena, int index)
{
	struct slice body = msg->parts[index].body;
	struct bare_count cr = { 0 }, lf = { 0 };
	size_t at = 0, yenc_end = may_be_yenc(&msg->parts[index]) ? 0 : body.len;

	while (at < body.len) {
		size_t end = slice_find(body, at, '\n');
		bool has_lf = end != SLICE_NONE;
		size_t len = (has_lf ? end : body.len) - at;
		bool crlf = has_lf && len > 0 && body.data[end - 1] == '\r';

		if (body.data[at] == '=' && at >= yenc_end && yenc_begins(body, at))
			yenc_end = yenc_read(msg, arena, index, at);
		len -= crlf;
		if (len > LINE_MAX_SENT)
			message_fact_at(msg, arena, FACT_BODY_LONG_LINE, index, -1,
			    slice_cut(body, at, len), len);
		count_bare_cr(body, at, len, &cr);
		if (has_lf && !crlf)
			bare_add(&lf, end);
		at += len + crlf + has_lf;
	}
	if (msg->lines.n_crlf == 0)
		return;
	bare_record(msg, arena, index, FACT_BODY_BARE_CR, &cr);
	bare_record(msg, arena, index, FACT_BODY_BARE_LF, &lf);
}

static void
decode(struct message *msg, struct arena *arena, int index)
{
	struct part *part = &msg->parts[index];

	switch (part->encoding) {
	case ENCODING_BASE64:
		base64_decode(msg, arena, index);
		break;
	case ENCODING_QP:
		qp_decode(msg, arena, index);
		break;
	default: /* uuencode.c and binhex.c look at theirs later */
		part->decoded = part->body;
		part->decoded_is_body = true;
		break;
	}
}

static void
parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		if (msg->parts[i].kind != PART_LEAF)
			continue;
		decode(msg, arena, (int)i);
		encoded_text_check(msg, arena, (int)i);
		if (msg->parts[i].encoding == ENCODING_BINARY) {
			yenc_find(msg, arena, (int)i);
			continue;
		}
		check_domain(msg, arena, (int)i);
		if (msg->lines.n_nul > 0)
			check_nul(msg, arena, (int)i);
		if (!lines_are_plain(msg, msg->parts[i].body))
			check_lines(msg, arena, (int)i);
		else if (may_be_yenc(&msg->parts[i]))
			read_yenc_blocks(msg, arena, (int)i);
	}
}

uint64_t
part_file_offset(const struct message *msg, const struct part *part, size_t pos)
{
	uint64_t base = message_offset(msg, part->body);
	size_t at = SLICE_NONE;

	if (base == OFFSET_NONE || pos >= part->decoded.len)
		return OFFSET_NONE;
	if (part->decoded_is_body)
		return message_offset(msg, slice_cut(part->decoded, pos, 1));
	if (part->encoding == ENCODING_BASE64)
		at = base64_locate(part, pos);
	else if (part->encoding == ENCODING_QP)
		at = qp_locate(part, pos);
	else if (part->encoding == ENCODING_UUENCODE)
		at = uu_locate(part, pos);
	return at == SLICE_NONE ? OFFSET_NONE : base + at;
}

const struct parser parser_transfer = { "transfer", NULL, parse };
