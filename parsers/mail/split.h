/*
 * split.h - the parts under way while a message is split.
 *
 * For split.c, head.c and boundary.c only. Positions are bytes from the start of the text.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SPLIT_H
#define IMC_SPLIT_H

#include "mail.h"

#define SPLIT_BUCKETS 256u
#define SPLIT_FRAMES (MESSAGE_DEPTH_MAX + 1u)

/* A multipart or message that is open: what comes belongs to it. */
struct frame {
	int part;
	int last_child; /* -1: none yet */
	unsigned n_children;
	unsigned n_multipart;  /* multiparts from the root to here */
	bool seen;             /* a delimiter was met */
	bool closed;           /* the closing delimiter was met */
	size_t content;        /* behind the last delimiter */
	struct slice boundary; /* to compare with: unfolded, without escapes and trailing blanks */
	uint64_t hash;
	bool listed; /* in the table of boundaries */
	int below;   /* frame listed before it in its bucket, -1: none */
};

struct split {
	struct message *msg;
	struct arena *arena;
	struct slice text;
	unsigned char eol;
	struct frame frames[SPLIT_FRAMES];
	int n_frames;
	int buckets[SPLIT_BUCKETS]; /* innermost listed frame, -1: none */
	unsigned n_listed;
	size_t longest;                         /* bytes of the longest boundary met */
	int leaf;                               /* the part that takes the bytes, -1: none */
	uint64_t n_fields;                      /* met, kept or not */
	bool told[3];                           /* limits recorded */
	int deepest_message, deepest_multipart; /* parts */
	unsigned most_messages, most_multiparts;
};

/* A delimiter line: the frame it belongs to, -1 when the line is none. */
struct delimiter {
	int frame;
	bool closing;
};

/* How the header of a part ended. */
struct part_head {
	size_t end;   /* of the block */
	size_t body;  /* where the body begins */
	bool cut;     /* no empty line: a delimiter or the end of the data ended it */
	bool at_end;  /* … the end of the data */
	bool by_own;  /* its own boundary follows without an empty line */
	size_t stray; /* CRs before the line end of the empty line */
};

/* Read the header of a part from pos on: fields, header and the start of the body. Code: head.c. */
struct part_head split_read_head(struct split *split, int part, size_t pos);

/* The end of the content before a delimiter line: the line end before it belongs to the delimiter.
 * Never before `from`. Code: split.c. */
size_t split_content_end(const struct split *split, size_t from, size_t line_start);

/* Record a fact about bytes of the text. Code: split.c. */
void split_note(
    struct split *split, enum fact_kind kind, int part, size_t pos, size_t len, uint64_t value);

/* The boundary parameter as it stands on a delimiter line. */
struct slice boundary_clean(struct arena *arena, struct slice raw, bool quoted);

/* Record what is odd about a boundary; raw is the parameter's value. */
void boundary_check(struct split *split, int part, struct slice raw, struct slice clean);

/* List the boundary of the innermost frame, so that lines are compared with it; take it off again.
 * Frames are taken off innermost first. */
void boundary_list(struct split *split, int frame);
void boundary_unlist(struct split *split, int frame);

/* What this line delimits: the innermost open frame that it names. Time is linear in the line. */
struct delimiter boundary_match(const struct split *split, struct slice line);

#endif
