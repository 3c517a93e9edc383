/* mdoc_keys.c - the keys of the JSON Schema, as a section of the manual page. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/mdoc.h"
#include "cli/schema.h"

#define KIND_MAX 300
#define HEX "_hex"
#define CUT "_cut"

/* What people call the small kinds of the schema. */
static const struct {
	const char *name, *says;
} kinds[] = {
	{ "count", "a count" },
	{ "share", "a number from 0 to 1" },
	{ "sha256", "64 hexadecimal digits" },
	{ "id", "a word in kebab case" },
	{ "cause", "the id of a documented cause" },
	{ "utc", "a time, UTC, 2001-03-05T20:07:51Z" },
	{ "time", "a time" },
	{ "texts", "a list of texts" },
	{ "true", "true" },
	{ "string", "a text" },
	{ "number", "a number" },
	{ "boolean", "true or false" },
	{ "object", "an object" },
};

/* The words of an enumeration, into out[KIND_MAX]. */
static void
name_words(const json_t *words, char *out)
{
	size_t used = (size_t)snprintf(out, KIND_MAX, "one of"), i;
	const json_t *word;

	json_array_foreach(words, i, word)
	{
		if (used >= KIND_MAX)
			return;
		if (json_is_string(word))
			used += (size_t)snprintf(out + used, KIND_MAX - used, "%s %s", i ? "," : "",
			    json_string_value(word));
		else
			used += (size_t)snprintf(out + used, KIND_MAX - used, "%s %d", i ? "," : "",
			    (int)json_integer_value(word));
	}
}

/* What the schema of one value says that it is, by its short name where it has one. */
static void
name_short(const json_t *value, char *out, size_t size)
{
	const char *ref = json_string_value(json_object_get(value, "$ref"));
	const char *name = json_string_value(json_object_get(value, "type"));
	const json_t *fixed = json_object_get(value, "const");

	if (ref)
		name = strrchr(ref, '/') ? strrchr(ref, '/') + 1 : ref;
	if (json_is_string(fixed))
		name = json_string_value(fixed);
	snprintf(out, size, "%s", name ? name : "");
	if (json_is_integer(fixed))
		snprintf(out, size, "%d", (int)json_integer_value(fixed));
	if (json_is_boolean(fixed))
		snprintf(out, size, "%s", json_is_true(fixed) ? "true" : "false");
	for (size_t i = 0; !fixed && i < sizeof kinds / sizeof kinds[0]; i++) {
		if (name && strcmp(name, kinds[i].name) == 0)
			snprintf(out, size, "%s", kinds[i].says);
	}
}

static void
name_kind(const json_t *definitions, const json_t *value, char *out)
{
	const char *ref = json_string_value(json_object_get(value, "$ref"));
	const json_t *items = json_object_get(value, "items");
	const json_t *words = json_object_get(value, "enum");

	if (ref && strrchr(ref, '/') && !words)
		words =
		    json_object_get(json_object_get(definitions, strrchr(ref, '/') + 1), "enum");
	if (words) {
		name_words(words, out);
	} else if (items) {
		const size_t used = (size_t)snprintf(out, KIND_MAX, "a list, each ");

		name_short(items, out + used, KIND_MAX - used);
	} else if (json_object_get(value, "anyOf")) {
		snprintf(out, KIND_MAX, "a count, or null");
	} else {
		name_short(value, out, KIND_MAX);
	}
}

/* KEY_hex and KEY_cut are told of once, in words. */
static bool
is_twin(const char *key)
{
	const size_t len = strlen(key);

	return len > strlen(HEX) &&
	       (strcmp(key + len - strlen(HEX), HEX) == 0 ||
		   strcmp(key + len - strlen(CUT), CUT) == 0) &&
	       strcmp(key, "findings_cut") != 0;
}

static void
put_key(const json_t *definitions, const char *key, const json_t *value, bool required)
{
	const char *says = json_string_value(json_object_get(value, "description"));
	char kind[KIND_MAX], text[2 * KIND_MAX];

	name_kind(definitions, value, kind);
	snprintf(text, sizeof text, "%s%s.%s%s", required ? "always; " : "", kind, says ? "\n" : "",
	    says ? says : "");
	printf(".It Li \\&%s\n", key);
	mdoc_text(text);
}

/* Keys of an object within the object stand behind its own, with a dot. */
static void
put_inner(const json_t *definitions, const char *outer, const json_t *value)
{
	json_t *inner;
	const char *key;

	json_object_foreach(json_object_get(value, "properties"), key, inner)
	{
		char name[120];

		snprintf(name, sizeof name, "%s.%s", outer, key);
		put_key(definitions, name, inner, false);
	}
}

static bool
is_required(const json_t *object, const char *key)
{
	const json_t *word;
	size_t i;

	json_array_foreach(json_object_get(object, "required"), i, word)
	{
		if (strcmp(json_string_value(word), key) == 0)
			return true;
	}
	return false;
}

bool
mdoc_keys(const char *name)
{
	json_t *schema = schema_read(), *value;
	const json_t *definitions = json_object_get(schema, "definitions");
	const json_t *object = json_object_get(definitions, name);
	const char *says = json_string_value(json_object_get(object, "description"));
	const char *key;
	const bool found = json_is_object(json_object_get(object, "properties"));

	if (found) {
		if (says)
			mdoc_text(says);
		puts(".Bl -tag -width Ds");
		json_object_foreach(json_object_get(object, "properties"), key, value)
		{
			if (is_twin(key))
				continue;
			put_key(definitions, key, value, is_required(object, key));
			put_inner(definitions, key, value);
		}
		puts(".El");
	}
	json_decref(schema);
	return found;
}
