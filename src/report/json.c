/* json.c - JSON values from hostile bytes and exact numbers. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/json.h"

#include <stdlib.h>
#include <string.h>

#include "report/clock.h"
#include "report/escape.h"

#define KEY_MAX 40

json_t *
json_of_bytes(struct slice s)
{
	char *text;
	size_t len;
	json_t *value;

	if (!escape_json(s, &text, &len))
		return NULL;
	value = json_stringn(text, len);
	free(text);
	return value;
}

json_t *
json_of_hex(struct slice s)
{
	char *digits = s.len < SIZE_MAX / 2 ? malloc(2 * s.len + 1) : NULL;
	json_t *value;

	if (!digits)
		return NULL;
	escape_hex(s, digits);
	value = json_string(digits);
	free(digits);
	return value;
}

void
json_put_bytes(json_t *object, const char *key, struct slice s)
{
	char twin[KEY_MAX];

	json_object_set_new(object, key, json_of_bytes(s));
	if (escape_is_utf8(s))
		return;
	snprintf(twin, sizeof twin, "%s_hex", key);
	json_object_set_new(object, twin, json_of_hex(s));
}

void
json_put_text(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, json_of_bytes(slice_str(text)));
}

void
json_put_some(json_t *object, const char *key, const char *text)
{
	if (text && *text)
		json_put_bytes(object, key, slice_str(text));
}

void
json_put_number(json_t *object, const char *key, uint64_t number)
{
	json_object_set_new(
	    object, key, json_integer(number <= INT64_MAX ? (json_int_t)number : INT64_MAX));
}

void
json_put_bool(json_t *object, const char *key, bool value)
{
	json_object_set_new(object, key, json_boolean(value));
}

void
json_put_milli(json_t *object, const char *key, int32_t milli)
{
	json_object_set_new(object, key, json_real(milli / 1000.0));
}

void
json_put_share(json_t *object, const char *key, double share)
{
	/* Comparisons that are false for a NaN, which JSON cannot hold. */
	double held = share > 1 ? 1 : share > 0 ? share : 0;

	json_object_set_new(object, key, json_real((double)(int64_t)(held * 1e6 + 0.5) / 1e6));
}

void
json_put_digest(json_t *object, const char *key, const uint8_t sha256[32])
{
	json_object_set_new(object, key, json_of_hex(slice_of(sha256, 32)));
}

void
json_put_utc(json_t *object, const char *key, int64_t seconds)
{
	char text[CLOCK_TEXT];

	clock_utc(seconds, text);
	json_put_text(object, key, text);
}

/* Jansson escapes all control characters but one. */
static int
put_without_delete(const char *text, size_t len, void *out)
{
	struct slice rest = slice_of(text, len);

	while (rest.len > 0) {
		const size_t at = slice_find(rest, 0, 0x7f);
		const size_t plain = at == SLICE_NONE ? rest.len : at;

		fwrite(rest.data, 1, plain, out);
		if (at != SLICE_NONE)
			fputs("\\u007f", out);
		rest = slice_from(rest, plain + (at != SLICE_NONE));
	}
	return 0;
}

void
json_write(FILE *out, const json_t *value, size_t flags)
{
	(void)json_dump_callback(value, put_without_delete, out, flags);
}

void
json_line(FILE *out, json_t *object)
{
	/* 12 digits: all of a score and of a share, and none of what binary fractions add. */
	json_write(out, object, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(12));
	putc('\n', out);
	json_decref(object);
}
