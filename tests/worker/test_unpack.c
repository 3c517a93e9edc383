/* test_unpack.c - the parent believes the worker that unpacks no more than it can check. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worker/channel.h"
#include "worker/sandbox.h"
#include "worker/unpack_private.h"

/* ---- workers that lie ---- */

typedef bool lie(struct unpack_reply *reply, struct channel_answer *answer);

/* An archive of one member that ends well, but for the lie told with the first member. */
static int
serve_with(const struct unpack_serving *serving, lie *tell)
{
	const struct channel_answer ready = { .kind = CHANNEL_READY };
	struct channel_job job;
	int fd;

	if (!sandbox_descriptors(serving->channel) || !channel_send_answer(SANDBOX_CHANNEL, &ready))
		return 1;
	while (channel_receive_job(SANDBOX_CHANNEL, &job, &fd)) {
		struct channel_answer answer = { .number = job.number, .kind = CHANNEL_DONE };
		struct unpack_reply *reply = &serving->window->reply;

		close(fd);
		memset(reply, 0, sizeof *reply);
		reply->number = job.number;
		reply->kind = job.task == UNPACK_OPEN ? PACKED_ZIP : 0;
		reply->data_step = PACKED_END;
		reply->path_len = 1;
		serving->window->path[0] = 'a';
		if (job.task == UNPACK_NEXT && !tell(reply, &answer))
			return 3;
		if (!channel_send_answer(SANDBOX_CHANNEL, &answer))
			return 1;
	}
	return 0;
}

#define LIAR(name, words)                                                                          \
	static bool lie_of_##name(struct unpack_reply *reply, struct channel_answer *answer)       \
	{                                                                                          \
		(void)reply, (void)answer;                                                         \
		words;                                                                             \
		return true;                                                                       \
	}                                                                                          \
	static int name(const struct unpack_serving *serving)                                      \
	{                                                                                          \
		return serve_with(serving, lie_of_##name);                                         \
	}

LIAR(honest, )
LIAR(longer_path, reply->path_len = PACKED_PATH_MAX + 1)
LIAR(unknown_type, reply->type = PACKED_TYPE_COUNT)
LIAR(unknown_step, reply->step = PACKED_STEP_COUNT)
LIAR(damaged_header, reply->step = PACKED_DAMAGED)
LIAR(unknown_data_step, reply->data_step = PACKED_STEP_COUNT)
LIAR(more_bytes_than_room, reply->data_len = UNPACK_ROOM + 1)
LIAR(endless_words, memset(reply->words, 'a', sizeof reply->words))
LIAR(too_many_nanoseconds, reply->mtime_nsec = 1000000000)
LIAR(no_flag, reply->encrypted = 2)
LIAR(another_number, reply->number++)
LIAR(another_answer, answer->number++)
LIAR(not_done, answer->kind = CHANNEL_READY)
LIAR(killed, raise(SIGKILL))
LIAR(left, return false)

static struct unpack *
new_unpack(unpack_main *serving)
{
	const struct unpack_options options = { .time_base_ms = 2000,
		.time_per_mb_ms = 1000,
		.memory_mib = 1024,
		.sandbox = true,
		.limit_mib = 1 };

	return unpack_new_serving(&options, serving);
}

static int
some_file(void)
{
	const int fd = memfd_create("archive", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "PK\003\004", 4), 4);
	return fd;
}

/* Open and ask for the first member: how it ends. */
static enum packed_step
first_step(struct unpack *unpack, int fd)
{
	struct unpack_about about;
	enum packed_step step;

	assert_true(unpack_open(unpack, fd, false, &about));
	assert_int_equal(about.kind, PACKED_ZIP);
	assert_true(unpack_next(unpack, true, &step));
	return step;
}

static void
member_of_an_honest_worker_is_believed(void **state)
{
	struct unpack *unpack = new_unpack(honest);
	const int fd = some_file();

	(void)state;
	assert_int_equal(first_step(unpack, fd), PACKED_OK);
	assert_true(slice_eq(unpack_member(unpack)->path, "a"));
	assert_string_equal(unpack_words(unpack), "");
	unpack_free(unpack);
	close(fd);
}

static void
answer_that_cannot_be_is_not_believed(void **state)
{
	static unpack_main *const liars[] = { longer_path, unknown_type, unknown_step,
		damaged_header, unknown_data_step, more_bytes_than_room, endless_words,
		too_many_nanoseconds, no_flag, another_number, another_answer, not_done };
	const int fd = some_file();

	(void)state;
	for (size_t i = 0; i < sizeof liars / sizeof liars[0]; i++) {
		struct unpack *unpack = new_unpack(liars[i]);
		enum packed_step step;

		assert_int_equal(first_step(unpack, fd), PACKED_BROKEN);
		assert_true(unpack_died(unpack));
		assert_non_null(strstr(unpack_words(unpack), "no valid answer"));
		assert_int_equal(unpack_bytes(unpack, &step).len, 0);
		assert_int_equal(step, PACKED_BROKEN);
		/* Nobody is there to be asked; the next opening starts another. */
		assert_true(unpack_next(unpack, true, &step));
		assert_int_equal(step, PACKED_BROKEN);
		assert_int_equal(first_step(unpack, fd), PACKED_BROKEN);
		unpack_free(unpack);
	}
	close(fd);
}

static void
death_is_told_by_its_signal(void **state)
{
	const int fd = some_file();
	struct unpack *unpack = new_unpack(killed);

	(void)state;
	assert_int_equal(first_step(unpack, fd), PACKED_BROKEN);
	assert_true(unpack_died(unpack));
	assert_string_equal(unpack_words(unpack), "the worker that reads it died (signal SIGKILL)");
	unpack_free(unpack);
	unpack = new_unpack(left);
	assert_int_equal(first_step(unpack, fd), PACKED_BROKEN);
	assert_string_equal(unpack_words(unpack), "the worker that reads it died (exit)");
	unpack_free(unpack);
	close(fd);
}

/* Says that it is ready, and nothing more. */
static int
silent(const struct unpack_serving *serving)
{
	const struct channel_answer ready = { .kind = CHANNEL_READY };

	if (!sandbox_descriptors(serving->channel) || !channel_send_answer(SANDBOX_CHANNEL, &ready))
		return 1;
	pause();
	return 0;
}

static void
interrupt_ends_the_waiting(void **state)
{
	static volatile sig_atomic_t interrupted = 1;
	const struct unpack_options options = { .time_base_ms = 2000,
		.memory_mib = 1024,
		.sandbox = true,
		.limit_mib = 1,
		.interrupted = &interrupted };
	struct unpack *unpack = unpack_new_serving(&options, silent);
	struct unpack_about about;
	const int fd = some_file();

	(void)state;
	assert_false(unpack_open(unpack, fd, false, &about));
	assert_int_equal(errno, EINTR);
	unpack_free(unpack);
	close(fd);
}

/* ---- the real worker ---- */

static void
empty_archive_ends_at_once_and_has_a_digest(void **state)
{
	struct unpack *unpack = new_unpack(unpack_serve);
	const int fd = memfd_create("archive", MFD_CLOEXEC);
	struct unpack_about about;
	enum packed_step step;

	(void)state;
	assert_int_equal(write(fd, "PK\005\006\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22), 22);
	assert_true(unpack_open(unpack, fd, true, &about));
	assert_int_equal(about.kind, PACKED_ZIP); /* an empty one */
	assert_true(about.has_sha256);
	assert_true(unpack_next(unpack, true, &step));
	assert_int_equal(step, PACKED_END);
	unpack_free(unpack);
	close(fd);
}

static void
charsets_that_cannot_be_read_are_refused(void **state)
{
	(void)state;
	assert_true(unpack_knows_charset("CP850"));
	assert_false(unpack_knows_charset("CP99999"));
	assert_false(unpack_knows_charset(
	    "a-name-of-a-charset-that-is-longer-than-any-charset-has-ever-been"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(member_of_an_honest_worker_is_believed),
		cmocka_unit_test(answer_that_cannot_be_is_not_believed),
		cmocka_unit_test(death_is_told_by_its_signal),
		cmocka_unit_test(interrupt_ends_the_waiting),
		cmocka_unit_test(empty_archive_ends_at_once_and_has_a_digest),
		cmocka_unit_test(charsets_that_cannot_be_read_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
