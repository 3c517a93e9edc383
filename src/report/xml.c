/* xml.c - XML elements from hostile bytes, on libxml2's writer. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/xml.h"

#include <inttypes.h>
#include <stdlib.h>

#include "report/names.h"

static const xmlChar *
as_xml(const char *text)
{
	return (const xmlChar *)text;
}

/* A reader that went away is told by the stream: libxml2 would print of it, too. */
static void
say_nothing(void *context, xmlErrorPtr error)
{
	(void)context;
	(void)error;
}

void
xml_quiet(void)
{
	xmlSetStructuredErrorFunc(NULL, say_nothing);
}

xmlTextWriterPtr
xml_begin(FILE *out)
{
	xmlOutputBufferPtr buffer;
	xmlTextWriterPtr xml;

	xml_quiet();
	buffer = xmlOutputBufferCreateFile(out, NULL);
	xml = buffer ? xmlNewTextWriter(buffer) : NULL;

	if (!xml)
		abort(); /* the parent cannot go on without these few bytes */
	xmlTextWriterSetIndent(xml, 1);
	xmlTextWriterSetIndentString(xml, as_xml(" "));
	xmlTextWriterStartDocument(xml, "1.0", "UTF-8", NULL);
	return xml;
}

void
xml_end(xmlTextWriterPtr xml)
{
	xmlTextWriterEndDocument(xml);
	xmlFreeTextWriter(xml); /* flushes, and leaves the stream open */
}

void
xml_open(xmlTextWriterPtr xml, const char *name)
{
	xmlTextWriterStartElement(xml, as_xml(name));
}

void
xml_close(xmlTextWriterPtr xml)
{
	xmlTextWriterEndElement(xml);
}

void
xml_attribute(xmlTextWriterPtr xml, const char *name, struct slice value)
{
	char *text = names_escaped(value);

	xmlTextWriterWriteAttribute(xml, as_xml(name), as_xml(text ? text : "(out of memory)"));
	free(text);
}

void
xml_attribute_text(xmlTextWriterPtr xml, const char *name, const char *value)
{
	xml_attribute(xml, name, slice_str(value));
}

void
xml_attribute_number(xmlTextWriterPtr xml, const char *name, uint64_t value)
{
	xmlTextWriterWriteFormatAttribute(xml, as_xml(name), "%" PRIu64, value);
}

void
xml_text(xmlTextWriterPtr xml, struct slice value)
{
	char *text = names_escaped(value);

	xmlTextWriterWriteString(xml, as_xml(text ? text : "(out of memory)"));
	free(text);
}

void
xml_element(xmlTextWriterPtr xml, const char *name, struct slice value)
{
	xml_open(xml, name);
	xml_text(xml, value);
	xml_close(xml);
}

void
xml_some(xmlTextWriterPtr xml, const char *name, const char *value)
{
	if (value && *value)
		xml_element(xml, name, slice_str(value));
}

void
xml_number(xmlTextWriterPtr xml, const char *name, uint64_t value)
{
	xmlTextWriterWriteFormatElement(xml, as_xml(name), "%" PRIu64, value);
}
