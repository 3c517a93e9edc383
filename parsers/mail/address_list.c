/*
 * address_list.c - reading an address list into elements.
 *
 * RFC 5322 section 3.4 with the obsolete forms of 4.4: routes, empty elements, names with dots.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "address.h"

enum separator { AT_START, AFTER_COMMA, AFTER_COLON, AFTER_SEMICOLON };

struct reader {
	const struct address_sink *sink;
	struct scanner scanner;
	struct element element;
	enum separator before; /* what stands before the element */
	size_t before_at;      /* where */
	bool in_group;
	size_t group_from, group_end; /* its name */
	struct address_totals *totals;
};

static void
finish_element(const struct reader *reader, bool stray_semicolon)
{
	element_finish(reader->sink, reader->totals, &reader->element,
	    (struct element_end){ .in_group = reader->in_group,
		.stray_semicolon = stray_semicolon,
		.behind_group = reader->before == AFTER_SEMICOLON });
}

static void
start_element(struct reader *reader, enum separator before, size_t at)
{
	element_clear(&reader->element);
	reader->before = before;
	reader->before_at = at;
}

static void
take_comma(struct reader *reader, size_t at)
{
	if (reader->element.from == ADDRESS_NOWHERE && reader->before == AFTER_COMMA)
		address_fact(
		    reader->sink, FACT_ADDRESS_EMPTY_ELEMENT, reader->before_at, at + 1, 0);
	finish_element(reader, false);
	start_element(reader, AFTER_COMMA, at);
}

static void
take_semicolon(struct reader *reader, size_t at)
{
	bool stray = !reader->in_group;

	if (stray)
		address_fact(reader->sink, FACT_ADDRESS_STRAY_SEMICOLON, at, at + 1, 0);
	finish_element(reader, stray);
	reader->in_group = false;
	start_element(reader, AFTER_SEMICOLON, at);
}

/* A colon outside brackets: the words before it name a group. */
static void
take_group(struct reader *reader, size_t at)
{
	const struct element *element = &reader->element;

	if (reader->in_group)
		address_fact(reader->sink, FACT_ADDRESS_GROUP_NESTED, at, at + 1, 0);
	else
		reader->group_from = element->from == ADDRESS_NOWHERE ? at : element->from;
	if (!element->has_words)
		address_fact(reader->sink, FACT_ADDRESS_GROUP_NAME, at, at + 1, 1);
	else if (spec_is_lawful(&element->spec))
		address_fact(reader->sink, FACT_ADDRESS_GROUP_NAME, element->from, element->end, 2);
	reader->group_end = at + 1;
	reader->in_group = true;
	start_element(reader, AFTER_COLON, at);
}

static void
extend(struct element *element, const struct token *token)
{
	if (element->from == ADDRESS_NOWHERE)
		element->from = token->from;
	element->end = token->end;
	if (token->kind != TOKEN_COMMENT)
		element->has_words = true;
}

static void
take_comment(struct reader *reader, const struct token *token)
{
	struct element *element = &reader->element;

	if (token->unclosed) {
		address_fact(
		    reader->sink, FACT_ADDRESS_UNCLOSED_COMMENT, token->from, token->end, 0);
		element->broken = true;
		return;
	}
	extend(element, token);
	element->comment_from = token->from;
	element->comment_end = token->end;
	if (token->has_list && element->list_from == ADDRESS_NOWHERE) {
		element->list_from = token->from;
		element->list_end = token->end;
	}
}

static void
take_open_angle(struct reader *reader, const struct token *token)
{
	struct element *element = &reader->element;

	extend(element, token);
	if (element->where != BEFORE_ANGLE) {
		address_fact(reader->sink, FACT_ADDRESS_STRAY_ANGLE, token->from, token->end, 0);
		return;
	}
	element->where = IN_ANGLE;
	element->angle = token->from;
	spec_clear(&element->spec);
}

static void
take_close_angle(struct reader *reader, const struct token *token)
{
	struct element *element = &reader->element;

	extend(element, token);
	if (element->where == IN_ANGLE)
		element->where = BEHIND_ANGLE;
	else
		address_fact(reader->sink, FACT_ADDRESS_STRAY_ANGLE, token->from, token->end, 0);
}

/* Words and specials inside the brackets. RFC 5322 section 4.4: a route "@a,@b:" may come first. */
static void
take_in_angle(struct element *element, const struct token *token)
{
	bool special = token->kind == TOKEN_SPECIAL;

	if (special && token->byte == ':' && element->route) {
		spec_clear(&element->spec);
		element->route = false;
		return;
	}
	if (special && token->byte == ',')
		return;
	if (special && token->byte == '@' && element->spec.first == ADDRESS_NOWHERE)
		element->route = true;
	spec_feed(&element->spec, token);
}

/* Words before the brackets, which may turn out to be an address without any. */
static void
take_in_name(struct element *element, const struct token *token)
{
	bool special = token->kind == TOKEN_SPECIAL && token->byte != '.';

	if ((special || token->kind == TOKEN_LITERAL) && element->special == ADDRESS_NOWHERE)
		element->special = token->from;
	element->name_quoted = element->name_from == ADDRESS_NOWHERE && token->kind == TOKEN_QUOTED;
	if (element->name_from == ADDRESS_NOWHERE)
		element->name_from = token->from;
	element->name_end = token->end;
	spec_feed(&element->spec, token);
}

static void
take_word(struct reader *reader, const struct token *token)
{
	struct element *element = &reader->element;

	if (token->kind == TOKEN_SPECIAL && token->byte == ')') {
		address_fact(reader->sink, FACT_ADDRESS_STRAY_PAREN, token->from, token->end, 0);
		extend(element, token);
		return;
	}
	if (token->unclosed) {
		address_fact(reader->sink, FACT_ADDRESS_UNCLOSED_QUOTE, token->from, token->end, 0);
		element->broken = true;
	}
	extend(element, token);
	if (element->where == IN_ANGLE)
		take_in_angle(element, token);
	else if (element->where == BEFORE_ANGLE)
		take_in_name(element, token);
	else if (element->junk == ADDRESS_NOWHERE)
		element->junk = token->from;
}

static void
take_special(struct reader *reader, const struct token *token)
{
	const struct element *element = &reader->element;
	bool in_angle = element->where == IN_ANGLE;

	if (token->byte == '<')
		take_open_angle(reader, token);
	else if (token->byte == '>')
		take_close_angle(reader, token);
	else if (token->byte == ',' && !(in_angle && element->route))
		take_comma(reader, token->from);
	else if (token->byte == ';' && !in_angle)
		take_semicolon(reader, token->from);
	else if (token->byte == ':' && element->where == BEFORE_ANGLE)
		take_group(reader, token->from);
	else
		take_word(reader, token);
}

void
address_list(const struct address_sink *sink, struct address_totals *totals)
{
	struct reader reader = {
		.sink = sink, .totals = totals, .scanner = { .value = sink->value }
	};
	struct token token;

	start_element(&reader, AT_START, 0);
	while ((token = address_token(&reader.scanner)).kind != TOKEN_END) {
		if (token.kind == TOKEN_COMMENT)
			take_comment(&reader, &token);
		else if (token.kind == TOKEN_SPECIAL)
			take_special(&reader, &token);
		else
			take_word(&reader, &token);
	}
	finish_element(&reader, false);
	if (reader.in_group)
		address_fact(
		    sink, FACT_ADDRESS_GROUP_UNCLOSED, reader.group_from, reader.group_end, 0);
}
