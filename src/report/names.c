/* names.c - what the formats for machines share: names of files, the best finding, cited causes. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/escape.h"

unsigned char *
names_full(const char *root, struct slice path, size_t *len)
{
	const size_t root_len = strlen(root), before = root_len > 0 ? root_len + 1 : 0;
	unsigned char *name;

	if (path.len > SIZE_MAX - before - 1)
		return NULL;
	name = malloc(before + path.len + 1);
	if (!name)
		return NULL;
	if (before > 0) {
		memcpy(name, root, root_len);
		name[root_len] = '/';
	}
	if (path.len > 0)
		memcpy(name + before, path.data, path.len);
	*len = before + path.len;
	name[*len] = '\0';
	return name;
}

char *
names_escaped(struct slice s)
{
	char *text;
	size_t used = 0;

	if (s.len > (SIZE_MAX - ESCAPE_UNIT_MAX) / 4)
		return NULL;
	text = malloc(4 * s.len + ESCAPE_UNIT_MAX); /* a byte takes four characters at most */
	if (!text)
		return NULL;
	for (size_t pos = 0; pos < s.len;) {
		const struct escaped escaped = escape_next(s, pos);
		const size_t len = strlen(escaped.text);

		memcpy(text + used, escaped.text, len);
		used += len;
		pos += escaped.taken;
	}
	text[used] = '\0';
	return text;
}

char *
names_full_escaped(const char *root, struct slice path)
{
	size_t len;
	unsigned char *name = names_full(root, path, &len);
	char *text = name ? names_escaped(slice_of(name, len)) : NULL;

	free(name);
	return text;
}

const struct finding *
names_best(const struct suspect *suspect, int32_t *bits)
{
	const struct record *record = suspect->record;
	const struct finding *best = NULL;

	*bits = INT32_MIN;
	for (uint32_t i = 0; record && i < record->n_findings; i++) {
		const int32_t own = suspect->finding_bits ? suspect->finding_bits[i] : INT32_MIN;

		if (best && own <= *bits)
			continue;
		best = &record->findings[i];
		*bits = own;
	}
	return best;
}

const char *
names_cites(char *buffer, size_t size, const struct rule *rule)
{
	const char *state = NULL;
	const struct imc_case *cause;
	size_t used = 0;

	buffer[0] = '\0';
	while ((cause = rule_next_case(rule, &state)) && used < size)
		used += (size_t)snprintf(
		    buffer + used, size - used, "%s%s", used > 0 ? " " : "", cause->id);
	return buffer;
}

const char *
names_milli(char *buffer, int32_t milli)
{
	const int64_t all = milli < 0 ? -(int64_t)milli : milli;

	snprintf(buffer, 24, "%s%lld.%03d", milli < 0 ? "-" : "", (long long)(all / 1000),
	    (int)(all % 1000));
	return buffer;
}

const char *
names_digest(char out[65], const uint8_t sha256[32])
{
	escape_hex(slice_of(sha256, 32), out);
	return out;
}

bool
names_has_digest(const struct suspect *suspect)
{
	return suspect->record && suspect->record->status != STATUS_FAILED;
}
