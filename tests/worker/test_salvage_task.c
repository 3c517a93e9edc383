/* test_salvage_task.c - new mails out of confined workers, and accounts that nobody believes. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stand_in.h"

#include <errno.h>

struct told {
	unsigned n;
	enum status status;
	char reason[400];
	struct salvage *account; /* of the last; NULL: none */
	char mail[4096];
	size_t len;
};

static void
told_message(void *context, const struct record *record)
{
	(void)context;
	(void)record;
	fail_msg("this makes no record");
}

static void
told_mail(void *context, const struct pool_outcome *outcome, const struct salvage *account,
    struct slice mail)
{
	struct told *told = context;

	told->n++;
	told->status = outcome->status;
	snprintf(told->reason, sizeof told->reason, "%s", outcome->reason);
	free(told->account);
	told->account = account ? malloc(sizeof *account) : NULL;
	if (told->account)
		memcpy(told->account, account, sizeof *account);
	assert_true(mail.len < sizeof told->mail);
	if (mail.len > 0)
		memcpy(told->mail, mail.data, mail.len);
	told->mail[mail.len] = '\0';
	told->len = mail.len;
}

static struct pool *
salvage_pool(serve_main *serving, struct told *told)
{
	struct pool_options options = kit_options(1);
	struct pool *pool;
	char why[200] = "";

	*told = (struct told){ .n = 0 };
	options.salvage_done = told_mail;
	pool = serving ? pool_new_serving(&options, serving, told_message, told, why, sizeof why)
		       : pool_new(&options, told_message, told, why, sizeof why);
	if (!pool)
		fail_msg("no pool: %s", why);
	return pool;
}

static void
salvage_bytes(struct pool *pool, const void *bytes, size_t len, const struct salvage_wish *wish)
{
	struct pool_job job = kit_job(7, kit_file(bytes, len), len);

	job.task = TASK_SALVAGE;
	job.name = slice_of(wish, wish ? sizeof *wish : 0);
	assert_true(pool_submit(pool, &job));
	assert_true(pool_drain(pool));
}

static void
done(struct pool *pool, struct told *told)
{
	pool_free(pool);
	free(told->account);
}

static void
a_confined_worker_makes_a_mail(void **state)
{
	const struct salvage_wish wish = { .way = SALVAGE_REBUILD };
	struct told told;
	struct pool *pool = salvage_pool(NULL, &told);

	(void)state;
	salvage_bytes(pool, KIT_LETTER, sizeof KIT_LETTER - 1, &wish);
	assert_int_equal(told.n, 1);
	assert_int_equal(told.status, STATUS_EXAMINED);
	assert_non_null(told.account);
	assert_int_equal(told.account->mail_len, told.len);
	assert_non_null(strstr(told.mail, "From: somebody@example.com\r\n"));
	assert_non_null(strstr(told.mail, "\r\n\r\nA letter.\r\n"));
	assert_int_equal(pool_deaths(pool), 0);
	done(pool, &told);
}

static void
one_mail_leaves_nothing_for_the_next(void **state)
{
	const struct salvage_wish wish = { .way = SALVAGE_REBUILD };
	static const char secret[] = "From: a@north.example\r\n\r\nThe secret.\r\n";
	struct told told;
	struct pool *pool = salvage_pool(NULL, &told);

	(void)state;
	salvage_bytes(pool, secret, sizeof secret - 1, &wish);
	salvage_bytes(pool, KIT_LETTER, sizeof KIT_LETTER - 1, &wish);
	assert_int_equal(told.n, 2);
	assert_null(strstr(told.mail, "secret"));
	done(pool, &told);
}

static void
an_inventory_makes_no_mail(void **state)
{
	const struct salvage_wish wish = { .way = SALVAGE_INVENTORY };
	struct told told;
	struct pool *pool = salvage_pool(NULL, &told);

	(void)state;
	salvage_bytes(pool, KIT_LETTER, sizeof KIT_LETTER - 1, &wish);
	assert_int_equal(told.len, 0);
	assert_int_equal(told.account->n_kept[SALVAGE_PART], 1);
	assert_int_equal(told.account->rows[0].size, 11);
	done(pool, &told);
}

static void
a_wish_of_another_length_is_refused(void **state)
{
	struct told told;
	struct pool *pool = salvage_pool(NULL, &told);

	(void)state;
	salvage_bytes(pool, KIT_LETTER, sizeof KIT_LETTER - 1, NULL);
	assert_int_equal(told.status, STATUS_FAILED);
	assert_null(told.account);
	assert_string_equal(told.reason, strerror(EINVAL));
	done(pool, &told);
}

/* ---- lies ---- */

/* An account that would be believed. */
static void
write_good(const struct serve_options *options, const struct channel_job *job)
{
	struct slot_answer *answer = &options->slot->answer;

	salvage_start(&options->salvage->account, job->number, 10);
	memset(answer, 0, sizeof *answer);
	answer->job = job->number;
	answer->size = 10;
}

typedef void lie(struct salvage *account);

static int
serve_with(const struct serve_options *options, lie *tell)
{
	const struct salvage_row row = { .kind = SALVAGE_RECIPIENT, .offset = OFFSET_NONE };
	struct channel_job job;
	int fd;

	say_ready(options);
	while (channel_receive_job(options->channel, &job, &fd)) {
		const struct channel_answer answer = { .kind = CHANNEL_DONE, .number = job.number };

		close(fd);
		write_good(options, &job);
		salvage_add(&options->salvage->account, row);
		tell(&options->salvage->account);
		channel_send_answer(options->channel, &answer);
	}
	return 0;
}

static void
tell_nothing_wrong(struct salvage *account)
{
	(void)account;
}

static void
tell_too_many_rows(struct salvage *account)
{
	account->n_rows = SALVAGE_ROWS + 1;
}

static void
tell_too_long_a_mail(struct salvage *account)
{
	account->mail_len = SALVAGE_ROOM + 1;
}

static void
tell_a_kind_that_is_none(struct salvage *account)
{
	account->rows[0].kind = SALVAGE_KIND_COUNT;
}

static void
tell_a_text_outside_the_pool(struct salvage *account)
{
	account->rows[0].text[0] = (struct salvage_text){ .offset = 5, .len = 5 };
}

static void
tell_a_place_outside_the_file(struct salvage *account)
{
	account->rows[0].offset = 9;
	account->rows[0].length = 2;
}

/* The pickup file is written from what is called safe. */
static void
tell_a_line_end_is_safe(struct salvage *account)
{
	account->rows[0].text[0] = salvage_text(account, slice_str("a@b.example\r\nx-receiver: c"));
	account->rows[0].flags = SALVAGE_SAFE;
}

static void
tell_another_digest(struct salvage *account)
{
	account->sha256[0] = 1;
}

#define SERVE(name)                                                                                \
	static int serve_##name(const struct serve_options *options)                               \
	{                                                                                          \
		return serve_with(options, tell_##name);                                           \
	}

SERVE(nothing_wrong)
SERVE(too_many_rows)
SERVE(too_long_a_mail)
SERVE(a_kind_that_is_none)
SERVE(a_text_outside_the_pool)
SERVE(a_place_outside_the_file)
SERVE(a_line_end_is_safe)
SERVE(another_digest)

static bool
is_believed(serve_main *serving)
{
	const struct salvage_wish wish = { .way = SALVAGE_REBUILD };
	struct told told;
	struct pool *pool = salvage_pool(serving, &told);
	bool believed;

	salvage_bytes(pool, KIT_LETTER, 10, &wish);
	assert_int_equal(told.n, 1);
	believed = told.account != NULL;
	done(pool, &told);
	return believed;
}

static void
only_a_valid_account_is_believed(void **state)
{
	(void)state;
	assert_true(is_believed(serve_nothing_wrong));
	assert_false(is_believed(serve_too_many_rows));
	assert_false(is_believed(serve_too_long_a_mail));
	assert_false(is_believed(serve_a_kind_that_is_none));
	assert_false(is_believed(serve_a_text_outside_the_pool));
	assert_false(is_believed(serve_a_place_outside_the_file));
	assert_false(is_believed(serve_a_line_end_is_safe));
	assert_false(is_believed(serve_another_digest));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_confined_worker_makes_a_mail),
		cmocka_unit_test(one_mail_leaves_nothing_for_the_next),
		cmocka_unit_test(an_inventory_makes_no_mail),
		cmocka_unit_test(a_wish_of_another_length_is_refused),
		cmocka_unit_test(only_a_valid_account_is_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
