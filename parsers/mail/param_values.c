/* param_values.c - the value of a parameter: plain, extended, or in sections (RFC 2231). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "param_names.h"

#define SECTIONS_MAX 256u /* sections that are joined */

bool
param_charset(struct slice value, struct slice *charset, struct slice *language)
{
	size_t first = slice_find(value, 0, '\'');
	size_t second = first == SLICE_NONE ? first : slice_find(value, first + 1, '\'');

	if (second == SLICE_NONE)
		return false;
	*charset = slice_cut(value, 0, first);
	*language = slice_cut(value, first + 1, second - first - 1);
	return true;
}

/* Whether the next parameter of the usual ones begins behind the comma. */
static bool
is_separator(struct slice behind)
{
	static const char *const names[] = { "charset", "name", "filename", "boundary", "format",
		"delsp", "type" };
	struct slice next = slice_cut(behind, 0, 16);

	while (next.len > 0 && byte_is_blank(next.data[0]))
		next = slice_from(next, 1);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (slice_starts_nocase(next, names[i]) &&
		    slice_starts(slice_from(next, strlen(names[i])), "="))
			return true;
	return false;
}

struct slice
param_cut(struct slice value)
{
	size_t at = 0;

	while ((at = slice_find(value, at, ',')) != SLICE_NONE) {
		if (at > 0 && (at + 1 == value.len || is_separator(slice_from(value, at + 1))))
			return slice_cut(value, 0, at);
		at++;
	}
	return value;
}

/* The text of a section; of the first extended one without charset and language. */
static struct slice
section_text(const struct param *param, bool first, struct slice *charset)
{
	struct slice language, value = param->value;

	if (!first || !slice_ends(param->name, "*") || !param_charset(value, charset, &language))
		return value;
	return slice_from(value, charset->len + language.len + 2);
}

/* Copy the text to `out`, percent codes decoded; a bad code stays as it is. */
static size_t
decode(struct slice text, unsigned char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		bool code = text.data[i] == '%' && i + 2 < text.len;
		int high = code ? byte_hex(text.data[i + 1]) : -1;
		int low = high < 0 ? -1 : byte_hex(text.data[i + 2]);

		out[len++] = low < 0 ? text.data[i] : (unsigned char)(high << 4 | low);
		i += low < 0 ? 0 : 2;
	}
	return len;
}

static bool
is_coded(const struct param *param)
{
	return slice_ends(param->name, "*") && slice_find(param->value, 0, '%') != SLICE_NONE;
}

/* The n sections as one run of bytes. */
static struct slice
join(struct arena *arena, const struct param *const *sections, size_t n, struct slice *charset)
{
	size_t room = 0, len = 0;
	unsigned char *bytes;

	if (n == 1 && !is_coded(sections[0]))
		return section_text(sections[0], true, charset);
	for (size_t i = 0; i < n; i++)
		room += sections[i]->value.len;
	bytes = arena_alloc(arena, room, 1);
	for (size_t i = 0; i < n; i++) {
		struct slice text = section_text(sections[i], i == 0, charset);

		if (is_coded(sections[i]))
			len += decode(text, bytes + len);
		else if (text.len > 0)
			memcpy(bytes + len, text.data, text.len);
		len += is_coded(sections[i]) ? 0 : text.len;
	}
	return slice_of(bytes, len);
}

/* The sections of that name from 0 on, without a gap; returns their number. One walk over all
 * parameters: of a number met twice the first counts. */
static size_t
collect(const struct typed_value *value, const char *name, const struct param **sections)
{
	const struct param *whole = NULL;
	size_t n = 0;

	memset(sections, 0, SECTIONS_MAX * sizeof(struct param *));
	for (size_t i = 0; i < value->n_params; i++) {
		struct param_key key = param_key(value->params[i].name, i);

		if (!slice_eq_nocase(key.base, name) || key.index >= (int)SECTIONS_MAX)
			continue;
		if (key.index < 0 && key.extended && !whole)
			whole = &value->params[i];
		else if (key.index >= 0 && !sections[key.index])
			sections[key.index] = &value->params[i];
	}
	if (whole) {
		sections[0] = whole;
		return 1;
	}
	while (n < SECTIONS_MAX && sections[n])
		n++;
	return n;
}

bool
params_read_extended(
    struct arena *arena, const struct typed_value *value, const char *name, struct param_bytes *out)
{
	const struct param *sections[SECTIONS_MAX];
	size_t n = collect(value, name, sections);

	*out = (struct param_bytes){ 0 };
	if (n == 0)
		return false;
	out->bytes = join(arena, sections, n, &out->charset);
	out->place = sections[0]->whole;
	out->raw = sections[0]->value;
	return true;
}

bool
params_read(
    struct arena *arena, const struct typed_value *value, const char *name, struct param_bytes *out)
{
	const struct param *plain = typed_value_param(value, name);

	if (!plain)
		return params_read_extended(arena, value, name, out);
	*out = (struct param_bytes){
		.bytes = plain->value, .place = plain->whole, .raw = plain->value
	};
	return true;
}
