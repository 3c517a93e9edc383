/* record.c - the flat answer about one file: building it, believing it, packing it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "record.h"

#include <string.h>

#define RULE_INDICES 65536u /* what finding.rule can hold */
#define ERRNO_MAX 4095      /* the largest errno of the kernel's ABI */
#define FLAGS_KNOWN                                                                                \
	(RECORD_LF_ONLY | RECORD_NO_ENVELOPE | RECORD_GMIME_SKIPPED | RECORD_PARTS_CUT |           \
	    RECORD_FIELDS_CUT | RECORD_UNPARSED)

static const char *const statuses[STATUS_COUNT] = {
	[STATUS_EXAMINED] = "examined",
	[STATUS_PARTIAL] = "partial",
	[STATUS_CHANGED] = "changed",
	[STATUS_FAILED] = "failed",
	[STATUS_EXCLUDED] = "excluded",
	[STATUS_MISSING] = "missing",
};

const char *
status_name(enum status status)
{
	return statuses[status];
}

enum status
status_by_name(const char *name)
{
	int status = 0;

	while (status < STATUS_COUNT && (!name || strcmp(statuses[status], name) != 0))
		status++;
	return (enum status)status;
}

static bool
byte_is_printable(char byte)
{
	return byte >= ' ' && byte <= '~';
}

/* A C string of that length in size bytes, nothing but printable ASCII. */
static bool
string_valid(const char *text, size_t len, size_t size)
{
	if (len >= size || text[len] != '\0')
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!byte_is_printable(text[i]))
			return false;
	}
	return true;
}

/* A part path is digits and dots; one that was cut ends in the three bytes of U+2026. */
static bool
part_valid(const char part[FINDING_PART_MAX])
{
	static const char ellipsis[] = "\xe2\x80\xa6";
	const size_t mark = sizeof ellipsis - 1;
	size_t len = strnlen(part, FINDING_PART_MAX);

	if (len == FINDING_PART_MAX)
		return false;
	if (len >= mark && memcmp(part + len - mark, ellipsis, mark) == 0)
		len -= mark;
	for (size_t i = 0; i < len; i++) {
		if (!byte_is_printable(part[i]))
			return false;
	}
	return true;
}

static bool
finding_valid(const struct finding *finding, uint64_t file_size, size_t n_rules)
{
	if (finding->rule >= n_rules || (finding->flags & ~FINDING_WEAK))
		return false;
	if (finding->offset == OFFSET_NONE) {
		if (finding->line != 0)
			return false;
	} else if (finding->offset > file_size || finding->length > file_size - finding->offset) {
		return false;
	}
	return part_valid(finding->part) &&
	       string_valid(finding->detail, finding->detail_len, FINDING_DETAIL_MAX);
}

static bool
ref_valid(const struct record *record, struct text_ref ref)
{
	return ref.offset <= record->pool_len && ref.len <= record->pool_len - ref.offset &&
	       ref.len <= RECORD_STRING_MAX && ref.cut <= 1;
}

/* A string that is said to be absent must be empty. */
static bool
named_ref_valid(const struct record *record, uint32_t has, struct text_ref ref)
{
	return has <= 1 && ref_valid(record, ref) && (has || ref.len == 0);
}

static bool
counts_valid(const struct record *record)
{
	return record->n_findings <= RECORD_FINDINGS_MAX &&
	       record->n_findings <= record->n_findings_total &&
	       record->n_rcpt <= RECORD_RECIPIENTS_MAX && record->n_rcpt <= record->n_rcpt_total &&
	       record->pool_len <= RECORD_POOL;
}

static bool
torn_valid(const struct record *record)
{
	if (record->n_torn > RECORD_TORN_MAX)
		return false;
	for (uint32_t i = 0; i < record->n_torn; i++) {
		const uint64_t offset = record->torn[i].offset;

		if (offset % TORN_BLOCK != 0 || offset >= record->file_size)
			return false;
	}
	return true;
}

static bool
head_valid(const struct record *record)
{
	const bool failed = record->status == STATUS_FAILED;

	return record->magic == RECORD_MAGIC && counts_valid(record) &&
	       record->size == record_packed_size(record) && record->status < STATUS_COUNT &&
	       (failed ? record->error > 0 && record->error <= ERRNO_MAX : record->error == 0) &&
	       record->mtime_nsec < 1000000000u && record->has_envelope <= 1 &&
	       torn_valid(record) && (record->flags & ~FLAGS_KNOWN) == 0;
}

static bool
strings_valid(const struct record *record)
{
	if (!named_ref_valid(record, record->has_mail_from, record->mail_from) ||
	    !named_ref_valid(record, record->has_from, record->from) ||
	    !named_ref_valid(record, record->has_subject, record->subject) ||
	    !named_ref_valid(record, record->has_message_id, record->message_id) ||
	    !ref_valid(record, record->mts_id))
		return false;
	for (uint32_t i = 0; i < record->n_rcpt; i++) {
		if (!ref_valid(record, record->rcpt[i]))
			return false;
	}
	return true;
}

static bool
record_sound(const struct record *record, size_t n_rules)
{
	if (!head_valid(record) || !strings_valid(record))
		return false;
	for (uint32_t i = 0; i < record->n_findings; i++) {
		if (!finding_valid(&record->findings[i], record->file_size, n_rules))
			return false;
	}
	return true;
}

bool
record_valid(const struct record *record, uint64_t job, size_t n_rules)
{
	/* Excluded and missing files are never given to a worker: it cannot answer so. */
	return record->job == job && record->status <= STATUS_FAILED &&
	       record_sound(record, n_rules);
}

struct text_ref
record_text(struct record *record, struct slice s)
{
	struct text_ref ref = { .offset = record->pool_len };
	size_t len = s.len;

	if (len > RECORD_STRING_MAX)
		len = RECORD_STRING_MAX;
	if (len > RECORD_POOL - record->pool_len)
		len = RECORD_POOL - record->pool_len;
	if (len)
		memcpy(record->pool + record->pool_len, s.data, len);
	ref.len = (uint16_t)len;
	ref.cut = len < s.len;
	record->pool_len += (uint32_t)len;
	return ref;
}

struct slice
record_slice(const struct record *record, struct text_ref ref)
{
	if (!ref_valid(record, ref))
		return slice_of(NULL, 0);
	return slice_of(record->pool + ref.offset, ref.len);
}

/* Packed: everything up to `findings`, the findings in use, the pool in use. */
size_t
record_packed_size(const struct record *record)
{
	return offsetof(struct record, findings) + record->n_findings * sizeof record->findings[0] +
	       record->pool_len;
}

void
record_pack(const struct record *record, unsigned char *out)
{
	const size_t head = offsetof(struct record, findings);
	const size_t findings = record->n_findings * sizeof record->findings[0];
	const uint32_t size = (uint32_t)record_packed_size(record);

	memcpy(out, record, head);
	memcpy(out + offsetof(struct record, size), &size, sizeof size);
	memcpy(out + head, record->findings, findings);
	memcpy(out + head + findings, record->pool, record->pool_len);
}

bool
record_unpack(struct slice packed, struct record *out)
{
	const size_t head = offsetof(struct record, findings);

	if (packed.len < head)
		return false;
	memcpy(out, packed.data, head);
	if (out->magic != RECORD_MAGIC || !counts_valid(out) ||
	    packed.len != record_packed_size(out))
		return false;
	const size_t findings = out->n_findings * sizeof out->findings[0];
	memcpy(out->findings, packed.data + head, findings);
	memcpy(out->pool, packed.data + head + findings, out->pool_len);
	return record_sound(out, RULE_INDICES);
}
