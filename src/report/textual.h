/*
 * textual.h - the parts of the text report.
 *
 * For text.c (the writer), text_beside.c, table.c, reasons.c, lists.c, verdict.c and the names they share.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEXTUAL_H
#define IMC_TEXTUAL_H

#include <stdbool.h>
#include <stdint.h>

#include "report/wrap.h"
#include "writer.h"

#define LIST_MAX 8 /* names of a kind that are shown; the others are counted */

#define LOGS_NAMED 3u

/* Names of files with a remark each, escaped. */
struct list {
	uint64_t count;
	char *lines[LIST_MAX]; /* the first ones; NULL: no memory, or fewer */
};

#define SENDERS_MAX 64u /* domains that are told apart; later ones are not counted */

/* The domains that suspects came from, by the envelope. */
struct senders {
	uint64_t n_files; /* suspects, also those without a sender */
	struct sender {
		unsigned char *path; /* the first address of the domain; NULL ends the rows */
		size_t len;
		uint64_t count;
		bool several; /* other addresses, too */
	} rows[SENDERS_MAX];
};

/* What the last lines need to know of all suspects. */
struct text_state {
	unsigned width;            /* columns */
	uint64_t shown, not_shown; /* rows of the table, and what --top left out */
	struct list failed, partial, excluded, missing;
	struct list cut;          /* files with more findings than are kept */
	struct list hot;          /* check: the files of the queue at or above --fail-on */
	struct list hot_outside;  /* check: the others */
	uint64_t hot_missing;     /* of that level, but absent from the tree; not in hot_count */
	char *missing_first;      /* the name of the first of them, escaped */
	uint64_t hot_count;       /* files at or above the level that asks for action */
	uint64_t hot_queued;      /* of these, the ones in the queue */
	uint64_t hot_in, hot_out; /* of these, in In and in Out */
	char *first;              /* its name, escaped */
	bool first_queued;
	struct senders senders; /* of level medium and above */
	char *medium;           /* the first file of level medium, escaped */
	uint64_t queue_files, protocol_logs, other_files; /* that were not read */
	unsigned queue_names; /* bit 0: queue.old is there, bit n: queue.on */
	uint64_t logs_read;
	char *logs[LOGS_NAMED]; /* the first of them, escaped; NULL ends them */
	bool small;             /* check, on a small screen */
};

/* The level from which on a file is to be kept out of the queue. */
enum level textual_hot_level(const struct report_options *options);

/* root/path, into a wrap or as malloc'ed escaped text (NULL without memory). */
void textual_name(struct wrap *wrap, const char *root, struct slice path);
char *textual_name_text(const char *root, struct slice path);

/* 11.42 and 6.5 KB. Buffers hold at least 24 bytes. */
const char *textual_score(char *buffer, int32_t millibits);
const char *textual_size(char *buffer, uint64_t bytes);

/* "file" or "files". */
const char *textual_files(uint64_t count);

/* A row of the table, if the options let it in; otherwise it is counted. Whether it was shown. */
bool table_row(
    const struct report *report, struct text_state *state, const struct suspect *suspect);

/* The suspect's best findings, one paragraph each, and how many more there are. */
void reasons_print(
    const struct report *report, unsigned width, unsigned indent, const struct suspect *suspect);
/* The best finding alone: sentence, rule and KB numbers, "" without one. Returns buffer. */
const char *reasons_brief(char *buffer, size_t size, const struct suspect *suspect);

/* Its rule alone, "" without one. */
const char *reasons_rule(const struct suspect *suspect);

/* A file more for the list; the remark may be "". */
void list_add(struct list *list, const char *root, struct slice path, const char *remark);
void list_print(FILE *out, unsigned width, const char *title, const struct list *list);
void list_free(struct list *list);

/* What most suspects have in common. */
struct sender_share {
	struct slice name; /* hostile bytes */
	bool is_domain;    /* several senders of it; else one address */
	uint64_t count, n_files;
};

void senders_add(struct senders *senders, const struct suspect *suspect);
/* Who stands behind most of the suspects (Q293288); false: nobody does. Borrows from senders. */
bool senders_most(const struct senders *senders, struct sender_share *out);
/* One line and an empty one, when most suspects share a sender or a domain. */
void senders_print(FILE *out, unsigned width, const struct senders *senders);
void senders_free(struct senders *senders);

/* What lay beside the mail: one more, the paragraph on all, the end. */
void beside_add(struct report *report, const struct artefact *artefact);
void beside_print(const struct report *report, const struct text_state *state);
void beside_free(struct text_state *state);
/* A name for queue.dat that is not taken, as far as the tree tells. */
const char *beside_free_name(const struct text_state *state);

/* The last line of a scan: what to do first. */
void verdict_advice(const struct report *report);
/* Whether to restart, alone. */
void verdict_sentence(const struct report *report);
/* The few lines of `imcscan check`. */
void verdict_check(const struct report *report);
/* The same for a small screen: at most 15 lines of 40 columns and more, notes counted. */
void verdict_small(const struct report *report);

#endif
