/*
 * queuedat.c - names of spool files carved from queue.dat.
 *
 * Nothing is published of its layout but that it is a heap with lists in it (Q302863). So every
 * spool name that stands alone counts, in ASCII and in UTF-16LE, and each is a weak hint only: the
 * heap keeps what it has freed.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

#define NAME_LEN 8
#define TABLE 65536           /* slots of the set of names met */
#define TABLE_MAX (TABLE / 2) /* names in it; later ones are not looked up */

/* A run of letters and digits. */
struct run {
	size_t len;
	uint64_t offset;
	char name[NAME_LEN];
};

struct queue {
	uint64_t pos;
	unsigned char before;       /* the byte before, for UTF-16 */
	struct run narrow, wide[2]; /* wide ones at even and at odd offsets */
	uint32_t n_met;
	char met[TABLE][NAME_LEN];
};

/* Whether the name is new; then it is noted. */
static bool
is_new(struct queue *queue, const char name[NAME_LEN])
{
	uint64_t hash = 0xcbf29ce484222325u;
	size_t at;

	for (size_t i = 0; i < NAME_LEN; i++)
		hash = (hash ^ (unsigned char)name[i]) * 0x100000001b3u;
	for (at = (hash >> 32) % TABLE; queue->met[at][0]; at = (at + 1) % TABLE)
		if (memcmp(queue->met[at], name, NAME_LEN) == 0)
			return false;
	if (queue->n_met < TABLE_MAX) {
		memcpy(queue->met[at], name, NAME_LEN);
		queue->n_met++;
	}
	return true;
}

static void
run_end(struct log_reader *reader, struct run *run)
{
	struct queue *queue = reader->state;
	struct evidence *out = reader->sink.out;
	const bool whole = run->len == NAME_LEN;

	run->len = 0;
	if (!whole || !name_is_spool(slice_of(run->name, NAME_LEN)) || !is_new(queue, run->name))
		return;
	out->n_names_met++;
	if (out->n_names == EVIDENCE_NAMES_MAX)
		return;
	out->names[out->n_names].offset = run->offset;
	memcpy(out->names[out->n_names].name, run->name, NAME_LEN);
	out->n_names++;
}

/* Letters in lower case make a run too, but none that is a name. */
static void
run_byte(struct log_reader *reader, struct run *run, unsigned char byte, uint64_t offset)
{
	if (!byte_is_digit(byte) && !byte_is_alpha(byte) && byte != '_') {
		run_end(reader, run);
		return;
	}
	if (run->len == 0)
		run->offset = offset;
	if (run->len < NAME_LEN)
		run->name[run->len] = (char)(byte >= 'a' ? '_' : byte);
	if (run->len <= NAME_LEN)
		run->len++;
}

static void
take_bytes(struct log_reader *reader, struct slice bytes)
{
	struct queue *queue = reader->state;

	for (size_t i = 0; i < bytes.len; i++, queue->pos++) {
		const unsigned char byte = bytes.data[i];

		run_byte(reader, &queue->narrow, byte, queue->pos);
		if (queue->pos > 0)
			run_byte(reader, &queue->wide[queue->pos % 2],
			    byte == 0 ? queue->before : 0, queue->pos - 1);
		queue->before = byte;
	}
}

static void
finish(struct log_reader *reader)
{
	struct queue *queue = reader->state;

	run_end(reader, &queue->narrow);
	run_end(reader, &queue->wide[0]);
	run_end(reader, &queue->wide[1]);
}

const struct log_format log_format_queue = {
	.state_size = sizeof(struct queue), .bytes = take_bytes, .finish = finish
};
