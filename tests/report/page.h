/*
 * page.h - an HTML report written to memory, and questions about it.
 *
 * For the tests of src/report/html*.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TESTS_PAGE_H
#define IMC_TESTS_PAGE_H

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <openssl/evp.h>

#include "report/html.h"
#include "scene.h"

#define HOSTILE                                                                                    \
	"<script>document.title='x'</script>\"'><svg/onload=alert(1)>&lt;&#60;javascript:x]]>"     \
	"\x1b]0;t\x07\xe2\x80\xae\xff\xfe\x9b\r\n\x01\x7f\xef\xbf\xbf"

struct page {
	struct scene *scene;
	struct description *description;
	xmlDocPtr document;
};

static inline struct page
page_new(void)
{
	struct page page = { .scene = scene_new("html"),
		.description = calloc(1, sizeof *page.description) };

	assert_non_null(page.description);
	description_start(page.description, 1, 6630);
	return page;
}

/* What was written is well-formed XML, and is read for questions. */
static inline void
page_read(struct page *page)
{
	page->document = xmlReadMemory(page->scene->text, (int)page->scene->len, "report.html",
	    NULL, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR);
	if (!page->document)
		fail_msg("not well-formed: %s", xmlGetLastError()->message);
}

static inline void
page_free(struct page *page)
{
	xmlFreeDoc(page->document);
	free(page->description);
	scene_free(page->scene);
}

/* The value of an XPath expression; h: stands for the namespace. free() it with xmlFree(). */
static inline xmlChar *
value_of(const struct page *page, const char *path)
{
	xmlXPathContextPtr context = xmlXPathNewContext(page->document);
	xmlXPathObjectPtr found;
	xmlChar *value;

	xmlXPathRegisterNs(
	    context, (const xmlChar *)"h", (const xmlChar *)"http://www.w3.org/1999/xhtml");
	xmlXPathRegisterNs(
	    context, (const xmlChar *)"s", (const xmlChar *)"http://www.w3.org/2000/svg");
	found = xmlXPathEval((const xmlChar *)path, context);
	assert_non_null(found);
	value = xmlXPathCastToString(found);
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return value;
}

static inline void
assert_says(const struct page *page, const char *path, const char *wanted)
{
	xmlChar *value = value_of(page, path);

	assert_string_equal((const char *)value, wanted);
	xmlFree(value);
}

static inline void
assert_holds(const struct page *page, const char *path, const char *wanted)
{
	xmlChar *value = value_of(page, path);

	if (!strstr((const char *)value, wanted))
		fail_msg("%s is \"%s\", without \"%s\"", path, value, wanted);
	xmlFree(value);
}

/* Text of the whole body, blanks as they are. */
static inline void
assert_page_holds(const struct page *page, const char *wanted)
{
	assert_holds(page, "string(//h:body)", wanted);
}

#endif
