/* test_smtplog.c - SMTP protocol logs: a text begun and never answered. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/logs/log.h"

#define AT "3/15/01 2:07:51 PM : "
#define OPENING                                                                                    \
	AT "A connection was accepted from other.example.\r\n" AT "<<< EHLO other.example\r\n" AT  \
	   ">>> 250 OK\r\n"
#define DIALOG(from, to)                                                                           \
	AT "<<< MAIL FROM:<" from "> SIZE=1460 RET=FULL\r\n" AT ">>> 250 OK - mail from <" from    \
	   ">\r\n" AT "<<< RCPT TO:<" to "> NOTIFY=FAILURE\r\n" AT ">>> 250 OK\r\n" AT             \
	   "<<< RCPT TO:<second@acme.example>\r\n" AT ">>> 250 OK\r\n" AT "<<< DATA\r\n"           \
	   "3/15/01 2:07:52 PM : >>> 354 Send data.  End with CRLF.CRLF\r\n"
#define TAKEN AT ">>> 250 OK\r\n"

static void
a_text_without_its_answer_is_told(void **state)
{
	struct evidence *out =
	    log_text(LOG_SMTP, OPENING DIALOG("anna@mail.example", "john@acme.example")
				   TAKEN DIALOG("bert@other.example", "jane@acme.example"));
	const struct evidence_item *item = log_only(out, EVIDENCE_SMTP_OPEN);

	(void)state;
	assert_string(item, item->sender, "bert@other.example");
	assert_string(item, item->recipient, "jane@acme.example");
	assert_int_equal(item->n_recipients, 2);
	assert_int_equal(item->code, 1460);
	assert_int_equal(item->time, at_time(2001, 3, 15, 14, 7, 52));
	assert_int_equal(item->zone, ZONE_LOCAL);
	assert_int_equal(item->flags, EVIDENCE_IN | EVIDENCE_UNFINISHED);
	assert_int_equal(item->number, 20);
	assert_int_equal(out->unfinished, 1);
	free(out);
}

static void
a_refused_text_is_answered_too(void **state)
{
	struct evidence *out = log_text(
	    LOG_SMTP, OPENING DIALOG("anna@mail.example", "john@acme.example") AT ">>> 554 no\r\n");

	(void)state;
	assert_int_equal(out->n_items, 0);
	assert_int_equal(out->unfinished, 0);
	free(out);
}

/* Q170317, Q188341, MS03-046, MS02-037: the service died of the command, and no message is to blame. */
static void
a_command_that_nothing_answered_is_told(void **state)
{
	static const struct {
		const char *text;
		unsigned n;
		uint32_t flags;
	} rows[] = {
		{ OPENING AT "<<< VRFY administrator\r\n", 1, EVIDENCE_IN },
		{ OPENING AT "<<< AUTH LOGIN\r\n", 1, EVIDENCE_IN },
		{ OPENING AT "<<< XEXCH50 2147483647 2\r\n", 1, EVIDENCE_IN },
		{ OPENING AT "<<< XEXCH50 100 2\r\n" AT ">>> 354 Send binary data\r\n", 1,
		    EVIDENCE_IN },
		{ OPENING AT "<<< VRFY administrator\r\n" OPENING, 1, EVIDENCE_IN },
		{ OPENING AT "A connection was accepted from b.example.\r\n" AT
			     "<<< EHLO b.example\r\n",
		    1, EVIDENCE_IN | EVIDENCE_WEAK },
		{ OPENING AT "<<< VRFY administrator\r\n" AT ">>> 252 cannot verify\r\n", 0, 0 },
		{ OPENING AT "<<< XEXCH50 100 2\r\n" AT ">>> 354 Send binary data\r\n" AT
			     ">>> 250 OK\r\n",
		    0, 0 },
		{ OPENING AT "<<< VRFY administrator\r\n" AT "<<< QUIT\r\n", 0, 0 },
		{ OPENING AT "<<< NOOP\r\n", 0, 0 },
		{ OPENING AT ">>> VRFY administrator\r\n", 0, 0 },
		/* A log without replies: that one lacks says nothing. */
		{ AT "A connection was accepted from b.example.\r\n" AT "<<< VRFY a\r\n", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct evidence *out = log_read(LOG_SMTP, rows[i].text, strlen(rows[i].text), 0);
		const struct evidence_item *item = log_nth(out, EVIDENCE_RULE_OUT, 0);

		assert_int_equal(out->met[EVIDENCE_RULE_OUT], rows[i].n);
		assert_int_equal(out->met[EVIDENCE_SMTP_OPEN], 0);
		if (item) {
			assert_int_equal(item->code, CAUSE_SMTP_COMMAND);
			assert_int_equal(item->flags, rows[i].flags);
			assert_int_equal(item->time, at_time(2001, 3, 15, 14, 7, 51));
		}
		free(out);
	}
}

static void
a_new_connection_shows_that_the_last_one_broke(void **state)
{
	struct evidence *out =
	    log_text(LOG_SMTP, OPENING DIALOG("anna@mail.example", "john@acme.example") OPENING);
	const struct evidence_item *item = log_only(out, EVIDENCE_SMTP_OPEN);

	(void)state;
	assert_int_equal(item->flags, EVIDENCE_IN);
	free(out);
}

static void
what_the_message_says_does_not_answer_for_the_server(void **state)
{
	struct evidence *out =
	    log_text(LOG_SMTP, OPENING DIALOG("bert@other.example", "jane@acme.example") AT
		"<<< Subject: hello\r\n"
		"Message-ID: <one@other.example>\r\n"
		"250 OK\r\n" AT "<<< 250 OK\r\n"
		"\r\n"
		"Subject: not this\r\n");
	const struct evidence_item *item = log_only(out, EVIDENCE_SMTP_OPEN);

	(void)state;
	assert_string(item, item->subject, "hello");
	assert_string(item, item->message_id, "<one@other.example>");
	free(out);
}

static void
an_outbound_dialog_is_read_from_the_other_side(void **state)
{
	struct evidence *out = log_text(LOG_SMTP,
	    AT "<<< 220 mail.example\r\n" AT ">>> MAIL FROM:<john@acme.example>\r\n" AT
	       "<<< 250 ok\r\n" AT ">>> RCPT TO:<anna@mail.example>\r\n" AT "<<< 250 ok\r\n" AT
	       ">>> DATA\r\n" AT "<<< 354 go\r\n");
	const struct evidence_item *item = log_only(out, EVIDENCE_SMTP_OPEN);

	(void)state;
	assert_string(item, item->sender, "john@acme.example");
	assert_int_equal(item->flags, EVIDENCE_OUT | EVIDENCE_UNFINISHED);
	free(out);
}

static void
a_log_of_4_0_without_times_is_read(void **state)
{
	struct evidence *out = log_text(LOG_SMTP,
	    "<<< IO: |MAIL FROM:<bert@other.example>|\r\n<<< MAIL FROM:<bert@other.example>\r\n"
	    ">>> 250 OK\r\n<<< RCPT TO:<jane@acme.example>\r\n>>> 250 OK\r\n<<< DATA\r\n>>> 354 go\r\n");
	const struct evidence_item *item = log_only(out, EVIDENCE_SMTP_OPEN);

	(void)state;
	assert_int_equal(item->zone, ZONE_UNKNOWN);
	assert_int_equal(item->time, EVIDENCE_TIME_NONE);
	assert_string(item, item->recipient, "jane@acme.example");
	free(out);
}

static void
any_cut_and_any_changed_byte_is_survived(void **state)
{
	const char *text = OPENING DIALOG("bert@other.example", "jane@acme.example") TAKEN OPENING;

	(void)state;
	assert_damage_is_survived(LOG_SMTP, text, strlen(text));
	assert_pieces_do_not_matter(LOG_SMTP, text, strlen(text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_without_its_answer_is_told),
		cmocka_unit_test(a_refused_text_is_answered_too),
		cmocka_unit_test(a_command_that_nothing_answered_is_told),
		cmocka_unit_test(a_new_connection_shows_that_the_last_one_broke),
		cmocka_unit_test(what_the_message_says_does_not_answer_for_the_server),
		cmocka_unit_test(an_outbound_dialog_is_read_from_the_other_side),
		cmocka_unit_test(a_log_of_4_0_without_times_is_read),
		cmocka_unit_test(any_cut_and_any_changed_byte_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
