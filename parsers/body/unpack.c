/* unpack.c - a list of files taken out of a part, and the text of a part as UTF-8. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unpack.h"

#include <string.h>

#include "charset.h"

#define DIGITS_MOST 10u

struct unpacking
unpacking_start(struct arena *arena, uint64_t budget)
{
	return (struct unpacking){ .arena = arena, .budget = budget, .whole = true };
}

bool
unpacking_add(struct unpacking *unpacking, struct unpacked file)
{
	if (unpacking->n_files >= UNPACK_FILES_MAX || file.bytes.len > unpacking->budget) {
		unpacking->whole = false;
		return false;
	}
	unpacking->budget -= file.bytes.len;
	arena_grow(unpacking->arena, &unpacking->files, &unpacking->room, unpacking->n_files,
	    sizeof *unpacking->files);
	unpacking->files[unpacking->n_files++] = file;
	return true;
}

struct unpacked_text
unpack_text(struct arena *arena, struct slice charset, struct slice bytes)
{
	const struct charset *known = charset_find(charset);
	struct unpacked_text text = { .known = known != NULL };
	struct charset_check check;

	if (!known || bytes.len == 0)
		return text;
	check = charset_validate(known, bytes);
	text.n_invalid = (uint64_t)check.n_invalid + check.n_bad_escapes + check.n_undesignated +
			 check.n_bad_shifts + (check.cut && !check.only_shifted);
	text.is_utf8 = known->form == CHARSET_UTF8 || known->form == CHARSET_ASCII;
	if (known->form == CHARSET_ASCII)
		for (size_t i = 0; i < bytes.len; i++)
			text.n_invalid += bytes.data[i] >= 0x80;
	text.utf8 = charset_to_utf8(arena, known, bytes);
	return text;
}

/* The prefix and the number as a name. */
static struct slice
numbered(struct arena *arena, struct slice prefix, uint32_t number)
{
	unsigned char *name = arena_alloc(arena, prefix.len + DIGITS_MOST, 1);
	size_t digits = 1;

	for (uint32_t rest = number / 10; rest > 0; rest /= 10)
		digits++;
	memcpy(name, prefix.data, prefix.len);
	for (size_t i = digits; i > 0; i--, number /= 10)
		name[prefix.len + i - 1] = (unsigned char)('0' + number % 10);
	return slice_of(name, prefix.len + digits);
}

struct slice
unpack_code_page(struct arena *arena, uint32_t page)
{
	const bool windows = page >= 1250 && page <= 1258;

	return numbered(arena, slice_str(windows ? "windows-" : "cp"), page);
}
