/* input.c - the bytes of one file, read and hashed in strides. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/input.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define STRIDE                                                                                     \
	((size_t)256 << 10) /* bytes read and hashed at once: stays in the cache in between */

bool
input_open(struct input *input, void (*exhausted)(void))
{
	*input = (struct input){ .exhausted = exhausted, .kept = INPUT_KEPT };
	input->md = EVP_MD_fetch(NULL, "SHA256", NULL);
	input->hash = EVP_MD_CTX_new();
	return input->md && input->hash && EVP_DigestInit_ex(input->hash, input->md, NULL) == 1;
}

void
input_close(struct input *input)
{
	EVP_MD_CTX_free(input->hash);
	EVP_MD_free(input->md);
	free(input->buffer);
	*input = (struct input){ .exhausted = NULL };
}

static void
reserve(struct input *input, size_t room)
{
	if (room <= input->room)
		return;
	unsigned char *grown = realloc(input->buffer, room);

	if (!grown) {
		if (input->exhausted)
			input->exhausted();
		abort();
	}
	input->buffer = grown;
	input->room = room;
}

/* The buffer is never larger than this: the bytes kept and behind them one stride, where the rest
 * of a huge file passes through to be hashed and forgotten. */
static size_t
room_max(const struct input *input)
{
	return input->kept + STRIDE;
}

/* Room for what fstat promised and one byte more, by which a file that grows shows itself. */
static size_t
room_for(const struct input *input, const struct stat *st)
{
	uint64_t wanted = st->st_size < 0 ? 0 : (uint64_t)st->st_size + 1;

	if (wanted > room_max(input))
		wanted = room_max(input);
	return wanted < STRIDE ? STRIDE : (size_t)wanted;
}

static ssize_t
read_at(int fd, unsigned char *to, size_t len, uint64_t offset)
{
	ssize_t got;

	do
		got = pread(fd, to, len, (off_t)offset);
	while (got < 0 && errno == EINTR);
	return got;
}

static int
read_strides(struct input *input, int fd, uint64_t promised)
{
	for (;;) {
		const size_t used = input->size < input->kept ? (size_t)input->size : input->kept;
		size_t len, wanted;

		if (used == input->room)
			reserve(input,
			    input->room * 2 > room_max(input) ? room_max(input) : input->room * 2);
		len = input->room - used;
		wanted = len < STRIDE ? len : STRIDE;
		const ssize_t got = read_at(fd, input->buffer + used, wanted, input->size);
		if (got < 0)
			return errno;
		if (got == 0)
			return 0;
		if (EVP_DigestUpdate(input->hash, input->buffer + used, (size_t)got) != 1)
			return EIO;
		input->size += (uint64_t)got;
		/* Fewer than asked for, and as many as promised: that was the end. */
		if (input->size == promised && (size_t)got < wanted)
			return 0;
	}
}

static bool
stat_same(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static int
hash_start(struct input *input)
{
	input->size = 0;
	input->changed = false;
	input->bytes = slice_of(NULL, 0);
	return EVP_DigestInit_ex(input->hash, input->md, NULL) == 1 ? 0 : EIO;
}

static int
hash_end(struct input *input)
{
	return EVP_DigestFinal_ex(input->hash, input->sha256, NULL) == 1 ? 0 : EIO;
}

/* glibc's fstat() goes through newfstatat(2), which the sandbox refuses since it takes names,
 * too. */
static int
stat_of(int fd, struct stat *st)
{
	return (int)syscall(SYS_fstat, fd, st);
}

int
input_read(struct input *input, int fd)
{
	struct stat before, after;

	if (stat_of(fd, &before) < 0)
		return errno;
	if (!S_ISREG(before.st_mode))
		return EINVAL;
	int error = hash_start(input);
	if (error)
		return error;
	reserve(input, room_for(input, &before));
	error = read_strides(input, fd, (uint64_t)before.st_size);
	if (error)
		return error;
	if (stat_of(fd, &after) < 0)
		return errno;
	input->changed = !stat_same(&before, &after) || input->size != (uint64_t)after.st_size;
	input->bytes =
	    slice_of(input->buffer, input->size < input->kept ? (size_t)input->size : input->kept);
	return hash_end(input);
}

/* A whole piece, or what is left; -1 with errno. */
static ssize_t
read_piece(const struct input *input, int fd)
{
	size_t used = 0;

	while (used < INPUT_PIECE) {
		const ssize_t got =
		    read_at(fd, input->buffer + used, INPUT_PIECE - used, input->size + used);

		if (got < 0)
			return -1;
		if (got == 0)
			break;
		used += (size_t)got;
	}
	return (ssize_t)used;
}

static int
stream_pieces(struct input *input, int fd, input_take *take, void *context)
{
	for (;;) {
		const ssize_t got = read_piece(input, fd);

		if (got <= 0)
			return got < 0 ? errno : 0;
		if (EVP_DigestUpdate(input->hash, input->buffer, (size_t)got) != 1)
			return EIO;
		input->size += (uint64_t)got;
		if (!take(context, slice_of(input->buffer, (size_t)got)))
			return ECANCELED;
		if ((size_t)got < INPUT_PIECE)
			return 0;
	}
}

int
input_stream(struct input *input, int fd, input_take *take, void *context)
{
	struct stat before, after;
	int error;

	if (stat_of(fd, &before) < 0)
		return errno;
	if (!S_ISREG(before.st_mode))
		return EINVAL;
	error = hash_start(input);
	if (error)
		return error;
	reserve(input, INPUT_PIECE);
	error = stream_pieces(input, fd, take, context);
	if (error)
		return error;
	if (stat_of(fd, &after) < 0)
		return errno;
	input->changed = !stat_same(&before, &after) || input->size != (uint64_t)after.st_size;
	return hash_end(input);
}

int
input_borrow(struct input *input, struct slice bytes)
{
	int error = hash_start(input);

	if (error)
		return error;
	if (bytes.len && EVP_DigestUpdate(input->hash, bytes.data, bytes.len) != 1)
		return EIO;
	input->size = bytes.len;
	input->bytes = slice_cut(bytes, 0, input->kept);
	return hash_end(input);
}

int
input_digest(struct input *input, struct slice bytes, uint8_t sha256[32])
{
	if (EVP_DigestInit_ex(input->hash, input->md, NULL) != 1 ||
	    (bytes.len && EVP_DigestUpdate(input->hash, bytes.data, bytes.len) != 1) ||
	    EVP_DigestFinal_ex(input->hash, sha256, NULL) != 1)
		return EIO;
	return 0;
}

void
input_release(struct input *input)
{
	input->bytes = slice_of(NULL, 0);
	if (input->room <= INPUT_ROOM_LASTING)
		return;
	free(input->buffer);
	input->buffer = NULL;
	input->room = 0;
	malloc_trim(0);
}
