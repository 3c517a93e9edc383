/* salvage_one.c - one message: a new mail made of it, proven, and made again until it is proven. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/salvage_one.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/salvage_proof.h"

#define PICKUP_MOST                                                                                \
	90u         /* recipients of a file: more than 100 are a danger of their own (Q176477) */
#define ATTEMPTS 16 /* each writes fewer parts as what they are */

bool
salvage_one_open(struct salvage_one *one, struct salvager *salvager)
{
	*one = (struct salvage_one){ .salvager = salvager, .mail = -1, .pickup = -1 };
	one->record = calloc(1, sizeof *one->record);
	one->proof = calloc(1, sizeof *one->proof);
	one->account = calloc(1, sizeof *one->account);
	one->inventory = calloc(1, sizeof *one->inventory);
	return one->record && one->proof && one->account && one->inventory;
}

static void
drop(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

void
salvage_one_close(struct salvage_one *one)
{
	drop(&one->mail);
	drop(&one->pickup);
	free(one->record);
	free(one->proof);
	free(one->account);
	free(one->inventory);
}

static bool
fail(struct salvage_one *one, const char *what)
{
	snprintf(one->why, sizeof one->why, "%s%s%s", what, one->salvager->why[0] ? ": " : "",
	    one->salvager->why);
	return false;
}

/* Made, and the bytes in hand. */
static bool
make(struct salvage_one *one)
{
	drop(&one->mail);
	if (!salvager_make(one->salvager, one->fd, &one->file, &one->wish, one->account))
		return false;
	one->mail = salvager_take(one->salvager);
	return true;
}

/* The next, more defensive way. False: there is none. */
static bool
retreat(struct salvage_one *one, bool rebuild_again)
{
	if (one->wish.way == SALVAGE_COVER)
		return rebuild_again;
	/* Whatever the leaves were to blame for is judged anew then. */
	if (!rebuild_again && one->cares < SALVAGE_CARES) {
		memset(one->wish.demoted, 0, sizeof one->wish.demoted);
		memset(one->wish.sealed, 0, sizeof one->wish.sealed);
		one->wish.more |= (uint8_t)(1u << one->cares++);
		one->n_demoted = 0;
	} else if (!rebuild_again) {
		one->wish = (struct salvage_wish){ .way = SALVAGE_COVER, .mtime = one->wish.mtime };
		one->n_demoted = 0;
	}
	return true;
}

/* True when the proof holds. */
static bool
make_and_prove(struct salvage_one *one)
{
	const char *what = "could not be made anew";
	unsigned marked = 0;

	for (int attempt = 1;; attempt++) {
		bool again = false;

		if (make(one)) {
			switch (salvage_prove(one, &one->wish, &marked)) {
			case PROOF_HOLDS:
				return true;
			case PROOF_FINDINGS:
				one->n_demoted += marked;
				again = marked > 0 && attempt < ATTEMPTS;
				what = "what was made of it is not clean";
				break;
			case PROOF_PARTS:
				what = "what was made of it is not read as it was written";
				break;
			case PROOF_NONE:
				what = "what was made of it could not be examined";
				break;
			}
		}
		if (!retreat(one, again))
			return fail(one, what);
	}
}

/* ---- the pickup file ---- */

static bool
put_line(FILE *file, const struct salvage *account, const char *name, const struct salvage_row *row)
{
	const struct slice address = salvage_slice(account, row->text[0]);

	return fprintf(file, "%s: %.*s\r\n", name, (int)address.len, (const char *)address.data) >
	       0;
}

/* Whether the row is one of those that the mail is to be delivered to: an envelope has those of Bcc,
 * too. */
static bool
is_receiver(const struct salvage_row *row, const struct salvage_row *first)
{
	return row->flags & SALVAGE_SAFE &&
	       (row->code != SALVAGE_OF_BCC || first->code != SALVAGE_OF_ENVELOPE);
}

/* Sender, and the recipients of that piece: of the envelope, else of the header; only what
 * salvage_valid() calls safe. How many recipients were written; 0: there are none left. */
static unsigned
put_envelope(FILE *file, const struct salvage *account, unsigned piece)
{
	const struct salvage_row *row = salvage_next(account, SALVAGE_SENDER, NULL);
	const struct salvage_row *first = salvage_next(account, SALVAGE_RECIPIENT, NULL);
	unsigned n = 0, put = 0;

	if (row && row->flags & SALVAGE_SAFE && !put_line(file, account, "x-sender", row))
		return 0;
	for (row = first; row; row = salvage_next(account, SALVAGE_RECIPIENT, row)) {
		if (!is_receiver(row, first) || n++ / PICKUP_MOST != piece)
			continue;
		if (!put_line(file, account, "x-receiver", row))
			return 0;
		put++;
	}
	return put;
}

static bool
copy_mail(FILE *file, int mail)
{
	char piece[65536];
	off_t at = 0;
	ssize_t got;

	while ((got = pread(mail, piece, sizeof piece, at)) > 0) {
		if (fwrite(piece, 1, (size_t)got, file) != (size_t)got)
			return false;
		at += got;
	}
	return got == 0;
}

enum pickup
salvage_one_pickup(struct salvage_one *one, unsigned piece)
{
	struct record *record = calloc(1, sizeof *record);
	char *bytes = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&bytes, &size);
	const unsigned n = file ? put_envelope(file, one->account, piece) : 0;
	bool good = record && n > 0 && copy_mail(file, one->mail);

	drop(&one->pickup);
	one->salvager->why[0] = '\0';
	if (file && fclose(file) != 0)
		good = false;
	if (good)
		one->pickup = salvager_hold(slice_of(bytes, size));
	free(bytes);
	good = one->pickup >= 0 &&
	       salvage_is_clean(one->salvager, one->pickup, FOLDER_PICKUP, size, record);
	free(record);
	if (good)
		return PICKUP_MADE;
	if (n == 0 && piece > 0)
		return PICKUP_NO_MORE;
	(void)fail(one, n == 0 ? "no pickup file: there is no recipient that is safe to write"
			       : "no pickup file that may be handed over");
	return PICKUP_FAILED;
}

bool
salvage_one(struct salvage_one *one, const struct ranked_file *file, int fd)
{
	drop(&one->pickup);
	one->file = *file;
	one->fd = fd;
	one->n_demoted = 0;
	one->cares = 0;
	one->blamed[0] = '\0';
	one->wish = (struct salvage_wish){ .way = SALVAGE_REBUILD, .mtime = file->mtime_sec };
	one->why[0] = '\0';
	if (!salvager_examine(one->salvager, fd, file, one->record) &&
	    one->record->status == STATUS_FAILED)
		return fail(one, "cannot be read");
	if (!make_and_prove(one))
		return false;
	one->outcome = one->wish.way == SALVAGE_COVER              ? SIDECAR_COVERED
		       : one->n_demoted > 0 || one->wish.more != 0 ? SIDECAR_CAREFUL
								   : SIDECAR_REBUILT;
	if (memcmp(one->account->sha256, one->record->sha256, sizeof one->record->sha256) != 0) {
		one->salvager->why[0] = '\0';
		return fail(one, "changed while it was being read");
	}
	return true;
}
