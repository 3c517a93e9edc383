/* text_beside.c - of the report that a person reads: what lay beside the mail, and logs read. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/textual.h"

/* The first few by name; the rest are counted. */
static void
logs_add(struct text_state *state, const struct artefact *artefact)
{
	if (state->logs_read < LOGS_NAMED)
		state->logs[state->logs_read] = textual_name_text(artefact->root, artefact->path);
	state->logs_read++;
}

static const char *const queue_names[] = { "queue.old", "queue.o1", "queue.o2", "queue.o3",
	"queue.o4", "queue.o5" };

#define QUEUE_NAMES (sizeof queue_names / sizeof queue_names[0])

static unsigned
queue_name_of(struct slice path)
{
	const size_t slash = slice_rfind(path, '/');
	const struct slice name = slash == SLICE_NONE ? path : slice_from(path, slash + 1);

	for (unsigned i = 0; i < QUEUE_NAMES; i++) {
		if (slice_eq_nocase(name, queue_names[i]))
			return 1u << i;
	}
	return 0;
}

const char *
beside_free_name(const struct text_state *state)
{
	for (unsigned i = 0; i < QUEUE_NAMES; i++) {
		if (!(state->queue_names >> i & 1))
			return queue_names[i];
	}
	return "a name that is free";
}

void
beside_add(struct report *report, const struct artefact *artefact)
{
	struct text_state *state = report->state;

	state->queue_names |= queue_name_of(artefact->path);
	if (artefact->read)
		logs_add(state, artefact);
	else if (strcmp(artefact->kind, "queue") == 0)
		state->queue_files++;
	else if (strcmp(artefact->kind, "protocol-log") == 0)
		state->protocol_logs++;
	else
		state->other_files++;
	if (artefact->status == STATUS_FAILED)
		list_add(&state->failed, artefact->root, artefact->path, artefact->reason);
}

/* "Logs read: 5 (Log/L0000007.LOG, drwtsn32.log, robocopy.log, ...). " */
static void
name_logs(struct wrap *wrap, const struct text_state *state)
{
	wrap_print(wrap, "Logs read: %" PRIu64 " (", state->logs_read);
	for (size_t i = 0; i < LOGS_NAMED && state->logs[i]; i++) {
		wrap_text(wrap, i > 0 ? ", " : "");
		wrap_text(wrap, state->logs[i]);
	}
	wrap_text(wrap, state->logs_read > LOGS_NAMED ? ", ...). " : "). ");
}

static void
count_beside(struct wrap *wrap, const struct text_state *state)
{
	const char *comma = " ";

	wrap_text(wrap, "Beside the mail, listed only:");
	if (state->queue_files > 0) {
		wrap_print(wrap, "%s%" PRIu64 " queue %s", comma, state->queue_files,
		    textual_files(state->queue_files));
		comma = ", ";
	}
	if (state->protocol_logs > 0) {
		wrap_print(wrap, "%s%" PRIu64 " protocol %s", comma, state->protocol_logs,
		    state->protocol_logs == 1 ? "log" : "logs");
		comma = ", ";
	}
	if (state->other_files > 0)
		wrap_print(wrap, "%s%" PRIu64 " other", comma, state->other_files);
	wrap_text(wrap, ". ");
}

/* The prior is a guess (KB Q168883 gives the case, not its share): a figure to rank by, in whole
 * percent. */
static void
print_absent(struct wrap *wrap, double share)
{
	wrap_text(wrap, "Chance that the cause is not in this tree: ");
	if (share < 0.01)
		wrap_text(wrap, "below 1 %");
	else
		wrap_print(wrap, "%d %%", (int)(share * 100 + 0.5));
	wrap_text(wrap, " (for ranking, not measured).");
}

void
beside_print(const struct report *report, const struct text_state *state)
{
	const struct summary *summary = report->summary;
	struct wrap wrap;

	wrap_start(&wrap, report->out, state->width, 2, 0);
	if (state->logs_read > 0)
		name_logs(&wrap, state);
	if (state->queue_files + state->protocol_logs + state->other_files > 0)
		count_beside(&wrap, state);
	if (summary->worker_deaths > 0)
		wrap_print(&wrap,
		    "%" PRIu64 " %s died over a file; that is a finding of the file, or "
		    "stands beside the log. ",
		    summary->worker_deaths, summary->worker_deaths == 1 ? "worker" : "workers");
	if (report->run->atime_may_change)
		wrap_text(&wrap, "Access times may have changed: O_NOATIME was refused. ");
	if (summary->clues > 0)
		wrap_print(&wrap, "%" PRIu64 " %s about files. ", summary->clues,
		    summary->clues == 1 ? "clue" : "clues");
	if (summary->by_status[STATUS_EXAMINED] > 0)
		print_absent(&wrap, summary->not_in_tree);
	if (wrap.column > 0 || wrap.word_len > 0)
		wrap_end(&wrap);
	putc('\n', report->out);
}

void
beside_free(struct text_state *state)
{
	for (size_t i = 0; i < LOGS_NAMED; i++)
		free(state->logs[i]);
}
