/* family.c - what the families of rules share. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

void
found_fact(struct findings *out, const struct fact *fact, const struct told *told)
{
	unsigned long long value = fact->value;

	if (told->unit)
		found(out, fact->part, fact->offset, fact->len, "%s (%llu %s)", told->words, value,
		    told->unit);
	else
		found(out, fact->part, fact->offset, fact->len, "%s", told->words);
}

void
found_facts(const struct message *msg, struct findings *out, const struct told *told, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct fact *fact = NULL;

		while ((fact = message_next_fact(msg, told[i].kind, fact)))
			found_fact(out, fact, &told[i]);
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

bool
names_iso2022(struct slice charset)
{
	return slice_starts_nocase(charset, "iso-2022-") ||
	       slice_starts_nocase(charset, "csiso2022");
}

bool
names_dbcs(struct slice charset)
{
	static const char *const names[] = { "shift_jis", "shift-jis", "x-sjis", "sjis", "ms_kanji",
		"cp932", "windows-31j", "windows-932", "euc-jp", "x-euc-jp", "x-euc", "big5",
		"cp950", "gb2312", "gb_2312-80", "gbk", "cp936", "hz-gb-2312", "euc-kr",
		"ks_c_5601-1987", "ks_c_5601", "cp949", "euc-cn", "euc-tw", "x-x-big5", "cn-big5",
		"cn-gb" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (slice_eq_nocase(charset, names[i]))
			return true;
	}
	return false;
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
