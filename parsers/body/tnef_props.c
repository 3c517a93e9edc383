/*
 * tnef_props.c - MAPI property lists inside a TNEF stream ([MS-OXTNEF] 2.1.3.4 and 2.1.3.5).
 *
 * A count, then properties: type, id, for a named one its GUID and number or name, then one value,
 * or a count of values; what is of variable length has its length before it and is padded to four
 * bytes.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tnef.h"

#define MULTI_VALUED 0x1000u
#define NAMED_FROM 0x8000u

/* Values of FACT_TNEF_PROPS_BAD. */
enum fault {
	FAULT_RUNS_OUT = 1,
	FAULT_TYPE,
	FAULT_NAME,
	FAULT_UNICODE,
	FAULT_COUNT,
	FAULT_LEFT_OVER,
	FAULT_ROWS
};

/* A list being read; all places are places in the TNEF stream. */
struct props {
	struct tnef *tnef;
	struct cursor in; /* ends where the attribute ends */
	bool recipients;
};

static void
fault(struct props *props, size_t at, enum fault what)
{
	tnef_fact(props->tnef, FACT_TNEF_PROPS_BAD, at, 4, (uint64_t)what);
}

size_t
tnef_value_size(unsigned type)
{
	switch (type) {
	case PROP_NULL:
	case PROP_SHORT:
	case PROP_LONG:
	case PROP_FLOAT:
	case PROP_ERROR:
	case PROP_BOOLEAN:
		return 4;
	case PROP_DOUBLE:
	case PROP_CURRENCY:
	case PROP_APPTIME:
	case PROP_INT64:
	case PROP_SYSTIME:
		return 8;
	case PROP_GUID:
		return 16;
	case PROP_OBJECT:
	case PROP_STRING8:
	case PROP_UNICODE:
	case PROP_BINARY:
		return 0;
	default:
		return SLICE_NONE;
	}
}

static void
skip_padding(struct props *props, size_t len)
{
	size_t padding = (4 - len % 4) % 4;

	/* The last value of a list is often left without its padding. */
	cursor_skip(
	    &props->in, padding < cursor_left(&props->in) ? padding : cursor_left(&props->in));
}

static void
check_text(struct props *props, size_t at, uint32_t tag, struct slice value)
{
	unsigned type = tag & 0xffff & ~MULTI_VALUED;

	if (type != PROP_STRING8 && type != PROP_UNICODE)
		return;
	if (value.len == 0)
		tnef_fact(props->tnef, FACT_TNEF_EMPTY_STRING, at, 4, tag);
	else if (type == PROP_UNICODE && (value.len % 2 != 0 || value.data[value.len - 1] != 0 ||
					     value.data[value.len - 2] != 0))
		fault(props, at, FAULT_UNICODE);
}

/* One value of variable length; false when the list runs out in it. */
static bool
read_variable(struct props *props, uint32_t tag)
{
	size_t at = props->in.pos;
	uint32_t len = cursor_u32le(&props->in);
	struct slice value = cursor_bytes(&props->in, len);

	if (props->in.failed) {
		fault(props, at, FAULT_RUNS_OUT);
		return false;
	}
	check_text(props, at, tag, value);
	tnef_check_known(props->tnef, tag, at + 4, len);
	skip_padding(props, len);
	return true;
}

/* The value or values of the property whose tag stands at tag_at. */
static bool
read_values(struct props *props, size_t tag_at, uint32_t tag)
{
	unsigned type = tag & 0xffff & ~MULTI_VALUED;
	size_t size = tnef_value_size(type), at = props->in.pos;
	uint32_t count = 1;

	if (size == SLICE_NONE) {
		fault(props, tag_at, FAULT_TYPE);
		return false;
	}
	if ((tag & MULTI_VALUED) || size == 0)
		count = cursor_u32le(&props->in);
	if (count > cursor_left(&props->in) / (size > 0 ? size : 4)) {
		fault(props, at, count > 1 ? FAULT_COUNT : FAULT_RUNS_OUT);
		return false;
	}
	if (size > 0) {
		cursor_skip(&props->in, count * size);
		return true;
	}
	for (uint32_t i = 0; i < count; i++)
		if (!read_variable(props, tag))
			return false;
	return true;
}

/* The GUID and the number or name of a named property. */
static bool
read_name(struct props *props)
{
	size_t at = props->in.pos;
	uint32_t kind, len;

	cursor_skip(&props->in, 16);
	kind = cursor_u32le(&props->in);
	len = cursor_u32le(&props->in); /* the number itself when kind is 0 */
	if (kind == 1) {
		cursor_skip(&props->in, len);
		skip_padding(props, len);
	}
	if (props->in.failed || kind > 1 || (kind == 1 && (len == 0 || len % 2 != 0))) {
		fault(props, at, FAULT_NAME);
		return false;
	}
	return true;
}

static bool
read_property(struct props *props)
{
	size_t at = props->in.pos;
	uint32_t tag = cursor_u32le(&props->in); /* the type is the low word */
	unsigned type = tag & 0xffff;

	if (props->in.failed) {
		fault(props, at, FAULT_RUNS_OUT);
		return false;
	}
	if (tag >> 16 >= NAMED_FROM && !read_name(props))
		return false;
	if (props->recipients &&
	    (type == (MULTI_VALUED | PROP_STRING8) || type == (MULTI_VALUED | PROP_UNICODE)))
		tnef_fact(props->tnef, FACT_TNEF_MV_RECIPIENT, at, 4, tag);
	return read_values(props, at, tag);
}

static bool
read_list(struct props *props)
{
	size_t at = props->in.pos;
	uint32_t count = cursor_u32le(&props->in);

	if (props->in.failed) {
		fault(props, at, FAULT_RUNS_OUT);
		return false;
	}
	/* A property takes four bytes at least, so a lying count cannot keep us here. */
	for (uint32_t i = 0; i < count; i++)
		if (!read_property(props))
			return false;
	return true;
}

static struct props
props_at(struct tnef *tnef, size_t pos, size_t len)
{
	return (struct props){ .tnef = tnef,
		.in = cursor_at(slice_cut(tnef->in.bytes, 0, pos + len), pos) };
}

/* Less than a tag is filling. */
static void
check_left_over(struct props *props)
{
	if (cursor_left(&props->in) >= 4)
		fault(props, props->in.pos, FAULT_LEFT_OVER);
}

void
tnef_check_props(struct tnef *tnef, size_t pos, size_t len)
{
	struct props props = props_at(tnef, pos, len);

	if (read_list(&props))
		check_left_over(&props);
}

void
tnef_check_recipients(struct tnef *tnef, size_t pos, size_t len)
{
	struct props props = props_at(tnef, pos, len);
	uint32_t rows = cursor_u32le(&props.in);

	props.recipients = true;
	if (props.in.failed || rows > cursor_left(&props.in) / 4) {
		fault(&props, pos, FAULT_ROWS);
		return;
	}
	for (uint32_t i = 0; i < rows; i++)
		if (!read_list(&props))
			return;
	check_left_over(&props);
}
