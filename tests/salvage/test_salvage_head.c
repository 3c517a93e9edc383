/* test_salvage_head.c - headers made anew: nothing hostile gets a line, a field or a recipient. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bench.h"

#include <stdio.h>

/* Names of the fields of the new mail, one a line. */
static void
names_of(const char *mail, char *out, size_t room)
{
	size_t used = 0;

	out[0] = '\0';
	while (*mail && strncmp(mail, "\r\n", 2) != 0) {
		const char *end = strstr(mail, "\r\n");
		const size_t len = strcspn(mail, ":\r");

		assert_non_null(end);
		if (*mail != ' ' && used + len + 2 < room) {
			memcpy(out + used, mail, len);
			used += len;
			out[used++] = ' ';
			out[used] = '\0';
		}
		mail = end + 2;
	}
}

static void
a_plain_mail_keeps_its_fields(void **state)
{
	const char *mail = remake_text(*state,
	    "From: Ann Miller <ann@north.example>\r\nTo: bob@south.example\r\nSubject: Stock\r\n"
	    "Date: Mon, 5 Mar 2001 14:07:51 -0600\r\nMessage-ID: <1@north.example>\r\n\r\nTwo.\r\n");

	assert_string_equal(mail,
	    "From: Ann Miller <ann@north.example>\r\nTo: bob@south.example\r\nSubject: Stock\r\n"
	    "Date: Mon, 05 Mar 2001 14:07:51 -0600\r\nMessage-ID: <1@north.example>\r\n"
	    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\nTwo.\r\n");
}

/* Line ends by way of encoded words, folds, bare CR and LF, quotes and NUL. */
static void
no_text_adds_a_field(void **state)
{
	static const char *const subjects[] = {
		"=?utf-8?Q?x=0D=0ABcc:_evil@bad.example?=",
		"=?utf-8?B?eA0KQmNjOiBldmlsQGJhZC5leGFtcGxl?=",
		"x\rBcc: evil@bad.example",
		"x\r\n \r\n Bcc: evil@bad.example",
		"=?utf-16be?B?AA0ACgBCAGMAYwA6ACAAZQ==?=",
		"=?iso-2022-jp?B?GyRCDQobKEJCY2M6IGV2aWw=?=",
		"=?utf-7?Q?+AA0ACg-Bcc:_evil@bad.example?=",
		"x\342\200\250Bcc: evil@bad.example",
	};

	for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
		char old[500], names[500];

		snprintf(old, sizeof old,
		    "From: a@north.example\r\nSubject: %s\r\nTo: b@south.example\r\n\r\nx\r\n",
		    subjects[i]);
		names_of(remake_text(*state, old), names, sizeof names);
		assert_string_equal(names,
		    "From To Subject Date Message-ID MIME-Version Content-Type "
		    "Content-Transfer-Encoding ");
	}
}

static void
no_name_adds_a_recipient(void **state)
{
	static const char *const names[] = {
		"\"x\" <evil@bad.example>, y\" <b@south.example>",
		"=?utf-8?Q?x=3Cevil@bad.example=3E=2C?= <b@south.example>",
		"=?utf-8?B?eD4sIGV2aWxAYmFkLmV4YW1wbGU=?= <b@south.example>",
		"\"x\\\" <evil@bad.example>, \\\"\" <b@south.example>",
		"b@south.example (x, evil@bad.example)",
		"=?utf-8?Q?x=0D=0ACc:_evil@bad.example?= <b@south.example>",
		"\"=?utf-8?Q?x=22_<evil@bad.example>,_=22?=\" <b@south.example>",
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct bench *bench = *state;
		const struct salvage_row *row = NULL;
		char old[500];

		snprintf(old, sizeof old, "From: a@north.example\r\nTo: %s\r\n\r\nx\r\n", names[i]);
		remake_text(bench, old);
		bench_order(bench, slice_of(bench->mail, bench->len), bench->read);
		/* The first list names the other address outright: then both are recipients. */
		while ((row = salvage_next(bench->account, SALVAGE_RECIPIENT, row)))
			assert_true(i == 0 || slice_eq(salvage_slice(bench->account, row->text[0]),
						  "b@south.example"));
		if (i > 0)
			assert_lacks((const char *)bench->mail, "evil@bad");
	}
}

static void
no_file_name_leaves_its_quotes(void **state)
{
	static const char *const names[] = {
		"filename=\"x\\\"; y=\\\"z.txt\"",
		"filename*=utf-8''x%0D%0AX-Evil%3A%20y.txt",
		"filename*=utf-8''..%2F..%2Fetc%2Fpasswd",
		"filename=\"=?utf-8?Q?x=0D=0AX-Evil:_y.txt?=\"",
		"filename=\"..\\\\..\\\\boot.ini\"",
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		char old[500];
		const char *mail;

		snprintf(old, sizeof old,
		    "From: a@north.example\r\nMIME-Version: 1.0\r\nContent-Type: application/zip\r\n"
		    "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; %s\r\n\r\n"
		    "eHg=\r\n",
		    names[i]);
		mail = remake_text(*state, old);
		assert_lacks(mail, "\r\nX-Evil");
		assert_lacks(mail, "..");
		assert_lacks(mail, "\\");
		check_parts(*state);
	}
}

static void
every_byte_of_the_mail_is_printable(void **state)
{
	static const char old[] =
	    "From: \"\x01\x7f\xff\" <a@north.example>\r\nTo: \xe4\xf6@b.example, c@d.example\r\n"
	    "Subject: \x1b$B%F%9%H\x1b(B\x00 \x9b\r\nOrganization: \x08\xc3\x28\r\n\r\n\xff\x00\x1b\r\n";
	struct bench *bench = *state;

	remake(bench, slice_of(old, sizeof old - 1));
	for (size_t i = 0; i < bench->len; i++)
		assert_true((bench->mail[i] >= 0x20 && bench->mail[i] < 0x7f) ||
			    bench->mail[i] == '\r' || bench->mail[i] == '\n');
}

static void
no_line_is_longer_than_a_mail_may_have(void **state)
{
	struct bench *bench = *state;
	char *old = calloc(1, 60000);
	size_t len = 0, line = 0;

	assert_non_null(old);
	len += (size_t)sprintf(old, "From: a@north.example\r\nSubject: ");
	memset(old + len, 'x', 20000);
	len += 20000;
	len += (size_t)sprintf(old + len, "\r\nOrganization: ");
	for (int i = 0; i < 9000; i++)
		len += (size_t)sprintf(old + len, "\xc3\xa4");
	sprintf(old + len, "\r\n\r\nx\r\n");
	remake_text(bench, old);
	free(old);
	for (size_t i = 0; i < bench->len; i++) {
		line = bench->mail[i] == '\n' ? 0 : line + 1;
		assert_true(line <= 78);
	}
}

static void
what_is_left_out_is_told_with_its_place(void **state)
{
	struct bench *bench = *state;
	const struct salvage_row *row;

	remake_text(bench, "From: a@north.example\r\nX-Odd: 1\r\n\r\nx\r\n");
	row = salvage_next(bench->account, SALVAGE_FIELD, NULL);
	assert_non_null(row);
	assert_true(slice_eq(salvage_slice(bench->account, row->text[0]), "X-Odd"));
	assert_int_equal(row->code, SALVAGE_FIELD_UNKNOWN);
	assert_int_equal(row->offset, 23);
	assert_int_equal(row->length, 8);
}

static void
the_envelope_names_every_recipient(void **state)
{
	static const char old[] = "x-sender: ann@north.example\r\nx-receiver: bob@south.example\r\n"
				  "x-receiver: carl@south.example\r\nFrom: ann@north.example\r\n"
				  "Bcc: dora@south.example\r\n\r\nx\r\n";
	struct bench *bench = *state;
	struct salvage_order order = bench_order(bench, slice_str(old), bench->account);

	order.msg = examine_read(bench->examiner, FOLDER_PICKUP, DIRECTION_OUT);
	salvage_start(bench->account, 0, sizeof old - 1);
	order.mail = malloc((size_t)salvage_limit(sizeof old));
	order.mail_room = (size_t)salvage_limit(sizeof old);
	assert_non_null(order.mail);
	assert_true(salvage_mail(&order));
	assert_int_equal(bench->account->n_kept[SALVAGE_SENDER], 1);
	assert_int_equal(bench->account->n_kept[SALVAGE_RECIPIENT], 3);
	assert_null(memmem(order.mail, (size_t)bench->account->mail_len, "Bcc", 3));
	free(order.mail);
}

static void
a_mail_without_a_sender_and_a_date_gets_both(void **state)
{
	struct bench *bench = *state;
	const char *mail;

	bench->wish.mtime = 983822871;
	mail = remake_text(bench, "\r\nx\r\n");
	assert_has(mail, "From: Unknown sender <unknown@salvage.invalid>\r\n");
	assert_has(mail, "Date: Mon, 05 Mar 2001 20:07:51 +0000\r\n");
	assert_has(mail, "Message-ID: <salvage.1.");
	bench->wish.mtime = 0;
}

static void
check_lost(struct bench *bench, unsigned nth, const char *old, const char *text)
{
	const struct salvage_row *row = NULL;

	do
		row = salvage_next(bench->account, SALVAGE_LOST, row);
	while (row && nth-- > 0);
	assert_non_null(row);
	assert_int_equal(row->code, SALVAGE_LOST_HEADER);
	assert_int_equal(row->length, strlen(text));
	assert_memory_equal(old + row->offset, text, strlen(text));
}

static void
lines_that_are_no_field_are_told_as_lost(void **state)
{
	static const char old[] =
	    "From ann Mon Mar  5 13:15:02 2001\r\nFrom: a@north.example\r\nno colon here\r\n"
	    " and its continuation\r\nTo: b@south.example\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: multipart/mixed; boundary=b\r\nlast\r\n\r\n--b\r\n"
	    "Content-Type: text/plain\r\nof a part\r\n\r\nHello.\r\n--b--\r\n";
	struct bench *bench = *state;
	const char *mail = remake_text(bench, old);

	assert_int_equal(bench->account->n_kept[SALVAGE_LOST], 4);
	check_lost(bench, 0, old, "From ann Mon Mar  5 13:15:02 2001");
	check_lost(bench, 1, old, "no colon here\r\n and its continuation");
	check_lost(bench, 2, old, "last");
	check_lost(bench, 3, old, "of a part");
	assert_lacks(mail, "colon");
	check_parts(bench);
}

static void
a_header_of_fields_alone_loses_nothing(void **state)
{
	struct bench *bench = *state;

	remake_text(bench,
	    "From: a@north.example\r\nSubject: x\r\n y\r\n \r\nTo: b@south.example\r\n"
	    "\r\nHello.\r\n");
	assert_null(salvage_next(bench->account, SALVAGE_LOST, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_mail_keeps_its_fields),
		cmocka_unit_test(no_text_adds_a_field),
		cmocka_unit_test(no_name_adds_a_recipient),
		cmocka_unit_test(no_file_name_leaves_its_quotes),
		cmocka_unit_test(every_byte_of_the_mail_is_printable),
		cmocka_unit_test(no_line_is_longer_than_a_mail_may_have),
		cmocka_unit_test(what_is_left_out_is_told_with_its_place),
		cmocka_unit_test(the_envelope_names_every_recipient),
		cmocka_unit_test(a_mail_without_a_sender_and_a_date_gets_both),
		cmocka_unit_test(lines_that_are_no_field_are_told_as_lost),
		cmocka_unit_test(a_header_of_fields_alone_loses_nothing),
	};

	return cmocka_run_group_tests(tests, bench_set_up, bench_tear_down);
}
