/* encode.c - transfer encodings: base64 and quoted-printable (RFC 2045). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "salvage/encode.h"

#define LINE 76u /* columns, also those of a soft line break */
#define GROUPS 19u

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char digits[] = "0123456789ABCDEF";

static void
put_group(struct out *out, struct slice three)
{
	const unsigned a = three.data[0], b = three.len > 1 ? three.data[1] : 0;
	const unsigned c = three.len > 2 ? three.data[2] : 0;

	out_byte(out, (unsigned char)alphabet[a >> 2]);
	out_byte(out, (unsigned char)alphabet[(a & 3) << 4 | b >> 4]);
	out_byte(out, (unsigned char)(three.len > 1 ? alphabet[(b & 15) << 2 | c >> 6] : '='));
	out_byte(out, (unsigned char)(three.len > 2 ? alphabet[c & 63] : '='));
}

void
coded_base64(struct out *out, struct slice bytes)
{
	for (size_t at = 0, n = 0; at < bytes.len; at += 3, n++) {
		if (n == GROUPS) {
			out_crlf(out);
			n = 0;
		}
		put_group(out, slice_cut(bytes, at, 3));
	}
}

size_t
coded_base64_size(size_t len)
{
	const size_t groups = len / 3 + (len % 3 > 0);

	return groups * 4 + groups / GROUPS * 2;
}

/* ---- quoted-printable ---- */

static bool
is_line_end(struct slice text, size_t at)
{
	return at + 1 < text.len && text.data[at] == '\r' && text.data[at + 1] == '\n';
}

/* Whether the byte must be escaped where it stands. */
static bool
needs_escape(struct slice text, size_t at, bool first)
{
	const unsigned char byte = text.data[at];

	if (byte_is_blank(byte))
		return at + 1 == text.len || is_line_end(text, at + 1);
	/* A dot would be stuffed by SMTP, "From " by mailboxes; dashes may look like a delimiter. */
	if (first && (byte == '.' || byte == '-' ||
			 (byte == 'F' && slice_starts(slice_from(text, at), "From "))))
		return true;
	return byte < 0x20 || byte >= 0x7f || byte == '=';
}

/* Where the text goes: written, or only counted. */
struct qp {
	struct out *out; /* NULL: count */
	size_t len, column;
};

static void
qp_put(struct qp *qp, const char *bytes, size_t len)
{
	if (qp->out)
		out_slice(qp->out, slice_of(bytes, len));
	qp->len += len;
	qp->column += len;
}

static void
qp_break(struct qp *qp, bool soft)
{
	qp_put(qp, soft ? "=\r\n" : "\r\n", soft ? 3 : 2);
	qp->column = 0;
}

static void
qp_write(struct qp *qp, struct slice text)
{
	for (size_t at = 0; at < text.len; at++) {
		const unsigned char byte = text.data[at];
		const char escaped[3] = { '=', digits[byte >> 4], digits[byte & 15] };
		size_t width;

		if (is_line_end(text, at)) {
			qp_break(qp, false);
			at++;
			continue;
		}
		width = needs_escape(text, at, qp->column == 0) ? 3 : 1;
		/* The last column is for the '=' of a soft break. */
		if (qp->column + width >= LINE) {
			qp_break(qp, true);
			width = needs_escape(text, at, true) ? 3 : 1;
		}
		qp_put(qp, width == 3 ? escaped : (const char *)&byte, width);
	}
}

void
coded_qp(struct out *out, struct slice text)
{
	struct qp qp = { .out = out };

	qp_write(&qp, text);
}

size_t
coded_qp_size(struct slice text)
{
	struct qp qp = { .out = NULL };

	qp_write(&qp, text);
	return qp.len;
}
