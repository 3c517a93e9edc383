/* test_params.c - Content-Type like values: what is read, and what is told about them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "parsers/sample.h"

static void
scan_type(struct sample *s, const char *value)
{
	char *text = repeated("To: x\r\nContent-Type:", value, 1, "\r\n\r\nhi\r\n");

	sample_text(s, text, &parser_split);
	free(text);
}

/* A value, what must be read from it as "type/subtype|name=value|…" (quoted values in quotes), and
 * the facts that it must give, in their order, nothing else. */
struct value {
	const char *raw, *read;
	enum fact_kind facts[4]; /* ended by 0, which no params fact is */
};

static const struct value values[] = {
	{ " text/plain", "text/plain", { 0 } },
	{ " text/plain;", "text/plain", { FACT_TYPE_TRAILING_SEMICOLON } },
	{ " text/plain; charset=us-ascii", "text/plain|charset=us-ascii", { 0 } },
	{ " text/plain; charset=us-ascii; (c)", "text/plain|charset=us-ascii",
	    { FACT_TYPE_TRAILING_SEMICOLON } },
	{ " text/plain (c)", "text/plain", { 0 } },
	{ " text (c)/plain", "text/plain", { FACT_TYPE_COMMENT } },
	{ " text/plain; a(c)=b", "text/plain|a=b", { FACT_TYPE_COMMENT } },
	{ " text/plain; a= (c) b", "text/plain|a=b", { FACT_TYPE_COMMENT } },
	{ " text/plain; a=b\\; c=d", "text/plain|a=b\\|c=d",
	    { FACT_TYPE_ILLEGAL_BYTE, FACT_TYPE_STRAY_SEPARATOR } },
	{ " text/plain; name=a, b=c.txt", "text/plain|name=a, b=c.txt",
	    { FACT_TYPE_ILLEGAL_BYTE } },
	{ " text/plain; a=b,c", "text/plain|a=b,c", { FACT_TYPE_ILLEGAL_BYTE } },
	{ " text/plain; a=\"b\"c", "text/plain|a=\"b\"|c",
	    { FACT_TYPE_STRAY_SEPARATOR, FACT_PARAM_NO_VALUE } },
	{ "TEXT / Plain ;\r\n\tcharset = \"us ascii\"", "TEXT/Plain|charset=\"us ascii\"", { 0 } },
	{ " text/plain (a; (b) c); charset=x (d)", "text/plain|charset=x", { 0 } },
	{ " text/plain; a=\"x\\\"y;z\"; b=c", "text/plain|a=\"x\\\"y;z\"|b=c", { 0 } },
	{ " text/plain; charset=\"\"", "text/plain|charset=\"\"", { FACT_PARAM_EMPTY } },
	{ " text/plain; charset=\" \t \"", "text/plain|charset=\" \t \"", { FACT_PARAM_EMPTY } },
	{ " text/plain; charset=", "text/plain|charset=", { FACT_PARAM_NO_VALUE } },
	{ " text/plain; charset=; a=b", "text/plain|charset=|a=b", { FACT_PARAM_NO_VALUE } },
	{ " text/plain; charset", "text/plain|charset", { FACT_PARAM_NO_VALUE } },
	{ " text/plain;; a=b", "text/plain|a=b", { FACT_TYPE_STRAY_SEPARATOR } },
	{ " text/plain a=b", "text/plain|a=b", { FACT_TYPE_STRAY_SEPARATOR } },
	{ " text/plain, a=b", "text/plain|a=b", { FACT_TYPE_STRAY_SEPARATOR } },
	{ " text/plain; a=b c=d", "text/plain|a=b|c=d", { FACT_TYPE_STRAY_SEPARATOR } },
	{ " text", "text/", { FACT_TYPE_NO_SLASH } },
	{ " text/; a=b", "text/|a=b", { FACT_TYPE_NO_SLASH } },
	{ " /plain", "/plain", { FACT_TYPE_EMPTY } },
	{ "", "/", { FACT_TYPE_EMPTY } },
	{ " ; a=b", "/|a=b", { FACT_TYPE_EMPTY } },
	{ " charset=x; a=b", "/|charset=x|a=b", { FACT_TYPE_EMPTY } },
	{ " te\x01xt/plain", "te\x01xt/plain", { FACT_TYPE_ILLEGAL_BYTE } },
	{ " text/pl\xe9in", "text/pl\xe9in", { FACT_TYPE_ILLEGAL_BYTE } },
	{ " text/a/b", "text/a/b", { FACT_TYPE_ILLEGAL_BYTE } },
	{ " text/x; a=b@c", "text/x|a=b@c", { FACT_TYPE_ILLEGAL_BYTE } },
	{ " text/x; a=b@\xe9", "text/x|a=b@\xe9",
	    { FACT_TYPE_ILLEGAL_BYTE, FACT_TYPE_ILLEGAL_BYTE } },
	{ " text/x; a=\"\xe9\"", "text/x|a=\"\xe9\"", { FACT_TYPE_ILLEGAL_BYTE } },
	{ " text/x; name=\"\xe9\x01.doc\"", "text/x|name=\"\xe9\x01.doc\"", { 0 } },
	{ " text/x; name=my (1).doc ; a=b", "text/x|name=my (1).doc|a=b",
	    { FACT_TYPE_ILLEGAL_BYTE } },
	{ " text/x; name=(1).doc", "text/x|name=(1).doc", { FACT_TYPE_ILLEGAL_BYTE } },
	{ " text/x; a=\"b; c=d", "text/x|a=\"b; c=d\"", { FACT_PARAM_UNCLOSED_QUOTE } },
	{ " text/x; a=\"b\r\n ;c=d", "text/x|a=\"b\"|c=d", { FACT_PARAM_UNCLOSED_QUOTE } },
	{ " text/x; a=b (c; d=e", "text/x|a=b", { FACT_PARAM_UNCLOSED_COMMENT } },
	{ " text/x; a=b; A=c", "text/x|a=b|A=c", { FACT_PARAM_DUPLICATE } },
	{ " text/x; n*0=a; n*1=b", "text/x|n*0=a|n*1=b", { 0 } },
	{ " text/x; n*1=b; n*0*=utf-8'y'a%41", "text/x|n*1=b|n*0*=utf-8'y'a%41",
	    { FACT_PARAM_2231_ODD } },
	{ " text/x; n*=x'y'a", "text/x|n*=x'y'a", { FACT_PARAM_2231_ODD } },
	{ " text/x; n*=utf-8'e_n'a", "text/x|n*=utf-8'e_n'a", { FACT_PARAM_2231_ODD } },
	{ " text/x; n*=utf-8'en-GB'a; n=b", "text/x|n*=utf-8'en-GB'a|n=b",
	    { FACT_PARAM_2231_ODD } },
	{ " text/x; n*=''a%20b", "text/x|n*=''a%20b", { 0 } },
	{ " text/x; n*0=a; n*01=b", "text/x|n*0=a|n*01=b", { FACT_PARAM_2231_BAD } },
	{ " text/x; n*0=a; n*2=b", "text/x|n*0=a|n*2=b", { FACT_PARAM_2231_BAD } },
	{ " text/x; n*1=a", "text/x|n*1=a", { FACT_PARAM_2231_BAD } },
	{ " text/x; n*='y'%4", "text/x|n*='y'%4", { FACT_PARAM_2231_BAD } },
	{ " text/x; n*=abc", "text/x|n*=abc", { FACT_PARAM_2231_BAD } },
	{ " text/x; n*z=abc", "text/x|n*z=abc", { FACT_PARAM_2231_BAD } },
	{ " text/x; n*0=a; n*0=b", "text/x|n*0=a|n*0=b",
	    { FACT_PARAM_DUPLICATE, FACT_PARAM_2231_BAD } },
	{ " text/x; =b", "text/x|=b", { FACT_TYPE_ILLEGAL_BYTE } },
	{ " text/x; \"a=b\"", "text/x|\"a=b\"", { FACT_TYPE_ILLEGAL_BYTE, FACT_PARAM_NO_VALUE } },
};

static void
write_out(const struct typed_value *value, char *out, size_t room)
{
	size_t at = (size_t)snprintf(out, room, "%.*s/%.*s", (int)value->type.len,
	    (const char *)value->type.data, (int)value->subtype.len,
	    (const char *)value->subtype.data);

	for (size_t i = 0; i < value->n_params && at < room; i++) {
		const struct param *param = &value->params[i];
		const char *quote = param->quoted ? "\"" : "";

		at += (size_t)snprintf(out + at, room - at, "|%.*s%s%s%.*s%s", (int)param->name.len,
		    (const char *)param->name.data, param->has_equals ? "=" : "", quote,
		    (int)param->value.len, (const char *)param->value.data, quote);
	}
}

static void
values_are_read_and_told_as_listed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		const struct part *part;
		struct sample s;
		char read[256];
		size_t n = 0, facts = 0;

		scan_type(&s, values[i].raw);
		part = &s.msg.parts[0];
		write_out(&part->type, read, sizeof read);
		if (strcmp(read, values[i].read) != 0)
			fail_msg("case %zu: read \"%s\", not \"%s\"", i, read, values[i].read);
		while (n < 4 && values[i].facts[n])
			n++;
		for (size_t f = 0; f < s.msg.n_facts; f++) {
			if (s.msg.facts[f].kind < FACT_TYPE_NO_SLASH ||
			    s.msg.facts[f].kind > FACT_PARAM_2231_ODD)
				continue;
			if (facts >= n || s.msg.facts[f].kind != values[i].facts[facts])
				fail_msg("case %zu: fact %d is not expected", i,
				    (int)s.msg.facts[f].kind);
			assert_int_equal(s.msg.facts[f].field, 1);
			facts++;
		}
		if (facts != n)
			fail_msg("case %zu: %zu facts, not %zu", i, facts, n);
		sample_free(&s);
	}
}

static void
slices_lie_in_the_file(void **state)
{
	struct sample s;
	const struct param *param;

	(void)state;
	scan_type(&s, " text/plain; charset=\"us-ascii\"; a=b");
	param = typed_value_param(&s.msg.parts[0].type, "CHARSET");
	assert_non_null(param);
	assert_int_equal(message_offset(&s.msg, param->whole), sample_at(&s, "charset"));
	assert_int_equal(message_offset(&s.msg, param->value), sample_at(&s, "us-ascii"));
	assert_slice(param->whole, "charset=\"us-ascii\"");
	assert_slice(s.msg.parts[0].charset, "us-ascii");
	sample_free(&s);
}

static void
empty_charset_points_at_the_parameter(void **state)
{
	struct sample s;

	(void)state;
	scan_type(&s, " text/plain; charset=\"\"");
	assert_true(s.msg.parts[0].has_charset);
	assert_int_equal(s.msg.parts[0].charset.len, 0);
	assert_int_equal(sample_fact(&s, FACT_PARAM_EMPTY)->offset, sample_at(&s, "charset=\"\""));
	assert_int_equal(sample_fact(&s, FACT_PARAM_EMPTY)->len, 10);
	sample_free(&s);
}

static void
file_name_comes_from_the_disposition_first(void **state)
{
	static const struct {
		const char *fields, *name;
	} cases[] = {
		{ "Content-Type: a/b; name=x\r\nContent-Disposition: attachment; "
		  "filename=\"y (z\"\r\n",
		    "y (z" },
		{ "Content-Type: a/b; name=x\r\nContent-Disposition: attachment\r\n", "x" },
		{ "Content-Disposition: attachment; filename*0=\"a \"; filename*1*=b%41; "
		  "filename*2=c\r\n",
		    "a bAc" },
		{ "Content-Disposition: attachment; filename*=x'y'z\r\n", "z" },
		{ "Content-Disposition: attachment; filename*=''a%28%2g%4\r\n", "a(%2g%4" },
		{ "Content-Disposition: attachment; filename*=no%20quotes\r\n", "no quotes" },
		{ "Content-Disposition: attachment; filename*1=b; filename*0*=''%41'; "
		  "filename*0=z; filename*3=d\r\n",
		    "A'b" },
		{ "Content-Disposition: attachment; filename*=''ext; filename=plain\r\n", "plain" },
		{ "Content-Disposition: attachment; filename=\r\n", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = repeated("To: x\r\n", cases[i].fields, 1, "\r\n");
		struct sample s;

		sample_text(&s, text, &parser_split);
		assert_true(s.msg.parts[0].has_file_name);
		assert_slice(s.msg.parts[0].file_name, cases[i].name);
		sample_free(&s);
		free(text);
	}
}

static void
a_second_value_of_a_parameter_is_told_from_the_same_one(void **state)
{
	struct sample s;

	(void)state;
	scan_type(&s, " a/b; n=x; n=\"x\"");
	assert_int_equal(sample_fact(&s, FACT_PARAM_DUPLICATE)->value, 0);
	sample_free(&s);
	scan_type(&s, " a/b; n=x; n=y");
	assert_int_equal(sample_fact(&s, FACT_PARAM_DUPLICATE)->value, 1);
	sample_free(&s);
}

static void
separators_are_told_apart(void **state)
{
	static const struct {
		const char *value, *where;
		uint64_t fault;
	} cases[] = {
		{ " a/b;; n=x", "; n", SEPARATOR_EMPTY },
		{ " a/b n=x", "n=x", SEPARATOR_NONE },
		{ " a/b; n=x, m=y", ", m", SEPARATOR_COMMA },
		{ " a/b; n=x,charset=y", ",charset", SEPARATOR_COMMA },
		{ " a/b; name=x y, charset=y", ", charset", SEPARATOR_COMMA },
		{ " a/b; n=\"x\" m=y", "m=y", SEPARATOR_BEHIND_QUOTE },
		{ " a/b; n=x\\; m=y", "\\;", SEPARATOR_ESCAPED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sample s;

		scan_type(&s, cases[i].value);
		assert_int_equal(sample_met(&s, FACT_TYPE_STRAY_SEPARATOR), 1);
		assert_int_equal(sample_fact(&s, FACT_TYPE_STRAY_SEPARATOR)->value, cases[i].fault);
		assert_int_equal(sample_fact(&s, FACT_TYPE_STRAY_SEPARATOR)->offset,
		    sample_at(&s, cases[i].where));
		sample_free(&s);
	}
}

static void
too_many_parameters_are_counted(void **state)
{
	char *value = repeated(" text/plain", ";p=v", 6000, ";charset=x");
	struct sample s;

	(void)state;
	scan_type(&s, value);
	assert_int_equal(sample_fact(&s, FACT_PARAMS_CUT)->value, 6001);
	assert_int_equal(sample_met(&s, FACT_PARAM_DUPLICATE), s.msg.parts[0].type.n_params - 1);
	sample_free(&s);
	free(value);
}

static void
every_prefix_of_every_value_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		char *text = repeated("Content-Type:", values[i].raw, 1, "\r\n\r\nhi");

		sample_prefixes(text, strlen(text), &parser_split);
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_read_and_told_as_listed),
		cmocka_unit_test(slices_lie_in_the_file),
		cmocka_unit_test(empty_charset_points_at_the_parameter),
		cmocka_unit_test(file_name_comes_from_the_disposition_first),
		cmocka_unit_test(a_second_value_of_a_parameter_is_told_from_the_same_one),
		cmocka_unit_test(separators_are_told_apart),
		cmocka_unit_test(too_many_parameters_are_counted),
		cmocka_unit_test(every_prefix_of_every_value_is_read),
	};

	return cmocka_run_group_tests_name("parsers/mail/params", tests, NULL, NULL);
}
