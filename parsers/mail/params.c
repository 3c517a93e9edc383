/*
 * params.c - values like Content-Type: type/subtype; name=value …, read leniently.
 *
 * RFC 2045 section 5.1 and RFC 2231. Comments may stand between tokens. What an unquoted value
 * holds up to the next blank or ';' is taken; file names go on over blanks, as mailers wrote them.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "param_names.h"
#include "parser.h"

struct reader {
	struct message *msg;
	struct arena *arena;
	int part, field;
	struct slice v; /* the raw value */
	size_t pos;
	struct typed_value *out;
	size_t room;
	uint64_t met;
	bool quiet;        /* record nothing */
	bool after_quoted; /* the parameter read last ended in a quotation mark */
};

static void
note(struct reader *r, enum fact_kind kind, size_t from, size_t len, uint64_t value)
{
	if (!r->quiet)
		message_fact_at(
		    r->msg, r->arena, kind, r->part, r->field, slice_cut(r->v, from, len), value);
}

static bool
at(const struct reader *r, unsigned char byte)
{
	return r->pos < r->v.len && r->v.data[r->pos] == byte;
}

/* Skip a comment, nested ones too; RFC 5322 section 3.2.2. */
static void
skip_comment(struct reader *r)
{
	size_t start = r->pos, depth = 0;

	while (r->pos < r->v.len) {
		unsigned char byte = r->v.data[r->pos++];

		if (byte == '\\' && r->pos < r->v.len)
			r->pos++;
		else if (byte == '(')
			depth++;
		else if (byte == ')' && --depth == 0)
			return;
	}
	note(r, FACT_PARAM_UNCLOSED_COMMENT, start, r->v.len - start, depth);
}

static void
skip_space(struct reader *r)
{
	while (r->pos < r->v.len) {
		if (byte_is_space(r->v.data[r->pos]))
			r->pos++;
		else if (r->v.data[r->pos] == '(')
			skip_comment(r);
		else
			return;
	}
}

/* Record a comment between `from` and here: lawful inside a value, but readers differ on it. */
static void
note_comment(struct reader *r, size_t from, enum comment_place place)
{
	size_t begin = slice_find(slice_cut(r->v, from, r->pos - from), 0, '(');

	if (begin != SLICE_NONE)
		note(r, FACT_TYPE_COMMENT, from + begin, r->pos - from - begin, place);
}

static void
skip_blanks(struct reader *r)
{
	while (r->pos < r->v.len && byte_is_space(r->v.data[r->pos]))
		r->pos++;
}

/* The bytes up to a space or one of `stops`. */
static struct slice
read_run(struct reader *r, const char *stops)
{
	size_t start = r->pos;

	while (r->pos < r->v.len) {
		unsigned char byte = r->v.data[r->pos];

		if (byte_is_space(byte) || (byte && strchr(stops, byte)))
			break;
		r->pos++;
	}
	return slice_cut(r->v, start, r->pos - start);
}

/* Record the first byte of s that no token may hold, and the first control or 8-bit one. */
static void
check_token(struct reader *r, struct slice s)
{
	bool special = false;
	size_t from = (size_t)(s.data - r->v.data);

	for (size_t i = 0; i < s.len; i++) {
		bool raw = s.data[i] >= 0x80 || byte_is_control(s.data[i]);

		if (byte_is_token(s.data[i]) || (!raw && special))
			continue;
		note(r, FACT_TYPE_ILLEGAL_BYTE, from + i, 1, s.data[i]);
		special = true;
		if (raw)
			return;
	}
}

/* Record the first control or 8-bit byte of a quoted value; folding is no such byte. */
static void
check_quoted(struct reader *r, struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] < 0x80 && (!byte_is_control(s.data[i]) || byte_is_space(s.data[i])))
			continue;
		note(r, FACT_TYPE_ILLEGAL_BYTE, (size_t)(s.data - r->v.data) + i, 1, s.data[i]);
		return;
	}
}

static bool
names_file(struct slice name)
{
	return slice_starts_nocase(name, "name") || slice_starts_nocase(name, "filename");
}

/* The end of the line that holds pos. */
static size_t
line_end(const struct reader *r, size_t pos)
{
	while (pos < r->v.len && r->v.data[pos] != '\r' && r->v.data[pos] != '\n')
		pos++;
	return pos;
}

/* A quoted string, the quote at pos. Without a closing quote the value ends with its line, so that
 * the parameters on the next ones are read; that happens once a value at most, as no quote is
 * left. */
static struct slice
read_quoted(struct reader *r)
{
	size_t start = ++r->pos;

	for (; r->pos < r->v.len; r->pos++) {
		if (r->v.data[r->pos] == '"')
			return slice_cut(r->v, start, r->pos++ - start);
		if (r->v.data[r->pos] == '\\' && r->pos + 1 < r->v.len)
			r->pos++;
	}
	r->pos = line_end(r, start);
	note(r, FACT_PARAM_UNCLOSED_QUOTE, start - 1, r->pos - start + 1, 0);
	return slice_cut(r->v, start, r->pos - start);
}

/* An unquoted value. A file name goes on to the ';' or the end of the line. */
static struct slice
read_plain(struct reader *r, struct slice name)
{
	size_t start = r->pos, end;
	struct slice value;

	if (names_file(name)) {
		for (end = start; end < r->v.len; end++)
			if (r->v.data[end] == ';' || r->v.data[end] == '\r' ||
			    r->v.data[end] == '\n')
				break;
		value = slice_trim(slice_cut(r->v, start, end - start));
	} else {
		value = read_run(r, ";(");
	}
	value = param_cut(value);
	r->pos = start + value.len;
	return value;
}

static void
keep(struct reader *r, const struct param *param)
{
	if (r->met++ >= (r->msg->n_params < PARAMS_ALL ? PARAMS_MAX : PARAMS_FEW))
		return;
	r->msg->n_params++;
	arena_grow(r->arena, &r->out->params, &r->room, r->out->n_params, sizeof *param);
	r->out->params[r->out->n_params++] = *param;
}

/* What stands before the value: blanks, comments and '='. Returns the end of it as far as it is part
 * of the parameter. */
static size_t
read_equals(struct reader *r, struct param *param)
{
	size_t end = r->pos;

	skip_space(r);
	if (!at(r, '='))
		return end;
	note_comment(r, end, COMMENT_BEFORE_EQUALS);
	if (!param->name.len)
		note(r, FACT_TYPE_ILLEGAL_BYTE, r->pos, 1, '=');
	param->has_equals = true;
	end = ++r->pos;
	param->value = slice_cut(r->v, end, 0);
	if (names_file(param->name))
		skip_blanks(r); /* name=(1).doc: no comment */
	else
		skip_space(r);
	note_comment(r, end, COMMENT_BEHIND_EQUALS);
	return end;
}

/* A ';' that a backslash hides from some readers ends the value for us. */
static void
check_escaped_end(struct reader *r, const struct param *param)
{
	if (slice_ends(param->value, "\\") && at(r, ';'))
		note(r, FACT_TYPE_STRAY_SEPARATOR, r->pos - 1, 2, SEPARATOR_ESCAPED);
}

/* The value at pos, if there is one; returns the end of the parameter. */
static size_t
read_value(struct reader *r, struct param *param, size_t end)
{
	if (at(r, '"') && (param->has_equals || !param->name.len)) {
		if (!param->has_equals)
			note(r, FACT_TYPE_ILLEGAL_BYTE, r->pos, 1, '"');
		param->quoted = true;
		param->value = read_quoted(r);
		if (!names_file(param->name))
			check_quoted(r, param->value);
		return r->pos;
	}
	if (param->has_equals && r->pos < r->v.len && !at(r, ';')) {
		param->value = read_plain(r, param->name);
		check_token(r, param->value);
		check_escaped_end(r, param);
		return r->pos;
	}
	if (at(r, '"')) {
		note(r, FACT_TYPE_ILLEGAL_BYTE, r->pos++, 1, '"');
		return r->pos;
	}
	return end;
}

/* One parameter: something other than a space, a comment, ';' or ',' stands at pos. */
static void
read_param(struct reader *r)
{
	struct param param = { 0 };
	size_t start = r->pos, end;

	param.name = read_run(r, "=;(\",");
	check_token(r, param.name);
	param.value = slice_cut(r->v, r->pos, 0);
	end = read_value(r, &param, read_equals(r, &param));
	r->after_quoted = param.quoted && end == r->pos;
	param.whole = slice_cut(r->v, start, end - start);
	if (!param.has_equals || (!param.quoted && !param.value.len))
		note(r, FACT_PARAM_NO_VALUE, start, end - start, 0);
	else if (!slice_trim(param.value).len)
		note(r, FACT_PARAM_EMPTY, start, end - start, 0);
	keep(r, &param);
}

/* All parameters. `separated`: a ';' has been seen already, or none is needed. */
static void
read_params(struct reader *r, bool separated)
{
	size_t last = SLICE_NONE; /* the ';' behind which nothing has come yet */

	for (skip_space(r); r->pos < r->v.len; skip_space(r)) {
		bool comma = at(r, ',');

		if (comma || at(r, ';')) {
			if (comma || separated)
				note(r, FACT_TYPE_STRAY_SEPARATOR, r->pos, 1,
				    comma ? SEPARATOR_COMMA : SEPARATOR_EMPTY);
			separated = true;
			last = comma ? SLICE_NONE : r->pos;
			r->pos++;
			continue;
		}
		if (!separated)
			note(r, FACT_TYPE_STRAY_SEPARATOR, r->pos, 1,
			    r->after_quoted ? SEPARATOR_BEHIND_QUOTE : SEPARATOR_NONE);
		separated = false;
		last = SLICE_NONE;
		read_param(r);
	}
	if (last != SLICE_NONE)
		note(r, FACT_TYPE_TRAILING_SEMICOLON, last, 1, 0);
}

/* Read type and subtype. True when what stands there is a parameter: then pos is back at its
 * start. */
static bool
read_type(struct reader *r, bool has_subtype)
{
	struct typed_value *out = r->out;
	size_t start, from;

	skip_space(r);
	start = r->pos;
	out->type = read_run(r, has_subtype ? "/;(," : ";(,");
	out->subtype = slice_cut(r->v, r->pos, 0);
	if (out->type.len && slice_find(out->type, 0, '=') != SLICE_NONE) {
		out->type.len = 0;
		r->pos = start;
		note(r, FACT_TYPE_EMPTY, start, 0, 1);
		return true;
	}
	check_token(r, out->type);
	from = r->pos;
	skip_space(r);
	if (has_subtype && at(r, '/')) {
		note_comment(r, from, COMMENT_AT_SLASH);
		from = ++r->pos;
		skip_space(r);
		note_comment(r, from, COMMENT_AT_SLASH);
		out->subtype = read_run(r, ";(,");
		check_token(r, out->subtype);
		if (!out->type.len)
			note(r, FACT_TYPE_EMPTY, start, r->pos - start, 2);
		else if (!out->subtype.len)
			note(r, FACT_TYPE_NO_SLASH, start, r->pos - start, 1);
	} else if (!out->type.len) {
		note(r, FACT_TYPE_EMPTY, start, 0, r->pos < r->v.len ? 1 : 0);
	} else if (has_subtype) {
		note(r, FACT_TYPE_NO_SLASH, start, out->type.len, 0);
	}
	return false;
}

static void
parse(struct reader *r, bool has_subtype)
{
	*r->out = (struct typed_value){ .field = r->field };
	r->v = r->msg->fields[r->field].value;
	read_params(r, read_type(r, has_subtype));
}

void
params_parse(struct message *msg, struct arena *arena, int part, int field, bool has_subtype,
    struct typed_value *out)
{
	struct reader r = { .msg = msg, .arena = arena, .part = part, .field = field, .out = out };

	parse(&r, has_subtype);
	if (r.met > out->n_params)
		note(&r, FACT_PARAMS_CUT, 0, r.v.len, r.met);
	params_check_names(msg, arena, part, out);
}

void
params_peek(
    struct message *msg, struct arena *arena, int field, bool has_subtype, struct typed_value *out)
{
	struct reader r = {
		.msg = msg, .arena = arena, .part = -1, .field = field, .out = out, .quiet = true
	};

	parse(&r, has_subtype);
}
