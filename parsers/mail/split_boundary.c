/*
 * split_boundary.c - the boundary parameter of a multipart, in all its forms.
 *
 * Readers differ on which of two they take, on comments, and on the extended forms of RFC 2231,
 * which older ones do not know: each is a fact.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "split.h"

#define NAME "boundary"
#define SECTIONS_MAX 64 /* sections of an extended form that are joined */

/* Where the boundary of a multipart comes from. */
struct source {
	struct slice raw;   /* the value, decoded when extended */
	struct slice where; /* its bytes in the file */
	struct slice whole; /* the parameter */
	bool quoted, extended;
};

static void
note_form(struct split *split, int part, struct slice where, enum boundary_form form)
{
	message_fact_at(split->msg, split->arena, FACT_BOUNDARY_FORM, part,
	    split->msg->parts[part].type.field, where, form);
}

/* What stands behind charset'language', or all of it. */
static struct slice
without_charset(struct slice value)
{
	size_t first = slice_find(value, 0, '\'');
	size_t second = first == SLICE_NONE ? first : slice_find(value, first + 1, '\'');

	return second == SLICE_NONE ? value : slice_from(value, second + 1);
}

/* Append to copy, percent codes decoded; RFC 2231 section 4. */
static size_t
append_decoded(unsigned char *copy, size_t at, struct slice s, bool decode)
{
	for (size_t i = 0; i < s.len; i++) {
		bool coded = decode && s.data[i] == '%' && s.len - i > 2 &&
			     byte_hex(s.data[i + 1]) >= 0 && byte_hex(s.data[i + 2]) >= 0;

		copy[at++] =
		    coded ? (unsigned char)(byte_hex(s.data[i + 1]) << 4 | byte_hex(s.data[i + 2]))
			  : s.data[i];
		i += coded ? 2 : 0;
	}
	return at;
}

/* The parameter boundary*N or boundary*N*, or with N below 0 boundary*. */
static const struct param *
section(const struct typed_value *value, int number)
{
	char name[sizeof NAME + 16] = NAME "*";
	size_t len = sizeof NAME;

	if (number >= 10)
		name[len++] = (char)('0' + number / 10);
	if (number >= 0)
		name[len++] = (char)('0' + number % 10);
	for (size_t i = 0; i < value->n_params; i++) {
		struct slice found = value->params[i].name;

		if (number >= 0 && found.len == len + 1 && found.data[len] == '*')
			found.len--;
		if (slice_eq_nocase(found, name))
			return &value->params[i];
	}
	return NULL;
}

/* The boundary in a form of RFC 2231; false when there is none. */
static bool
find_extended(struct arena *arena, const struct typed_value *value, struct source *out)
{
	const struct param *parts[SECTIONS_MAX] = { section(value, -1) };
	size_t n = 1, len, at = 0;
	unsigned char *copy;

	if (!parts[0]) {
		for (n = 0; n < SECTIONS_MAX; n++)
			if (!(parts[n] = section(value, (int)n)))
				break;
	}
	if (n == 0)
		return false;
	len = 0;
	for (size_t i = 0; i < n; i++)
		len += parts[i]->value.len;
	copy = arena_alloc(arena, len, 1);
	for (size_t i = 0; i < n; i++) {
		bool coded = slice_ends(parts[i]->name, "*");
		struct slice text = parts[i]->value;

		at =
		    append_decoded(copy, at, coded && i == 0 ? without_charset(text) : text, coded);
	}
	*out = (struct source){ .raw = slice_of(copy, at),
		.where = parts[0]->value,
		.whole = parts[0]->whole,
		.extended = true };
	return true;
}

/* Record comments that touch the value or follow it: for `a(b)` some take the parentheses, which
 * the characters of a boundary include, into it. */
static void
check_comment(struct split *split, int part, const struct param *param)
{
	struct slice field = split->msg->fields[split->msg->parts[part].type.field].value;
	size_t end = slice_index(field, param->whole);
	size_t before = (size_t)(param->value.data - param->whole.data), at;

	if (end == SLICE_NONE || !param->has_equals)
		return;
	end += param->whole.len;
	at = end;
	while (at < field.len && byte_is_space(field.data[at]))
		at++;
	if (at < field.len && field.data[at] == '(')
		note_form(split, part, slice_cut(field, at, 1),
		    at == end && !param->quoted ? BOUNDARY_COMMENT_GLUED : BOUNDARY_COMMENT);
	else if (slice_find(slice_cut(param->whole, 0, before), 0, '(') != SLICE_NONE)
		note_form(split, part, param->whole, BOUNDARY_COMMENT);
}

/* Record plain parameters behind the first that say another value. */
static void
check_repeated(struct split *split, int part, const struct param *first)
{
	const struct typed_value *value = &split->msg->parts[part].type;
	const struct param *end = value->params + value->n_params;

	for (const struct param *param = first + 1; param < end; param++) {
		if (!slice_eq_nocase(param->name, NAME) || slice_same(param->value, first->value))
			continue;
		note_form(split, part, param->whole,
		    slice_same_nocase(param->value, first->value) ? BOUNDARY_OTHER_CASE
								  : BOUNDARY_REPEATED);
	}
}

static bool
find_source(struct split *split, int part, struct source *out)
{
	const struct typed_value *value = &split->msg->parts[part].type;
	const struct param *plain = typed_value_param(value, NAME);
	struct source extended;
	bool has_extended = find_extended(split->arena, value, &extended);

	if (!plain) {
		if (has_extended) {
			note_form(split, part, extended.whole, BOUNDARY_EXTENDED);
			*out = extended;
		}
		return has_extended;
	}
	*out = (struct source){ .raw = plain->value,
		.where = plain->value,
		.whole = plain->whole,
		.quoted = plain->quoted };
	check_comment(split, part, plain);
	check_repeated(split, part, plain);
	if (has_extended && !slice_same(extended.raw, plain->value))
		note_form(split, part, extended.whole, BOUNDARY_EXTENDED_DIFFERS);
	return true;
}

bool
split_read_boundary(struct split *split, int index, struct slice *clean)
{
	struct message *msg = split->msg;
	int field = msg->parts[index].type.field;
	struct source source;

	if (!find_source(split, index, &source)) {
		message_fact_at(msg, split->arena, FACT_BOUNDARY_ABSENT, index, field,
		    msg->fields[field].whole, 0);
		return false;
	}
	msg->parts[index].boundary = source.where;
	*clean = source.extended ? boundary_trim(source.raw)
				 : boundary_clean(split->arena, source.raw, source.quoted);
	if (!clean->len) {
		message_fact_at(msg, split->arena, FACT_BOUNDARY_EMPTY, index, field, source.whole,
		    source.raw.len);
		return false;
	}
	boundary_check(split, index, source.raw, source.where);
	boundary_check_open(split, index, *clean, source.where);
	return true;
}
