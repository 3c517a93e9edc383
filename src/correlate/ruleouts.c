/*
 * ruleouts.c - what the logs show of causes that are no message, and crashes without a name.
 *
 * The sentences say what the articles say and no more.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "correlate/joins.h"

#define A_CAUSE_MAX 4
#define NAMED_LOGS_MAX 8

static const struct {
	const char *says;
} causes[CAUSE_COUNT] = {
	[CAUSE_ADMIN_MAILBOX] = { "administrator mailbox without an X.400 address stops the "
				  "service with error 1067 (Q149542, Q281743): check the mailbox "
				  "first" },
	[CAUSE_DNS_SUFFIXES] = { "more than six DNS suffixes stop the service at start (Q185025): "
				 "shorten the list" },
	[CAUSE_IMCEXT] = { "Imcext.dll with a domain routed to localhost fails at every start "
			   "(Q169681): remove it" },
	[CAUSE_DIAL_UP] = { "a dial-up logon domain of 18 or more letters stops the service while "
			    "mail waits (Q199771): shorten it" },
	[CAUSE_REMOTE_ANSWER] = { "a bad reply or DNS answer from outside (Q214407, KB 884874): the "
				  "Out file is innocent, hold its domain" },
	[CAUSE_SMTP_COMMAND] = { "an SMTP command of a peer stops the service (Q170317, Q188341): "
				 "no message does; see the protocol log" },
	[CAUSE_ANTIVIRUS] = { "a virus scanner on the Exchange folders hangs the services "
			      "(Q247788): keep it off Imcdata" },
	[CAUSE_DISK_FULL] = { "no room on the spool disk: the service does not start (Q272506): "
			      "make room, look for giant files" },
	[CAUSE_DEADLOCK] = { "a deadlock in the store of Service Pack 4 holds conversion (Q279798, "
			     "Q295969): install the store fix" },
	[CAUSE_PERMISSIONS] = { "the service cannot log on or open what it needs (Q148565): check "
				"its account and rights" },
	[CAUSE_QUEUE_FILE] = { "queue.dat is damaged or read-only (Q312443, Q148727): rename it, "
			       "it is built anew at start" },
	[CAUSE_CONFIGURATION] = { "the service cannot load its configuration (Q298565) or start "
				  "MAPI (Q163243): check its registry keys" },
	[CAUSE_QUEUE_VIEW] = { "refreshing the MTS-OUT queue page stops the service (Q235533): "
			       "leave the page closed" },
};

/* With a crash at the same time it explains that as well as a message does; a function that is
 * known of the cause explains it better. */
static int64_t
weigh(const struct correlation *c, const struct sight *sight, int64_t *distance)
{
	const struct log_item *item = sight->item;
	const int64_t left = item->flags & EVIDENCE_WEAK ? c->factors[FACTOR_RULED_WEAK] : 1000;
	int64_t gap = 0;

	*distance = -1;
	if (item->function.len)
		return *distance = 0, c->factors[FACTOR_RULED_FUNCTION];
	if (crash_near(c, &sight->when, &gap) == NONE32)
		return c->factors[FACTOR_RULED_UNDATED] * left / 1000;
	*distance = gap < 0 ? -gap : gap;
	return c->factors[*distance <= 300     ? FACTOR_RULED_NEAR
			  : *distance <= 86400 ? FACTOR_RULED_DAY
					       : FACTOR_LEAST] *
	       left / 1000;
}

static bool
is_of_our_logs(const struct log_item *item)
{
	return item->kind == EVIDENCE_RULE_OUT && item->code > CAUSE_NONE &&
	       item->code < CAUSE_COUNT;
}

static void
make(const struct correlation *c, const struct sight *sight, struct clue *clue)
{
	const struct log_item *item = sight->item;
	const struct log_view *log = sight_log(c, sight);
	struct words words;
	int64_t distance;

	clue_clear(clue, c->rules[MARK_RULE_OUT]);
	clue->factor = (int32_t)weigh(c, sight, &distance);
	clue->cause = item->code;
	clue->number = item->number;
	clue->log_offset = item->offset;
	clue->time = sight->when.utc;
	clue->log_len = (uint16_t)(log->name.len < CLUE_LOG_MAX ? log->name.len : CLUE_LOG_MAX - 1);
	if (clue->log_len)
		memcpy(clue->log, log->name.data, clue->log_len);
	clue_text(clue->quote, sizeof clue->quote, item->quote);
	words = words_of(clue->detail, sizeof clue->detail);
	words_add(&words, "%s; ", causes[item->code].says);
	if (item->event)
		words_add(&words, "event %u, ", item->event);
	words_time(&words, &sight->when);
	if (distance > 300) {
		words_add(&words, ", ");
		words_gap(&words, distance);
		words_add(&words, " from a crash");
	}
}

static int
compare(const void *left, const void *right)
{
	const struct clue *a = left, *b = right;

	if (a->factor != b->factor)
		return a->factor > b->factor ? -1 : 1;
	if (a->cause != b->cause)
		return a->cause < b->cause ? -1 : 1;
	const int order = memcmp(a->log, b->log, sizeof a->log);

	if (order != 0)
		return order;
	return a->log_offset < b->log_offset ? -1 : a->log_offset > b->log_offset;
}

/* The place of a clue among those of its cause: a free one, or that of the least; NULL when all
 * weigh as much. */
static struct clue *
place(struct correlation *c, uint32_t cause, uint32_t *n, int32_t factor)
{
	struct clue *least = NULL;

	if (*n < A_CAUSE_MAX) {
		(*n)++;
		return &c->rule_outs[c->n_rule_outs++];
	}
	for (size_t i = 0; i < c->n_rule_outs; i++) {
		struct clue *clue = &c->rule_outs[i];

		if (clue->cause == cause && (!least || clue->factor < least->factor))
			least = clue;
	}
	return least && least->factor < factor ? least : NULL;
}

/* A log that shows crashes and names nothing cannot point at a file, and readers should know. */
static void
note_nameless(struct correlation *c)
{
	unsigned told = 0;

	for (size_t i = 0; i < c->n_logs && told < NAMED_LOGS_MAX; i++) {
		const struct log_view *log = log_set_log(c->logs, i);
		const uint64_t crashes = log->met[EVIDENCE_CRASH] + log->met[EVIDENCE_FAULT];
		char name[64];

		if (crashes == 0 || log->left_out)
			continue;
		bool named = log->met[EVIDENCE_EVENT_FILE] + log->met[EVIDENCE_RECEIVED] > 0;

		for (size_t k = 0; !named && k < log->n_items; k++)
			named = log->items[k].spool.len > 0;
		if (named)
			continue;
		clue_text(name, sizeof name, log->name);
		note_add(c, "%s shows crashes (%llu records of them) and names no spool file.",
		    name, (unsigned long long)crashes);
		told++;
	}
}

bool
rule_outs_make(struct correlation *c)
{
	uint32_t kept[CAUSE_COUNT] = { 0 };

	c->rule_outs = calloc((size_t)CAUSE_COUNT * A_CAUSE_MAX, sizeof *c->rule_outs);
	if (!c->rule_outs)
		return false;
	for (size_t i = 0; i < c->n_sights; i++) {
		const struct sight *sight = &c->sights[i];
		struct clue *clue;
		int64_t distance;

		if (!is_of_our_logs(sight->item))
			continue;
		c->steps++;
		clue = place(c, sight->item->code, &kept[sight->item->code],
		    (int32_t)weigh(c, sight, &distance));
		if (clue)
			make(c, sight, clue);
	}
	if (c->n_rule_outs > 1)
		qsort(c->rule_outs, c->n_rule_outs, sizeof *c->rule_outs, compare);
	note_nameless(c);
	return true;
}

size_t
correlation_n_rule_outs(const struct correlation *c)
{
	return c->n_rule_outs;
}

const struct clue *
correlation_rule_out(const struct correlation *c, size_t index)
{
	return &c->rule_outs[index];
}
