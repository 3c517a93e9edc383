/*
 * keys.c - strings that a log and a file may share, by their hash.
 *
 * Letters count without regard to case. A search looks at PROBES_MAX slots and no more, so that
 * strings chosen to collide cost what others cost; what finds no slot is not joined.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "array.h"
#include "correlate/joins.h"

#define PROBES_MAX 64
#define SUBJECT_KEPT 64

static uint64_t
hash_bytes(uint64_t hash, struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ byte_lower(s.data[i])) * 0x100000001b3u;
	return hash;
}

/* FNV-1a, its bits mixed: the low ones choose the slot. */
uint64_t
key_hash(enum key_kind kind, struct slice a, struct slice b)
{
	uint64_t hash = hash_bytes(0xcbf29ce484222325u ^ (uint64_t)kind, a);

	hash = hash_bytes((hash ^ 0x100) * 0x100000001b3u, b);
	hash ^= hash >> 33;
	hash *= 0xff51afd7ed558ccdu;
	hash ^= hash >> 33;
	return hash ? hash : 1;
}

bool
keys_init(struct keys *keys, size_t n)
{
	size_t slots = 64;

	while (slots < n * 2)
		slots *= 2;
	keys->slots = calloc(slots, sizeof *keys->slots);
	keys->n_slots = keys->slots ? slots : 0;
	return keys->slots != NULL;
}

static struct key *
look(const struct keys *keys, enum key_kind kind, uint64_t hash)
{
	for (size_t i = 0; i < PROBES_MAX && i < keys->n_slots; i++) {
		struct key *key = &keys->slots[(hash + i) & (keys->n_slots - 1)];

		if (key->hash == 0 || (key->hash == hash && key->kind == kind))
			return key;
	}
	return NULL;
}

struct key *
keys_put(struct keys *keys, enum key_kind kind, uint64_t hash)
{
	struct key *key = look(keys, kind, hash);

	if (key && key->hash == 0) {
		*key = (struct key){ .hash = hash,
			.kind = kind,
			.first = NONE32,
			.last = NONE32,
			.files = NONE32,
			.queue_log = NONE32 };
		keys->n_used++;
	}
	return key;
}

struct key *
keys_find(const struct keys *keys, enum key_kind kind, uint64_t hash)
{
	struct key *key = look(keys, kind, hash);

	return key && key->hash ? key : NULL;
}

bool
keys_add_file(struct keys *keys, struct key *key, uint64_t number)
{
	if (key->n_files < KEY_FILES_MAX) {
		if (key->files == NONE32) {
			if (!array_grow(&keys->numbers, &keys->room,
				(keys->n_blocks + 1) * KEY_FILES_MAX, sizeof *keys->numbers))
				return false;
			key->files = (uint32_t)keys->n_blocks++;
		}
		keys->numbers[(size_t)key->files * KEY_FILES_MAX + key->n_files] = (uint32_t)number;
	}
	if (key->n_files < UINT32_MAX)
		key->n_files++;
	return true;
}

/* Logs show a Message-ID with and without its brackets. */
struct slice
key_message_id(struct slice id)
{
	id = slice_trim(id);
	if (id.len >= 2 && id.data[0] == '<' && id.data[id.len - 1] == '>')
		return slice_cut(id, 1, id.len - 2);
	return id;
}

/* Both sides may be cut: the first bytes are compared. */
struct slice
key_subject(struct slice subject)
{
	return slice_trim(slice_cut(slice_trim(subject), 0, SUBJECT_KEPT));
}

/* What stands in angle brackets, or all of it; nothing when that is no address but a name. */
struct slice
key_address(struct slice address)
{
	const size_t open = slice_rfind(address, '<');
	size_t close;

	if (open != SLICE_NONE) {
		address = slice_from(address, open + 1);
		close = slice_find(address, 0, '>');
		address = slice_cut(address, 0, close);
	}
	address = slice_trim(address);
	return slice_find(address, 0, '@') == SLICE_NONE ? slice_of(NULL, 0) : address;
}
