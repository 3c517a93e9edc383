/* weights.c - the numbers of the ranking read from a file, each checked. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/weights.h"

#include <errno.h>
#include <glib.h>
#include <math.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/say.h"

#define FILE_MOST (64u << 10) /* bytes: the whole of what `rules --weights` prints is a tenth */
#define BITS_MOST (FACTOR_MOST / 1000.0)

/* Its bytes as a string, which must be freed; NULL after a message. */
static char *
read_text(const char *file, size_t *len)
{
	struct stat st;
	/* A FIFO would wait for ever. */
	const bool waits = stat(file, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
	FILE *stream = waits ? NULL : fopen(file, "re");
	char *text = stream ? malloc(FILE_MOST + 1) : NULL;

	if (text)
		*len = fread(text, 1, FILE_MOST + 1, stream);
	if (waits) {
		say_about(file, "not a regular file");
	} else if (!text || ferror(stream)) {
		say_about(file, "%s", strerror(errno));
		free(text);
		text = NULL;
	} else if (*len > FILE_MOST) {
		say_about(file, "larger than a file of weights can be");
		free(text);
		text = NULL;
	}
	if (stream)
		fclose(stream);
	return text;
}

static bool
take_digest(struct weights *weights, const char *text, size_t len)
{
	unsigned char digest[32];

	if (EVP_Digest(text, len, digest, NULL, EVP_sha256(), NULL) != 1)
		return false;
	for (size_t i = 0; i < sizeof digest; i++)
		snprintf(weights->sha256 + 2 * i, 3, "%02x", digest[i]);
	return true;
}

/* ---- one key ---- */

static void
note_change(struct weights *weights, const char *name, double value, double usual)
{
	if (value < usual || value > usual)
		weights->changed[weights->n_changed++] =
		    (struct changed_weight){ name, value, usual };
}

static bool
number_of(GKeyFile *keys, const char *group, const char *key, double *value)
{
	GError *error = NULL;

	*value = g_key_file_get_double(keys, group, key, &error);
	if (!error)
		return true;
	say_about(key, "not a number in [%s]", group);
	g_error_free(error);
	return false;
}

/* NULL: no constant has that name. */
static const struct constant *
constant_named(const char *name)
{
	size_t count;
	const struct constant *table = constants_table(&count);

	for (size_t i = 0; i < count; i++) {
		if (strcmp(name, table[i].name) == 0)
			return &table[i];
	}
	return NULL;
}

static bool
set_constant(struct weights *weights, const struct constant *constant, double value)
{
	if (!constant_set(&weights->constants, constant, value)) {
		say_about(
		    constant->name, "must lie between %g and %g", constant->least, constant->most);
		return false;
	}
	note_change(weights, constant->name, value, constant_get(constants_default(), constant));
	return true;
}

static bool
take_constant(struct weights *weights, GKeyFile *keys, const char *key)
{
	const struct constant *constant = constant_named(key);
	double value;

	if (!constant) {
		say_about(key, "no such weight; imcscan rules --weights lists them");
		return false;
	}
	return number_of(keys, "weights", key, &value) && set_constant(weights, constant, value);
}

static bool
set_factor(struct weights *weights, const struct rule *rule, size_t index, double value)
{
	if (!(fabs(value) <= BITS_MOST)) {
		say_about(rule->id, "must lie between %g and %g", -BITS_MOST, BITS_MOST);
		return false;
	}
	weights->factors[index] = constant_millibits(value);
	note_change(weights, rule->id, weights->factors[index] / 1000.0, rule->factor / 1000.0);
	return true;
}

static bool
take_factor(struct weights *weights, GKeyFile *keys, const char *key)
{
	size_t index;
	const struct rule *rule = rule_by_id(key, &index);
	double value;

	if (!rule || rule->rule_class != RULE_EVIDENCE) {
		say_about(key, "no rule of evidence; imcscan rules --weights lists them");
		return false;
	}
	return number_of(keys, "evidence", key, &value) && set_factor(weights, rule, index, value);
}

/* What is taken, or left, is told as a number from 0 on. */
static bool
set_clue(struct weights *weights, enum factor factor, double value)
{
	const struct factor_row *row = &factors_table()[factor];

	if (!(value >= 0 && value <= BITS_MOST)) {
		say_about(row->name, "must lie between 0 and %g", BITS_MOST);
		return false;
	}
	weights->clues[factor] = constant_millibits(value);
	note_change(weights, row->name, weights->clues[factor] / 1000.0, row->value / 1000.0);
	return true;
}

static bool
take_clue(struct weights *weights, GKeyFile *keys, const char *key)
{
	const enum factor factor = factor_by_name(key);
	double value;

	if (factor == FACTOR_COUNT) {
		say_about(key, "no number for clues; imcscan rules --weights lists them");
		return false;
	}
	return number_of(keys, "clues", key, &value) && set_clue(weights, factor, value);
}

/* ---- the file ---- */

static bool
take_group(struct weights *weights, GKeyFile *keys, const char *group,
    bool (*take)(struct weights *weights, GKeyFile *keys, const char *key))
{
	char **names = g_key_file_get_keys(keys, group, NULL, NULL);
	bool good = true;

	for (size_t i = 0; good && names && names[i]; i++)
		good = take(weights, keys, names[i]);
	g_strfreev(names);
	return good;
}

static bool
take_groups(struct weights *weights, GKeyFile *keys)
{
	char **groups = g_key_file_get_groups(keys, NULL);
	bool good = true;

	for (size_t i = 0; good && groups[i]; i++) {
		if (strcmp(groups[i], "weights") == 0) {
			good = take_group(weights, keys, groups[i], take_constant);
		} else if (strcmp(groups[i], "evidence") == 0) {
			good = take_group(weights, keys, groups[i], take_factor);
		} else if (strcmp(groups[i], "clues") == 0) {
			good = take_group(weights, keys, groups[i], take_clue);
		} else {
			say_about(groups[i], "no such group in a file of weights");
			good = false;
		}
	}
	g_strfreev(groups);
	return good;
}

static bool
take_text(struct weights *weights, const char *text, size_t len)
{
	GKeyFile *keys = g_key_file_new();
	GError *error = NULL;
	const char *fault = NULL;
	bool good = g_key_file_load_from_data(keys, text, len, G_KEY_FILE_NONE, &error);

	if (!good)
		say_about(weights->file, "no file of weights: [weights], then lines name=number");
	if (error)
		g_error_free(error);
	good = good && take_groups(weights, keys);
	g_key_file_free(keys);
	if (good)
		fault = constants_fault(&weights->constants);
	if (fault)
		say_about(weights->file, "%s", fault);
	return good && !fault;
}

static struct weights *
weights_new(const char *file)
{
	struct weights *weights = calloc(1, sizeof *weights);
	size_t n_rules, n_constants;
	const struct rule *const *rules = rules_all(&n_rules);

	(void)constants_table(&n_constants);
	if (!weights)
		return NULL;
	weights->file = file;
	weights->constants = *constants_default();
	weights->factors = calloc(n_rules + 1, sizeof *weights->factors);
	weights->changed_room = n_rules + n_constants + FACTOR_COUNT;
	weights->changed = calloc(weights->changed_room, sizeof *weights->changed);
	if (!weights->factors || !weights->changed) {
		weights_free(weights);
		return NULL;
	}
	for (size_t i = 0; i < n_rules; i++)
		weights->factors[i] = rules[i]->factor;
	weights->constants.factors = weights->factors;
	for (int i = 0; i < FACTOR_COUNT; i++)
		weights->clues[i] = factors_table()[i].value;
	return weights;
}

struct weights *
weights_read(const char *file)
{
	struct weights *weights = weights_new(file);
	size_t len = 0;
	char *text = weights ? read_text(file, &len) : NULL;

	if (!weights)
		say("out of memory");
	if (text && take_digest(weights, text, len) && take_text(weights, text, len)) {
		free(text);
		return weights;
	}
	free(text);
	weights_free(weights);
	return NULL;
}

/* ---- kept in a case: name of the file, digest, then "name=number" of what it changed ---- */

char **
weights_lines(const struct weights *weights, size_t *count)
{
	char **lines = weights ? calloc(weights->n_changed + 3, sizeof *lines) : NULL;

	*count = 0;
	if (!lines)
		return NULL;
	lines[0] = strdup(weights->file);
	lines[1] = strdup(weights->sha256);
	for (size_t i = 0; i < weights->n_changed; i++) {
		const struct changed_weight *changed = &weights->changed[i];

		if (asprintf(&lines[i + 2], "%s=%a", changed->name, changed->value) < 0)
			lines[i + 2] = NULL;
	}
	while (lines[*count])
		++*count;
	return lines;
}

static bool
take_line(struct weights *weights, const char *line)
{
	const char *equals = strchr(line, '=');
	char name[64] = "", *end = NULL;
	const struct constant *constant;
	const struct rule *rule;
	size_t index;
	double value;

	if (!equals || (size_t)(equals - line) >= sizeof name ||
	    weights->n_changed == weights->changed_room)
		return false;
	memcpy(name, line, (size_t)(equals - line));
	value = strtod(equals + 1, &end);
	if (end == equals + 1 || *end || !isfinite(value))
		return false;
	constant = constant_named(name);
	if (constant)
		return set_constant(weights, constant, value);
	if (factor_by_name(name) != FACTOR_COUNT)
		return set_clue(weights, factor_by_name(name), value);
	rule = rule_by_id(name, &index);
	return rule && rule->rule_class == RULE_EVIDENCE && set_factor(weights, rule, index, value);
}

struct weights *
weights_recall(const char *const *lines, size_t count)
{
	struct weights *weights = count >= 2 ? weights_new(lines[0]) : NULL;
	bool good = weights && strlen(lines[1]) == 64 && strspn(lines[1], "0123456789abcdef") == 64;

	if (good)
		memcpy(weights->sha256, lines[1], sizeof weights->sha256);
	for (size_t i = 2; good && i < count; i++)
		good = take_line(weights, lines[i]);
	if (good && !constants_fault(&weights->constants))
		return weights;
	weights_free(weights);
	return NULL;
}

/* ---- told ---- */

const struct constants *
weights_constants(const struct weights *weights)
{
	return weights ? &weights->constants : NULL;
}

const int32_t *
weights_factors(const struct weights *weights)
{
	return weights ? weights->clues : NULL;
}

void
weights_tell(const struct weights *weights, struct run_info *run)
{
	if (!weights)
		return;
	run->weights = weights->changed;
	run->n_weights = weights->n_changed;
	run->weights_file = weights->file;
	run->weights_sha256 = weights->sha256;
}

void
weights_free(struct weights *weights)
{
	if (!weights)
		return;
	free(weights->factors);
	free(weights->changed);
	free(weights);
}
