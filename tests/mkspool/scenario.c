/* scenario.c - crashes as their logs tell them: one culprit, nothing wrong with its bytes. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scenario.h"

#include <err.h>
#include <string.h>

enum { WEEKS = 21 * 86400, DAY = 86400 };

/* `logs`: letters of plot_logs(). rank: the culprit's at most; 0: stated, not asked for. */
struct scenario {
	const char *name, *logs;
	unsigned tell, rank;
	void (*make)(struct plot *plot, const struct scenario *scenario);
	const char *says;
};

static void
plain(struct plot *plot, const struct scenario *scenario)
{
	plot_culprit(plot, scenario->rank);
	plot_logs(plot, scenario->logs);
}

static void
copying(struct plot *plot, const struct scenario *scenario)
{
	plot->story.unfinished = plot->tree->seed % 3 == 0;
	plain(plot, scenario);
}

static void
stack(struct plot *plot, const struct scenario *scenario)
{
	plot->story.name_on_stack = plot->tree->seed % 2;
	plain(plot, scenario);
}

/* Every form of date with each of the Event Viewers. */
static void export(struct plot *plot, const struct scenario *scenario)
{
	const unsigned seed = (unsigned)plot->tree->seed;

	plot->story.dates = (enum log_dates)(seed % N_LOG_DATES);
	plot->story.comma = seed / 2 % 2;
	plot->story.later = plot->story.dates != DATES_US;
	plot->story.no_dll = seed % 4 == 1;
	plain(plot, scenario);
}

/* Once as .evt, once as an export. */
static void
last_received(struct plot *plot, const struct scenario *scenario)
{
	plot_culprit(plot, scenario->rank);
	plot->story.dates = DATES_US;
	plot_logs(plot, plot->tree->seed / 2 % 2 ? "e" : "x");
}

static const char *
in_path(struct plot *plot, const char *folder, const char *name)
{
	return log_string(pool_fmt(&plot->pool, "%s/%s", folder, name));
}

static struct log_event
file_event(struct plot *plot, time_t when, uint32_t id, const char *sentence, const char *name)
{
	struct log_event event = { .when = when,
		.id = id,
		.source = "MSExchangeIMC",
		.category = "Internal Processing",
		.strings = { name } };

	event.sentence = log_string(pool_fmt(&plot->pool,
	    "An error was returned from the messaging software the Internet Mail Service uses. "
	    "As a result, the message in spool file %s %s",
	    name, sentence));
	return event;
}

/* Weeks ago another message was to be retried; an administrator put it aside then. */
static void
decoy_old(struct plot *plot, const struct scenario *scenario)
{
	const char *old = plot_message(plot, "decoy",
	    &(struct part){
		.way = WAY_IN, .folder = FOLDER_IN_TEMP, .when = plot->story.crash - WEEKS - 5 })
			      ->name;
	const struct log_event event = file_event(plot, plot->story.crash - WEEKS, 0xc0001056,
	    "will be retried when the server is restarted.", old);

	plot->story.more = &event;
	plot->story.n_more = 1;
	plot_say(plot, "decoy", in_path(plot, "In/Temp", old), "-");
	plain(plot, scenario);
	plot->story.more = NULL;
}

/* Half a minute before the crash another one failed, and was moved out of the way. */
static void
decoy_archived(struct plot *plot, const struct scenario *scenario)
{
	const char *moved = plot_message(plot, "decoy",
	    &(struct part){
		.way = WAY_IN, .folder = FOLDER_IN_ARCHIVE, .when = plot->story.crash - 34 })
				->name;
	const struct log_event event = file_event(plot, plot->story.crash - 30, 0xc0001015,
	    "failed to be delivered. The message has been moved to the IMCDATA\\IN\\ARCHIVE "
	    "directory.",
	    moved);

	plot->story.more = &event;
	plot->story.n_more = 1;
	plot_say(plot, "decoy", in_path(plot, "In/Archive", moved), "-");
	plain(plot, scenario);
	plot->story.more = NULL;
}

/* The event log names one file, the copy log another. */
static void
decoy_two_logs(struct plot *plot, const struct scenario *scenario)
{
	const char *other = plot_message(plot, "decoy",
	    &(struct part){ .way = WAY_IN, .folder = FOLDER_IN, .when = plot->story.crash - 40 })
				->name;

	plot->story.retry = other;
	plain(plot, scenario);
	plot_say(plot, "conflict", plot->culprit_path, in_path(plot, "In", other));
}

/* Files being sent are in use on a healthy server too, and so are its own. */
static void
decoy_copy_many(struct plot *plot, const struct scenario *scenario)
{
	const char *locked[8] = { NULL };
	unsigned n = 0;

	for (size_t i = 0; i < plot->n_mails && n < 4; i++)
		if (!strcmp(plot->mails[i].folder, "out"))
			locked[n++] = plot->mails[i].name;
	for (unsigned i = 0; i < n; i++)
		plot_say(plot, "decoy", in_path(plot, "Out", locked[i]), "-");
	plot->story.locked = locked;
	plain(plot, scenario);
	plot->story.locked = NULL;
}

/* What the logs name was not copied, because it was in use. */
static void
missing(struct plot *plot, const struct scenario *scenario)
{
	const char *name = plot_absent_name(plot);

	plot->story.culprit = name;
	plot->story.sender = "bert@other.example";
	plot->story.recipient = "jane@acme.example";
	plot->story.message_id = "<one.1@other.example>";
	plot_say(plot, "missing", name, "3");
	plot_logs(plot, plot->tree->seed % 2 ? "e" : scenario->logs);
}

static void
rule_out(struct plot *plot, const struct scenario *scenario)
{
	const char *cause = scenario->name + strlen("rule-out-");

	plot_say(plot, "rule-out", "-", cause);
	if (!rule_out_make(plot, cause))
		errx(1, "%s: no such cause", cause);
}

/* The same people wrote before and after, at the hours that a wrong zone would point to. */
static void
add_twins(struct plot *plot)
{
	const struct log_mail like = plot->mails[plot->n_mails - 1];
	const time_t off[] = { plot->tree->zone * 60, -plot->tree->zone * 60, 3600, -3600 };

	for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
		const char *name = plot_message(plot, "twin",
		    &(struct part){ .way = WAY_IN,
			.folder = FOLDER_IN,
			.when = like.when + off[i],
			.like = &like,
			.unreceived = !strcmp(plot->name, "zone-unknown") })
				       ->name;

		plot_say(plot, "decoy", in_path(plot, "In", name), "-");
	}
}

/* Only the clock tells which of five messages it was. */
static void
zone(struct plot *plot, const struct scenario *scenario)
{
	plot_culprit(plot, scenario->rank);
	add_twins(plot);
	plot_say(plot, "zone", "-",
	    strstr(scenario->name, "unknown") ? "unknown"
	    : strstr(scenario->name, "west")  ? "-5"
	    : strstr(scenario->name, "half")  ? "+9:30"
					      : "-5");
	plot_logs(plot, scenario->logs);
}

#define ALL (TELL_RECEIVED | TELL_CRASH | TELL_RETRY | TELL_STARTS | TELL_NOISE)
#define DIED (TELL_CRASH | TELL_STARTS | TELL_NOISE)

static const struct scenario rows[] = {
	{ "full", "ewcstq", ALL, 1, stack, "All logs, and all point to one file." },
	{ "copy-log", "c", 0, 3, copying, "The file was in use while the tree was copied." },
	{ "event-4182", "e", TELL_RETRY | TELL_NOISE, 3, plain, "4182 names the file." },
	{ "stack-dump", "w", 0, 3, stack, "Bytes of the message lie on the dead thread's stack." },
	{ "last-2002", "e", DIED | TELL_RECEIVED, 3, last_received,
	    "The last message received before each crash." },
	{ "tracking", "t", 0, 0, plain, "Received and never handed on, with all that came later." },
	{ "smtp-log", "s", 0, 0, plain, "The text was asked for and never acknowledged." },
	{ "event-export", "x", ALL, 3, export, "Exports of three systems in six locales." },
	{ "evt-wrapped", "r", ALL, 3, plain, "A full ring of events that was not closed." },
	{ "queue-dat", "q", 0, 0, plain, "Names in queue.dat alone." },
	{ "decoy-old-crash", "e", ALL, 1, decoy_old, "Weeks ago 4182 named another file." },
	{ "decoy-archived", "e", DIED | TELL_RECEIVED, 3, decoy_archived,
	    "4117 names a file that was moved to Archive." },
	{ "decoy-two-logs", "ec", TELL_RETRY | TELL_NOISE, 3, decoy_two_logs,
	    "Event log and copy log name different files." },
	{ "decoy-copy-many", "c", 0, 3, decoy_copy_many, "Several files were in use." },
	{ "missing", "c", TELL_RETRY | TELL_NOISE, 0, missing, "The file named was not copied." },
	{ "rule-out-admin-mailbox", "e", DIED, 0, rule_out, "Q149542, Q281743." },
	{ "rule-out-imcext", "e", DIED, 0, rule_out, "Q169681." },
	{ "rule-out-dial-up", "e", DIED, 0, rule_out, "Q199771." },
	{ "rule-out-remote-answer", "e", DIED, 0, rule_out, "Q214407, KB 884874." },
	{ "rule-out-smtp-command", "s", DIED, 0, rule_out, "Q170317, MS03-046." },
	{ "rule-out-antivirus", "e", DIED, 0, rule_out, "Q247788." },
	{ "rule-out-disk-full", "e", DIED, 0, rule_out, "Q272506." },
	{ "rule-out-permissions", "e", DIED, 0, rule_out, "Q148565." },
	{ "rule-out-queue-file", "e", DIED, 0, rule_out, "Q312443." },
	{ "rule-out-configuration", "e", DIED, 0, rule_out, "Q298565." },
	{ "zone-west", "sx", DIED, 1, zone, "The site is five hours behind UTC." },
	{ "zone-half", "sx", DIED, 1, zone, "The site is nine and a half hours ahead." },
	{ "zone-dst", "sx", DIED, 1, zone, "Its clocks went forward the night before." },
	{ "zone-unknown", "sx", DIED, 0, zone, "Nothing tells its zone." },
};

const struct scenario *
scenario_at(unsigned i)
{
	return i < sizeof rows / sizeof *rows ? &rows[i] : NULL;
}

const char *
scenario_name(const struct scenario *scenario)
{
	return scenario->name;
}

const char *
scenario_says(const struct scenario *scenario)
{
	return scenario->says;
}

const struct scenario *
scenario_named(const char *name)
{
	for (unsigned i = 0; scenario_at(i); i++)
		if (!strcmp(rows[i].name, name))
			return &rows[i];
	return NULL;
}

/* Zones are the tree's: its messages bear them too. */
static void
set_clock(struct tree *tree, const char *name)
{
	if (!strcmp(name, "zone-west"))
		tree->zone = -300;
	else if (!strcmp(name, "zone-half"))
		tree->zone = 570;
	else if (!strcmp(name, "zone-unknown"))
		tree->look.no_envelope = true;
	else if (!strcmp(name, "zone-dst"))
		tree->summer = SITE_CRASH - 13 * 3600;
}

void
scenario_write(struct tree *tree, const struct scenario *scenario, unsigned count)
{
	struct plot plot;

	set_clock(tree, scenario->name);
	plot_begin(&plot, tree, scenario->name, count);
	plot.story.tell = scenario->tell;
	scenario->make(&plot, scenario);
	plot_end(&plot);
}
