/* addresses.c - address fields made anew: safe addresses only, names in words of ours. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "salvage/encode.h"
#include "salvage/head.h"
#include "salvage/text.h"

#define LINE 76u
#define FIELD_MOST 7000u /* bytes of one field */
#define NAME_MOST 120u
#define LOCAL_MOST 64u
#define DOMAIN_MOST 255u

/* [a.b.c.d] */
static bool
is_literal(struct slice domain)
{
	if (domain.len < 9 || domain.len > 17 || domain.data[0] != '[' ||
	    domain.data[domain.len - 1] != ']')
		return false;
	for (size_t i = 1; i + 1 < domain.len; i++)
		if (!byte_is_digit(domain.data[i]) && domain.data[i] != '.')
			return false;
	return true;
}

static bool
is_domain(struct slice domain)
{
	if (is_literal(domain))
		return true;
	for (size_t i = 0; i < domain.len; i++)
		if (!byte_is_alpha(domain.data[i]) && !byte_is_digit(domain.data[i]) &&
		    domain.data[i] != '-' && domain.data[i] != '.')
			return false;
	return text_is_dot_atom(domain, DOMAIN_MOST);
}

/* Letters, digits and what stands in most addresses; a dot in the domain. */
static bool
is_plain(struct slice local, struct slice domain)
{
	for (size_t i = 0; i < local.len; i++)
		if (!byte_is_alpha(local.data[i]) && !byte_is_digit(local.data[i]) &&
		    !strchr(".-_+", local.data[i]))
			return false;
	return !slice_starts_nocase(local, "IMCEA") && domain.data[0] != '[' &&
	       slice_find(domain, 0, '.') != SLICE_NONE;
}

/* A sender's percent sign has been taken for a print directive (Q196304). */
static bool
is_safe(const struct plan *plan, struct slice local, struct slice domain, bool sender)
{
	if (!text_is_dot_atom(local, LOCAL_MOST) || !is_domain(domain) ||
	    !unpack_imcea_is_sound(local) || slice_starts_nocase(local, "IMCEASMTP") ||
	    (sender && slice_find(local, 0, '%') != SLICE_NONE))
		return false;
	return !(plan->order->wish->more & SALVAGE_SPARE) || is_plain(local, domain);
}

bool
addresses_take(const struct plan *plan, struct slice address, bool sender)
{
	const size_t at = slice_rfind(address, '@');

	return at != SLICE_NONE &&
	       is_safe(plan, slice_cut(address, 0, at), slice_from(address, at + 1), sender);
}

/* Quotes undone, encoded words decoded; nothing that looks like another address. */
static struct slice
display_of(struct arena *arena, struct slice display)
{
	unsigned char *bare = arena_alloc(arena, display.len, 1);
	size_t len = 0;
	struct slice name;

	for (size_t i = 0; i < display.len; i++) {
		if (display.data[i] == '\\' && i + 1 < display.len)
			i++;
		bare[len++] = display.data[i];
	}
	name = text_one_line(arena, unpack_header_words(arena, slice_of(bare, len)));
	return slice_find(name, 0, '@') == SLICE_NONE ? name : slice_of(NULL, 0);
}

/* Addresses stand in the order of their fields: the first of this field or a later one. */
static size_t
first_of(const struct message *msg, size_t field)
{
	size_t low = 0, high = msg->n_addresses;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if ((size_t)msg->addresses[middle].field < field)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct walk {
	const struct message *msg;
	size_t next, end; /* fields of the header: end is behind the last */
	enum field_id id;
};

static struct walk
walk_start(const struct message *msg, int part, enum field_id id)
{
	const struct part *of = &msg->parts[part];

	return (
	    struct walk){ msg, first_of(msg, of->first_field), of->first_field + of->n_fields, id };
}

static const struct address *
walk_next(struct walk *walk)
{
	while (walk->next < walk->msg->n_addresses) {
		const struct address *address = &walk->msg->addresses[walk->next++];

		if ((size_t)address->field >= walk->end)
			break;
		if (walk->msg->fields[address->field].id == walk->id)
			return address;
	}
	return NULL;
}

static void
put_address(struct plan *plan, struct out *out, const struct address *address)
{
	const bool spare = plan->order->wish->more & SALVAGE_SPARE;
	const struct slice name =
	    spare ? slice_of(NULL, 0) : display_of(plan->arena, address->display);
	const size_t len = address->local.len + 1 + address->domain.len;
	const size_t before = out->len;

	(void)encode_phrase(out, name, NAME_MOST);
	if (out->len > before && out_column(out) + len + 3 > LINE) {
		out_crlf(out);
		out_byte(out, ' ');
	} else if (out->len > before) {
		out_byte(out, ' ');
	}
	if (name.len > 0)
		out_byte(out, '<');
	out_slice(out, address->local);
	out_byte(out, '@');
	out_slice(out, address->domain);
	if (name.len > 0)
		out_byte(out, '>');
}

size_t
addresses_write(struct plan *plan, struct out *out, const char *name, int part, enum field_id id,
    size_t most, bool *left)
{
	struct walk walk = walk_start(plan->msg, part, id);
	const struct address *address;
	const size_t begin = out->len;
	size_t n = 0;

	*left = false;
	while ((address = walk_next(&walk))) {
		if (n == most || out->len - begin > FIELD_MOST ||
		    !is_safe(plan, address->local, address->domain, most == 1)) {
			*left = true;
			continue;
		}
		if (n++ == 0) {
			out_text(out, name);
			out_text(out, ": ");
		} else {
			out_byte(out, ',');
			out_crlf(out);
			out_byte(out, ' ');
		}
		put_address(plan, out, address);
	}
	if (n > 0)
		out_crlf(out);
	return n;
}

void
addresses_tell(struct plan *plan, int part, enum field_id id, enum salvage_kind kind,
    enum salvage_source source)
{
	struct walk walk = walk_start(plan->msg, part, id);
	const struct address *address;

	while ((address = walk_next(&walk))) {
		unsigned char text[LOCAL_MOST + 1 + DOMAIN_MOST];
		struct slice bare = address->whole;
		struct salvage_row row = { .kind = kind, .code = source };

		row.offset = message_offset(plan->msg, address->whole);
		row.length = row.offset == OFFSET_NONE ? 0 : address->whole.len;
		if (is_safe(plan, address->local, address->domain, kind == SALVAGE_SENDER)) {
			memcpy(text, address->local.data, address->local.len);
			text[address->local.len] = '@';
			memcpy(text + address->local.len + 1, address->domain.data,
			    address->domain.len);
			bare = slice_of(text, address->local.len + 1 + address->domain.len);
		}
		row.text[0] = salvage_text(plan->out, bare);
		row.flags = salvage_address_is_safe(bare) ? SALVAGE_SAFE : 0;
		(void)salvage_add(plan->out, row);
	}
}
