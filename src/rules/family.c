/* family.c - what the families of rules share. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#include <string.h>

struct slice
rest_of_line(const struct message *msg, uint64_t offset)
{
	struct slice rest = { NULL, 0 };
	size_t end;

	if (offset >= msg->file.len)
		return rest;
	rest = slice_cut(msg->file, (size_t)offset, 200);
	end = slice_find(rest, 0, '\n');
	return slice_trim(end == SLICE_NONE ? rest : slice_cut(rest, 0, end));
}

static struct slice
bytes_to_quote(const struct message *msg, const struct fact *fact, enum told_quote quote)
{
	if (quote == QUOTE_LINE)
		return rest_of_line(msg, fact->offset);
	if (quote == QUOTE_BYTES && fact->offset < msg->file.len)
		return slice_cut(msg->file, (size_t)fact->offset, (size_t)fact->len);
	return (struct slice){ NULL, 0 };
}

void
found_place(struct findings *out, int part, uint64_t offset, uint64_t length)
{
	found(out, part, offset, length, "%s", "");
}

/* What stands before and behind quoted bytes: nothing, where there are none. */
static const char *
quote_mark(struct slice bytes)
{
	if (bytes.len == 0)
		return "";
	return slice_find(bytes, 0, '"') == SLICE_NONE ? "\"" : "'";
}

void
found_fact(const struct message *msg, struct findings *out, const struct fact *fact,
    const struct told *told)
{
	struct slice bytes = bytes_to_quote(msg, fact, told->quote);
	const char *quote = found_quote(out, bytes, QUOTE_MAX);
	const char *mark = quote_mark(bytes);
	const char *gap = bytes.len > 0 && *told->words ? " " : "";
	unsigned long long value = fact->value;

	if (!told->unit)
		found(out, fact->part, fact->offset, fact->len, "%s%s%s%s%s", told->words, gap,
		    mark, quote, mark);
	else if (*told->words || bytes.len > 0)
		found(out, fact->part, fact->offset, fact->len, "%s%s%s%s%s (%llu %s)", told->words,
		    gap, mark, quote, mark, value, told->unit);
	else
		found(out, fact->part, fact->offset, fact->len, "%llu %s", value, told->unit);
}

void
found_param(const struct message *msg, struct findings *out, size_t part, const char *words,
    const struct param *param)
{
	const struct told told = { FACT_COUNT, words, NULL, QUOTE_BYTES };
	const struct fact fact = { .part = (int)part,
		.field = -1,
		.offset = message_offset(msg, param->whole),
		.len = param->whole.len };

	found_fact(msg, out, &fact, &told);
}

void
found_in_field(const struct message *msg, struct findings *out, const struct fact *fact,
    const struct told *told)
{
	const struct field *field = fact_field(msg, fact);
	struct slice bytes = bytes_to_quote(msg, fact, told->quote);
	const char *mark = quote_mark(bytes);
	const char *gap = bytes.len > 0 && *told->words ? " " : "";

	if (!field) {
		found_fact(msg, out, fact, told);
		return;
	}
	found(out, fact->part, fact->offset, fact->len, "%s%s%s%s%s%sin %s", told->words, gap, mark,
	    found_quote(out, bytes, QUOTE_MAX), mark, bytes.len > 0 || *told->words ? " " : "",
	    found_quote(out, field->name, 24));
}

void
found_facts(const struct message *msg, struct findings *out, const struct told *told, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct fact *fact = NULL;

		while ((fact = message_next_fact(msg, told[i].kind, fact)))
			found_fact(msg, out, fact, &told[i]);
	}
}

void
found_facts_in_fields(
    const struct message *msg, struct findings *out, const struct told *told, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct fact *fact = NULL;

		while ((fact = message_next_fact(msg, told[i].kind, fact)))
			found_in_field(msg, out, fact, &told[i]);
	}
}

void
found_by_value(const struct message *msg, struct findings *out, enum fact_kind kind,
    const char *const *words, size_t n, enum told_quote quote)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, kind, fact))) {
		struct told told = { kind, fact->value < n ? words[fact->value] : NULL, NULL,
			quote };

		if (told.words)
			found_in_field(msg, out, fact, &told);
	}
}

bool
line_is_cut(const struct message *msg, uint64_t offset, uint64_t len)
{
	const struct slice text = msg->lines.text;
	const uint64_t end = message_offset(msg, text) + text.len;
	const struct slice line = slice_cut(msg->file, (size_t)offset, (size_t)len);

	return text.len > 0 && offset + len >= end && slice_find(line, 0, '\n') == SLICE_NONE;
}

bool
fact_met(const struct message *msg, enum fact_kind kind)
{
	return msg->facts_seen[kind] > 0;
}

const struct field *
fact_field(const struct message *msg, const struct fact *fact)
{
	if (fact->field < 0 || (size_t)fact->field >= msg->n_fields)
		return NULL;
	return &msg->fields[fact->field];
}

const struct param *
next_param(const struct typed_value *value, const char *name, const struct param *after)
{
	size_t len = strlen(name);

	for (size_t i = after ? (size_t)(after - value->params) + 1 : 0; i < value->n_params; i++) {
		struct slice found = value->params[i].name;

		if (slice_starts_nocase(found, name) &&
		    (found.len == len || found.data[len] == '*'))
			return &value->params[i];
	}
	return NULL;
}

struct slice
param_text(const struct param *param)
{
	size_t first =
	    slice_ends(param->name, "*") ? slice_find(param->value, 0, '\'') : SLICE_NONE;
	size_t second =
	    first == SLICE_NONE ? SLICE_NONE : slice_find(param->value, first + 1, '\'');

	return second == SLICE_NONE ? param->value : slice_from(param->value, second + 1);
}

uint64_t
offset_after(const struct message *msg, struct slice s)
{
	uint64_t start = s.data ? message_offset(msg, s) : OFFSET_NONE;

	return start == OFFSET_NONE ? OFFSET_NONE : start + s.len;
}

bool
part_runs_out(const struct message *msg, const struct part *part)
{
	uint64_t end = offset_after(msg, part->body);
	uint64_t last = offset_after(msg, msg->lines.text);

	return end != OFFSET_NONE && last != OFFSET_NONE && end >= last;
}

bool
is_out_queue(const struct message *msg)
{
	return msg->direction == DIRECTION_OUT && msg->folder != FOLDER_PICKUP &&
	       msg->folder != FOLDER_PICKUP_ARCHIVE;
}

/* Whether the file offset lies in the slice or right behind its last byte. */
static bool
holds(const struct message *msg, struct slice s, uint64_t offset)
{
	uint64_t start = s.data ? message_offset(msg, s) : OFFSET_NONE;

	return start != OFFSET_NONE && offset >= start && offset - start < s.len;
}

int
part_at_offset(const struct message *msg, uint64_t offset)
{
	if (offset == OFFSET_NONE)
		return -1;
	for (size_t i = msg->n_parts; i > 0; i--) {
		const struct part *part = &msg->parts[i - 1];

		if (holds(msg, part->header, offset) || holds(msg, part->body, offset))
			return (int)(i - 1);
	}
	return -1;
}
