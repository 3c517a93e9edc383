/*
 * html.c - long URLs in the decoded text of text/html and text/plain leaves.
 *
 * Q190657: the store fails on a URL of more than 1,732 bytes. In HTML that is the value of an
 * attribute that takes a URL, whatever its scheme; anywhere else a URL is known by its scheme.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "body.h"
#include "parser.h"

#define URL_MAX 1732u
#define SCHEME_MAX 32u /* longer words before a colon are no scheme */

/* One leaf being read. */
struct page {
	struct message *msg;
	struct arena *arena;
	int part;
	struct slice text;
};

/* Attributes of HTML 4 and of the browsers of its day that take a URL. */
static const char *const url_attributes[] = { "href", "src", "action", "background", "cite",
	"classid", "codebase", "data", "dynsrc", "longdesc", "lowsrc", "profile", "usemap" };

/* Schemes without "//" after the colon. */
static const char *const schemes[] = { "mailto:", "news:", "cid:", "mid:", "data:", "javascript:",
	"vbscript:", "urn:", "outlook:", "about:" };

static bool
is_url_attribute(struct slice name)
{
	for (size_t i = 0; i < sizeof url_attributes / sizeof url_attributes[0]; i++)
		if (slice_eq_nocase(name, url_attributes[i]))
			return true;
	return false;
}

static bool
ends_url(unsigned char byte)
{
	return byte <= 0x20 || byte == 0x7f || byte == '"' || byte == '\'' || byte == '<' ||
	       byte == '>';
}

static bool
is_scheme_byte(unsigned char byte)
{
	return byte_is_alpha(byte) || byte_is_digit(byte) || byte == '+' || byte == '-' ||
	       byte == '.';
}

static void
report(struct page *page, size_t from, size_t len)
{
	if (len > URL_MAX)
		body_fact(page->msg, page->arena, FACT_URL_LONG, page->part, from, len, len);
}

/* Whether a word that stands from `word` to the colon at `colon` makes a URL of what follows. */
static bool
is_scheme(struct slice run, size_t word, size_t colon)
{
	if (colon == word || colon - word > SCHEME_MAX)
		return false;
	if (slice_starts(slice_from(run, colon), "://"))
		return true;
	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
		if (slice_eq_nocase(slice_cut(run, word, colon + 1 - word), schemes[i]))
			return true;
	return false;
}

/* A long run without blanks: the URL begins at its first scheme. */
static void
scan_run(struct page *page, size_t from, size_t end)
{
	struct slice run = slice_cut(page->text, from, end - from);
	size_t word = 0;

	for (size_t i = 0; i < run.len && word + URL_MAX < run.len; i++) {
		if (run.data[i] == ':' && is_scheme(run, word, i)) {
			report(page, from + word, run.len - word);
			return;
		}
		if (!is_scheme_byte(run.data[i]))
			word = i + 1;
	}
}

/* URLs by their scheme between two offsets. */
static void
scan_plain(struct page *page, size_t from, size_t end)
{
	size_t start = from;

	for (size_t i = from; i <= end; i++) {
		if (i < end && !ends_url(page->text.data[i]))
			continue;
		if (i - start > URL_MAX)
			scan_run(page, start, i);
		start = i + 1;
	}
}

/* End of the value that begins at `at`. A quoted one may hold blanks, but a '>' or a line end shows
 * that its quote was never closed. */
static size_t
value_end(struct slice text, size_t at, unsigned char quote)
{
	while (at < text.len) {
		unsigned char byte = text.data[at];

		if (byte == quote || byte == '>' || (byte_is_control(byte) && byte != '\t'))
			break;
		if (!quote && ends_url(byte))
			break;
		at++;
	}
	return at;
}

/* Skip blanks and line ends. */
static size_t
skip_space(struct slice text, size_t at)
{
	while (at < text.len && byte_is_space(text.data[at]))
		at++;
	return at;
}

static size_t
skip_name(struct slice text, size_t at)
{
	while (at < text.len &&
	       (is_scheme_byte(text.data[at]) || text.data[at] == ':' || text.data[at] == '_'))
		at++;
	return at;
}

/* Past the value of an attribute that takes no URL: a quoted value may hold '>'. Unclosed
 * quotes end with the line, so that one cannot hide the rest of the page. */
static size_t
skip_value(struct slice text, size_t at)
{
	unsigned char quote = at < text.len ? text.data[at] : 0;

	if (quote != '"' && quote != '\'')
		return value_end(text, at, 0);
	for (at++; at < text.len && text.data[at] != quote && text.data[at] != '\n';)
		at++;
	return at < text.len && text.data[at] == quote ? at + 1 : at;
}

static size_t
read_url_value(struct page *page, size_t at)
{
	struct slice text = page->text;
	unsigned char quote = 0;
	size_t end;

	if (at < text.len && (text.data[at] == '"' || text.data[at] == '\''))
		quote = text.data[at++];
	end = value_end(text, at, quote);
	report(page, at, end - at);
	return end < text.len && quote && text.data[end] == quote ? end + 1 : end;
}

/* Attributes up to the '>'; returns the offset behind the tag. *plain is where text that was
 * not yet scanned for schemes begins. */
static size_t
read_tag(struct page *page, size_t at, size_t *plain)
{
	struct slice text = page->text;

	while (at < text.len && text.data[at] != '>' && text.data[at] != '<') {
		size_t name = at, name_end = skip_name(text, at);

		if (name_end == name) {
			at++;
			continue;
		}
		at = skip_space(text, name_end);
		if (at == text.len || text.data[at] != '=')
			continue;
		at = skip_space(text, at + 1);
		if (!is_url_attribute(slice_cut(text, name, name_end - name))) {
			at = skip_value(text, at);
			continue;
		}
		scan_plain(page, *plain, at);
		at = read_url_value(page, at);
		*plain = at;
	}
	return at;
}

/* A tag begins with a letter or, when it ends an element, with a slash; "<!--" opens a comment,
 * whose text is read like any other. */
static void
scan_html(struct page *page)
{
	struct slice text = page->text;
	size_t plain = 0;

	for (size_t at = slice_find(text, 0, '<'); at != SLICE_NONE;
	     at = slice_find(text, at, '<')) {
		at++;
		if (at < text.len && (byte_is_alpha(text.data[at]) || text.data[at] == '/'))
			at = read_tag(page, skip_name(text, at), &plain);
	}
	scan_plain(page, plain, text.len);
}

static void
html_parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *leaf = &msg->parts[i];
		struct page page = { msg, arena, (int)i, leaf->decoded };

		if (leaf->kind != PART_LEAF || leaf->decoded.len <= URL_MAX)
			continue;
		if (part_is(leaf, "text", "html"))
			scan_html(&page);
		else if (part_is(leaf, "text", "plain"))
			scan_plain(&page, 0, leaf->decoded.len);
	}
}

const struct parser parser_html = { "html", NULL, html_parse };
