/*
 * member.c - the bytes of an archive's member as a file in memory.
 *
 * A fresh file for each: what is sealed can be lent to workers without a way to change it, and no
 * file that is used again could be. Of a huge member the head is kept, and the rest only hashed.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "member.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
#define PIECE ((size_t)1 << 20)

struct fetching {
	struct member_file *out;
	uint64_t size;
	EVP_MD_CTX *hash; /* NULL before there is more than is kept */
	int error;        /* errno */
};

const char *
member_reason(enum packed_step step)
{
	static const char *const reasons[PACKED_STEP_COUNT] = {
		[PACKED_OK] = "",
		[PACKED_END] = "",
		[PACKED_DAMAGED] = "damaged in the archive: cut, or not as its checksum says",
		[PACKED_BROKEN] = "the archive cannot be read from here on",
		[PACKED_OVER] = "not read: the archive unpacks to more than --archive-limit allows",
		[PACKED_OVER_RATIO] =
		    "not read: the archive unpacks to more than 200 times its size",
		[PACKED_NO_MEMORY] =
		    "not read: unpacking takes more memory than --memory-limit allows",
	};

	return (unsigned)step < PACKED_STEP_COUNT ? reasons[step] : "";
}

static int
write_all(int fd, struct slice bytes)
{
	for (size_t at = 0; at < bytes.len;) {
		const ssize_t put = write(fd, bytes.data + at, bytes.len - at);

		if (put < 0 && errno != EINTR)
			return errno;
		at += put > 0 ? (size_t)put : 0;
	}
	return 0;
}

static int
hash_bytes(EVP_MD_CTX *hash, struct slice bytes)
{
	return EVP_DigestUpdate(hash, bytes.data, bytes.len) == 1 ? 0 : EIO;
}

/* The head was written already: hash it from there. */
static int
hash_head(struct fetching *fetching)
{
	unsigned char *piece = malloc(PIECE);
	int error = piece ? 0 : ENOMEM;

	fetching->hash = EVP_MD_CTX_new();
	if (!fetching->hash || EVP_DigestInit_ex(fetching->hash, EVP_sha256(), NULL) != 1)
		error = ENOMEM;
	for (uint64_t at = 0; error == 0 && at < PACKED_KEPT; at += PIECE) {
		const ssize_t got = pread(fetching->out->fd, piece, PIECE, (off_t)at);

		error = got == (ssize_t)PIECE ? hash_bytes(fetching->hash, slice_of(piece, PIECE))
					      : EIO;
	}
	free(piece);
	return error;
}

static void
take(struct fetching *fetching, struct slice bytes)
{
	const uint64_t room = fetching->size < PACKED_KEPT ? PACKED_KEPT - fetching->size : 0;
	const struct slice head = slice_cut(bytes, 0, room < bytes.len ? (size_t)room : bytes.len);
	const struct slice rest = slice_from(bytes, head.len);

	if (fetching->error)
		return;
	fetching->size += bytes.len;
	if (head.len > 0)
		fetching->error = write_all(fetching->out->fd, head);
	if (rest.len > 0 && !fetching->error && !fetching->hash)
		fetching->error = hash_head(fetching);
	if (rest.len > 0 && !fetching->error)
		fetching->error = hash_bytes(fetching->hash, rest);
}

/* A member ends as damaged, too, when the worker tells more after its end. */
static bool
fetch_all(struct unpack *unpack, struct fetching *fetching)
{
	enum packed_step step;
	struct slice bytes = unpack_bytes(unpack, &step);

	take(fetching, bytes);
	while (step == PACKED_OK) {
		if (!unpack_more(unpack, &step))
			return false;
		bytes = unpack_bytes(unpack, &step);
		take(fetching, bytes);
		if (step == PACKED_OK && bytes.len == 0)
			step = PACKED_DAMAGED;
	}
	fetching->out->step = step;
	return true;
}

/* Whether the file can be handed on. */
static bool
settle(struct fetching *fetching)
{
	struct member_file *out = fetching->out;

	out->whole = (struct packed_whole){
		.in_memory = true,
		.head = fetching->hash != NULL,
		.size = fetching->size,
	};
	if (!fetching->error && fetching->hash &&
	    EVP_DigestFinal_ex(fetching->hash, out->whole.sha256, NULL) != 1)
		fetching->error = EIO;
	if (!fetching->error && fcntl(out->fd, F_ADD_SEALS, SEALS) < 0)
		fetching->error = errno;
	out->reason = fetching->error ? strerror(fetching->error) : member_reason(out->step);
	return !fetching->error && out->step == PACKED_END;
}

bool
member_fetch(struct unpack *unpack, struct member_file *out)
{
	struct fetching fetching = { .out = out };
	bool good;
	int error;

	*out = (struct member_file){
		.fd = memfd_create("member", MFD_CLOEXEC | MFD_ALLOW_SEALING),
		.reason = "",
	};
	fetching.error = out->fd < 0 ? errno : 0;
	good = fetch_all(unpack, &fetching);
	error = errno;
	if (!good || !settle(&fetching)) {
		if (out->fd >= 0)
			close(out->fd);
		out->fd = -1;
	}
	EVP_MD_CTX_free(fetching.hash);
	errno = error;
	return good;
}
