/* test_envelope.c - the prologue of spool files, whole, planted and torn, and pickup lines. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define FILETIME_2001 126282604710000000u /* 2001-03-05 14:07:51 */
#define TEXT "Received: from a.example by b.example\r\nSubject: x\r\n\r\nhi\r\n"
#define MTS_ID "c=US;a= ;p=ACME;l=EXGATE10103052007G1X4TK19"

struct file {
	unsigned char bytes[65536];
	size_t len;
};

static void
add(struct file *file, const void *bytes, size_t len)
{
	assert_true(file->len + len <= sizeof file->bytes);
	memcpy(file->bytes + file->len, bytes, len);
	file->len += len;
}

static void
add_z(struct file *file, const char *text)
{
	add(file, text, strlen(text) + 1);
}

/* The head of a prologue: length to be set, tag, unknown bytes, FILETIME, hosts. */
static void
begin(struct file *file, uint64_t filetime)
{
	file->len = 0;
	add(file, "\0\0\0\0ImCr\xa0\xd8<>\xfa\xe9\x01\x02", 16);
	add(file, &filetime, 8);
	add(file, "\1\2\3\4\5\6\7\x8", 8);
	add_z(file, "mail.example.org");
	add_z(file, "[10.1.2.3]");
}

static void
set_length(struct file *file, size_t len)
{
	for (unsigned i = 0; i < 4; i++)
		file->bytes[i] = (unsigned char)(len >> 8 * i & 0xff);
}

static void
whole(struct file *file)
{
	begin(file, FILETIME_2001);
	add_z(file, "<sender@example.org>");
	add_z(file, MTS_ID);
	add(file, "\x68\xd8\x15\0\x68\xd8\x15\0\1\0\0\0", 12);
	add_z(file, "<one@acme.example>");
	add(file, "\x68\xd8\x15\0\x68\xd8\x15\0\2\0\0\0", 12);
	add_z(file, "<two@acme.example>");
	add(file, "DEN> ro<adm", 11);
	add(file, "EwLs", 4);
	set_length(file, file->len);
}

static void
sound_envelope_is_mined(void **state)
{
	struct file file;
	struct sample s;
	size_t text;

	(void)state;
	whole(&file);
	text = file.len;
	add(&file, TEXT, strlen(TEXT));
	sample_read(&s, file.bytes, file.len, &parser_split);
	assert_int_equal(s.msg.envelope.kind, ENVELOPE_SPOOL);
	assert_int_equal(s.msg.envelope.whole.len, text);
	assert_true(s.msg.envelope.length_agrees);
	assert_true(s.msg.envelope.has_mail_from);
	assert_slice(s.msg.envelope.mail_from, "sender@example.org");
	assert_int_equal(s.msg.envelope.n_rcpt_to, 2);
	assert_slice(s.msg.envelope.rcpt_to[0], "one@acme.example");
	assert_slice(s.msg.envelope.rcpt_to[1], "two@acme.example");
	assert_slice(s.msg.envelope.mts_id, MTS_ID);
	assert_true(s.msg.envelope.has_filetime);
	assert_true(s.msg.envelope.filetime == FILETIME_2001);
	assert_slice(s.msg.lines.text, TEXT);
	assert_int_equal(message_offset(&s.msg, s.msg.fields[0].whole), text);
	assert_int_equal(s.msg.n_facts, 0);
	sample_free(&s);
}

static void
null_sender_is_a_sender(void **state)
{
	struct file file;
	struct sample s;

	(void)state;
	begin(&file, FILETIME_2001);
	add_z(&file, "<>");
	add_z(&file, "<one@acme.example>");
	add(&file, "EwLs", 4);
	set_length(&file, file.len);
	add(&file, TEXT, strlen(TEXT));
	sample_read(&s, file.bytes, file.len, &parser_split);
	assert_true(s.msg.envelope.has_mail_from);
	assert_int_equal(s.msg.envelope.mail_from.len, 0);
	assert_int_equal(s.msg.envelope.n_rcpt_to, 1);
	sample_free(&s);
}

static void
planted_tag_does_not_end_the_envelope(void **state)
{
	for (int agrees = 0; agrees < 2; agrees++) {
		struct file file;
		struct sample s;
		size_t text;

		(void)state;
		begin(&file, FILETIME_2001);
		add_z(&file, "<aEwLsSubject:planted@example.org>");
		add_z(&file, "<one@acme.example>");
		add(&file, "EwLs", 4);
		text = file.len;
		set_length(&file, agrees ? text : 77777);
		add(&file, TEXT, strlen(TEXT));
		sample_read(&s, file.bytes, file.len, &parser_split);
		assert_int_equal(s.msg.envelope.whole.len, text);
		assert_int_equal(sample_met(&s, FACT_ENVELOPE_PLANTED_TAG), 1);
		assert_int_equal(
		    sample_fact(&s, FACT_ENVELOPE_PLANTED_TAG)->offset, sample_at(&s, "EwLs"));
		assert_int_equal(sample_met(&s, FACT_ENVELOPE_LENGTH), !agrees);
		assert_slice(s.msg.envelope.mail_from, "aEwLsSubject:planted@example.org");
		sample_free(&s);
	}
}

static void
tag_in_the_text_does_not_count(void **state)
{
	struct file file;
	struct sample s;
	size_t text;

	(void)state;
	whole(&file);
	text = file.len;
	add(&file, TEXT "see EwLsReceived: here\r\n", strlen(TEXT) + 24);
	sample_read(&s, file.bytes, file.len, &parser_split);
	assert_int_equal(s.msg.envelope.whole.len, text);
	sample_free(&s);
}

static void
length_may_be_off_by_four(void **state)
{
	for (size_t off = 0; off <= 5; off++) {
		struct file file;
		struct sample s;
		size_t text;

		(void)state;
		whole(&file);
		text = file.len;
		set_length(&file, text - off);
		add(&file, TEXT, strlen(TEXT));
		sample_read(&s, file.bytes, file.len, &parser_split);
		assert_int_equal(s.msg.envelope.whole.len, text);
		assert_int_equal(s.msg.envelope.length_agrees, off <= 4);
		assert_int_equal(sample_met(&s, FACT_ENVELOPE_LENGTH), off > 4);
		sample_free(&s);
	}
}

static void
torn_envelope_gives_way_to_the_first_field(void **state)
{
	struct file file;
	struct sample s;
	size_t text;

	(void)state;
	whole(&file);
	memcpy(file.bytes + file.len - 4, "\0\0\0\0", 4);
	text = file.len;
	add(&file, TEXT, strlen(TEXT));
	sample_read(&s, file.bytes, file.len, &parser_split);
	assert_int_equal(sample_met(&s, FACT_ENVELOPE_TORN), 1);
	assert_int_equal(sample_fact(&s, FACT_ENVELOPE_TORN)->value, text);
	assert_slice(s.msg.lines.text, TEXT);
	assert_slice(s.msg.envelope.mail_from, "sender@example.org");
	assert_int_equal(s.msg.envelope.n_rcpt_to, 2);
	sample_free(&s);
}

static void
torn_envelope_without_text_is_all_envelope(void **state)
{
	struct file file;
	struct sample s;

	(void)state;
	whole(&file);
	memset(file.bytes + 200, 0, 4096);
	sample_read(&s, file.bytes, 4296, &parser_split);
	assert_int_equal(sample_fact(&s, FACT_ENVELOPE_TORN)->value, 0);
	assert_int_equal(s.msg.lines.text.len, 0);
	assert_int_equal(sample_met(&s, FACT_NUL_TAIL), 1);
	sample_free(&s);
}

static void
beheaded_envelope_is_skipped_and_told(void **state)
{
	struct file file;
	struct sample s;

	(void)state;
	whole(&file);
	add(&file, TEXT, strlen(TEXT));
	memset(file.bytes, 0, 16);
	sample_read(&s, file.bytes, file.len, &parser_split);
	assert_int_equal(sample_met(&s, FACT_ENVELOPE_HEAD_TORN), 1);
	assert_slice(s.msg.lines.text, TEXT);
	assert_int_equal(s.msg.envelope.n_rcpt_to, 2);
	sample_free(&s);
}

static void
mail_about_the_format_is_no_envelope(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, "Subject: ImCr\r\nX-Note: EwLsReceived: from\r\n\r\nhi EwLsTo: x\r\n",
	    &parser_split);
	assert_int_equal(s.msg.envelope.kind, ENVELOPE_NONE);
	assert_int_equal(s.msg.n_fields, 2);
	assert_int_equal(s.msg.n_facts, 0);
	sample_free(&s);
}

static void
absurd_filetime_is_not_believed(void **state)
{
	static const struct {
		uint64_t filetime, seconds;
	} cases[] = { { 0, 0 }, { 0x3030303030303030u, 335588356022u },
		{ 116444736000000000u + UINT64_C(10000000) * 725846399, 725846399u } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct file file;
		struct sample s;

		begin(&file, cases[i].filetime);
		add_z(&file, "<a@example.org>");
		add(&file, "EwLs" TEXT, 4 + strlen(TEXT));
		sample_read(&s, file.bytes, file.len, &parser_split);
		assert_false(s.msg.envelope.has_filetime);
		assert_int_equal(sample_fact(&s, FACT_ENVELOPE_FILETIME)->offset, 16);
		assert_int_equal(sample_fact(&s, FACT_ENVELOPE_FILETIME)->value, cases[i].seconds);
		sample_free(&s);
	}
}

static void
damaged_paths_are_told(void **state)
{
	struct file file;
	struct sample s;

	(void)state;
	begin(&file, FILETIME_2001);
	add_z(&file, "<sender@example.org");
	add_z(&file, "<b\x01"
		     "ad@acme.example>");
	add_z(&file, "<>");
	add_z(&file, "<fine@acme.example>");
	add(&file, "EwLs" TEXT, 4 + strlen(TEXT));
	sample_read(&s, file.bytes, file.len, &parser_split);
	assert_slice(s.msg.envelope.mail_from, "sender@example.org");
	assert_int_equal(s.msg.envelope.n_rcpt_to, 2);
	assert_int_equal(sample_met(&s, FACT_ENVELOPE_ADDRESS_BAD), 3);
	const struct fact *fact = sample_fact(&s, FACT_ENVELOPE_ADDRESS_BAD);
	assert_int_equal(fact->value, 256);
	fact = message_next_fact(&s.msg, FACT_ENVELOPE_ADDRESS_BAD, fact);
	assert_int_equal(fact->value, 1);
	fact = message_next_fact(&s.msg, FACT_ENVELOPE_ADDRESS_BAD, fact);
	assert_int_equal(fact->value, 257);
	sample_free(&s);
}

static void
chance_bytes_are_no_recipients(void **state)
{
	struct file file;
	struct sample s;

	(void)state;
	begin(&file, (FILETIME_2001 & ~UINT64_C(0xffffffff)) | 0x003e403c); /* "<@>" */
	add_z(&file, "<sender@example.org>");
	add(&file, "<\x01\xfe>\2<\3\4<A\0", 11);
	add_z(&file, "<one@acme.example>");
	add(&file, "EwLs" TEXT, 4 + strlen(TEXT));
	sample_read(&s, file.bytes, file.len, &parser_split);
	assert_slice(s.msg.envelope.mail_from, "sender@example.org");
	assert_true(s.msg.envelope.has_filetime);
	assert_int_equal(s.msg.envelope.n_rcpt_to, 1);
	assert_int_equal(sample_met(&s, FACT_ENVELOPE_ADDRESS_BAD), 0);
	sample_free(&s);
}

static void
forty_thousand_recipients_are_kept(void **state)
{
	char *text = repeated("\xff\xff\xff\x7fImCr12345678aaaaaaaa<s@x.example>",
	    "<r@acme.example>", 40000, "EwLs" TEXT);
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_int_equal(s.msg.envelope.n_rcpt_to, 40000);
	assert_slice(s.msg.lines.text, TEXT);
	sample_free(&s);
	free(text);
}

static void
pickup_lines_are_the_envelope(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    "X-Sender: <a@acme.example>\r\nx-receiver: b@acme.example\r\nx-receiver:\r\n"
	    "X-RECEIVER : c@acme.example \r\nSubject: x\r\n\r\nhi\r\n",
	    &parser_split);
	assert_int_equal(s.msg.envelope.kind, ENVELOPE_PICKUP);
	assert_slice(s.msg.envelope.mail_from, "a@acme.example");
	assert_int_equal(s.msg.envelope.n_rcpt_to, 2);
	assert_slice(s.msg.envelope.rcpt_to[1], "c@acme.example");
	assert_int_equal(sample_met(&s, FACT_PICKUP_BAD_LINE), 1);
	assert_int_equal(
	    sample_fact(&s, FACT_PICKUP_BAD_LINE)->offset, sample_at(&s, "x-receiver:\r\n"));
	assert_slice(s.msg.lines.text, "Subject: x\r\n\r\nhi\r\n");
	sample_free(&s);
}

static void
every_prefix_of_a_spool_file_is_read(void **state)
{
	struct file file;

	(void)state;
	whole(&file);
	add(&file, TEXT ".\r\n", strlen(TEXT) + 3);
	sample_prefixes(file.bytes, file.len, &parser_split);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_envelope_is_mined),
		cmocka_unit_test(null_sender_is_a_sender),
		cmocka_unit_test(planted_tag_does_not_end_the_envelope),
		cmocka_unit_test(tag_in_the_text_does_not_count),
		cmocka_unit_test(length_may_be_off_by_four),
		cmocka_unit_test(torn_envelope_gives_way_to_the_first_field),
		cmocka_unit_test(torn_envelope_without_text_is_all_envelope),
		cmocka_unit_test(beheaded_envelope_is_skipped_and_told),
		cmocka_unit_test(mail_about_the_format_is_no_envelope),
		cmocka_unit_test(absurd_filetime_is_not_believed),
		cmocka_unit_test(damaged_paths_are_told),
		cmocka_unit_test(chance_bytes_are_no_recipients),
		cmocka_unit_test(forty_thousand_recipients_are_kept),
		cmocka_unit_test(pickup_lines_are_the_envelope),
		cmocka_unit_test(every_prefix_of_a_spool_file_is_read),
	};

	return cmocka_run_group_tests_name("parsers/mail/envelope", tests, NULL, NULL);
}
