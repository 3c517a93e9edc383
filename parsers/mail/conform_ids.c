/*
 * conform_ids.c - identifiers in angle brackets: Message-ID, Content-ID, References, In-Reply-To.
 *
 * RFC 5322 section 3.6.4. RFC 822 section 4.6 let phrases stand among them; where the field is
 * folded does not matter.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "conform.h"

#include "date.h"

#define SHORT_ID 4u /* bytes: "a@b", or "1@bc" */

struct ids {
	const struct conform *at;
	bool list;
	size_t n;
	bool told[ID_SHORT + 1]; /* each form once a field */
};

static void
tell(struct ids *ids, enum id_form form, size_t from, size_t end)
{
	if (!ids->told[form])
		conform_fact(ids->at, FACT_IDENTIFIER_FORM, from, end, form);
	ids->told[form] = true;
}

/* Digits and dots, at least three of them: an address of the Internet without its brackets. */
static bool
is_bare_address(struct slice domain)
{
	size_t dots = 0;

	for (size_t i = 0; i < domain.len; i++) {
		if (domain.data[i] == '.')
			dots++;
		else if (!byte_is_digit(domain.data[i]))
			return false;
	}
	return dots == 3;
}

/* value[from, end) stands between < and >. */
static void
judge(struct ids *ids, size_t from, size_t end)
{
	struct slice id = slice_cut(ids->at->value, from, end - from);
	size_t sign = slice_rfind(id, '@');

	if (slice_trim(id).len == 0) {
		tell(ids, ID_EMPTY, from - 1, end + 1);
		return;
	}
	for (size_t i = 0; i < id.len; i++) {
		if (byte_is_space(id.data[i])) {
			tell(ids, ID_BLANK, from + i, from + i + 1);
			break;
		}
	}
	if (sign == SLICE_NONE)
		tell(ids, ID_NO_AT, from, end);
	else if (is_bare_address(slice_from(id, sign + 1)))
		tell(ids, ID_BARE_ADDRESS, from + sign + 1, end);
	else if (id.len <= SHORT_ID)
		tell(ids, ID_SHORT, from, end);
}

/* An identifier begins at pos; returns the place behind it. */
static size_t
take_id(struct ids *ids, size_t pos)
{
	struct slice value = ids->at->value;
	size_t end = slice_find(value, pos, '>');

	if (end == SLICE_NONE) {
		tell(ids, ID_UNCLOSED, pos, value.len);
		return value.len;
	}
	if (ids->n++ > 0 && !ids->list)
		tell(ids, ID_SEVERAL, pos, end + 1);
	judge(ids, pos + 1, end);
	return end + 1;
}

/* A word outside the brackets begins at pos. */
static size_t
take_word(struct ids *ids, size_t pos)
{
	struct slice value = ids->at->value;
	size_t end = pos;
	bool sign = false;

	while (end < value.len && !byte_is_space(value.data[end]) && value.data[end] != '<')
		sign = value.data[end++] == '@' || sign;
	/* A comma between the members of a list is an old habit. */
	if (ids->list && end == pos + 1 && value.data[pos] == ',')
		return end;
	tell(ids, sign ? ID_NO_BRACKETS : ID_TEXT_BESIDE, pos, end);
	return end;
}

void
conform_ids(const struct conform *at, bool list)
{
	struct ids ids = { .at = at, .list = list };

	for (size_t pos = 0; pos < at->value.len;) {
		unsigned char byte = at->value.data[pos];

		if (byte_is_space(byte))
			pos++;
		else if (byte == '(')
			pos = date_skip_comment(at->value, pos);
		else if (byte == '<')
			pos = take_id(&ids, pos);
		else
			pos = take_word(&ids, pos);
	}
}
