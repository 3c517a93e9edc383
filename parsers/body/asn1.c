/*
 * asn1.c - S/MIME: whether the ContentInfo of PKCS #7 is as long as it says (X.690).
 *
 * Only the outermost element is read (RFC 2315 section 7: SEQUENCE of an object identifier and the
 * content); one of indefinite length is walked element by element. What follows it is not looked
 * at.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "body.h"
#include "parser.h"

#define TAG_SEQUENCE 0x30u
#define TAG_IDENTIFIER 0x06u
#define LONG_FORM 0x80u
#define LENGTH_BYTES_MAX 8u

/* One element: tag and length are read, pos is behind them. */
struct element {
	unsigned tag;
	uint64_t len;
	bool indefinite;
};

/* X.690 8.1.2, 8.1.3. False: there is no element at *pos. */
static bool
read_element(struct slice data, size_t *pos, struct element *element)
{
	size_t at = *pos;
	unsigned first;

	*element = (struct element){ 0 };
	if (at >= data.len)
		return false;
	element->tag = data.data[at++];
	if ((element->tag & 0x1f) == 0x1f) /* a tag of several bytes */
		while (at < data.len && (data.data[at++] & LONG_FORM))
			;
	if (at >= data.len)
		return false;
	first = data.data[at++];
	element->indefinite = first == LONG_FORM;
	element->len = first & LONG_FORM ? 0 : first;
	if (first > LONG_FORM + LENGTH_BYTES_MAX)
		return false;
	for (unsigned n = first & LONG_FORM ? first & 0x7f : 0; n > 0; n--) {
		if (at >= data.len)
			return false;
		element->len = element->len << 8 | data.data[at++];
	}
	*pos = at;
	return true;
}

/* Elements up to the end mark of the one of indefinite length whose content begins at pos. Those of
 * known length are stepped over, so only open ends are counted. */
static bool
is_closed(struct slice data, size_t pos)
{
	struct element element;

	for (size_t open = 1; open > 0;) {
		if (!read_element(data, &pos, &element) || element.len > data.len - pos)
			return false;
		if (element.indefinite)
			open++;
		else if (element.tag == 0 && element.len == 0)
			open--;
		else
			pos += element.len;
	}
	return true;
}

/* 0: sound. */
static enum asn1_fault
fault_of(struct slice data)
{
	struct element outer, first;
	size_t pos = 0, inside;

	if (slice_trim(data).len == 0)
		return ASN1_EMPTY;
	if (data.data[0] != TAG_SEQUENCE || !read_element(data, &pos, &outer))
		return ASN1_NO_SEQUENCE;
	inside = pos;
	if (!outer.indefinite && outer.len > data.len - pos)
		return ASN1_CUT;
	if (!read_element(data, &inside, &first) || first.tag != TAG_IDENTIFIER)
		return ASN1_NO_IDENTIFIER;
	return outer.indefinite && !is_closed(data, pos) ? ASN1_NOT_CLOSED : 0;
}

static void
parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts && !msg->partial; i++) {
		const struct part *part = &msg->parts[i];
		enum asn1_fault fault;

		if (part->kind != PART_LEAF || !part_is_pkcs7(part))
			continue;
		fault = fault_of(part->decoded);
		if (fault == ASN1_EMPTY)
			message_fact_at(msg, arena, FACT_ASN1_FORM, (int)i, -1, part->body, fault);
		else if (fault)
			body_fact(msg, arena, FACT_ASN1_FORM, (int)i, 0,
			    part->decoded.len < 16 ? part->decoded.len : 16, fault);
	}
}

const struct parser parser_asn1 = { "asn1", NULL, parse };
