/*
 * jsonl.c - JSON Lines, schema 1: a run, every message, every artefact, a summary.
 *
 * One object a line; keys keep the order in which they are set. What is absent was not there or is
 * not known; null is never written.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "report/clock.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/json.h"
#include "report/jsonl_clues.h"
#include "report/jsonl_envelope.h"
#include "report/jsonl_run.h"
#include "report/salvaged.h"
#include "report/words.h"

static json_t *
typed(const char *type)
{
	json_t *object = json_object();

	json_put_text(object, "type", type);
	return object;
}

static json_t *
cites(const struct rule *rule)
{
	json_t *array = json_array();
	const char *state = NULL;
	const struct imc_case *cause;

	while ((cause = rule_next_case(rule, &state)))
		json_array_append_new(array, json_string(cause->id));
	return array;
}

/* What of the run and of the file every finding is shown by. */
struct showing {
	const struct suspect *suspect;
	enum release exchange;
};

static void
put_bits(json_t *object, const struct showing *showing, uint32_t index)
{
	const struct suspect *suspect = showing->suspect;
	const int32_t bits = suspect->finding_bits ? suspect->finding_bits[index] : INT32_MIN;

	if (bits != INT32_MIN)
		json_put_milli(object, "bits", bits);
	if (suspect->record->findings[index].flags & FINDING_WEAK)
		json_put_bool(object, "weak", true);
	if (suspect->finding_terms)
		jsonl_put_terms(object, &suspect->finding_terms[index]);
}

static json_t *
finding_object(const struct showing *showing, uint32_t index, const struct rule *rule)
{
	const struct suspect *suspect = showing->suspect;
	const struct finding *finding = &suspect->record->findings[index];
	const int32_t bits = suspect->finding_bits ? suspect->finding_bits[index] : INT32_MIN;
	json_t *object = json_object();

	json_put_text(object, "rule", rule->id);
	json_put_text(object, "level", level_name(level_from(suspect->level_from, bits)));
	if (finding->offset != OFFSET_NONE) {
		json_put_number(object, "offset", finding->offset);
		json_put_number(object, "length", finding->length);
		json_put_number(object, "line", finding->line);
	}
	json_put_some(object, "part", finding->part);
	if (finding->decoded > 0)
		json_put_number(object, "decoded_offset", finding->decoded - 1);
	json_put_bytes(object, "detail", slice_str(finding->detail));
	json_object_set_new(object, "cites", cites(rule));
	if (rule_spares(rule, showing->exchange))
		json_put_bool(object, "affected", false);
	json_put_some(object, "rfc", rule->rfc);
	put_bits(object, showing, index);
	return object;
}

static json_t *
findings(const struct suspect *suspect, enum release exchange)
{
	const struct showing showing = { suspect, exchange };
	const struct record *record = suspect->record;
	json_t *array = json_array();
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	for (uint32_t i = 0; i < record->n_findings; i++) {
		const uint16_t rule = record->findings[i].rule;

		if (rule < n_rules)
			json_array_append_new(array, finding_object(&showing, i, rules[rule]));
	}
	return array;
}

/* What the examination of the file gave. */
static void
put_record(json_t *object, const struct suspect *suspect, enum release exchange)
{
	const struct record *record = suspect->record;

	if (record->status != STATUS_FAILED)
		json_put_digest(object, "sha256", record->sha256);
	if (record->has_envelope)
		json_object_set_new(object, "envelope", jsonl_envelope(record));
	if (record->has_from)
		jsonl_put_ref(object, "from", record, record->from);
	if (record->has_subject)
		jsonl_put_ref(object, "subject", record, record->subject);
	if (record->has_message_id)
		jsonl_put_ref(object, "message_id", record, record->message_id);
	json_object_set_new(object, "findings", findings(suspect, exchange));
	if (record->n_findings_total > record->n_findings)
		json_put_number(object, "findings_total", record->n_findings_total);
}

static void
put_place(json_t *object, const char *root, struct slice path)
{
	json_put_some(object, "root", root);
	json_put_bytes(object, "path", path);
}

static void
put_suspect(struct report *report, const struct suspect *suspect)
{
	json_t *object = typed("message");

	json_put_number(object, "rank", suspect->rank);
	put_place(object, suspect->root, suspect->path);
	json_put_text(object, "folder", folder_name(suspect->folder));
	if (suspect->foreign_name)
		json_put_bool(object, "foreign_name", true);
	json_put_text(object, "status", words_status(suspect->status));
	json_put_some(object, "reason", suspect->reason);
	json_put_text(object, "level", level_name(suspect->level));
	if (suspect->has_score) {
		json_put_milli(object, "score", suspect->score);
		json_put_share(object, "probability", suspect->probability);
	}
	if (suspect->has_size)
		json_put_number(object, "size", suspect->size);
	if (suspect->has_mtime)
		json_put_utc(object, "mtime", suspect->mtime_sec);
	if (suspect->n_twins > 0) {
		json_put_some(object, "twin_root", suspect->twin_root);
		json_put_bytes(object, "twin", suspect->twin);
		json_put_number(object, "twins", suspect->n_twins);
	}
	if (suspect->n_clues > 0) {
		json_object_set_new(object, "clues", jsonl_clues(suspect->clues, suspect->n_clues));
		json_put_milli(object, "clue_bits", suspect->clue_bits);
		if (suspect->n_clues_total > suspect->n_clues)
			json_put_number(object, "clues_total", suspect->n_clues_total);
	}
	if (suspect->record)
		put_record(object, suspect,
		    release_parse(report->run->exchange ? report->run->exchange : ""));
	json_line(report->out, object);
}

/* As the log has it: with Z only where its clock is UTC. */
static void
put_clock(json_t *object, const char *key, const struct artefact *artefact, int64_t seconds)
{
	char text[CLOCK_TEXT];
	size_t len;

	clock_utc(seconds, text);
	len = strlen(text);
	if (strcmp(artefact->clock, "UTC") != 0 && len > 0 && text[len - 1] == 'Z')
		text[len - 1] = '\0';
	json_put_text(object, key, text);
}

static void
put_log(json_t *object, const struct artefact *artefact)
{
	json_put_digest(object, "sha256", artefact->sha256);
	json_put_number(object, "lines", artefact->n_lines);
	json_put_number(object, "damaged", artefact->n_damaged);
	json_put_number(object, "items", artefact->n_items);
	json_put_some(object, "clock", artefact->clock);
	if (artefact->first_time == INT64_MIN || artefact->last_time == INT64_MIN)
		return;
	put_clock(object, "first", artefact, artefact->first_time);
	put_clock(object, "last", artefact, artefact->last_time);
}

static void
put_artefact(struct report *report, const struct artefact *artefact)
{
	json_t *object = typed("artefact");

	put_place(object, artefact->root, artefact->path);
	json_put_text(object, "kind", artefact->kind);
	json_put_text(object, "status",
	    artefact->status == STATUS_EXAMINED && !artefact->read
		? "listed"
		: words_status(artefact->status));
	json_put_some(object, "reason", artefact->reason);
	json_put_number(object, "size", artefact->size);
	if (artefact->has_mtime)
		json_put_utc(object, "mtime", artefact->mtime_sec);
	json_put_bool(object, "read", artefact->read);
	if (artefact->read)
		put_log(object, artefact);
	json_line(report->out, object);
}

static json_t *
by_status(const struct summary *summary)
{
	json_t *object = json_object();

	for (int i = 0; i < STATUS_COUNT; i++)
		json_put_number(object, words_status((enum status)i), summary->by_status[i]);
	return object;
}

static json_t *
by_level(const struct summary *summary)
{
	json_t *object = json_object();

	for (int i = LEVEL_COUNT - 1; i >= 0; i--)
		json_put_number(object, level_name((enum level)i), summary->by_level[i]);
	return object;
}

static void
end(struct report *report)
{
	const struct summary *summary = report->summary;
	json_t *object = typed("summary"), *hit = json_object();

	salvaged_jsonl(report);
	json_put_number(object, "seen", summary->seen);
	json_object_set_new(object, "status", by_status(summary));
	json_object_set_new(object, "level", by_level(summary));
	json_put_number(object, "artefacts", summary->artefacts);
	json_put_number(object, "logs_read", summary->logs_read);
	json_put_number(object, "bytes", summary->bytes);
	json_put_number(object, "clues", summary->clues);
	json_put_share(object, "not_in_tree", summary->not_in_tree);
	if (summary->n_rule_outs > 0)
		json_object_set_new(
		    object, "rule_outs", jsonl_clues(summary->rule_outs, summary->n_rule_outs));
	json_object_set_new(object, "arithmetic", jsonl_arithmetic(&summary->arithmetic));
	json_put_digest(object, "manifest_sha256", summary->manifest);
	json_put_number(hit, "findings_cut", summary->findings_cut);
	json_put_number(hit, "partial", summary->by_status[STATUS_PARTIAL]);
	json_put_number(hit, "worker_deaths", summary->worker_deaths);
	json_object_set_new(object, "limits_hit", hit);
	json_put_bool(object, "interrupted", summary->interrupted);
	if (!report->run->reproducible)
		json_put_utc(object, "end", summary->ended);
	json_line(report->out, object);
}

const struct writer writer_jsonl = {
	.name = "jsonl",
	.begin = jsonl_run,
	.suspect = put_suspect,
	.artefact = put_artefact,
	.end = end,
};
