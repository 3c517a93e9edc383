/* param_names.c - parameters by name: doubles, and the sections of RFC 2231. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "param_names.h"

#include <stdlib.h>

#include "words.h"

struct param_key
param_key(struct slice name, size_t place)
{
	struct param_key key = { .base = name, .index = -1, .place = place };
	size_t star = slice_find(name, 0, '*');
	struct slice rest;

	if (star == SLICE_NONE)
		return key;
	key.base.len = star;
	rest = slice_from(name, star + 1);
	key.extended = rest.len == 0 || rest.data[rest.len - 1] == '*';
	if (rest.len && key.extended)
		rest.len--;
	else if (!rest.len)
		return key;
	key.zero = rest.len > 1 && rest.data[0] == '0';
	key.index = rest.len && rest.len <= 5 ? 0 : SECTION_NO_INDEX;
	for (size_t i = 0; i < rest.len && key.index != SECTION_NO_INDEX; i++)
		key.index = byte_is_digit(rest.data[i]) ? key.index * 10 + rest.data[i] - '0'
							: SECTION_NO_INDEX;
	return key;
}

static int
compare_bases(struct slice a, struct slice b)
{
	for (size_t i = 0; i < a.len && i < b.len; i++)
		if (byte_lower(a.data[i]) != byte_lower(b.data[i]))
			return byte_lower(a.data[i]) < byte_lower(b.data[i]) ? -1 : 1;
	return (a.len > b.len) - (a.len < b.len);
}

static int
compare_keys(const void *left, const void *right)
{
	const struct param_key *a = left, *b = right;
	int order = compare_bases(a->base, b->base);

	if (!order)
		order = (a->index > b->index) - (a->index < b->index);
	if (!order)
		order = (int)a->extended - (int)b->extended;
	return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* What checks share. */
struct names {
	struct message *msg;
	struct arena *arena;
	int part;
	const struct typed_value *value;
};

static void
note(const struct names *names, enum fact_kind kind, const struct param *param, uint64_t value)
{
	message_fact_at(
	    names->msg, names->arena, kind, names->part, names->value->field, param->whole, value);
}

static bool
is_language(struct slice tag)
{
	for (size_t i = 0; i < tag.len; i++)
		if (!byte_is_alpha(tag.data[i]) && !byte_is_digit(tag.data[i]) &&
		    tag.data[i] != '-')
			return false;
	return true;
}

/* RFC 2231 section 4: charset'language'text, where the first two may be empty. */
static void
check_charset(const struct names *names, const struct param *param)
{
	struct slice charset, language;

	if (!param_charset(param->value, &charset, &language)) {
		note(names, FACT_PARAM_2231_BAD, param, SECTION_NO_CHARSET);
		return;
	}
	if (charset.len > 0 && !words_know_charset(charset))
		note(names, FACT_PARAM_2231_ODD, param, SECTION_CHARSET);
	if (!is_language(language))
		note(names, FACT_PARAM_2231_ODD, param, SECTION_LANGUAGE);
}

static void
check_extended(const struct names *names, const struct param_key *key, const struct param *param)
{
	struct slice value = param->value;

	if (key->index <= 0)
		check_charset(names, param);
	if (param->quoted)
		note(names, FACT_PARAM_2231_BAD, param, SECTION_QUOTED);
	for (size_t i = 0; i < value.len; i++) {
		if (value.data[i] != '%' ||
		    (i + 2 < value.len && byte_hex(value.data[i + 1]) >= 0 &&
			byte_hex(value.data[i + 2]) >= 0))
			continue;
		note(names, FACT_PARAM_2231_BAD, param, SECTION_PERCENT);
		return;
	}
}

/* The number of a section against that of the one before it, NULL: the first of its name. */
static void
check_number(const struct names *names, const struct param_key *key, const struct param_key *before,
    const struct param *param)
{
	int expected = before && before->index >= 0 ? before->index + 1 : 0;

	if (key->index == SECTION_NO_INDEX || key->zero)
		note(names, FACT_PARAM_2231_BAD, param, SECTION_NUMBER);
	else if (before && before->index == key->index)
		note(names, FACT_PARAM_2231_BAD, param, SECTION_REPEATED);
	else if (key->index != expected)
		note(names, FACT_PARAM_2231_BAD, param, SECTION_GAP);
	else if (before && before->index >= 0 && before->place > key->place)
		note(names, FACT_PARAM_2231_ODD, param, SECTION_ORDER);
}

/* Judge sorted neighbours. */
static void
check_neighbours(const struct names *names, const struct param_key *keys)
{
	const struct typed_value *value = names->value;
	bool both = false; /* told for the name at hand */

	for (size_t i = 0; i < value->n_params; i++) {
		const struct param_key *key = &keys[i], *before = i ? &keys[i - 1] : NULL;
		const struct param *param = &value->params[key->place];

		if (before && compare_bases(before->base, key->base) != 0)
			before = NULL;
		if (!before)
			both = false;
		if (before && before->index == key->index && before->extended == key->extended)
			note(names, FACT_PARAM_DUPLICATE, param,
			    !slice_same(param->value, value->params[before->place].value));
		if (key->index >= 0)
			check_number(names, key, before, param);
		if (key->extended)
			check_extended(names, key, param);
		if (before && !both && before->index < 0 &&
		    (key->index >= 0 || key->extended != before->extended)) {
			both = true;
			note(names, FACT_PARAM_2231_ODD, param, SECTION_BOTH_FORMS);
		}
	}
}

void
params_check_names(
    struct message *msg, struct arena *arena, int part, const struct typed_value *value)
{
	struct param_key *keys = arena_alloc(arena, value->n_params, sizeof *keys);
	const struct names names = { msg, arena, part, value };

	for (size_t i = 0; i < value->n_params; i++)
		keys[i] = param_key(value->params[i].name, i);
	if (value->n_params > 1)
		qsort(keys, value->n_params, sizeof *keys, compare_keys);
	check_neighbours(&names, keys);
}

static bool
has_section(const struct typed_value *value, struct slice base, int index)
{
	for (size_t i = 0; i < value->n_params; i++) {
		struct param_key key = param_key(value->params[i].name, i);

		if (key.index == index && slice_same_nocase(key.base, base))
			return true;
	}
	return false;
}

/* Only the first such section is looked for, so that many parameters in both fields stay cheap. */
void
params_check_split(struct message *msg, struct arena *arena, int part,
    const struct typed_value *first, const struct typed_value *more)
{
	const struct names names = { msg, arena, part, more };

	for (size_t i = 0; i < more->n_params; i++) {
		struct param_key key = param_key(more->params[i].name, i);

		if (key.index < 1 || key.index == SECTION_NO_INDEX)
			continue;
		if (!has_section(more, key.base, key.index - 1) &&
		    has_section(first, key.base, key.index - 1))
			note(&names, FACT_PARAM_2231_BAD, &more->params[i], SECTION_TWO_FIELDS);
		return;
	}
}
