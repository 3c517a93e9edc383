/*
 * conform_address.c - single addresses, once more: what is lawful and odd, and what breaks a limit.
 *
 * The list parser has told what does not close, what is empty and what is doubled; each form is
 * recorded once an address.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "address.h"
#include "conform.h"

#define LOCAL_MAX 64u   /* RFC 5321 section 4.5.3.1.1 */
#define DOMAIN_MAX 255u /* RFC 5321 section 4.5.3.1.2 */
#define ESC 0x1b

/* Places in the element as it stands; ADDRESS_NOWHERE where there is none. */
struct shape {
	size_t open, close; /* the first < and the first > behind it */
	size_t other_at;    /* an @ that belongs to a second address */
	bool route;
};

/* value[from, end) of the address's element. */
static void
tell(const struct conform *at, enum address_form form, size_t from, size_t end)
{
	conform_fact(at, FACT_ADDRESS_FORM, from, end, form);
}

static struct shape
shape_of(struct slice whole)
{
	struct shape shape = { ADDRESS_NOWHERE, ADDRESS_NOWHERE, ADDRESS_NOWHERE, false };
	struct scanner scanner = { .value = whole };
	size_t first_at = ADDRESS_NOWHERE, gap = ADDRESS_NOWHERE, before = 0;
	struct token token;

	for (; (token = address_token(&scanner)).kind != TOKEN_END; before = token.end) {
		if (token.kind == TOKEN_ATOM && first_at != ADDRESS_NOWHERE && token.from > before)
			gap = token.from;
		if (token.byte == '<' && shape.open == ADDRESS_NOWHERE)
			shape.open = token.from;
		else if (token.byte == '>' && shape.open < shape.close)
			shape.close = shape.close == ADDRESS_NOWHERE ? token.from : shape.close;
		else if (token.byte == ':' && shape.open != ADDRESS_NOWHERE)
			shape.route = shape.route || first_at > shape.open;
		if (token.byte != '@')
			continue;
		if (shape.other_at == ADDRESS_NOWHERE &&
		    (shape.close != ADDRESS_NOWHERE ||
			(shape.open == ADDRESS_NOWHERE && gap != ADDRESS_NOWHERE)))
			shape.other_at = token.from;
		if (first_at == ADDRESS_NOWHERE || first_at < shape.open)
			first_at = token.from;
	}
	return shape;
}

static void
judge_angle(const struct conform *at, const struct shape *shape)
{
	const unsigned char *data = at->value.data;
	size_t open = shape->open, close = shape->close;

	if (shape->other_at != ADDRESS_NOWHERE)
		tell(at, ADDRESS_COMMA_MISSING, shape->other_at, shape->other_at + 1);
	if (open == ADDRESS_NOWHERE || close == ADDRESS_NOWHERE || close == open + 1)
		return;
	if (byte_is_blank(data[open + 1]))
		tell(at, ADDRESS_ANGLE_BLANK, open + 1, open + 2);
	else if (byte_is_blank(data[close - 1]))
		tell(at, ADDRESS_ANGLE_BLANK, close - 1, close);
	if (open > 0 && !byte_is_space(data[open - 1]))
		tell(at, ADDRESS_ANGLE_TIGHT, open, open + 1);
	if (shape->route)
		tell(at, ADDRESS_ROUTE, open + 1, open + 2);
}

/* Whether the bytes read as local@domain. */
static bool
looks_like_address(struct slice s)
{
	size_t sign = slice_find(s, 0, '@');

	if (sign == SLICE_NONE || sign == 0 || sign + 1 >= s.len)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (byte_is_space(s.data[i]) || byte_is_control(s.data[i]))
			return false;
	return slice_find(s, sign + 1, '.') != SLICE_NONE;
}

static struct slice
without_quotes(struct slice s)
{
	s = slice_trim(s);
	if (s.len >= 2 && (s.data[0] == '\'' || s.data[0] == '"') && s.data[s.len - 1] == s.data[0])
		s = slice_cut(s, 1, s.len - 2);
	return s;
}

static void
judge_name(const struct conform *at, const struct address *address)
{
	struct slice name = without_quotes(address->display), spec = address->local;
	size_t from;

	if (address->display.data && slice_trim(address->display).len == 0) {
		from = slice_index(at->value, address->display);
		if (from != SLICE_NONE && from > 0 && at->value.data[from - 1] == '"')
			tell(at, ADDRESS_NAME_BLANK, from - 1, from + address->display.len + 1);
		return;
	}
	if (!looks_like_address(name) || address->domain.len == 0 || spec.len == 0)
		return;
	spec.len = (size_t)(address->domain.data + address->domain.len - spec.data);
	if (slice_same_nocase(name, spec))
		return;
	from = slice_index(at->value, name);
	tell(at, ADDRESS_NAME_IS_OTHER, from, from + name.len);
}

static bool
is_atom(struct slice s)
{
	static const char marks[] = "!#$%&'*+-/=?^_`{|}~.";

	for (size_t i = 0; i < s.len; i++) {
		const char *mark = marks;

		while (*mark && s.data[i] != (unsigned char)*mark)
			mark++;
		if (!*mark && !byte_is_alpha(s.data[i]) && !byte_is_digit(s.data[i]))
			return false;
	}
	return s.len > 0;
}

static size_t
find_line_break(struct slice s)
{
	size_t lf = slice_find(s, 0, '\n');

	return lf == SLICE_NONE ? slice_find(s, 0, '\r') : lf;
}

static void
judge_local(const struct conform *at, struct slice local)
{
	size_t from = slice_index(at->value, local), end = from + local.len;
	size_t quote = slice_find(local, 0, '"'), esc = slice_find(local, 0, ESC);
	size_t last = slice_rfind(local, '"');

	if (local.len > LOCAL_MAX)
		tell(at, ADDRESS_LOCAL_LONG, from, end);
	if (esc != SLICE_NONE)
		tell(at, ADDRESS_ISO2022, from + esc, from + esc + 1);
	if (find_line_break(local) != SLICE_NONE)
		tell(at, ADDRESS_LINE_BREAK, from, end);
	if (quote == SLICE_NONE || quote == last)
		return;
	if (quote > 0 || last + 1 < local.len)
		tell(at, ADDRESS_QUOTED_PARTLY, from, end);
	else if (is_atom(slice_cut(local, 1, local.len - 2)) && local.data[1] != '.' &&
		 local.data[local.len - 2] != '.' && slice_find_str(local, 0, "..") == SLICE_NONE)
		tell(at, ADDRESS_QUOTED_NEEDLESSLY, from, end);
}

static void
judge_literal(const struct conform *at, struct slice domain, size_t from)
{
	size_t bad = SLICE_NONE;

	for (size_t i = 1; i < domain.len && domain.data[i] != ']'; i++) {
		unsigned char byte = domain.data[i];

		if (byte_is_space(byte)) {
			tell(at, ADDRESS_LITERAL_BLANK, from + i, from + i + 1);
			break;
		}
		if (byte == '[' || byte == '\\' || byte >= 0x80 || byte_is_control(byte)) {
			bad = i;
			break;
		}
	}
	if (bad == SLICE_NONE && slice_find(domain, 0, ']') == SLICE_NONE)
		bad = 0;
	if (bad != SLICE_NONE)
		tell(at, ADDRESS_LITERAL_BAD, from + bad, from + bad + 1);
}

/* RFC 1035 section 2.3.1: letters, digits, hyphens. 8-bit bytes are told by the list parser, and
 * the underscores of Windows machines by nobody. */
static bool
is_domain_byte(unsigned char byte)
{
	return byte_is_alpha(byte) || byte_is_digit(byte) || byte == '-' || byte == '.' ||
	       byte == '_' || byte >= 0x80;
}

static void
judge_domain(const struct conform *at, struct slice domain)
{
	size_t from = slice_index(at->value, domain), pos = 0;

	if (domain.len > DOMAIN_MAX)
		tell(at, ADDRESS_DOMAIN_LONG, from, from + domain.len);
	if (domain.data[0] == '[') {
		judge_literal(at, domain, from);
		return;
	}
	while (pos < domain.len && is_domain_byte(domain.data[pos]))
		pos++;
	if (pos < domain.len) {
		bool gap = byte_is_space(domain.data[pos]) || domain.data[pos] == '(';

		tell(at, gap ? ADDRESS_GAP_IN_DOMAIN : ADDRESS_DOMAIN_BYTE, from + pos,
		    from + pos + 1);
		if (find_line_break(domain) != SLICE_NONE)
			tell(at, ADDRESS_LINE_BREAK, from, from + domain.len);
	}
	if (domain.data[domain.len - 1] == '.')
		tell(at, ADDRESS_DOMAIN_DOT, from + domain.len - 1, from + domain.len);
	else if (slice_find(domain, 0, '.') == SLICE_NONE)
		tell(at, ADDRESS_SHORT_DOMAIN, from, from + domain.len);
}

static void
judge(struct message *msg, struct arena *arena, const struct address *address)
{
	struct conform at = { msg, arena, msg->fields[address->field].part, address->field,
		address->whole };
	struct shape shape = shape_of(address->whole);

	judge_angle(&at, &shape);
	judge_name(&at, address);
	if (address->local.len > 0)
		judge_local(&at, address->local);
	if (address->domain.len > 0)
		judge_domain(&at, address->domain);
}

/* Whether a colon outside quotes and comments begins a group. */
static bool
has_group(struct slice value)
{
	struct scanner scanner = { .value = value };
	struct token token;
	size_t depth = 0;

	while ((token = address_token(&scanner)).kind != TOKEN_END) {
		depth += token.byte == '<';
		depth -= token.byte == '>' && depth > 0;
		if (token.byte == ':' && depth == 0)
			return true;
	}
	return false;
}

static bool
takes_addresses(enum field_id id)
{
	return (id >= FIELD_FROM && id <= FIELD_BCC) ||
	       (id >= FIELD_RESENT_FROM && id <= FIELD_RESENT_BCC);
}

/* One field with the n addresses that were kept of it. */
static void
judge_count(struct message *msg, struct arena *arena, size_t index, size_t n)
{
	const struct field *field = &msg->fields[index];
	struct conform at = { msg, arena, field->part, (int)index, slice_trim(field->value) };
	bool sender = field->id == FIELD_SENDER || field->id == FIELD_RESENT_SENDER;
	bool group;

	if (at.value.len == 0 || (n > 0 && !sender))
		return;
	group = has_group(at.value);
	if (n == 0 && !group)
		conform_fact(&at, FACT_ADDRESS_COUNT, 0, at.value.len, 0);
	else if (sender && group)
		conform_fact(&at, FACT_ADDRESS_COUNT, 0, at.value.len, 2);
	else if (sender && n > 1)
		conform_fact(&at, FACT_ADDRESS_COUNT, 0, at.value.len, 1);
}

void
conform_addresses(struct message *msg, struct arena *arena)
{
	bool cut = msg->facts_seen[FACT_ADDRESSES_CUT] > 0;
	size_t next = 0;

	for (size_t i = 0; i < msg->n_addresses; i++)
		judge(msg, arena, &msg->addresses[i]);
	/* Addresses stand in the order of their fields. */
	for (size_t i = 0; i < msg->n_fields && !cut; i++) {
		size_t from = next;

		while (next < msg->n_addresses && msg->addresses[next].field == (int)i)
			next++;
		if (takes_addresses(msg->fields[i].id))
			judge_count(msg, arena, i, next - from);
	}
}
