/* bench.h - what the tests of src/salvage share: a message in, the new mail and its account out. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_SALVAGE_BENCH_H
#define IMC_TEST_SALVAGE_BENCH_H

#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "salvage/salvage_mail.h"
#include "worker/examine.h"

struct bench {
	struct examiner *examiner;
	struct salvage *account, *read;
	unsigned char *old; /* examined bytes are borrowed */
	unsigned char *mail;
	size_t len;
	struct salvage_wish wish;
};

static inline int
bench_set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof *bench);

	if (!bench || examine_warm())
		return -1;
	bench->examiner = examiner_new((size_t)1 << 30, NULL, NULL);
	bench->account = calloc(1, sizeof *bench->account);
	bench->read = calloc(1, sizeof *bench->read);
	*state = bench;
	return bench->examiner && bench->account && bench->read ? 0 : -1;
}

static inline int
bench_tear_down(void **state)
{
	struct bench *bench = *state;

	examiner_free(bench->examiner);
	free(bench->account);
	free(bench->read);
	free(bench->old);
	free(bench->mail);
	free(bench);
	return 0;
}

static inline void
bench_hash(void *context, struct slice bytes, uint8_t sha256[32])
{
	if (input_digest(context, bytes, sha256))
		abort();
}

static inline struct salvage_order
bench_order(struct bench *bench, struct slice bytes, struct salvage *account)
{
	struct input *input = examiner_input(bench->examiner);
	struct salvage_order order = {
		.wish = &bench->wish, .hash = bench_hash, .hashing = input, .out = account
	};

	if (input_borrow(input, bytes))
		abort();
	order.msg = examine_read(bench->examiner, FOLDER_IN, DIRECTION_IN);
	order.arena = examine_arena(bench->examiner);
	memcpy(order.sha256, input->sha256, sizeof order.sha256);
	salvage_start(account, 0, bytes.len);
	return order;
}

/* The new mail as text that ends with a NUL; its account is valid. */
static inline const char *
remake(struct bench *bench, struct slice bytes)
{
	const size_t room = (size_t)salvage_limit(bytes.len);
	struct salvage_order order;

	free(bench->mail);
	free(bench->old);
	bench->mail = malloc(room + 1);
	bench->old = malloc(bytes.len + 1);
	if (!bench->mail || !bench->old)
		abort();
	if (bytes.len > 0)
		memcpy(bench->old, bytes.data, bytes.len);
	order = bench_order(bench, slice_of(bench->old, bytes.len), bench->account);
	order.mail = bench->mail;
	order.mail_room = room;
	if (!salvage_mail(&order))
		fail_msg("the new mail finds no room");
	bench->len = (size_t)bench->account->mail_len;
	bench->mail[bench->len] = '\0';
	if (!salvage_valid(bench->account, 0))
		fail_msg("the account is not valid");
	return (const char *)bench->mail;
}

static inline const char *
remake_text(struct bench *bench, const char *text)
{
	return remake(bench, slice_str(text));
}

/* The parts of the new mail as they are read again. */
static inline const struct salvage *
read_again(struct bench *bench)
{
	const struct salvage_order order =
	    bench_order(bench, slice_of(bench->mail, bench->len), bench->read);

	salvage_inventory(&order);
	return bench->read;
}

/* Each leaf is read again with the bytes that were written. */
static inline void
check_parts(struct bench *bench)
{
	const struct salvage *read = read_again(bench);
	const struct salvage_row *a = NULL, *b = NULL;

	assert_int_equal(read->n_kept[SALVAGE_PART], bench->account->n_kept[SALVAGE_PART]);
	while ((a = salvage_next(bench->account, SALVAGE_PART, a))) {
		b = salvage_next(read, SALVAGE_PART, b);
		assert_non_null(b);
		assert_int_equal(a->size, b->size);
		assert_memory_equal(a->sha256, b->sha256, sizeof a->sha256);
	}
}

/* The nth leaf, from 0. */
static inline const struct salvage_row *
leaf_of(const struct bench *bench, unsigned nth)
{
	const struct salvage_row *row = NULL;

	do {
		row = salvage_next(bench->account, SALVAGE_PART, row);
		if (!row)
			fail_msg("there are too few leaves");
	} while (row && nth-- > 0);
	return row;
}

static inline void
assert_has(const char *mail, const char *text)
{
	if (!strstr(mail, text))
		fail_msg("not there: %s\nin: %.3000s", text, mail);
}

static inline void
assert_lacks(const char *mail, const char *text)
{
	if (strstr(mail, text))
		fail_msg("there: %s\nin: %.3000s", text, mail);
}

#endif
