/* unpack.c - the parent's side of the worker that unpacks: orders, answers, deaths. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/unpack.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worker/channel.h"
#include "worker/death.h"
#include "worker/examine.h"
#include "worker/unpack_child.h"
#include "worker/unpack_private.h"

#define NAP_MS 200 /* how soon an interrupt is seen */
/* A step may have to unpack much that nobody asked for: of a solid archive, all that lies before. */
#define BASE_FACTOR 10
#define MEGABYTES_FREE 64
#define WALL_FACTOR 10 /* as of a file in post.c: the machine may be busy */
#define WALL_BASE_MS 5000

struct unpack {
	struct unpack_options options;
	struct unpack_child child;
	uint64_t number; /* of the last job */
	int fd;          /* of the archive: the caller's */
	uint64_t cpu_ms; /* of a step */
	struct unpack_reply reply;
	struct packed_member member;
	unsigned char path[PACKED_PATH_MAX];
	char words[PACKED_WORDS];
	bool died;
};

struct unpack *
unpack_new_serving(const struct unpack_options *options, unpack_main *serving)
{
	struct unpack *unpack = calloc(1, sizeof *unpack);

	if (!unpack)
		return NULL;
	unpack->options = *options;
	unpack->fd = -1;
	unpack->child = (struct unpack_child){
		.pid = -1,
		.channel = -1,
		.serve = serving,
		.charset = options->charset,
		.memory = (size_t)options->memory_mib << 20,
		.sandbox = options->sandbox,
	};
	return unpack;
}

struct unpack *
unpack_new(const struct unpack_options *options)
{
	return unpack_new_serving(options, unpack_serve);
}

void
unpack_free(struct unpack *unpack)
{
	if (!unpack)
		return;
	unpack_child_close(&unpack->child);
	free(unpack);
}

bool
unpack_knows_charset(const char *charset)
{
	return strlen(charset) < UNPACK_CHARSET_MAX && packed_knows_charset(charset);
}

bool
unpack_warm(const char *charset)
{
	return !examine_warm() && packed_warm(charset);
}

const char *
unpack_library(void)
{
	return packed_library();
}

/* ---- what the worker says ---- */

static bool
is_end(uint32_t step)
{
	return step < PACKED_STEP_COUNT;
}

bool
unpack_reply_valid(const struct unpack_reply *reply, enum unpack_task task)
{
	if (!memchr(reply->words, '\0', sizeof reply->words) || reply->has_sha256 > 1)
		return false;
	if (task == UNPACK_OPEN)
		return reply->kind < PACKED_KIND_COUNT && reply->filter < PACKED_FILTER_COUNT;
	return is_end(reply->step) && is_end(reply->data_step) && reply->data_len <= UNPACK_ROOM &&
	       reply->path_len <= PACKED_PATH_MAX && reply->path_cut <= 1 &&
	       reply->encrypted <= 1 && reply->has_size <= 1 && reply->has_mtime <= 1 &&
	       reply->mtime_nsec < 1000000000 && reply->type < PACKED_TYPE_COUNT &&
	       reply->step != PACKED_DAMAGED;
}

/* Words go into reports: nothing but printable ASCII, whatever the worker wrote. */
static void
keep_words(struct unpack *unpack)
{
	for (size_t i = 0; i < sizeof unpack->words; i++) {
		const char byte = unpack->reply.words[i];

		unpack->words[i] =
		    (char)(byte == '\0' || (byte >= 0x20 && byte < 0x7f) ? byte : '?');
	}
}

static void
keep_member(struct unpack *unpack)
{
	const struct unpack_reply *reply = &unpack->reply;

	memcpy(unpack->path, unpack->child.window->path, reply->path_len);
	unpack->member = (struct packed_member){
		.path = slice_of(unpack->path, reply->path_len),
		.path_cut = reply->path_cut,
		.type = (enum packed_type)reply->type,
		.encrypted = reply->encrypted,
		.has_size = reply->has_size,
		.size = reply->size,
		.has_mtime = reply->has_mtime,
		.mtime_sec = reply->mtime_sec,
		.mtime_nsec = reply->mtime_nsec,
	};
}

/* ---- a worker that is gone ---- */

/* What is told of the archive then: it is broken here. */
static void
tell_death(struct unpack *unpack, struct death death)
{
	const char *name = death.cause == DEATH_BY_SIGNAL ? sigabbrev_np((int)death.number) : NULL;

	unpack->died = true;
	unpack->reply = (struct unpack_reply){
		.step = PACKED_BROKEN,
		.data_step = PACKED_BROKEN,
		.kind = PACKED_NONE,
	};
	if (death.kind == DEATH_TIMED_OUT)
		snprintf(unpack->words, sizeof unpack->words,
		    "the worker that reads it ran out of time");
	else if (death.cause == DEATH_BY_NONSENSE)
		snprintf(unpack->words, sizeof unpack->words,
		    "the worker that reads it gave no valid answer");
	else
		snprintf(unpack->words, sizeof unpack->words,
		    "the worker that reads it died (%s%s)", name ? "signal SIG" : "exit",
		    name ? name : "");
}

static void
gone(struct unpack *unpack)
{
	tell_death(
	    unpack, death_of_status(unpack_child_stop(&unpack->child), false, unpack->cpu_ms, 0));
}

static void
give_up(struct unpack *unpack, enum death_cause cause)
{
	(void)unpack_child_stop(&unpack->child);
	tell_death(unpack, (struct death){
			       .kind = cause == DEATH_BY_CLOCK ? DEATH_TIMED_OUT : DEATH_CRASHED,
			       .cause = cause,
			   });
}

/* ---- one order and its answer ---- */

/* 1: there is something on the channel; 0: time is over; -1: errno. */
static int
wait_for_answer(const struct unpack *unpack)
{
	const uint64_t most = unpack->cpu_ms * WALL_FACTOR + WALL_BASE_MS;
	struct pollfd polled = { .fd = unpack->child.channel, .events = POLLIN };

	for (uint64_t waited = 0; waited < most; waited += NAP_MS) {
		const int ready = poll(&polled, 1, NAP_MS);

		if (ready > 0)
			return 1;
		if (ready < 0 && errno != EINTR)
			return -1;
		if (unpack->options.interrupted && *unpack->options.interrupted) {
			errno = EINTR;
			return -1;
		}
	}
	return 0;
}

static void
take_answer(struct unpack *unpack, enum unpack_task task)
{
	struct channel_answer answer = { .kind = 0 };
	const int got = channel_receive_answer(unpack->child.channel, &answer);

	if (got == -1) {
		gone(unpack);
		return;
	}
	memcpy(&unpack->reply, &unpack->child.window->reply, sizeof unpack->reply);
	if (got != 1 || answer.kind != CHANNEL_DONE || answer.number != unpack->number ||
	    unpack->reply.number != unpack->number || !unpack_reply_valid(&unpack->reply, task)) {
		give_up(unpack, DEATH_BY_NONSENSE);
		return;
	}
	keep_words(unpack);
	if (task == UNPACK_NEXT && unpack->reply.step == PACKED_OK)
		keep_member(unpack);
}

/* The order stands in the window. False and errno when nothing can be asked any more. */
static bool
ask(struct unpack *unpack, enum unpack_task task)
{
	const struct channel_job job = {
		.number = ++unpack->number,
		.cpu_ms = unpack->cpu_ms,
		.task = (uint32_t)task,
	};
	int ready;

	unpack->died = false;
	unpack->words[0] = '\0';
	if (!channel_send_job(unpack->child.channel, &job, unpack->fd)) {
		if (errno == EBADF)
			return false;
		gone(unpack);
		return true;
	}
	ready = wait_for_answer(unpack);
	if (ready < 0) {
		const int error = errno;

		(void)unpack_child_stop(&unpack->child);
		errno = error;
		return false;
	}
	if (ready == 0)
		give_up(unpack, DEATH_BY_CLOCK);
	else
		take_answer(unpack, task);
	return true;
}

/* ---- what is asked ---- */

static uint64_t
time_of_step(const struct unpack_options *options, uint64_t size)
{
	const uint64_t megabytes = (size >> 20) + MEGABYTES_FREE;

	return (uint64_t)options->time_base_ms * BASE_FACTOR +
	       (megabytes < UINT32_MAX ? megabytes : UINT32_MAX) * options->time_per_mb_ms + 1;
}

bool
unpack_open(struct unpack *unpack, int fd, bool digest, struct unpack_about *about)
{
	struct unpack_order *order;
	struct stat st;

	if (fstat(fd, &st) < 0 || (unpack->child.pid <= 0 && !unpack_child_start(&unpack->child)))
		return false;
	unpack->fd = fd;
	unpack->cpu_ms = time_of_step(&unpack->options, (uint64_t)st.st_size);
	order = &unpack->child.window->order;
	*order = (struct unpack_order){
		.digest = digest,
		.limit = (uint64_t)unpack->options.limit_mib << 20,
	};
	if (unpack->options.charset)
		snprintf(order->charset, sizeof order->charset, "%s", unpack->options.charset);
	if (!ask(unpack, UNPACK_OPEN))
		return false;
	*about = (struct unpack_about){
		.kind = (enum packed_kind)unpack->reply.kind,
		.filter = (enum packed_filter)unpack->reply.filter,
		.has_sha256 = unpack->reply.has_sha256,
		.died = unpack->died,
	};
	memcpy(about->sha256, unpack->reply.sha256, sizeof about->sha256);
	return true;
}

/* A worker that died is not asked again before the archive is opened anew. */
static bool
step(struct unpack *unpack, enum unpack_task task, bool data)
{
	if (unpack->child.pid <= 0) {
		unpack->reply.step = unpack->reply.data_step = PACKED_BROKEN;
		unpack->reply.data_len = 0;
		return true;
	}
	unpack->child.window->order = (struct unpack_order){ .data = data };
	return ask(unpack, task);
}

bool
unpack_next(struct unpack *unpack, bool data, enum packed_step *result)
{
	if (!step(unpack, UNPACK_NEXT, data))
		return false;
	*result = (enum packed_step)unpack->reply.step;
	return true;
}

bool
unpack_more(struct unpack *unpack, enum packed_step *result)
{
	if (!step(unpack, UNPACK_MORE, true))
		return false;
	*result = (enum packed_step)unpack->reply.data_step;
	return true;
}

const struct packed_member *
unpack_member(const struct unpack *unpack)
{
	return &unpack->member;
}

struct slice
unpack_bytes(const struct unpack *unpack, enum packed_step *result)
{
	*result = (enum packed_step)unpack->reply.data_step;
	return slice_of(unpack->child.window ? unpack->child.window->data : NULL,
	    unpack->child.window ? unpack->reply.data_len : 0);
}

const char *
unpack_words(const struct unpack *unpack)
{
	return unpack->words;
}

bool
unpack_died(const struct unpack *unpack)
{
	return unpack->died;
}
