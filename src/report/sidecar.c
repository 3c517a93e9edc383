/* sidecar.c - the account of a salvaged message, in a JSON file beside the new mail. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/sidecar.h"

#include "report/json.h"
#include "rule.h"

const char *
sidecar_outcome_name(enum sidecar_outcome outcome)
{
	static const char *const names[SIDECAR_OUTCOME_COUNT] = { "rebuilt", "careful", "covered" };

	return names[outcome];
}

uint64_t
sidecar_lost(const struct salvage *account)
{
	const struct salvage_row *row = NULL;
	uint64_t bytes = 0;

	while ((row = salvage_next(account, SALVAGE_LOST, row)))
		/* Of a TNEF stream only properties are lost. */
		if (row->code != SALVAGE_LOST_PROPERTY)
			bytes += row->length;
	return bytes;
}

static void
put_place(json_t *object, const struct salvage_row *row)
{
	if (row->offset == OFFSET_NONE)
		return;
	json_put_number(object, "offset", row->offset);
	json_put_number(object, "length", row->length);
}

static void
put_text(json_t *object, const char *key, const struct salvage *account, struct salvage_text text)
{
	const struct slice s = salvage_slice(account, text);

	if (s.len > 0)
		json_put_bytes(object, key, s);
}

/* ---- one object a row ---- */

static json_t *
flags_of(const struct salvage_row *row)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} flags[] = {
		{ SALVAGE_CONVERTED, "converted-to-utf-8" },
		{ SALVAGE_LINES, "line-ends" },
		{ SALVAGE_CLEANED, "replaced-bytes" },
		{ SALVAGE_DEMOTED, "plain-bytes" },
		{ SALVAGE_DAMAGED, "damaged" },
		{ SALVAGE_UNPACKED, "unpacked" },
		{ SALVAGE_GUESSED, "charset-guessed" },
		{ SALVAGE_SEALED, "behind-a-line" },
	};
	json_t *array = json_array();

	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if (row->flags & flags[i].flag)
			json_array_append_new(array, json_string(flags[i].name));
	return array;
}

static json_t *
part_object(const struct salvage *account, const struct salvage_row *row)
{
	static const char *const contents[SALVAGE_CONTENT_COUNT] = { "text", "file", "unread",
		"note" };
	json_t *object = json_object();

	json_put_text(object, "content", contents[row->code]);
	put_text(object, "type", account, row->text[0]);
	put_text(object, "name", account, row->text[1]);
	put_place(object, row);
	json_put_number(object, "size", row->size);
	json_put_digest(object, "sha256", row->sha256);
	json_put_digest(object, "source_sha256", row->source);
	if (row->flags)
		json_object_set_new(object, "how", flags_of(row));
	return object;
}

static json_t *
lost_object(const struct salvage *account, const struct salvage_row *row)
{
	static const char *const reasons[SALVAGE_LOSS_COUNT] = { "NUL bytes at the end",
		"text around the parts", "no room", "no field of a header",
		"TNEF properties that are neither text nor file", "beyond what is parsed" };
	json_t *object = json_object();

	(void)account;
	put_place(object, row);
	json_put_text(object, "reason", reasons[row->code]);
	return object;
}

static json_t *
field_object(const struct salvage *account, const struct salvage_row *row)
{
	static const char *const reasons[SALVAGE_FIELD_COUNT] = { "nothing safe in it", "repeated",
		"not carried over", "carried over in part" };
	json_t *object = json_object();

	put_text(object, "name", account, row->text[0]);
	put_place(object, row);
	json_put_text(object, "reason", reasons[row->code]);
	return object;
}

static json_t *
address_object(const struct salvage *account, const struct salvage_row *row)
{
	static const char *const sources[SALVAGE_SOURCE_COUNT] = { "envelope", "header", "bcc" };
	json_t *object = json_object();

	json_put_bytes(object, "address", salvage_slice(account, row->text[0]));
	json_put_text(object, "from", sources[row->code]);
	put_place(object, row);
	json_put_bool(object, "safe", row->flags & SALVAGE_SAFE);
	return object;
}

typedef json_t *make_object(const struct salvage *account, const struct salvage_row *row);

static void
put_rows(json_t *object, const char *key, const struct salvage *account, enum salvage_kind kind,
    make_object *make)
{
	const struct salvage_row *row = NULL;
	json_t *array = json_array();

	while ((row = salvage_next(account, kind, row)))
		json_array_append_new(array, make(account, row));
	json_object_set_new(object, key, array);
	if (account->n_cut[kind] > 0) {
		char more[40];

		snprintf(more, sizeof more, "%s_cut", key);
		json_put_number(object, more, account->n_cut[kind]);
	}
}

/* ---- findings ---- */

static bool
has_rule(const struct record *record, uint16_t rule)
{
	for (uint32_t i = 0; i < record->n_findings; i++)
		if (record->findings[i].rule == rule)
			return true;
	return false;
}

/* Those whose rule finds something in the other record, too, or those whose rule does not. */
static json_t *
findings(const struct record *record, const struct record *other, bool in_both)
{
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	json_t *array = json_array();

	for (uint32_t i = 0; i < record->n_findings; i++) {
		const struct finding *finding = &record->findings[i];
		json_t *object;

		if (finding->rule >= n_rules || has_rule(other, finding->rule) != in_both)
			continue;
		object = json_object();
		json_put_text(object, "rule", rules[finding->rule]->id);
		if (finding->offset != OFFSET_NONE) {
			json_put_number(object, "offset", finding->offset);
			json_put_number(object, "length", finding->length);
		}
		json_put_some(object, "part", finding->part);
		json_put_bytes(object, "detail", slice_str(finding->detail));
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *
file_object(const char *name, const uint8_t sha256[32], uint64_t size)
{
	json_t *object = json_object();

	json_put_some(object, "name", name);
	json_put_digest(object, "sha256", sha256);
	if (size > 0)
		json_put_number(object, "size", size);
	return object;
}

void
sidecar_write(FILE *out, const struct sidecar *sidecar)
{
	const struct salvage *account = sidecar->account;
	json_t *object = json_object(), *envelope = json_object();

	json_put_text(object, "type", "salvage");
	json_put_number(object, "schema", 1);
	json_put_some(object, "root", sidecar->root);
	json_put_bytes(object, "path", sidecar->path);
	json_put_text(object, "outcome", sidecar_outcome_name(sidecar->outcome));
	json_put_some(object, "not_passed_at_first", sidecar->blamed);
	json_object_set_new(
	    object, "original", file_object(NULL, account->sha256, account->file_size));
	json_object_set_new(object, "mail",
	    file_object(sidecar->mail_name, sidecar->proof->sha256, account->mail_len));
	put_rows(envelope, "mail_from", account, SALVAGE_SENDER, address_object);
	put_rows(envelope, "rcpt_to", account, SALVAGE_RECIPIENT, address_object);
	json_object_set_new(object, "envelope", envelope);
	json_object_set_new(
	    object, "findings_removed", findings(sidecar->record, sidecar->proof, false));
	json_object_set_new(
	    object, "findings_kept", findings(sidecar->proof, sidecar->record, true));
	json_object_set_new(
	    object, "findings_new", findings(sidecar->proof, sidecar->record, false));
	put_rows(object, "parts", account, SALVAGE_PART, part_object);
	put_rows(object, "fields_left_out", account, SALVAGE_FIELD, field_object);
	json_put_number(object, "lost_bytes", sidecar_lost(account));
	put_rows(object, "lost", account, SALVAGE_LOST, lost_object);
	json_line(out, object);
}
