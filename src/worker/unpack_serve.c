/* unpack_serve.c - the worker that unpacks: confined, it tells one member after another. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker/channel.h"
#include "worker/input.h"
#include "worker/sandbox.h"
#include "worker/settle.h"
#include "worker/unpack_private.h"

/* NOLINTNEXTLINE(misc-redundant-expression) */
_Static_assert(PACKED_KEPT == INPUT_KEPT, "a member is examined as far as a file is");

struct unpacker {
	struct unpack_window *window;
	struct input input; /* for the digest */
	struct packed_source source;
	struct packed *packed;
	char charset[UNPACK_CHARSET_MAX];
	int fd; /* of the archive, -1: none */
	bool open;
};

static int64_t
read_source(void *context, unsigned char *to, size_t len, uint64_t offset)
{
	const struct unpacker *unpacker = context;
	ssize_t got;

	do
		got = pread(unpacker->fd, to, len, (off_t)offset);
	while (got < 0 && errno == EINTR);
	return got;
}

static bool
take_nothing(void *context, struct slice piece)
{
	(void)context;
	(void)piece;
	return true;
}

static void
forget_archive(struct unpacker *unpacker)
{
	if (unpacker->open)
		packed_close(unpacker->packed);
	if (unpacker->fd >= 0)
		close(unpacker->fd);
	unpacker->open = false;
	unpacker->fd = -1;
}

/* Takes fd. */
static void
open_archive(struct unpacker *unpacker, const struct unpack_order *order, int fd)
{
	struct unpack_reply *reply = &unpacker->window->reply;
	struct stat st;
	/* As in input.c: the C library's fstat() asks by a call that takes names, too. */
	const off_t size = syscall(SYS_fstat, fd, &st) < 0 ? 0 : st.st_size;

	forget_archive(unpacker);
	unpacker->fd = fd;
	if (order->digest && input_stream(&unpacker->input, fd, take_nothing, NULL) == 0) {
		reply->has_sha256 = 1;
		memcpy(reply->sha256, unpacker->input.sha256, sizeof reply->sha256);
	}
	unpacker->source = (struct packed_source){
		.read = read_source,
		.context = unpacker,
		.size = size < 0 ? 0 : (uint64_t)size,
	};
	memcpy(unpacker->charset, order->charset, sizeof unpacker->charset);
	unpacker->charset[sizeof unpacker->charset - 1] = '\0';
	packed_open(unpacker->packed, &unpacker->source,
	    *unpacker->charset ? unpacker->charset : NULL, order->limit);
	unpacker->open = true;
	reply->kind = (uint32_t)unpacker->packed->kind;
	reply->filter = (uint32_t)unpacker->packed->filter;
}

static void
tell_words(struct unpacker *unpacker)
{
	memcpy(unpacker->window->reply.words, unpacker->packed->words,
	    sizeof unpacker->window->reply.words);
}

/* As many bytes as the window has room for. */
static void
tell_bytes(struct unpacker *unpacker)
{
	struct unpack_window *window = unpacker->window;
	enum packed_step step = PACKED_OK;
	size_t used = 0, got;

	while (step == PACKED_OK && used < UNPACK_ROOM) {
		step = packed_read(unpacker->packed, window->data + used, UNPACK_ROOM - used, &got);
		used += got;
	}
	window->reply.data_len = (uint32_t)used;
	window->reply.data_step = (uint32_t)step;
	if (step > PACKED_END)
		tell_words(unpacker);
}

static void
tell_member(struct unpacker *unpacker, bool data)
{
	struct unpack_window *window = unpacker->window;
	struct unpack_reply *reply = &window->reply;
	struct packed_member member;
	const enum packed_step step = packed_next(unpacker->packed, &member);

	reply->step = (uint32_t)step;
	reply->data_step = PACKED_END;
	if (step != PACKED_OK) {
		tell_words(unpacker);
		return;
	}
	if (member.path.len > 0)
		memcpy(window->path, member.path.data, member.path.len);
	reply->path_len = (uint32_t)member.path.len;
	reply->path_cut = member.path_cut;
	reply->type = (uint32_t)member.type;
	reply->encrypted = member.encrypted;
	reply->has_size = member.has_size;
	reply->size = member.size;
	reply->has_mtime = member.has_mtime;
	reply->mtime_sec = member.mtime_sec;
	reply->mtime_nsec = member.mtime_nsec;
	if (data && member.type == PACKED_FILE && !member.encrypted)
		tell_bytes(unpacker);
}

/* A step without an archive ends it. */
static void
do_task(struct unpacker *unpacker, uint32_t task, int fd)
{
	const struct unpack_order order = unpacker->window->order;
	struct unpack_reply *reply = &unpacker->window->reply;

	if (task == UNPACK_OPEN && fd >= 0) {
		open_archive(unpacker, &order, fd);
		return;
	}
	if (fd >= 0)
		close(fd);
	if (!unpacker->open)
		reply->step = reply->data_step = PACKED_BROKEN;
	else if (task == UNPACK_NEXT)
		tell_member(unpacker, order.data);
	else
		tell_bytes(unpacker);
}

static void
serve_all(struct unpacker *unpacker)
{
	struct channel_job job;
	int fd;

	while (channel_receive_job(SANDBOX_CHANNEL, &job, &fd)) {
		const struct channel_answer answer = { .number = job.number, .kind = CHANNEL_DONE };

		memset(&unpacker->window->reply, 0, sizeof unpacker->window->reply);
		unpacker->window->reply.number = job.number;
		settle_cpu(job.cpu_ms);
		do_task(unpacker, job.task, fd);
		settle_cpu(0);
		if (!channel_send_answer(SANDBOX_CHANNEL, &answer))
			return;
	}
}

/* Everything between the fork and the first job; errno tells more about a step that failed. */
static enum sandbox_step
start(struct unpacker *unpacker, const struct unpack_serving *serving, int *landlock)
{
	enum sandbox_step step;

	settle_signals();
	if (!sandbox_descriptors(serving->channel))
		return SANDBOX_DESCRIPTORS;
	unpacker->window = serving->window;
	unpacker->fd = -1;
	unpacker->packed = malloc(sizeof *unpacker->packed);
	errno = ENOENT; /* a locale or a converter that is not installed */
	if (!unpacker->packed || !packed_warm(serving->charset) || !packed_enter() ||
	    !input_open(&unpacker->input, NULL))
		return SANDBOX_WARM;
	step = sandbox_limit(serving->memory, (int)serving->parent);
	if (step == SANDBOX_DONE && serving->sandbox)
		step = sandbox_enter(landlock);
	return step;
}

int
unpack_serve(const struct unpack_serving *serving)
{
	struct unpacker unpacker = { .fd = -1 };
	int landlock = 0;
	const enum sandbox_step step = start(&unpacker, serving, &landlock);
	const struct channel_answer answer = {
		.error = step == SANDBOX_DONE ? 0 : errno,
		.kind = step == SANDBOX_DONE ? CHANNEL_READY : CHANNEL_REFUSED,
		.landlock = landlock,
		.step = (uint32_t)step,
	};
	/* Before its descriptors are in place a worker has the channel under another number. */
	const int channel = step == SANDBOX_DESCRIPTORS ? serving->channel : SANDBOX_CHANNEL;

	const bool good = channel_send_answer(channel, &answer) && step == SANDBOX_DONE;

	if (good)
		serve_all(&unpacker);
	forget_archive(&unpacker);
	input_close(&unpacker.input);
	free(unpacker.packed);
	return good ? 0 : 1;
}
