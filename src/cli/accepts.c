/* accepts.c - which words an option takes, for the message about another one. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/accepts.h"

#include <stdio.h>
#include <string.h>

#include "cli/guess.h"
#include "rule.h"
#include "writer.h"

#define WORDS_MAX 16u

struct choice {
	const char *option;
	const char *words[WORDS_MAX]; /* NULL ends them */
};

static const struct choice choices[] = {
	{ "min-level", { "clean", "low", "unknown", "medium", "high", "critical" } },
	{ "fail-on", { "low", "medium", "high", "critical", "never" } },
	{ "exchange",
	    { "4.0", "4.0sp1", "4.0sp2", "4.0sp3", "4.0sp4", "4.0sp5", "5.0", "5.0sp1", "5.0sp2",
		"5.5", "5.5sp1", "5.5sp2", "5.5sp3", "5.5sp4", "a build (5.5.2650.24)" } },
	{ "progress", { "auto", "always", "never" } },
	{ "color", { "auto", "always", "never" } },
	{ "goal", { "flow", "isolate" } },
	{ "script", { "cmd", "powershell", "sh" } },
};

static size_t
list_formats(const struct options *options, const char *words[WORDS_MAX])
{
	size_t count = 0;
	const struct writer *const *writers = writers_all(&count);

	if (options->command & (COMMAND_RULES | COMMAND_PLAN | COMMAND_DIFF)) {
		words[0] = "text";
		words[1] = options->command == COMMAND_DIFF ? "jsonl" : "json";
		return 2;
	}
	for (size_t i = 0; i < count && i < WORDS_MAX; i++)
		words[i] = writers[i]->name;
	return count < WORDS_MAX ? count : WORDS_MAX;
}

static size_t
list_words(const struct options *options, const struct option *option, const char *words[WORDS_MAX])
{
	if (strcmp(option->name, "format") == 0)
		return list_formats(options, words);
	for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
		size_t n = 0;

		if (strcmp(option->name, choices[i].option) != 0)
			continue;
		while (n < WORDS_MAX && choices[i].words[n]) {
			words[n] = choices[i].words[n];
			n++;
		}
		return n;
	}
	return 0;
}

static const char *
guess_rule(const char *value)
{
	struct guess guess = guess_start(value);
	size_t count = 0;
	const struct rule *const *rules = rules_all(&count);

	for (size_t i = 0; i < count; i++)
		guess_try(&guess, rules[i]->id);
	return guess.best;
}

static const char *
guess_word(const char *value, const char *const *words, size_t count)
{
	struct guess guess = guess_start(value);

	for (size_t i = 0; i < count; i++)
		guess_try(&guess, words[i]);
	return guess.best;
}

void
accepts_tell(const struct options *options, const struct option *option, const char *value,
    char text[ACCEPTS_ROOM])
{
	const char *words[WORDS_MAX] = { NULL };
	const size_t count = list_words(options, option, words);
	const bool is_rule = option->value && strcmp(option->value, "ID") == 0;
	const char *meant = is_rule ? guess_rule(value) : guess_word(value, words, count);
	size_t used = (size_t)snprintf(text, ACCEPTS_ROOM, "not a value that --%s takes%s%s%s",
	    option->name, meant ? "; did you mean " : "", meant ? meant : "", meant ? "?" : "");

	if (count == 0 && !meant && !is_rule)
		(void)snprintf(text + used, ACCEPTS_ROOM - used, ": %s", option->help);
	if (is_rule && !meant)
		(void)snprintf(
		    text + used, ACCEPTS_ROOM - used, "; imcscan rules lists those there are");
	for (size_t i = 0; i < count && used < ACCEPTS_ROOM; i++)
		used += (size_t)snprintf(text + used, ACCEPTS_ROOM - used, "%s%s",
		    i > 0   ? ", "
		    : meant ? " It takes "
			    : "; it takes ",
		    words[i]);
}
