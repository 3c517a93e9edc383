/* advice.c - what a documented cause does to the service, and what to do with the message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/advice.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Who fails, as far as the sentences differ by it. */
enum failing { FAILING_IMC, FAILING_STORE, FAILING_BOTH, FAILING_OTHER, FAILING_COUNT };

static enum failing
failing(const struct imc_case *one)
{
	const bool imc = strstr(one->component, "MSEXCIMC.EXE");
	const bool store = strstr(one->component, "STORE.EXE");

	if (imc && store)
		return FAILING_BOTH;
	return imc ? FAILING_IMC : store ? FAILING_STORE : FAILING_OTHER;
}

const char *
advice_effect(const struct imc_case *one)
{
	static const char *const words[EFFECT_COUNT][FAILING_COUNT] = {
		[EFFECT_CRASH_IMC] = {
			[FAILING_IMC] = "The IMC process stops over the message.",
			[FAILING_STORE] = "The fault is the store's, but it is the IMC that stops.",
			[FAILING_BOTH] = "Store and IMC share in the fault, and the IMC stops.",
			[FAILING_OTHER] = "The IMC process stops.",
		},
		[EFFECT_CRASH_STORE] = {
			[FAILING_IMC] = "The information store stops, and the IMC with it.",
			[FAILING_STORE] = "The information store stops, and the IMC with it.",
			[FAILING_BOTH] = "The information store stops, and the IMC with it.",
			[FAILING_OTHER] = "The information store stops, and the IMC with it.",
		},
		[EFFECT_LOOP] = {
			[FAILING_IMC] = "The IMC loops or hangs over the message; other mail may wait.",
			[FAILING_STORE] = "The store loops or hangs over the message; other mail may wait.",
			[FAILING_BOTH] = "Store or IMC loops or hangs over the message; other mail may "
					 "wait.",
			[FAILING_OTHER] = "A component loops or hangs over the message.",
		},
		[EFFECT_STUCK] = {
			[FAILING_IMC] = "The IMC goes on, but the message stays in a queue or holds it up.",
			[FAILING_STORE] = "The IMC goes on, but the message stays in a queue or holds it "
					  "up: the fault is the store's.",
			[FAILING_BOTH] = "The message stays in a queue or holds it up.",
			[FAILING_OTHER] = "IMC and store go on; another component stops or is held up "
					  "over the message.",
		},
		[EFFECT_LOSS] = {
			[FAILING_IMC] = "The service goes on, but content is lost or damaged, or the "
					"message comes back.",
			[FAILING_STORE] = "The service goes on, but content is lost or damaged, or the "
					  "message comes back.",
			[FAILING_BOTH] = "The service goes on, but content is lost or damaged, or the "
					 "message comes back.",
			[FAILING_OTHER] = "IMC and store go on; the harm is done to another system.",
		},
	};

	return words[one->effect][failing(one)];
}

/* "until the server has the fix (5.5 SP4)", or why there is no such day. */
static const char *
until(const struct imc_case *one, char *out, size_t size)
{
	if (!*one->fixed_in)
		snprintf(out, size, "; no fix is named");
	else if (strcmp(one->fixed_in, "by design") == 0)
		snprintf(out, size, "; the source calls this the design");
	else
		snprintf(out, size, " until the server has the fix (%s)", one->fixed_in);
	return out;
}

const char *
advice_action(const struct imc_case *one, char *out)
{
	char when[200];

	until(one, when, sizeof when);
	if (one->effect == EFFECT_LOSS)
		snprintf(out, ADVICE_ROOM,
		    "It need not leave the queue for this. See whether its content arrives, and "
		    "deliver it in another way if not%s.",
		    *one->fixed_in ? "" : "; no fix is named");
	else if (one->direction == DIRECTION_OUT)
		snprintf(out, ADVICE_ROOM,
		    "Keep it out of Out%s. Ask its sender to send it again without the fault.",
		    when);
	else if (one->direction == DIRECTION_IN)
		snprintf(out, ADVICE_ROOM,
		    "Keep it out of In%s. Deliver its content in another way.", when);
	else
		snprintf(out, ADVICE_ROOM,
		    "Keep it out of In and Out%s. Deliver its content in another "
		    "way, or ask its sender to send it again without the fault.",
		    when);
	return out;
}

const char *
advice_without_case(const struct rule *rule)
{
	switch (rule->rule_class) {
	case RULE_DAMAGE:
		if (!rule->check)
			return "What happened to the process that read the file is evidence, too: keep "
			       "the message out of the queue, and examine it again by itself with "
			       "higher limits (--time-limit, --memory-limit).";
		return "No documented case. No mailer makes such damage: it may be left by a crash, a "
		       "full disk or the copying. Compare the file with its original before it is "
		       "judged.";
	case RULE_VIOLATION:
		return "No documented case says that the IMC stops over this. It breaks a standard: a "
		       "hint beside other findings, by itself no reason to move the message.";
	case RULE_EVIDENCE:
		return "A log is no proof: see what its record says, and what the file itself shows, "
		       "before the file is moved or cleared.";
	default:
		return "No documented case says that the IMC stops over this. It is unusual, no more: "
		       "by itself no reason to move the message.";
	}
}

const char *
advice_level(const struct suspect *suspect)
{
	const bool queued = folder_is_queue(suspect->folder);

	if (suspect->status == STATUS_MISSING)
		return "recover it from the source, and keep it out of the queue";
	switch (suspect->level) {
	case LEVEL_CRITICAL:
	case LEVEL_HIGH:
		return queued ? "move it out of the queue before the service is restarted"
			      : "leave it outside the queue";
	case LEVEL_MEDIUM:
		return queued ? "look at it by hand; move it out if the service stops again"
			      : "look at it by hand before it is moved back";
	case LEVEL_UNKNOWN:
		return suspect->status == STATUS_EXCLUDED
			   ? "look at by hand what it is: it was not opened"
			   : "copy it again and scan it: it could not be examined";
	default:
		return "leave it where it is";
	}
}
