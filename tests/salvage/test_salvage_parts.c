/* test_salvage_parts.c - bodies made anew: what could be read, as it was; what not, as it stood. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bench.h"

#include <stdio.h>

#define HEAD "From: a@north.example\r\nTo: b@south.example\r\nMIME-Version: 1.0\r\n"

static void
check_leaf(struct bench *bench, unsigned nth, enum salvage_content content, const char *type,
    uint64_t size)
{
	const struct salvage_row *row = leaf_of(bench, nth);

	assert_int_equal(row->code, content);
	if (!slice_eq(salvage_slice(bench->account, row->text[0]), type))
		fail_msg("leaf %u is %.*s", nth, (int)row->text[0].len,
		    (const char *)bench->account->pool + row->text[0].offset);
	assert_int_equal(row->size, size);
}

static void
text_of_another_charset_becomes_utf8(void **state)
{
	struct bench *bench = *state;
	const char *mail =
	    remake_text(bench, HEAD "Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xfc\xdf"
				    "e an alle, die noch da sind\r\n");

	assert_has(mail, "charset=utf-8\r\n");
	assert_has(mail, "Gr=C3=BC=C3=9Fe an alle");
	assert_int_equal(leaf_of(bench, 0)->flags, SALVAGE_CONVERTED);
	check_parts(bench);
}

static void
lines_that_a_server_might_change_are_encoded(void **state)
{
	const char *mail = remake_text(*state, HEAD "\r\n.\r\nFrom here\r\n--x\r\nend \r\n");

	assert_has(mail, "\r\n\r\n=2E\r\n=46rom here\r\n=2D-x\r\nend=20\r\n");
	check_parts(*state);
}

static void
bytes_that_are_no_text_go_along_as_they_stood(void **state)
{
	struct bench *bench = *state;

	remake_text(bench, HEAD "Content-Type: text/plain; charset=utf-8\r\n\r\n"
				"This text has one bad \xff byte in it, and goes on.\r\n");
	check_leaf(bench, 0, SALVAGE_TEXT, "text/plain", 52);
	check_leaf(bench, 1, SALVAGE_STRETCH, "application/octet-stream", 50);
	check_leaf(bench, 2, SALVAGE_NOTE, "text/plain", leaf_of(bench, 2)->size);
	assert_true(leaf_of(bench, 0)->flags & SALVAGE_CLEANED);
	check_parts(bench);
}

static void
attachments_keep_their_bytes(void **state)
{
	struct bench *bench = *state;
	const char *mail = remake_text(bench,
	    HEAD "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee.\r\n--b\r\n"
		 "Content-Type: application/x-thing; name=\"a b.bin\"\r\n"
		 "Content-Transfer-Encoding: base64\r\n\r\nAAECAwQ=\r\n--b--\r\n");

	check_leaf(bench, 1, SALVAGE_FILE, "application/x-thing", 5);
	assert_has(mail, "filename=\"a b.bin\"");
	assert_has(mail, "\r\n\r\nAAECAwQ=\r\n--");
	check_parts(bench);
}

static void
a_text_without_a_line_end_keeps_its_bytes(void **state)
{
	struct bench *bench = *state;

	remake_text(bench, HEAD "Content-Type: text/plain; name=a.txt\r\n\r\nz");
	check_leaf(bench, 0, SALVAGE_FILE, "text/plain", 1);
	check_parts(bench);
}

static void
messages_by_the_thousand_find_room(void **state)
{
	struct bench *bench = *state;
	char *old = calloc(3000, 100);
	size_t len;

	assert_non_null(old);
	len = (size_t)sprintf(old, HEAD "Content-Type: multipart/digest; boundary=b\r\n\r\n");
	for (int i = 0; i < 2500; i++)
		len += (size_t)sprintf(
		    old + len, "--b\r\n\r\nFrom: c@east.example\r\n\r\nLetter %d\r\n", i);
	sprintf(old + len, "--b--\r\n");
	remake_text(bench, old);
	free(old);
	assert_null(salvage_next(bench->account, SALVAGE_LOST, NULL));
	check_parts(bench);
}

static void
damaged_base64_goes_along_twice(void **state)
{
	struct bench *bench = *state;

	remake_text(bench, HEAD "Content-Type: application/x-thing; name=a.bin\r\n"
				"Content-Transfer-Encoding: base64\r\n\r\nAAEC!wQFBgcI\r\n");
	assert_true(leaf_of(bench, 0)->flags & SALVAGE_DAMAGED);
	check_leaf(bench, 1, SALVAGE_STRETCH, "application/octet-stream", 14);
	check_parts(bench);
}

static void
a_uuencoded_file_becomes_a_part(void **state)
{
	struct bench *bench = *state;
	const char *mail = remake_text(
	    bench, HEAD "\r\nBefore.\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\nBehind.\r\n");

	check_leaf(bench, 0, SALVAGE_TEXT, "text/plain", 9);
	check_leaf(bench, 1, SALVAGE_FILE, "application/octet-stream", 3);
	check_leaf(bench, 2, SALVAGE_TEXT, "text/plain", 9);
	assert_int_equal(leaf_of(bench, 1)->flags, SALVAGE_UNPACKED);
	assert_has(mail, "filename=\"cat.txt\"");
	assert_has(mail, "Q2F0\r\n");
	check_parts(bench);
}

static void
a_block_that_is_never_closed_goes_along_twice(void **state)
{
	struct bench *bench = *state;

	remake_text(bench, HEAD "\r\nbegin 644 cat.txt\r\n#0V%T\r\n");
	assert_true(leaf_of(bench, 0)->flags & SALVAGE_DAMAGED);
	check_leaf(bench, 1, SALVAGE_STRETCH, "application/octet-stream", 26);
	check_parts(bench);
}

static void
attached_messages_stay_messages(void **state)
{
	struct bench *bench = *state;
	const char *mail = remake_text(bench,
	    HEAD "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee.\r\n--b\r\n"
		 "Content-Type: message/rfc822\r\n\r\nFrom: c@east.example\r\nSubject: inner\r\n"
		 "X-Evil: 1\r\n\r\nInner text.\r\n--b--\r\n");

	assert_has(
	    mail, "Content-Type: message/rfc822\r\n\r\nFrom: c@east.example\r\nSubject: inner\r\n");
	assert_lacks(mail, "X-Evil");
	check_leaf(bench, 1, SALVAGE_TEXT, "text/plain", 13);
	check_parts(bench);
}

/* `depth` messages in each other. */
static char *
nested(unsigned depth)
{
	char *old = calloc(depth + 1, 100);
	size_t len = 0;

	assert_non_null(old);
	for (unsigned i = 0; i < depth; i++)
		len += (size_t)sprintf(
		    old + len, "From: a@north.example\r\nContent-Type: message/rfc822\r\n\r\n");
	sprintf(old + len, "From: a@north.example\r\n\r\nThe last.\r\n");
	return old;
}

static void
messages_too_deep_are_attached_as_they_stood(void **state)
{
	struct bench *bench = *state;
	char *old = nested(100);
	const char *mail = remake_text(bench, old);
	unsigned n = 0;

	while ((mail = strstr(mail, "message/rfc822"))) {
		mail++;
		n++;
	}
	assert_int_equal(n, 6);
	assert_int_equal(leaf_of(bench, 0)->code, SALVAGE_STRETCH);
	free(old);
	check_parts(bench);
}

static void
more_parts_than_a_mail_takes_end_as_one(void **state)
{
	struct bench *bench = *state;
	char *old = calloc(3000, 40);
	size_t len;
	uint64_t lost = 0;

	assert_non_null(old);
	len = (size_t)sprintf(old, HEAD "Content-Type: multipart/mixed; boundary=b\r\n\r\n");
	for (int i = 0; i < 2500; i++)
		len += (size_t)sprintf(old + len, "--b\r\n\r\nPart %d\r\n", i);
	sprintf(old + len, "--b--\r\n");
	remake_text(bench, old);
	free(old);
	for (const struct salvage_row *row = NULL;
	     (row = salvage_next(bench->account, SALVAGE_LOST, row));)
		lost += row->length;
	assert_int_equal(lost, 0);
	assert_true(bench->account->n_kept[SALVAGE_PART] <= SALVAGE_LEAVES_MAX);
	check_parts(bench);
}

static void
a_leaf_is_written_as_the_wish_says(void **state)
{
	static const char old[] = HEAD "Content-Type: text/html\r\n\r\n<p>x</p>\r\n";
	struct bench *bench = *state;
	const char *mail;

	bench->wish.demoted[0] = 1;
	mail = remake_text(bench, old);
	assert_has(mail, "Content-Type: application/octet-stream\r\n");
	assert_has(mail, "filename=\"part-1.dat\"");
	assert_lacks(mail, "text/html");
	bench->wish.sealed[0] = 1;
	remake_text(bench, old);
	assert_int_equal(leaf_of(bench, 0)->size, 10 + sizeof SALVAGE_SEAL - 1);
	check_parts(bench);
	memset(&bench->wish, 0, sizeof bench->wish);
}

static void
a_cover_holds_the_whole_file(void **state)
{
	static const char old[] = "\x00\x01 not \xff a mail at all";
	struct bench *bench = *state;
	const char *mail;

	bench->wish.way = SALVAGE_COVER;
	mail = remake(bench, slice_of(old, sizeof old - 1));
	assert_has(mail, "Subject: A message that was set aside\r\n");
	check_leaf(bench, 1, SALVAGE_STRETCH, "application/octet-stream", sizeof old - 1);
	check_parts(bench);
	memset(&bench->wish, 0, sizeof bench->wish);
}

static void
nothing_at_all_still_makes_a_mail(void **state)
{
	struct bench *bench = *state;

	remake(bench, slice_of(NULL, 0));
	assert_int_equal(bench->account->n_kept[SALVAGE_PART], 1);
	check_parts(bench);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_of_another_charset_becomes_utf8),
		cmocka_unit_test(lines_that_a_server_might_change_are_encoded),
		cmocka_unit_test(bytes_that_are_no_text_go_along_as_they_stood),
		cmocka_unit_test(attachments_keep_their_bytes),
		cmocka_unit_test(a_text_without_a_line_end_keeps_its_bytes),
		cmocka_unit_test(messages_by_the_thousand_find_room),
		cmocka_unit_test(damaged_base64_goes_along_twice),
		cmocka_unit_test(a_uuencoded_file_becomes_a_part),
		cmocka_unit_test(a_block_that_is_never_closed_goes_along_twice),
		cmocka_unit_test(attached_messages_stay_messages),
		cmocka_unit_test(messages_too_deep_are_attached_as_they_stood),
		cmocka_unit_test(more_parts_than_a_mail_takes_end_as_one),
		cmocka_unit_test(a_leaf_is_written_as_the_wish_says),
		cmocka_unit_test(a_cover_holds_the_whole_file),
		cmocka_unit_test(nothing_at_all_still_makes_a_mail),
	};

	return cmocka_run_group_tests(tests, bench_set_up, bench_tear_down);
}
