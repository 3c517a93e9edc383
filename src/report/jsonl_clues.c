/* jsonl_clues.c - clues and the arithmetic of a scan as JSON. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/jsonl_clues.h"

#include "report/json.h"

static json_t *
clue_object(const struct clue *clue, const struct rule *rule)
{
	json_t *object = json_object();

	json_put_text(object, "rule", rule->id);
	json_put_milli(object, "bits", clue->factor);
	if (clue->log_len > 0)
		json_put_bytes(object, "log", slice_of(clue->log, clue->log_len));
	if (clue->number > 0)
		json_put_number(object, "record", clue->number);
	if (clue->log_offset != OFFSET_NONE)
		json_put_number(object, "log_offset", clue->log_offset);
	if (clue->offset != OFFSET_NONE) {
		json_put_number(object, "offset", clue->offset);
		json_put_number(object, "length", clue->length);
	}
	json_put_some(object, "detail", clue->detail);
	json_put_some(object, "quote", clue->quote);
	if (clue->flags & CLUE_DOUBTFUL)
		json_put_bool(object, "doubtful", true);
	if (clue->flags & CLUE_PLACED)
		json_put_bool(object, "placed", true);
	return object;
}

json_t *
jsonl_clues(const struct clue *clues, uint32_t count)
{
	json_t *array = json_array();
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	for (uint32_t i = 0; i < count; i++) {
		if (clues[i].rule < n_rules)
			json_array_append_new(array, clue_object(&clues[i], rules[clues[i].rule]));
	}
	return array;
}

void
jsonl_put_terms(json_t *object, const struct terms *terms)
{
	if (terms->q <= 0)
		return;
	json_object_set_new(object, "w", json_real(terms->w));
	json_object_set_new(object, "q", json_real(terms->q));
	json_object_set_new(object, "v", json_real(terms->v));
	json_object_set_new(object, "q0", json_real(terms->q0));
	json_put_number(object, "n", terms->n_fired);
	if (terms->minor)
		json_put_bool(object, "minor", true);
	if (terms->arrival)
		json_put_bool(object, "arrival", true);
}

json_t *
jsonl_arithmetic(const struct arithmetic *arithmetic)
{
	json_t *object = json_object();

	json_put_number(object, "n", arithmetic->n_scored);
	json_put_number(object, "hypotheses", arithmetic->n_hypotheses);
	json_object_set_new(object, "w_unknown", json_real(arithmetic->w_unknown));
	json_object_set_new(object, "total_weight", json_real(arithmetic->total_weight));
	json_object_set_new(object, "h", json_real(arithmetic->h));
	json_object_set_new(object, "h_most", json_real(arithmetic->h_most));
	json_object_set_new(object, "prior", json_real(arithmetic->prior));
	json_object_set_new(object, "cap_minor", json_real(arithmetic->cap_minor));
	json_object_set_new(object, "cap_archive", json_real(arithmetic->cap_archive));
	json_object_set_new(object, "clues_most", json_real(arithmetic->clues_most));
	return object;
}

json_t *
jsonl_weights(const struct run_info *run)
{
	json_t *object = json_object(), *changed = json_object();

	json_put_text(object, "file", run->weights_file);
	json_put_some(object, "sha256", run->weights_sha256);
	for (size_t i = 0; i < run->n_weights; i++)
		json_object_set_new(
		    changed, run->weights[i].name, json_real(run->weights[i].value));
	json_object_set_new(object, "changed", changed);
	return object;
}
