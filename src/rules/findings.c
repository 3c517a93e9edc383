/* findings.c - the sink that rules write to: stamps rule, line and part, keeps within bounds. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/findings.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "rules/family.h"

static void
stamp_part(const struct message *msg, int part, struct finding *finding)
{
	const char *path;
	size_t len;

	if (part < 0 || (size_t)part >= msg->n_parts)
		return;
	path = msg->parts[part].path;
	len = strnlen(path, sizeof msg->parts[part].path);
	if (len >= FINDING_PART_MAX)
		len = FINDING_PART_MAX - 1;
	memcpy(finding->part, path, len);
}

/* A rule may keep eight, and the second to eighth only while each later rule still has room. */
static bool
has_room(const struct findings *out)
{
	size_t used = out->record->n_findings;

	if (out->n_of_rule == 0)
		return used < RECORD_FINDINGS_MAX;
	return out->n_of_rule < FINDINGS_PER_RULE && used + out->rules_behind < RECORD_FINDINGS_MAX;
}

/* The place in the decoded bytes of an encoded part, counted from 1; 0 when nothing decoded begins
 * there. File places rise with decoded ones, so that halving finds it. */
static uint64_t
decoded_place(const struct message *msg, int index, uint64_t offset)
{
	const struct part *part;
	size_t low = 0, high;

	if (index < 0 || (size_t)index >= msg->n_parts || offset == OFFSET_NONE)
		return 0;
	part = &msg->parts[index];
	if (part->kind != PART_LEAF || part->decoded_is_body || part->n_marks == 0)
		return 0;
	high = part->decoded.len;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (part_file_offset(msg, part, middle) < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return part_file_offset(msg, part, low) == offset ? (uint64_t)low + 1 : 0;
}

/* The next free finding of the record, stamped with rule and place. */
static struct finding *
add_finding(struct findings *out, int part, uint64_t offset, uint64_t length)
{
	struct finding *finding = &out->record->findings[out->record->n_findings++];

	out->n_of_rule++;
	memset(finding, 0, sizeof *finding);
	finding->rule = out->rule;
	finding->offset = offset;
	finding->length = offset == OFFSET_NONE ? 0 : length;
	finding->line = message_line(out->msg, offset);
	if (part < 0)
		part = part_at_offset(out->msg, offset);
	finding->decoded = decoded_place(out->msg, part, offset);
	stamp_part(out->msg, part, finding);
	return finding;
}

/* Two readers of one place may say the same of it. */
static void
drop_repeated(struct findings *out)
{
	struct record *record = out->record;
	const struct finding *last = &record->findings[record->n_findings - 1];

	if (out->n_of_rule < 2 || last[-1].offset != last->offset ||
	    last[-1].length != last->length || strcmp(last[-1].detail, last->detail) != 0)
		return;
	record->n_findings--;
	record->n_findings_total--;
	out->n_of_rule--;
}

void
found(struct findings *out, int part, uint64_t offset, uint64_t length, const char *format, ...)
{
	struct finding *finding;
	va_list args;
	int len;

	out->record->n_findings_total++;
	if (!has_room(out))
		return;
	finding = add_finding(out, part, offset, length);
	va_start(args, format);
	/* clang-tidy 14 given several files at once forgets va_start(). */
	/* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized) */
	len = vsnprintf(finding->detail, sizeof finding->detail, format, args);
	va_end(args);
	if (len < 0)
		len = 0;
	if (len >= FINDING_DETAIL_MAX)
		len = FINDING_DETAIL_MAX - 1;
	finding->detail[len] = '\0';
	finding->detail_len = (uint16_t)len;
	drop_repeated(out);
}

const char *
found_quote(struct findings *out, struct slice s, size_t max)
{
	static const char hex[] = "0123456789abcdef";
	char *buffer = out->quotes[out->next_quote++ % 4];
	size_t used = 0;

	for (size_t i = 0; i < s.len && i < max; i++) {
		unsigned char byte = s.data[i];
		bool plain = byte >= 0x20 && byte < 0x7f && byte != '\\';

		if (used + (plain ? 1 : 4) + 4 > FINDING_DETAIL_MAX)
			break;
		if (plain) {
			buffer[used++] = (char)byte;
			continue;
		}
		buffer[used++] = '\\';
		buffer[used++] = 'x';
		buffer[used++] = hex[byte >> 4];
		buffer[used++] = hex[byte & 15];
	}
	if (s.len > max) {
		memcpy(buffer + used, "...", 3);
		used += 3;
	}
	buffer[used] = '\0';
	return buffer;
}
