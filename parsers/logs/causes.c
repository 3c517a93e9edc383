/*
 * causes.c - events and functions that speak of a cause which is no message.
 *
 * Each row is a documented look-alike: same Dr. Watson, same 4037, same 1067, and no mail to blame.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

/* Functions in which a fault is known not to come from a spool file. */
static const struct cause_function {
	const char *name;
	enum evidence_cause cause;
} functions[] = {
	{ "rcFindAdminX400Address", CAUSE_ADMIN_MAILBOX }, /* Q281743 */
	{ "res_skip_answer", CAUSE_REMOTE_ANSWER },        /* KB 884874 */
	{ "ConnectToNextMXHost", CAUSE_REMOTE_ANSWER },    /* Q309685 */
};

/* Events of the connector: the id alone says it, or the address of the fault in a 4037. */
static const struct cause_event {
	uint32_t id, address;
	enum evidence_cause cause;
} events[] = {
	{ 3013, 0, CAUSE_QUEUE_FILE },             /* Q312443 */
	{ 3018, 0, CAUSE_DISK_FULL },              /* Q272506 */
	{ 4106, 0, CAUSE_DIAL_UP },                /* Q199771 */
	{ 4037, 0x0044e05c, CAUSE_DIAL_UP },       /* Q199771 */
	{ 4037, 0x00402674, CAUSE_IMCEXT },        /* Q169681 */
	{ 4037, 0x004391a3, CAUSE_REMOTE_ANSWER }, /* Q214407 */
	{ 4018, 0, CAUSE_CONFIGURATION },          /* Q163243 */
	{ 4086, 0, CAUSE_CONFIGURATION },          /* Q298565 */
};

static const char *const scanners[] = { "virus", "McShield", "Norton", "Symantec", "ScanMail",
	"InoculateIT", "Antigen", "GroupShield", "NAVAP", "Sophos", "InterScan", NULL };
static const char *const full[] = { "not enough space on the disk", "disk is at or near capacity",
	"disk is full", NULL };
static const char *const denied[] = { "logon failure", "password has expired", "logon account",
	NULL };
static const char *const exchange[] = { "MSExchange", "Internet Mail", "Microsoft Exchange", NULL };

enum evidence_cause
cause_of_function(struct slice function)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (text_has(function, functions[i].name))
			return functions[i].cause;
	return CAUSE_NONE;
}

static enum evidence_cause
cause_of_connector(const struct log_event *event, bool *weak)
{
	struct evidence_item item;
	bool read = false;

	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		if (events[i].id != event->id)
			continue;
		if (!events[i].address)
			return events[i].cause;
		if (!read) {
			evidence_item_clear(&item, EVIDENCE_CRASH);
			event_codes(&item, event);
			read = true;
		}
		/* An address is that of one build; another has other code there. */
		*weak = true;
		if (item.address == events[i].address)
			return events[i].cause;
	}
	*weak = false;
	return text_has(event->text, "imcext.dll") ? CAUSE_IMCEXT : CAUSE_NONE;
}

/* Error 1067 at the start of the connector is what an administrator mailbox without X.400 address
 * gives (Q149542), but 4.0 says the same of a message (Q161937). */
static enum evidence_cause
cause_of_services(const struct log_event *event, bool *weak)
{
	if (!text_has_any(event->text, exchange))
		return CAUSE_NONE;
	if (text_has_any(event->text, denied))
		return CAUSE_PERMISSIONS;
	*weak = true;
	return text_has(event->text, "1067") ? CAUSE_ADMIN_MAILBOX : CAUSE_NONE;
}

enum evidence_cause
cause_of_event(const struct log_event *event, bool *weak)
{
	enum evidence_cause cause;

	*weak = false;
	if (slice_starts_nocase(event->source, "MSExchangeIMC") ||
	    slice_starts_nocase(event->source, "MSExchange IMC"))
		return cause_of_connector(event, weak);
	if (slice_eq_nocase(event->source, "Service Control Manager"))
		return cause_of_services(event, weak);
	if (slice_starts_nocase(event->source, "DrWatson")) {
		cause =
		    text_has(event->text, "msexcimc") ? cause_of_function(event->text) : CAUSE_NONE;
		return cause;
	}
	if (text_has_any(event->source, scanners)) {
		*weak = !text_has(event->text, "imcdata");
		return CAUSE_ANTIVIRUS;
	}
	/* An .evt has the drive alone; the sentence stands in a DLL of the server's. */
	if (event->id == 2013 && slice_eq_nocase(event->source, "Srv"))
		return CAUSE_DISK_FULL;
	return text_has_any(event->text, full) ? CAUSE_DISK_FULL : CAUSE_NONE;
}
