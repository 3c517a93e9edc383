/*
 * xml.h - XML elements from hostile bytes, on libxml2's writer.
 *
 * For the XML writers of src/report. Text from the tree is escaped as for a terminal first: control
 * characters, which XML 1.0 forbids even as references, bidi controls and bytes that are no UTF-8
 * come out as \xNN; libxml2 then escapes markup. Errors of the stream are the caller's to ask.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_XML_H
#define IMC_XML_H

#include <libxml/xmlwriter.h>
#include <stdint.h>
#include <stdio.h>

#include "slice.h"

/* From now on libxml2 prints nothing of its own. */
void xml_quiet(void);

/* A document in UTF-8, indented by one blank; `out` stays open. Aborts without memory. */
xmlTextWriterPtr xml_begin(FILE *out);
/* Close what is open, flush, and free the writer. */
void xml_end(xmlTextWriterPtr xml);

void xml_open(xmlTextWriterPtr xml, const char *name);
void xml_close(xmlTextWriterPtr xml);

/* name="…" of the open element; hostile bytes, or our own text. */
void xml_attribute(xmlTextWriterPtr xml, const char *name, struct slice value);
void xml_attribute_text(xmlTextWriterPtr xml, const char *name, const char *value);
void xml_attribute_number(xmlTextWriterPtr xml, const char *name, uint64_t value);

/* <name>…</name>; xml_some: nothing for NULL or "". */
void xml_element(xmlTextWriterPtr xml, const char *name, struct slice value);
void xml_some(xmlTextWriterPtr xml, const char *name, const char *value);
void xml_number(xmlTextWriterPtr xml, const char *name, uint64_t value);

/* Text of the open element. */
void xml_text(xmlTextWriterPtr xml, struct slice value);

#endif
