/*
 * evt.h - Windows event logs (.evt) written from the published structures.
 *
 * Made from Microsoft's description alone (ELF_LOGFILE_HEADER, EVENTLOGRECORD, ELF_EOF_RECORD and
 * "Event Log File Format"), so that a reader which reads them agrees with the specification and
 * not with its own writer.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_EVT_H
#define MKSPOOL_EVT_H

#include "buf.h"

enum { EVT_STRINGS_MAX = 12 };

/* EventType of an EVENTLOGRECORD. */
enum evt_type { EVT_ERROR = 1, EVT_WARNING = 2, EVT_INFORMATION = 4 };

/* One event; the texts are UTF-8. */
struct evt_event {
	uint32_t time; /* seconds since 1970, UTC */
	uint32_t id;   /* with severity bits, as in EventID */
	enum evt_type type;
	unsigned category;
	const char *source, *computer;
	const char *strings[EVT_STRINGS_MAX]; /* insertion strings, up to the first NULL */
	const void *data;
	size_t n_data; /* bytes */
	bool has_sid;  /* a well-known SID (LocalSystem) goes with it */
};

/* How the log lies on disk. */
struct evt_shape {
	size_t max_size; /* bytes, a multiple of 4; the log wraps there. 0: it grows */
	bool dirty;      /* the service did not close it: the header is that of an empty log */
	uint32_t first;  /* number of the first record, 0 for 1 */
};

/* Append a whole log of these events, oldest first, to an empty buffer. Ends the program when an
 * event does not fit in max_size. */
void evt_write(
    struct buf *to, const struct evt_event *events, size_t n, const struct evt_shape *shape);

#endif
