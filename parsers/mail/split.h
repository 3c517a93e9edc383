/*
 * split.h - the parts under way while a message is split.
 *
 * For split*.c, head.c and boundary.c only. Positions are bytes from the start of the text.
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
	int outer;   /* frame listed before it, -1: none */
};

/* What lies beyond the limits of depth and number, counted alone. */
struct beyond {
	uint64_t parts;      /* parts in all, those before the limit among them; 0: no limit met */
	unsigned depth;      /* the deepest part */
	unsigned messages;   /* the longest chain of messages in messages */
	unsigned multiparts; /* the longest chain of multiparts in multiparts */
};

struct split {
	struct message *msg;
	struct arena *arena;
	struct slice text;
	unsigned char eol;
	struct frame frames[SPLIT_FRAMES];
	int n_frames;
	int buckets[SPLIT_BUCKETS]; /* innermost listed frame, -1: none */
	int innermost;              /* listed frame, -1: none */
	unsigned n_listed;
	size_t longest;   /* bytes of the longest boundary met */
	size_t odd_until; /* lines up to here were looked at for oddities */
	struct beyond beyond;
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

/* The 64-bit FNV-1a hash of the bytes, going on from `hash`. */
#define HASH_START 0xcbf29ce484222325u
uint64_t boundary_hash(uint64_t hash, struct slice s);

/* A line or boundary without the blanks at its end. */
struct slice boundary_trim(struct slice s);

/* The boundary parameter as it stands on a delimiter line. */
struct slice boundary_clean(struct arena *arena, struct slice raw, bool quoted);

/* Record what is odd about a boundary; `raw` is the parameter's value, in the file or decoded from
 * the bytes at `where`. */
void boundary_check(struct split *split, int part, struct slice raw, struct slice where);

/* Record an open boundary that is equal to this one, or begins alike. */
void boundary_check_open(struct split *split, int part, struct slice clean, struct slice where);

/* Give a multipart its boundary, from a form of RFC 2231 when there is no plain one; false when it
 * has none that a line could match. Code: split_boundary.c. */
bool split_read_boundary(struct split *split, int part, struct slice *clean);

/* Record a line that is nearly a delimiter of an open boundary; it is none. Lines come in order,
 * those of a header twice. Time is linear in the line. Code: split_lines.c. */
void split_check_line(struct split *split, const struct text_line *line);

/* Judge preamble and epilogue of a multipart that has ended. Code: split_margins.c. */
void split_check_margins(struct split *split, int part, struct slice boundary);

/* Look for delimiters in the body of a leaf. Code: split_margins.c. */
void split_check_leaf(struct split *split, int part);

/* Count what follows from the header at pos to the end of the text, for the part that would be the
 * next below the innermost frame. `before`: parts that were met already. One pass, whatever the
 * depth; memory grows with the number of boundaries and is bounded. Code: split_beyond.c. */
struct beyond split_count_beyond(const struct split *split, size_t pos, uint64_t before);

/* List the boundary of the innermost frame, so that lines are compared with it; take it off again.
 * Frames are taken off innermost first. */
void boundary_list(struct split *split, int frame);
void boundary_unlist(struct split *split, int frame);

/* What this line delimits: the innermost open frame that it names. Time is linear in the line. */
struct delimiter boundary_match(const struct split *split, struct slice line);

#endif
