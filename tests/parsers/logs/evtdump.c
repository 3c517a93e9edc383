/*
 * evtdump.c - writes sample event logs, and shows what our reader sees in one, for comparison with
 * other readers (tests/cli/logs-evtexport.sh).
 *
 *	evtdump write VARIANT FILE
 *	evtdump show FILE
 *	evtdump count FILE (a log of any kind)
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../parsers/logs/logs.h"
#include "parsers/logs/sample_evt.h"

static const struct variant {
	const char *name;
	unsigned times; /* the sample, over and over */
	struct evt_shape shape;
} variants[] = {
	{ "plain", 1, { 0, false, 0 } },
	{ "numbered", 3, { 0, false, 4711 } },
	{ "dirty", 2, { 0, true, 0 } },
	{ "wrapped", 40, { 8192, false, 0 } },
	{ "wrapped-dirty", 41, { 16384, true, 0 } },
	{ "wrapped-odd", 57, { 10244, false, 100 } },
};

static void
write_log(const char *name, const char *path)
{
	struct pool pool = { NULL };
	struct buf *log = pool_buf(&pool);
	const struct variant *variant = variants;
	struct evt_event *events;
	FILE *out;

	while (strcmp(variant->name, name)) {
		if (++variant == variants + sizeof variants / sizeof *variants)
			errx(2, "%s: no such variant", name);
	}
	events = calloc(variant->times, sizeof sample_events);
	if (!events)
		err(2, "memory");
	for (unsigned i = 0; i < variant->times; i++) {
		memcpy(events + i * SAMPLE_EVENTS, sample_events, sizeof sample_events);
		for (unsigned j = 0; j < SAMPLE_EVENTS; j++)
			events[i * SAMPLE_EVENTS + j].time += 1000 * i;
	}
	evt_write(log, events, variant->times * (size_t)SAMPLE_EVENTS, &variant->shape);
	out = fopen(path, "wb");
	if (!out || fwrite(log->data, 1, log->len, out) != log->len || fclose(out))
		err(2, "%s", path);
	free(events);
	pool_clear(&pool);
}

static void
print(struct slice s)
{
	printf("%.*s", (int)s.len, s.len ? (const char *)s.data : "");
}

/* number, time, id, source, computer and strings, parted by bars. */
static void
show_record(void *to, const struct log_event *event, struct slice computer)
{
	(void)to;
	printf("%llu|%lld|%u|", (unsigned long long)event->number, (long long)event->time.seconds,
	    event->id);
	print(event->source);
	printf("|");
	print(computer);
	for (size_t i = 0; i < event->n_strings; i++) {
		printf("|");
		print(event->strings[i]);
	}
	printf("\n");
}

/* Read a log of that kind; the evidence is printed in short, or its records are shown. */
static void
read_log(const char *path, bool show)
{
	static unsigned char bytes[65536];
	static struct evidence evidence;
	struct arena *arena = arena_new((size_t)16 << 20, NULL);
	FILE *in = fopen(path, "rb");
	struct log_reader *reader = NULL;
	enum log_kind kind = LOG_UNKNOWN;
	size_t n;

	if (!in || !arena)
		err(2, "%s", path);
	while ((n = fread(bytes, 1, sizeof bytes, in)) > 0) {
		if (!reader) {
			kind = log_kind(slice_of(bytes, n), slice_str(path));
			reader = log_begin(arena, kind, 1, &evidence);
		}
		if (show)
			evt_watch(reader, (struct evt_watch){ show_record, NULL });
		log_feed(reader, slice_of(bytes, n));
	}
	if (!reader)
		errx(1, "%s is empty", path);
	log_finish(reader);
	if (!evidence_valid(&evidence, 1, evidence.log_size))
		errx(1, "%s: evidence is not valid", path);
	if (!show)
		printf(
		    "kind %u, %llu bytes, %llu lines or records, %llu damaged, %u items, %u names, "
		    "%zu KB of state\n",
		    kind, (unsigned long long)evidence.log_size,
		    (unsigned long long)evidence.n_lines, (unsigned long long)evidence.n_damaged,
		    evidence.n_items, evidence.n_names, arena_used(arena) / 1024);
	fclose(in);
	arena_free(arena);
}

int
main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "write"))
		write_log(argv[2], argv[3]);
	else if (argc == 3 && !strcmp(argv[1], "show"))
		read_log(argv[2], true);
	else if (argc == 3 && !strcmp(argv[1], "count"))
		read_log(argv[2], false);
	else
		errx(2, "usage: evtdump write VARIANT FILE | show FILE | count FILE");
	return 0;
}
