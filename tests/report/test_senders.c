/* test_senders.c - a sender behind most suspects is named, one among many is not. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

#include "report/textual.h"

/* What is printed after suspects from these senders, NULL ends them; "" has no envelope. */
static char *
printed(const char *const *from)
{
	struct senders senders = { 0 };
	struct record *record = calloc(1, sizeof *record);
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(record);
	assert_non_null(out);
	for (; *from; from++) {
		struct suspect suspect = { .record = record };

		*record = (struct record){ .has_mail_from = **from != '\0' };
		record->mail_from = record_text(record, slice_str(*from));
		senders_add(&senders, &suspect);
	}
	senders_print(out, 80, &senders);
	senders_free(&senders);
	fclose(out);
	free(record);
	return text;
}

static void
says(const char *const *from, const char *wanted)
{
	char *text = printed(from);

	assert_string_equal(text, wanted);
	free(text);
}

static void
one_sender_of_most_suspects_is_named(void **state)
{
	static const char *const from[] = { "a@x.example", "b@y.example", "A@X.example", NULL };

	(void)state;
	says(from,
	    "2 of the 3 files of level medium or above come from one sender: a@x.example\n\n");
}

static void
several_addresses_are_told_as_their_domain(void **state)
{
	static const char *const from[] = { "a@x.example", "b@x.example", "c@X.EXAMPLE", NULL };

	(void)state;
	says(from, "3 of the 3 files of level medium or above come from one domain: x.example\n\n");
}

static void
half_of_them_a_single_one_or_none_is_no_pattern(void **state)
{
	static const char *const half[] = { "a@x.example", "a@x.example", "b@y.example", "", NULL };
	static const char *const single[] = { "a@x.example", NULL };
	static const char *const none[] = { "", "", NULL };

	(void)state;
	says(half, "");
	says(single, "");
	says(none, "");
}

static void
hostile_senders_come_out_escaped(void **state)
{
	static const char *const from[] = { "a@x\x1b]0;y\x07", "b@x\x1b]0;y\x07", NULL };
	char *text = printed(from);

	(void)state;
	assert_null(strchr(text, '\x1b'));
	assert_non_null(strstr(text, "x\\x1b]0;y\\x07"));
	free(text);
}

static void
more_domains_than_rows_are_left_out(void **state)
{
	const char *from[2 * SENDERS_MAX + 1] = { NULL };
	char names[2 * SENDERS_MAX][16];

	(void)state;
	for (unsigned i = 0; i < 2 * SENDERS_MAX; i++) {
		snprintf(names[i], sizeof names[i], "a@%u.example", i);
		from[i] = names[i];
	}
	says(from, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_sender_of_most_suspects_is_named),
		cmocka_unit_test(several_addresses_are_told_as_their_domain),
		cmocka_unit_test(half_of_them_a_single_one_or_none_is_no_pattern),
		cmocka_unit_test(hostile_senders_come_out_escaped),
		cmocka_unit_test(more_domains_than_rows_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
