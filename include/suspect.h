/*
 * suspect.h - a ranked file and the summary of a run, as reports see them.
 *
 * For src/rank (fills), src/report and src/cli (read). Scores are integer millibits everywhere.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SUSPECT_H
#define IMC_SUSPECT_H

#include <stdbool.h>
#include <stdint.h>

#include "clue.h"
#include "description.h"
#include "folder.h"
#include "limits_set.h"
#include "record.h"
#include "rule.h"

/* How suspect a file is, rising; UNKNOWN could not be examined and has no score. */
enum level {
	LEVEL_CLEAN,
	LEVEL_LOW,
	LEVEL_UNKNOWN,
	LEVEL_MEDIUM,
	LEVEL_HIGH,
	LEVEL_CRITICAL,
	LEVEL_COUNT
};

const char *level_name(enum level level);   /* "clean" … "critical" */
enum level level_by_name(const char *name); /* LEVEL_COUNT when unknown */
enum level level_of(int32_t score); /* of a score, or of a finding's bits alone, in millibits */
/* The same by other thresholds: from[level] is the least score of each, rising; NULL: those above. */
enum level level_from(const int32_t *from, int32_t score);

/* What a finding's bits are made of: log2(v * w / q). All 0 for one that adds nothing. */
struct terms {
	double w, q, v;
	double q0;        /* q as it would be in a tree that says nothing of it */
	uint64_t n_fired; /* messages of the tree that fire the rule, twins once */
	bool minor;       /* violation or oddity: at most low without others */
	bool arrival;     /* expected in its folder: at most low */
};

/* One file met in the message folders. Borrowed by a writer for the length of one call. */
struct suspect {
	uint64_t rank;     /* from 1 */
	const char *root;  /* the Imcdata folder, relative to the scanned path; "" when one */
	struct slice path; /* relative to root, forward slashes, hostile bytes */
	enum folder folder;
	enum status status;
	const char *reason; /* why failed or excluded: our words; "" otherwise */
	enum level level;
	bool has_score;
	int32_t score;               /* millibits */
	double probability;          /* 0..1 */
	bool foreign_name;           /* not a spool name */
	const struct record *record; /* NULL when not examined */
	/* millibits of each of record->findings, INT32_MIN: adds nothing */
	const int32_t *finding_bits;
	bool has_mtime;
	int64_t mtime_sec; /* UTC */
	uint64_t size;     /* bytes on disk */
	bool has_size;
	/* Another file with the same body or Message-ID, and how many there are; 0: none. */
	uint64_t n_twins;
	const char *twin_root;
	struct slice twin;
	/* What logs and other files say of it, the weightiest first; their factors as they were
	 * counted: 0 for a second clue of one rule. */
	const struct clue *clues;
	uint32_t n_clues;
	uint32_t n_clues_total;            /* with those that were not kept */
	int32_t clue_bits;                 /* millibits that they add together, bounded */
	const struct terms *finding_terms; /* of each of record->findings; NULL: not known */
	const int32_t *level_from;         /* for level_from(); NULL: the usual thresholds */
	/* The message in detail, for formats that show it (of the first writer.details suspects);
	 * NULL otherwise. */
	const struct description *description;
	uint64_t number; /* from 0, in the order of adding: names the file within its ranking */
};

/* A file that is no message: queue.dat, logs. */
struct artefact {
	const char *root;
	struct slice path;
	const char *kind;   /* "queue", "protocol-log", "routes", "other" */
	const char *reason; /* why not read, or "" */
	enum status status; /* examined means: listed, not parsed */
	uint64_t size;
	bool has_mtime;
	int64_t mtime_sec;
	/* A log that was read: else all 0 and times INT64_MIN. */
	bool read;
	uint8_t sha256[32];
	uint64_t n_lines, n_damaged, n_items; /* lines or records met; torn; what was learnt */
	int64_t first_time, last_time;
	const char *clock; /* how its times were taken: "UTC", "local, UTC-5 (inferred)" … or "" */
};

/* One plan step as it was recorded (casefile); for reports. Paths: see plan.h. */
struct plan_note {
	uint64_t step;       /* from 1 */
	const char *outcome; /* "stable", "stopped", "unclear" or "confirmed" */
	const char *what;    /* our sentence: what was put back, how many files, what is left */
	int64_t when;        /* UTC */
};

/* One message of which `imcscan salvage` made a new mail, or could not (casefile); for reports. */
struct salvage_note {
	int64_t when; /* UTC */
	const char *root;
	struct slice path;         /* hostile bytes, as in struct suspect */
	const char *name;          /* of the new mail: ours; "" when there is none */
	const char *outcome;       /* "rebuilt", "careful", "covered" or "failed" */
	const char *reason;        /* why failed: our words, or "" */
	uint64_t n_parts, n_plain; /* of the new mail; written as plain bytes */
	uint64_t lost;             /* bytes of the file that are in none */
	uint8_t sha256[32];        /* of the file */
	uint8_t mail_sha256[32];   /* of the new mail; 0: none */
};

#define PICTURE_SCORES 24 /* bars of one bit each */
#define PICTURE_SCORE_FROM (-4)
#define PICTURE_SLOTS 48   /* slices of the time line */
#define PICTURE_SPANS 12   /* logs that it shows */
#define PICTURE_CRASHES 48 /* crashes that it shows: the latest */

/* From when to when a log tells. */
struct picture_span {
	char name[96]; /* of the log, escaped once by escape.h; cut when long */
	const char *clock;
	int64_t first, last; /* seconds since 1970 by that clock */
};

/* The tree in counts, for pictures; all 0 when nobody counted. In pairs [1] counts the files of
 * level medium and above, [0] the others. */
struct tree_picture {
	uint64_t by_folder[FOLDER_COUNT][LEVEL_COUNT];
	/* Files by score: bar i holds PICTURE_SCORE_FROM + i bits and up to one more; what lies
	 * beyond either end is in the last bar there. */
	uint64_t scores[PICTURE_SCORES];
	bool has_times;
	int64_t from, to; /* of the slices, which are equal; seconds since 1970 */
	uint64_t modified[PICTURE_SLOTS][2]; /* time of last change, UTC */
	uint64_t received[PICTURE_SLOTS][2]; /* FILETIME of the envelope, by the server's clock */
	uint64_t beyond[2]; /* modified, received: times too far from the others to be drawn */
	struct picture_span spans[PICTURE_SPANS];
	uint32_t n_spans;
	/* How far the server's clock was east of UTC, when that is known: `received` is in UTC then. */
	bool has_clock;
	int32_t clock;                     /* seconds */
	uint64_t logged[PICTURE_SLOTS][2]; /* records of logs that speak of files, UTC: [0] */
	uint64_t logged_beyond;
	int64_t crashes[PICTURE_CRASHES]; /* UTC, rising */
	uint32_t n_crashes;
	uint64_t n_crashes_total; /* with those before the first shown */
};

/* The run in figures. */
struct summary {
	uint64_t seen, by_status[STATUS_COUNT], by_level[LEVEL_COUNT], artefacts;
	uint64_t bytes;       /* of all examined files */
	double not_in_tree;   /* posterior 0..1 */
	uint8_t manifest[32]; /* SHA-256 of the sorted "sha256  path\n" lines */
	bool interrupted;
	uint64_t worker_deaths;
	uint64_t findings_cut;  /* files whose findings exceed what a record holds */
	int64_t started, ended; /* seconds since 1970 UTC */
	/* What the logs show of causes that are no message; the weightiest first. */
	const struct clue *rule_outs;
	uint32_t n_rule_outs;
	uint64_t logs_read, clues;
	uint64_t
	    content_mix; /* of the bodies of all messages: the key of redaction, never printed */
	struct tree_picture picture;
	/* What scores and probabilities are made of beside the terms of findings. */
	struct arithmetic {
		uint64_t n_scored; /* N: messages with a record, which findings are counted in */
		uint64_t n_hypotheses; /* files that have a score: those and the missing ones */
		double w_unknown;      /* w0 */
		double total_weight;   /* W */
		double prior;          /* h, raised by rule-outs */
		double h, h_most;      /* before, and at most */
		double cap_minor, cap_archive, clues_most; /* bits */
	} arithmetic;
};

/* What the run object says; all text is ours or the user's command line. */
struct run_info {
	const char *version;
	const char *gmime, *glib, *libmagic, *openssl, *jansson, *seccomp;
	const char *magic_sha256;
	const char *host, *os;
	const char *const *paths; /* as given */
	size_t n_paths;
	const char *exchange; /* release name or "" */
	unsigned jobs;
	unsigned time_base_ms, time_per_mb_ms, memory_mib;
	bool sandboxed;      /* false: --no-sandbox */
	const char *sandbox; /* one line: what held */
	bool reproducible;
	const char *const *roots; /* Imcdata folders found, relative to the path */
	size_t n_roots;
	bool atime_may_change;    /* O_NOATIME was refused for some file */
	const char *const *notes; /* other lines for the reader */
	size_t n_notes;
	const char *incident, *examiner; /* --incident, --examiner; "" when not given */
	const char *command;             /* "scan", "check" or "report" */
	const char *timezone;            /* --timezone, or "" */
	const struct plan_note *plan;    /* the steps recorded in the case, in order */
	size_t n_plan;
	const char *first_step; /* the plan's next step in a sentence, or "" */
	bool redacted;          /* --redact: texts of suspects are tokens already */
	bool has_epoch;         /* SOURCE_DATE_EPOCH stands for the hour of the report */
	int64_t epoch;
	/* --weights: the numbers of the ranking that differ from the usual ones. */
	const struct changed_weight {
		const char *name;
		double value, usual;
	} * weights;
	size_t n_weights;
	const char *weights_file;   /* as given; NULL without --weights */
	const char *weights_sha256; /* hexadecimal digits */
	struct limits_set limits;   /* of a message; 0: not known */
	/* What archive each of `paths` is, in the words of report/archives.h; "" for a folder or a
	 * file. None at all when no path is one. */
	const char *const *archives;
	size_t n_archives;
	const struct salvage_note *salvaged; /* in the order in which it was done */
	size_t n_salvaged;
};

#endif
