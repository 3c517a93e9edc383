/* test_input.c - reading, hashing and bounding the bytes of a file. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kit.h"

#include <errno.h>
#include <fcntl.h>

#include "worker/input.h"

static const unsigned char sha256_of_abc[32] = {
	0xba,
	0x78,
	0x16,
	0xbf,
	0x8f,
	0x01,
	0xcf,
	0xea,
	0x41,
	0x41,
	0x40,
	0xde,
	0x5d,
	0xae,
	0x22,
	0x23,
	0xb0,
	0x03,
	0x61,
	0xa3,
	0x96,
	0x17,
	0x7a,
	0x9c,
	0xb4,
	0x10,
	0xff,
	0x61,
	0xf2,
	0x00,
	0x15,
	0xad,
};

static void
sha256_of(const unsigned char *bytes, size_t len, unsigned char out[32])
{
	assert_int_equal(EVP_Digest(bytes, len, out, NULL, EVP_sha256(), NULL), 1);
}

static void
known_digest_comes_out(void **state)
{
	struct input input;
	const int fd = kit_file("abc", 3);

	(void)state;
	assert_true(input_open(&input, NULL));
	assert_int_equal(input_read(&input, fd), 0);
	assert_true(slice_eq(input.bytes, "abc"));
	assert_memory_equal(input.sha256, sha256_of_abc, 32);
	assert_false(input.changed);
	assert_int_equal(input_borrow(&input, slice_str("abc")), 0);
	assert_memory_equal(input.sha256, sha256_of_abc, 32);
	input_close(&input);
	close(fd);
}

/* The second try of a file is made with the same open file description. */
static void
file_is_read_from_its_first_byte_every_time(void **state)
{
	struct input input;
	const int fd = kit_file("abc", 3);

	(void)state;
	assert_true(input_open(&input, NULL));
	assert_int_equal(lseek(fd, 2, SEEK_SET), 2);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(input_read(&input, fd), 0);
		assert_int_equal(input.size, 3);
		assert_int_equal(lseek(fd, 0, SEEK_CUR), 2);
	}
	input_close(&input);
	close(fd);
}

/* Lengths around the stride of reading, in falling order too: the buffer of a longer file is used
 * again. */
static void
every_length_is_read_whole(void **state)
{
	static const size_t lengths[] = { 0, 1, 262143, 262144, 262145, 9000000, 524288, 2, 0 };
	struct input input;
	unsigned char *bytes = malloc(9000000), digest[32];

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i < 9000000; i++)
		bytes[i] = (unsigned char)(i * 7 + i / 251);
	assert_true(input_open(&input, NULL));
	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		const int fd = kit_file(bytes, lengths[i]);

		assert_int_equal(input_read(&input, fd), 0);
		assert_int_equal(input.bytes.len, lengths[i]);
		assert_int_equal(input.size, lengths[i]);
		sha256_of(bytes, lengths[i], digest);
		assert_memory_equal(input.sha256, digest, 32);
		assert_memory_equal(input.bytes.len ? input.bytes.data : bytes, bytes, lengths[i]);
		input_release(&input);
		assert_true(input.room <= INPUT_ROOM_LASTING);
		close(fd);
	}
	input_close(&input);
	free(bytes);
}

/* The kept bytes are the first 256 MiB; the digest is that of all. */
static void
huge_file_is_hashed_whole_and_kept_in_part(void **state)
{
	const off_t size = (off_t)INPUT_KEPT + 700001;
	struct input input;
	EVP_MD_CTX *hash = EVP_MD_CTX_new();
	unsigned char *zeros = calloc(1, 1 << 20), digest[32];
	const int fd = kit_file("head", 4);

	(void)state;
	assert_non_null(zeros);
	assert_int_equal(ftruncate(fd, size), 0);
	assert_int_equal(pwrite(fd, "tail", 4, size - 4), 4);
	assert_true(input_open(&input, NULL));
	assert_int_equal(input_read(&input, fd), 0);
	assert_int_equal(input.size, size);
	assert_int_equal(input.bytes.len, INPUT_KEPT);
	assert_true(input.room <= INPUT_KEPT + (1u << 20));
	assert_false(input.changed);
	assert_int_equal(EVP_DigestInit_ex(hash, EVP_sha256(), NULL), 1);
	EVP_DigestUpdate(hash, "head", 4);
	for (off_t left = size - 8; left > 0; left -= 1 << 20)
		EVP_DigestUpdate(hash, zeros, left < 1 << 20 ? (size_t)left : 1u << 20);
	EVP_DigestUpdate(hash, "tail", 4);
	EVP_DigestFinal_ex(hash, digest, NULL);
	assert_memory_equal(input.sha256, digest, 32);
	EVP_MD_CTX_free(hash);
	input_close(&input);
	free(zeros);
	close(fd);
}

/* Files of /proc are regular, say they are empty, and are not: to the reader they grew. */
static void
file_longer_than_it_said_counts_as_changed(void **state)
{
	struct input input;
	const int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_true(fd >= 0);
	assert_true(input_open(&input, NULL));
	assert_int_equal(input_read(&input, fd), 0);
	assert_true(input.size > 100);
	assert_int_equal(input.bytes.len, input.size);
	assert_true(input.changed);
	assert_int_equal(input_borrow(&input, slice_str("abc")), 0);
	assert_false(input.changed);
	input_close(&input);
	close(fd);
}

static void
what_is_no_regular_file_is_refused(void **state)
{
	struct input input;
	int ends[2];
	const int folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	assert_true(input_open(&input, NULL));
	assert_int_equal(input_read(&input, ends[0]), EINVAL);
	assert_int_equal(input_read(&input, folder), EINVAL);
	assert_int_equal(input_read(&input, -1), EBADF);
	close(ends[0]);
	close(ends[1]);
	close(folder);
	input_close(&input);
}

static void
unreadable_descriptor_gives_its_errno(void **state)
{
	struct input input;
	char path[] = "/tmp/imcscan-test-XXXXXX";
	const int made = mkstemp(path);
	const int fd = open(path, O_WRONLY | O_CLOEXEC);

	(void)state;
	assert_true(made >= 0 && fd >= 0);
	assert_true(input_open(&input, NULL));
	assert_int_equal(input_read(&input, fd), EBADF);
	input_close(&input);
	close(fd);
	close(made);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_digest_comes_out),
		cmocka_unit_test(file_is_read_from_its_first_byte_every_time),
		cmocka_unit_test(every_length_is_read_whole),
		cmocka_unit_test(huge_file_is_hashed_whole_and_kept_in_part),
		cmocka_unit_test(file_longer_than_it_said_counts_as_changed),
		cmocka_unit_test(what_is_no_regular_file_is_refused),
		cmocka_unit_test(unreadable_descriptor_gives_its_errno),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
