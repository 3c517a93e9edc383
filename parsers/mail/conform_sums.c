/*
 * conform_sums.c - fields that count or sum up a body: Content-MD5 (RFC 1864), Content-Length and
 * Lines.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <openssl/evp.h>

#include "conform.h"
#include "mail.h"

#define MD5_LEN 16
#define MD5_TEXT_LEN 24u /* base64 of it */
#define SLACK 2u         /* bytes or lines by which mailers differ in what they count */

static bool
md5(struct slice data, unsigned char *sum)
{
	unsigned len = 0;

	return EVP_Digest(data.data, data.len, sum, &len, EVP_md5(), NULL) == 1 && len == MD5_LEN;
}

/* The library fetches the algorithm on first use. Where policy forbids MD5, nothing is compared. */
bool
conform_sums_warm(void)
{
	unsigned char sum[MD5_LEN];

	(void)md5(slice_str("warm"), sum);
	return true;
}

/* The sum is that of the canonical form, with CRLF: a text that lost its CRs cannot be compared. */
static bool
is_canonical(const struct part *part)
{
	return !part_is(part, "text", NULL) || slice_find(part->decoded, 0, '\n') == SLICE_NONE ||
	       slice_find_str(part->decoded, 0, "\r\n") != SLICE_NONE;
}

static void
check_md5(const struct conform *at, struct slice text, size_t from)
{
	const struct part *part = &at->msg->parts[at->part];
	unsigned char sum[MD5_LEN], encoded[MD5_TEXT_LEN + 1];
	bool formed = text.len == MD5_TEXT_LEN && slice_ends(text, "==");

	for (size_t i = 0; formed && i + 2 < text.len; i++)
		formed = byte_base64(text.data[i]) >= 0;
	if (!formed) {
		conform_fact(at, FACT_DIGEST_WRONG, from, from + text.len, 1);
		return;
	}
	if (part->kind != PART_LEAF || at->msg->partial || !is_canonical(part) ||
	    !md5(part->decoded, sum))
		return;
	EVP_EncodeBlock(encoded, sum, MD5_LEN);
	if (!slice_same(text, slice_of(encoded, MD5_TEXT_LEN)))
		conform_fact(at, FACT_DIGEST_WRONG, from, from + text.len, 0);
}

static bool
is_near(uint64_t told, uint64_t counted)
{
	return told <= counted + SLACK && counted <= told + SLACK;
}

/* Systems with mailboxes count LF as line end, or CRLF: both are right. */
static void
check_length(const struct conform *at, struct slice digits, size_t from, bool lines)
{
	struct slice body = at->msg->parts[at->part].body;
	uint64_t told = 0, n_lines = 0, counted;

	if (digits.len == 0 || digits.len > 12 || at->msg->partial || at->part != 0)
		return;
	for (size_t i = 0; i < digits.len; i++) {
		if (!byte_is_digit(digits.data[i]))
			return;
		told = told * 10 + (uint64_t)(digits.data[i] - '0');
	}
	for (size_t i = 0; i < body.len; i++)
		n_lines += body.data[i] == '\n';
	counted = lines ? n_lines : body.len;
	if (is_near(told, counted) ||
	    (!lines && (is_near(told, counted - n_lines) || is_near(told, counted + n_lines))))
		return;
	conform_fact(at, FACT_LENGTH_WRONG, from, from + digits.len, counted);
}

/* The first field of that name in the part's header block; SIZE_MAX: none. Of repeated ones only
 * the first is compared, so that a body is read once. */
static size_t
first_named(const struct message *msg, int part, const char *name)
{
	const struct part *here = &msg->parts[part];

	for (size_t i = here->first_field; i < here->first_field + here->n_fields; i++)
		if (msg->fields[i].id == FIELD_OTHER && slice_eq_nocase(msg->fields[i].name, name))
			return i;
	return SIZE_MAX;
}

void
conform_sums(struct message *msg, struct arena *arena, int part)
{
	static const char *const names[] = { "Content-MD5", "Content-Length", "Lines" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		size_t index = first_named(msg, part, names[i]);
		struct conform at = { msg, arena, part, (int)index, { NULL, 0 } };
		struct slice text;
		size_t from;

		if (index == SIZE_MAX)
			continue;
		at.value = msg->fields[index].value;
		text = slice_trim(at.value);
		from = text.len ? slice_index(at.value, text) : 0;
		if (i == 0)
			check_md5(&at, text, from);
		else
			check_length(&at, text, from, i == 2);
	}
}
