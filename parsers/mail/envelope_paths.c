/*
 * envelope_paths.c - the strings inside the binary prologue of a spool file.
 *
 * The records between the strings are unknown, so any byte may be a '<' by chance: a path is
 * believed when it is printable, or when it is damaged but holds an '@'.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "envelope.h"

#define ID_MAX 512u    /* bytes of an MTS-ID */
#define ID_TRIES 1000u /* "c=" tried */
#define STAMP_LEN 10u  /* YYMMDDhhmm */
#define NAME_LEN 8u    /* spool name */

/* Values of FACT_ENVELOPE_ADDRESS_BAD that are no byte. */
enum { BAD_OPEN = 256, BAD_EMPTY = 257 };

struct miner {
	struct message *msg;
	struct arena *arena;
	struct slice whole;
	size_t room;      /* of envelope.rcpt_to */
	size_t first_end; /* behind MAIL FROM, 0: none yet */
};

static void
bad_path(struct miner *miner, size_t from, size_t len, uint64_t value)
{
	message_fact_at(miner->msg, miner->arena, FACT_ENVELOPE_ADDRESS_BAD, -1, -1,
	    slice_cut(miner->whole, from, len), value);
}

static void
take_path(struct miner *miner, struct slice path, size_t end)
{
	struct envelope *envelope = &miner->msg->envelope;

	if (!envelope->has_mail_from) {
		envelope->has_mail_from = true;
		envelope->mail_from = path;
		miner->first_end = end;
		return;
	}
	arena_grow(
	    miner->arena, &envelope->rcpt_to, &miner->room, envelope->n_rcpt_to, sizeof path);
	envelope->rcpt_to[envelope->n_rcpt_to++] = path;
}

/* What stands between '<' and where it ends. */
struct path_end {
	size_t at; /* of the '>', or of the byte that makes it no path */
	bool complete;
	size_t first_bad; /* control or 8-bit byte, SLICE_NONE: none */
	bool has_at;
};

static struct path_end
find_path_end(struct slice whole, size_t from)
{
	struct path_end end = { .at = from, .first_bad = SLICE_NONE };

	for (; end.at < whole.len; end.at++) {
		unsigned char byte = whole.data[end.at];

		if (byte == '>' || byte == '<' || byte == 0)
			break;
		end.has_at = end.has_at || byte == '@';
		if ((byte < 0x20 || byte >= 0x7f) && end.first_bad == SLICE_NONE)
			end.first_bad = end.at;
	}
	end.complete = end.at < whole.len && whole.data[end.at] == '>';
	return end;
}

/* Read all paths. One without '>' is a fact only when a whole path follows, or when it ends as a
 * string and is the first: what the buffer held before stands behind the last path, cut anywhere.
 * */
static void
mine_paths(struct miner *miner, size_t from)
{
	size_t open = SLICE_NONE, open_end = 0, pos = from;

	while ((pos = slice_find(miner->whole, pos, '<')) != SLICE_NONE) {
		struct path_end end = find_path_end(miner->whole, ++pos);
		size_t len = end.at - pos;

		if (!end.complete) {
			bool text = end.first_bad == SLICE_NONE && end.has_at;

			if (text && !miner->msg->envelope.has_mail_from &&
			    end.at < miner->whole.len && !miner->whole.data[end.at]) {
				bad_path(miner, pos - 1, len + 1, BAD_OPEN);
				take_path(miner, slice_cut(miner->whole, pos, len), end.at);
			} else if (text) {
				open = pos - 1;
				open_end = end.at;
			}
			pos = end.at;
			continue;
		}
		if (end.first_bad != SLICE_NONE && !end.has_at)
			continue;
		if (open != SLICE_NONE)
			bad_path(miner, open, open_end - open, BAD_OPEN);
		open = SLICE_NONE;
		if (end.first_bad != SLICE_NONE)
			bad_path(miner, pos, len, miner->whole.data[end.first_bad]);
		if (len || !miner->msg->envelope.has_mail_from)
			take_path(miner, slice_cut(miner->whole, pos, len), end.at + 1);
		else
			bad_path(miner, pos - 1, 2, BAD_EMPTY);
		pos = end.at + 1;
	}
}

/* Whether the byte is a symbol of spool names: digits and letters without E, I, O, U. */
static bool
is_name_symbol(unsigned char byte)
{
	return byte_is_digit(byte) || (byte_is_alpha(byte) && !strchr("eiou", byte_lower(byte)));
}

/* Bytes of an MTS-ID at the start of s, 0 when there is none: c=…l=SERVER, ten digits, a spool
 * name. */
static size_t
mts_id_len(struct slice s)
{
	size_t server = SLICE_NONE, digits = 0, end;

	s = slice_cut(s, 0, ID_MAX);
	for (end = 0;
	     end < s.len && s.data[end] >= 0x20 && s.data[end] < 0x7f && s.data[end] != '<'; end++)
		;
	s.len = end;
	for (size_t i = 2; i + NAME_LEN <= s.len; i++) {
		size_t n = 0;

		if (server == SLICE_NONE) {
			if (s.data[i] == '=' && byte_lower(s.data[i - 1]) == 'l')
				server = i;
			continue;
		}
		while (n < NAME_LEN && is_name_symbol(s.data[i + n]))
			n++;
		if (digits >= STAMP_LEN && n == NAME_LEN &&
		    (i + n == s.len ||
			!(byte_is_alpha(s.data[i + n]) || byte_is_digit(s.data[i + n]))))
			return i + n;
		digits = byte_is_digit(s.data[i]) ? digits + 1 : 0;
	}
	return 0;
}

static void
mine_mts_id(struct miner *miner, size_t from)
{
	size_t at = from;

	for (unsigned n = 0; n < ID_TRIES; n++, at++) {
		size_t len;

		at = slice_find(miner->whole, at, '=');
		if (at == SLICE_NONE)
			return;
		if (at == 0 || byte_lower(miner->whole.data[at - 1]) != 'c')
			continue;
		len = mts_id_len(slice_from(miner->whole, at - 1));
		if (len) {
			miner->msg->envelope.mts_id = slice_cut(miner->whole, at - 1, len);
			return;
		}
	}
}

void
envelope_mine(struct message *msg, struct arena *arena, size_t from)
{
	struct miner miner = { .msg = msg, .arena = arena, .whole = msg->envelope.whole };

	/* Eight bytes of FILETIME may hold anything; the tag at the end is no string either. */
	from = from ? from + 8 : 0;
	mine_paths(&miner, from);
	mine_mts_id(&miner, miner.first_end ? miner.first_end : from);
	if (!msg->envelope.mts_id.len)
		mine_mts_id(&miner, from);
}
