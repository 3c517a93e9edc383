/* test_lines.c - line ends, counts, NULs and the end of the text. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define HEAD "Subject: x\r\n\r\n"

static void
counts_are_exact(void **state)
{
	static const char text[] = "A: b\r\n\r\n\xe9t\xe9\nx\ry\x01\0\r\n";
	struct sample s;

	(void)state;
	sample_read(&s, text, sizeof text - 1, &parser_split);
	assert_int_equal(s.msg.lines.n_crlf, 3);
	assert_int_equal(s.msg.lines.n_bare_lf, 1);
	assert_int_equal(s.msg.lines.n_bare_cr, 1);
	assert_int_equal(s.msg.lines.n_8bit, 2);
	assert_int_equal(s.msg.lines.n_control, 1);
	assert_int_equal(s.msg.lines.n_nul, 1);
	assert_int_equal(s.msg.lines.n_lines, 4);
	assert_int_equal(s.msg.lines.longest, 5);
	assert_int_equal(s.msg.lines.longest_offset, 12);
	sample_free(&s);
}

static void
lines_are_numbered_across_blocks(void **state)
{
	char *text = repeated("A: b\r\n\r\n", "line\r\n", 5000, "");
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_int_equal(message_line(&s.msg, 0), 1);
	assert_int_equal(message_line(&s.msg, 8), 3);
	for (unsigned i = 0; i < 5000; i += 7)
		assert_int_equal(message_line(&s.msg, 8 + 6 * i + 3), 3 + i);
	assert_int_equal(message_line(&s.msg, s.msg.file.len), 5003);
	sample_free(&s);
	free(text);
}

static void
dot_behind_crlf_is_no_part_of_the_text(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, HEAD "hi\r\n.\r\n", &parser_split);
	assert_slice(s.msg.lines.text, HEAD "hi\r\n");
	assert_int_equal(sample_fact(&s, FACT_TERMINATOR_DOT)->offset, strlen(HEAD) + 4);
	assert_int_equal(sample_fact(&s, FACT_TERMINATOR_DOT)->value, 0);
	assert_int_equal(sample_met(&s, FACT_END_WITHOUT_CRLF), 0);
	assert_int_equal(sample_met(&s, FACT_LONE_DOT_LINE), 0);
	sample_free(&s);
}

static void
only_one_dot_line_is_taken_off(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, HEAD "hi\r\n.\r\n.\r\n", &parser_split);
	assert_slice(s.msg.lines.text, HEAD "hi\r\n.\r\n");
	assert_int_equal(sample_met(&s, FACT_LONE_DOT_LINE), 1);
	assert_int_equal(sample_fact(&s, FACT_LONE_DOT_LINE)->offset, strlen(HEAD) + 4);
	sample_free(&s);
}

static void
dot_without_line_end_before_it_stays_and_is_told(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, HEAD "hi=1A.\r\n", &parser_split);
	assert_int_equal(sample_fact(&s, FACT_TERMINATOR_GLUED)->offset, strlen(HEAD) + 5);
	assert_int_equal(sample_met(&s, FACT_TERMINATOR_DOT), 0);
	assert_slice(s.msg.lines.text, HEAD "hi=1A.\r\n");
	sample_free(&s);
}

static void
bare_lf_before_the_dot_is_told_apart(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, HEAD "hi\n.\r\n", &parser_split);
	assert_int_equal(sample_fact(&s, FACT_TERMINATOR_DOT)->value, 1);
	assert_int_equal(sample_met(&s, FACT_TERMINATOR_GLUED), 0);
	sample_free(&s);
}

static void
lf_only_copy_reads_like_the_original(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, "Subject: x\n\nhi\n.\n", &parser_split);
	assert_int_equal(sample_met(&s, FACT_LF_ONLY), 1);
	assert_int_equal(sample_fact(&s, FACT_TERMINATOR_DOT)->value, 2);
	assert_slice(s.msg.lines.text, "Subject: x\n\nhi\n");
	assert_int_equal(sample_met(&s, FACT_END_WITHOUT_CRLF), 0);
	assert_slice(s.msg.parts[0].body, "hi\n");
	assert_int_equal(s.msg.lines.n_lines, 3);
	sample_free(&s);
}

static void
cr_only_copy_reads_like_the_original(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, "Subject: x\r y\r\rhi\r", &parser_split);
	assert_int_equal(sample_met(&s, FACT_CR_ONLY), 1);
	assert_int_equal(s.msg.lines.n_lines, 4);
	assert_int_equal(s.msg.n_fields, 1);
	assert_slice(s.msg.fields[0].text, "x y");
	assert_slice(s.msg.parts[0].body, "hi\r");
	assert_int_equal(sample_met(&s, FACT_HEADER_BARE_CR), 0);
	sample_free(&s);
}

static void
mixed_line_ends_are_no_lf_only_text(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, HEAD "hi\nthere\n", &parser_split);
	assert_int_equal(sample_met(&s, FACT_LF_ONLY), 0);
	assert_int_equal(sample_fact(&s, FACT_END_WITHOUT_CRLF)->value, '\n');
	sample_free(&s);
}

static void
text_that_stops_in_a_line_is_told(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, HEAD "hi", &parser_split);
	assert_int_equal(sample_fact(&s, FACT_END_WITHOUT_CRLF)->value, 'i');
	assert_int_equal(sample_fact(&s, FACT_END_WITHOUT_CRLF)->offset, strlen(HEAD) + 1);
	sample_free(&s);
}

static void
nul_tail_is_measured_and_taken_off(void **state)
{
	unsigned char file[8192] = HEAD "hi\r\n.\r\n";
	size_t text = strlen((char *)file);
	struct sample s;

	(void)state;
	sample_read(&s, file, sizeof file, &parser_split);
	assert_int_equal(sample_fact(&s, FACT_NUL_TAIL)->offset, text);
	assert_int_equal(sample_fact(&s, FACT_NUL_TAIL)->value, text);
	assert_int_equal(sample_fact(&s, FACT_NUL_TAIL)->len, sizeof file - text);
	assert_int_equal(sample_met(&s, FACT_TERMINATOR_DOT), 1);
	assert_slice(s.msg.lines.text, HEAD "hi\r\n");
	assert_int_equal(sample_met(&s, FACT_NUL_BLOCK), 0);
	sample_free(&s);
}

static void
file_of_nuls_alone_is_told_apart(void **state)
{
	unsigned char file[600] = { 0 };
	struct sample s;

	(void)state;
	sample_read(&s, file, sizeof file, &parser_split);
	assert_int_equal(sample_met(&s, FACT_NUL_WHOLE), 1);
	assert_int_equal(sample_met(&s, FACT_NUL_TAIL), 0);
	assert_int_equal(s.msg.lines.text.len, 0);
	sample_free(&s);
}

static void
nul_block_names_its_alignment(void **state)
{
	unsigned char file[12288];
	struct sample s;

	(void)state;
	memset(file, 'a', sizeof file);
	memcpy(file, HEAD, strlen(HEAD));
	memset(file + 1024, 0, 100); /* begins at 2 * 512 */
	memset(file + 4096, 0, 4096);
	memset(file + 9000, 0, 63);
	memset(file + 10000, 0, 240); /* ends at 10240 = 20 * 512 */
	memset(file + 11001, 0, 64);
	sample_read(&s, file, sizeof file, &parser_split);
	assert_int_equal(sample_met(&s, FACT_NUL_BLOCK), 4);
	const struct fact *fact = sample_fact(&s, FACT_NUL_BLOCK);
	assert_int_equal(fact->value, 512);
	fact = message_next_fact(&s.msg, FACT_NUL_BLOCK, fact);
	assert_int_equal(fact->offset, 4096);
	assert_int_equal(fact->len, 4096);
	assert_int_equal(fact->value, 4096);
	fact = message_next_fact(&s.msg, FACT_NUL_BLOCK, fact);
	assert_int_equal(fact->value, 512);
	fact = message_next_fact(&s.msg, FACT_NUL_BLOCK, fact);
	assert_int_equal(fact->value, 0);
	sample_free(&s);
}

static void
ctrl_z_of_copy_hides_no_terminator(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, HEAD "hi\r\n.\r\n\x1a", &parser_split);
	assert_int_equal(sample_met(&s, FACT_CTRL_Z_TAIL), 1);
	assert_int_equal(sample_met(&s, FACT_TERMINATOR_DOT), 1);
	assert_slice(s.msg.lines.text, HEAD "hi\r\n");
	sample_free(&s);
}

static void
stuffed_dots_are_counted_once(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, HEAD "..a\r\n.b\r\n...\r\n", &parser_split);
	assert_int_equal(sample_met(&s, FACT_DOT_STUFFED), 1);
	assert_int_equal(sample_fact(&s, FACT_DOT_STUFFED)->value, 2);
	assert_int_equal(sample_fact(&s, FACT_DOT_STUFFED)->offset, strlen(HEAD));
	sample_free(&s);
}

static void
single_dots_before_text_are_counted_once(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, HEAD "..a\r\n.b\r\n.\r\n.c\r\nd.\r\n", &parser_split);
	assert_int_equal(sample_met(&s, FACT_DOT_BARE), 1);
	assert_int_equal(sample_fact(&s, FACT_DOT_BARE)->value, 2);
	assert_int_equal(sample_fact(&s, FACT_DOT_BARE)->offset, strlen(HEAD) + 5);
	sample_free(&s);
}

static void
empty_file_is_a_fact_and_a_part(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, "", &parser_split);
	assert_int_equal(sample_met(&s, FACT_FILE_EMPTY), 1);
	assert_int_equal(s.msg.n_parts, 1);
	assert_int_equal(s.msg.n_facts, 1);
	sample_free(&s);
}

static void
end_of_a_partial_file_is_not_judged(void **state)
{
	static const char text[] = HEAD "hi\r\n.\r\n\0\0";
	struct sample s;

	(void)state;
	sample_read_as(&s, text, sizeof text - 1, true, &parser_split);
	assert_int_equal(s.msg.lines.text.len, sizeof text - 1);
	assert_int_equal(sample_met(&s, FACT_NUL_TAIL), 0);
	assert_int_equal(sample_met(&s, FACT_TERMINATOR_DOT), 0);
	assert_int_equal(sample_met(&s, FACT_END_WITHOUT_CRLF), 0);
	sample_free(&s);
}

static void
byte_order_mark_is_told_on_top_alone(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, "\xef\xbb\xbf" HEAD "hi\r\n", &parser_lines);
	assert_int_equal(sample_fact(&s, FACT_BYTE_ORDER_MARK)->offset, 0);
	assert_int_equal(sample_fact(&s, FACT_BYTE_ORDER_MARK)->value, 8);
	sample_free(&s);
	sample_text(&s, "\xff\xfe" HEAD "hi\r\n", &parser_lines);
	assert_int_equal(sample_fact(&s, FACT_BYTE_ORDER_MARK)->value, 16);
	sample_free(&s);
	sample_text(&s, HEAD "\xef\xbb\xbfhi\r\n", &parser_lines);
	assert_int_equal(sample_met(&s, FACT_BYTE_ORDER_MARK), 0);
	sample_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_exact),
		cmocka_unit_test(lines_are_numbered_across_blocks),
		cmocka_unit_test(dot_behind_crlf_is_no_part_of_the_text),
		cmocka_unit_test(only_one_dot_line_is_taken_off),
		cmocka_unit_test(dot_without_line_end_before_it_stays_and_is_told),
		cmocka_unit_test(bare_lf_before_the_dot_is_told_apart),
		cmocka_unit_test(lf_only_copy_reads_like_the_original),
		cmocka_unit_test(cr_only_copy_reads_like_the_original),
		cmocka_unit_test(mixed_line_ends_are_no_lf_only_text),
		cmocka_unit_test(text_that_stops_in_a_line_is_told),
		cmocka_unit_test(nul_tail_is_measured_and_taken_off),
		cmocka_unit_test(file_of_nuls_alone_is_told_apart),
		cmocka_unit_test(nul_block_names_its_alignment),
		cmocka_unit_test(ctrl_z_of_copy_hides_no_terminator),
		cmocka_unit_test(stuffed_dots_are_counted_once),
		cmocka_unit_test(single_dots_before_text_are_counted_once),
		cmocka_unit_test(empty_file_is_a_fact_and_a_part),
		cmocka_unit_test(end_of_a_partial_file_is_not_judged),
		cmocka_unit_test(byte_order_mark_is_told_on_top_alone),
	};

	return cmocka_run_group_tests_name("parsers/mail/lines", tests, NULL, NULL);
}
