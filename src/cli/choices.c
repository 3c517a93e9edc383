/* choices.c - the words that an option takes, for completions. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/choices.h"

#include <stdio.h>
#include <string.h>

#include "rule.h"
#include "suspect.h"
#include "writer.h"

#define WORD_MAX 32

/* Options whose words stand in no table of their own. */
struct words {
	const char *option;
	unsigned commands;
	const char *words;
};

static const struct words fixed[] = {
	{ "format", COMMAND_RULES, "text json mdoc" },
	{ "format", COMMAND_PLAN, "text json" },
	{ "format", COMMAND_DIFF, "text jsonl" },
	{ "progress", ~0u, "auto always never" },
	{ "color", ~0u, "auto always never" },
	{ "goal", COMMAND_PLAN, "flow isolate" },
	{ "script", COMMAND_PLAN, "cmd powershell sh" },
	{ "draw", COMMAND_PLAN, "posterior uniform <file>" },
	{ "hash", ~0u, "sha256 sha1 md5" },
};

/* What kind of value its name in the help says that it is. */
static const struct words kinds[] = {
	{ "FILE", ~0u, "<file>" },
	{ "CASE", ~0u, "<file>" },
	{ "DIR", ~0u, "<dir>" },
};

static void
append(char *out, size_t size, const char *word)
{
	const size_t used = strlen(out);

	if (used + strlen(word) + 2 <= size)
		snprintf(out + used, size - used, "%s%s", used ? " " : "", word);
}

static void
append_formats(char *out, size_t size)
{
	size_t count;
	const struct writer *const *writers = writers_all(&count);

	for (size_t i = 0; i < count; i++)
		append(out, size, writers[i]->name);
}

/* Those that the option takes: --fail-on knows no `clean`. */
static void
append_levels(const struct option *option, char *out, size_t size)
{
	struct options trial = { .help = false };

	for (int i = 0; i < LEVEL_COUNT; i++) {
		if (option->set(&trial, level_name((enum level)i)))
			append(out, size, level_name((enum level)i));
	}
	if (option->set(&trial, "never"))
		append(out, size, "never");
}

/* "5.5 SP3" as one types it, 5.5sp3, into word[WORD_MAX]. */
static void
type_release(const char *name, char *word)
{
	size_t len = 0;

	for (; *name && len + 1 < WORD_MAX; name++) {
		if (*name == ' ')
			continue;
		word[len++] = *name;
		if (*name == 'S' || *name == 'P')
			word[len - 1] = *name == 'S' ? 's' : 'p';
	}
	word[len] = '\0';
}

static void
append_releases(char *out, size_t size)
{
	for (int i = 0; i < RELEASE_COUNT; i++) {
		char word[WORD_MAX];

		type_release(release_name((enum release)i), word);
		if (release_parse(word) == (enum release)i)
			append(out, size, word);
	}
}

/* "auto|always|never" names its words itself. */
static void
append_named(const char *value, char *out, size_t size)
{
	while (*value) {
		const size_t len = strcspn(value, "|");
		char word[WORD_MAX];

		snprintf(word, sizeof word, "%.*s", (int)(len < WORD_MAX ? len : 0), value);
		append(out, size, word);
		value += len + (value[len] == '|');
	}
}

static bool
append_fixed(enum command command, const struct option *option, char *out, size_t size)
{
	for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
		if ((fixed[i].commands & command) && strcmp(fixed[i].option, option->name) == 0)
			return append(out, size, fixed[i].words), true;
	}
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (strcmp(kinds[i].option, option->value) == 0)
			return append(out, size, kinds[i].words), true;
	}
	return false;
}

const char *
choices_of(enum command command, const struct option *option, char *out, size_t size)
{
	out[0] = '\0';
	if (!option->value || append_fixed(command, option, out, size))
		return out;
	if (strcmp(option->value, "FORMAT") == 0)
		append_formats(out, size);
	else if (strcmp(option->value, "LEVEL") == 0)
		append_levels(option, out, size);
	else if (strcmp(option->name, "exchange") == 0)
		append_releases(out, size);
	else if (strcmp(option->name, "disable-rule") == 0 || strcmp(option->name, "rule") == 0)
		append(out, size, "<rule>");
	else if (strchr(option->value, '|'))
		append_named(option->value, out, size);
	return out;
}
