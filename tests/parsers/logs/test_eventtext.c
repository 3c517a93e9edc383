/* test_eventtext.c - the Event Viewer's exports in the forms of several systems and locales. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/logs/log.h"

#define RETRIED                                                                                    \
	"An error occurred. As a result, the message in spool file G1X4TK2R will be retried when " \
	"the server is restarted."

static void
a_tab_separated_export_is_read(void **state)
{
	struct evidence *out = log_text(LOG_EVENT_TEXT,
	    "3/5/01\t2:07:53 PM\tMSExchangeIMC\tError\tInternal Processing\t4182\tN/A\tEXGATE1\t" RETRIED
	    "\r\n");
	const struct evidence_item *item = log_only(out, EVIDENCE_EVENT_FILE);

	(void)state;
	assert_int_equal(item->event, 4182);
	assert_int_equal(item->time, at_time(2001, 3, 5, 14, 7, 53));
	assert_int_equal(item->zone, ZONE_LOCAL);
	assert_int_equal(item->flags, EVIDENCE_IN | EVIDENCE_STAYS | EVIDENCE_DAY_MONTH);
	assert_string(item, item->spool, "G1X4TK2R");
	assert_string(item, item->quote, RETRIED);
	free(out);
}

static void
the_columns_of_other_tools_are_told_apart(void **state)
{
	static const char *const texts[] = {
		/* Export List of 2000 and XP */
		"Type,Date,Time,Source,Category,Event,User,Computer,Description\r\n"
		"Error,25/03/2001,14:07:53,MSExchangeIMC,Internal,4182,N/A,EXGATE1,\"" RETRIED
		"\"\r\n",
		/* Dumpel */
		"3/25/2001,2:07:53 PM,1,3,4182,MSExchangeIMC,N/A,EXGATE1," RETRIED "\r\n",
		/* A later system that opened the log */
		"Level,Date and Time,Source,Event ID,Task Category\r\n"
		"Error,2001-03-25 14:07:53,MSExchangeIMC,4182,(3),\"" RETRIED "\"\r\n",
		/* German */
		"25.03.2001;14:07:53;MSExchangeIMC;Fehler;Intern;4182;N/A;EXGATE1;" RETRIED "\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct evidence *out = log_text(LOG_EVENT_TEXT, texts[i]);
		const struct evidence_item *item = log_only(out, EVIDENCE_EVENT_FILE);

		assert_int_equal(item->event, 4182);
		assert_int_equal(item->time, at_time(2001, 3, 25, 14, 7, 53));
		assert_int_equal(item->flags & EVIDENCE_DAY_MONTH, 0);
		assert_string(item, item->source, "MSExchangeIMC");
		assert_string(item, item->spool, "G1X4TK2R");
		assert_int_equal(out->n_damaged, 0);
		free(out);
	}
}

/* 13/3 can only be day and month: then 5/3 is too, also where it stood before. */
static void
one_clear_date_settles_all_others(void **state)
{
	struct evidence *out = log_text(LOG_EVENT_TEXT,
	    "5/3/01,14:07:53,MSExchangeIMC,Error,Internal,4182,N/A,EXGATE1,\"" RETRIED "\"\n"
	    "13/3/01,14:07:53,MSExchangeIMC,Error,Internal,4182,N/A,EXGATE1,\"" RETRIED "\"\n"
	    "6/3/01,14:07:53,MSExchangeIMC,Error,Internal,4182,N/A,EXGATE1,\"" RETRIED "\"\n");

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		static const unsigned days[] = { 5, 13, 6 };
		const struct evidence_item *item = log_nth(out, EVIDENCE_EVENT_FILE, i);

		assert_int_equal(item->time, at_time(2001, 3, days[i], 14, 7, 53));
		assert_int_equal(item->flags & EVIDENCE_DAY_MONTH, 0);
	}
	assert_int_equal(out->first_time, at_time(2001, 3, 5, 14, 7, 53));
	assert_int_equal(out->last_time, at_time(2001, 3, 13, 14, 7, 53));
	free(out);
}

static void
a_description_of_many_lines_belongs_to_its_event(void **state)
{
	struct evidence *out = log_text(LOG_EVENT_TEXT,
	    "3/15/01,2:07:53 PM,MSExchangeIMC,Warning,Conversion,3021,N/A,EXGATE1,"
	    "\"The following message was not delivered:\r\n"
	    "From: bert@other.example\r\n"
	    "Subject: Re: \"\"big\"\" plans, part 2\r\n"
	    "Submit Time: 3/15/01\"\r\n"
	    "3/15/01,2:08:00 PM,MSExchangeIMC,Error,Internal,4182,N/A,EXGATE1,\"" RETRIED "\"\r\n");
	const struct evidence_item *item = log_only(out, EVIDENCE_EVENT_MESSAGE);

	(void)state;
	assert_string(item, item->sender, "bert@other.example");
	assert_string(item, item->subject, "Re: \"big\" plans, part 2");
	assert_int_equal(log_count(out, EVIDENCE_EVENT_FILE), 1);
	assert_int_equal(out->n_lines, 5);
	free(out);
}

static void
insertion_strings_are_read_where_the_message_file_was_missing(void **state)
{
	static const char *const texts[] = {
		"3/15/01\t2:07:53 PM\tMSExchange IMC\tError\tNone\t4118\tN/A\tS\tThe description for Event "
		"ID ( 4118 ) in Source ( MSExchange IMC ) could not be found. It contains the "
		"following insertion string(s): M4XD8MB3\n",
		"3/15/01\t2:07:53 PM\tMSExchangeIMC\tError\tNone\t4118\tN/A\tS\tThe description for Event "
		"ID ( 4118 ) in Source ( MSExchangeIMC ) cannot be found. The local computer may not "
		"have the necessary registry information. The following information is part of the "
		"event: 0x80004005, M4XD8MB3.\n",
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct evidence *out = log_text(LOG_EVENT_TEXT, texts[i]);
		const struct evidence_item *item = log_only(out, EVIDENCE_EVENT_FILE);

		assert_string(item, item->spool, "M4XD8MB3");
		assert_int_equal(item->flags & EVIDENCE_WEAK, 0);
		free(out);
	}
}

static void
store_and_connector_texts_give_message_sender_and_subject(void **state)
{
	struct evidence *out = log_text(LOG_EVENT_TEXT,
	    "3/15/01\t2:07:53 PM\tMSExchangeIS\tWarning\tContent Engine\t12007\tN/A\tS\tError "
	    "80040102-8004011b occurred while processing message <one.1@other.example> with subject "
	    "'It's here' from 'bert@other.example'. The archive filename is 'G1X4TK3C'.\n"
	    "3/15/01\t2:07:54 PM\tMSExchangeIMC\tInformation\tTransfer\t2001\tN/A\tS\tDeliver of message "
	    "<two.2@acme.example> from <anna@acme.example> in temporary file G1X4T5HD was attempted to "
	    "host(s) mail.example with 1 recipients delivered and 0 undeliverable.\n");
	const struct evidence_item *item = log_only(out, EVIDENCE_EVENT_MESSAGE);

	(void)state;
	assert_string(item, item->message_id, "<one.1@other.example>");
	assert_string(item, item->subject, "It's here");
	assert_string(item, item->sender, "bert@other.example");
	assert_string(item, item->spool, "G1X4TK3C");
	item = log_only(out, EVIDENCE_RECEIVED);
	assert_string(item, item->message_id, "<two.2@acme.example>");
	assert_string(item, item->sender, "anna@acme.example");
	assert_string(item, item->spool, "G1X4T5HD");
	assert_int_equal(item->flags & (EVIDENCE_IN | EVIDENCE_OUT), EVIDENCE_OUT);
	free(out);
}

#define RECEIVED(time, name)                                                                       \
	"3/15/01\t" time "\tMSExchangeIMC\tInformation\tTransfer\t2002\tN/A\tS\tA message from "   \
	"<bert@other.example> in temporary file D:\\exchsrvr\\imcdata\\in\\" name                  \
	" was received from other.example with 1 local recipients.\n"
#define CRASHED(time)                                                                              \
	"3/15/01\t" time                                                                           \
	"\tMSExchangeIMC\tError\tInternal\t4037\tN/A\tS\tAn exception has occurred "               \
	"which was handled internally. Code: 0xc0000005 Flags: 0x00000000 Address: 0x0042f1c0\n"

/* The Event Viewer saves the newest first, dumpel the oldest: the same file was last. */
static void
the_last_file_before_a_crash_is_found_in_either_order(void **state)
{
	static const char *const texts[] = {
		RECEIVED("2:07:10 PM", "G1X4TKB7") RECEIVED("2:07:51 PM", "G1X4TK19")
		    CRASHED("2:07:53 PM") RECEIVED("2:20:00 PM", "G2N0QW3A"),
		RECEIVED("2:20:00 PM", "G2N0QW3A") CRASHED("2:07:53 PM")
		    RECEIVED("2:07:51 PM", "G1X4TK19") RECEIVED("2:07:10 PM", "G1X4TKB7"),
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct evidence *out = log_text(LOG_EVENT_TEXT, texts[i]);
		const struct evidence_item *item = log_only(out, EVIDENCE_LAST_RECEIVED);
		const struct evidence_item *crash = log_only(out, EVIDENCE_CRASH);

		assert_string(item, item->spool, "G1X4TK19");
		assert_string(item, item->sender, "bert@other.example");
		assert_int_equal(item->other_time, at_time(2001, 3, 15, 14, 7, 53));
		assert_int_equal(crash->code, 0xc0000005);
		assert_int_equal(crash->address, 0x0042f1c0);
		assert_int_equal(log_count(out, EVIDENCE_RECEIVED), 3);
		free(out);
	}
}

static void
a_crash_of_another_service_is_none(void **state)
{
	struct evidence *out = log_text(LOG_EVENT_TEXT,
	    "3/15/01\t2:07:53 PM\tService Control Manager\tError\tNone\t7031\tN/A\tS\tThe Print Spooler "
	    "service terminated unexpectedly.\n"
	    "3/15/01\t2:07:54 PM\tDrWatson\tInformation\tNone\t4097\tN/A\tS\tThe application, "
	    "exe\\spoolss.dbg, generated an application error\n"
	    "3/15/01\t2:07:55 PM\tService Control Manager\tError\tNone\t7034\tN/A\tS\tThe Microsoft "
	    "Exchange Internet Mail Service service terminated unexpectedly.\n");

	(void)state;
	assert_int_equal(log_only(out, EVIDENCE_CRASH)->event, 7034);
	free(out);
}

static void
causes_that_are_no_message_are_told(void **state)
{
	static const struct {
		const char *text;
		enum evidence_cause cause;
		bool weak;
	} rows[] = {
		{ "MSExchangeIMC\tError\tInternal\t3018\tN/A\tS\tNot enough disk space.",
		    CAUSE_DISK_FULL, false },
		{ "MSExchangeIMC\tError\tInternal\t3013\tN/A\tS\tThe queue is corrupt.",
		    CAUSE_QUEUE_FILE, false },
		{ "MSExchangeIMC\tError\tInternal\t4037\tN/A\tS\tAn exception. Code: 0xc0000005 Flags: "
		  "0x00000000 Address: 0x00402674",
		    CAUSE_IMCEXT, true },
		{ "Service Control Manager\tError\tNone\t7023\tN/A\tS\tThe Microsoft Exchange Internet "
		  "Mail Connector service terminated with the following error: 1067",
		    CAUSE_ADMIN_MAILBOX, true },
		{ "DrWatson\tInformation\tNone\t4097\tN/A\tS\tThe application, exe\\MSEXCIMC.dbg, "
		  "generated an application error (rcFindAdminX400Address)",
		    CAUSE_ADMIN_MAILBOX, false },
		{ "McShield\tWarning\tNone\t257\tN/A\tS\tThe file D:\\exchsrvr\\imcdata\\in\\G1X4TK19 is "
		  "infected.",
		    CAUSE_ANTIVIRUS, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[512];
		struct evidence *out;
		const struct evidence_item *item;

		snprintf(text, sizeof text, "3/15/01\t2:07:53 PM\t%s\n", rows[i].text);
		out = log_text(LOG_EVENT_TEXT, text);
		item = log_only(out, EVIDENCE_RULE_OUT);
		assert_int_equal(item->code, rows[i].cause);
		assert_int_equal(item->flags & EVIDENCE_WEAK, rows[i].weak ? EVIDENCE_WEAK : 0);
		free(out);
	}
}

static void
words_in_capitals_or_not_are_no_spool_names(void **state)
{
	struct evidence *out = log_text(LOG_EVENT_TEXT,
	    "3/15/01\t2:07:53 PM\tMSExchangeIMC\tInformation\tNone\t4999\tN/A\tS\tThe standard backward "
	    "SERVICES of NTSRV-42 and a@GTWYSRVR.example went well.\n");

	(void)state;
	assert_int_equal(out->n_items, 0);
	free(out);
}

static void
utf16_exports_are_read_in_both_orders(void **state)
{
	const char *text = RECEIVED("2:07:51 PM", "G1X4TK19") CRASHED("2:07:53 PM");

	(void)state;
	for (int little = 0; little < 2; little++) {
		size_t len;
		unsigned char *wide = wide_of(text, little, &len);
		struct evidence *out = log_read(LOG_EVENT_TEXT, wide, len, 0);

		assert_int_equal(log_kind(slice_of(wide, len), slice_str("")), LOG_EVENT_TEXT);
		assert_string(log_only(out, EVIDENCE_LAST_RECEIVED),
		    log_only(out, EVIDENCE_LAST_RECEIVED)->spool, "G1X4TK19");
		assert_pieces_do_not_matter(LOG_EVENT_TEXT, wide, len);
		free(out);
		free(wide);
	}
}

static void
any_cut_and_any_changed_byte_is_survived(void **state)
{
	const char *text = RECEIVED("2:07:51 PM", "G1X4TK19") CRASHED("2:07:53 PM") "more\n\n";

	(void)state;
	assert_damage_is_survived(LOG_EVENT_TEXT, text, strlen(text));
	assert_pieces_do_not_matter(LOG_EVENT_TEXT, text, strlen(text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tab_separated_export_is_read),
		cmocka_unit_test(the_columns_of_other_tools_are_told_apart),
		cmocka_unit_test(one_clear_date_settles_all_others),
		cmocka_unit_test(a_description_of_many_lines_belongs_to_its_event),
		cmocka_unit_test(insertion_strings_are_read_where_the_message_file_was_missing),
		cmocka_unit_test(store_and_connector_texts_give_message_sender_and_subject),
		cmocka_unit_test(the_last_file_before_a_crash_is_found_in_either_order),
		cmocka_unit_test(a_crash_of_another_service_is_none),
		cmocka_unit_test(causes_that_are_no_message_are_told),
		cmocka_unit_test(words_in_capitals_or_not_are_no_spool_names),
		cmocka_unit_test(utf16_exports_are_read_in_both_orders),
		cmocka_unit_test(any_cut_and_any_changed_byte_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
