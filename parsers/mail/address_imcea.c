/*
 * address_imcea.c - addresses that Exchange packs into an Internet one:
 * IMCEA<TYPE>-<encoded>@domain.
 *
 * In the encoded text '_' stands for '/', letters, digits, '-', '.' and '=' for themselves, and
 * "+xx" for any other byte. Q193782: a damaged one makes the store report lack of memory and the
 * IMC stop.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "address.h"
#include "unpack.h"

enum { IMCEA_FINE = 0, IMCEA_BAD_HEX = 1, IMCEA_NO_TYPE = 2, IMCEA_CUT = 3, IMCEA_CONTROL = 4 };

#define PREFIX 5u /* bytes of "IMCEA" */

/* Address types of Exchange and its connectors. */
static const char *const types[] = { "EX", "SMTP", "X400", "MS", "MSA", "MSMAIL", "CCMAIL", "NOTES",
	"FAX", "PROFS", "SNADS", "GWISE", "MHS", "MAPIPDL", "MAILTO", "RFAX", "SMS", "VPIM", "DDS",
	"LOTUSNOTES" };

static bool
is_type(struct slice text)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (slice_eq_nocase(text, types[i]))
			return true;
	return false;
}

static bool
is_type_byte(unsigned char byte)
{
	return byte_is_alpha(byte) || byte_is_digit(byte);
}

/* The encoded text from `pos` on. */
static int
check_encoded(struct slice local, size_t pos, bool has_domain, size_t *at)
{
	for (; pos < local.len; pos++) {
		unsigned char byte = local.data[pos];

		*at = pos;
		if (byte_is_control(byte) && !byte_is_space(byte))
			return IMCEA_CONTROL;
		if (byte != '+')
			continue;
		if (local.len - pos < 3 &&
		    (local.len - pos == 1 || byte_hex(local.data[pos + 1]) >= 0))
			return IMCEA_CUT;
		if (local.len - pos < 3 || byte_hex(local.data[pos + 1]) < 0 ||
		    byte_hex(local.data[pos + 2]) < 0)
			return IMCEA_BAD_HEX;
		pos += 2;
	}
	*at = local.len;
	return has_domain ? IMCEA_FINE : IMCEA_CUT;
}

/* What follows "IMCEA" is not "-": an ordinary name, or an address that lost its type or its
 * end. */
static int
check_without_hyphen(struct slice local, size_t pos)
{
	unsigned char byte = pos < local.len ? local.data[pos] : 0;

	/* "imceable" and "IMCEA.office" are names: the connector writes capitals. */
	if (!slice_starts(local, "IMCEA"))
		return IMCEA_FINE;
	if (pos == local.len)
		return pos == PREFIX || is_type(slice_from(local, PREFIX)) ? IMCEA_CUT : IMCEA_FINE;
	if (byte_is_control(byte) && !byte_is_space(byte))
		return IMCEA_CONTROL;
	return slice_find(local, pos, '+') != SLICE_NONE ? IMCEA_NO_TYPE : IMCEA_FINE;
}

static int
check_unquoted(struct slice local, bool has_domain, size_t *at)
{
	size_t pos = PREFIX;

	*at = 0;
	if (!slice_starts_nocase(local, "IMCEA"))
		return IMCEA_FINE;
	while (pos < local.len && is_type_byte(local.data[pos]))
		pos++;
	*at = pos;
	if (pos == local.len || local.data[pos] != '-')
		return check_without_hyphen(local, pos);
	if (pos == PREFIX)
		return IMCEA_NO_TYPE;
	*at = pos + 1;
	return pos + 1 == local.len ? IMCEA_CUT : check_encoded(local, pos + 1, has_domain, at);
}

int
imcea_check(struct slice local, bool has_domain, size_t *at)
{
	bool quoted = local.len > 1 && local.data[0] == '"' && local.data[local.len - 1] == '"';
	int fault =
	    check_unquoted(quoted ? slice_cut(local, 1, local.len - 2) : local, has_domain, at);

	*at += quoted;
	return fault;
}

void
imcea_check_path(struct message *msg, struct arena *arena, struct slice path)
{
	size_t at, sep;
	int fault;

	if (path.len > 0 && path.data[0] == '@') { /* a source route ends with a colon */
		size_t colon = slice_find(path, 0, ':');

		path = slice_from(path, colon == SLICE_NONE ? path.len : colon + 1);
	}
	sep = slice_rfind(path, '@');
	fault = imcea_check(slice_cut(path, 0, sep), sep != SLICE_NONE, &at);
	if (fault)
		message_fact(msg, arena,
		    (struct fact){ .kind = FACT_ADDRESS_IMCEA_BAD,
			.part = -1,
			.field = -1,
			.offset = message_offset(msg, path) == OFFSET_NONE
				      ? OFFSET_NONE
				      : message_offset(msg, path) + at,
			.len = 1,
			.value = (uint64_t)fault });
}

bool
unpack_imcea_is_sound(struct slice local)
{
	size_t at;

	return imcea_check(local, true, &at) == 0;
}
