/*
 * html.c - tags and URLs in the decoded text of text/html and text/plain leaves.
 *
 * Q190657: the store fails on a URL of more than 1,732 bytes. In HTML that is the value of an
 * attribute that takes a URL, whatever its scheme; anywhere else a URL is known by its scheme.
 * Q194337: it fails on a link whose address begins with a blank. Q173457: it fails on a URL of
 * nothing but characters that its converter skips, such as a tilde. Fonts are in html_font.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "page.h"
#include "parser.h"

#define URL_MAX 1732u
#define SCHEME_MAX 32u /* longer words before a colon are no scheme */

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

/* The last byte in this stretch that ends a URL, or SLICE_NONE. */
static size_t
last_end(struct slice text, size_t from, size_t end)
{
	while (end > from)
		if (ends_url(text.data[--end]))
			return end;
	return SLICE_NONE;
}

/* URLs by their scheme between two offsets. */
static void
scan_plain(struct page *page, size_t from, size_t end)
{
	size_t start = from, i;

	/* A long URL goes on where it is looked at after so many bytes: most text is never. */
	while (end - start > URL_MAX) {
		const size_t last = last_end(page->text, start, start + URL_MAX + 1);

		if (last != SLICE_NONE) {
			start = last + 1;
			continue;
		}
		for (i = start + URL_MAX + 1; i < end && !ends_url(page->text.data[i]);)
			i++;
		scan_run(page, start, i);
		if (i == end)
			return;
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

/* Whether these bytes are punctuation alone, with a tilde among it. */
static bool
is_hollow(struct slice url)
{
	bool tilde = false;

	for (size_t i = 0; i < url.len; i++) {
		unsigned char byte = url.data[i];

		if (byte <= 0x20 || byte >= 0x7f || byte_is_alpha(byte) || byte_is_digit(byte))
			return false;
		tilde |= byte == '~';
	}
	return tilde;
}

static void
check_hollow(struct page *page, size_t from, size_t behind_scheme, size_t end)
{
	if (is_hollow(slice_cut(page->text, behind_scheme, end - behind_scheme)))
		body_fact(page->msg, page->arena, FACT_URL_HOLLOW, page->part, from, end - from,
		    end - behind_scheme);
}

/* URLs that begin "scheme://~", wherever they stand. */
static void
scan_hollow(struct page *page)
{
	struct slice text = page->text;
	size_t at = slice_find(text, 0, '~'), end;

	for (; at != SLICE_NONE; at = slice_find(text, end, '~')) {
		size_t word;

		for (end = at; end < text.len && !ends_url(text.data[end]);)
			end++;
		if (at < 4 || !slice_starts(slice_from(text, at - 3), "://"))
			continue;
		for (word = at - 3;
		     word > 0 && at - word < SCHEME_MAX && byte_is_alpha(text.data[word - 1]);)
			word--;
		if (word < at - 3)
			check_hollow(page, word, at, end);
	}
}

static void
check_link(struct page *page, const struct tag *tag, struct slice value, size_t at, bool quoted)
{
	size_t blanks = quoted ? skip_space(value, 0) : 0;

	if (!slice_eq_nocase(tag->name, "a") || tag->closes)
		return;
	if (!page->has_link)
		body_fact(page->msg, page->arena, FACT_HTML_LINK, page->part, tag->at, 1, 0);
	page->has_link = true;
	if (blanks > 0)
		body_fact(
		    page->msg, page->arena, FACT_HTML_HREF_BLANK, page->part, at, blanks, blanks);
}

static size_t
read_url_value(struct page *page, const struct tag *tag, struct slice attribute, size_t at)
{
	struct slice text = page->text;
	unsigned char quote = 0;
	size_t end;

	if (at < text.len && (text.data[at] == '"' || text.data[at] == '\''))
		quote = text.data[at++];
	end = value_end(text, at, quote);
	report(page, at, end - at);
	if (slice_eq_nocase(attribute, "href")) {
		check_link(page, tag, slice_cut(text, at, end - at), at, quote != 0);
		check_hollow(page, at, at, end);
	}
	return end < text.len && quote && text.data[end] == quote ? end + 1 : end;
}

/* The value of FACE at `at`: sources are wrapped inside it too, so only a '<' or '>' shows that its
 * quotation mark was never closed. */
static void
read_face(struct page *page, struct tag *tag, size_t at)
{
	struct slice text = page->text;
	unsigned char quote = 0;
	size_t end;

	if (at < text.len && (text.data[at] == '"' || text.data[at] == '\''))
		quote = text.data[at++];
	for (end = at; quote && end < text.len && text.data[end] != quote &&
		       text.data[end] != '<' && text.data[end] != '>';)
		end++;
	if (!quote)
		end = value_end(text, at, 0);
	tag->many = page_font_face(page, slice_cut(text, at, end - at), at,
	    quote && (end == text.len || text.data[end] != quote));
}

/* An attribute whose value begins at `at`; returns what is behind it. *plain is where text that
 * was not yet scanned for schemes begins. */
static size_t
read_attribute(struct page *page, struct tag *tag, struct slice attribute, size_t at, size_t *plain)
{
	if (is_url_attribute(attribute)) {
		scan_plain(page, *plain, at);
		*plain = read_url_value(page, tag, attribute, at);
		return *plain;
	}
	if (slice_eq_nocase(tag->name, "font") && slice_eq_nocase(attribute, "face"))
		read_face(page, tag, at);
	return skip_value(page->text, at);
}

/* Attributes up to the '>'; returns the offset behind the last one. */
static size_t
read_tag(struct page *page, struct tag *tag, size_t at, size_t *plain)
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
		at = read_attribute(page, tag, slice_cut(text, name, name_end - name), at, plain);
	}
	return at;
}

static void
told_cut(struct page *page, size_t from, uint64_t inside)
{
	body_fact(
	    page->msg, page->arena, FACT_HTML_CUT, page->part, from, page->text.len - from, inside);
}

/* "<!--" opens a comment, whose text is read like any other. Browsers end it with "--!>" too, and
 * SGML allows blanks before the '>'. */
static void
check_comment(struct page *page, size_t at)
{
	struct slice text = page->text;
	size_t end = page->comment_end;

	if (end == SLICE_NONE || end > at)
		return;
	for (end = at + 4; (end = slice_find_str(text, end, "--")) != SLICE_NONE; end++) {
		size_t behind = end + 2;

		if (behind < text.len && text.data[behind] == '!')
			behind++;
		behind = skip_space(text, behind);
		if (behind < text.len && text.data[behind] == '>')
			break;
	}
	page->comment_end = end;
	if (end == SLICE_NONE)
		told_cut(page, at, 2);
}

/* A tag begins with a letter or, when it ends an element, with a slash. */
static size_t
read_markup(struct page *page, size_t at, size_t *plain)
{
	struct slice text = page->text;
	struct tag tag = { .at = at, .closes = slice_starts(slice_from(text, at), "</") };
	size_t name = at + (tag.closes ? 2 : 1), end;

	if (slice_starts(slice_from(text, at), "<!--"))
		check_comment(page, at);
	if (name >= text.len || !byte_is_alpha(text.data[name]))
		return at + 1;
	end = skip_name(text, name);
	tag.name = slice_cut(text, name, end - name);
	end = read_tag(page, &tag, end, plain);
	if (end >= text.len)
		told_cut(page, at, 1);
	page_element(page, &tag, end);
	return end;
}

static void
scan_html(struct page *page)
{
	struct slice text = page->text;
	size_t plain = 0, at = slice_find(text, 0, '<');

	while (at != SLICE_NONE)
		at = slice_find(text, read_markup(page, at, &plain), '<');
	scan_plain(page, plain, text.len);
}

static void
html_parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *leaf = &msg->parts[i];
		struct page page = {
			.msg = msg, .arena = arena, .part = (int)i, .text = leaf->decoded
		};

		if (leaf->kind != PART_LEAF || !part_is(leaf, "text", NULL))
			continue;
		if (part_is(leaf, "text", "html"))
			scan_html(&page);
		else if (part_is(leaf, "text", "plain"))
			scan_plain(&page, 0, leaf->decoded.len);
		else
			continue;
		scan_hollow(&page);
	}
}

const struct parser parser_html = { "html", NULL, html_parse };
