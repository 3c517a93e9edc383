/*
 * evidence.c - what logs and other files say of a message: rows without a check, raised by
 * src/correlate.
 *
 * A factor is log2 of what multiplies the LR of a file, at most and once a file. It follows from
 * two estimates: in what share of the crashes that leave such a trace it names the culprit, and how
 * often it names an innocent file. A file without findings stands at -3 bits, `medium` begins at
 * +3 and `high` at +5: a trace that alone is to lift an ordinary file to `medium` needs 6 bits.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "evidence"

static const struct rule rows[] = {
	/* Errors about one file. They are written of files that are refused as well as of those on
	 * which the service dies (Q190084, Q192186), so a crash within a minute is asked for the
	 * full weight; moved to Archive it can stop nothing any more (1 bit, 3 with the crash). */
	{ .id = "evidence-event-file",
	    .family = FAMILY,
	    .says = "An event of the connector names this file.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 1e-3,
	    .factor = 7000 },
	/* 4182 is written of the message in hand when the conversion failed, and says that it will
	 * be met again (Q232279, Q293288, Q325939): about nine in ten name the culprit, one file in
	 * a thousand is named without being it. Without a crash at hand a quarter of that. */
	{ .id = "evidence-event-stuck",
	    .family = FAMILY,
	    .says = "An event says that this message stays in the queue and is tried again.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 1e-3,
	    .factor = 9000 },
	/* Inbound mail is converted as it comes (Q166558), but by several threads, and a message
	 * that came before can still be in work: within ten seconds of the crash about two in three
	 * last ones are the culprit; each step away from it costs. */
	{ .id = "evidence-last-received",
	    .family = FAMILY,
	    .says = "This file was the last, or one of the last, that came in before a crash.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 1e-3,
	    .factor = 6500 },
	/* The time of the file alone, without a name: less than a named one, and shared by the
	 * files that lie in the same seconds. */
	{ .id = "evidence-crash-time",
	    .family = FAMILY,
	    .says = "This file came in within seconds of a crash.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 1e-3,
	    .factor = 5000 },
	/* The store names the message it could not convert by Message-ID, sender or subject
	 * (Q192583, Q190084, Q293288): a Message-ID is of one message, a subject of several. */
	{ .id = "evidence-store-event",
	    .family = FAMILY,
	    .says = "An event tells of a message that looks like this one.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 2e-3,
	    .factor = 6000 },
	/* While the service hangs, the file in use is probably the one (Q168883); a virus scanner
	 * or a sending thread holds innocent ones: each file that is in use at once halves it. Not
	 * readable for another reason is a fault of the disk or of rights. */
	{ .id = "evidence-in-use",
	    .family = FAMILY,
	    .says = "The copy log says that this file was in use or could not be read.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 1e-3,
	    .factor = 7500 },
	/* Received and never handed to the store (Q173364): true of the culprit and of all that
	 * waited behind it, so the number of such files divides it. */
	{ .id = "evidence-tracking-open",
	    .family = FAMILY,
	    .says = "The tracking log shows this message received but never given to the store.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 5e-3,
	    .factor = 6000 },
	/* The connection broke while the text was sent or just behind it: the message in hand at the
	 * crash, or a line that dropped; joined by addresses, which others may share. */
	{ .id = "evidence-smtp-open",
	    .family = FAMILY,
	    .says =
		"The protocol log shows a connection with these addresses that was never answered.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 2e-3,
	    .factor = 5500 },
	/* Twelve bytes and more of the faulting process's stack that no other file of the tree has
	 * were read from this one: only remains of a message worked on before mislead. */
	{ .id = "evidence-stack-bytes",
	    .family = FAMILY,
	    .says = "Bytes on the stack of the process that died are those of this file.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 5e-4,
	    .factor = 9500 },
	/* Its weight comes on top of the rule's own, which knows nothing of the function. */
	{ .id = "evidence-fault-function",
	    .family = FAMILY,
	    .says = "The function that faulted is that of a documented cause found in this file.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 1e-3,
	    .factor = 4000 },
	/* queue.dat is a heap that keeps what it has freed, of a layout nobody has published: what
	 * stands in it or does not decides between equals and no more. */
	{ .id = "evidence-queue-missing",
	    .family = FAMILY,
	    .says = "The name of this file stands in queue.dat, but it is not in the tree.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 5e-3,
	    .factor = 100 },
	{ .id = "evidence-queue-extra",
	    .family = FAMILY,
	    .says = "The name of this file is not in queue.dat, though those of most others are.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 5e-3,
	    .factor = 100 },
	/* A file that was in use is what a copy lacks; one that was received may as well have been
	 * delivered since, which speaks against it. */
	{ .id = "evidence-missing",
	    .family = FAMILY,
	    .says = "A log names this file, and it is not in the tree: recover it from the source.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 1e-3,
	    .factor = 500 },
	/* Not of a file: what multiplies the odds that the cause is not in this tree. At the time of
	 * a crash it explains it as well as a message does; months before it explains nothing. */
	{ .id = "evidence-rule-out",
	    .family = FAMILY,
	    .says = "A log shows a cause that is no message.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 1e-3,
	    .factor = 4000 },
};

const struct family family_evidence = FAMILY_OF(rows);
