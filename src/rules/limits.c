/* limits.c - rules about sizes and counts that a program of the time could not hold. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "limits"
#define TEXT_LIMIT 1024u  /* KB822992 */
#define PARTS_LIMIT 1024u /* Q298486 */
#define FILE_LIMIT                                                                                 \
	((uint64_t)1 << 30) /* Q272506 tells of 16 GB; no server of the time took mail of one */

static void
long_subject(const struct message *msg, struct findings *out)
{
	const struct field *subject = NULL;

	while ((subject = message_field(msg, 0, FIELD_SUBJECT, subject)))
		if (subject->text.len > TEXT_LIMIT)
			found(out, 0, message_offset(msg, subject->value), subject->value.len,
			    "Subject, %zu bytes", subject->text.len);
}

static void
long_recipients(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->envelope.n_rcpt_to; i++) {
		struct slice path = msg->envelope.rcpt_to[i];

		if (path.len > TEXT_LIMIT)
			found(out, -1, message_offset(msg, path), path.len, "recipient, %zu bytes",
			    path.len);
	}
	for (size_t i = 0; i < msg->n_addresses; i++) {
		const struct address *address = &msg->addresses[i];
		enum field_id id =
		    address->field >= 0 ? msg->fields[address->field].id : FIELD_OTHER;
		size_t len = address->local.len + 1 + address->domain.len;

		if (len > TEXT_LIMIT && (id == FIELD_TO || id == FIELD_CC || id == FIELD_BCC))
			found(out, msg->fields[address->field].part,
			    message_offset(msg, address->whole), address->whole.len,
			    "recipient, %zu bytes", len);
	}
}

/* A Subject is one line for people, an address ends at 256: beyond 1,024 a program ran wild. */
static void
subject_or_recipient_over_1024(const struct message *msg, struct findings *out)
{
	long_subject(msg, out);
	long_recipients(msg, out);
}

/* Long lists of recipients and of relays do reach this size. */
static void
header_over_32k(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_HEADER_HUGE, fact))) {
		const struct part *part = &msg->parts[fact->part < 0 ? 0 : fact->part];
		size_t longest = 0, folds = 0;

		for (size_t i = 0; i < part->n_fields; i++) {
			struct slice whole = msg->fields[part->first_field + i].whole;

			longest = whole.len > longest ? whole.len : longest;
			for (size_t at = 0; (at = slice_find(whole, at, '\n')) != SLICE_NONE; at++)
				folds++;
		}
		found(out, fact->part, fact->offset, fact->len,
		    "%llu bytes, %zu fields, the longest of %zu bytes, %zu folds",
		    (unsigned long long)fact->value, part->n_fields, longest, folds);
	}
}

/* People attach tens of files, not a thousand. The first leaf is the text and no attachment. */
static void
parts_over_1024(const struct message *msg, struct findings *out)
{
	const struct fact *cut = message_next_fact(msg, FACT_PARTS_CUT, NULL);
	size_t leaves = 0, place = 0;

	for (size_t i = 0; i < msg->n_parts; i++) {
		leaves += msg->parts[i].kind == PART_LEAF;
		if (leaves == PARTS_LIMIT + 2 && place == 0)
			place = i;
	}
	if (place == 0)
		return;
	if (cut)
		found(out, (int)place, message_offset(msg, msg->parts[place].header), 0,
		    "%llu parts or more in all", (unsigned long long)cut->value);
	else
		found(out, (int)place, message_offset(msg, msg->parts[place].header), 0, "%zu",
		    leaves - 1);
}

/* No mailer sends this and no connector of the time accepts it: such a file grows out of a conversion that
 * does not end (Q217155, Q258319). */
static void
file_over_1g(const struct message *msg, struct findings *out)
{
	if (msg->file_size > FILE_LIMIT)
		found(out, -1, 0, msg->file_size, "%llu MB",
		    (unsigned long long)(msg->file_size >> 20));
}

static const struct rule rows[] = {
	{ .id = "subject-or-recipient-over-1024",
	    .family = FAMILY,
	    .says = "The Subject or a recipient address is longer than 1,024 bytes.",
	    .cases = "KB822992",
	    .rfc = "RFC 5322 section 2.1.1",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = subject_or_recipient_over_1024 },
	{ .id = "header-over-32k",
	    .family = FAMILY,
	    .says = "A header block is larger than 32 KB.",
	    .cases = "Q193035",
	    .rfc = "",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_over_32k },
	{ .id = "parts-over-1024",
	    .family = FAMILY,
	    .says = "The message has more than 1,024 attachments.",
	    .cases = "Q298486",
	    .rfc = "",
	    .base_rate = 5e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = parts_over_1024 },
	{ .id = "file-over-1g",
	    .family = FAMILY,
	    .says = "The file is larger than one gigabyte.",
	    .cases = "Q272506",
	    .rfc = "",
	    .base_rate = 1e-5,
	    .broader = true,
	    .check = file_over_1g },
};

const struct family family_limits = FAMILY_OF(rows);
