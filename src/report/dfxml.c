/*
 * dfxml.c - Digital Forensics XML, version 1.2: each file with hashes and byte runs.
 *
 * What DFXML has no element for (level, score, findings) stands in a namespace of our own within the
 * fileobject. src/dist/dfxml.xsd describes exactly what is written here.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>

#include "report/clock.h"
#include "report/formats.h"
#include "report/names.h"
#include "report/words.h"
#include "report/xml.h"

#define DFXML "http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
#define DUBLIN "http://purl.org/dc/elements/1.1/"
#define OURS "urn:imcscan:findings:1"
#define CITES_ROOM 512 /* bytes */

static void
put_library(xmlTextWriterPtr xml, const char *name, const char *version)
{
	if (!version || !*version)
		return;
	xml_open(xml, "library");
	xml_attribute_text(xml, "name", name);
	xml_attribute_text(xml, "version", version);
	xml_close(xml);
}

static void
put_creator(xmlTextWriterPtr xml, const struct report *report)
{
	const struct run_info *run = report->run;
	char start[CLOCK_TEXT];

	xml_open(xml, "creator");
	xml_some(xml, "program", "imcscan");
	xml_some(xml, "version", run->version);
	xml_open(xml, "build_environment");
	put_library(xml, "gmime", run->gmime);
	put_library(xml, "glib", run->glib);
	put_library(xml, "libmagic", run->libmagic);
	put_library(xml, "openssl", run->openssl);
	put_library(xml, "jansson", run->jansson);
	put_library(xml, "libseccomp", run->seccomp);
	xml_close(xml);
	if (!run->reproducible) {
		clock_utc(report->summary->started, start);
		xml_open(xml, "execution_environment");
		xml_some(xml, "os_sysname", run->os);
		xml_some(xml, "host", run->host);
		xml_some(xml, "start_time", start);
		xml_close(xml);
	}
	xml_close(xml);
}

static void
begin(struct report *report)
{
	xmlTextWriterPtr xml = xml_begin(report->out);
	const struct run_info *run = report->run;

	report->state = xml;
	xml_open(xml, "dfxml");
	xml_attribute_text(xml, "xmlns", DFXML);
	xml_attribute_text(xml, "xmlns:dc", DUBLIN);
	xml_attribute_text(xml, "xmlns:imc", OURS);
	xml_attribute_text(xml, "version", "1.2.0");
	xml_open(xml, "metadata");
	xml_some(xml, "dc:type", "Hash List");
	xml_some(xml, "dc:identifier", run->incident);
	xml_close(xml);
	put_creator(xml, report);
	xml_open(xml, "source");
	for (size_t i = 0; i < run->n_paths && !run->reproducible; i++)
		xml_some(xml, "image_filename", run->paths[i]);
	xml_close(xml);
}

/* A run of bytes of the file itself: where on its disk it lay, a copy does not tell. */
static void
put_run(xmlTextWriterPtr xml, uint64_t offset, uint64_t length)
{
	xml_open(xml, "byte_run");
	xml_attribute_number(xml, "file_offset", offset);
	xml_attribute_number(xml, "len", length);
	xml_close(xml);
}

/* What something about a file is worth, in the levels of that file's ranking. */
struct worth {
	const struct suspect *suspect;
	int32_t bits;
};

static void
put_weight(xmlTextWriterPtr xml, const struct rule *rule, struct worth worth)
{
	char text[CITES_ROOM];

	xml_attribute_text(xml, "rule", rule->id);
	xml_attribute_text(
	    xml, "level", level_name(level_from(worth.suspect->level_from, worth.bits)));
	if (worth.bits != INT32_MIN)
		xml_attribute_text(xml, "bits", names_milli(text, worth.bits));
	if (*names_cites(text, sizeof text, rule))
		xml_attribute_text(xml, "cites", text);
	if (rule->rfc && *rule->rfc)
		xml_attribute_text(xml, "rfc", rule->rfc);
}

static void
put_finding(xmlTextWriterPtr xml, const struct finding *finding, const struct rule *rule,
    struct worth worth)
{
	xml_open(xml, "imc:finding");
	put_weight(xml, rule, worth);
	if (finding->part[0])
		xml_attribute_text(xml, "part", finding->part);
	if (finding->line > 0)
		xml_attribute_number(xml, "line", finding->line);
	xml_some(xml, "imc:detail", finding->detail);
	if (finding->offset != OFFSET_NONE)
		put_run(xml, finding->offset, finding->length);
	xml_close(xml);
}

static void
put_clue(xmlTextWriterPtr xml, const struct clue *clue, const struct rule *rule, struct worth worth)
{
	xml_open(xml, "imc:clue");
	put_weight(xml, rule, worth);
	if (clue->log_len > 0)
		xml_attribute(xml, "log", slice_of(clue->log, clue->log_len));
	if (clue->number > 0)
		xml_attribute_number(xml, "record", clue->number);
	xml_some(xml, "imc:detail", clue->detail);
	xml_some(xml, "imc:quote", clue->quote);
	if (clue->offset != OFFSET_NONE)
		put_run(xml, clue->offset, clue->length);
	xml_close(xml);
}

static void
put_findings(xmlTextWriterPtr xml, const struct suspect *suspect)
{
	const struct record *record = suspect->record;
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	for (uint32_t i = 0; i < suspect->n_clues; i++) {
		if (suspect->clues[i].rule < n_rules)
			put_clue(xml, &suspect->clues[i], rules[suspect->clues[i].rule],
			    (struct worth){ suspect, suspect->clues[i].factor });
	}
	for (uint32_t i = 0; record && i < record->n_findings; i++) {
		const struct finding *finding = &record->findings[i];

		if (finding->rule < n_rules)
			put_finding(xml, finding, rules[finding->rule],
			    (struct worth){ suspect,
				suspect->finding_bits ? suspect->finding_bits[i] : INT32_MIN });
	}
}

/* filename, error, filesize, mtime, byte_runs, hashdigest: in the order of the schema. */
static void
put_file(xmlTextWriterPtr xml, const char *root, struct slice path, const char *error,
    const uint64_t *size, const int64_t *mtime, const uint8_t *sha256)
{
	size_t len = 0;
	unsigned char *name = names_full(root, path, &len);
	char text[65];

	xml_element(xml, "filename", slice_of(name, len));
	free(name);
	xml_some(xml, "error", error);
	if (size)
		xml_number(xml, "filesize", *size);
	if (mtime) {
		clock_utc(*mtime, text);
		xml_some(xml, "mtime", text);
	}
	if (sha256 && size) {
		xml_open(xml, "byte_runs");
		put_run(xml, 0, *size);
		xml_close(xml);
	}
	if (sha256) {
		xml_open(xml, "hashdigest");
		xml_attribute_text(xml, "type", "sha256");
		xml_text(xml, slice_str(names_digest(text, sha256)));
		xml_close(xml);
	}
}

static void
put_suspect(struct report *report, const struct suspect *suspect)
{
	xmlTextWriterPtr xml = report->state;
	const bool hashed = names_has_digest(suspect);
	const uint64_t *size = hashed              ? &suspect->record->file_size
			       : suspect->has_size ? &suspect->size
						   : NULL;
	char score[24];

	xml_open(xml, "fileobject");
	put_file(xml, suspect->root, suspect->path, suspect->reason, size,
	    suspect->has_mtime ? &suspect->mtime_sec : NULL,
	    hashed ? suspect->record->sha256 : NULL);
	xml_open(xml, "imc:verdict");
	xml_attribute_number(xml, "rank", suspect->rank);
	xml_attribute_text(xml, "status", words_status(suspect->status));
	xml_attribute_text(xml, "level", level_name(suspect->level));
	xml_attribute_text(xml, "folder", folder_name(suspect->folder));
	if (suspect->has_score)
		xml_attribute_text(xml, "score", names_milli(score, suspect->score));
	put_findings(xml, suspect);
	xml_close(xml);
	xml_close(xml);
}

static void
put_artefact(struct report *report, const struct artefact *artefact)
{
	xmlTextWriterPtr xml = report->state;

	xml_open(xml, "fileobject");
	put_file(xml, artefact->root, artefact->path, artefact->reason, &artefact->size,
	    artefact->has_mtime ? &artefact->mtime_sec : NULL,
	    artefact->read ? artefact->sha256 : NULL);
	xml_close(xml);
}

static void
end(struct report *report)
{
	xml_end(report->state);
	report->state = NULL;
}

const struct writer writer_dfxml = {
	.name = "dfxml",
	.begin = begin,
	.suspect = put_suspect,
	.artefact = put_artefact,
	.end = end,
};
