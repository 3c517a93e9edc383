/* scene.h - one message while it is made: when, where, who, by which mailer, and its bytes. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_SCENE_H
#define MKSPOOL_SCENE_H

#include <time.h>

#include "buf.h"
#include "rng.h"

/* The invented site. Its zone is six hours behind UTC all year, if nothing else is asked for. */
#define SITE_HOST "exgate1.acme.example"
#define SITE_DOMAIN "acme.example"
#define SITE_ORG "ACME"
#define SITE_SERVER "EXGATE1"
#define SITE_ZONE (-360)               /* minutes */
#define SITE_CRASH ((time_t)983822872) /* 2001-03-05 14:07:52 local */

enum way { WAY_IN, WAY_OUT };

/* A row of mailers.c. Layout letters: see letter.c. Patterns: see scene_pattern. */
struct mailer {
	const char *name;
	const char *layout;
	const char *own;      /* its own field lines, a pattern; CRLF at the end of each */
	const char *id_field; /* how it writes Message-ID */
	const char *id_pattern;
	const char *mime_version; /* the whole line */
	const char *boundary;     /* a pattern */
	const char *fold;         /* between the parameters of Content-Type */
	const char *preamble;     /* text before the first boundary */
	unsigned base64_width;
	unsigned flags;
};

enum { MAILER_UPPER = 1, MAILER_COMMENT_NAME = 2, MAILER_FOLDS_SUBJECT = 4, MAILER_DATE_BLANK = 8 };

struct person {
	char name[48]; /* "Given Family" */
	char family[24];
	char given[24];
	char address[80];
	char host[40];
	int zone; /* minutes east of UTC */
};

struct scene {
	struct rng rng;
	struct pool pool;
	enum way way;
	time_t when; /* UTC seconds */
	char spool_name[9];
	const struct mailer *mailer;
	struct person sender;        /* patterns take host and user from here */
	unsigned boundaries;         /* given out so far */
	size_t big_max;              /* bytes, upper bound of attachments */
	size_t text_max;             /* bytes, upper bound of texts, about */
	const struct buf *neighbour; /* another file of the tree, for damage that mixes them */
	int zone;                    /* of the site when this came, minutes east of UTC */
};

/* The text with these replaced: # hexadecimal digit upper case, ~ lower case, % decimal digit,
 * \1 boundary counter in three digits, \2 Unix time, \3 sender's host, \4 sender's user,
 * \5 yyyymmddhhmmss, \6 FILETIME as HI.LO hexadecimal, \7 a per cent sign. */
struct buf *scene_pattern(struct scene *s, const char *pattern);

/* One of the listed strings. */
const char *scene_pick(struct scene *s, const char *const list[], unsigned n);
#define PICK(s, list) scene_pick((s), (list), (unsigned)(sizeof(list) / sizeof *(list)))

/* An invented person elsewhere, or of the site. */
struct person person_outside(struct scene *s);

struct person person_inside(struct scene *s);

/* "Mon, 5 Mar 2001 14:07:52 -0600" for a time and a zone in minutes. */
struct buf *date_822(struct pool *pool, time_t when, int zone);

/* 100 ns since 1601 for a Unix time. */
uint64_t filetime_of(time_t when);

/* An invented subject, and running English text of about size bytes in CRLF lines of at most
 * width columns. */
struct buf *text_subject(struct scene *s);

struct buf *text_body(struct scene *s, size_t size, unsigned width);

/* A short file name stem such as "Budget-Q3". */
const char *text_file_stem(struct scene *s);

/* The bytes of an attachment: "doc", "xls", "zip", "jpg", "gif", "pdf", "txt", "bmp", "exe". */
struct buf *file_bytes(struct scene *s, const char *kind, size_t size);

/* A TNEF stream as an Exchange client sends it, checksums right. attachment may be NULL. */
struct buf *tnef_stream(struct scene *s, const char *subject, const struct buf *attachment);

/* Text in a foreign charset: every byte pair legal. */
enum foreign {
	ISO_2022_JP,
	SHIFT_JIS,
	EUC_JP,
	ISO_2022_KR,
	EUC_KR,
	BIG5,
	GB2312,
	WINDOWS_1251,
	KOI8_R,
	WINDOWS_1250,
	WINDOWS_1253,
	WINDOWS_1255,
	WINDOWS_1254,
	ISO_8859_1,
	WINDOWS_1252,
	N_FOREIGN
};

const char *foreign_charset(enum foreign which);

/* Lines of text of about size bytes. */
struct buf *foreign_text(struct scene *s, enum foreign which, size_t size);

/* A few words for a subject or a name, without line end. */
struct buf *foreign_words(struct scene *s, enum foreign which);

#endif
