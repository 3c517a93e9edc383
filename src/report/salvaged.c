/* salvaged.c - the messages of which new mails were made, as reports tell of them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/salvaged.h"

#include <inttypes.h>
#include <string.h>

#include "report/html.h"
#include "report/json.h"
#include "report/textual.h"
#include "report/wrap.h"

#define LINES_MOST 20u /* messages that the text report names */

static const char *const outcomes[] = { "rebuilt", "careful", "covered", "failed" };
static const char *const meanings[] = { "rebuilt", "rebuilt with care", "covered", "failed" };

#define N_OUTCOMES (sizeof outcomes / sizeof outcomes[0])

static const char *
meaning_of(const char *outcome)
{
	for (size_t i = 0; i < N_OUTCOMES; i++)
		if (strcmp(outcomes[i], outcome) == 0)
			return meanings[i];
	return outcome;
}

static uint64_t
count_of(const struct run_info *run, const char *outcome)
{
	uint64_t count = 0;

	for (size_t i = 0; i < run->n_salvaged; i++)
		count += strcmp(run->salvaged[i].outcome, outcome) == 0;
	return count;
}

/* ---- text ---- */

static void
print_one(const struct report *report, unsigned width, const struct salvage_note *note)
{
	struct wrap wrap;

	wrap_start(&wrap, report->out, width, 4, 0);
	wrap_print(&wrap, "  %s ", *note->name ? note->name : "-");
	textual_name(&wrap, note->root, note->path);
	wrap_print(&wrap, ": %s", meaning_of(note->outcome));
	if (*note->name)
		wrap_print(
		    &wrap, ", %" PRIu64 " part%s", note->n_parts, note->n_parts == 1 ? "" : "s");
	if (note->n_plain > 0)
		wrap_print(&wrap, ", %" PRIu64 " of them as plain bytes", note->n_plain);
	if (note->lost > 0)
		wrap_print(&wrap, ", %" PRIu64 " bytes left out", note->lost);
	if (*note->reason) {
		wrap_text(&wrap, ": ");
		wrap_text(&wrap, note->reason);
	}
	wrap_end(&wrap);
}

void
salvaged_text(const struct report *report, unsigned width)
{
	const struct run_info *run = report->run;
	struct wrap wrap;

	if (run->n_salvaged == 0)
		return;
	wrap_start(&wrap, report->out, width, 2, 0);
	wrap_print(&wrap, "Salvaged, %zu in all:", run->n_salvaged);
	for (size_t i = 0; i < N_OUTCOMES; i++)
		wrap_print(&wrap, "%s %" PRIu64 " %s", i > 0 ? "," : "", count_of(run, outcomes[i]),
		    meanings[i]);
	wrap_end(&wrap);
	for (size_t i = 0; i < run->n_salvaged && i < LINES_MOST; i++)
		print_one(report, width, &run->salvaged[i]);
	if (run->n_salvaged > LINES_MOST)
		fprintf(report->out, "  and %zu more\n", run->n_salvaged - LINES_MOST);
}

/* ---- html ---- */

static void
put_row(xmlTextWriterPtr page, const struct salvage_note *note)
{
	char n[HTML_NUMBER];

	html_open(page, "tr", NULL);
	html_open(page, "th", NULL);
	html_attribute(page, "scope", "row");
	html_name(page, note->root, note->path);
	html_close(page);
	html_open(page, "td", NULL);
	html_time(page, note->when);
	html_close(page);
	html_open(page, "td", NULL);
	html_text(page, meaning_of(note->outcome));
	if (*note->reason) {
		html_text(page, ": ");
		html_bytes(page, slice_str(note->reason), 0);
	}
	html_close(page);
	html_leaf(page, "td", NULL, note->name);
	html_leaf(page, "td", NULL, html_count(n, note->n_parts));
	html_leaf(page, "td", NULL, html_count(n, note->n_plain));
	html_leaf(page, "td", NULL, html_count(n, note->lost));
	html_open(page, "td", NULL);
	if (*note->name)
		html_digest(page, note->mail_sha256);
	html_close(page);
	html_close(page);
	html_text(page, "\n");
}

void
salvaged_html(const struct report *report)
{
	static const char *const headings[] = { "Message", "When (UTC)", "Outcome", "New mail",
		"Parts", "As plain bytes", "Bytes left out", "SHA-256 of the new mail", NULL };
	const struct run_info *run = report->run;
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;

	if (run->n_salvaged == 0)
		return;
	html_section(page, "salvaged", "Salvaged messages");
	html_table(page, NULL, "list", "New mails to be delivered in the place of these", headings);
	for (size_t i = 0; i < run->n_salvaged; i++)
		put_row(page, &run->salvaged[i]);
	html_table_end(page);
	html_leaf(page, "p", "note",
	    "The account beside each new mail (.json) tells its envelope, what was changed, and where "
	    "stood what was left out.");
	html_close(page);
}

/* ---- JSON Lines ---- */

void
salvaged_jsonl(const struct report *report)
{
	for (size_t i = 0; i < report->run->n_salvaged; i++) {
		const struct salvage_note *note = &report->run->salvaged[i];
		json_t *object = json_object();

		json_put_text(object, "type", "salvaged");
		json_put_some(object, "root", note->root);
		json_put_bytes(object, "path", note->path);
		json_put_text(object, "outcome", note->outcome);
		json_put_some(object, "reason", note->reason);
		if (!report->run->reproducible)
			json_put_utc(object, "time", note->when);
		json_put_digest(object, "sha256", note->sha256);
		if (*note->name) {
			json_put_text(object, "mail", note->name);
			json_put_digest(object, "mail_sha256", note->mail_sha256);
			json_put_number(object, "parts", note->n_parts);
			json_put_number(object, "plain_parts", note->n_plain);
			json_put_number(object, "lost_bytes", note->lost);
		}
		json_line(report->out, object);
	}
}
