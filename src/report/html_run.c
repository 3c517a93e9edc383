/* html_run.c - the plan, what was covered and what not, method, versions, sign-off. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <string.h>

#include "report/html.h"
#include "report/textual.h"
#include "report/words.h"

static xmlTextWriterPtr
page_of(const struct report *report)
{
	return ((struct html_state *)report->state)->page;
}

/* ---- plan ---- */

static void
put_steps(xmlTextWriterPtr page, const struct run_info *run)
{
	static const char *const headings[] = { "Step", "When (UTC)", "What was put back",
		"Outcome", NULL };

	html_table(page, NULL, "list", "Restarts recorded so far", headings);
	for (size_t i = 0; i < run->n_plan; i++) {
		html_open(page, "tr", NULL);
		html_leaf_print(page, "td", NULL, "%" PRIu64, run->plan[i].step);
		html_open(page, "td", NULL);
		html_time(page, run->plan[i].when);
		html_close(page);
		html_leaf(page, "td", NULL, run->plan[i].what);
		html_leaf(page, "td", NULL, run->plan[i].outcome);
		html_close(page);
	}
	html_table_end(page);
}

void
html_plan(const struct report *report)
{
	xmlTextWriterPtr page = page_of(report);
	const struct run_info *run = report->run;
	const struct summary *summary = report->summary;
	const uint64_t hot = summary->by_level[LEVEL_CRITICAL] + summary->by_level[LEVEL_HIGH];

	html_section(page, "plan", "Restart plan");
	if (run->n_plan > 0)
		put_steps(page, run);
	if (run->first_step && *run->first_step) {
		html_open(page, "p", "action");
		html_text(page, run->n_plan > 0 ? "Next: " : "First: ");
		html_bytes(page, slice_str(run->first_step), 0);
		html_close(page);
	} else if (run->n_plan == 0) {
		html_open(page, "ol", NULL);
		html_leaf(
		    page, "li", NULL, "Stop the service, and keep a copy of the tree as it is.");
		if (hot > 0)
			html_leaf(page, "li", NULL,
			    "Move the files of level high and critical out of the "
			    "queue: from In to In\\Temp, from Out to Out\\Temp.");
		html_leaf(page, "li", NULL,
		    "Start the service, and write down the time and whether it "
		    "stays up.");
		html_leaf(page, "li", NULL,
		    "If it stops again, keep the next files of the ranking out of "
		    "the queue, too.");
		html_close(page);
	}
	html_leaf(page, "p", "note",
	    "A restart moves and rewrites files of the live tree: record the "
	    "time and the outcome of each. This program moves nothing.");
	html_close(page);
}

/* ---- coverage ---- */

static void
put_statuses(xmlTextWriterPtr page, const struct summary *summary)
{
	static const char *const headings[] = { "Status", "Files", "Meaning", NULL };
	static const char *const meanings[STATUS_COUNT] = {
		[STATUS_EXAMINED] = "read, hashed and parsed whole",
		[STATUS_PARTIAL] = "hashed whole, parsed in part: a limit was reached",
		[STATUS_CHANGED] = "changed while it was read",
		[STATUS_FAILED] =
		    "not examined: it could not be read, or the examination died over it",
		[STATUS_EXCLUDED] = "not opened: a link, a device, or left out on demand",
		[STATUS_MISSING] = "named by a log or a manifest, but absent from the tree",
	};
	char n[HTML_NUMBER];

	html_table(page, NULL, "list counts", "Every file met, by what became of it", headings);
	for (int status = 0; status < STATUS_COUNT; status++) {
		html_open(page, "tr", NULL);
		html_leaf(page, "td", NULL, words_status((enum status)status));
		html_leaf(page, "td", NULL, html_count(n, summary->by_status[status]));
		html_leaf(page, "td", NULL, meanings[status]);
		html_close(page);
	}
	html_table_end(page);
}

static void
put_rule_outs(xmlTextWriterPtr page, const struct summary *summary)
{
	if (summary->n_rule_outs == 0)
		return;
	html_leaf(page, "h3", NULL, "Causes that are no message");
	html_open(page, "ul", "cases");
	for (uint32_t i = 0; i < summary->n_rule_outs; i++) {
		const struct clue *clue = &summary->rule_outs[i];
		const struct rule *rule = html_rule(clue->rule);

		html_open(page, "li", NULL);
		html_text(page, rule ? rule->says : "");
		html_text(page, " ");
		html_ascii(page, clue->detail);
		if (clue->log_len > 0) {
			html_text(page, " Log ");
			html_bytes(page, slice_of(clue->log, clue->log_len), 0);
			if (clue->number > 0)
				html_print(page, ", line or record %" PRIu64, clue->number);
			html_text(page, ".");
		}
		if (clue->quote[0]) {
			html_open(page, "blockquote", NULL);
			html_ascii(page, clue->quote);
			html_close(page);
		}
		html_close(page);
	}
	html_close(page);
}

static void
put_gaps(const struct report *report)
{
	xmlTextWriterPtr page = page_of(report);
	const struct summary *summary = report->summary;
	char n[HTML_NUMBER];

	html_leaf(page, "h3", NULL, "What was not done");
	html_open(page, "ul", NULL);
	html_open(page, "li", NULL);
	html_open(page, "a", NULL);
	html_attribute(page, "href", "#undone");
	html_text(page, "Appendix B");
	html_close(page);
	html_print(page,
	    " names the files that were not examined to the end (%s), each with its "
	    "reason.",
	    html_count(n, summary->seen - summary->by_status[STATUS_EXAMINED]));
	html_close(page);
	if (summary->findings_cut > 0)
		html_leaf_print(page, "li", NULL, "Files with more findings than are kept: %s.",
		    html_count(n, summary->findings_cut));
	if (summary->worker_deaths > 0)
		html_leaf_print(page, "li", NULL,
		    "Examinations that died and were repeated: %s. Each is "
		    "a finding of its file.",
		    html_count(n, summary->worker_deaths));
	if (summary->logs_read == 0)
		html_leaf(
		    page, "li", NULL, "No log was read: the ranking rests on the files alone.");
	html_leaf(page, "li", NULL,
	    "The MTA store, the information store and the configuration of the "
	    "server were not looked at; the same failure can come from there.");
	html_leaf(page, "li", NULL, "Archives inside of messages were not unpacked.");
	for (size_t i = 0; i < report->run->n_notes; i++) {
		html_open(page, "li", NULL);
		html_bytes(page, slice_str(report->run->notes[i]), 0);
		html_close(page);
	}
	html_close(page);
}

void
html_coverage(const struct report *report)
{
	xmlTextWriterPtr page = page_of(report);
	const struct summary *summary = report->summary;
	char n[HTML_NUMBER], other[HTML_NUMBER], logs[HTML_NUMBER], size[24];

	html_section(page, "coverage", "Coverage");
	html_leaf_print(page, "p", NULL,
	    "%s files were met in message folders, %s of content were "
	    "read; beside them lie %s other files, of which %s logs were read.",
	    html_count(n, summary->seen), textual_size(size, summary->bytes),
	    html_count(other, summary->artefacts), html_count(logs, summary->logs_read));
	put_statuses(page, summary);
	put_rule_outs(page, summary);
	put_gaps(report);
	html_close(page);
}

/* ---- method ---- */

void
html_method(const struct report *report)
{
	xmlTextWriterPtr page = page_of(report);

	html_section(page, "method", "Method");
	html_leaf(page, "p", NULL,
	    "Each file is read once, by a confined process that can open and "
	    "write nothing. Parsers record facts: bytes, places, sizes. Rules judge the facts; each "
	    "rests on documented causes, on damage that no mailer makes, or on a standard. Facts and "
	    "interpretation stand apart in this report.");
	html_leaf(page, "p", NULL,
	    "A rule adds w / q to the suspicion of a file. The weight w follows "
	    "what the cause does: 2^-5 if it stops the Internet Mail Connector, 2^-6 if it stops the "
	    "store, 2^-7 for a loop, a hang or damage, 2^-8 for a stuck queue, 2^-10 for loss or a "
	    "violation of a standard, 2^-13 for an oddity. The base rate q is the share of healthy "
	    "mail, or of this tree if that is more, that shows the same. The sum is reduced where the "
	    "release is not affected, the folder is of the other direction or the source is vague. "
	    "The score is the binary logarithm of 2^-3 and that sum; clues from logs multiply it.");
	html_leaf(page, "p", NULL,
	    "Levels: critical from 8 bits, high from 5, medium from 3, low from "
	    "-2, else clean; unknown if the file could not be examined. Violations and oddities alone "
	    "stay low.");
	html_leaf(page, "p", NULL,
	    "Uncertainty: scores and shares put files in order. They are "
	    "computed from fixed weights and estimated rates, not measured on real crashes, and are "
	    "no probabilities of guilt. A message can be harmful for a reason that nobody has "
	    "documented.");
	html_close(page);
}

static void
put_libraries(xmlTextWriterPtr page, const struct run_info *run)
{
	const struct {
		const char *name, *version;
	} rows[] = { { "GMime", run->gmime }, { "GLib", run->glib }, { "libmagic", run->libmagic },
		{ "OpenSSL", run->openssl }, { "Jansson", run->jansson },
		{ "libseccomp", run->seccomp } };
	const char *before = "";

	html_fact_open(page, "Libraries");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (!rows[i].version || !*rows[i].version)
			continue;
		html_print(page, "%s%s %s", before, rows[i].name, rows[i].version);
		before = ", ";
	}
	html_fact_close(page);
}

static void
put_machine(xmlTextWriterPtr page, const struct run_info *run)
{
	html_fact_said(page, "Host", run->host);
	html_fact_said(page, "System", run->os);
	html_fact_open(page, "Processes");
	html_print(page, "%u", run->jobs);
	html_fact_close(page);
	html_fact(page, "Confinement", !run->sandboxed ? "none (--no-sandbox)" : run->sandbox);
	html_fact(page, "Command", run->command);
}

void
html_versions(const struct report *report)
{
	xmlTextWriterPtr page = page_of(report);
	const struct run_info *run = report->run;

	html_section(page, "versions", "Versions, options and limits");
	html_open(page, "dl", "facts");
	html_fact_open(page, "Program");
	html_print(page, "imcscan %s", run->version ? run->version : "");
	html_fact_close(page);
	put_libraries(page, run);
	html_fact(page, "Magic database", run->magic_sha256);
	html_fact(page, "Release asked for",
	    run->exchange && *run->exchange ? run->exchange : "none (--exchange)");
	html_fact_open(page, "Limits a message");
	html_print(page, "%u ms of processor time and %u ms per MB, %u MiB of memory",
	    run->time_base_ms, run->time_per_mb_ms, run->memory_mib);
	html_fact_close(page);
	if (run->reproducible)
		html_fact(page, "Left out", "host, paths and times of the run (--reproducible)");
	else
		put_machine(page, run);
	html_close(page);
	html_close(page);
}

/* ---- sign-off ---- */

void
html_sign_off(const struct report *report)
{
	static const char *const lines[] = { "Source of the copy, and how it was made",
		"Copy held by, from and until", "Findings checked against the file by",
		"Examiner, signature, date", "Second reader, signature, date" };
	xmlTextWriterPtr page = page_of(report);

	html_section(page, "signoff", "Sign-off");
	html_leaf(page, "p", NULL,
	    "To be filled in by hand. The digest of this file, taken after "
	    "signing, belongs into the record of the incident.");
	html_open(page, "dl", "sign");
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		html_open(page, "div", NULL);
		html_leaf(page, "dt", NULL, lines[i]);
		html_leaf(page, "dd", NULL, "");
		html_close(page);
	}
	html_close(page);
	html_close(page);
}
