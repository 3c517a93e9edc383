/* jsonl_envelope.c - the envelope of a message, and strings of its record, as JSON. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/jsonl_envelope.h"

#include "report/clock.h"
#include "report/escape.h"
#include "report/json.h"

/* A string of the record; "…_cut" says that the original is longer. */
void
jsonl_put_ref(json_t *object, const char *key, const struct record *record, struct text_ref ref)
{
	char cut[32];

	json_put_bytes(object, key, record_slice(record, ref));
	if (!ref.cut)
		return;
	snprintf(cut, sizeof cut, "%s_cut", key);
	json_put_bool(object, cut, true);
}

/* Recipients in order. When one is not UTF-8 there is a list of the exact bytes of all; when one
 * was cut or not kept, the flag and the count say so. */
static void
put_recipients(json_t *object, const struct record *record)
{
	json_t *list = json_array(), *hex = json_array();
	bool exact = true, cut = false;

	for (uint32_t i = 0; i < record->n_rcpt; i++) {
		struct slice path = record_slice(record, record->rcpt[i]);

		exact = exact && escape_is_utf8(path);
		cut = cut || record->rcpt[i].cut;
		json_array_append_new(list, json_of_bytes(path));
		json_array_append_new(hex, json_of_hex(path));
	}
	json_object_set_new(object, "rcpt_to", list);
	if (!exact)
		json_object_set(object, "rcpt_to_hex", hex);
	json_decref(hex);
	if (cut)
		json_put_bool(object, "rcpt_to_cut", true);
	if (record->n_rcpt_total > record->n_rcpt)
		json_put_number(object, "rcpt_total", record->n_rcpt_total);
}

json_t *
jsonl_envelope(const struct record *record)
{
	json_t *object = json_object();
	char text[CLOCK_TEXT];

	if (record->has_mail_from)
		jsonl_put_ref(object, "mail_from", record, record->mail_from);
	put_recipients(object, record);
	if (record->mts_id.len > 0)
		jsonl_put_ref(object, "mts_id", record, record->mts_id);
	if (record->filetime != 0) {
		clock_filetime(record->filetime, text);
		json_put_text(object, "received", text);
	}
	return object;
}
