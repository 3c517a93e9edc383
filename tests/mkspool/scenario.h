/*
 * scenario.h - a tree with its logs around one culprit that is an ordinary message.
 *
 * DIR/truth.tsv is the key of the files as always; DIR/scenario.tsv says what the logs say:
 * "word<TAB>place<TAB>value", with the words
 *   scenario - NAME         log PATH KIND (below DIR)      culprit PATH RANK (at most that rank)
 *   decoy PATH -            conflict PATH PATH (both are named; the logs contradict each other)
 *   missing NAME RANK       rule-out - CAUSE               zone - OFFSET (or "unknown")
 * Logs lie in the tree where a copy has them, or in DIR/evidence: even and odd seeds.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_SCENARIO_H
#define MKSPOOL_SCENARIO_H

#include "logs.h"
#include "tree.h"

struct scenario;

/* The story while it is put together. */
struct plot {
	struct tree *tree;
	struct pool pool; /* lives until the tree is written */
	struct rng rng;
	FILE *truth;
	const char *name;
	unsigned count; /* other messages */
	struct log_mail *mails;
	size_t n_mails, room;
	struct log_story story;
	const char *culprit_path;
};

/* What is asked of a message of the plot. */
struct part {
	enum way way;
	enum folder folder;          /* N_FOLDERS: where mail lies */
	time_t when;                 /* 0: chosen */
	const struct log_mail *like; /* the same sender and recipient, or NULL */
	const struct recipe *recipe; /* NULL: any clean one */
	const struct mailer *mailer; /* NULL: any */
	bool unreceived;             /* without the gateway's Received line */
};

/* One scenario; NULL past the end. */
const struct scenario *scenario_at(unsigned i);
const char *scenario_name(const struct scenario *scenario);
const char *scenario_says(const struct scenario *scenario);
const struct scenario *scenario_named(const char *name);

/* Write the whole tree of a scenario with `count` other messages. The tree has begun. */
void scenario_write(struct tree *tree, const struct scenario *scenario, unsigned count);

/* ---- plot.c, for scenario.c and scenario_rules.c ------------------------------------------------ */

/* Begin with the other messages of the tree and the clock of the site as the tree has it. */
void plot_begin(struct plot *plot, struct tree *tree, const char *name, unsigned count);

/* Write a message; its row is valid until the next one is added. */
struct log_mail *plot_message(struct plot *plot, const char *label, const struct part *part);

/* The culprit, a second before the crash, and the first fields of the story. */
void plot_culprit(struct plot *plot, unsigned rank);

/* A line of scenario.tsv. */
void plot_say(struct plot *plot, const char *word, const char *place, const char *value);

/* Write a log: kind for the key; beside the tree for odd seeds when it may lie there. */
enum log_place { PLACE_ROOT, PLACE_LOG, PLACE_TRACKING };
void plot_log(struct plot *plot, const char *kind, const char *name, enum log_place place,
    const struct buf *log);

/* Add the logs by these letters: e event log, x export, w Dr. Watson, c copy, s protocol, t
 * tracking, q queue.dat, r wrapped event log. */
void plot_logs(struct plot *plot, const char *letters);

/* A name that no file of the tree has. */
const char *plot_absent_name(struct plot *plot);

void plot_end(struct plot *plot);

/* scenario_rules.c: the row of a cause that is no message; false when there is none. */
bool rule_out_make(struct plot *plot, const char *cause);

#endif
