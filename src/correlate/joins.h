/*
 * joins.h - what the parts of the correlation share: sights, files, keys, crashes, links.
 *
 * For src/correlate only. A sight is an item of a log; a key is a string that logs and files may
 * share; a link is a sight joined with a file, and holds the clue.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_JOINS_H
#define IMC_JOINS_H

#include "correlate/correlate.h"

#define NO_TIME EVIDENCE_TIME_NONE
#define NONE32 UINT32_MAX
#define KEY_FILES_MAX 32 /* files of one key that are remembered; all are counted */
#define CLOCK_TEXT 96

/* What a clue is made of; each is a rule of src/rules/evidence.c. */
enum mark {
	MARK_EVENT_FILE,
	MARK_STUCK,
	MARK_RECEIVED,
	MARK_CRASH_TIME,
	MARK_STORE,
	MARK_IN_USE,
	MARK_TRACKING,
	MARK_SMTP,
	MARK_STACK,
	MARK_FAULT,
	MARK_QUEUE_MISSING,
	MARK_QUEUE_EXTRA,
	MARK_MISSING,
	MARK_RULE_OUT,
	MARK_COUNT
};

/* A point in time on two axes; either may be unknown. Seconds since 1970. */
struct moment {
	int64_t utc, local; /* local: of the server's clock */
};

/* An item of a log. */
struct sight {
	const struct log_item *item;
	uint32_t log;
	struct moment when, other;
	bool swapped; /* day and month were exchanged */
};

/* A file of the tree; its number is its index. There may be millions: times are seconds since 1970,
 * 0 when they are not known. */
struct seen {
	uint32_t local;    /* FILETIME of the envelope */
	uint32_t received; /* UTC, topmost Received */
	uint32_t mtime;    /* UTC */
	uint8_t folder, direction, spool_name, in_queue;
	uint32_t body, message_id; /* halves of the hashes folded together; 0: none */
};

static inline int64_t
seen_time(uint32_t stored)
{
	return stored ? (int64_t)stored : NO_TIME;
}

/* What may stand in both. */
enum key_kind {
	KEY_NAME,
	KEY_MESSAGE_ID,
	KEY_MTS_ID,
	KEY_SUBJECT,
	KEY_SENDER,
	KEY_PAIR,
	KEY_QUEUE
};

struct key {
	uint64_t hash; /* 0: free */
	enum key_kind kind;
	uint32_t first, last; /* hangs */
	uint32_t n_sights;
	uint32_t n_files; /* met; the first KEY_FILES_MAX are in `files` */
	uint32_t files;   /* index of a block of numbers, NONE32: none yet */
	uint32_t queue_log;
	bool in_use; /* a copy log says so of it */
	uint64_t queue_offset;
};

/* A sight in the list of a key. */
struct hang {
	uint32_t sight, next; /* NONE32 at the end */
};

/* Keys by hash: open addressing, filled once. */
struct keys {
	struct key *slots;
	size_t n_slots, n_used;
	uint32_t *numbers; /* blocks of KEY_FILES_MAX */
	size_t n_blocks, room;
};

/* One crash, whatever the number of events that tell of it. */
struct crash {
	struct moment when;
	uint32_t sight; /* the first of it */
	uint32_t n_sights;
};

struct crashes {
	struct crash *all;
	size_t n;
	uint32_t *by_utc, *by_local;
	size_t n_utc, n_local;
};

enum clock_source {
	CLOCK_UNKNOWN,
	CLOCK_OPTION,
	CLOCK_EVENTS,
	CLOCK_TREE,
	CLOCK_NAMES,
	CLOCK_GUESS
};

struct clock_sample {
	uint32_t local;
	int32_t offset; /* seconds east of UTC */
};

/* What the server's clock showed; samples are sorted by time. */
struct clocks {
	enum clock_source source;
	struct clock_sample *samples;
	size_t n_samples, room;
	size_t agreeing, asked;
	int32_t offset, other; /* most samples', and that of the other season (or the same) */
	int32_t (*zone)(void *context, int64_t local); /* as in the options */
	void *zone_context;
};

/* A clue of a file, or of one that is missing. */
struct link {
	uint64_t file;  /* number, or index of the missing one */
	uint32_t sight; /* NONE32: none */
	uint32_t crash; /* NONE32: none at hand */
	uint32_t order; /* of making */
	uint8_t mark;
	bool missing;
	bool pointing; /* names one file for one crash: two such contradict each other */
	struct clue clue;
};

struct links {
	struct link *all;
	uint32_t *sorted;
	size_t n, room;
	uint64_t n_left_out;
};

struct missing {
	char name[CORRELATE_NAME_MAX];
	enum folder folder;
	uint32_t key;
	int64_t score;
	size_t first, n_clues; /* in links.sorted */
	uint32_t rank;
};

/* Bytes of a stack, and the files they stand in. */
#define NEEDLE_HITS_MAX 16
struct needle {
	struct slice bytes;
	uint32_t sight;
	uint32_t n_hits; /* all */
	uint64_t files[NEEDLE_HITS_MAX], offsets[NEEDLE_HITS_MAX];
};

/* A function of a documented cause that faulted or stands in the back trace. */
#define FAULT_HITS_MAX 32
struct fault {
	uint32_t sight; /* NONE32: not in any log */
	bool top;
	uint32_t n_hits;
	uint64_t files[FAULT_HITS_MAX], offsets[FAULT_HITS_MAX], lengths[FAULT_HITS_MAX];
};

#define NOTE_MAX 256
#define NOTES_MAX 32

struct correlation {
	struct correlation_options options;
	int32_t factors[FACTOR_COUNT];
	const struct log_set *logs;
	size_t n_logs;
	uint16_t rules[MARK_COUNT];
	int32_t limits[MARK_COUNT]; /* factor of the row */
	size_t n_rules;
	struct sight *sights;
	size_t n_sights;
	struct hang *hangs;
	size_t n_hangs, hangs_room;
	struct keys keys;
	struct seen *seen;
	size_t n_seen, seen_room;
	uint64_t n_beyond;
	struct clocks clocks;
	int32_t *shifts;                 /* per log: its local time minus the server's */
	bool *swaps;                     /* per log: day and month are exchanged */
	char (*clock_texts)[CLOCK_TEXT]; /* per log */
	char local_clock[CLOCK_TEXT];
	struct crashes crashes;
	struct links links;
	struct missing *missing;
	size_t n_missing, missing_room;
	struct clue *rule_outs;
	size_t n_rule_outs;
	struct needle *needles;
	size_t n_needles, needles_room;
	struct fault *faults;
	uint8_t *rule_faults; /* per rule: fault + 1 */
	uint64_t *named;
	size_t n_named;
	char (*notes)[NOTE_MAX];
	size_t n_notes;
	uint64_t n_queue_names, n_queue_files, n_in_queue, n_in_use, n_tracked;
	uint64_t n_in_use_out; /* of n_in_use, by their path */
	uint64_t steps;
};

/* names.c */
struct slice name_last(struct slice path);  /* behind the last slash of either kind */
struct slice name_plain(struct slice name); /* without what ISO 9660 adds */
bool name_spool(struct slice name);
enum direction name_direction(struct slice path, uint32_t flags);

/* keys.c: 0 is never a hash. */
uint64_t key_hash(enum key_kind kind, struct slice a, struct slice b);
bool keys_init(struct keys *keys, size_t n);
struct key *keys_put(struct keys *keys, enum key_kind kind, uint64_t hash); /* NULL: no room */
struct key *keys_find(const struct keys *keys, enum key_kind kind, uint64_t hash);
bool keys_add_file(struct keys *keys, struct key *key, uint64_t number);
struct slice key_message_id(struct slice id);
struct slice key_subject(struct slice subject);
struct slice key_address(struct slice address);

/* sights.c: the items of all logs and the keys they hold. */
bool sights_collect(struct correlation *c);
const struct log_view *sight_log(const struct correlation *c, const struct sight *sight);

/* clocks.c, days.c */
bool clocks_settle(struct correlation *c);
int32_t clocks_quarter(int64_t difference, int64_t slack); /* INT32_MIN: no whole quarter */
bool clocks_guess(struct correlation *c); /* clock_guess.c: when nothing else tells */
bool clocks_offset(const struct clocks *clocks, int64_t local, int32_t *offset);
void clocks_fill(const struct correlation *c, struct moment *moment);
bool days_settle(struct correlation *c);
struct moment seen_moment(const struct correlation *c, const struct seen *seen);
void clocks_texts(struct correlation *c);

/* moments.c */
struct moment moment_none(void);
bool moment_gap(const struct moment *later, const struct moment *earlier, int64_t *gap);
bool moment_known(const struct moment *moment);

/* crashes.c: the nearest, and the first at or after; NONE32 when there is none. gap: crash minus
 * moment in seconds. */
bool crashes_find(struct correlation *c);
uint32_t crash_near(const struct correlation *c, const struct moment *moment, int64_t *gap);
uint32_t crash_after(const struct correlation *c, const struct moment *moment, int64_t *gap);
uint32_t crash_last(const struct correlation *c); /* NONE32: the logs tell of none */

/* links.c: a new link with its clue cleared, the log and quote of the sight filled in; NULL when
 * there are too many or no memory (errno is 0 for the former). */
struct link *link_new(struct correlation *c, enum mark mark, uint64_t file, uint32_t sight);
void link_weigh(const struct correlation *c, struct link *link, int64_t factor);
bool links_sort(struct correlation *c);

/* words.c: text of a fixed room, cut where it ends. */
struct words {
	char *at;
	size_t left;
};
struct words words_of(char *room, size_t size);
void words_add(struct words *words, const char *format, ...) __attribute__((format(printf, 2, 3)));
void words_time(struct words *words, const struct moment *moment);
void words_gap(struct words *words, int64_t seconds);
void words_offset(struct words *words, int32_t seconds);
void note_add(struct correlation *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The joins. */
bool join_names(struct correlation *c);      /* join_names.c */
bool join_messages(struct correlation *c);   /* join_messages.c */
bool join_times(struct correlation *c);      /* join_times.c */
bool join_faults(struct correlation *c);     /* faults.c */
bool join_queue(struct correlation *c);      /* queue.c */
bool join_missing(struct correlation *c);    /* missing.c */
bool missing_settle(struct correlation *c);  /* missing.c */
bool needles_collect(struct correlation *c); /* needles.c */
bool needles_settle(struct correlation *c);
bool contradictions_find(struct correlation *c); /* contradict.c */
bool rule_outs_make(struct correlation *c);      /* ruleouts.c */
bool faults_begin(struct correlation *c);
void faults_add(struct correlation *c, uint64_t number, const struct record *record);
void queue_add(struct correlation *c, struct seen *seen, struct slice name);

/* weigh.c: what a sight that names a file weighs, by its kind and its distance to a crash; 0: it
 * says nothing. *mark: which rule. The words tell why. */
struct weighed {
	enum mark mark;
	int64_t factor;
	bool pointing, doubtful;
	uint32_t crash;
};
struct weighed weigh_sight(const struct correlation *c, const struct sight *sight,
    const struct seen *seen, struct words *words);
int64_t weigh_least(const struct correlation *c, int64_t factor); /* at least FACTOR_LEAST */
/* n files share it: each doubling costs FACTOR_DOUBLING */
int64_t weigh_share(const struct correlation *c, int64_t factor, uint64_t n);

#endif
