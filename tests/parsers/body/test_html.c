/* test_html.c - URLs in HTML and in plain text; tags and fonts of HTML. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define LIMIT 1732u /* bytes a URL may have */

/* A leaf of that type: head, n times 'y', tail. */
static void
open_page(struct sample *sample, const char *type, const char *head, size_t n, const char *tail)
{
	char text[8192];
	size_t used;

	assert_true(strlen(head) + n + strlen(tail) + 100 < sizeof text);
	strcpy(text, "Subject: x\r\nContent-Type: ");
	strcat(text, type);
	strcat(text, "\r\n\r\n");
	strcat(text, head);
	used = strlen(text);
	memset(text + used, 'y', n);
	strcpy(text + used + n, tail);
	sample_text(sample, text, &parser_html);
}

/* '|' stands before the first byte of the URL; it is taken out. */
struct page {
	const char *type, *head, *tail;
	size_t tail_in_url; /* bytes of the tail that still belong to the URL */
};

static const struct page pages[] = {
	{ "text/plain", "see |http://x.org/", "\r\n", 0 },
	{ "text/plain", "see <|ftp://x.org/", ">more\r\n", 0 },
	{ "text/plain", "(a,|HTTPS://x.org/", "", 0 },
	{ "text/plain", "|mailto:j@x.org?body=", "?http://y.org \r\n", 13 },
	{ "text/html", "<p><a href=\"|http://x.org/", "\">x</a>\r\n", 0 },
	{ "text/html", "<a class=\"a>b\" HREF='|/rel/", " b'>x</a>\r\n", 2 },
	{ "text/html", "<img alt=x src=|../", ">", 0 },
	{ "text/html", "<A\r\nHREF =\r\n\"|", "\">", 0 },
	{ "text/html", "<body background=\"|cid:a@b", "\">", 0 },
	{ "text/html", "<img src=\"|data:image/gif;base64,", "\">", 0 },
	{ "text/html", "<p>text |http://x.org/", "</p>", 0 },
	{ "text/html", "<a href=\"|", "", 0 },
	{ "text/html", "<style>a { background: url(|http://x/", ") }</style>", 1 },
};

static void
a_url_is_long_from_1733_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		const struct page *page = &pages[i];
		const char *bar = strchr(page->head, '|');
		struct sample sample;
		const struct fact *fact;
		char head[128] = "";
		size_t n = LIMIT - strlen(bar + 1) - page->tail_in_url;

		strncat(head, page->head, (size_t)(bar - page->head));
		strcat(head, bar + 1);
		open_page(&sample, page->type, head, n, page->tail);
		if (sample.msg.facts_seen[FACT_URL_LONG] > 0)
			fail_msg("1,732 bytes are long in row %d", (int)i);
		sample_free(&sample);
		open_page(&sample, page->type, head, n + 1, page->tail);
		if (sample.msg.facts_seen[FACT_URL_LONG] != 1)
			fail_msg(
			    "%u facts in row %d", sample.msg.facts_seen[FACT_URL_LONG], (int)i);
		fact = sample_fact(&sample, FACT_URL_LONG);
		assert_int_equal(fact->value, LIMIT + 1);
		assert_int_equal(fact->len, LIMIT + 1);
		assert_int_equal(
		    fact->offset, sample_at(&sample, "\r\n\r\n") + 4 + (size_t)(bar - page->head));
		sample_free(&sample);
	}
}

static void
long_text_that_is_no_url_gives_no_fact(void **state)
{
	static const char *const others[][3] = {
		{ "text/plain", "", "\r\n" },
		{ "text/plain", "a:b:", "\r\n" },
		{ "text/plain", "http://x.org/ ", "\r\n" },
		{ "text/plain", "href=\"/a", "\"\r\n" },
		{ "text/plain", "", "http://x.org/\r\n" },
		{ "text/html", "<p title=\"", "\">" },
		{ "text/html", "<p style='", "'>" },
		{ "text/html", "<!-- ", "-->" },
		{ "application/octet-stream", "<a href=\"http://x", "\">" },
		{ "text/html", "<a href=\"x>", "\">" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		struct sample sample;

		open_page(&sample, others[i][0], others[i][1], 4000, others[i][2]);
		if (sample.msg.facts_seen[FACT_URL_LONG] > 0)
			fail_msg("fact in row %d", (int)i);
		sample_free(&sample);
	}
}

static void
soft_line_breaks_do_not_end_a_url(void **state)
{
	struct sample sample;
	char text[8192] =
	    "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
	    "<a href=3D\"http://x.org/";
	const struct fact *fact;

	(void)state;
	for (int i = 0; i < 30; i++)
		strcat(text, "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy=\r\n");
	strcat(text, "\">x</a>\r\n");
	sample_text(&sample, text, &parser_html);
	fact = sample_fact(&sample, FACT_URL_LONG);
	assert_int_equal(fact->value, strlen("http://x.org/") + 30 * 60);
	assert_int_equal(fact->offset, sample_at(&sample, "http://"));
	assert_true(fact->len > fact->value);
	assert_true(fact->offset + fact->len <= sample_at(&sample, "\">x</a>"));
	sample_free(&sample);
}

/* Bars stand around the bytes of the fact; they are taken out. FACT_COUNT: none but a link. */
struct markup {
	enum fact_kind kind;
	uint64_t value;
	const char *text;
};

static const struct markup markups[] = {
	{ FACT_HTML_HREF_BLANK, 1, "<a href=\"| |http://a/\">" },
	{ FACT_HTML_HREF_BLANK, 2, "<A\n HREF = '|\t |x'>" },
	{ FACT_COUNT, 0, "<a href= \"http://a/\"><link href=\" x\"><a name=\" x\">" },
	{ FACT_URL_HOLLOW, 1, "see |http://~| now" },
	{ FACT_URL_HOLLOW, 3, "<a href='|~/~|'>" },
	{ FACT_COUNT, 0, "~ ://~ http://a/~ http://... http:// ~" },
	{ FACT_HTML_FONT_OVERLAP, 1,
	    "<font face='a,b'><b>|<font face=\"c,d\"|></font></b></font>" },
	{ FACT_HTML_FONT_OVERLAP, 2, "<b><font face='a,b'>|</b|></font>" },
	{ FACT_HTML_FONT_OVERLAP, 2, "<font face='a,b'><i>|</font|></i>" },
	{ FACT_COUNT, 0, "<font face='a'><b><font face='c,d'></font></b></font></b></i>" },
	{ FACT_COUNT, 0, "<p><font face='a,b'><li></p></font>" },
	{ FACT_FONT_NAME, 1, "<font face='a,|bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|'>" },
	{ FACT_FONT_NAME, 2, "<font face=\"|a\x01|\">" },
	{ FACT_FONT_NAME, 3, "<font face=\"|a |>\n</font>" },
	{ FACT_COUNT, 0, "<font face='a,\r\n bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' color=''>" },
	{ FACT_HTML_CUT, 1, "<p>|<a b='c'|" },
	{ FACT_HTML_CUT, 1, "<p>|</p|" },
	{ FACT_HTML_CUT, 2, "<!-- a --><p>|<!-- b -- <p>|" },
	{ FACT_COUNT, 0, "<!-- a -- ><!-- b --!><p>a < b <" },
};

static void
markup_is_told_at_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof markups / sizeof markups[0]; i++) {
		const struct markup *markup = &markups[i];
		char text[512] = "Content-Type: text/html\r\n\r\n";
		size_t from = 0, len = 0;
		struct sample sample;
		const struct fact *fact;
		unsigned all;

		strcat(text, markup->text);
		if (markup->kind != FACT_COUNT)
			sample_unmark(text, &from, &len);
		sample_text(&sample, text, &parser_html);
		all = sample_count(&sample, FACT_HTML_HREF_BLANK, FACT_HTML_CUT);
		if (all != (markup->kind != FACT_COUNT))
			fail_msg("%u facts in row %d", all, (int)i);
		if (all > 0) {
			fact = sample_fact(&sample, markup->kind);
			assert_int_equal(fact->value, markup->value);
			assert_int_equal(fact->offset, from);
			assert_int_equal(fact->len, len);
		}
		sample_free(&sample);
	}
}

static void
pages_cut_at_any_byte_are_survived(void **state)
{
	static const char text[] =
	    "Content-Type: text/html\r\n\r\n<a b='c' href = \"d\" src=e x=>f</a><!-- g --><\r\n";

	(void)state;
	sample_prefixes(text, sizeof text - 1, &parser_html);
}

static void
a_hundred_thousand_of_anything_is_survived(void **state)
{
	static const char *const pieces[] = { "<", "<a ", "<a href=", "<a href='", "=", "<x y='",
		"<a b=\"c\" ", "http://", "a:", "news:", "\"", "'>", "<!--", "<!-- -- ", "<b>",
		"</b>", "<font face='a,b'>", "<font face='", "~", "://~", "--" };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct sample sample;

		sample_repeated(
		    &sample, "Content-Type: text/html\r\n\r\n", pieces[i], 100000, &parser_html);
		sample_free(&sample);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_url_is_long_from_1733_bytes),
		cmocka_unit_test(long_text_that_is_no_url_gives_no_fact),
		cmocka_unit_test(soft_line_breaks_do_not_end_a_url),
		cmocka_unit_test(markup_is_told_at_its_place),
		cmocka_unit_test(pages_cut_at_any_byte_are_survived),
		cmocka_unit_test(a_hundred_thousand_of_anything_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
