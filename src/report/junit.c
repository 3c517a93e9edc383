/*
 * junit.c - the scan as a JUnit test report, for pipelines that gate a restart: one test case a file.
 *
 * A file at or above --fail-on is a failure, one that could not be examined to its end an error, one
 * that was not opened is skipped. Counts stand only where they are known before the first file.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "report/clock.h"
#include "report/formats.h"
#include "report/names.h"
#include "report/words.h"
#include "report/xml.h"

static uint64_t
count_failures(const struct report *report)
{
	uint64_t count = 0;

	for (int level = (int)report->options->fail_on; level < LEVEL_COUNT; level++) {
		if (level != LEVEL_UNKNOWN)
			count += report->summary->by_level[level];
	}
	return count;
}

static void
begin(struct report *report)
{
	xmlTextWriterPtr xml = xml_begin(report->out);
	char start[CLOCK_TEXT];

	report->state = xml;
	xml_open(xml, "testsuites");
	xml_open(xml, "testsuite");
	xml_attribute_text(xml, "name", "imcscan");
	xml_attribute_number(xml, "tests", report->summary->seen);
	xml_attribute_number(xml, "failures", count_failures(report));
	xml_attribute_number(xml, "skipped", report->summary->by_status[STATUS_EXCLUDED]);
	if (report->run->reproducible)
		return;
	clock_utc(report->summary->started, start);
	start[strlen(start) - 1] = '\0'; /* the format's times have no zone */
	xml_attribute_text(xml, "timestamp", start);
	xml_attribute_text(xml, "hostname", report->run->host ? report->run->host : "");
}

static bool
fails(const struct report *report, const struct suspect *suspect)
{
	return suspect->level != LEVEL_UNKNOWN && suspect->level >= report->options->fail_on;
}

static void
put_findings(xmlTextWriterPtr xml, const struct suspect *suspect)
{
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	char line[64];

	for (uint32_t i = 0; i < suspect->n_clues; i++) {
		if (suspect->clues[i].rule >= n_rules)
			continue;
		xml_text(xml, slice_str(rules[suspect->clues[i].rule]->id));
		xmlTextWriterWriteString(xml, (const xmlChar *)": ");
		xml_text(xml, slice_str(suspect->clues[i].detail));
		xmlTextWriterWriteString(xml, (const xmlChar *)"\n");
	}
	for (uint32_t i = 0; suspect->record && i < suspect->record->n_findings; i++) {
		const struct finding *finding = &suspect->record->findings[i];

		if (finding->rule >= n_rules)
			continue;
		xml_text(xml, slice_str(rules[finding->rule]->id));
		snprintf(line, sizeof line,
		    finding->offset == OFFSET_NONE ? ": " : " at byte %llu: ",
		    (unsigned long long)finding->offset);
		xmlTextWriterWriteString(xml, (const xmlChar *)line);
		xml_text(xml, slice_str(finding->detail));
		xmlTextWriterWriteString(xml, (const xmlChar *)"\n");
	}
}

static void
put_failure(xmlTextWriterPtr xml, const struct suspect *suspect)
{
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	int32_t bits;
	const struct finding *best = names_best(suspect, &bits);
	const char *message = suspect->n_clues > 0 ? suspect->clues[0].detail : "";

	if (best && best->rule < n_rules)
		message = rules[best->rule]->says;
	xml_open(xml, "failure");
	xml_attribute_text(xml, "type", level_name(suspect->level));
	xml_attribute_text(xml, "message", message);
	put_findings(xml, suspect);
	xml_close(xml);
}

static void
put_suspect(struct report *report, const struct suspect *suspect)
{
	xmlTextWriterPtr xml = report->state;
	char *name = names_full_escaped(suspect->root, suspect->path);

	xml_open(xml, "testcase");
	xmlTextWriterWriteAttribute(
	    xml, (const xmlChar *)"name", (const xmlChar *)(name ? name : "(out of memory)"));
	free(name);
	xml_attribute_text(xml, "classname", folder_name(suspect->folder));
	if (fails(report, suspect)) {
		put_failure(xml, suspect);
	} else if (suspect->status == STATUS_EXCLUDED) {
		xml_open(xml, "skipped");
		xml_attribute_text(xml, "message", suspect->reason);
		xml_close(xml);
	} else if (suspect->status != STATUS_EXAMINED) {
		xml_open(xml, "error");
		xml_attribute_text(xml, "type", words_status(suspect->status));
		xml_attribute_text(xml, "message", suspect->reason);
		xml_close(xml);
	}
	xml_close(xml);
}

static void
put_artefact(struct report *report, const struct artefact *artefact)
{
	(void)report;
	(void)artefact;
}

static void
end(struct report *report)
{
	xml_end(report->state);
	report->state = NULL;
}

const struct writer writer_junit = {
	.name = "junit",
	.begin = begin,
	.suspect = put_suspect,
	.artefact = put_artefact,
	.end = end,
};
