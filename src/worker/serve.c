/* serve.c - the worker process: confined, it serves one descriptor after another. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/serve.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "worker/channel.h"
#include "worker/examine.h"
#include "worker/fill.h"
#include "worker/pool.h"
#include "worker/sandbox.h"
#include "worker/settle.h"
#include "worker/task.h"

struct worker {
	struct slot *slot;
	struct description *description; /* NULL: nobody wants one */
	struct evidence *evidence;       /* NULL: no logs are read */
	struct block_hashes *hashes;     /* NULL: nobody wants them */
	struct salvage_area *salvage;    /* NULL: nothing is salvaged */
	const struct wanted *wanted;     /* NULL: nothing is searched for */
	struct finder *finder;           /* made of it */
	uint32_t list;                   /* as of the job for which it was made */
	struct examiner *examiner;
};

/* The handler that runs when memory is out takes no argument, so the slot to mark has to be found
 * without one. Set once, in the worker, before its first file. */
/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
static struct slot *slot_to_mark;

static void
mark_out_of_memory(void)
{
	if (slot_to_mark)
		slot_to_mark->marker = SLOT_OUT_OF_MEMORY;
}

/* The digest is worth having even when a parser dies on the file. */
static void
publish_digest(struct slot *slot, uint64_t job, const struct input *input)
{
	memcpy(slot->sha256, input->sha256, sizeof slot->sha256);
	slot->hashed_size = input->size;
	slot->hashed_mark = slot_job_mark(job);
}

/* Of a huge member of an archive only the head came: what was read is not all that there is. */
static void
complete(struct input *input, const struct channel_job *job)
{
	if (!job->has_whole || job->whole_size < input->size)
		return;
	input->size = job->whole_size;
	memcpy(input->sha256, job->whole, sizeof input->sha256);
}

static void
examine_job(struct worker *worker, const struct channel_job *job, int fd)
{
	struct record *record = slot_record(worker->slot, job->place % SLOT_RECORDS);
	struct input *input = examiner_input(worker->examiner);

	record->job = job->number;
	/* A descriptor that did not arrive was over RLIMIT_NOFILE. */
	const int error = fd < 0 ? EMFILE : input_read(input, fd);
	if (error) {
		fill_failed(record, error);
		return;
	}
	complete(input, job);
	publish_digest(worker->slot, job->number, input);
	if (job->has_known && memcmp(input->sha256, job->known, sizeof job->known) == 0) {
		fill_start(record);
		record->flags = RECORD_UNPARSED;
		fill_input(record, input);
		return;
	}
	examine_input(
	    worker->examiner, (enum folder)job->folder, (enum direction)job->direction, record);
	if (worker->description)
		examine_describe(worker->examiner, record, worker->description);
}

static void
read_log(struct worker *worker, const struct channel_job *job, int fd)
{
	const uint32_t len = job->name_len < CHANNEL_NAME_MAX ? job->name_len : CHANNEL_NAME_MAX;

	task_log(examiner_input(worker->examiner), examiner_arena(worker->examiner), fd,
	    slice_of(job->name, len), worker->evidence, &worker->slot->answer);
}

static void
search(struct worker *worker, const struct channel_job *job, int fd)
{
	if (!worker->finder || worker->list != job->list) {
		finder_free(worker->finder);
		worker->finder = finder_new(worker->wanted);
		worker->list = job->list;
	}
	if (!worker->finder) {
		mark_out_of_memory();
		abort();
	}
	task_search(examiner_input(worker->examiner), worker->finder, fd, worker->hashes,
	    &worker->slot->answer);
}

static void
salvage(struct worker *worker, const struct channel_job *job, int fd)
{
	struct salvage_task task = { .job = job->number,
		.folder = (enum folder)job->folder,
		.direction = (enum direction)job->direction };

	if (job->name_len != sizeof task.wish) {
		worker->slot->answer.error = EINVAL;
		return;
	}
	memcpy(&task.wish, job->name, sizeof task.wish);
	task_salvage(worker->examiner, &task, fd, worker->salvage, &worker->slot->answer);
}

/* A task that this pool does not have is refused as a file that cannot be read. */
static void
do_job(struct worker *worker, const struct channel_job *job, int fd)
{
	struct slot_answer *answer = &worker->slot->answer;

	answer->job = job->number;
	answer->error = fd < 0 ? EMFILE : 0;
	if (job->task == TASK_MESSAGE)
		examine_job(worker, job, fd);
	else if (answer->error)
		return;
	else if (job->task == TASK_LOG && worker->evidence)
		read_log(worker, job, fd);
	else if (job->task == TASK_SEARCH && worker->wanted)
		search(worker, job, fd);
	else if (job->task == TASK_SALVAGE && worker->salvage)
		salvage(worker, job, fd);
	else
		answer->error = ENOTSUP;
}

static uint64_t
peak_kib(void)
{
	struct rusage usage;

	if (getrusage(RUSAGE_SELF, &usage) < 0 || usage.ru_maxrss < 0)
		return 0;
	return (uint64_t)usage.ru_maxrss;
}

static bool
answer_done(uint64_t number, uint64_t n_done)
{
	const struct channel_answer answer = {
		.number = number,
		.peak_kib = peak_kib(),
		.kind = CHANNEL_DONE,
		.n_done = n_done,
	};

	return channel_send_answer(SANDBOX_CHANNEL, &answer);
}

/* The next job. What is done is answered when there is none yet, or half of all records are full:
 * each answer wakes the parent. `job` is still the one done last. False at the end. */
static bool
next_job(struct channel_job *job, int *fd, uint64_t *n_done)
{
	const uint64_t last = job->number;

	if (*n_done > 0 && *n_done < SLOT_RECORDS / 2 &&
	    channel_receive_next_job(SANDBOX_CHANNEL, job, fd))
		return true;
	if (*n_done > 0 && !answer_done(last, *n_done))
		return false;
	*n_done = 0;
	return channel_receive_job(SANDBOX_CHANNEL, job, fd);
}

static void
serve_all(struct worker *worker)
{
	struct channel_job job = { .number = 0 };
	uint64_t n_done = 0;
	int fd;

	while (next_job(&job, &fd, &n_done)) {
		worker->slot->in_hand = slot_job_mark(job.number);
		settle_cpu(job.cpu_ms);
		do_job(worker, &job, fd);
		if (fd >= 0)
			close(fd);
		examiner_reset(worker->examiner);
		settle_cpu(0);
		n_done++;
	}
}

static enum sandbox_step
confine(const struct serve_options *options, int *landlock)
{
	enum sandbox_step step = sandbox_limit(options->memory, (int)options->parent);

	if (step == SANDBOX_DONE && options->sandbox)
		step = sandbox_enter(landlock);
	return step;
}

/* Everything between the fork and the first job; errno tells more about a step that failed. */
static enum sandbox_step
start(struct worker *worker, const struct serve_options *options, int *landlock)
{
	settle_signals();
	if (!sandbox_descriptors(options->channel))
		return SANDBOX_DESCRIPTORS;
	slot_to_mark = options->slot;
	worker->slot = options->slot;
	worker->description = options->description;
	worker->evidence = options->evidence;
	worker->hashes = options->hashes;
	worker->salvage = options->salvage;
	worker->wanted = options->wanted;
	worker->examiner = examiner_new(
	    options->memory ? options->memory : SIZE_MAX, options->disabled, mark_out_of_memory);
	if (!worker->examiner)
		return SANDBOX_WARM;
	examiner_limit(worker->examiner, &options->limits);
	examiner_watch(worker->examiner, &options->slot->stage);
	return confine(options, landlock);
}

int
serve(const struct serve_options *options)
{
	struct worker worker = { .slot = NULL };
	int landlock = 0;
	const enum sandbox_step step = start(&worker, options, &landlock);
	const struct channel_answer answer = {
		.error = step == SANDBOX_DONE ? 0 : errno,
		.kind = step == SANDBOX_DONE ? CHANNEL_READY : CHANNEL_REFUSED,
		.landlock = landlock,
		.peak_kib = step == SANDBOX_DONE ? peak_kib() : 0,
		.step = (uint32_t)step,
	};
	/* Before its descriptors are in place a worker has the channel under another number. */
	const int channel = step == SANDBOX_DESCRIPTORS ? options->channel : SANDBOX_CHANNEL;

	if (!channel_send_answer(channel, &answer) || step != SANDBOX_DONE)
		return 1;
	serve_all(&worker);
	return 0;
}
