/* test_arena.c - arena and cursor keep their bounds. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"
#include "cursor.h"

static void
memory_is_zeroed_aligned_and_counted(void **state)
{
	struct arena *arena = arena_new(1u << 20, NULL);
	unsigned char *a, *b;

	(void)state;
	assert_non_null(arena);
	a = arena_alloc(arena, 3, 1);
	b = arena_alloc(arena, 700, 1000);
	assert_int_equal((uintptr_t)a % 16, 0);
	assert_int_equal((uintptr_t)b % 16, 0);
	for (size_t i = 0; i < 700000; i++)
		assert_int_equal(b[i], 0);
	assert_true(arena_used(arena) >= 700003);
	arena_reset(arena);
	assert_int_equal(arena_used(arena), 0);
	arena_free(arena);
	arena_free(NULL);
}

static void
growing_keeps_what_was_there(void **state)
{
	struct arena *arena = arena_new(1u << 20, NULL);
	uint32_t *numbers = NULL;
	size_t room = 0;

	(void)state;
	for (uint32_t i = 0; i < 5000; i++) {
		arena_grow(arena, &numbers, &room, i, sizeof *numbers);
		numbers[i] = i;
	}
	for (uint32_t i = 0; i < 5000; i++)
		assert_int_equal(numbers[i], i);
	arena_free(arena);
}

static void
say_so(void)
{
	_exit(42);
}

/* Exit status of a child that asks a 1 KB arena for count objects of size bytes. */
static int
child_asking(size_t count, size_t size, void (*handler)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		struct arena *arena = arena_new(1024, handler);

		(void)signal(SIGABRT, SIG_DFL);
		(void)arena_alloc(arena, count, size);
		_exit(0);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
exhaustion_and_overflow_call_the_handler_and_never_return(void **state)
{
	int status;

	(void)state;
	status = child_asking(1, 2048, say_so);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 42);
	status = child_asking(SIZE_MAX / 2, 3, say_so);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 42);
	status = child_asking(1, 2048, NULL);
	assert_true(WIFSIGNALED(status));
	status = child_asking(1, 512, say_so);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
cursor_reads_both_byte_orders(void **state)
{
	struct cursor c =
	    cursor_at(slice_of("\x01\x02\x03\x04\x05\x06\x07\x08\x11\x22\x33\x44", 12), 0);

	(void)state;
	assert_int_equal(cursor_u8(&c), 1);
	assert_int_equal(cursor_u16le(&c), 0x0302);
	assert_int_equal(cursor_u32le(&c), 0x07060504);
	assert_int_equal(cursor_u8(&c), 8);
	assert_int_equal(cursor_u32be(&c), 0x11223344);
	assert_int_equal(cursor_left(&c), 0);
	assert_false(c.failed);
}

static void
cursor_fails_once_and_stays_failed(void **state)
{
	struct cursor c = cursor_at(slice_of("\x01\x02\x03", 3), 0);

	(void)state;
	assert_int_equal(cursor_u32le(&c), 0);
	assert_true(c.failed);
	assert_int_equal(cursor_left(&c), 0);
	assert_int_equal(cursor_bytes(&c, 1).len, 0);
	assert_true(c.failed);
	c = cursor_at(slice_of("abc", 3), 4);
	assert_true(c.failed);
	c = cursor_at(slice_of("abc", 3), 1);
	cursor_skip(&c, SIZE_MAX);
	assert_true(c.failed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_counted),
		cmocka_unit_test(growing_keeps_what_was_there),
		cmocka_unit_test(exhaustion_and_overflow_call_the_handler_and_never_return),
		cmocka_unit_test(cursor_reads_both_byte_orders),
		cmocka_unit_test(cursor_fails_once_and_stays_failed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
