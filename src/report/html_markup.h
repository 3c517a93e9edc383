/*
 * html_markup.h - elements and text of the HTML report, on libxml2's writer.
 *
 * For the html*.c. What is written is HTML and well-formed XML at once: every element but the void
 * ones has an end tag of its own. Text from the tree goes through html_bytes() or html_name(), that
 * is through escape.c, and never into an attribute.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_HTML_MARKUP_H
#define IMC_HTML_MARKUP_H

#include <libxml/xmlwriter.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "suspect.h"

#define HTML_NUMBER 32 /* bytes that hold any number */

/* A writer to a stream, which stays open; aborts without memory. */
xmlTextWriterPtr html_writer(FILE *out);
/* Flush, and free the writer. */
void html_writer_end(xmlTextWriterPtr page);

/* <name class="…">; no class for NULL. Attributes may follow. */
void html_open(xmlTextWriterPtr page, const char *name, const char *class);
void html_attribute(xmlTextWriterPtr page, const char *name, const char *value);
void html_close(xmlTextWriterPtr page);
/* The same for <meta/>, <input/> and SVG shapes, which have no end tag. */
void html_close_void(xmlTextWriterPtr page);

/* Text of our own. html_print: at most 1,023 bytes, never for hostile strings. */
void html_text(xmlTextWriterPtr page, const char *text);
void html_print(xmlTextWriterPtr page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Markup that is ready. */
void html_raw(xmlTextWriterPtr page, const char *text, size_t len);

/* Hostile bytes, or the user's words, escaped; after `most` bytes (0: no limit) the rest is
 * counted. */
void html_bytes(xmlTextWriterPtr page, struct slice s, size_t most);
/* Text that a rule or a reader of logs made printable: as it is, or, should it be otherwise,
 * escaped. */
void html_ascii(xmlTextWriterPtr page, const char *text);
/* root/path */
void html_name(xmlTextWriterPtr page, const char *root, struct slice path);

/* <name class="…">text</name>, of our own text. */
void html_leaf(xmlTextWriterPtr page, const char *name, const char *class, const char *text);
/* The same of html_print(). */
void html_leaf_print(xmlTextWriterPtr page, const char *name, const char *class, const char *format,
    ...) __attribute__((format(printf, 4, 5)));
/* A section with a heading of level 2, to be closed with html_close(). */
void html_section(xmlTextWriterPtr page, const char *id, const char *heading);

/* A row of a list of facts: <div><dt>label</dt><dd>…</dd></div>. */
void html_fact_open(xmlTextWriterPtr page, const char *label);
void html_fact_close(xmlTextWriterPtr page);
void html_fact(xmlTextWriterPtr page, const char *label, const char *text);      /* ours; not "" */
void html_fact_said(xmlTextWriterPtr page, const char *label, const char *text); /* the user's */

/* The head of a table: a caption and one column heading each; NULL ends them. */
void html_table(xmlTextWriterPtr page, const char *id, const char *class, const char *caption,
    const char *const *headings);
/* End of body and table. */
void html_table_end(xmlTextWriterPtr page);

/* The level as a word in a box that also differs in grey. */
void html_level(xmlTextWriterPtr page, enum level level);

/* 12,345 */
const char *html_count(char buffer[HTML_NUMBER], uint64_t count);
/* 2001-03-05T20:07:51Z */
void html_time(xmlTextWriterPtr page, int64_t seconds);
void html_digest(xmlTextWriterPtr page, const uint8_t sha256[32]);

#endif
