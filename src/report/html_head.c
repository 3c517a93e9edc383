/* html_head.c - the top of the page: policy, title, the answer in one line, what was examined. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <string.h>

#include "report/archives.h"
#include "report/clock.h"
#include "report/html.h"

static const char *
some(const char *text)
{
	return text ? text : "";
}

static void
put_lines(xmlTextWriterPtr page, const char *element, const char *const *lines)
{
	html_open(page, element, NULL);
	for (; *lines; lines++) {
		html_raw(page, *lines, strlen(*lines));
		html_raw(page, "\n", 1);
	}
	html_close(page);
}

static void
put_meta(xmlTextWriterPtr page, const char *key, const char *name, const char *content)
{
	html_open(page, "meta", NULL);
	html_attribute(page, key, name);
	html_attribute(page, "content", content);
	html_close_void(page);
}

static void
put_title(const struct report *report)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;

	html_open(page, "title", NULL);
	html_text(page, "Incident report");
	if (*some(report->run->incident)) {
		html_text(page, " ");
		html_bytes(page, slice_str(report->run->incident), 200);
	}
	html_text(page, " - imcscan");
	html_close(page);
}

/* The policy comes before anything that it could forbid. */
static void
put_head(const struct report *report)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;
	char policy[512];

	html_raw(page, "<!DOCTYPE html>\n", 16);
	html_open(page, "html", NULL);
	html_attribute(page, "xmlns", "http://www.w3.org/1999/xhtml");
	html_attribute(page, "lang", "en");
	html_open(page, "head", NULL);
	html_open(page, "meta", NULL);
	html_attribute(page, "charset", "utf-8");
	html_close_void(page);
	snprintf(policy, sizeof policy,
	    "default-src 'none'; script-src 'sha256-%s'; style-src 'sha256-%s'; base-uri 'none'; "
	    "form-action 'none'",
	    html_script_digest, html_style_digest);
	put_meta(page, "http-equiv", "Content-Security-Policy", policy);
	put_meta(page, "name", "referrer", "no-referrer");
	put_meta(page, "name", "viewport", "width=device-width, initial-scale=1");
	put_meta(page, "name", "robots", "noindex");
	put_title(report);
	put_lines(page, "style", html_style_lines);
	html_close(page);
	html_open(page, "body", NULL);
}

/* ---- the answer ---- */

static uint64_t
examined(const struct summary *summary)
{
	return summary->by_status[STATUS_EXAMINED] + summary->by_status[STATUS_PARTIAL] +
	       summary->by_status[STATUS_CHANGED];
}

/* A file that logs name has a score, too, though the copy lacks it. */
static uint64_t
considered(const struct summary *summary)
{
	return examined(summary) + summary->by_status[STATUS_MISSING];
}

static const char *
considered_how(const struct summary *summary)
{
	return summary->by_status[STATUS_MISSING] > 0 ? "examined or named by logs" : "examined";
}

static const char *
files(uint64_t n)
{
	return n == 1 ? "file" : "files";
}

static void
answer_first(xmlTextWriterPtr page, const struct suspect *first, const char *before)
{
	if (!first)
		return;
	html_text(page, before);
	html_open(page, "a", NULL);
	html_attribute(page, "href", "#s1");
	html_name(page, first->root, first->path);
	html_close(page);
}

static void
answer(xmlTextWriterPtr page, const struct summary *summary, const struct suspect *first)
{
	const uint64_t hot = summary->by_level[LEVEL_CRITICAL] + summary->by_level[LEVEL_HIGH];
	char n[HTML_NUMBER], all[HTML_NUMBER];

	html_count(all, considered(summary));
	if (considered(summary) == 0) {
		html_text(page, "No message was examined, so there is no answer.");
	} else if (hot > 0) {
		html_print(page, "%s of %s %s %s %s", html_count(n, hot), all,
		    files(considered(summary)), considered_how(summary),
		    hot == 1 ? "is a likely cause" : "are likely causes");
		answer_first(page, first, hot == 1 ? ": " : "; start with ");
		html_text(page, ".");
	} else if (summary->by_level[LEVEL_MEDIUM] > 0) {
		html_print(page, "No file is a likely cause; %s of %s %s deserve%s a look",
		    html_count(n, summary->by_level[LEVEL_MEDIUM]), all, considered_how(summary),
		    summary->by_level[LEVEL_MEDIUM] == 1 ? "s" : "");
		answer_first(page, first, ", first ");
		html_text(page, ".");
	} else {
		html_print(page,
		    "No file is a likely cause: none of the %s %s examined reaches level medium. The "
		    "cause may lie outside this tree.",
		    all, files(considered(summary)));
	}
}

/* Suspects of level high and critical in folders that the IMC reads when it starts. */
static uint64_t
queued(const struct tree_picture *picture)
{
	uint64_t n = 0;

	for (int folder = 0; folder < FOLDER_COUNT; folder++) {
		if (html_in_queue((enum folder)folder))
			n += picture->by_folder[folder][LEVEL_HIGH] +
			     picture->by_folder[folder][LEVEL_CRITICAL];
	}
	return n;
}

/* What logs name and the copy has not is no file that could be examined. */
static void
advise_missing(xmlTextWriterPtr page, const struct summary *summary, const struct suspect *first)
{
	const uint64_t missing = summary->by_status[STATUS_MISSING];
	char n[HTML_NUMBER];

	if (missing == 0)
		return;
	if (first && first->status == STATUS_MISSING)
		html_text(page,
		    "The first is named by a log and not in this copy: recover it from the "
		    "source, and keep it out of the queue. ");
	html_print(page, "%s %s %s not in this copy. ", html_count(n, missing),
	    missing == 1 ? "file that a log names" : "files that logs name",
	    missing == 1 ? "is" : "are");
}

static void
advise(xmlTextWriterPtr page, const struct summary *summary, const struct suspect *first)
{
	const uint64_t hot = summary->by_level[LEVEL_CRITICAL] + summary->by_level[LEVEL_HIGH];
	const uint64_t waiting = queued(&summary->picture);
	char n[HTML_NUMBER];

	html_open(page, "p", NULL);
	advise_missing(page, summary, first);
	if (summary->interrupted)
		html_leaf(page, "strong", NULL,
		    "The scan was interrupted: files not reached are missing here. ");
	if (waiting == 1)
		html_text(page,
		    "Keep the file of level high or critical that lies in the queue out "
		    "of it before the IMC is restarted. ");
	else if (waiting > 1)
		html_print(page,
		    "Keep the %s files of level high or critical that lie in the queue out of it "
		    "before the IMC is restarted. ",
		    html_count(n, waiting));
	else if (hot > 0)
		html_text(page, "None of them is known to lie in the queue: do not move them back "
				"there. ");
	html_print(page,
	    "Chance that the cause is not in this tree: %s%d %% (for ranking, not "
	    "measured).",
	    summary->not_in_tree < 0.01 ? "below " : "",
	    summary->not_in_tree < 0.01 ? 1 : (int)(summary->not_in_tree * 100 + 0.5));
	html_close(page);
}

static void
put_answer(const struct report *report, const struct suspect *first)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;
	const struct summary *summary = report->summary;
	char n[HTML_NUMBER];

	html_open(page, "section", "answer");
	html_attribute(page, "aria-label", "Answer");
	html_open(page, "p", "verdict");
	answer(page, summary, first);
	html_close(page);
	advise(page, summary, first);
	html_first_rule_out(report);
	html_open(page, "ul", "levels");
	for (int level = LEVEL_CRITICAL; level >= LEVEL_CLEAN; level--) {
		html_open(page, "li", NULL);
		html_leaf(page, "b", NULL, html_count(n, summary->by_level[level]));
		html_text(page, " ");
		html_level(page, (enum level)level);
		html_close(page);
	}
	html_close(page);
	html_close(page);
}

static void
put_contents(xmlTextWriterPtr page, const struct summary *summary)
{
	static const struct {
		const char *target, *name;
	} rows[] = { { "#record", "Incident record" }, { "#ranking", "Ranked suspects" },
		{ "#ruleouts", "Other causes" }, { "#plan", "Restart plan" },
		{ "#coverage", "Coverage" }, { "#method", "Method" }, { "#versions", "Versions" },
		{ "#signoff", "Sign-off" }, { "#files", "All files" },
		{ "#undone", "Not examined" }, { "#rules", "Rules that fired" } };

	html_open(page, "nav", "contents");
	html_attribute(page, "aria-label", "Contents");
	html_open(page, "ul", NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (summary->n_rule_outs == 0 && strcmp(rows[i].target, "#ruleouts") == 0)
			continue;
		html_open(page, "li", NULL);
		html_open(page, "a", NULL);
		html_attribute(page, "href", rows[i].target);
		html_text(page, rows[i].name);
		html_close(page);
		html_close(page);
	}
	html_close(page);
	html_close(page);
}

/* ---- who, what, when ---- */

static void
list_paths(xmlTextWriterPtr page, const char *label, const char *const *paths, size_t n)
{
	if (n == 0)
		return;
	html_fact_open(page, label);
	for (size_t i = 0; i < n; i++) {
		html_open(page, "span", "line");
		html_bytes(page, slice_str(*paths[i] ? paths[i] : "."), 0);
		html_close(page);
	}
	html_fact_close(page);
}

static void
list_archives(xmlTextWriterPtr page, const struct run_info *run)
{
	struct archive_told told;

	html_fact_open(page, "Archives");
	for (size_t i = 0; i < run->n_archives; i++) {
		if (!archives_read(run, i, &told))
			continue;
		html_open(page, "span", "line");
		html_bytes(page, slice_str(run->paths[i]), 0);
		html_print(page, ": %s, %" PRIu64 " bytes, %" PRIu64 " members, ", told.format,
		    told.size, told.members);
		html_print(page, "SHA-256 %s, read by %s", *told.sha256 ? told.sha256 : "not known",
		    told.library);
		html_close(page);
	}
	html_fact_close(page);
}

static void
put_times(const struct report *report)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;
	const struct run_info *run = report->run;

	if (run->has_epoch) {
		html_fact_open(page, "Dated");
		html_time(page, run->epoch);
		html_text(page, " (SOURCE_DATE_EPOCH)");
		html_fact_close(page);
		return;
	}
	if (run->reproducible)
		return;
	html_fact_open(page, "Examined");
	html_time(page, report->summary->started);
	html_text(page, " to ");
	html_time(page, report->summary->ended);
	html_fact_close(page);
}

static void
put_custody(const struct report *report)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;
	const struct run_info *run = report->run;

	html_fact_open(page, "Custody");
	html_text(page,
	    "The copy was opened for reading only; nothing below it was written, and no "
	    "link was followed. ");
	if (run->atime_may_change)
		html_text(page, "Access times of the copy may have changed: the system refused to "
				"leave them. ");
	html_text(page,
	    "How the copy was made, and who held it, is not known to the program: enter "
	    "it in the sign-off.");
	html_fact_close(page);
	html_fact_open(page, "Manifest SHA-256");
	html_open(page, "code", NULL);
	html_digest(page, report->summary->manifest);
	html_close(page);
	html_text(page, " of the sorted lines digest, two blanks, path of every file that was "
			"read");
	html_fact_close(page);
}

static void
put_record(const struct report *report)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;
	const struct run_info *run = report->run;

	html_section(page, "record", "Incident record");
	html_open(page, "dl", "facts");
	html_fact_said(page, "Incident", *some(run->incident) ? run->incident : "not named");
	html_fact_said(page, "Examiner", *some(run->examiner) ? run->examiner : "not named");
	if (!run->reproducible)
		list_paths(page, "Exhibit", run->paths, run->n_paths);
	if (!run->reproducible && run->n_archives > 0)
		list_archives(page, run);
	if (run->n_roots > 1)
		list_paths(page, "Imcdata folders", run->roots, run->n_roots);
	html_fact(page, "Server release", *some(run->exchange) ? run->exchange : "not named");
	html_fact(page, "Time zone of logs", run->timezone);
	put_times(report);
	put_custody(report);
	html_close(page);
	html_close(page);
}

void
html_head(const struct report *report, const struct suspect *first)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;
	const struct run_info *run = report->run;

	put_head(report);
	html_open(page, "header", NULL);
	html_open(page, "h1", NULL);
	html_text(page, "Incident report");
	if (*some(run->incident)) {
		html_text(page, ": ");
		html_bytes(page, slice_str(run->incident), 0);
	}
	html_close(page);
	html_leaf_print(page, "p", "sub",
	    "Examination of a copied Exchange Imcdata spool by imcscan %s"
	    "%s",
	    some(run->version), run->redacted ? "; names and texts are redacted" : "");
	html_close(page);
	html_open(page, "main", NULL);
	put_answer(report, first);
	put_contents(page, report->summary);
	put_record(report);
}
