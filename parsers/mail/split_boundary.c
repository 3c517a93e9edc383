/*
 * split_boundary.c - the boundary parameter of a multipart, in all its forms.
 *
 * Readers differ on which of two they take, on comments, and on the extended forms of RFC 2231,
 * which older ones do not know: each is a fact.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "split.h"

#define NAME "boundary"

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
	struct param_bytes extended;
	bool has_extended = params_read_extended(split->arena, value, NAME, &extended);

	if (!plain) {
		if (has_extended) {
			note_form(split, part, extended.place, BOUNDARY_EXTENDED);
			*out = (struct source){ extended.bytes, extended.raw, extended.place,
				.extended = true };
		}
		return has_extended;
	}
	*out = (struct source){ .raw = plain->value,
		.where = plain->value,
		.whole = plain->whole,
		.quoted = plain->quoted };
	check_comment(split, part, plain);
	check_repeated(split, part, plain);
	if (has_extended && !slice_same(extended.bytes, plain->value))
		note_form(split, part, extended.place, BOUNDARY_EXTENDED_DIFFERS);
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
	msg->parts[index].boundary_text = *clean;
	if (!clean->len) {
		message_fact_at(msg, split->arena, FACT_BOUNDARY_EMPTY, index, field, source.whole,
		    source.raw.len);
		return false;
	}
	/* A backslash in quotes is an escape, no byte of the boundary. */
	boundary_check(split, index,
	    source.quoted && slice_find(source.raw, 0, '\\') != SLICE_NONE ? *clean : source.raw,
	    source.where);
	boundary_check_open(split, index, *clean, source.where);
	return true;
}
