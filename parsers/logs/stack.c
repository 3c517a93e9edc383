/*
 * stack.c - the raw stack of a Dr. Watson log, rebuilt, and the text on it.
 *
 * What the thread was reading often lies on its stack: a boundary, a header, a file name. Runs of
 * text are kept that chance and the program itself do not make; where they stand in the spool is
 * for others to say.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

#define RUN_MIN 12
#define NAME_MIN 8
#define DIFFERENT_MIN 6

/* Bytes that text of a message has; DEL and most controls never. */
static bool
is_text(unsigned char byte)
{
	return byte >= 0xa0 || (byte >= 0x20 && byte < 0x7f) || byte == '\t' || byte == '\r' ||
	       byte == '\n' || byte == 0x1b;
}

/* Whether the run is long and mixed enough to tell one message from others: addresses of code have
 * few letters, fillings few different bytes. */
static bool
is_unusual(struct slice run)
{
	bool seen[256] = { false };
	size_t different = 0, ascii = 0;

	for (size_t i = 0; i < run.len; i++) {
		different += !seen[run.data[i]];
		seen[run.data[i]] = true;
		ascii += run.data[i] < 0x80;
	}
	return run.len >= RUN_MIN && different >= DIFFERENT_MIN &&
	       (ascii * 4 >= run.len * 3 || ascii * 4 <= run.len);
}

static void
run_end(struct stack_run *run, const struct stack_owner *owner, uint32_t flags)
{
	struct slice bytes = slice_of(run->bytes, run->len);
	struct slice path = name_imcdata_path(bytes), name = name_of_path(path);
	struct evidence_item *item;

	run->len = 0;
	if (bytes.len < NAME_MIN)
		return;
	if (!name_is_spool(name)) {
		path.len = 0;
		name = name_alone(bytes, 0);
	}
	if (!is_unusual(bytes) && !name.len)
		return;
	item = sink_item(owner->sink, EVIDENCE_STACK, run->offset, run->number);
	when_set(item, owner->when, ZONE_LOCAL);
	item->flags |= owner->flags | flags | (name.len && !path.len ? EVIDENCE_WEAK : 0);
	item->source = evidence_text(item, owner->application);
	item->spool = evidence_text(item, name);
	item->path = evidence_text(item, path);
	item->bytes = evidence_text(item, bytes);
	sink_keep(owner->sink, item);
}

static void
run_add(struct stack_run *run, unsigned char byte, const struct log_line *line,
    const struct stack_owner *owner, uint32_t flags)
{
	if (run->len == STACK_RUN_MAX)
		run_end(run, owner, flags);
	if (run->len == 0) {
		run->offset = line->offset;
		run->number = line->number;
	}
	run->bytes[run->len++] = byte;
}

static void
add_byte(struct stack *stack, unsigned char byte, const struct log_line *line,
    const struct stack_owner *owner)
{
	if (is_text(byte))
		run_add(&stack->narrow, byte, line, owner, 0);
	else
		run_end(&stack->narrow, owner, 0);
	if (stack->half && byte == 0) {
		run_add(&stack->wide, stack->held, line, owner, EVIDENCE_WIDE);
		stack->half = false;
		return;
	}
	if (stack->half || !is_text(byte))
		run_end(&stack->wide, owner, EVIDENCE_WIDE);
	stack->half = is_text(byte);
	stack->held = byte;
}

void
stack_end(struct stack *stack, const struct stack_owner *owner)
{
	run_end(&stack->narrow, owner, 0);
	run_end(&stack->wide, owner, EVIDENCE_WIDE);
	stack->half = stack->going = false;
}

/* Sixteen pairs at most; the columns of text behind them are not looked at, for they may be pairs
 * too: two blanks end the row. */
static size_t
read_pairs(struct slice s, unsigned char out[16])
{
	size_t n = 0, at = 0;

	while (n < 16 && at + 2 <= s.len) {
		int high = byte_hex(s.data[at]), low = byte_hex(s.data[at + 1]);

		if (high < 0 || low < 0 || (at + 2 < s.len && s.data[at + 2] != ' '))
			break;
		out[n++] = (unsigned char)(high << 4 | low);
		at += 3;
		if (n == 8 && slice_starts(slice_from(s, at), "- "))
			at += 2;
	}
	return n;
}

bool
stack_row(struct stack *stack, const struct log_line *line, const struct stack_owner *owner)
{
	struct slice s = slice_trim(line->text);
	unsigned char pairs[16];
	uint32_t address;
	size_t n;

	if (s.len < 12 || !text_hex(slice_cut(s, 0, 8), &address) || byte_hex(s.data[7]) < 0 ||
	    s.data[8] != ' ')
		return false;
	n = read_pairs(slice_trim(slice_from(s, 8)), pairs);
	if (n == 0)
		return false;
	if (stack->going && stack->next != address)
		stack_end(stack, owner);
	for (size_t i = 0; i < n; i++)
		add_byte(stack, pairs[i], line, owner);
	stack->next = address + (uint32_t)n;
	stack->going = true;
	return true;
}
