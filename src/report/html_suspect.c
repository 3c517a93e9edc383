/* html_suspect.c - the section of one suspect: what it is, and the order of its parts. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>

#include "report/advice.h"
#include "report/clock.h"
#include "report/html.h"
#include "report/textual.h"
#include "report/words.h"

#define RECIPIENTS 5

int32_t
html_bits(const struct suspect *suspect, uint32_t finding)
{
	return suspect->finding_bits ? suspect->finding_bits[finding] : INT32_MIN;
}

static int
compare(const void *a, const void *b, void *context)
{
	const uint32_t *x = a, *y = b;
	const int32_t left = html_bits(context, *x), right = html_bits(context, *y);

	if (left != right)
		return left > right ? -1 : 1;
	return *x < *y ? -1 : *x > *y;
}

uint32_t
html_order(const struct suspect *suspect, uint32_t order[RECORD_FINDINGS_MAX])
{
	const uint32_t n = suspect->record ? suspect->record->n_findings : 0;
	struct suspect copy = *suspect; /* qsort_r() takes no const */

	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	if (n > 0)
		qsort_r(order, n, sizeof *order, compare, &copy);
	return n;
}

static void
put_heading(xmlTextWriterPtr page, const struct suspect *suspect)
{
	html_open(page, "h3", NULL);
	html_leaf_print(page, "span", "rank", "%" PRIu64, suspect->rank);
	html_text(page, " ");
	html_open(page, "span", "name");
	html_name(page, suspect->root, suspect->path);
	html_close(page);
	html_text(page, " ");
	html_level(page, suspect->level);
	html_close(page);
}

static void
put_score(xmlTextWriterPtr page, const struct suspect *suspect)
{
	char score[24];

	html_fact_open(page, "Score");
	if (suspect->has_score)
		html_print(page, "%s bits; share of the suspicion in this tree: %.1f %%",
		    textual_score(score, suspect->score), suspect->probability * 100);
	else
		html_text(page, "none: it could not be examined");
	html_fact_close(page);
}

static void
put_place(xmlTextWriterPtr page, const struct suspect *suspect)
{
	char n[HTML_NUMBER];

	html_fact_open(page, "To do");
	html_text(page, advice_level(suspect));
	html_fact_close(page);
	html_fact_open(page, "Folder");
	html_text(page, folder_name(suspect->folder));
	if (suspect->foreign_name)
		html_text(page, "; its name is none that the service gives");
	html_fact_close(page);
	html_fact_open(page, "Status");
	html_text(page, words_status(suspect->status));
	if (suspect->reason && *suspect->reason) {
		html_text(page, ": ");
		html_bytes(page, slice_str(suspect->reason), HTML_TEXT);
	}
	html_fact_close(page);
	if (suspect->has_size) {
		html_fact_open(page, "Size");
		html_print(page, "%s bytes", html_count(n, suspect->size));
		html_fact_close(page);
	}
	if (suspect->has_mtime) {
		html_fact_open(page, "Modified");
		html_time(page, suspect->mtime_sec);
		html_text(page, " (of the copy)");
		html_fact_close(page);
	}
}

static void
put_string(
    xmlTextWriterPtr page, const char *label, const struct record *record, struct text_ref ref)
{
	html_fact_open(page, label);
	html_bytes(page, record_slice(record, ref), HTML_TEXT);
	if (ref.cut)
		html_leaf(page, "em", NULL, " … cut here");
	html_fact_close(page);
}

static void
put_envelope(xmlTextWriterPtr page, const struct record *record)
{
	char when[CLOCK_TEXT];

	if (record->filetime != 0) {
		clock_filetime(record->filetime, when);
		html_fact_open(page, "Received");
		html_print(page, "%s by the server's clock (FILETIME 0x%016" PRIx64 ")", when,
		    record->filetime);
		html_fact_close(page);
	}
	if (record->has_mail_from)
		put_string(page, "Envelope sender", record, record->mail_from);
	for (uint32_t i = 0; i < record->n_rcpt && i < RECIPIENTS; i++)
		put_string(page, "Envelope recipient", record, record->rcpt[i]);
	if (record->n_rcpt_total > RECIPIENTS) {
		html_fact_open(page, "");
		html_print(
		    page, "and %" PRIu32 " more recipients", record->n_rcpt_total - RECIPIENTS);
		html_fact_close(page);
	}
	if (record->mts_id.len > 0)
		put_string(page, "MTS-ID", record, record->mts_id);
}

static void
put_record(xmlTextWriterPtr page, const struct record *record)
{
	if (record->status != STATUS_FAILED) {
		html_fact_open(page, "SHA-256");
		html_open(page, "code", NULL);
		html_digest(page, record->sha256);
		html_close(page);
		html_fact_close(page);
	}
	if (record->has_envelope)
		put_envelope(page, record);
	if (record->has_from)
		put_string(page, "From", record, record->from);
	if (record->has_subject)
		put_string(page, "Subject", record, record->subject);
	if (record->has_message_id)
		put_string(page, "Message-ID", record, record->message_id);
}

static void
put_twins(xmlTextWriterPtr page, const struct suspect *suspect)
{
	if (suspect->n_twins == 0)
		return;
	html_fact_open(page, "Same message");
	html_text(page, "the same body or Message-ID: ");
	html_name(page, suspect->twin_root, suspect->twin);
	if (suspect->n_twins > 1)
		html_print(page, " and %" PRIu64 " more", suspect->n_twins - 1);
	html_fact_close(page);
}

void
html_suspect(const struct report *report, const struct suspect *suspect)
{
	struct html_state *state = report->state;
	xmlTextWriterPtr page = state->details.page;
	const bool brief = html_part_len(&state->details) > HTML_DETAILS_MAX;
	char id[32];

	snprintf(id, sizeof id, "s%" PRIu64, suspect->rank);
	html_open(page, "section", "suspect");
	html_attribute(page, "id", id);
	put_heading(page, suspect);
	html_open(page, "dl", "facts");
	put_score(page, suspect);
	put_place(page, suspect);
	if (suspect->record)
		put_record(page, suspect->record);
	put_twins(page, suspect);
	html_close(page);
	html_findings(report, suspect, brief);
	html_clues(report, suspect);
	html_cases(report, suspect);
	if (!brief)
		html_tree(report, suspect);
	html_close(page);
	html_text(page, "\n");
}
