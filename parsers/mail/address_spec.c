/* address_spec.c - one addr-spec (RFC 5322 section 3.4.1), fed token by token. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "address.h"

#define SPEC_MAX 246u /* bytes of an address that Exchange keeps */

void
spec_clear(struct spec *spec)
{
	*spec = (struct spec){ .first = ADDRESS_NOWHERE,
		.at = ADDRESS_NOWHERE,
		.second_at = ADDRESS_NOWHERE,
		.dot = ADDRESS_NOWHERE,
		.gap = ADDRESS_NOWHERE,
		.junk = ADDRESS_NOWHERE,
		.domain_from = ADDRESS_NOWHERE,
		.last = SPEC_START };
}

static void
note(size_t *where, size_t pos)
{
	if (*where == ADDRESS_NOWHERE)
		*where = pos;
}

static void
feed_at(struct spec *spec, const struct token *token)
{
	if (spec->at != ADDRESS_NOWHERE)
		note(&spec->second_at, token->from);
	if (spec->last == SPEC_DOT)
		note(&spec->dot, spec->end - 1);
	spec->local_end = spec->last == SPEC_START ? token->from : spec->end;
	spec->at = token->from;
	spec->domain_from = ADDRESS_NOWHERE;
	spec->last = SPEC_AT;
}

void
spec_feed(struct spec *spec, const struct token *token)
{
	if (token->kind == TOKEN_SPECIAL && token->byte == '@') {
		feed_at(spec, token);
	} else if (token->kind == TOKEN_SPECIAL && token->byte == '.') {
		if (spec->last != SPEC_WORD)
			note(&spec->dot, token->from);
		spec->last = SPEC_DOT;
	} else if (token->kind == TOKEN_SPECIAL) {
		note(&spec->junk, token->from);
	} else {
		if (spec->last == SPEC_WORD)
			note(&spec->gap, token->from);
		spec->last = SPEC_WORD;
	}
	if (spec->at != ADDRESS_NOWHERE && spec->at != token->from)
		note(&spec->domain_from, token->from);
	note(&spec->first, token->from);
	spec->end = token->end;
}

bool
spec_is_lawful(const struct spec *spec)
{
	return spec->at != ADDRESS_NOWHERE && spec->second_at == ADDRESS_NOWHERE &&
	       spec->first != spec->at && spec->last == SPEC_WORD && spec->dot == ADDRESS_NOWHERE &&
	       spec->gap == ADDRESS_NOWHERE && spec->junk == ADDRESS_NOWHERE;
}

void
address_fact(
    const struct address_sink *sink, enum fact_kind kind, size_t from, size_t end, uint64_t value)
{
	message_fact_at(sink->msg, sink->arena, kind, sink->part, sink->field,
	    slice_cut(sink->value, from, end - from), value);
}

static void
judge_imcea(const struct address_sink *sink, const struct spec *spec, struct slice local)
{
	size_t at;
	int fault = imcea_check(local, spec->at != ADDRESS_NOWHERE, &at);

	if (fault)
		address_fact(sink, FACT_ADDRESS_IMCEA_BAD, spec->first + at, spec->first + at + 1,
		    (uint64_t)fault);
}

void
spec_judge(const struct address_sink *sink, const struct spec *spec, struct address *address)
{
	bool has_at = spec->at != ADDRESS_NOWHERE;
	size_t local_end = has_at ? spec->local_end : spec->end;
	size_t dot = spec->dot;

	address->local = slice_cut(sink->value, spec->first, local_end - spec->first);
	if (spec->domain_from != ADDRESS_NOWHERE)
		address->domain =
		    slice_cut(sink->value, spec->domain_from, spec->end - spec->domain_from);
	if (!has_at)
		address_fact(sink, FACT_ADDRESS_NO_AT, spec->first, spec->end, 0);
	else if (address->local.len == 0)
		address_fact(sink, FACT_ADDRESS_EMPTY_LOCAL, spec->at, spec->at + 1, 0);
	if (has_at && address->domain.len == 0)
		address_fact(sink, FACT_ADDRESS_EMPTY_DOMAIN, spec->at, spec->at + 1, 0);
	if (spec->second_at != ADDRESS_NOWHERE)
		address_fact(sink, FACT_ADDRESS_TWO_ATS, spec->second_at, spec->second_at + 1, 0);
	if (dot == ADDRESS_NOWHERE && spec->last == SPEC_DOT)
		dot = spec->end - 1;
	if (dot != ADDRESS_NOWHERE)
		address_fact(sink, FACT_ADDRESS_DOTS, dot, dot + 1, 0);
	if (spec->end - spec->first > SPEC_MAX)
		address_fact(
		    sink, FACT_ADDRESS_LONG, spec->first, spec->end, spec->end - spec->first);
	judge_imcea(sink, spec, address->local);
}
