/*
 * charset_utf7.c - strict check of UTF-7 text (RFC 2152).
 *
 * A shift begins with '+', goes on in base64 without padding, and ends before the first other
 * character, of which a '-' is taken with it. Its bits are UTF-16; those left over are zero.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

#include <stdint.h>

struct utf7 {
	struct charset_check *check;
	bool shifted;
	bool high;     /* a high surrogate waits for its partner */
	size_t since;  /* offset of the '+' */
	uint32_t bits; /* the last n_bits of them are not used yet */
	unsigned n_bits;
	enum utf7_fault fault; /* of this shift, 0: none */
};

static void
take_unit(struct utf7 *utf7, unsigned unit)
{
	bool is_low = unit >= 0xdc00 && unit <= 0xdfff;

	if (utf7->high != is_low && !utf7->fault)
		utf7->fault = UTF7_HALF_PAIR;
	utf7->high = unit >= 0xd800 && unit <= 0xdbff;
}

static void
take_digit(struct utf7 *utf7, unsigned digit)
{
	utf7->bits = (utf7->bits << 6 | digit) & 0x3fffff;
	utf7->n_bits += 6;
	if (utf7->n_bits < 16)
		return;
	utf7->n_bits -= 16;
	take_unit(utf7, utf7->bits >> utf7->n_bits & 0xffff);
}

static void
bad_shift(struct utf7 *utf7, enum utf7_fault fault)
{
	if (utf7->check->n_bad_shifts++ > 0)
		return;
	utf7->check->first_bad_shift = utf7->since;
	utf7->check->shift_fault = fault;
}

static void
end_shift(struct utf7 *utf7)
{
	bool is_zero = !(utf7->bits & ((1u << utf7->n_bits) - 1));

	if (!utf7->fault && utf7->high)
		utf7->fault = UTF7_HALF_PAIR;
	if (!utf7->fault && !is_zero)
		utf7->fault = UTF7_BITS_LEFT;
	if (utf7->fault)
		bad_shift(utf7, utf7->fault);
	utf7->shifted = false;
}

/* The '+' at `at`; returns the offset to go on from. "+-" stands for the plus sign itself. */
static size_t
begin_shift(struct utf7 *utf7, struct slice text, size_t at)
{
	*utf7 = (struct utf7){ .check = utf7->check, .shifted = true, .since = at };
	if (at + 1 >= text.len || byte_base64(text.data[at + 1]) >= 0)
		return at + 1;
	utf7->shifted = false;
	if (text.data[at + 1] == '-')
		return at + 2;
	bad_shift(utf7, UTF7_NO_BASE64);
	return at + 1;
}

static size_t
take(struct utf7 *utf7, struct slice text, size_t at)
{
	unsigned char byte = text.data[at];
	int digit = byte_base64(byte);

	if (utf7->shifted && digit >= 0) {
		take_digit(utf7, (unsigned)digit);
		return at + 1;
	}
	if (utf7->shifted) {
		end_shift(utf7);
		if (byte == '-')
			return at + 1;
	}
	if (byte == '+')
		return begin_shift(utf7, text, at);
	if (byte >= 0x80)
		charset_spot(utf7->check, at);
	return at + 1;
}

void
charset_validate_utf7(struct slice text, struct charset_check *check)
{
	struct utf7 utf7 = { .check = check };

	for (size_t at = 0; at < text.len;)
		at = take(&utf7, text, at);
	if (!utf7.shifted)
		return;
	end_shift(&utf7);
	/* Where all characters are whole, only the '-' is missing: the text is not cut. */
	check->cut = utf7.fault || text.len - utf7.since == 1;
	check->cut_at = utf7.since;
	if (!utf7.fault)
		bad_shift(&utf7, UTF7_NOT_CLOSED);
}
