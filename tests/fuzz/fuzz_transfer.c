/*
 * fuzz_transfer.c - libFuzzer target: base64, quoted-printable and yEnc, beside slow plain decoders.
 *
 * The decoders here share no code and no method with those of the program. What the encoders of
 * tests/mkspool write must come back whole and without complaint.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "harness.h"
#include "mkspool/encode.h"

#define BASE64 "Content-Transfer-Encoding: base64\r\n\r\n"
#define QP "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
#define YENC "Content-Transfer-Encoding: 8bit\r\n\r\n"
#define ROUND_TRIP_MIN 3500u /* decoded bytes: beyond the distance of two marks */

static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_transfer, NULL };

/* A stream of six bits each; '=' drops what does not fill a byte. */
static void
plain_base64(struct slice body, struct buf *out)
{
	static const char alphabet[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned bits = 0, n_bits = 0;

	for (size_t i = 0; i < body.len; i++) {
		const char *symbol = memchr(alphabet, body.data[i], 64);

		if (body.data[i] == '=')
			n_bits = bits = 0;
		if (!symbol)
			continue;
		bits = (bits << 6 | (unsigned)(symbol - alphabet)) & 0xffff;
		n_bits += 6;
		if (n_bits >= 8)
			buf_byte(out, (unsigned char)(bits >> (n_bits -= 8)));
	}
}

/* A line without its end: escapes, everything else as it stands. */
static void
plain_qp_line(struct slice line, struct buf *out)
{
	for (size_t i = 0; i < line.len; i++) {
		int high = i + 2 < line.len ? byte_hex(line.data[i + 1]) : -1;
		int low = i + 2 < line.len ? byte_hex(line.data[i + 2]) : -1;

		if (line.data[i] == '=' && high >= 0 && low >= 0) {
			buf_byte(out, (unsigned char)(high * 16 + low));
			i += 2;
		} else {
			buf_byte(out, line.data[i]);
		}
	}
}

/* Line by line: blanks at its end go, and a last '=' takes the line end with it. */
static void
plain_qp(struct slice body, struct buf *out)
{
	for (size_t at = 0; at < body.len;) {
		size_t lf = slice_find(body, at, '\n');
		struct slice line = slice_cut(body, at, (lf == SLICE_NONE ? body.len : lf) - at);
		const char *end = lf == SLICE_NONE ? "" : slice_ends(line, "\r") ? "\r\n" : "\n";

		at += line.len + (lf != SLICE_NONE);
		line.len -= end[0] == '\r';
		while (line.len > 0 && byte_is_blank(line.data[line.len - 1]))
			line.len--;
		if (slice_ends(line, "=")) {
			line.len--;
			end = "";
		}
		plain_qp_line(line, out);
		buf_str(out, end);
	}
}

/* Footers of lists end base64 early; the fact about one may be among those not kept. */
static bool
may_end_early(const struct message *msg)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_BASE64_BAD_BYTE, fact)))
		if (fact->value >= 256)
			return true;
	return msg->facts_seen[FACT_BASE64_BAD_BYTE] > FACTS_KEPT;
}

static void
try_any(const char *head, struct slice body, void (*plain)(struct slice, struct buf *))
{
	struct pool pool = { NULL };
	struct buf *out = pool_buf(&pool);
	struct subject subject;
	struct slice decoded;

	subject_open(&subject, head, body, "", parsers);
	/* NUL and EwLs in the body make the head of the file an envelope. */
	if (subject.msg.envelope.kind == ENVELOPE_NONE) {
		plain(subject.msg.parts[0].body, out);
		decoded = subject_decoded(&subject);
		assert(decoded.len <= out->len);
		assert(decoded.len == out->len || may_end_early(&subject.msg));
		assert(decoded.len == 0 || memcmp(decoded.data, out->data, decoded.len) == 0);
	}
	subject_close(&subject);
	pool_clear(&pool);
}

/* Encoded text comes back as it was. */
static void
check_round_trip(
    const char *head, const struct buf *text, const struct buf *encoded, enum fact_kind last)
{
	struct subject subject;

	subject_open(&subject, head, slice_of(encoded->data, encoded->len), "", parsers);
	assert(slice_same(subject_decoded(&subject), slice_of(text->data, text->len)));
	assert(subject_met(&subject, FACT_BASE64_BAD_BYTE, last) == 0);
	subject_close(&subject);
}

/* yEnc in lines of 100 bytes; what must be escaped is. */
static void
plain_yenc(struct slice data, struct buf *out)
{
	static const char critical[] = { 0, '\n', '\r', '=' };

	buf_fmt(out, "=ybegin line=100 size=%zu name=a\r\n", data.len);
	for (size_t i = 0; i < data.len; i++) {
		unsigned char byte = (unsigned char)(data.data[i] + 42);

		if (memchr(critical, byte, sizeof critical)) {
			buf_byte(out, '=');
			byte = (unsigned char)(byte + 64);
		}
		buf_byte(out, byte);
		if (i % 100 == 99)
			buf_str(out, "\r\n");
	}
	buf_fmt(out, "\r\n=yend size=%zu\r\n", data.len);
}

static void
try_yenc(struct slice data)
{
	struct pool pool = { NULL };
	struct buf *out = pool_buf(&pool);
	struct subject subject;

	plain_yenc(data, out);
	subject_open(&subject, YENC, slice_of(out->data, out->len), "", parsers);
	assert(subject_met(&subject, FACT_YENC_BEGIN, FACT_YENC_BEGIN) == 1);
	assert(message_next_fact(&subject.msg, FACT_YENC_BEGIN, NULL)->value == data.len);
	assert(subject_met(&subject, FACT_YENC_FAULT, FACT_YENC_FAULT) == 0);
	subject_close(&subject);
	pool_clear(&pool);
}

static void
try_round_trip(struct slice data)
{
	struct pool pool = { NULL };
	struct buf *text = pool_buf(&pool), *base64 = pool_buf(&pool), *qp = pool_buf(&pool);

	do
		buf_add(text, data.data, data.len);
	while (data.data[0] % 8 == 1 && text->len < ROUND_TRIP_MIN);
	encode_base64(base64, text->data, text->len, 72);
	check_round_trip(BASE64, text, base64, FACT_BASE64_EMPTY);
	encode_qp(qp, text->data, text->len);
	check_round_trip(QP, text, qp, FACT_QP_CONTROL);
	pool_clear(&pool);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return -1;
	try_any(BASE64, slice_of(data, size), plain_base64);
	try_any(QP, slice_of(data, size), plain_qp);
	subject_try("\r\n", slice_of(data, size), "", parsers);
	try_round_trip(slice_of(data, size));
	try_yenc(slice_of(data, size));
	return 0;
}
