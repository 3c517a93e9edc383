/*
 * evidence.h - what a log beside the tree says: flat, pointer-free, of fixed size.
 *
 * For parsers/logs (write), src/worker (hands on, and believes only after evidence_valid()),
 * src/correlate (joins with files) and src/report (escapes: every string is hostile bytes).
 * Code: src/base/evidence.c; the readers: parsers/logs/. Hash manifests are recognised but not
 * read here: a list of every file of a tree needs another shape.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_EVIDENCE_H
#define IMC_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define EVIDENCE_MAGIC 0x31564945u /* "EIV1" */
#define EVIDENCE_ITEMS_MAX 2048
#define EVIDENCE_NAMES_MAX 32768
#define EVIDENCE_TEXT 1536               /* bytes of one item's strings */
#define EVIDENCE_STRING_MAX 512          /* longer strings are cut, `cut` is set */
#define EVIDENCE_TIME_NONE INT64_MIN     /* no time known */
#define EVIDENCE_TIME_LIMIT 253402300800 /* seconds from 1970 to the year 10000 */

/* What kind of log the bytes are. */
enum log_kind {
	LOG_UNKNOWN,
	LOG_EVT,        /* Windows event log, binary */
	LOG_EVENT_TEXT, /* Event Viewer's text and CSV exports */
	LOG_DRWATSON,   /* drwtsn32.log */
	LOG_COPY,       /* robocopy, xcopy, copy, move, NTBackup */
	LOG_SMTP,       /* protocol log of the IMC, L*.LOG */
	LOG_TRACKING,   /* message tracking log */
	LOG_QUEUE,      /* queue.dat */
	LOG_MANIFEST,   /* sha256sum, hashdeep: recognised only */
	LOG_KIND_COUNT
};

/* What an item says. Strings that go with it are named in brackets. */
enum evidence_kind {
	EVIDENCE_EVENT_FILE,    /* an event names a spool file [spool] */
	EVIDENCE_EVENT_MESSAGE, /* an event tells of a message [sender, subject, message_id, spool] */
	EVIDENCE_EVENT_PATTERN, /* an event of the crash pattern that names nothing (3039, 4116) */
	EVIDENCE_RECEIVED,      /* 2002, 2001: the file was in hand at that time [spool, sender] */
	EVIDENCE_LAST_RECEIVED, /* the last 2002 before a crash, which is at other_time [spool] */
	EVIDENCE_CRASH,         /* the service died: 4037, 4097, 7031, 7034, 1067 [function] */
	EVIDENCE_SERVICE,       /* it started or stopped (1000, 1001); code is the build number */
	EVIDENCE_LOG_NAMED,     /* 2003: a connection and its protocol log [spool: L0000007.LOG] */
	EVIDENCE_FAULT,         /* Dr. Watson: a fault [source: application, function] */
	EVIDENCE_FRAME,         /* Dr. Watson: a function of the faulting thread's back trace;
				 * number counts from 1, the top [source, function] */
	EVIDENCE_STACK,         /* Dr. Watson: an unusual run of the raw stack [bytes] */
	EVIDENCE_COPY_FAILED,   /* a copy did not get the file; code is the Win32 error [spool] */
	EVIDENCE_SMTP_OPEN,     /* DATA was accepted (354), its end never was [sender, recipient] */
	EVIDENCE_TRACK_OPEN,    /* tracking 1012 without 1013 [mts_id, spool, sender, recipient] */
	EVIDENCE_RULE_OUT,      /* a cause that is no message; code is an evidence_cause */
	EVIDENCE_KIND_COUNT
};

/* Causes that look like a bad message and are none (crash-catalogue section 6). */
enum evidence_cause {
	CAUSE_NONE,
	CAUSE_ADMIN_MAILBOX, /* administrator mailbox without X.400 address, or damaged */
	CAUSE_DNS_SUFFIXES,  /* more than six DNS suffixes */
	CAUSE_IMCEXT,        /* Imcext.dll */
	CAUSE_DIAL_UP,       /* dial-up logon domain of 18 or more characters */
	CAUSE_REMOTE_ANSWER, /* a bad answer of a remote server or of the DNS */
	CAUSE_SMTP_COMMAND,  /* VRFY, AUTH, EHLO, extended verbs */
	CAUSE_ANTIVIRUS,
	CAUSE_DISK_FULL,
	CAUSE_DEADLOCK, /* thread deadlocks of Service Pack 4 */
	CAUSE_PERMISSIONS,
	CAUSE_QUEUE_FILE,    /* queue.dat damaged or read-only */
	CAUSE_CONFIGURATION, /* DNS, routing, registry */
	CAUSE_QUEUE_VIEW,    /* refreshing the MTS-OUT queue page */
	CAUSE_COUNT
};

/* What the clock of a log shows. */
enum evidence_zone { ZONE_UNKNOWN, ZONE_UTC, ZONE_LOCAL };

/* Flags of an item. */
#define EVIDENCE_WEAK 1u        /* a hint: the name was not where this event puts one */
#define EVIDENCE_DAY_MONTH 2u   /* day and month may be swapped: evidence_swapped_time() */
#define EVIDENCE_IN 4u          /* inbound, if the log says so */
#define EVIDENCE_OUT 8u         /* outbound */
#define EVIDENCE_FAULTING 16u   /* of the thread that faulted */
#define EVIDENCE_WIDE 32u       /* `bytes` stood there as UTF-16LE and are narrowed */
#define EVIDENCE_UNFINISHED 64u /* the log ends while this was going on */
#define EVIDENCE_BINARY 128u    /* the name is from an event's binary data */
#define EVIDENCE_GONE 256u      /* the text says that the file was moved to an Archive folder */
#define EVIDENCE_STAYS 512u     /* the text says that the file stays in the queue */
#define EVIDENCE_STORE 1024u    /* the process is the store, not the IMC */
#define EVIDENCE_FLAGS_KNOWN 2047u

/* A string of an item: hostile bytes in its `text`. */
struct evidence_ref {
	uint16_t offset; /* bytes into text */
	uint16_t len;    /* bytes kept */
	uint16_t cut;    /* 1: the original is longer */
};

/* One thing a log says. Strings that are absent have length 0. */
struct evidence_item {
	uint32_t kind; /* enum evidence_kind */
	uint32_t zone; /* enum evidence_zone of `time` */
	int64_t time;  /* seconds since 1970, or EVIDENCE_TIME_NONE */
	/* LAST_RECEIVED: of the crash. COPY_FAILED: of the last try. CRASH: the local time that its
	 * text quotes, also where `time` is UTC, which gives the zone. Else none. */
	int64_t other_time;
	uint64_t offset;  /* bytes from the start of the log */
	uint64_t number;  /* line or record number, from 1; frame number of EVIDENCE_FRAME */
	uint32_t event;   /* event id without severity, 0: none */
	uint32_t code;    /* exception, Win32 error, HRESULT, build, cause, or SIZE= (SMTP_OPEN) */
	uint32_t address; /* faulting address, 0: none */
	uint32_t n_recipients;         /* met, of which the first is kept */
	uint32_t count;                /* how often the log says it: retries, repeats; at least 1 */
	uint32_t flags;                /* EVIDENCE_* */
	struct evidence_ref source;    /* event source or application */
	struct evidence_ref spool;     /* spool file name, as the log spells it, without folder */
	struct evidence_ref path;      /* the whole path, if the log has one */
	struct evidence_ref sender;    /* address without angle brackets */
	struct evidence_ref recipient; /* the first */
	struct evidence_ref subject;
	struct evidence_ref message_id; /* with angle brackets, if the log has them */
	struct evidence_ref mts_id;
	struct evidence_ref function; /* faulting, or of the back trace */
	struct evidence_ref bytes;    /* of the raw stack */
	struct evidence_ref quote;    /* what the log says, in its words */
	uint32_t text_len;
	unsigned char text[EVIDENCE_TEXT];
};

/* A file name carved from queue.dat: a weak hint. */
struct evidence_name {
	uint64_t offset; /* bytes from the start of queue.dat */
	char name[8];    /* upper case, no NUL */
};

/* All that one log says. Items are in the order of their offsets. */
struct evidence {
	uint32_t magic;
	uint32_t log;       /* enum log_kind */
	uint64_t job;       /* the parent's number for the log */
	uint64_t log_size;  /* bytes read */
	uint64_t n_lines;   /* lines or records met */
	uint64_t n_damaged; /* of them: torn, cut short or not understood */
	int64_t first_time; /* earliest and latest time of any line or record, or none */
	int64_t last_time;
	uint32_t zone;                     /* enum evidence_zone of these two */
	uint32_t unfinished;               /* 1: the log ends in the middle of something */
	uint64_t met[EVIDENCE_KIND_COUNT]; /* items met; what is not among items did not fit */
	uint64_t n_names_met; /* different names carved; what is not among names did not fit */
	uint32_t n_items, n_names;
	struct evidence_item items[EVIDENCE_ITEMS_MAX];
	struct evidence_name names[EVIDENCE_NAMES_MAX];
};

/* Whether every count, time, flag and string of evidence that another process wrote is in range.
 * Reads nothing outside the struct, and of it only what is in use. */
bool evidence_valid(const struct evidence *evidence, uint64_t job, uint64_t log_size);

/* Empty evidence; items and names are left as they are. */
void evidence_clear(struct evidence *evidence, uint64_t job);

/* An item of this kind that says nothing yet. */
void evidence_item_clear(struct evidence_item *item, enum evidence_kind kind);

/* Add bytes to the item's text, cut at EVIDENCE_STRING_MAX or at what is left. */
struct evidence_ref evidence_text(struct evidence_item *item, struct slice s);

/* The bytes of a reference, empty when it is out of range; live as long as the item. */
struct slice evidence_slice(const struct evidence_item *item, struct evidence_ref ref);

/* Without the room that is not in use: at most sizeof(struct evidence) bytes, in the shape of this
 * build. Back: false when the bytes are none that evidence_valid() believes. */
size_t evidence_packed_size(const struct evidence *evidence);
void evidence_pack(const struct evidence *evidence, unsigned char *out);
bool evidence_unpack(struct slice packed, struct evidence *out);

/* The time with day and month of its date exchanged; the same when that is no date. */
int64_t evidence_swapped_time(int64_t time);

/* Seconds since 1970 of a date of the Gregorian calendar, which is not checked. */
int64_t evidence_seconds(int64_t year, unsigned month, unsigned day);

/* ---- reading a log (parsers/logs/): in the confined worker only -------------------------------- */

struct arena;
struct log_reader;

/* What the first bytes of a log show it to be; a few KB are enough, 64 KB are looked at. The file's
 * name counts only for queue.dat, of which no layout is known. */
enum log_kind log_kind(struct slice head, struct slice name);

/* Begin to read a log into `out`, which stays the caller's and is valid after log_finish() only.
 * All memory (below 4 MB, whatever the log) comes from the arena. */
struct log_reader *log_begin(
    struct arena *arena, enum log_kind kind, uint64_t job, struct evidence *out);

/* The next bytes, in pieces of any size; they are not kept. Time is linear in their number. */
void log_feed(struct log_reader *reader, struct slice bytes);

/* There is no more. */
void log_finish(struct log_reader *reader);

#endif
