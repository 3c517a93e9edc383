/* across.c - what only the whole tree shows of a file: rows without a check, and their clues. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "across.h"

#include <stdio.h>
#include <string.h>

#include "rules/family.h"

#define FAMILY "evidence"
#define OWNERS_MAX 8      /* files that may hold a block before it is called common */
#define TREE_LEAST 10     /* files from which on a tree has a habit */
#define LF_ONLY_MOST 3    /* files without CRLF that are still single ones … */
#define LF_ONLY_SHARE 20u /* … and at most one in so many */

/* ---- blocks of other files ------------------------------------------------------------------- */

/* One tear of a record: the block before it, and those from it on. */
struct torn_run {
	uint32_t before; /* index into torn */
	uint32_t first;
	uint32_t end;
};

/* The worker lists, of each tear, the block before it and those behind it, without a gap. */
static bool
next_run(const struct record *record, uint32_t from, struct torn_run *run)
{
	uint32_t end = from + 1;

	if (from >= record->n_torn)
		return false;
	while (end < record->n_torn &&
	       record->torn[end].offset == record->torn[end - 1].offset + TORN_BLOCK)
		end++;
	*run = (struct torn_run){ from, from + 1, end };
	return true;
}

/* Whether that block stands in the other file at that offset. */
static bool
stands_at(const struct torn_hit *hits, size_t n, uint32_t block, uint64_t other, uint64_t offset)
{
	for (size_t i = 0; i < n; i++)
		if (hits[i].block == block && hits[i].other == other && hits[i].offset == offset)
			return true;
	return false;
}

/* Whether two files are copies of one message. */
static bool
same_message(const struct across_peer *a, const struct across_peer *b)
{
	return (a->body_hash != 0 && a->body_hash == b->body_hash) ||
	       (a->message_id_hash != 0 && a->message_id_hash == b->message_id_hash);
}

/* The hit that tells whose the first block behind the tear is; NULL when it is nobody's or that of
 * more than one message. */
static const struct torn_hit *
owner_of(const struct torn_run *run, uint64_t self, const struct torn_hit *hits, size_t n_hits,
    across_peer_of *peer_of, void *context)
{
	const struct torn_hit *owner = NULL;
	struct across_peer first = { 0 };
	unsigned n = 0;

	for (size_t i = 0; i < n_hits; i++) {
		struct across_peer peer = { .root = "" };

		if (hits[i].block != run->first || hits[i].other == self)
			continue;
		if (++n > OWNERS_MAX)
			return NULL;
		if (hits[i].offset >= TORN_BLOCK && stands_at(hits, n_hits, run->before,
							hits[i].other, hits[i].offset - TORN_BLOCK))
			continue;
		if (!peer_of(context, hits[i].other, &peer))
			return NULL;
		if (!owner) {
			owner = &hits[i];
			first = peer;
		} else if (hits[i].other != owner->other && !same_message(&first, &peer)) {
			return NULL;
		}
	}
	return owner;
}

/* A proven sector of another file says what a tear alone only suggests. A tear has about 7 bits by
 * its own rule (2^-7 of all crashes against one healthy file in 33,000); that a cluster of another
 * message stands there is the fault of a file system, and chance shows it in one file of a million: 5
 * bits more. */
static void
tell_owner(const struct record *record, const struct torn_run *run, const struct torn_hit *owner,
    const struct torn_hit *hits, size_t n_hits, const struct across_peer *peer, struct clue *clue)
{
	char path[96], root[48];
	uint64_t bytes = TORN_BLOCK;
	size_t index = 0;
	const struct rule *rule = rule_by_id("block-of-other-file", &index);

	for (uint32_t k = run->first + 1; k < run->end; k++, bytes += TORN_BLOCK)
		if (!stands_at(hits, n_hits, k, owner->other, owner->offset + bytes))
			break;
	clue_clear(clue, (uint16_t)index);
	clue->factor = rule->factor;
	clue->offset = record->torn[run->first].offset;
	clue->length = bytes;
	clue_text(root, sizeof root, slice_str(peer->root));
	clue_text(path, sizeof path, peer->path);
	snprintf(clue->detail, sizeof clue->detail,
	    "%llu bytes are those of %s%s%s from byte %llu on", (unsigned long long)bytes, root,
	    root[0] ? "/" : "", path, (unsigned long long)owner->offset);
}

size_t
across_torn(const struct record *record, uint64_t self, const struct torn_hit *hits, size_t n_hits,
    across_peer_of *peer_of, void *context, struct clue *out)
{
	struct torn_run run;
	size_t n = 0;

	for (uint32_t at = 0; next_run(record, at, &run); at = run.end) {
		const struct torn_hit *owner;
		struct across_peer peer = { .root = "" };

		if (run.first >= run.end)
			continue;
		owner = owner_of(&run, self, hits, n_hits, peer_of, context);
		if (owner && peer_of(context, owner->other, &peer))
			tell_owner(record, &run, owner, hits, n_hits, &peer, &out[n++]);
	}
	return n;
}

/* ---- temporary files ------------------------------------------------------------------------- */

bool
across_leftover(const struct suspect *suspect, struct clue *out)
{
	const size_t slash = slice_rfind(suspect->path, '/');
	const struct slice name =
	    slash == SLICE_NONE ? suspect->path : slice_from(suspect->path, slash + 1);
	struct slice end = slice_from(name, name.len - 4);
	const struct rule *rule;
	size_t index = 0;

	if (suspect->folder == FOLDER_OTHER || name.len <= 4 ||
	    !(slice_eq_nocase(end, ".stf") || slice_eq_nocase(end, ".tmp")))
		return false;
	rule = rule_by_id("temporary-file-left", &index);
	clue_clear(out, (uint16_t)index);
	out->factor = rule->factor;
	clue_text(out->detail, sizeof out->detail, name);
	return true;
}

/* ---- line ends ------------------------------------------------------------------------------- */

/* Where the service writes the files; what others drop for it ends its lines as it likes. */
static bool
is_written_by_service(enum folder folder)
{
	return folder != FOLDER_PICKUP && folder != FOLDER_PICKUP_ARCHIVE && folder != FOLDER_OTHER;
}

static bool
counts(const struct suspect *suspect)
{
	const struct record *record = suspect->record;

	return record && (record->status == STATUS_EXAMINED || record->status == STATUS_PARTIAL) &&
	       record->file_size > 0 && is_written_by_service(suspect->folder);
}

void
across_count_lines(struct across_lines *lines, const struct suspect *suspect)
{
	if (!counts(suspect))
		return;
	lines->n_files++;
	lines->n_lf_only += (suspect->record->flags & RECORD_LF_ONLY) != 0;
}

bool
across_line_ends(const struct across_lines *lines, const struct suspect *suspect, struct clue *out)
{
	size_t index = 0;
	const struct rule *rule = rule_by_id("line-ends-differ", &index);

	if (!counts(suspect) || !(suspect->record->flags & RECORD_LF_ONLY))
		return false;
	if (lines->n_files < TREE_LEAST || lines->n_lf_only > LF_ONLY_MOST ||
	    lines->n_lf_only * LF_ONLY_SHARE > lines->n_files)
		return false;
	clue_clear(out, (uint16_t)index);
	out->factor = rule->factor;
	snprintf(out->detail, sizeof out->detail, "%llu of %llu messages have no CRLF",
	    (unsigned long long)lines->n_lf_only, (unsigned long long)lines->n_files);
	return true;
}

static const struct rule rows[] = {
	{ .id = "block-of-other-file",
	    .family = FAMILY,
	    .says = "Behind a tear stand disk sectors that belong to another file of the tree.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 1e-6,
	    .factor = 5000 },
	/* The service writes CRLF. One file that somebody opened and wrote again by hand is no
	 * cause of a crash, but what was lost with it may be: 2 bits lift it to `low`. */
	{ .id = "line-ends-differ",
	    .family = FAMILY,
	    .says =
		"The lines of this file end in LF, those of the other files of the tree in CRLF.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.3",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 1e-3,
	    .factor = 2000 },
	/* Written while a message is taken apart, and removed then (Q217155, Q258319, Q272506): what
	 * is left tells that one was not done with. The message is another file: no more than `low`. */
	{ .id = "temporary-file-left",
	    .family = FAMILY,
	    .says = "A temporary file of the service or the store was left among the messages.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_EVIDENCE,
	    .base_rate = 1e-3,
	    .factor = 3000 },
};

const struct family family_across = FAMILY_OF(rows);
