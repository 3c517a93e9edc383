/*
 * scenario_rules.c - crashes that no message is to blame for, as the logs show them.
 *
 * Ids, addresses, functions and texts from the articles named; where an article gives the id alone
 * (4106, 3018) or describes the fault in words (antivirus, VRFY), the wording is a guess. Of more
 * than six DNS suffixes, the deadlocks of Service Pack 4 and the refreshed queue view no article
 * shows anything in a log, so there is no scenario of them.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scenario.h"

#include <string.h>

#define IMC "MSExchangeIMC"
#define SCM "Service Control Manager"
#define SERVICE "Microsoft Exchange Internet Mail Service"

struct rule_out {
	const char *cause;
	unsigned variant; /* of seed % 2 */
	const char *function;
	uint32_t address;
	struct log_event events[2];
};

static const struct rule_out rows[] = {
	{ "admin-mailbox", 0, "rcFindAdminX400Address", 0x0043a1c0, { { .id = 0 } } },
	{ "admin-mailbox", 1, NULL, 0,
	    { { .id = 0xc0001b6f,
		.source = SCM,
		.category = "None",
		.strings = { SERVICE, "%%1067" },
		.sentence = "The " SERVICE " service terminated with the following error: "
			    "Error 1067: The process terminated unexpectedly." } } },
	{ "imcext", 0, NULL, 0x00402674, { { .id = 0 } } },
	{ "imcext", 1, "HrRouteItem", 0x00402674,
	    { { .id = 0xc0000fe1,
		.source = IMC,
		.category = "Internal Processing",
		.strings = { "Imcext.dll" },
		.sentence = "The extension Imcext.dll returned an error." } } },
	{ "dial-up", 0, NULL, 0x0044e05c,
	    { { .id = 0xc000100a,
		.source = IMC,
		.category = "Message Transfer",
		.strings = { "ACMEDIALUPACCOUNTS" },
		.sentence = "The dial-up connection ACMEDIALUPACCOUNTS could not be made." } } },
	{ "remote-answer", 0, "res_skip_answer", 0x0044bc8e,
	    { { .id = 0xc0001b77,
		  .source = SCM,
		  .category = "None",
		  .strings = { "Internet Mail Service", "1", "0", "0", "No action" },
		  .sentence = "The Internet Mail Service service terminated unexpectedly. It has "
			      "done this 1 time(s)." },
		{ .id = 0xc0001b7a,
		    .source = SCM,
		    .category = "None",
		    .strings = { "Internet Mail Service", "1" },
		    .sentence = "The Internet Mail Service service terminated unexpectedly. It has "
				"done this 1 time(s)." } } },
	{ "remote-answer", 1, NULL, 0x004391a3, { { .id = 0 } } },
	{ "antivirus", 0, NULL, 0,
	    { { .id = 0xc0000101,
		.source = "McShield",
		.category = "None",
		.strings = { LOG_ROOT "in\\", "EICAR test file" },
		.sentence = "The scan found that " LOG_ROOT "in\\ holds a file with the EICAR test "
			    "file virus. The file was locked." } } },
	{ "antivirus", 1, NULL, 0,
	    { { .id = 0xc0000005,
		.source = "Norton AntiVirus",
		.category = "None",
		.strings = { LOG_ROOT "queue.dat" },
		.sentence = "Scan of " LOG_ROOT "queue.dat took too long." } } },
	{ "disk-full", 0, NULL, 0,
	    { { .id = 0xc0000bca,
		.source = IMC,
		.category = "Internal Processing",
		.strings = { "D:" },
		.sentence =
		    "The drive with the spool directories has too little disk space; no new "
		    "messages are accepted." } } },
	{ "disk-full", 1, NULL, 0,
	    { { .id = 0x800007dd,
		.source = "Srv",
		.category = "None",
		.strings = { "D:" },
		.sentence = "The D: disk is at or near capacity. You may need to delete some "
			    "files." } } },
	{ "permissions", 0, NULL, 0,
	    { { .id = 0xc0001b58,
		.source = SCM,
		.category = "None",
		.strings = { SERVICE, "The service did not start due to a logon failure." },
		.sentence = "The " SERVICE " service failed to start due to the following error: "
			    "The service did not start due to a logon failure." } } },
	{ "queue-file", 0, NULL, 0,
	    { { .id = 0xc0000bc5,
		.source = IMC,
		.category = "Internal Processing",
		.sentence = "The outbound message queue is corrupt. Both inbound and outbound "
			    "queues will be destroyed and rebuilt." } } },
	{ "configuration", 0, NULL, 0,
	    { { .id = 0xc0000ff6,
		.source = IMC,
		.category = "Initialization/Termination",
		.sentence = "Unable to start the service because the configuration could not be "
			    "loaded from the Microsoft Exchange directory or Windows NT "
			    "Registry." } } },
};

/* The row of this cause for the seed; the first when there is one only. */
static const struct rule_out *
row_of(const char *cause, unsigned variant)
{
	const struct rule_out *found = NULL;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (!strcmp(rows[i].cause, cause) && (!found || rows[i].variant == variant))
			found = &rows[i];
	return found;
}

/* The last thing that a remote host said before the service died. */
static void
protocol(struct plot *plot)
{
	struct buf *log = pool_buf(&plot->pool);
	const time_t when = plot->story.crash - 1;

	plot->story.mails = plot->mails;
	plot->story.n_mails = plot->n_mails;
	log_protocol(log, &plot->story);
	log_stamp(log, &plot->story, when, " ");
	buf_str(log, " : A connection was accepted from other.example.\r\n");
	log_stamp(log, &plot->story, when, " ");
	buf_str(log, plot->tree->seed % 2 ? " : <<< VRFY administrator\r\n"
					  : " : <<< XEXCH50 2147483647 2\r\n");
	plot_log(plot, "smtp", "L0000009.LOG", PLACE_LOG, log);
	plot_logs(plot, "e");
}

bool
rule_out_make(struct plot *plot, const char *cause)
{
	const struct rule_out *row = row_of(cause, plot->tree->seed % 2);
	struct log_event events[2 * LOG_STARTS];
	struct log_story *story = &plot->story;

	if (!strcmp(cause, "smtp-command")) {
		protocol(plot);
		return true;
	}
	if (!row)
		return false;
	if (row->address)
		story->address = row->address;
	if (row->function)
		story->function = row->function;
	for (unsigned i = 0; i < story->n_crashes; i++)
		for (unsigned j = 0; j < 2 && row->events[j].id; j++) {
			events[story->n_more] = row->events[j];
			events[story->n_more++].when = log_crash_at(story, i) + 2;
		}
	story->more = events;
	plot_logs(plot, plot->tree->seed % 2 ? "x" : "e");
	story->more = NULL;
	return true;
}
