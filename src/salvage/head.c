/* head.c - the header of a mail, made anew from what can be had safely. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "salvage/head.h"

#include <stdio.h>
#include <string.h>

#include "salvage/encode.h"
#include "salvage/text.h"

#define SUBJECT_MOST 200u
#define TEXT_MOST 200u
#define REFERENCES_MOST 12u
#define RECIPIENTS_MOST                                                                            \
	45u /* of a field: more than 100 in all are a danger of their own (Q176477) */
#define NOBODY "Unknown sender <unknown@salvage.invalid>" /* RFC 2606 */
#define DATE_FROM INT64_C(315532800)                      /* 1980 */
#define DATE_UNTIL INT64_C(2145916800)                    /* 2038 */

/* A field whose value is one of a few words, or free text (words NULL). */
struct extra {
	const char *name;
	const char *words; /* between blanks */
};

static const struct extra extras[] = {
	{ "Importance", " low normal high " },
	{ "Priority", " normal urgent non-urgent " },
	{ "X-Priority", " 1 2 3 4 5 " },
	{ "Sensitivity", " personal private company-confidential " },
	{ "Precedence", " bulk list junk " },
	{ "Auto-Submitted", " no auto-generated auto-replied auto-notified " },
	{ "Organization", NULL },
};

#define N_EXTRAS (sizeof extras / sizeof extras[0])

/* The header that is read, and where it is written. */
struct head {
	struct plan *plan;
	struct out *out;
	int part;
	const struct field *first[FIELD_ID_COUNT];
	const struct field *extra[N_EXTRAS];
};

static void
leave_out(struct head *head, const struct field *field, enum salvage_field why)
{
	struct salvage_row row = { .kind = SALVAGE_FIELD, .code = why };

	if (!field)
		return;
	row.offset = message_offset(head->plan->msg, field->whole);
	row.length = row.offset == OFFSET_NONE ? 0 : field->whole.len;
	row.text[0] = salvage_text(head->plan->out, field->name);
	(void)salvage_add(head->plan->out, row);
}

/* ---- what is there ---- */

static bool
is_carried(enum field_id id)
{
	switch (id) {
	case FIELD_FROM:
	case FIELD_SENDER:
	case FIELD_REPLY_TO:
	case FIELD_TO:
	case FIELD_CC:
	case FIELD_SUBJECT:
	case FIELD_DATE:
	case FIELD_MESSAGE_ID:
	case FIELD_IN_REPLY_TO:
	case FIELD_REFERENCES:
	/* Written anew whatever they said: */
	case FIELD_MIME_VERSION:
	case FIELD_CONTENT_TYPE:
	case FIELD_CONTENT_TRANSFER_ENCODING:
	case FIELD_CONTENT_DISPOSITION:
	case FIELD_CONTENT_ID:
		return true;
	default:
		return false;
	}
}

/* Fields of addresses are joined. */
static bool
is_joined(enum field_id id)
{
	return id == FIELD_TO || id == FIELD_CC || id == FIELD_REPLY_TO;
}

static const struct field **
place_of(struct head *head, const struct field *field)
{
	if (is_carried(field->id))
		return &head->first[field->id];
	for (size_t i = 0; i < N_EXTRAS; i++)
		if (slice_eq_nocase(field->name, extras[i].name))
			return &head->extra[i];
	return NULL;
}

static void
look(struct head *head)
{
	const struct message *msg = head->plan->msg;
	const struct part *part = &msg->parts[head->part];

	for (size_t i = 0; i < part->n_fields; i++) {
		const struct field *field = &msg->fields[part->first_field + i];
		const struct field **place = place_of(head, field);

		if (!place)
			leave_out(head, field, SALVAGE_FIELD_UNKNOWN);
		else if (!*place)
			*place = field;
		else if (!is_joined(field->id))
			leave_out(head, field, SALVAGE_FIELD_AGAIN);
	}
}

/* ---- single fields ---- */

static void
put_addresses(struct head *head, const char *name, enum field_id id, size_t most)
{
	bool left;
	size_t n;

	if (!head->first[id])
		return;
	n = addresses_write(head->plan, head->out, name, head->part, id, most, &left);
	if (n == 0 || left)
		leave_out(head, head->first[id], n == 0 ? SALVAGE_FIELD_UNSAFE : SALVAGE_FIELD_CUT);
}

static void
put_from(struct head *head)
{
	const struct envelope *envelope = &head->plan->msg->envelope;
	const size_t before = head->out->len;

	put_addresses(head, "From", FIELD_FROM, 1);
	if (head->out->len > before)
		return;
	out_text(head->out, "From: ");
	if (head->part == 0 && envelope->has_mail_from &&
	    addresses_take(head->plan, envelope->mail_from, true))
		out_slice(head->out, envelope->mail_from);
	else
		out_text(head->out, NOBODY);
	out_crlf(head->out);
}

static void
put_text(struct head *head, const char *name, const struct field *field, size_t most)
{
	struct arena *arena = head->plan->arena;
	const struct slice text =
	    field ? text_one_line(arena, unpack_header_words(arena, field->text))
		  : slice_of(NULL, 0);

	if (text.len == 0)
		return;
	out_text(head->out, name);
	out_text(head->out, ": ");
	if (!encode_unstructured(head->out, text, most))
		leave_out(head, field, SALVAGE_FIELD_CUT);
	out_crlf(head->out);
}

static bool
is_time(int64_t seconds)
{
	return seconds >= DATE_FROM && seconds < DATE_UNTIL;
}

/* The best time there is: the field, the last relay, the envelope, the file. */
static int64_t
time_of(struct head *head, int *zone)
{
	const struct message *msg = head->plan->msg;
	const struct field *field = head->part < 0 ? NULL : head->first[FIELD_DATE];
	int64_t seconds;

	*zone = 0;
	if (field && unpack_date(field->value, &seconds, zone) && is_time(seconds))
		return seconds;
	if (field)
		leave_out(head, field, SALVAGE_FIELD_UNSAFE);
	*zone = 0;
	if (msg->has_received && is_time(msg->received))
		return msg->received;
	seconds = (int64_t)(msg->envelope.filetime / 10000000u) - INT64_C(11644473600);
	if (msg->envelope.has_filetime && is_time(seconds))
		return seconds;
	seconds = head->plan->order->wish->mtime;
	return is_time(seconds) ? seconds : DATE_FROM;
}

/* Year, month and day of days since 1970, by the calendar in which years begin in March. */
static void
civil(int64_t days, int *year, int *month, int *day)
{
	const int64_t shifted = days + 719468, era = shifted / 146097, of_era = shifted % 146097;
	const int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	const int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 2 : m - 10);
	*year = (int)(y + era * 400 + (*month < 2));
}

static void
put_date(struct head *head)
{
	static const char days[] = "ThuFriSatSunMonTueWed";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int zone, year, month, day;
	const int64_t utc = time_of(head, &zone), local = utc + zone * INT64_C(60);
	const int seconds = (int)(local % 86400);
	char text[64];

	civil(local / 86400, &year, &month, &day);
	snprintf(text, sizeof text, "Date: %.3s, %02d %.3s %04d %02d:%02d:%02d %c%02d%02d",
	    days + 3 * (local / 86400 % 7), day, months + (size_t)3 * (size_t)month, year,
	    seconds / 3600, seconds / 60 % 60, seconds % 60, zone < 0 ? '-' : '+',
	    (zone < 0 ? -zone : zone) / 60, (zone < 0 ? -zone : zone) % 60);
	out_text(head->out, text);
	out_crlf(head->out);
}

static void
put_id(struct head *head, const char *name, struct slice id)
{
	out_text(head->out, name);
	out_text(head->out, ": <");
	out_slice(head->out, id);
	out_byte(head->out, '>');
	out_crlf(head->out);
}

/* A mail without one gets that of its bytes, and of its place among the mails in it. */
static void
make_id(struct head *head)
{
	char id[80];
	int used = snprintf(id, sizeof id, "salvage.%d.", head->part + 1);

	for (size_t i = 0; i < 16; i++)
		used += snprintf(id + used, sizeof id - (size_t)used, "%02x",
		    (unsigned)head->plan->order->sha256[i]);
	snprintf(id + used, sizeof id - (size_t)used, "@salvage.invalid");
	put_id(head, "Message-ID", slice_str(id));
}

static void
put_ids(struct head *head)
{
	const struct field *own = head->first[FIELD_MESSAGE_ID];
	const struct field *reply = head->first[FIELD_IN_REPLY_TO];
	size_t end;
	struct slice id = own ? text_id(own->text, 0, &end) : slice_of(NULL, 0);

	if (own && id.len == 0)
		leave_out(head, own, SALVAGE_FIELD_UNSAFE);
	if (id.len > 0)
		put_id(head, "Message-ID", id);
	else
		make_id(head);
	id = reply ? text_id(reply->text, 0, &end) : slice_of(NULL, 0);
	if (id.len > 0)
		put_id(head, "In-Reply-To", id);
	else if (reply)
		leave_out(head, reply, SALVAGE_FIELD_UNSAFE);
}

/* The last few, oldest first. */
static void
put_references(struct head *head)
{
	const struct field *field = head->first[FIELD_REFERENCES];
	struct slice ids[REFERENCES_MOST];
	size_t n = 0;

	for (size_t at = 0; field && at < field->text.len;) {
		const struct slice id = text_id(field->text, at, &at);

		if (id.len > 0)
			ids[n++ % REFERENCES_MOST] = id;
	}
	if (field && (n == 0 || n > REFERENCES_MOST))
		leave_out(head, field, n == 0 ? SALVAGE_FIELD_UNSAFE : SALVAGE_FIELD_CUT);
	for (size_t i = n > REFERENCES_MOST ? n - REFERENCES_MOST : 0, first = i; i < n; i++) {
		out_text(head->out, i == first ? "References: <" : " <");
		out_slice(head->out, ids[i % REFERENCES_MOST]);
		out_byte(head->out, '>');
		out_crlf(head->out);
	}
}

static void
put_extra(struct head *head, size_t index)
{
	const struct extra *extra = &extras[index];
	const struct field *field = head->extra[index];
	char word[40];
	size_t len = 0;

	if (!field)
		return;
	if (!extra->words) {
		put_text(head, extra->name, field, TEXT_MOST);
		return;
	}
	word[len++] = ' ';
	for (size_t i = 0; i < field->text.len && len + 2 < sizeof word &&
			   (byte_is_alpha(field->text.data[i]) ||
			       byte_is_digit(field->text.data[i]) || field->text.data[i] == '-');
	     i++)
		word[len++] = (char)byte_lower(field->text.data[i]);
	word[len++] = ' ';
	word[len] = '\0';
	if (len < 3 || !strstr(extra->words, word)) {
		leave_out(head, field, SALVAGE_FIELD_UNSAFE);
		return;
	}
	word[len - 1] = '\0';
	out_text(head->out, extra->name);
	out_text(head->out, ":");
	out_text(head->out, word);
	out_crlf(head->out);
}

void
head_write(struct plan *plan, struct out *out, int part)
{
	struct head head = { .plan = plan, .out = out, .part = part };

	if (part >= 0)
		look(&head);
	put_from(&head);
	put_addresses(&head, "Sender", FIELD_SENDER, 1);
	put_addresses(&head, "Reply-To", FIELD_REPLY_TO, 20);
	put_addresses(&head, "To", FIELD_TO, RECIPIENTS_MOST);
	put_addresses(&head, "Cc", FIELD_CC, RECIPIENTS_MOST);
	if (part < 0) {
		out_text(out, "Subject: A message that was set aside");
		out_crlf(out);
	}
	put_text(&head, "Subject", head.first[FIELD_SUBJECT], SUBJECT_MOST);
	put_date(&head);
	put_ids(&head);
	put_references(&head);
	for (size_t i = 0; i < N_EXTRAS; i++)
		if (!(plan->order->wish->more & SALVAGE_SPARE))
			put_extra(&head, i);
	out_text(out, "MIME-Version: 1.0");
	out_crlf(out);
}

/* ---- the envelope ---- */

static void
tell_path(struct plan *plan, enum salvage_kind kind, struct slice path)
{
	struct salvage_row row = { .kind = kind, .code = SALVAGE_OF_ENVELOPE };

	row.offset = path.len > 0 ? message_offset(plan->msg, path) : OFFSET_NONE;
	row.length = row.offset == OFFSET_NONE ? 0 : path.len;
	row.text[0] = salvage_text(plan->out, path);
	if (salvage_address_is_safe(path) && addresses_take(plan, path, kind == SALVAGE_SENDER))
		row.flags = SALVAGE_SAFE;
	(void)salvage_add(plan->out, row);
}

void
head_tell_envelope(struct plan *plan)
{
	const struct envelope *envelope = &plan->msg->envelope;

	if (envelope->has_mail_from)
		tell_path(plan, SALVAGE_SENDER, envelope->mail_from);
	else if (plan->msg->n_parts > 0)
		addresses_tell(plan, 0, FIELD_FROM, SALVAGE_SENDER, SALVAGE_OF_HEADER);
	for (size_t i = 0; i < envelope->n_rcpt_to; i++)
		tell_path(plan, SALVAGE_RECIPIENT, envelope->rcpt_to[i]);
	if (plan->msg->n_parts == 0)
		return;
	if (envelope->n_rcpt_to == 0) {
		addresses_tell(plan, 0, FIELD_TO, SALVAGE_RECIPIENT, SALVAGE_OF_HEADER);
		addresses_tell(plan, 0, FIELD_CC, SALVAGE_RECIPIENT, SALVAGE_OF_HEADER);
	}
	addresses_tell(plan, 0, FIELD_BCC, SALVAGE_RECIPIENT, SALVAGE_OF_BCC);
}
