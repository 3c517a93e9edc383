/*
 * channel.h - what parent and worker say to each other, one datagram each way a file.
 *
 * For src/worker only. The descriptor of the file travels with the job (SCM_RIGHTS). A datagram of
 * another length is no message.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CHANNEL_H
#define IMC_CHANNEL_H

#include <stdbool.h>
#include <stdint.h>

#define CHANNEL_NAME_MAX 64

struct channel_job {
	uint64_t number;
	uint64_t cpu_ms;    /* CPU time the file may take */
	uint32_t folder;    /* enum folder */
	uint32_t direction; /* enum direction */
	uint32_t task;      /* enum pool_task */
	uint32_t list;      /* TASK_SEARCH: number of the list, which changes with what it holds */
	uint32_t name_len;
	char name[CHANNEL_NAME_MAX]; /* TASK_LOG: of the file, hostile bytes; a longer one is cut */
	uint8_t known[32];           /* when has_known: a file with this SHA-256 is not parsed */
	uint64_t has_known;          /* 0 or 1 */
	/* When has_whole: the descriptor holds only the head of a file of that size and digest. */
	uint64_t has_whole, whole_size;
	uint8_t whole[32];
	uint32_t place; /* where the record goes: slot_record() */
	uint32_t unused;
};

enum channel_kind {
	CHANNEL_READY = 1, /* once, after start */
	CHANNEL_REFUSED,   /* instead of READY: the worker could not be confined */
	CHANNEL_DONE       /* the record stands in the slot */
};

struct channel_answer {
	uint64_t number;   /* DONE: of the job */
	uint64_t peak_kib; /* largest resident size so far */
	uint32_t kind;     /* enum channel_kind */
	int32_t landlock;  /* READY: ABI, 0 without */
	int32_t error;     /* REFUSED: errno */
	uint32_t step;     /* REFUSED: enum sandbox_step */
	uint64_t n_done;   /* DONE: jobs, the last of which is `number`; 0 counts as 1 */
};

/* Parent: send a job with its descriptor, which stays open here. False and errno on failure. */
bool channel_send_job(int channel, const struct channel_job *job, int fd);

/* Worker: wait for a job. 1 with *job and *fd (close it; -1 when the descriptor was lost), 0 at the
 * end. The second does not wait: 0 also when there is none yet. */
int channel_receive_job(int channel, struct channel_job *job, int *fd);
int channel_receive_next_job(int channel, struct channel_job *job, int *fd);

/* Worker: false on failure. */
bool channel_send_answer(int channel, const struct channel_answer *answer);

/* Parent, does not wait: 1 with *answer, 0 nothing there, -1 the worker is gone, -2 it speaks
 * nonsense. */
int channel_receive_answer(int channel, struct channel_answer *answer);

#endif
