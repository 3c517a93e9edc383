/* test_html.c - long URLs in HTML and in plain text. */
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
		"<a b=\"c\" ", "http://", "a:", "news:", "\"", "'>" };

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
		cmocka_unit_test(pages_cut_at_any_byte_are_survived),
		cmocka_unit_test(a_hundred_thousand_of_anything_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
