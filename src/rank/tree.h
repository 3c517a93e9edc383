/*
 * tree.h - what the ranking holds in memory of a tree.
 *
 * For src/rank alone.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RANK_TREE_H
#define IMC_RANK_TREE_H

#include "evidence.h"
#include "rank/rank.h"
#include "rank/weights.h"

#define NO_TIME INT64_MIN
#define FIRED_WEAK 0x8000u /* set in a fired rule's number: only weak findings */

/* One file; its record and times lie in the spill. */
struct ranked {
	uint64_t entry;    /* offset in the spill */
	uint64_t path;     /* offset in tree.paths */
	uint64_t sha_head; /* first eight bytes of the SHA-256, big endian */
	double ratio;      /* LR, 0 without a score */
	uint32_t path_len; /* bytes */
	uint32_t fired;    /* offset in tree.fired */
	int32_t score;     /* millibits */
	uint32_t root;     /* index into tree.roots */
	uint32_t twin;     /* a file with the same message, when n_twins > 0 */
	uint32_t n_twins;
	uint16_t n_fired;
	uint8_t folder, direction, status, level;
	int64_t modified, received; /* seconds since 1970, or NO_TIME; the server's clock */
	bool has_score : 1, in_manifest : 1;
	bool clued : 1; /* something speaks of it: no control, and found in clue_index */
};

/* Equal hashes are equal messages; 0 is equal to nothing. */
struct twin_hashes {
	uint64_t body, message_id;
};

struct times {
	int64_t *all; /* seconds since 1970, UTC */
	size_t n, room;
};

struct tree {
	struct ranked *files;
	struct twin_hashes *hashes; /* as files; freed once counted */
	uint32_t n_files;
	size_t files_room, hashes_room;
	unsigned char *paths;
	size_t paths_len, paths_room;
	uint16_t *fired; /* ascending rule numbers of each file */
	size_t n_fired, fired_room;
	char **roots;
	size_t n_roots, roots_room;
	/* for the picture alone */
	struct times logged;
	int64_t crashes[PICTURE_CRASHES]; /* the latest, rising */
	uint32_t n_crashes;
	uint64_t n_crashes_total;
	bool has_clock;
	int32_t clock; /* seconds that `received` is east of UTC */
};

/* A clue in memory; its texts lie in the spill. */
struct clue_entry {
	uint64_t entry; /* offset in the spill */
	uint64_t hash;  /* of the whole clue: an order where nothing else tells two apart */
	uint32_t file;
	int32_t factor; /* millibits, as far as its rule allows */
	uint16_t rule;
	bool placed; /* CLUE_PLACED */
	bool second; /* its rule is counted by another clue of the file */
};

/* The clues of one file: entries [from, from + kept) are the ones that are shown. */
struct clued {
	uint32_t file, from, kept, total;
	int32_t bits; /* millibits, all rules together and bounded */
	bool placed;
};

#define RULE_OUTS_EACH 4 /* kept of one cause: the weightiest */

struct clue_index {
	struct clue_entry *entries;
	size_t n_entries, entries_room;
	struct clued *files; /* by number, after clues_settle() */
	size_t n_files;
	struct clue *shown;     /* RANKING_CLUES_MAX */
	struct clue *rule_outs; /* CAUSE_COUNT * RULE_OUTS_EACH, then packed by clues_rule_outs() */
	uint8_t n_of_cause[CAUSE_COUNT];
};

/* What is counted over the whole tree. */
struct tally {
	uint64_t n_scored;  /* N */
	uint64_t n_missing; /* files that have a score and no record */
	uint64_t n_control; /* of them in Archive folders */
	uint64_t *fired;    /* n_r, per rule */
	uint64_t *fired_control;
};

struct ranking {
	struct ranking_options options;
	struct spill *spill;
	struct tree tree;
	struct tally tally;
	struct clue_index clues;
	const struct constants *constants;
	int32_t level_from[LEVEL_COUNT];
	bool *silent;           /* per rule: switched off, or evidence: no finding counts */
	struct weight *weights; /* per rule */
	struct weight *weak;    /* per rule, for findings that are weak */
	double *q, *q_weak;     /* per rule, after tallying */
	uint32_t *order;        /* file numbers in rank order */
	double posterior_scale; /* probability of a file = its ratio times this */
	uint64_t findings_cut, bytes;
	uint64_t content_mix;  /* sum over all bodies, whatever the order */
	uint16_t *scratch;     /* n_rules numbers */
	int32_t *bits;         /* RECORD_FINDINGS_MAX */
	struct terms *terms;   /* RECORD_FINDINGS_MAX */
	struct record *record; /* the one being walked */
};

/* A number for the root's name: of several roots, one name may have several numbers. False with
 * errno. */
bool tree_root(struct tree *tree, const char *root, uint32_t *number);

/* The root to print: "" when the whole tree has only one. */
const char *tree_root_name(const struct tree *tree, const struct ranked *file);

struct slice tree_path(const struct tree *tree, const struct ranked *file);

/* <0, 0, >0: by path bytes, then root. */
int tree_compare_names(const struct tree *tree, const struct ranked *a, const struct ranked *b);

void tree_free(struct tree *tree);

/* Count n_r and N; twins (equal body or equal Message-ID) count once. False with ENOMEM. */
bool tally_count(struct ranking *ranking);

/* The digest of the sorted "sha256  root/path\n" lines. False with errno. */
bool manifest_digest(struct ranking *ranking, uint8_t out[32]);

/* Keep a time for the picture; one out of range, or not known, is passed over. False with ENOMEM. */
bool picture_time(struct times *times, int64_t time);

/* The counts that pictures are made of; after all files have their level. False with ENOMEM. */
bool picture_count(const struct tree *tree, struct tree_picture *picture);

/* Spill entries. entry_read() fills *suspect but rank, level, score, probability, finding_bits and
 * clues; its strings and its record live until the next call. */
bool entry_add(struct ranking *ranking, const struct ranked_file *file, const struct record *record,
    uint64_t *offset);
bool entry_read(struct ranking *ranking, const struct ranked *file, struct suspect *suspect);

#endif
