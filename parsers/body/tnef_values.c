/*
 * tnef_values.c - what stands in the attributes of a TNEF stream ([MS-OXTNEF] 2.1.3.2 and 2.1.3.3).
 *
 * Version, code page, class, dates, priority, rendering data and addresses each have a form of
 * their own; a text has its NUL. An attribute belongs either to the message or to an attachment.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tnef.h"

#define VERSION_1_0 0x00010000u
#define DATE_LEN 14u
#define RENDER_LEN 14u
#define CLASS_MOST 255u
#define ONE_OFF_HEAD 8u /* kind, length of all, of the name, of the address: two bytes each */

enum {
	ATT_OWNER = 0x00060000,
	ATT_SENT_FOR = 0x00060001,
	ATT_DELEGATE = 0x00060002,
	ATT_DATE_START = 0x00030006,
	ATT_DATE_END = 0x00030007,
	ATT_OWNER_ID = 0x00050008,
	ATT_REQUEST = 0x00040009,
	ATT_FROM = 0x00008000,
	ATT_SUBJECT = 0x00018004,
	ATT_DATE_SENT = 0x00038005,
	ATT_DATE_RECEIVED = 0x00038006,
	ATT_STATUS = 0x00068007,
	ATT_CLASS = 0x00078008,
	ATT_CLASS_BEFORE = 0x00070006,
	ATT_MESSAGE_ID = 0x00018009,
	ATT_PARENT_ID = 0x0001800a,
	ATT_CONVERSATION = 0x0001800b,
	ATT_BODY = 0x0002800c,
	ATT_PRIORITY = 0x0004800d,
	ATT_DATE_MODIFIED = 0x00038020,
	ATT_ATTACH_TITLE = 0x00018010,
	ATT_ATTACH_PICTURE = 0x00068011,
	ATT_ATTACH_CREATED = 0x00038012,
	ATT_ATTACH_MODIFIED = 0x00038013,
	ATT_ATTACH_NAME = 0x00069001
};

static const uint32_t of_message[] = { ATT_OWNER, ATT_SENT_FOR, ATT_DELEGATE, ATT_DATE_START,
	ATT_DATE_END, ATT_OWNER_ID, ATT_REQUEST, ATT_FROM, ATT_SUBJECT, ATT_DATE_SENT,
	ATT_DATE_RECEIVED, ATT_STATUS, ATT_CLASS, ATT_CLASS_BEFORE, ATT_MESSAGE_ID, ATT_PARENT_ID,
	ATT_CONVERSATION, ATT_BODY, ATT_PRIORITY, ATT_DATE_MODIFIED, ATT_MAPI_PROPS, ATT_RECIPIENTS,
	ATT_VERSION, ATT_OEM_CODEPAGE };

static const uint32_t of_attachment[] = { ATT_ATTACH_DATA, ATT_ATTACH_TITLE, ATT_ATTACH_PICTURE,
	ATT_ATTACH_CREATED, ATT_ATTACH_MODIFIED, ATT_ATTACH_NAME, ATT_RENDER_DATA, ATT_ATTACHMENT };

static bool
is_among(uint32_t id, const uint32_t *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

static void
form(struct tnef *tnef, const struct tnef_attribute *att, enum tnef_form what)
{
	tnef_fact(tnef, FACT_TNEF_FORM, att->data, att->len, (uint64_t)what);
}

static void
check_level(struct tnef *tnef, const struct tnef_attribute *att)
{
	bool message = is_among(att->id, of_message, sizeof of_message / sizeof of_message[0]);
	bool attachment =
	    is_among(att->id, of_attachment, sizeof of_attachment / sizeof of_attachment[0]);

	if (!message && !attachment)
		tnef_fact(tnef, FACT_TNEF_FORM, att->at + 1, 4, TNEF_FORM_ID);
	else if (att->level != (message ? 1 : 2))
		tnef_fact(tnef, FACT_TNEF_FORM, att->at, 1, TNEF_FORM_LEVEL);
}

/* Year, month, day, hour, minute, second, day of the week, two bytes each; all zero: none. */
static bool
date_is_bad(struct cursor in)
{
	static const uint16_t least[] = { 1601, 1, 1, 0, 0, 0, 0 };
	static const uint16_t most[] = { 9999, 12, 31, 23, 59, 59, 6 };
	bool bad = false, zero = true;

	for (size_t i = 0; i < sizeof least / sizeof least[0]; i++) {
		uint16_t value = cursor_u16le(&in);

		bad = bad || value < least[i] || value > most[i];
		zero = zero && value == 0;
	}
	return bad && !zero;
}

/* Code pages that Windows knows, in runs. */
static bool
is_code_page(uint32_t page)
{
	static const uint32_t runs[][2] = { { 37, 37 }, { 437, 437 }, { 500, 500 }, { 708, 710 },
		{ 720, 720 }, { 737, 737 }, { 775, 775 }, { 850, 870 }, { 874, 875 }, { 932, 950 },
		{ 1026, 1149 }, { 1200, 1201 }, { 1250, 1258 }, { 1361, 1361 }, { 10000, 10082 },
		{ 12000, 12001 }, { 20000, 20949 }, { 21025, 21027 }, { 21866, 21866 },
		{ 28591, 28606 }, { 29001, 29001 }, { 38598, 38598 }, { 50220, 50229 },
		{ 50930, 50939 }, { 51932, 51950 }, { 52936, 52936 }, { 54936, 54936 },
		{ 57002, 57011 }, { 65000, 65001 } };

	for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
		if (page >= runs[i][0] && page <= runs[i][1])
			return true;
	return false;
}

/* Printable ASCII, not empty, at most 255 bytes. */
static bool
class_is_bad(struct slice text)
{
	if (text.len > 0 && text.data[text.len - 1] == '\0')
		text.len--;
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] < 0x20 || text.data[i] > 0x7e)
			return true;
	return text.len == 0 || text.len > CLASS_MOST;
}

/* Kind, position, width, height, flags 0 or 1 (2.1.3.3.15). The kinds are 1 and 2 by the book, and
 * clients write others. */
static void
take_rendering(struct tnef *tnef, const struct tnef_attribute *att, struct cursor in)
{
	uint32_t flags;

	cursor_skip(&in, 10);
	flags = cursor_u32le(&in);
	if (att->len == RENDER_LEN && flags > 1)
		form(tnef, att, TNEF_FORM_VALUE);
	tnef->attachment.is_macbinary = flags == 1;
}

/* Lengths of a name and of an address, each before or ahead of its text. */
static bool
address_runs_out(const struct tnef_attribute *att, struct cursor in)
{
	uint16_t all, name;

	if (att->id != ATT_FROM) {
		cursor_skip(&in, cursor_u16le(&in));
		cursor_skip(&in, cursor_u16le(&in));
		return in.failed;
	}
	cursor_skip(&in, 2);
	all = cursor_u16le(&in);
	name = cursor_u16le(&in);
	return (size_t)name + cursor_u16le(&in) + ONE_OFF_HEAD > att->len || all > att->len ||
	       in.failed;
}

static void
check_form(struct tnef *tnef, const struct tnef_attribute *att, struct cursor in)
{
	uint16_t priority;

	switch (att->id) {
	case ATT_VERSION:
		if (cursor_u32le(&in) != VERSION_1_0 && !in.failed)
			form(tnef, att, TNEF_FORM_VERSION);
		break;
	case ATT_OEM_CODEPAGE:
		if (!is_code_page(cursor_u32le(&in)) && !in.failed)
			form(tnef, att, TNEF_FORM_CODE_PAGE);
		break;
	case ATT_CLASS:
	case ATT_CLASS_BEFORE:
		if (class_is_bad(slice_cut(in.bytes, att->data, att->len)))
			form(tnef, att, TNEF_FORM_CLASS);
		break;
	case ATT_PRIORITY:
		priority = cursor_u16le(&in);
		if (!in.failed && (priority < 1 || priority > 3))
			form(tnef, att, TNEF_FORM_VALUE);
		break;
	case ATT_OWNER:
	case ATT_SENT_FOR:
	case ATT_DELEGATE:
	case ATT_FROM:
		if (att->len > 0 && address_runs_out(att, in))
			tnef_fact(tnef, FACT_TNEF_ADDRESS, att->data, att->len, att->id);
		break;
	default:
		break;
	}
}

/* An attachment begins with its rendering data, and what follows is of it. */
static void
take_attachment(struct tnef *tnef, const struct tnef_attribute *att, struct cursor in)
{
	struct tnef_attachment *attachment = &tnef->attachment;

	if (att->id == ATT_RENDER_DATA) {
		tnef_end_attachment(tnef);
		attachment->begun = true;
		take_rendering(tnef, att, in);
	} else if (!attachment->begun) {
		attachment->begun = true;
		tnef_fact(tnef, FACT_TNEF_FORM, att->at, 1, TNEF_FORM_ATTACHMENT);
	}
	if (att->id == ATT_ATTACH_DATA) {
		attachment->has_data = true;
		attachment->data = att->data;
		attachment->data_len = att->len;
	}
}

void
tnef_check_value(struct tnef *tnef, const struct tnef_attribute *att)
{
	/* Reads end with the attribute. */
	struct cursor in = cursor_at(slice_cut(tnef->in.bytes, 0, att->data + att->len), att->data);
	enum att_type type = (enum att_type)(att->id >> 16);

	check_level(tnef, att);
	if (att->level == 2)
		take_attachment(tnef, att, in);
	if (type == ATT_DATE && att->len == DATE_LEN && date_is_bad(in))
		form(tnef, att, TNEF_FORM_DATE);
	if (type == ATT_STRING && att->len > 0 && in.bytes.data[att->data + att->len - 1] != 0)
		form(tnef, att, TNEF_FORM_TEXT_OPEN);
	check_form(tnef, att, in);
}
