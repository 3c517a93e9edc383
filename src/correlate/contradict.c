/*
 * contradict.c - clues that name different files for one crash.
 *
 * One crash has one message in hand, as far as its message is the cause: of two that are named for
 * it one at least is innocent. Both are said to be doubtful; the one that more speaks for loses
 * half a bit, the others two, and all one and a half where nothing tells them apart. Where the logs
 * tell of no crash at all there is still the one for which the tree was copied.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "correlate/joins.h"

#define DAY 86400

/* Links of one crash, by file. */
struct party {
	const struct link *link; /* its weightiest */
	int64_t strength;        /* the weightiest of each kind, together */
};

static int
compare(const void *left, const void *right, void *context)
{
	const struct link *all = context;
	const struct link *a = &all[*(const uint32_t *)left], *b = &all[*(const uint32_t *)right];

	if (a->crash != b->crash)
		return a->crash < b->crash ? -1 : 1;
	if (a->missing != b->missing)
		return a->missing ? 1 : -1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->mark != b->mark)
		return a->mark < b->mark ? -1 : 1;
	if (a->clue.factor != b->clue.factor)
		return a->clue.factor > b->clue.factor ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static bool
same_file(const struct correlation *c, const struct link *a, const struct link *b)
{
	if (a->missing != b->missing)
		return false;
	if (a->file == b->file)
		return true;
	if (a->missing)
		return false;
	const struct seen *x = &c->seen[a->file], *y = &c->seen[b->file];

	return (x->body && x->body == y->body) || (x->message_id && x->message_id == y->message_id);
}

/* The files of the links from..to, and what speaks for each. */
static size_t
gather(const struct correlation *c, const uint32_t *sorted, size_t n, struct party *parties)
{
	size_t n_parties = 0;

	for (size_t i = 0; i < n; i++) {
		const struct link *link = &c->links.all[sorted[i]];
		const struct link *before = i ? &c->links.all[sorted[i - 1]] : NULL;
		struct party *party;

		if (!before || !same_file(c, before, link))
			parties[n_parties++] = (struct party){ link, 0 };
		party = &parties[n_parties - 1];
		if (party->strength == 0 || before->mark != link->mark)
			party->strength += link->clue.factor;
		if (link->clue.factor > party->link->clue.factor)
			party->link = link;
	}
	return n_parties;
}

/* What stood there before, behind what stands there now; what has no room is cut between words. */
static void
add_old(struct words *words, const char *old)
{
	size_t n = strlen(old);

	if (n < words->left) {
		words_add(words, "%s", old);
		return;
	}
	n = words->left > sizeof " ..." ? words->left - sizeof " ..." : 0;
	while (n > 0 && old[n] != ' ')
		n--;
	words_add(words, "%.*s ...", (int)n, old);
}

static void
say(const struct correlation *c, struct clue *clue, const struct link *other)
{
	char old[CLUE_DETAIL_MAX], name[32] = "another file";
	struct words words;

	memcpy(old, clue->detail, sizeof old);
	if (other->sight != NONE32) {
		const struct log_item *item = c->sights[other->sight].item;

		if (item->spool.len)
			clue_text(name, sizeof name, name_plain(name_last(item->spool)));
	}
	words = words_of(clue->detail, sizeof clue->detail);
	words_add(&words, "doubtful, %s is named %s: ", name,
	    c->crashes.n > 0 ? "for the same crash" : "too");
	add_old(&words, old);
	clue->flags |= CLUE_DOUBTFUL;
}

static void
doubt(struct correlation *c, const uint32_t *sorted, size_t n, const struct party *parties,
    size_t n_parties)
{
	size_t best = 0, second, n_best = 0;

	for (size_t i = 1; i < n_parties; i++)
		if (parties[i].strength > parties[best].strength)
			best = i;
	for (size_t i = 0; i < n_parties; i++)
		n_best +=
		    parties[best].strength - parties[i].strength < c->factors[FACTOR_DOUBT_CLOSE];
	second = best == 0 ? 1 : 0;
	for (size_t i = 0; i < n; i++) {
		struct link *link = &c->links.all[sorted[i]];
		const bool of_best = same_file(c, link, parties[best].link);
		const int64_t loss = c->factors[n_best > 1 ? FACTOR_DOUBT_EQUAL
						: of_best  ? FACTOR_DOUBT_BEST
							   : FACTOR_DOUBT_OTHER];

		/* Of two crashes that find the same file the first has told it. */
		if (link->clue.flags & CLUE_DOUBTFUL || link->clue.factor <= 0)
			continue;
		say(c, &link->clue, parties[of_best ? second : best].link);
		link_weigh(c, link,
		    link->clue.factor > loss ? link->clue.factor - loss : c->factors[FACTOR_LEAST]);
	}
}

static struct moment
moment_of(const struct correlation *c, const struct link *link)
{
	return link->sight == NONE32 ? moment_none() : c->sights[link->sight].when;
}

/* Without a crash in the logs: the latest that points at a file. */
static struct moment
latest_pointing(const struct correlation *c)
{
	struct moment latest = moment_none();
	int64_t gap;

	for (size_t i = 0; i < c->links.n; i++) {
		const struct moment when = moment_of(c, &c->links.all[i]);

		if (!c->links.all[i].pointing || !moment_known(&when))
			continue;
		if (!moment_known(&latest) || (moment_gap(&when, &latest, &gap) && gap > 0))
			latest = when;
	}
	return latest;
}

/* Those of one crash; where none is told, those of the last day. */
static size_t
collect(const struct correlation *c, uint32_t *sorted)
{
	const struct moment latest = c->crashes.n ? moment_none() : latest_pointing(c);
	int64_t gap;
	size_t n = 0;

	for (size_t i = 0; i < c->links.n; i++) {
		const struct link *link = &c->links.all[i];
		const struct moment when = moment_of(c, link);

		if (link->pointing && (link->crash != NONE32 || c->crashes.n == 0) &&
		    !(moment_gap(&latest, &when, &gap) && gap > DAY))
			sorted[n++] = (uint32_t)i;
	}
	if (n > 1)
		qsort_r(sorted, n, sizeof *sorted, compare, c->links.all);
	return n;
}

bool
contradictions_find(struct correlation *c)
{
	uint32_t *sorted = calloc(c->links.n + 1, sizeof *sorted);
	struct party *parties = calloc(c->links.n + 1, sizeof *parties);
	uint64_t n_crashes = 0;
	size_t n = sorted && parties ? collect(c, sorted) : 0;

	for (size_t i = 0, end, n_parties; i < n; i = end) {
		const uint32_t crash = c->links.all[sorted[i]].crash;

		for (end = i; end < n && c->links.all[sorted[end]].crash == crash; end++)
			c->steps++;
		n_parties = gather(c, sorted + i, end - i, parties);
		if (n_parties < 2)
			continue;
		n_crashes++;
		doubt(c, sorted + i, end - i, parties, n_parties);
	}
	if (n_crashes && c->crashes.n == 0)
		note_add(c, "The logs name different files and tell of no crash: those clues are "
			    "doubtful and count less.");
	else if (n_crashes)
		note_add(c,
		    "For %llu of %zu crashes the logs name different files: those clues are "
		    "doubtful and count less.",
		    (unsigned long long)n_crashes, c->crashes.n);
	free(sorted);
	free(parties);
	return sorted && parties;
}
