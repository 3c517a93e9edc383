/* test_drwatson.c - Dr. Watson logs: faults, back traces and the text on the stacks. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/logs/log.h"

#define BANNER                                                                                     \
	"Microsoft (R) Windows NT (TM) Version 4.00 DrWtsn32\r\n"                                  \
	"Copyright (C) 1985-1996 Microsoft Corp. All rights reserved.\r\n\r\n"
#define CRASH(app, when)                                                                           \
	"Application exception occurred:\r\n"                                                      \
	"        App: " app " (pid=167)\r\n"                                                       \
	"        When: " when "\r\n"                                                               \
	"        Exception number: c0000005 (access violation)\r\n\r\n"                            \
	"*----> System Information <----*\r\n"                                                     \
	"        Computer Name: EXGATE1\r\n\r\n"
#define OTHER_THREAD                                                                               \
	"State Dump for Thread Id 0x90\r\n\r\nfunction: NtWaitForSingleObject\r\n"                 \
	"*----> Stack Back Trace <----*\r\n\r\n"                                                   \
	"FramePtr ReturnAd Param#1  Param#2  Param#3  Param#4  Function Name\r\n"                  \
	"0012ff80 0042f1c0 00000001 00000002 00000003 00000004 ntdll!NtWaitForSingleObject\r\n\r\n"
#define FAULTING_THREAD                                                                             \
	"State Dump for Thread Id 0x144\r\n\r\n"                                                    \
	"eax=00000000 ebx=00000000 ecx=00000000\r\n\r\n"                                            \
	"function: CmnContent::hrAddParm\r\n"                                                       \
	"        0042f1be 0bf0             or      esi,eax\r\n"                                     \
	"FAULT ->0042f1c0 8b06             mov     eax,[esi]              ds:4300b84a=????????\r\n" \
	"        0042f1c2 85c0             test    eax,eax\r\n\r\n"                                 \
	"*----> Stack Back Trace <----*\r\n\r\n"                                                    \
	"FramePtr ReturnAd Param#1  Param#2  Param#3  Param#4  Function Name\r\n"                   \
	"00daaefc 004301a3 00dab000 00000000 0000000c 00000001 MSEXCIMC!hrAddParm\r\n"              \
	"00daaf10 00430100 00dab000 00000000 0000000c 00000001 "                                    \
	"MSEXCIMC!CINETextr::hrExtract (FPO: [2,0,1])\r\n\r\n"
/* "\0boundary=\"x7 q\"\0" and "G1X4TK19" in UTF-16. */
#define RAW_STACK                                                                                  \
	"*----> Raw Stack Dump <----*\r\n"                                                         \
	"00daaefc  8c d5 52 00 62 6f 75 6e - 64 61 72 79 3d 22 78 37  ..R.boundary=\"x7\r\n"       \
	"00daaf0c  20 71 22 00 47 00 31 00 - 58 00 34 00 54 00 4b 00   q\".G.1.X.4.T.K.\r\n"       \
	"00daaf1c  31 00 39 00 00 00 00 00 - 41 41 41 41 41 41 41 41  1.9.....AAAAAAAA\r\n"        \
	"00daaf2c  41 41 41 41 41 41 41 41 - 00 00 00 00 00 00 00 00  AAAAAAAA........\r\n\r\n"
#define WHOLE                                                                                      \
	BANNER CRASH("exe\\MSEXCIMC.dbg", "3/5/2001 @ 14:07:52.638")                               \
	    OTHER_THREAD FAULTING_THREAD RAW_STACK

static void
a_fault_has_application_time_code_address_and_function(void **state)
{
	struct evidence *out = log_text(LOG_DRWATSON, WHOLE);
	const struct evidence_item *item = log_only(out, EVIDENCE_FAULT);

	(void)state;
	assert_string(item, item->source, "exe\\MSEXCIMC.dbg");
	assert_string(item, item->function, "CmnContent::hrAddParm");
	assert_int_equal(item->time, at_time(2001, 3, 5, 14, 7, 52));
	assert_int_equal(item->zone, ZONE_LOCAL);
	assert_int_equal(item->code, 0xc0000005);
	assert_int_equal(item->address, 0x0042f1c0);
	assert_int_equal(item->flags, EVIDENCE_FAULTING);
	assert_int_equal(item->offset, strstr(WHOLE, "FAULT ->") - WHOLE);
	free(out);
}

static void
only_the_faulting_threads_back_trace_counts(void **state)
{
	struct evidence *out = log_text(LOG_DRWATSON, WHOLE);

	(void)state;
	assert_int_equal(log_count(out, EVIDENCE_FRAME), 2);
	for (unsigned i = 0; i < 2; i++) {
		static const char *const functions[] = { "MSEXCIMC!hrAddParm",
			"MSEXCIMC!CINETextr::hrExtract (FPO: [2,0,1])" };
		const struct evidence_item *item = log_nth(out, EVIDENCE_FRAME, i);

		assert_string(item, item->function, functions[i]);
		assert_int_equal(item->number, i + 1);
	}
	free(out);
}

static void
text_on_the_stack_is_put_together_over_rows(void **state)
{
	struct evidence *out = log_text(LOG_DRWATSON, WHOLE);
	const struct evidence_item *text = log_nth(out, EVIDENCE_STACK, 0);
	const struct evidence_item *name = log_nth(out, EVIDENCE_STACK, 1);

	(void)state;
	/* The sixteen A are a filling, no text. */
	assert_int_equal(log_count(out, EVIDENCE_STACK), 2);
	assert_string(text, text->bytes, "boundary=\"x7 q\"");
	assert_true(text->flags & EVIDENCE_FAULTING);
	/* The quote and the NUL behind it may be a character of the wide text as well. */
	assert_string(name, name->bytes, "\"G1X4TK19");
	assert_string(name, name->spool, "G1X4TK19");
	assert_true(name->flags & EVIDENCE_WIDE);
	free(out);
}

static void
a_row_whose_text_was_wrapped_away_is_still_read(void **state)
{
	struct evidence *out =
	    log_text(LOG_DRWATSON, CRASH("store.exe", "3/5/2001 @ 14:07:52.638") FAULTING_THREAD
		"*----> Raw Stack Dump <----*\r\n"
		"00daaefc  8c d5 52 00 62 6f 75 6e - 64 61 72 79 3d 22 78 37\r\n"
		"..R.boundary=\"x7\r\n"
		"00daaf0c  20 71 22 00\r\n");
	const struct evidence_item *item = log_only(out, EVIDENCE_STACK);

	(void)state;
	assert_string(item, item->bytes, "boundary=\"x7 q\"");
	assert_true(item->flags & EVIDENCE_STORE);
	free(out);
}

static void
a_gap_between_rows_ends_a_run(void **state)
{
	struct evidence *out = log_text(LOG_DRWATSON,
	    CRASH("msexcimc.exe", "3/5/2001 @ 14:07:52.638") FAULTING_THREAD
	    "*----> Raw Stack Dump <----*\r\n"
	    "00daaefc  00 00 00 00 62 6f 75 6e - 64 61 72 79 3d 22 78 37  ....boundary=\"x7\r\n"
	    "00daaf1c  20 71 22 00 00 00 00 00 - 00 00 00 00 00 00 00 00   q\".............\r\n");

	(void)state;
	assert_string(
	    log_only(out, EVIDENCE_STACK), log_only(out, EVIDENCE_STACK)->bytes, "boundary=\"x7");
	free(out);
}

static void
each_crash_of_a_log_is_told_and_those_of_others_faintly(void **state)
{
	struct evidence *out = log_text(LOG_DRWATSON,
	    BANNER CRASH("spoolsv.exe", "3/5/2001 @ 13:00:00.001") FAULTING_THREAD RAW_STACK CRASH(
		"C:\\exchsrvr\\bin\\store.exe", "3/5/2001 @ 14:31:09.110") FAULTING_THREAD);
	const struct evidence_item *other = log_nth(out, EVIDENCE_FAULT, 0);
	const struct evidence_item *store = log_nth(out, EVIDENCE_FAULT, 1);

	(void)state;
	assert_int_equal(log_count(out, EVIDENCE_FAULT), 2);
	assert_true(other->flags & EVIDENCE_WEAK);
	assert_int_equal(store->flags, EVIDENCE_STORE | EVIDENCE_FAULTING);
	assert_int_equal(log_count(out, EVIDENCE_STACK), 0);
	assert_int_equal(log_count(out, EVIDENCE_FRAME), 2);
	free(out);
}

static void
a_crash_that_the_log_breaks_off_in_is_told_as_such(void **state)
{
	struct evidence *out =
	    log_text(LOG_DRWATSON, CRASH("msexcimc.exe", "3/5/2001 @ 14:07:52.638") "State Du");
	const struct evidence_item *item = log_only(out, EVIDENCE_FAULT);

	(void)state;
	assert_int_equal(item->flags, EVIDENCE_UNFINISHED);
	assert_int_equal(item->time, at_time(2001, 3, 5, 14, 7, 52));
	assert_int_equal(out->unfinished, 1);
	free(out);
}

static void
a_function_that_no_message_reaches_rules_messages_out(void **state)
{
	struct evidence *out = log_text(LOG_DRWATSON,
	    CRASH("msexcimc.exe",
		"3/5/2001 @ 14:07:52.638") "State Dump for Thread Id 0x1\r\n"
					   "function: res_skip_answer\r\n"
					   "FAULT ->0042f1c0 8b06 mov eax,[esi]\r\n");

	(void)state;
	assert_int_equal(log_only(out, EVIDENCE_RULE_OUT)->code, CAUSE_REMOTE_ANSWER);
	free(out);
}

static void
utf16_is_read_like_bytes(void **state)
{
	size_t len;
	unsigned char *wide = wide_of(WHOLE, true, &len);
	struct evidence *out = log_read(LOG_DRWATSON, wide, len, 0);

	(void)state;
	assert_int_equal(log_kind(slice_of(wide, len), slice_str("")), LOG_DRWATSON);
	assert_int_equal(log_count(out, EVIDENCE_STACK), 2);
	assert_int_equal(
	    log_only(out, EVIDENCE_FAULT)->offset, 2 + 2 * (strstr(WHOLE, "FAULT ->") - WHOLE));
	free(out);
	free(wide);
}

static void
any_cut_and_any_changed_byte_is_survived(void **state)
{
	(void)state;
	assert_damage_is_survived(LOG_DRWATSON, WHOLE, strlen(WHOLE));
	assert_pieces_do_not_matter(LOG_DRWATSON, WHOLE, strlen(WHOLE));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fault_has_application_time_code_address_and_function),
		cmocka_unit_test(only_the_faulting_threads_back_trace_counts),
		cmocka_unit_test(text_on_the_stack_is_put_together_over_rows),
		cmocka_unit_test(a_row_whose_text_was_wrapped_away_is_still_read),
		cmocka_unit_test(a_gap_between_rows_ends_a_run),
		cmocka_unit_test(each_crash_of_a_log_is_told_and_those_of_others_faintly),
		cmocka_unit_test(a_crash_that_the_log_breaks_off_in_is_told_as_such),
		cmocka_unit_test(a_function_that_no_message_reaches_rules_messages_out),
		cmocka_unit_test(utf16_is_read_like_bytes),
		cmocka_unit_test(any_cut_and_any_changed_byte_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
