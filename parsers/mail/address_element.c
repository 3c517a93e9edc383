/*
 * address_element.c - judging one element of an address list.
 *
 * Damage ends with its element: one fault is one fact, not ten.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "address.h"

void
element_clear(struct element *element)
{
	*element = (struct element){ .from = ADDRESS_NOWHERE,
		.name_from = ADDRESS_NOWHERE,
		.special = ADDRESS_NOWHERE,
		.junk = ADDRESS_NOWHERE,
		.comment_from = ADDRESS_NOWHERE,
		.list_from = ADDRESS_NOWHERE };
	spec_clear(&element->spec);
}

static struct slice
cut(const struct address_sink *sink, size_t from, size_t end)
{
	return slice_cut(sink->value, from, end - from);
}

static struct slice
display_of(const struct address_sink *sink, const struct element *element)
{
	if (element->where != BEFORE_ANGLE && element->name_from != ADDRESS_NOWHERE)
		return element->name_quoted
			   ? cut(sink, element->name_from + 1, element->name_end - 1)
			   : cut(sink, element->name_from, element->name_end);
	if (element->comment_from != ADDRESS_NOWHERE)
		return cut(sink, element->comment_from + 1, element->comment_end - 1);
	return (struct slice){ 0 };
}

static void
keep_address(
    const struct address_sink *sink, struct address_totals *totals, const struct address *address)
{
	struct message *msg = sink->msg;

	if (++totals->n_addresses > MESSAGE_ADDRESSES_MAX)
		return;
	arena_grow(sink->arena, &msg->addresses, &msg->addresses_room, msg->n_addresses,
	    sizeof *msg->addresses);
	msg->addresses[msg->n_addresses++] = *address;
}

static bool
element_is_lawful(const struct element *element)
{
	if (element->broken || !spec_is_lawful(&element->spec))
		return false;
	if (element->where == BEFORE_ANGLE)
		return true;
	return element->where == BEHIND_ANGLE && element->special == ADDRESS_NOWHERE &&
	       element->junk == ADDRESS_NOWHERE;
}

/* Q231748: a comment with a comma in it, and no lawful mailbox around it. */
static void
judge_list_comment(const struct address_sink *sink, struct waiting *waiting,
    const struct element *element, bool stray_semicolon)
{
	struct slice where;

	if (element->list_from == ADDRESS_NOWHERE)
		return;
	if (stray_semicolon || !element_is_lawful(element)) {
		address_fact(
		    sink, FACT_ADDRESS_COMMENT_LIST, element->list_from, element->list_end, 1);
		return;
	}
	where = cut(sink, element->list_from, element->list_end);
	if (waiting->seen++ < FACTS_KEPT)
		waiting->facts[waiting->seen - 1] =
		    (struct fact){ .kind = FACT_ADDRESS_COMMENT_LIST,
			    .part = sink->part,
			    .field = sink->field,
			    .offset = message_offset(sink->msg, where),
			    .len = where.len };
}

/* What only an element without further damage is asked. */
static void
judge_words(const struct address_sink *sink, const struct element *element, struct address *address)
{
	const struct spec *spec = &element->spec;
	size_t junk = element->junk;

	if (element->where != BEFORE_ANGLE && spec->first == ADDRESS_NOWHERE)
		address_fact(sink, FACT_ADDRESS_NULL, element->angle, element->end, 0);
	if (spec->first != ADDRESS_NOWHERE)
		spec_judge(sink, spec, address);
	if (element->where == BEFORE_ANGLE) {
		/* A name and an address without brackets. */
		if (spec->at != ADDRESS_NOWHERE && spec->gap != ADDRESS_NOWHERE)
			address_fact(
			    sink, FACT_ADDRESS_UNQUOTED_SPECIAL, spec->at, spec->at + 1, 0);
		if (junk == ADDRESS_NOWHERE)
			junk = spec->junk;
	} else {
		if (element->special != ADDRESS_NOWHERE)
			address_fact(sink, FACT_ADDRESS_UNQUOTED_SPECIAL, element->special,
			    element->special + 1, 0);
		if (spec->gap < junk)
			junk = spec->gap;
		if (spec->junk < junk)
			junk = spec->junk;
	}
	if (junk != ADDRESS_NOWHERE)
		address_fact(sink, FACT_ADDRESS_JUNK, junk, junk + 1, 0);
}

void
element_finish(const struct address_sink *sink, struct address_totals *totals,
    const struct element *element, struct element_end end)
{
	struct address address = { .field = sink->field, .in_group = end.in_group };

	if (element->from == ADDRESS_NOWHERE)
		return;
	if (element->where == IN_ANGLE)
		address_fact(
		    sink, FACT_ADDRESS_UNCLOSED_ANGLE, element->angle, element->angle + 1, 0);
	if (!element->has_words) {
		if (!end.in_group && !end.behind_group && !element->broken)
			address_fact(
			    sink, FACT_ADDRESS_ONLY_COMMENT, element->from, element->end, 0);
	} else if (!element->broken) {
		judge_words(sink, element, &address);
	}
	judge_list_comment(sink, &totals->waiting, element, end.stray_semicolon);
	address.whole = cut(sink, element->from, element->end);
	address.display = display_of(sink, element);
	if (element->has_words)
		keep_address(sink, totals, &address);
}
