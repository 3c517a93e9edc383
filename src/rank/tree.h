/*
 * tree.h - what the ranking holds in memory of a tree.
 *
 * For src/rank alone.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RANK_TREE_H
#define IMC_RANK_TREE_H

#include "casefile/sorter.h"
#include "evidence.h"
#include "rank/rank.h"
#include "rank/weights.h"

#define NO_TIME INT64_MIN
#define FIRED_WEAK 0x8000u /* set in a fired rule's number: only weak findings */

/* One file in memory; all else of it lies in the spill. */
struct ranked {
	uint64_t entry; /* offset in the spill */
	int32_t score;  /* millibits */
	uint8_t folder, level;
	uint8_t direction : 4, status : 4;
	bool has_score : 1, in_manifest : 1;
	bool clued : 1;   /* something speaks of it: no control, and found in clue_index */
	bool grouped : 1; /* it has twins */
};

/* One file as the spill has it, borrowed until the next one is read. Equal hashes are equal
 * messages; 0 is equal to nothing. */
struct entry {
	struct slice path;
	const char *reason;
	const uint16_t *fired; /* ascending rule numbers */
	struct slice record;   /* packed; empty: none */
	struct entry_head {
		uint64_t size, body, message_id;
		int64_t modified, received; /* seconds since 1970, or NO_TIME; the server's clock */
		uint32_t root;              /* index into tree.roots */
		uint32_t path_len, reason_len, record_len; /* bytes; the reason with its NUL */
		uint16_t n_fired;
		uint8_t has_stat, foreign_name;
		uint8_t sha256[32];
		uint8_t unused[4];
	} head;
};

struct times {
	int64_t *all; /* seconds since 1970, UTC */
	size_t n, room;
};

/* Files with the same message, two or more; the first two by name. */
struct group {
	uint32_t group; /* as in tree.group_of */
	uint32_t first, second, n_files;
};

struct tree {
	struct ranked *files;
	uint32_t n_files;
	size_t files_room;
	char **roots;
	size_t n_roots, roots_room;
	uint32_t *group_of; /* of each file, once counted */
	struct group *groups;
	size_t n_groups, groups_room;
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
	uint64_t content_mix; /* sum over all bodies, whatever the order */
	uint16_t *scratch;    /* n_rules numbers */
	uint16_t *fired;      /* those of the entry read last */
	unsigned char *twin;  /* path of the twin read last */
	size_t twin_room;
	int32_t *bits;         /* RECORD_FINDINGS_MAX */
	struct terms *terms;   /* RECORD_FINDINGS_MAX */
	struct record *record; /* the one being walked */
};

/* A number for the root's name: of several roots, one name may have several numbers. False with
 * errno. */
bool tree_root(struct tree *tree, const char *root, uint32_t *number);

/* The root to print: "" when the whole tree has only one. */
const char *tree_root_name(const struct tree *tree, uint32_t root);

/* A name in the items of a sorter: the number of its root, and its path. <0, 0, >0: by path bytes,
 * then root. */
struct tree_name {
	uint32_t root;
	struct slice path;
};
int tree_compare_names(
    const struct tree *tree, const struct tree_name *a, const struct tree_name *b);

/* Files of the same message, NULL: there is no other. */
const struct group *tree_group(const struct tree *tree, uint32_t file);

void tree_free(struct tree *tree);

/* An empty sorter of the memory that the options name. NULL with errno. */
struct sorter *ranking_sorter(const struct ranking *ranking, sorter_compare *compare);

/* Count n_r and N, and tell the groups; twins (equal body or equal Message-ID) count once. False with
 * errno. */
bool tally_count(struct ranking *ranking);

/* Score every file, once q of all rules is settled, and put their numbers into ranking->order; *sum: of
 * their ratios. False with errno. */
bool order_find(struct ranking *ranking, double *sum);

/* The digest of the sorted "sha256  root/path\n" lines. False with errno. */
bool manifest_digest(struct ranking *ranking, uint8_t out[32]);

/* Keep a time for the picture; one out of range, or not known, is passed over. False with ENOMEM. */
bool picture_time(struct times *times, int64_t time);

/* The counts that pictures are made of; after all files have their level. False with errno. */
bool picture_count(struct ranking *ranking, struct tree_picture *picture);

/* Write the entry; the head's lengths need not be filled. False with errno. */
bool entry_add(struct ranking *ranking, const struct entry *entry, const struct record *record,
    uint64_t *offset);

/* Read it. False with errno. */
bool entry_read(struct ranking *ranking, uint32_t number, struct entry *entry);

/* Fill all of *suspect but rank, level, score, probability, finding_bits, twin and clues; its record
 * is the ranking's, all else the entry's. False with errno. */
bool entry_show(
    struct ranking *ranking, uint32_t number, const struct entry *entry, struct suspect *suspect);

#endif
