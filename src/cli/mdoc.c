/* mdoc.c - sections of the manual page, in the language of mandoc(1). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/mdoc.h"

#include <stdio.h>
#include <string.h>

#include "cli/option_table.h"
#include "rank/weights.h"

#define COLUMNS 78 /* mandoc -Tlint speaks up from 81 on */
#define BLANKS " \t\n"

/* A word in which nothing acts: a backslash escapes, and a dash would be a hyphen. */
static size_t
put_word(const char *word, size_t len)
{
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		if (word[i] == '\\')
			used += (size_t)printf("\\e");
		else if (word[i] == '-')
			used += (size_t)printf("\\-");
		else if (word[i] == '~' || word[i] == '^')
			used += (size_t)printf("\\(%s", word[i] == '~' ? "ti" : "ha");
		else
			used += putchar((unsigned char)word[i]) != EOF;
	}
	return used;
}

/* "Dr. Watson": no end of a sentence, and mandoc is to be told so. */
static bool
is_abbreviation(const char *word, size_t len)
{
	return len == 3 && word[0] >= 'A' && word[0] <= 'Z' && word[2] == '.';
}

static bool
ends_sentence(const char *word, size_t len)
{
	while (len > 0 && strchr(")\"'", word[len - 1]))
		len--;
	return len > 0 && strchr(".?!", word[len - 1]);
}

void
mdoc_text(const char *text)
{
	size_t column = 0;
	bool ended = false;

	for (text += strspn(text, BLANKS); *text; text += strspn(text, BLANKS)) {
		const size_t len = strcspn(text, BLANKS);

		if (column > 0 && (ended || column + 1 + len > COLUMNS)) {
			putchar('\n');
			column = 0;
		} else if (column > 0) {
			column += putchar(' ') != EOF;
		}
		/* At the start of a line these two would be a request. */
		if (column == 0 && (*text == '.' || *text == '\''))
			column += (size_t)printf("\\&");
		column += put_word(text, len);
		ended = ends_sentence(text, len);
		if (is_abbreviation(text, len)) {
			column += (size_t)printf("\\&");
			ended = false;
		}
		text += len;
	}
	putchar('\n');
}

/* `ARGUMENT` for a macro, quoted, so that it is one and names no macro. */
static void
put_argument(const char *text, size_t len)
{
	fputs("\\&", stdout);
	put_word(text, len);
}

/* ---- how a command is called ---- */

/* "--rule=ID" */
static void
put_flag(const char *word, size_t len)
{
	const char *equals = memchr(word, '=', len);
	const size_t name = equals ? (size_t)(equals - word) : len;

	fputs("Fl ", stdout);
	put_word(word + 1, name - 1);
	if (!equals)
		return;
	fputs(" Ns = Ns Ar ", stdout);
	put_argument(equals + 1, len - name - 1);
}

static void
put_synopsis_word(const char *name, const char *word, size_t len)
{
	const bool optional = word[0] == '[' && word[len - 1] == ']';

	if (optional) {
		word++;
		len -= 2;
	}
	if (len == 1 && *word == '|') {
		printf(".Nm imcscan\n.Cm %s\n", name);
		return;
	}
	fputs(optional ? ".Op " : ".", stdout);
	if (*word == '-')
		put_flag(word, len);
	else {
		fputs("Ar ", stdout);
		put_argument(word, len);
	}
	putchar('\n');
}

static void
put_synopsis(const struct command_row *row)
{
	const char *word = row->usage + strcspn(row->usage, BLANKS);

	printf(".Nm imcscan\n.Cm %s\n", row->name);
	for (word += strspn(word, BLANKS); *word; word += strspn(word, BLANKS)) {
		const size_t len = strcspn(word, BLANKS);

		put_synopsis_word(row->name, word, len);
		word += len;
	}
}

void
mdoc_synopsis(const struct command_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put_synopsis(&rows[i]);
	puts(".Nm imcscan\n.Fl \\-version | Fl \\-help");
}

/* ---- its options ---- */

static void
put_option(const struct option *option)
{
	fputs(".It ", stdout);
	if (option->letter) {
		printf("Fl %c", option->letter);
		if (option->value) {
			fputs(" Ar ", stdout);
			put_argument(option->value, strlen(option->value));
		}
		fputs(" , ", stdout);
	}
	fputs("Fl \\-", stdout);
	put_word(option->name, strlen(option->name));
	if (option->value) {
		fputs(option->optional ? " Ns Op = Ns Ar " : " Ns = Ns Ar ", stdout);
		put_argument(option->value, strlen(option->value));
	}
	putchar('\n');
	mdoc_text(option->help);
}

void
mdoc_commands(const struct command_row *rows, size_t count)
{
	size_t n_options;
	const struct option *options = options_all(&n_options);

	for (size_t i = 0; i < count; i++) {
		printf(".Ss imcscan %s\n", rows[i].name);
		mdoc_text(rows[i].about);
		puts(".Bl -tag -width Ds");
		for (size_t k = 0; k < n_options; k++) {
			if (options[k].commands & rows[i].command)
				put_option(&options[k]);
		}
		puts(".El");
	}
}

/* ---- the rules ---- */

static void
put_rule(const struct rule *rule)
{
	char text[700];

	fputs(".It Sy ", stdout);
	put_argument(rule->id, strlen(rule->id));
	putchar('\n');
	mdoc_text(rule->says);
	snprintf(text, sizeof text, "Class: %s%s%s%s%s.", weight_class_name(rule),
	    *rule->cases ? "; causes: " : "", rule->cases, *rule->rfc ? "; " : "", rule->rfc);
	mdoc_text(text);
}

void
mdoc_rules(void)
{
	size_t count;
	const struct rule *const *rules = rules_all(&count);

	for (size_t i = 0; i < count; i++) {
		const bool first = i == 0 || strcmp(rules[i - 1]->family, rules[i]->family) != 0;
		const bool last =
		    i + 1 == count || strcmp(rules[i + 1]->family, rules[i]->family) != 0;

		if (first)
			printf(".Ss Family %s\n.Bl -tag -width Ds\n", rules[i]->family);
		put_rule(rules[i]);
		if (last)
			puts(".El");
	}
}
