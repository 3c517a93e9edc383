/*
 * needles.c - runs of bytes on the stack of the process that died, and the files that have them.
 *
 * The stack shows what the thread was working on. Only bytes that one message of the tree has say
 * anything; words that every message has are not looked for.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "array.h"
#include "correlate/joins.h"

#define PIECE 32  /* of a longer run also begin, middle and end: something else may lie beside it */
#define OWN_MIN 3 /* letters and digits of its own */
#define OWN_ENOUGH 8     /* with fewer it may stand in mail of other days too */
#define OWN_PIECE_MIN 16 /* a piece begins and ends inside words */
#define DIFFERENT_MIN 6

static const char *const common[] = { "content-type", "content-transfer-encoding",
	"content-disposition", "mime-version", "message-id", "received", "text/plain", "text/html",
	"multipart/mixed", "multipart/alternative", "multipart/related", "application/octet-stream",
	"quoted-printable", "base64", "7bit", "8bit", "boundary", "charset", "us-ascii",
	"iso-8859-1", "windows-1252", "filename", "attachment", "subject", "x-mailer", "x-priority",
	"microsoft", "internet mail service", "exchange", "outlook", "msexcimc", "exchsrvr",
	"imcdata", "in-reply-to", "references", "from", "date", "with smtp", "name=", "1.0" };

static size_t
length_of_common(struct slice rest)
{
	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		if (slice_starts_nocase(rest, common[i]))
			return strlen(common[i]);
	return 0;
}

/* Letters and digits left when words that every message has are taken out; 0 when its bytes are all
 * alike. */
static size_t
own_bytes(struct slice run)
{
	bool met[256] = { false };
	size_t own = 0, different = 0, common_to = 0;

	for (size_t i = 0; i < run.len; i++) {
		const unsigned char byte = run.data[i];
		const size_t taken = length_of_common(slice_from(run, i));

		if (taken && i + taken > common_to)
			common_to = i + taken;
		different += !met[byte];
		met[byte] = true;
		own +=
		    i >= common_to && (byte >= 0x80 || byte_is_alpha(byte) || byte_is_digit(byte));
	}
	return different >= DIFFERENT_MIN ? own : 0;
}

static bool
put(struct correlation *c, uint32_t sight, struct slice bytes, size_t own_min)
{
	if (bytes.len < CORRELATE_NEEDLE_MIN || c->n_needles == CORRELATE_NEEDLES_MAX ||
	    own_bytes(bytes) < own_min)
		return true;
	for (size_t i = 0; i < c->n_needles; i++) {
		c->steps++;
		if (slice_same(c->needles[i].bytes, bytes))
			return true;
	}
	if (!array_grow(&c->needles, &c->needles_room, c->n_needles + 1, sizeof *c->needles))
		return false;
	c->needles[c->n_needles++] = (struct needle){ .bytes = bytes, .sight = sight };
	return true;
}

static bool
put_run(struct correlation *c, uint32_t sight)
{
	const struct slice run = c->sights[sight].item->bytes;

	if (run.len <= CORRELATE_NEEDLE_MAX && !put(c, sight, run, OWN_MIN))
		return false;
	if (run.len <= PIECE)
		return true;
	return put(c, sight, slice_cut(run, 0, PIECE), OWN_PIECE_MIN) &&
	       put(c, sight, slice_cut(run, (run.len - PIECE) / 2, PIECE), OWN_PIECE_MIN) &&
	       put(c, sight, slice_cut(run, run.len - PIECE, PIECE), OWN_PIECE_MIN);
}

/* The thread that faulted first: there is room for so many. */
bool
needles_collect(struct correlation *c)
{
	for (int faulting = 1; faulting >= 0; faulting--) {
		for (size_t i = 0; i < c->n_sights; i++) {
			const struct log_item *item = c->sights[i].item;

			if (c->n_needles == CORRELATE_NEEDLES_MAX)
				return true;
			if (item->kind != EVIDENCE_STACK ||
			    ((item->flags & EVIDENCE_FAULTING) != 0) != faulting)
				continue;
			if (!put_run(c, (uint32_t)i))
				return false;
		}
	}
	return true;
}

size_t
correlation_n_needles(const struct correlation *c)
{
	return c->n_needles;
}

struct slice
correlation_needle(const struct correlation *c, size_t index)
{
	return c->needles[index].bytes;
}

/* The lowest numbers are kept, so that the order of the calls does not matter. */
void
correlation_search(struct correlation *c, size_t index, uint64_t number, uint64_t offset)
{
	struct needle *needle = index < c->n_needles ? &c->needles[index] : NULL;
	uint32_t n;

	c->steps++;
	if (!needle || number >= c->n_seen)
		return;
	n = needle->n_hits < NEEDLE_HITS_MAX ? needle->n_hits : NEEDLE_HITS_MAX;
	if (needle->n_hits < UINT32_MAX)
		needle->n_hits++;
	if (n == NEEDLE_HITS_MAX && needle->files[n - 1] < number)
		return;
	if (n == NEEDLE_HITS_MAX)
		n--;
	for (; n > 0 && needle->files[n - 1] > number; n--) {
		needle->files[n] = needle->files[n - 1];
		needle->offsets[n] = needle->offsets[n - 1];
	}
	needle->files[n] = number;
	needle->offsets[n] = offset;
}

/* One message, twice in the tree. */
static bool
are_twins(const struct seen *a, const struct seen *b)
{
	return (a->body && a->body == b->body) || (a->message_id && a->message_id == b->message_id);
}

static uint32_t
count_messages(const struct correlation *c, const struct needle *needle)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < needle->n_hits; i++) {
		bool first = true;

		for (uint32_t k = 0; first && k < i; k++)
			first = !are_twins(&c->seen[needle->files[i]], &c->seen[needle->files[k]]);
		n += first;
	}
	return n;
}

static int64_t
factor_of(const struct correlation *c, const struct needle *needle, uint32_t n_messages)
{
	const struct log_item *item = c->sights[needle->sight].item;
	int64_t factor = c->factors[FACTOR_STACK_FOUND];

	if (n_messages > 1)
		return n_messages == 2 ? c->factors[FACTOR_STACK_SHARED] : 0;
	if (!(item->flags & EVIDENCE_FAULTING))
		factor -= c->factors[FACTOR_STACK_SOME];
	if (needle->bytes.len < 16)
		factor -= c->factors[FACTOR_STACK_SHORT];
	if (own_bytes(needle->bytes) < OWN_ENOUGH)
		factor -= c->factors[FACTOR_STACK_PLAIN];
	return factor;
}

static bool
link_hit(struct correlation *c, const struct needle *needle, uint32_t hit, uint32_t n_messages)
{
	struct link *link = link_new(c, MARK_STACK, needle->files[hit], needle->sight);
	const struct sight *sight = &c->sights[needle->sight];
	struct words words;
	int64_t gap;

	if (!link)
		return errno == 0;
	words = words_of(link->clue.detail, sizeof link->clue.detail);
	words_add(&words, "%zu bytes of the stack of the crash at ", needle->bytes.len);
	words_time(&words, &sight->when);
	if (n_messages == 1)
		words_add(&words, " stand in this message of the tree alone");
	else
		words_add(&words, " stand here and in %u other messages", n_messages - 1);
	if (!(sight->item->flags & EVIDENCE_FAULTING))
		words_add(&words, "; of a thread that did not fault");
	link->clue.offset = needle->offsets[hit];
	link->clue.length = needle->bytes.len;
	clue_text(link->clue.quote, sizeof link->clue.quote, needle->bytes);
	link->crash = crash_near(c, &sight->when, &gap);
	link->pointing = n_messages == 1 && link->crash != NONE32;
	link_weigh(c, link, factor_of(c, needle, n_messages));
	return true;
}

/* Bytes that half of the tree has, or a dozen messages, are no message's own. */
bool
needles_settle(struct correlation *c)
{
	for (size_t i = 0; i < c->n_needles; i++) {
		const struct needle *needle = &c->needles[i];
		uint32_t n_messages;

		if (needle->n_hits == 0 || needle->n_hits > NEEDLE_HITS_MAX)
			continue;
		n_messages = count_messages(c, needle);
		if (n_messages > 1 && (uint64_t)needle->n_hits * 2 >= c->n_seen)
			continue;
		for (uint32_t hit = 0; hit < needle->n_hits; hit++)
			if (!link_hit(c, needle, hit, n_messages))
				return false;
	}
	return true;
}
