/*
 * fuzz_salvage.c - libFuzzer target: a new mail out of any bytes.
 *
 * The first byte chooses the way and the leaves that are written as plain bytes, the rest is the file.
 * Whatever comes in, the new mail is printable ASCII in lines, has no fields but ours, no recipient
 * that the old one did not write out, and is read again with the parts that were written.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "salvage/salvage_mail.h"
#include "worker/examine.h"

#define MODEL_BYTES ((size_t)512 << 20)
#define MAIL_ROOM ((size_t)16 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* For the whole run; libFuzzer gives no place of our own to keep it. */
struct run {
	struct examiner *examiner;
	struct salvage account, read;
	unsigned char mail[MAIL_ROOM];
};

static struct run *
the_run(void)
{
	static struct run *run;
	const char *missing;

	if (run)
		return run;
	missing = examine_warm();
	run = calloc(1, sizeof *run);
	if (missing || !run) {
		fprintf(stderr, "fuzz_salvage: cannot warm up: %s\n", missing ? missing : "memory");
		abort();
	}
	run->examiner = examiner_new(MODEL_BYTES, NULL, NULL);
	if (!run->examiner)
		abort();
	return run;
}

static void
hash(void *context, struct slice bytes, uint8_t sha256[32])
{
	if (input_digest(context, bytes, sha256))
		abort();
}

static struct salvage_order
order_of(struct run *run, struct slice bytes, const struct salvage_wish *wish, struct salvage *out)
{
	struct input *input = examiner_input(run->examiner);
	struct salvage_order order = { .wish = wish,
		.hash = hash,
		.hashing = input,
		.out = out,
		.mail = run->mail,
		.mail_room = (size_t)salvage_limit(bytes.len) };

	if (input_borrow(input, bytes))
		abort();
	order.msg = examine_read(run->examiner, FOLDER_IN, DIRECTION_IN);
	order.arena = examine_arena(run->examiner);
	memcpy(order.sha256, input->sha256, sizeof order.sha256);
	salvage_start(out, 0, bytes.len);
	return order;
}

static void
check_bytes(struct slice mail)
{
	for (size_t i = 0; i < mail.len; i++) {
		const unsigned char byte = mail.data[i];

		if (byte == '\r')
			assert(i + 1 < mail.len && mail.data[i + 1] == '\n');
		else if (byte == '\n')
			assert(i > 0 && mail.data[i - 1] == '\r');
		else
			assert(byte == '\t' || (byte >= 0x20 && byte < 0x7f));
	}
	assert(mail.len == 0 || mail.data[mail.len - 1] == '\n');
}

static void
check_fields(const struct message *msg)
{
	static const char known[] =
	    " From Sender Reply-To To Cc Subject Date Message-ID In-Reply-To References Importance "
	    "Priority X-Priority Sensitivity Precedence Auto-Submitted Organization MIME-Version "
	    "Content-Type Content-Transfer-Encoding Content-Disposition Content-ID ";

	for (size_t i = 0; i < msg->n_fields; i++) {
		char name[64];
		const struct slice s = msg->fields[i].name;

		assert(s.len > 0 && s.len < 40);
		snprintf(name, sizeof name, " %.*s ", (int)s.len, (const char *)s.data);
		assert(strstr(known, name));
	}
}

static void
check_recipients(const struct message *msg, struct slice old)
{
	for (size_t i = 0; i < msg->n_addresses; i++) {
		const struct address *address = &msg->addresses[i];
		const enum field_id id = msg->fields[address->field].id;

		if (id == FIELD_TO || id == FIELD_CC)
			assert(
			    memmem(old.data, old.len, address->local.data, address->local.len) &&
			    memmem(old.data, old.len, address->domain.data, address->domain.len));
	}
}

static void
check_parts(const struct salvage *written, const struct salvage *read)
{
	const struct salvage_row *a = NULL, *b = NULL;

	assert(written->n_kept[SALVAGE_PART] == read->n_kept[SALVAGE_PART]);
	while ((a = salvage_next(written, SALVAGE_PART, a))) {
		b = salvage_next(read, SALVAGE_PART, b);
		assert(
		    b && a->size == b->size && memcmp(a->sha256, b->sha256, sizeof a->sha256) == 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct salvage_wish again = { .way = SALVAGE_INVENTORY };
	struct salvage_wish wish = { .way = SALVAGE_REBUILD };
	struct run *run = the_run();
	struct salvage_order order;
	struct slice old, mail;

	if (size == 0 || size > ((size_t)2 << 20))
		return -1;
	old = slice_of(data + 1, size - 1);
	wish.way = data[0] % 8 == 0 ? SALVAGE_COVER : SALVAGE_REBUILD;
	wish.more = data[0] >> 3 & 7;
	wish.demoted[0] = wish.sealed[0] = data[0] % 8 > 5 ? 0x55 : 0;
	order = order_of(run, old, &wish, &run->account);
	if (!salvage_mail(&order))
		abort();
	assert(salvage_valid(&run->account, 0));
	mail = slice_of(run->mail, (size_t)run->account.mail_len);
	check_bytes(mail);
	order = order_of(run, mail, &again, &run->read);
	check_fields(order.msg);
	check_recipients(order.msg, old);
	salvage_inventory(&order);
	assert(salvage_valid(&run->read, 0));
	check_parts(&run->account, &run->read);
	examiner_reset(run->examiner);
	return 0;
}
