/*
 * family.h - what the families of rules share: their tables and a few ways to report facts.
 *
 * For src/rules only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RULES_FAMILY_H
#define IMC_RULES_FAMILY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "finding.h"
#include "message.h"
#include "rule.h"

/* The rows of one family, in the order in which `imcscan rules` prints them. */
struct family {
	const struct rule *rows;
	size_t n_rows;
};

#define FAMILY_OF(rows)                                                                            \
	{                                                                                          \
		rows, sizeof(rows) / sizeof((rows)[0])                                             \
	}

extern const struct family family_damage, family_truncation, family_envelope, family_header,
    family_subject, family_address;
extern const struct family family_date, family_words, family_type, family_mime, family_boundary,
    family_nesting;
extern const struct family family_charset, family_transfer, family_uuencode, family_binhex;
extern const struct family family_tnef, family_attachment, family_content, family_recipients;
extern const struct family family_limits, family_gmime, family_worker;
extern const struct family family_conformance, family_field_names, family_field_values;
extern const struct family family_repeated, family_address_form, family_date_age;
extern const struct family family_word_place, family_text_bytes, family_header_place;
extern const struct family family_charset_label;
extern const struct family family_envelope_cases;
extern const struct family family_across;   /* what the whole tree shows */
extern const struct family family_evidence; /* what logs say: src/correlate */

extern const struct family family_type_values, family_mime_parts, family_mime_cases;
extern const struct family family_attachment_names;
extern const struct family family_structure, family_embedded;

/* Documented causes that lie in lawful or rare forms; each file adds to a family above. */
extern const struct family family_subject_cases, family_message_id, family_folding;
extern const struct family family_header_cases, family_address_cases, family_display_name;
extern const struct family family_uuencode_cases, family_binhex_cases, family_tnef_cases;
extern const struct family family_apple;
extern const struct family family_x400, family_date_cases, family_recipient_counts, family_counts;
extern const struct family family_transfer_label, family_transfer_forms, family_transfer_cases;
extern const struct family family_charset_cases, family_charset_unicode;

/* What messages carry: names and completeness of attachments, HTML, rich text, S/MIME, reports. */
extern const struct family family_attachment_cases, family_attachment_cut, family_html, family_rtf;
extern const struct family family_smime, family_report, family_report_loop;

/* What a detail quotes of the file. */
enum told_quote {
	QUOTE_NOTHING,
	QUOTE_BYTES, /* the bytes of the fact */
	QUOTE_LINE   /* from the fact's place to the end of the line */
};

/* A fact and our words for it; the words may be "": the rule's sentence says it all. With a unit
 * the fact's value is told too: `words "quoted" (7 bytes)`. */
struct told {
	enum fact_kind kind;
	const char *words;
	const char *unit; /* NULL: the value means nothing to a reader */
	enum told_quote quote;
};

/* A finding without a detail: the rule's sentence says it all. */
void found_place(struct findings *out, int part, uint64_t offset, uint64_t length);

/* One finding for this fact, at its place. */
void found_fact(const struct message *msg, struct findings *out, const struct fact *fact,
    const struct told *told);

/* `words "quoted" in To`, for facts about a field. */
void found_in_field(const struct message *msg, struct findings *out, const struct fact *fact,
    const struct told *told);

/* `words "name=value"`, for a parameter of the part. */
void found_param(const struct message *msg, struct findings *out, size_t part, const char *words,
    const struct param *param);

#define QUOTE_MAX 48u /* bytes of evidence in a detail */

/* From the file offset to the end of its line, blanks and line end trimmed; at most 200 bytes are
 * seen. */
struct slice rest_of_line(const struct message *msg, uint64_t offset);

/* One finding for each kept fact of the n kinds. */
void found_facts(
    const struct message *msg, struct findings *out, const struct told *told, size_t n);
void found_facts_in_fields(
    const struct message *msg, struct findings *out, const struct told *told, size_t n);

/* One finding for each kept fact of the kind whose value has words, told as found_in_field() does;
 * words[0] is that of value 0, NULL: not here. */
void found_by_value(const struct message *msg, struct findings *out, enum fact_kind kind,
    const char *const *words, size_t n, enum told_quote quote);

#define FOUND_BY_VALUE(msg, out, kind, words, quote)                                               \
	found_by_value(msg, out, kind, words, sizeof(words) / sizeof((words)[0]), quote)

/* What the 8-bit bytes of a text are, in our words: UTF-8, UTF-8 gone wrong, or something else.
 * Code: octets.c. */
const char *octets_name(struct slice text);

#define FOUND_FACTS(msg, out, told) found_facts(msg, out, told, sizeof(told) / sizeof((told)[0]))
#define FOUND_IN_FIELDS(msg, out, told)                                                            \
	found_facts_in_fields(msg, out, told, sizeof(told) / sizeof((told)[0]))

/* Whether the file ends inside the line of these bytes of it: what the line lacks, it may only lack
 * because the rest did not come. */
bool line_is_cut(const struct message *msg, uint64_t offset, uint64_t len);

/* Whether any fact of the kind was met. */
bool fact_met(const struct message *msg, enum fact_kind kind);

/* The field of a fact, or NULL when it names none. */
const struct field *fact_field(const struct message *msg, const struct fact *fact);

/* The deepest part whose header or body holds the file offset (the last such one in document
 * order), or -1. */
int part_at_offset(const struct message *msg, uint64_t offset);

/* First byte behind the slice as file offset, or OFFSET_NONE. */
uint64_t offset_after(const struct message *msg, struct slice s);

/* Whether the data of the part run to the last byte of the mail: nothing follows that could end
 * it. */
bool part_runs_out(const struct message *msg, const struct part *part);

/* Whether the file lies where the service itself writes outbound mail (Pickup is written by
 * others). */
bool is_out_queue(const struct message *msg);

/* The parameter after `after` (NULL: the first) of that name, in a form of RFC 2231 (name*, name*0,
 * name*0*, …) too; NULL: no more. */
const struct param *next_param(
    const struct typed_value *value, const char *name, const struct param *after);

/* Its value, in the extended form without character set and language. */
struct slice param_text(const struct param *param);

/* One finding at the charset parameter of the part, its name between the words; words NULL: the
 * rule's sentence says it all. Code: charset.c. */
void found_charset(const struct message *msg, struct findings *out, int part, const char *before,
    const char *behind);

/* The part that is the report itself, not one that the message gives back; NULL: no report. Code:
 * report.c. */
const struct part *report_root(const struct message *msg);

/* "a ZIP archive", or NULL for kinds of file that nobody needs to be told. */
const char *filetype_name(uint64_t filetype);

#endif
