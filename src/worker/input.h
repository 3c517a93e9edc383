/*
 * input.h - the bytes of one file, read from a descriptor into a buffer that is kept for the next.
 *
 * For src/worker only. The file is read whole and hashed whole; what is kept for the parsers is its
 * first INPUT_KEPT bytes, so that memory is bounded whatever the size.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_INPUT_H
#define IMC_INPUT_H

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "limits_set.h"
#include "slice.h"

#define INPUT_KEPT ((size_t)MOST_SIZE_MIB << 20) /* bytes given to the parsers, at most */
#define INPUT_PIECE ((size_t)256 << 10)          /* bytes that input_stream() hands on at once */
#define INPUT_ROOM_LASTING (8u << 20)            /* a larger buffer is released after its file */

struct input {
	unsigned char *buffer;
	size_t room; /* bytes of buffer */
	EVP_MD *md;  /* SHA-256, fetched before the sandbox */
	EVP_MD_CTX *hash;
	size_t kept; /* bytes given to the parsers: INPUT_KEPT unless the user says less */
	void (*exhausted)(
	    void); /* runs before abort() when the buffer cannot grow; NULL: nothing */

	/* Of the file read last. */
	struct slice bytes; /* in buffer, or the caller's bytes */
	uint64_t size;      /* bytes hashed */
	uint8_t sha256[32];
	bool changed; /* size or time differed after reading, or the end was elsewhere */
};

/* Fetch the digest. False when OpenSSL has none. Undo with input_close(), also after a failure. */
bool input_open(struct input *input, void (*exhausted)(void));
void input_close(struct input *input);

/* Read and hash the regular file at fd from its first byte on; its offset does not move. 0, or the
 * errno (EINVAL: no regular file). Memory that cannot be had ends the process. */
int input_read(struct input *input, int fd);

/* Hash bytes that are in memory already and borrow them. 0 or an errno. */
int input_borrow(struct input *input, struct slice bytes);

/* Read and hash the regular file at fd piece by piece, whatever its size, and hand each piece to
 * take(): INPUT_PIECE bytes but for the last, gone after the call. 0; ECANCELED when take() said
 * false, with no digest then; or as input_read(). */
typedef bool input_take(void *context, struct slice piece);
int input_stream(struct input *input, int fd, input_take *take, void *context);

/* The digest of other bytes, between two files. 0 or an errno. */
int input_digest(struct input *input, struct slice bytes, uint8_t sha256[32]);

/* Forget the file; a large buffer goes back to the system. */
void input_release(struct input *input);

#endif
