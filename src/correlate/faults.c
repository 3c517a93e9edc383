/*
 * faults.c - the function that faulted, and the documented case that it belongs to.
 *
 * A function alone names no message. But of the files in which a rule of that case fired it says
 * that the case is the one at hand.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "correlate/joins.h"

#define FRAMES_DEEP 8 /* further up the back trace everything passes */

/* Functions as the articles show them in a Dr. Watson log or a stack. */
static const struct function {
	const char *name, *article;
} functions[] = {
	{ "CAdrIn::hrCreateSrcAdrLists", "Q301690" },
	{ "CAdrList::hrSetProp", "Q194896" },
	{ "CmcvtrHdr::ulSkipComment", "Q231748" },
	{ "CmnContent::hrAddParm", "Q275714" },
	{ "CmnContent::cbGetFileNamePart", "Q187866" },
	{ "MdURLCombine", "Q194337" },
	{ "CmnBptMessage::cleanTNEF", "Q152937" },
	{ "EcFindJtabNameid", "Q164960" },
	{ "EcFormatMVString8", "Q179814" },
	{ "EcSzProxyFromPrvAddr", "Q250302" },
	{ "HrDecodeRTF", "Q303686" },
	{ "hrVerifyExtractAtt", "Q178338" },
	{ "hrCheckIntlShCut", "Q289865" },
	{ "HrEncodeString", "Q266638" },
	{ "CmnContent::Clone", "Q234175" },
	{ "CMtsOutQueue::LoadCachedDetailInfo", "Q256114" },
	{ "EcCommitStreamOp", "Q178344" },
};

#define FUNCTIONS (sizeof functions / sizeof *functions)

static bool
is_word(unsigned char byte)
{
	return byte_is_alpha(byte) || byte_is_digit(byte) || byte == '_';
}

/* The name as a whole: "MSEXCIMC!CmnContent::hrAddParm+0x12". */
static bool
names(struct slice text, const char *name)
{
	const size_t at = slice_find_nocase(text, 0, name), end = at + strlen(name);

	return at != SLICE_NONE && (at == 0 || !is_word(text.data[at - 1])) &&
	       (end == text.len || !is_word(text.data[end]));
}

static void
look(struct correlation *c, uint32_t number)
{
	const struct log_item *item = c->sights[number].item;
	const bool frame = item->kind == EVIDENCE_FRAME;
	const bool top = !frame || item->number == 1;

	if (item->function.len == 0 || (frame && item->number > FRAMES_DEEP))
		return;
	for (size_t i = 0; i < FUNCTIONS; i++) {
		struct fault *fault = &c->faults[i];

		c->steps++;
		if (!names(item->function, functions[i].name))
			continue;
		if (fault->sight == NONE32 || (top && !fault->top)) {
			fault->sight = number;
			fault->top = top;
		}
	}
}

/* Which fault a rule belongs to, if any log shows it. */
static void
mark_rules(struct correlation *c)
{
	const struct rule *const *rules = rules_all(&c->n_rules);

	for (size_t rule = 0; rule < c->n_rules; rule++) {
		const struct imc_case *one;
		const char *walk = NULL;

		while ((one = rule_next_case(rules[rule], &walk)))
			for (size_t i = 0; i < FUNCTIONS; i++)
				if (c->faults[i].sight != NONE32 &&
				    strcmp(one->id, functions[i].article) == 0)
					c->rule_faults[rule] = (uint8_t)(i + 1);
	}
}

bool
faults_begin(struct correlation *c)
{
	bool any = false;

	c->faults = calloc(FUNCTIONS, sizeof *c->faults);
	c->rule_faults = calloc(c->n_rules + 1, sizeof *c->rule_faults);
	if (!c->faults || !c->rule_faults)
		return false;
	for (size_t i = 0; i < FUNCTIONS; i++)
		c->faults[i].sight = NONE32;
	for (size_t i = 0; i < c->n_sights; i++) {
		const enum evidence_kind kind = c->sights[i].item->kind;

		if (kind == EVIDENCE_FAULT || kind == EVIDENCE_FRAME || kind == EVIDENCE_CRASH)
			look(c, (uint32_t)i);
	}
	for (size_t i = 0; i < FUNCTIONS; i++)
		any = any || c->faults[i].sight != NONE32;
	if (any)
		mark_rules(c);
	return true;
}

void
faults_add(struct correlation *c, uint64_t number, const struct record *record)
{
	for (uint32_t i = 0; i < record->n_findings && i < RECORD_FINDINGS_MAX; i++) {
		const struct finding *finding = &record->findings[i];
		struct fault *fault;

		if (finding->rule >= c->n_rules || !c->rule_faults[finding->rule])
			continue;
		fault = &c->faults[c->rule_faults[finding->rule] - 1];
		c->steps++;
		/* Findings of one file come together: one is enough. */
		if (fault->n_hits > 0 && fault->n_hits <= FAULT_HITS_MAX &&
		    fault->files[fault->n_hits - 1] == number)
			continue;
		if (fault->n_hits < FAULT_HITS_MAX) {
			fault->files[fault->n_hits] = number;
			fault->offsets[fault->n_hits] = finding->offset;
			fault->lengths[fault->n_hits] = finding->length;
		}
		if (fault->n_hits <= FAULT_HITS_MAX)
			fault->n_hits++;
	}
}

static bool
link_fault(struct correlation *c, size_t function, uint32_t hit)
{
	const struct fault *fault = &c->faults[function];
	struct link *link = link_new(c, MARK_FAULT, fault->files[hit], fault->sight);
	struct words words;

	if (!link)
		return errno == 0;
	words = words_of(link->clue.detail, sizeof link->clue.detail);
	words_add(&words, "%s %s at ", functions[function].name,
	    fault->top ? "faulted" : "stands in the back trace of the fault");
	words_time(&words, &c->sights[fault->sight].when);
	words_add(&words, "; case %s, whose rule found this file", functions[function].article);
	if (fault->n_hits > 1)
		words_add(&words, " and %u others", fault->n_hits - 1);
	link->clue.offset = fault->offsets[hit];
	link->clue.length = fault->lengths[hit];
	link_weigh(c, link,
	    weigh_share(
		c, c->factors[fault->top ? FACTOR_FAULT : FACTOR_FAULT_TRACE], fault->n_hits));
	return true;
}

bool
join_faults(struct correlation *c)
{
	for (size_t i = 0; i < FUNCTIONS; i++) {
		const struct fault *fault = &c->faults[i];

		if (fault->sight == NONE32)
			continue;
		if (fault->n_hits == 0)
			note_add(c,
			    "The logs name the function %s, which is known of %s; no file of the "
			    "tree shows that cause.",
			    functions[i].name, functions[i].article);
		/* What fires all over the tree is told from it by other means. */
		if (fault->n_hits > FAULT_HITS_MAX)
			continue;
		for (uint32_t hit = 0; hit < fault->n_hits; hit++)
			if (!link_fault(c, i, hit))
				return false;
	}
	return true;
}
