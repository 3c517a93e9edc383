/* plan_text.c - the plan for somebody who stands before the server. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli/plan_print.h"
#include "report/escape.h"
#include "report/wrap.h"

#define WIDTH 79
#define LISTED_MOST 20 /* files of a list that is shown whole */
#define LISTED_FEW 5   /* files named of a longer one */
#define SHOWN_LEAST 0.005
#define PLACES_MOST 10

static void
paragraph(FILE *out, const char *text)
{
	struct wrap wrap;

	fputs("  ", out);
	wrap_start(&wrap, out, WIDTH, 2, 2);
	wrap_text(&wrap, text);
	wrap_end(&wrap);
}

/* 1985 as "1,985", in a buffer of 32. */
static const char *
grouped(size_t number, char *buffer)
{
	char digits[24];
	const int len = snprintf(digits, sizeof digits, "%zu", number);
	size_t used = 0;

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buffer[used++] = ',';
		buffer[used++] = digits[i];
	}
	buffer[used] = '\0';
	return buffer;
}

/* Small shares are not rounded to nothing. */
static const char *
percent(double share, char *buffer)
{
	if (share > 0 && share < 0.001)
		snprintf(buffer, 32, "< 0.1 %%");
	else if (share < 1 && share > 0.999)
		snprintf(buffer, 32, "> 99.9 %%");
	else
		snprintf(buffer, 32, "%.1f %%", 100 * share);
	return buffer;
}

static void
print_file(FILE *out, const struct plan_case *plan, size_t file)
{
	const struct plan_candidate *one = &plan->files.list[file];
	char share[32];
	size_t len;
	char *name = plan_case_name(one, &len);

	fprintf(out, "    %7s  %-9s", percent(plan->step.probability[file], share), one->level);
	escape_print(out, name ? slice_of(name, len) : one->path);
	fputc('\n', out);
	free(name);
}

static bool
is_held(const struct plan_step *step, size_t file)
{
	return !step->in_place[file] && step->state[file] != PLAN_DELIVERED;
}

static void
print_list(FILE *out, const struct plan_case *plan, bool held)
{
	const struct plan_step *step = &plan->step;
	const size_t total = held ? step->n_hold : step->n_return;
	const size_t most = total > LISTED_MOST ? LISTED_FEW : LISTED_MOST;
	char number[32];
	size_t shown = 0;

	for (size_t i = 0; i < plan->files.n && shown < most; i++) {
		if (held ? !is_held(step, i) : !step->in_place[i])
			continue;
		print_file(out, plan, i);
		shown++;
	}
	if (total > shown)
		fprintf(out, "    and %s more: -f json names them all, --script moves them\n",
		    grouped(total - shown, number));
}

static const char *
why(enum plan_why reason)
{
	switch (reason) {
	case PLAN_NOT_IN_TREE_FIRST:
		return "A start without any mail tells whether it is a message at all: if the "
		       "service stops even so, look at the MTA store, not here (KB Q168883).";
	case PLAN_HOLD_SUSPECTS:
		return "Those kept out hold most of the suspicion; with them out the service most "
		       "probably stays up, and all the rest is delivered. (Chosen by chance; scan and "
		       "check count by level, and may name more or fewer.)";
	case PLAN_TRY_SUSPECTS:
		return "The likeliest alone: if the service stops, it is one of these.";
	case PLAN_SPLIT:
		return "What is suspected is split where a start tells most for what it costs.";
	case PLAN_BY_COUNT:
		return "Split by number rather than by suspicion, so that the worst case keeps.";
	case PLAN_REST:
		return "All that is left goes back together: nothing more is expected to be bad.";
	case PLAN_DONE_KNOWN:
		return "The bad message is known: keep it out, and put all else back. If the "
		       "service stops again, there is another one: record --stopped.";
	case PLAN_DONE_NOT_IN_TREE:
		return "The service stops without any of these messages: the cause is not in this "
		       "tree. Put the mail back, and look at the MTA store and the event log.";
	case PLAN_DONE_ALL_FLOWS:
		return "Everything but what is kept out has been delivered.";
	case PLAN_DONE_NO_FILES:
		return "The case holds no message of In or Out.";
	}
	return "";
}

static void
print_head(FILE *out, const struct plan_case *plan)
{
	const struct plan_options *o = &plan->problem.options;
	size_t count[4] = { 0 };
	char number[32];

	for (size_t i = 0; i < plan->records.n; i++)
		count[plan->events[i].outcome]++;
	fprintf(out, "%s messages of In and Out take part", grouped(plan->files.n, number));
	if (plan->files.elsewhere > 0)
		fprintf(out, ";\n%s of Archive, Work and other folders do not",
		    grouped((size_t)plan->files.elsewhere, number));
	fprintf(out, ".\nGoal %s", plan_goal_name(o->goal));
	if (o->culprits > 1)
		fprintf(out, "; some %g bad messages are expected", o->culprits);
	else
		fputs("; one bad message at a time is looked for (--culprits=N for more)", out);
	if (plan->records.n > 0)
		fprintf(out, "; so far %zu stayed up, %zu stopped, %zu unclear, %zu confirmed",
		    count[PLAN_STABLE], count[PLAN_STOPPED], count[PLAN_UNCLEAR],
		    count[PLAN_CONFIRMED]);
	fputs(".\n\n", out);
	if (plan->step.anew)
		paragraph(out,
		    "What was recorded does not fit one bad message: there are more, or an outcome "
		    "was recorded wrongly (--undo). The search begins again with what is left.");
}

static void
print_known(FILE *out, const struct plan_case *plan)
{
	bool first = true;

	for (size_t i = 0; i < plan->files.n; i++) {
		size_t len;
		char *name;

		if (plan->step.state[i] != PLAN_FOUND)
			continue;
		name = plan_case_name(&plan->files.list[i], &len);
		fputs(first ? "  Bad, kept out: " : ", ", out);
		escape_print(out, name ? slice_of(name, len) : plan->files.list[i].path);
		free(name);
		first = false;
	}
	if (!first)
		fputc('\n', out);
}

/* Which queue file is renamed to what: never over one that is there. */
static void
print_queue(FILE *out, uint64_t step)
{
	if (step == 1)
		fputs(
		    "  Rename queue.dat to queue.old (or to a name that is free); the service\n  makes a new one.\n",
		    out);
	else
		fprintf(out, "  Rename queue.dat to queue.o%llu; the service makes a new one.\n",
		    (unsigned long long)step);
}

/* Scan and check advise against some of it: they go by level, one file at a time. */
static void
print_from_temp(FILE *out, const struct plan_case *plan)
{
	size_t n = 0, n_hot = 0;
	char text[200], some[32], hot[32];

	for (size_t i = 0; i < plan->files.n; i++) {
		const struct plan_candidate *file = &plan->files.list[i];

		if (!plan->step.in_place[i] || !plan_case_is_out(plan, i))
			continue;
		n++;
		n_hot += strcmp(file->level, "critical") == 0 || strcmp(file->level, "high") == 0;
	}
	if (n_hot == 0)
		return;
	snprintf(text, sizeof text,
	    "Of these %s come%s back from outside, %s of them of level high or critical, which "
	    "scan and check would leave there.",
	    grouped(n, some), n == 1 ? "s" : "", grouped(n_hot, hot));
	paragraph(out, text);
}

static void
print_places(FILE *out, const struct plan_case *plan)
{
	const struct plan_step *step = &plan->step;
	char some[32], all[32];

	if (step->n_hold == 0) {
		fprintf(
		    out, "  Put back everything: %s messages.\n", grouped(step->n_return, some));
	} else if (step->n_return == 0) {
		fprintf(out,
		    "  Start without any mail: move all %s messages to In\\Temp and Out\\Temp.\n",
		    grouped(step->n_hold, some));
	} else if (step->n_hold <= step->n_return) {
		if (step->n_hold == 1)
			fputs("  Keep this one out (move it to In\\Temp or Out\\Temp):\n", out);
		else
			fprintf(out, "  Keep these %s out (move them to In\\Temp or Out\\Temp):\n",
			    grouped(step->n_hold, some));
		print_list(out, plan, true);
		fprintf(out,
		    "  All else stays in or goes back to In and Out: %s of %s messages\n  "
		    "flow at once.\n",
		    grouped(step->n_return, some), grouped(step->n_return + step->n_hold, all));
	} else {
		if (step->n_return == 1)
			fputs("  Have only this one in In and Out:\n", out);
		else
			fprintf(out, "  Have only these %s in In and Out:\n",
			    grouped(step->n_return, some));
		print_list(out, plan, false);
		fprintf(out, "  Keep the other %s out (move to In\\Temp or Out\\Temp).\n",
		    grouped(step->n_hold, some));
	}
	if (step->n_delivered > 0)
		fprintf(out, "  %s were in place when it stayed up: delivered, and gone%s.\n",
		    grouped(step->n_delivered, some),
		    plan->problem.options.miss > 0 ? ", or still there if a stop was missed" : "");
}

static void
print_outlook(FILE *out, const struct plan_step *step)
{
	char stays[32], other[32], worst[96], text[400];

	snprintf(worst, sizeof worst, "at most %u with one bad message and no mistaken outcome.",
	    step->worst);
	snprintf(text, sizeof text,
	    "Chance that it stays up: %s. Not in this tree: %s. Starts left, if the ranking is "
	    "right: about %.1f on average (the best plan there could be: %.1f); %s",
	    percent(step->stays_up, stays), percent(step->not_in_tree, other), step->expected,
	    step->bound, step->has_worst ? worst : "no worst case can be given.");
	paragraph(out, text);
}

static void
print_suspects(FILE *out, const struct plan_case *plan)
{
	size_t list[PLACES_MOST];
	const size_t n = plan_likeliest(plan, SHOWN_LEAST, list, PLACES_MOST);
	const size_t n_listed =
	    plan->step.n_hold <= plan->step.n_return ? plan->step.n_hold : plan->step.n_return;

	if (n == 0 || (n <= n_listed && n_listed <= LISTED_MOST))
		return; /* they stand above */
	fputs("\n  The likeliest now:\n", out);
	for (size_t i = 0; i < n; i++)
		print_file(out, plan, list[i]);
}

void
plan_print_text(FILE *out, const struct plan_case *plan)
{
	const struct plan_step *step = &plan->step;

	print_head(out, plan);
	if (step->done) {
		fprintf(out, "Done after %llu start%s.\n", (unsigned long long)step->step - 1,
		    step->step == 2 ? "" : "s");
		print_known(out, plan);
		paragraph(out, why(step->why));
		return;
	}
	fprintf(out, "Step %llu: with the service stopped,\n", (unsigned long long)step->step);
	print_known(out, plan);
	print_places(out, plan);
	print_from_temp(out, plan);
	print_queue(out, step->step);
	fputs("  Then start the service, and wait as long as it took to stop before.\n\n", out);
	paragraph(out, why(step->why));
	print_outlook(out, step);
	fputs("  Then record it: imcscan plan --stable CASE, or --stopped, or --unclear.\n", out);
	print_suspects(out, plan);
}

void
plan_print_trial(FILE *out, const struct plan_case *plan, const struct plan_trial_result *result,
    const char *draw)
{
	const struct plan_options *o = &plan->problem.options;

	fprintf(out, "%zu runs against culprits drawn from: ", result->runs);
	escape_print(out, slice_str(draw));
	fprintf(out,
	    "\ngoal %s, crash cost %g, missed crashes %g, false crashes %g\n\n"
	    "                 restarts   95 %% interval   right\n"
	    "  plan           %8.2f   +- %-10.2f %6.1f %%   (longest run: %u)\n"
	    "  plain halving  %8.2f   +- %-10.2f %6.1f %%\n"
	    "  bound          %8.2f\n",
	    plan_goal_name(o->goal), o->crash_cost, o->miss, o->false_crash, result->plan.mean,
	    result->plan.half, 100 * result->plan_right, result->plan_most, result->halving.mean,
	    result->halving.half, 100 * result->halving_right, result->bound);
}
