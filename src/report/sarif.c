/*
 * sarif.c - SARIF 2.1.0: one result a finding, the most suspect files first.
 *
 * Streamed: the log is one JSON object, but only the rules and a bounded list of what could not be
 * examined are held. Files below --min-level have no results; the log says how many there are.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/clock.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/json.h"
#include "report/names.h"
#include "report/words.h"

#define NOTICES_MAX 1000u   /* files that were not examined whole and are named */
#define ARTIFACTS_MAX 5000u /* files with hashes: as many results as the usual viewer shows */
#define FLAGS (JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(12))

struct sarif {
	json_t *notices;   /* array */
	json_t *artifacts; /* array */
	uint64_t n_notices, left_out;
	bool any; /* a result was written */
};

static json_t *
message(const char *text)
{
	json_t *object = json_object();

	json_put_text(object, "text", text);
	return object;
}

/* Everything but unreserved characters of RFC 3986 section 2.3 and the slash is percent-encoded. */
static json_t *
uri_of(const char *root, struct slice path)
{
	static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				   "0123456789-._~/";
	static const char digits[] = "0123456789ABCDEF";
	size_t len = 0, used = 0;
	unsigned char *name = names_full(root, path, &len);
	char *text = name && len < SIZE_MAX / 3 - 1 ? malloc(3 * len + 1) : NULL;
	json_t *value = NULL;

	for (size_t i = 0; text && i < len; i++) {
		if (name[i] != '\0' && strchr(safe, name[i])) {
			text[used++] = (char)name[i];
			continue;
		}
		text[used++] = '%';
		text[used++] = digits[name[i] >> 4];
		text[used++] = digits[name[i] & 15];
	}
	if (text)
		value = json_stringn(text, used);
	free(text);
	free(name);
	return value;
}

static json_t *
location_of_file(const char *root, struct slice path)
{
	json_t *object = json_object();

	json_object_set_new(object, "uri", uri_of(root, path));
	json_put_text(object, "uriBaseId", "IMCDATA");
	return object;
}

static void
dump(FILE *out, const char *before, json_t *value)
{
	fputs(before, out);
	json_write(out, value, FLAGS | JSON_ENCODE_ANY);
	json_decref(value);
}

static json_t *
rule_object(const struct rule *rule)
{
	json_t *object = json_object(), *properties = json_object(), *tags = json_array();
	const char *state = NULL;
	const struct imc_case *cause;
	char help[512];

	json_put_text(object, "id", rule->id);
	json_object_set_new(object, "shortDescription", message(rule->says));
	snprintf(help, sizeof help, "imcscan explain --rule=%s tells all about it.", rule->id);
	json_object_set_new(object, "help", message(help));
	while ((cause = rule_next_case(rule, &state)) && json_array_size(tags) < 20)
		json_array_append_new(tags, json_string(cause->id));
	json_object_set_new(properties, "tags", tags);
	json_put_some(properties, "family", rule->family);
	json_put_some(properties, "rfc", rule->rfc);
	json_object_set_new(object, "properties", properties);
	return object;
}

static json_t *
driver(const struct run_info *run)
{
	json_t *object = json_object(), *list = json_array(), *tool = json_object();
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	json_put_text(object, "name", "imcscan");
	json_put_some(object, "version", run->version);
	json_put_some(object, "semanticVersion", run->version);
	for (size_t i = 0; i < n_rules; i++)
		json_array_append_new(list, rule_object(rules[i]));
	json_object_set_new(object, "rules", list);
	json_object_set_new(tool, "driver", object);
	return tool;
}

static void
begin(struct report *report)
{
	struct sarif *state = calloc(1, sizeof *state);
	json_t *base = json_object(), *bases = json_object(), *details = json_object();

	if (!state)
		abort(); /* the parent cannot go on without these few bytes */
	state->notices = json_array();
	state->artifacts = json_array();
	report->state = state;
	fputs("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
	      "\"version\":\"2.1.0\",\"runs\":[{",
	    report->out);
	dump(report->out, "\"tool\":", driver(report->run));
	json_object_set_new(base, "description", message("the scanned tree"));
	json_object_set_new(bases, "IMCDATA", base);
	dump(report->out, ",\"originalUriBaseIds\":", bases);
	json_put_text(details, "id", "imcscan/");
	json_object_set_new(details, "description",
	    message(report->run->incident && *report->run->incident ? report->run->incident
								    : "spool scan"));
	dump(report->out, ",\"automationDetails\":", details);
	fputs(",\"columnKind\":\"unicodeCodePoints\",\"results\":[", report->out);
}

static const char *
sarif_level(enum level level)
{
	if (level >= LEVEL_HIGH)
		return "error";
	return level == LEVEL_MEDIUM ? "warning" : "note";
}

/* Stable from run to run: the rule, the bytes of the file, and which of the rule's findings. */
static json_t *
fingerprints(const char *rule, const char *digest, uint32_t ordinal)
{
	json_t *object = json_object();
	char text[200];

	snprintf(text, sizeof text, "%s:%.64s:%" PRIu32, rule, digest, ordinal);
	json_put_text(object, "imcscan/v1", text);
	return object;
}

static json_t *
region(uint64_t offset, uint64_t length, uint32_t line)
{
	json_t *object = json_object();

	if (line > 0)
		json_put_number(object, "startLine", line);
	json_put_number(object, "byteOffset", offset);
	json_put_number(object, "byteLength", length);
	return object;
}

static json_t *
locations(const struct suspect *suspect, json_t *place)
{
	json_t *physical = json_object(), *object = json_object(), *array = json_array();

	json_object_set_new(
	    physical, "artifactLocation", location_of_file(suspect->root, suspect->path));
	if (place)
		json_object_set_new(physical, "region", place);
	json_object_set_new(object, "physicalLocation", physical);
	json_array_append_new(array, object);
	return array;
}

static void
put_result(struct report *report, const struct suspect *suspect, uint16_t rule, const char *detail,
    json_t *place, int32_t bits, uint32_t ordinal, json_t *extra)
{
	struct sarif *state = report->state;
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	json_t *object = json_object();
	char text[512], digest[65] = "";

	if (names_has_digest(suspect))
		names_digest(digest, suspect->record->sha256);
	snprintf(text, sizeof text, "%s%s%s", rules[rule]->says, *detail ? " " : "", detail);
	json_put_text(object, "ruleId", rules[rule]->id);
	json_put_number(object, "ruleIndex", rule);
	json_put_text(object, "level", sarif_level(level_from(suspect->level_from, bits)));
	json_object_set_new(object, "message", message(text));
	json_object_set_new(object, "locations", locations(suspect, place));
	json_object_set_new(
	    object, "partialFingerprints", fingerprints(rules[rule]->id, digest, ordinal));
	if (suspect->has_score)
		json_object_set_new(object, "rank",
		    json_real((double)(int64_t)(suspect->probability * 1e6 + 0.5) / 1e4));
	json_put_text(extra, "fileLevel", level_name(suspect->level));
	if (suspect->has_score)
		json_put_milli(extra, "fileScore", suspect->score);
	json_put_number(extra, "fileRank", suspect->rank);
	if (bits != INT32_MIN)
		json_put_milli(extra, "bits", bits);
	json_object_set_new(object, "properties", extra);
	dump(report->out, state->any ? ",\n" : "\n", object);
	state->any = true;
}

static void
put_findings(struct report *report, const struct suspect *suspect)
{
	const struct record *record = suspect->record;
	size_t n_rules;
	uint32_t *seen;

	(void)rules_all(&n_rules);
	seen = calloc(n_rules + 1, sizeof *seen);
	for (uint32_t i = 0; seen && record && i < record->n_findings; i++) {
		const struct finding *finding = &record->findings[i];
		json_t *extra = json_object();

		if (finding->rule >= n_rules) {
			json_decref(extra);
			continue;
		}
		json_put_some(extra, "part", finding->part);
		put_result(report, suspect, finding->rule, finding->detail,
		    finding->offset == OFFSET_NONE
			? NULL
			: region(finding->offset, finding->length, finding->line),
		    suspect->finding_bits ? suspect->finding_bits[i] : INT32_MIN,
		    seen[finding->rule]++, extra);
	}
	free(seen);
}

static void
put_clues(struct report *report, const struct suspect *suspect)
{
	size_t n_rules;

	(void)rules_all(&n_rules);
	for (uint32_t i = 0; i < suspect->n_clues; i++) {
		const struct clue *clue = &suspect->clues[i];
		json_t *extra = json_object();

		if (clue->rule >= n_rules) {
			json_decref(extra);
			continue;
		}
		if (clue->log_len > 0)
			json_put_bytes(extra, "log", slice_of(clue->log, clue->log_len));
		if (clue->number > 0)
			json_put_number(extra, "record", clue->number);
		json_put_some(extra, "quote", clue->quote);
		put_result(report, suspect, clue->rule, clue->detail,
		    clue->offset == OFFSET_NONE ? NULL : region(clue->offset, clue->length, 0),
		    clue->factor, i, extra);
	}
}

static void
keep_notice(struct sarif *state, const struct suspect *suspect)
{
	json_t *object = json_object();
	char text[256];

	if (state->n_notices++ >= NOTICES_MAX) {
		json_decref(object);
		return;
	}
	snprintf(text, sizeof text, "%s: %s", words_status(suspect->status),
	    suspect->reason ? suspect->reason : "");
	json_put_text(object, "level", suspect->status == STATUS_EXCLUDED ? "note" : "error");
	json_object_set_new(object, "message", message(text));
	json_object_set_new(object, "locations", locations(suspect, NULL));
	json_array_append_new(state->notices, object);
}

static void
keep_artifact(struct sarif *state, const struct suspect *suspect)
{
	json_t *object, *hashes;

	if (!names_has_digest(suspect) || json_array_size(state->artifacts) >= ARTIFACTS_MAX)
		return;
	object = json_object();
	hashes = json_object();
	json_object_set_new(object, "location", location_of_file(suspect->root, suspect->path));
	json_put_number(object, "length", suspect->record->file_size);
	json_put_digest(hashes, "sha-256", suspect->record->sha256);
	json_object_set_new(object, "hashes", hashes);
	json_array_append_new(state->artifacts, object);
}

static void
put_suspect(struct report *report, const struct suspect *suspect)
{
	struct sarif *state = report->state;

	if (suspect->status != STATUS_EXAMINED)
		keep_notice(state, suspect);
	if (suspect->level < report->options->min_level) {
		state->left_out++;
		return;
	}
	put_clues(report, suspect);
	put_findings(report, suspect);
	keep_artifact(state, suspect);
}

static void
put_artefact(struct report *report, const struct artefact *artefact)
{
	(void)report;
	(void)artefact;
}

static json_t *
invocations(const struct report *report, struct sarif *state)
{
	const struct summary *summary = report->summary;
	json_t *object = json_object(), *array = json_array();
	char time[CLOCK_TEXT];

	json_put_bool(object, "executionSuccessful", !summary->interrupted);
	if (!report->run->reproducible) {
		clock_utc(summary->started, time);
		json_put_text(object, "startTimeUtc", time);
		clock_utc(summary->ended, time);
		json_put_text(object, "endTimeUtc", time);
	}
	if (state->n_notices > NOTICES_MAX) {
		char text[96];
		json_t *more = json_object();

		snprintf(text, sizeof text, "%" PRIu64 " more files were not examined whole",
		    state->n_notices - NOTICES_MAX);
		json_put_text(more, "level", "error");
		json_object_set_new(more, "message", message(text));
		json_array_append_new(state->notices, more);
	}
	json_object_set_new(object, "toolExecutionNotifications", state->notices);
	json_array_append_new(array, object);
	return array;
}

static void
end(struct report *report)
{
	struct sarif *state = report->state;
	const struct summary *summary = report->summary;
	json_t *properties = json_object();

	fputs("\n]", report->out);
	dump(report->out, ",\"artifacts\":", state->artifacts);
	dump(report->out, ",\"invocations\":", invocations(report, state));
	json_put_number(properties, "filesSeen", summary->seen);
	json_put_number(properties, "filesBelowMinimumLevel", state->left_out);
	json_put_share(properties, "notInTree", summary->not_in_tree);
	json_put_digest(properties, "manifestSha256", summary->manifest);
	dump(report->out, ",\"properties\":", properties);
	fputs("}]}\n", report->out);
	free(state);
	report->state = NULL;
}

const struct writer writer_sarif = {
	.name = "sarif",
	.begin = begin,
	.suspect = put_suspect,
	.artefact = put_artefact,
	.end = end,
};
