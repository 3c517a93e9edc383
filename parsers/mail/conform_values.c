/*
 * conform_values.c - fields that we know by name alone: vocabularies, mailing lists, news.
 *
 * RFC 2156 (MIXER) names the values of the X.400 fields, RFC 2369 and 2919 the fields of mailing
 * lists, RFC 5536 those of news; RFC 3282 is about Content-Language.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "conform.h"

#define WORDS_MAX 6

static const struct vocabulary {
	const char *name;
	const char *words[WORDS_MAX];
} vocabularies[] = {
	{ "Importance", { "low", "normal", "high" } },
	{ "Priority", { "normal", "urgent", "non-urgent" } },
	{ "Sensitivity", { "personal", "private", "company-confidential" } },
	{ "Precedence", { "bulk", "list", "junk", "first-class", "special-delivery" } },
};

static void
read_word(const struct conform *at, const struct vocabulary *vocabulary)
{
	struct slice word = slice_trim(at->value);
	size_t from = word.len ? slice_index(at->value, word) : 0;

	word = slice_trim(slice_cut(word, 0, slice_find(word, 0, '(')));
	for (size_t i = 0; i < WORDS_MAX && vocabulary->words[i]; i++)
		if (slice_eq_nocase(word, vocabulary->words[i]))
			return;
	conform_fact(at, FACT_FIELD_VALUE, from, from + word.len, VALUE_UNKNOWN_WORD);
}

/* RFC 2369 section 2: addresses between < and >; "NO" where nobody may post. */
static void
read_list_field(const struct conform *at)
{
	struct slice value = slice_trim(at->value);
	size_t from = value.len ? slice_index(at->value, value) : 0;
	size_t open = slice_find(value, 0, '<');

	if (slice_starts_nocase(value, "NO") && open == SLICE_NONE)
		return;
	if (open == SLICE_NONE || slice_find(value, open, '>') == SLICE_NONE)
		conform_fact(at, FACT_FIELD_VALUE, from, from + value.len, VALUE_LIST_FORM);
}

/* RFC 5536 section 3.1.4: names without blanks, between commas. */
static void
read_newsgroups(const struct conform *at)
{
	size_t from = 0;

	while (from <= at->value.len) {
		size_t comma = slice_find(at->value, from, ',');
		size_t end = comma == SLICE_NONE ? at->value.len : comma;
		struct slice name = slice_trim(slice_cut(at->value, from, end - from));
		bool bad = name.len == 0;

		for (size_t i = 0; i < name.len && !bad; i++)
			bad = byte_is_space(name.data[i]) || byte_is_control(name.data[i]);
		if (bad) {
			if (name.len > 0)
				from = slice_index(at->value, name);
			conform_fact(at, FACT_FIELD_VALUE, from, from + name.len, VALUE_NEWS_FORM);
			return;
		}
		from = end + 1;
	}
}

/* RFC 5536 sections 3.1.5 and 3.2.14: a path has no blanks inside, Xref is a server and then
 * group:number. */
static void
read_news_words(const struct conform *at, bool is_path)
{
	struct slice value = slice_trim(at->value);
	size_t from = value.len ? slice_index(at->value, value) : 0, blank = 0;

	while (blank < value.len && !byte_is_space(value.data[blank]))
		blank++;
	if (value.len == 0 || is_path != (blank == value.len) ||
	    (!is_path && slice_find(value, blank, ':') == SLICE_NONE))
		conform_fact(at, FACT_FIELD_VALUE, from, from + value.len, VALUE_NEWS_FORM);
}

/* RFC 3282 section 2: language tags, as in "en, de-CH", between commas. Comments may stand there too,
 * and are left unread. */
static void
read_languages(const struct conform *at)
{
	size_t from = 0;

	while (from <= at->value.len && slice_find(at->value, 0, '(') == SLICE_NONE) {
		size_t comma = slice_find(at->value, from, ',');
		size_t end = comma == SLICE_NONE ? at->value.len : comma;
		struct slice tag = slice_trim(slice_cut(at->value, from, end - from));
		bool bad = tag.len == 0 || !byte_is_alpha(tag.data[0]);

		for (size_t i = 0; i < tag.len && !bad; i++)
			bad = !byte_is_alpha(tag.data[i]) && !byte_is_digit(tag.data[i]) &&
			      tag.data[i] != '-';
		if (bad) {
			if (tag.len > 0)
				from = slice_index(at->value, tag);
			conform_fact(
			    at, FACT_FIELD_VALUE, from, from + tag.len, VALUE_LANGUAGE_FORM);
			return;
		}
		from = end + 1;
	}
}

static bool
is_list_field(struct slice name)
{
	static const char *const names[] = { "List-Help", "List-Subscribe", "List-Unsubscribe",
		"List-Post", "List-Owner", "List-Archive", "List-ID" };

	if (!slice_starts_nocase(name, "List-"))
		return false;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (slice_eq_nocase(name, names[i]))
			return true;
	return false;
}

void
conform_named(const struct conform *at, struct slice name)
{
	for (size_t i = 0; i < sizeof vocabularies / sizeof vocabularies[0]; i++)
		if (slice_eq_nocase(name, vocabularies[i].name))
			read_word(at, &vocabularies[i]);
	if (is_list_field(name))
		read_list_field(at);
	else if (slice_eq_nocase(name, "Newsgroups") || slice_eq_nocase(name, "Followup-To"))
		read_newsgroups(at);
	else if (slice_eq_nocase(name, "Path") || slice_eq_nocase(name, "Xref"))
		read_news_words(at, slice_eq_nocase(name, "Path"));
	else if (slice_eq_nocase(name, "Content-Language"))
		read_languages(at);
}
