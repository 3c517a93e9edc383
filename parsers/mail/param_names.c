/* param_names.c - parameters by name: doubles, and the continuations of RFC 2231. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "mail.h"

#define SEGMENTS_MAX 64 /* continuations that are joined */
#define INDEX_BAD 1000000

/* A name taken apart: base*index* */
struct key {
	struct slice base;
	int index;     /* -1: none; INDEX_BAD: no number */
	bool extended; /* ends in '*': percent codes and charset */
	size_t place;  /* of the parameter */
};

static struct key
take_apart(struct slice name, size_t place)
{
	struct key key = { .base = name, .index = -1, .place = place };
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
	key.index = rest.len && rest.len <= 5 ? 0 : INDEX_BAD;
	for (size_t i = 0; i < rest.len && key.index != INDEX_BAD; i++)
		key.index =
		    byte_is_digit(rest.data[i]) ? key.index * 10 + rest.data[i] - '0' : INDEX_BAD;
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
	const struct key *a = left, *b = right;
	int order = compare_bases(a->base, b->base);

	if (!order)
		order = (a->index > b->index) - (a->index < b->index);
	if (!order)
		order = (int)a->extended - (int)b->extended;
	return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* Bytes of an extended value: percent codes, and in its first segment charset'language'text. */
static bool
extended_is_sound(const struct key *key, struct slice value)
{
	size_t quote = slice_find(value, 0, '\'');

	if (key->index <= 0 &&
	    (quote == SLICE_NONE || slice_find(value, quote + 1, '\'') == SLICE_NONE))
		return false;
	for (size_t i = 0; i < value.len; i++)
		if (value.data[i] == '%' &&
		    (i + 2 >= value.len || byte_hex(value.data[i + 1]) < 0 ||
			byte_hex(value.data[i + 2]) < 0))
			return false;
	return true;
}

/* Judge sorted neighbours: the same name twice, or an index that does not follow. */
static void
check_neighbours(struct message *msg, struct arena *arena, int part,
    const struct typed_value *value, const struct key *keys)
{
	for (size_t i = 0; i < value->n_params; i++) {
		const struct key *key = &keys[i], *before = i ? &keys[i - 1] : NULL;
		const struct param *param = &value->params[key->place];
		int expected;

		if (before && compare_bases(before->base, key->base) != 0)
			before = NULL;
		if (before && before->index == key->index && before->extended == key->extended)
			message_fact_at(
			    msg, arena, FACT_PARAM_DUPLICATE, part, value->field, param->whole, 0);
		expected = before && before->index >= 0 ? before->index + 1 : 0;
		if ((key->index >= 0 && key->index != expected) ||
		    (key->extended && !extended_is_sound(key, param->value)))
			message_fact_at(
			    msg, arena, FACT_PARAM_2231_BAD, part, value->field, param->whole, 0);
	}
}

void
params_check_names(
    struct message *msg, struct arena *arena, int part, const struct typed_value *value)
{
	struct key *keys = arena_alloc(arena, value->n_params, sizeof *keys);

	for (size_t i = 0; i < value->n_params; i++)
		keys[i] = take_apart(value->params[i].name, i);
	if (value->n_params > 1)
		qsort(keys, value->n_params, sizeof *keys, compare_keys);
	check_neighbours(msg, arena, part, value, keys);
}

/* The segment of that index, plain or extended; -1 for the extended form without one: name*. */
static const struct param *
segment(const struct typed_value *value, const char *name, int index)
{
	for (size_t i = 0; i < value->n_params; i++) {
		struct key key = take_apart(value->params[i].name, i);

		if (key.index == index && (index >= 0 || key.extended) &&
		    slice_eq_nocase(key.base, name))
			return &value->params[i];
	}
	return NULL;
}

static struct slice
join(struct arena *arena, const struct typed_value *value, const char *name,
    const struct param *first)
{
	const struct param *parts[SEGMENTS_MAX] = { first };
	size_t n = 1, len = first->value.len, at = 0;
	unsigned char *copy;

	while (n < SEGMENTS_MAX && (parts[n] = segment(value, name, (int)n)))
		len += parts[n++]->value.len;
	if (n == 1)
		return first->value;
	copy = arena_alloc(arena, len, 1);
	for (size_t i = 0; i < n; i++) {
		if (parts[i]->value.len)
			memcpy(copy + at, parts[i]->value.data, parts[i]->value.len);
		at += parts[i]->value.len;
	}
	return slice_of(copy, len);
}

bool
params_find(
    struct arena *arena, const struct typed_value *value, const char *name, struct slice *found)
{
	const struct param *param = typed_value_param(value, name);

	if (!param)
		param = segment(value, name, -1);
	if (param) {
		*found = param->value;
		return true;
	}
	param = segment(value, name, 0);
	if (!param)
		return false;
	*found = join(arena, value, name, param);
	return true;
}
