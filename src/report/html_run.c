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

/* A case may be somebody else's. */
static void
put_said(xmlTextWriterPtr page, const char *text)
{
	html_open(page, "td", NULL);
	html_bytes(page, slice_str(text ? text : ""), 0);
	html_close(page);
}

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
		put_said(page, run->plan[i].what);
		put_said(page, run->plan[i].outcome);
		html_close(page);
	}
	html_table_end(page);
}

/* Nobody has planned: what Q168883 comes to. */
static void
put_usual(xmlTextWriterPtr page, const struct summary *summary)
{
	const uint64_t hot = summary->by_level[LEVEL_CRITICAL] + summary->by_level[LEVEL_HIGH];

	html_open(page, "ol", NULL);
	html_leaf(page, "li", NULL, "Stop the service, and keep a copy of the tree as it is.");
	if (summary->by_status[STATUS_MISSING] > 0)
		html_leaf(page, "li", NULL,
		    "Recover the missing files from the source, and keep them out of the queue.");
	if (summary->n_rule_outs > 0)
		html_leaf(page, "li", NULL, "See to the causes that are no message.");
	if (hot > 0) {
		html_leaf(page, "li", NULL,
		    "Move the files of level high and critical out of the queue: from In to In\\Temp, "
		    "from Out to Out\\Temp. That is by level; imcscan plan chooses by chance, and may "
		    "name more or fewer.");
		html_leaf(page, "li", NULL,
		    "Rename queue.dat to queue.old, or to another name that is free: the service builds "
		    "it anew.");
	}
	html_leaf(page, "li", NULL,
	    "Start the service, and write down the time and whether it stays up.");
	html_leaf(page, "li", NULL,
	    "If it stops again, keep the next files of the ranking out of the queue, too.");
	html_close(page);
}

void
html_plan(const struct report *report)
{
	xmlTextWriterPtr page = page_of(report);
	const struct run_info *run = report->run;
	const struct summary *summary = report->summary;

	html_section(page, "plan", "Restart plan");
	if (run->n_plan > 0)
		put_steps(page, run);
	if (run->first_step && *run->first_step) {
		html_open(page, "p", "action");
		html_text(page, run->n_plan > 0 ? "Next: " : "First: ");
		html_bytes(page, slice_str(run->first_step), 0);
		html_close(page);
	} else if (run->n_plan == 0) {
		put_usual(page, summary);
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
	    html_count(n, summary->seen + summary->by_status[STATUS_MISSING] -
			      summary->by_status[STATUS_EXAMINED]));
	html_close(page);
	if (summary->by_status[STATUS_MISSING] > 0)
		html_leaf_print(page, "li", NULL,
		    "Files that logs name and this copy lacks: %s. Recover them from the source.",
		    html_count(n, summary->by_status[STATUS_MISSING]));
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
	    "Files met in message folders: %s, with %s of content that was read. Other files met or "
	    "named: %s. Logs read: %s.",
	    html_count(n, summary->seen), textual_size(size, summary->bytes),
	    html_count(other, summary->artefacts), html_count(logs, summary->logs_read));
	put_statuses(page, summary);
	put_gaps(report);
	html_close(page);
}

/* ---- method ---- */

/* --weights may have moved them. */
static void
put_levels(xmlTextWriterPtr page, const int32_t *levels)
{
	const int32_t usual[LEVEL_COUNT] = { [LEVEL_LOW] = -2000,
		[LEVEL_MEDIUM] = 3000,
		[LEVEL_HIGH] = 5000,
		[LEVEL_CRITICAL] = 8000 };
	const int32_t *from = levels ? levels : usual;
	char low[24], medium[24], high[24], critical[24];

	html_leaf_print(page, "p", NULL,
	    "Levels: critical from %s bits, high from %s, medium from %s, low from %s, else clean; "
	    "unknown if the file could not be examined. Violations and oddities alone stay low.",
	    textual_score(critical, from[LEVEL_CRITICAL]), textual_score(high, from[LEVEL_HIGH]),
	    textual_score(medium, from[LEVEL_MEDIUM]), textual_score(low, from[LEVEL_LOW]));
}

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
	put_levels(page, ((struct html_state *)report->state)->levels);
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

static void
put_weights(xmlTextWriterPtr page, const struct run_info *run)
{
	if (!run->weights_file)
		return;
	html_fact_open(page, "Weights");
	html_text(page, "from ");
	html_bytes(page, slice_str(run->weights_file), 0);
	html_text(page, ", SHA-256 ");
	html_bytes(page, slice_str(run->weights_sha256 ? run->weights_sha256 : "not known"), 0);
	for (size_t i = 0; i < run->n_weights; i++) {
		html_open(page, "span", "line");
		html_text(page, run->weights[i].name);
		html_print(
		    page, " = %g (usually %g)", run->weights[i].value, run->weights[i].usual);
		html_close(page);
	}
	html_fact_close(page);
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
	put_weights(page, run);
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
