/* text.c - invented business English: subjects, paragraphs, file names. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "scene.h"

static const char *const things[] = { "budget", "delivery plan", "price list", "contract draft",
	"site visit", "training day", "shift roster", "stock count", "quarterly figures",
	"office move", "test report", "parking list", "travel booking", "service agreement",
	"floor plan", "order form", "press text", "inspection date", "backup schedule",
	"phone list", "invoice run", "sample batch", "fire drill", "database upgrade",
	"customer survey", "warranty claim", "spare parts", "lease renewal" };
static const char *const places[] = { "the north depot", "building four", "the harbour office",
	"our side", "the print room", "the second floor", "head office", "the warehouse",
	"the new plant", "accounts", "the help desk", "the lab", "purchasing",
	"the regional team" };
static const char *const states[] = { "nearly ready", "late by two days", "better than we hoped",
	"on hold", "waiting for a signature", "out of date", "in good shape",
	"harder than it looked", "complete", "with the lawyers", "due on Friday",
	"missing two pages", "under review" };
static const char *const acts[] = { "send me the numbers", "call the carrier",
	"check the list once more", "let everybody know", "move the meeting to Thursday",
	"print two copies", "ask for a new quote", "close the old account", "bring the keys along",
	"confirm by noon", "copy me on the reply", "look at the second sheet",
	"leave the form at the desk" };
static const char *const openers[] = { "As far as I can see", "To be honest", "For the record",
	"Since last week", "After the call yesterday", "Before we sign anything",
	"If nobody objects", "As agreed", "In short" };
static const char *const whens[] = { "tomorrow", "next week", "by Wednesday",
	"at the end of the month", "after the holiday", "this afternoon", "before the audit",
	"in April", "on the 14th" };

static void
sentence(struct scene *s, struct buf *out)
{
	const char *thing = PICK(s, things), *place = PICK(s, places);
	const char *state = PICK(s, states), *act = PICK(s, acts);
	const char *opener = PICK(s, openers), *when = PICK(s, whens);

	switch (rng_below(&s->rng, 8)) {
	case 0:
		buf_fmt(out, "The %s for %s is %s.", thing, place, state);
		break;
	case 1:
		buf_fmt(out, "Could you %s %s?", act, when);
		break;
	case 2:
		buf_fmt(out, "%s, the %s is %s.", opener, thing, state);
		break;
	case 3:
		buf_fmt(out, "Please %s and then %s.", act, PICK(s, acts));
		break;
	case 4:
		buf_fmt(out, "We need %u copies of the %s at %s %s.", rng_between(&s->rng, 2, 90),
		    thing, place, when);
		break;
	case 5:
		buf_fmt(out, "I spoke with %s about the %s; it is %s.", place, thing, state);
		break;
	case 6:
		buf_fmt(out, "%s I would rather %s %s.", opener, act, when);
		break;
	default:
		buf_fmt(out, "Reference %04u, %s, %s.", rng_below(&s->rng, 10000), thing, state);
	}
}

struct buf *
text_subject(struct scene *s)
{
	const char *thing = PICK(s, things);

	switch (rng_below(&s->rng, 6)) {
	case 0:
		return pool_fmt(&s->pool, "RE: %s for %s", thing, PICK(s, places));
	case 1:
		return pool_fmt(&s->pool, "FW: %s", thing);
	case 2:
		return pool_fmt(&s->pool, "%s %s", thing, PICK(s, whens));
	case 3:
		return pool_fmt(&s->pool, "Question about the %s at %s", thing, PICK(s, places));
	case 4:
		return pool_fmt(&s->pool, "%s: %s", thing, PICK(s, states));
	default:
		return pool_fmt(&s->pool, "Re: %s", thing);
	}
}

/* One paragraph, folded at width. */
static void
paragraph(struct scene *s, struct buf *out, unsigned width)
{
	struct buf *words = pool_buf(&s->pool);
	unsigned n = rng_between(&s->rng, 2, 6);
	size_t column = 0;

	for (unsigned i = 0; i < n; i++) {
		sentence(s, words);
		buf_byte(words, ' ');
	}
	for (size_t i = 0; i < words->len;) {
		size_t end = i;

		while (words->data[end] != ' ')
			end++;
		if (column && column + 1 + end - i > width) {
			buf_str(out, "\r\n");
			column = 0;
		} else if (column) {
			buf_byte(out, ' ');
			column++;
		}
		buf_add(out, words->data + i, end - i);
		column += end - i;
		i = end + 1;
	}
	buf_str(out, "\r\n");
}

struct buf *
text_body(struct scene *s, size_t size, unsigned width)
{
	static const char *const greetings[] = { "Hello,", "Hi all,", "Good morning,",
		"Dear colleagues,", "All," };
	static const char *const closings[] = { "Regards", "Thanks", "Best wishes", "Thank you",
		"Cheers" };
	struct buf *out = pool_buf(&s->pool);

	buf_fmt(out, "%s\r\n\r\n", PICK(s, greetings));
	do {
		paragraph(s, out, width);
		buf_str(out, "\r\n");
	} while (out->len < size);
	buf_fmt(out, "%s\r\n%s\r\n", PICK(s, closings), s->sender.name);
	return out;
}

const char *
text_file_stem(struct scene *s)
{
	static const char *const stems[] = { "Budget", "Roster", "PLAN", "prices", "Q3-figures",
		"minutes", "layout", "ORDER12", "Contract", "stock", "Memo", "agenda", "survey",
		"Parts", "handbook", "photo01" };

	return PICK(s, stems);
}
