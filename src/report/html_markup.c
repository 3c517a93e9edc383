/* html_markup.c - elements and text of the HTML report, on libxml2's writer. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/html_markup.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "report/clock.h"
#include "report/escape.h"

#define PRINTED 1024
#define PIECE 1024 /* bytes of escaped text that are handed on at a time */

static const xmlChar *
as_xml(const char *text)
{
	return (const xmlChar *)text;
}

/* libxml2 only says -1 for want of memory: the stream keeps its errors for the caller. */
static void
need(int written)
{
	if (written < 0)
		abort(); /* the parent cannot go on without these few bytes */
}

static int
put(void *context, const char *bytes, int len)
{
	fwrite(bytes, 1, (size_t)len, context);
	return len;
}

static int
keep_open(void *context)
{
	(void)context;
	return 0;
}

xmlTextWriterPtr
html_writer(FILE *out)
{
	xmlOutputBufferPtr buffer = xmlOutputBufferCreateIO(put, keep_open, out, NULL);
	xmlTextWriterPtr page = buffer ? xmlNewTextWriter(buffer) : NULL;

	if (!page)
		abort();
	return page;
}

void
html_writer_end(xmlTextWriterPtr page)
{
	need(xmlTextWriterFlush(page));
	xmlFreeTextWriter(page);
}

void
html_open(xmlTextWriterPtr page, const char *name, const char *class)
{
	need(xmlTextWriterStartElement(page, as_xml(name)));
	if (class)
		html_attribute(page, "class", class);
}

void
html_attribute(xmlTextWriterPtr page, const char *name, const char *value)
{
	need(xmlTextWriterWriteAttribute(page, as_xml(name), as_xml(value)));
}

void
html_close(xmlTextWriterPtr page)
{
	need(xmlTextWriterFullEndElement(page));
}

void
html_close_void(xmlTextWriterPtr page)
{
	need(xmlTextWriterEndElement(page));
}

void
html_text(xmlTextWriterPtr page, const char *text)
{
	need(xmlTextWriterWriteString(page, as_xml(text)));
}

static void print_list(xmlTextWriterPtr page, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static void
print_list(xmlTextWriterPtr page, const char *format, va_list args)
{
	char text[PRINTED];

	vsnprintf(text, sizeof text, format, args);
	html_text(page, text);
}

void
html_print(xmlTextWriterPtr page, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_list(page, format, args);
	va_end(args);
}

void
html_raw(xmlTextWriterPtr page, const char *text, size_t len)
{
	for (size_t at = 0; at < len; at += 1u << 20) {
		const size_t rest = len - at;

		need(xmlTextWriterWriteRawLen(
		    page, as_xml(text + at), rest < 1u << 20 ? (int)rest : 1 << 20));
	}
}

void
html_bytes(xmlTextWriterPtr page, struct slice s, size_t most)
{
	char piece[PIECE];
	size_t used = 0, pos = 0;

	while (pos < s.len && (most == 0 || pos < most)) {
		struct escaped escaped = escape_next(s, pos);
		const size_t len = strlen(escaped.text);

		if (used + len >= sizeof piece) {
			piece[used] = '\0';
			html_text(page, piece);
			used = 0;
		}
		memcpy(piece + used, escaped.text, len);
		used += len;
		pos += escaped.taken;
	}
	piece[used] = '\0';
	html_text(page, piece);
	if (pos < s.len)
		html_leaf_print(page, "em", NULL, " … and %zu more bytes", s.len - pos);
}

void
html_ascii(xmlTextWriterPtr page, const char *text)
{
	for (const char *at = text; *at; at++) {
		if (*at < ' ' || *at > '~') {
			html_bytes(page, slice_str(text), 0);
			return;
		}
	}
	html_text(page, text);
}

void
html_name(xmlTextWriterPtr page, const char *root, struct slice path)
{
	if (root && *root) {
		html_bytes(page, slice_str(root), 0);
		html_text(page, "/");
	}
	html_bytes(page, path, 0);
}

void
html_leaf(xmlTextWriterPtr page, const char *name, const char *class, const char *text)
{
	html_open(page, name, class);
	html_text(page, text);
	html_close(page);
}

void
html_leaf_print(xmlTextWriterPtr page, const char *name, const char *class, const char *format, ...)
{
	va_list args;

	html_open(page, name, class);
	va_start(args, format);
	print_list(page, format, args);
	va_end(args);
	html_close(page);
}

void
html_section(xmlTextWriterPtr page, const char *id, const char *heading)
{
	char label[64];

	snprintf(label, sizeof label, "%s-h", id);
	html_open(page, "section", NULL);
	html_attribute(page, "id", id);
	html_attribute(page, "aria-labelledby", label);
	html_open(page, "h2", NULL);
	html_attribute(page, "id", label);
	html_text(page, heading);
	html_close(page);
}

void
html_fact_open(xmlTextWriterPtr page, const char *label)
{
	html_open(page, "div", NULL);
	html_leaf(page, "dt", NULL, label);
	html_open(page, "dd", NULL);
}

void
html_fact_close(xmlTextWriterPtr page)
{
	html_close(page);
	html_close(page);
}

void
html_fact(xmlTextWriterPtr page, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	html_fact_open(page, label);
	html_text(page, text);
	html_fact_close(page);
}

void
html_fact_said(xmlTextWriterPtr page, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	html_fact_open(page, label);
	html_bytes(page, slice_str(text), 0);
	html_fact_close(page);
}

void
html_table(xmlTextWriterPtr page, const char *id, const char *class, const char *caption,
    const char *const *headings)
{
	html_open(page, "table", class);
	if (id)
		html_attribute(page, "id", id);
	html_leaf(page, "caption", NULL, caption);
	html_open(page, "thead", NULL);
	html_open(page, "tr", NULL);
	for (; *headings; headings++) {
		html_open(page, "th", NULL);
		html_attribute(page, "scope", "col");
		html_text(page, *headings);
		html_close(page);
	}
	html_close(page);
	html_close(page);
	html_open(page, "tbody", NULL);
}

void
html_table_end(xmlTextWriterPtr page)
{
	html_close(page);
	html_close(page);
}

void
html_level(xmlTextWriterPtr page, enum level level)
{
	char class[32];

	snprintf(class, sizeof class, "level %s", level_name(level));
	html_leaf(page, "span", class, level_name(level));
}

const char *
html_count(char buffer[HTML_NUMBER], uint64_t count)
{
	char digits[24];
	const int n = snprintf(digits, sizeof digits, "%" PRIu64, count);
	char *to = buffer;

	for (int i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	*to = '\0';
	return buffer;
}

void
html_time(xmlTextWriterPtr page, int64_t seconds)
{
	char text[CLOCK_TEXT];

	clock_utc(seconds, text);
	html_text(page, text);
}

void
html_digest(xmlTextWriterPtr page, const uint8_t sha256[32])
{
	char hex[65];

	escape_hex(slice_of(sha256, 32), hex);
	html_text(page, hex);
}
