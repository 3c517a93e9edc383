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

/* A fact and our words for it; with a unit the fact's value is told too: "words (7 bytes)". */
struct told {
	enum fact_kind kind;
	const char *words;
	const char *unit; /* NULL: the value means nothing to a reader */
};

/* One finding for this fact, at its place. */
void found_fact(struct findings *out, const struct fact *fact, const struct told *told);

/* One finding for each kept fact of the n kinds. */
void found_facts(
    const struct message *msg, struct findings *out, const struct told *told, size_t n);

#define FOUND_FACTS(msg, out, told) found_facts(msg, out, told, sizeof(told) / sizeof((told)[0]))

/* Whether the file ends inside the line of these bytes of it: what the line lacks, it may only lack because the
 * rest did not come. */
bool line_is_cut(const struct message *msg, uint64_t offset, uint64_t len);

/* Whether any fact of the kind was met. */
bool fact_met(const struct message *msg, enum fact_kind kind);

/* The field of a fact, or NULL when it names none. */
const struct field *fact_field(const struct message *msg, const struct fact *fact);

/* The deepest part whose header or body holds the file offset (the last such one in document order),
 * or -1. */
int part_at_offset(const struct message *msg, uint64_t offset);

/* First byte behind the slice as file offset, or OFFSET_NONE. */
uint64_t offset_after(const struct message *msg, struct slice s);

/* Whether the data of the part run to the last byte of the mail: nothing follows that could end it. */
bool part_runs_out(const struct message *msg, const struct part *part);

/* Whether the file lies where the service itself writes outbound mail (Pickup is written by others). */
bool is_out_queue(const struct message *msg);

/* Whether the name is one of a DBCS or ISO-2022 character set of Exchange's days. */
bool names_dbcs(struct slice charset);
bool names_iso2022(struct slice charset);

#endif
