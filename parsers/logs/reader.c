/* reader.c - a log from its first byte to its last. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

static const struct log_format *const formats[LOG_KIND_COUNT] = {
	[LOG_EVT] = &log_format_evt,
	[LOG_EVENT_TEXT] = &log_format_event_text,
	[LOG_DRWATSON] = &log_format_drwatson,
	[LOG_COPY] = &log_format_copy,
	[LOG_SMTP] = &log_format_smtp,
	[LOG_TRACKING] = &log_format_tracking,
	[LOG_QUEUE] = &log_format_queue,
};

struct log_reader *
log_begin(struct arena *arena, enum log_kind kind, uint64_t job, struct evidence *out)
{
	struct log_reader *reader = arena_alloc(arena, 1, sizeof *reader);

	evidence_clear(out, job);
	out->log = (uint32_t)kind;
	sink_begin(&reader->sink, out);
	reader->format = kind < LOG_KIND_COUNT ? formats[kind] : NULL;
	if (!reader->format)
		return reader;
	reader->state = arena_alloc(arena, 1, reader->format->state_size);
	if (reader->format->begin)
		reader->format->begin(reader);
	return reader;
}

/* Lines are counted for the reader, which counts the damaged ones itself. */
static void
take_line(struct log_reader *reader, const struct log_line *line)
{
	reader->sink.out->n_lines++;
	reader->format->line(reader, line);
}

void
log_feed(struct log_reader *reader, struct slice bytes)
{
	reader->pos += bytes.len;
	reader->sink.out->log_size = reader->pos;
	if (bytes.len == 0 || !reader->format)
		return;
	if (reader->format->bytes)
		reader->format->bytes(reader, bytes);
	else
		liner_feed(&reader->liner, reader, bytes, take_line);
}

void
log_finish(struct log_reader *reader)
{
	if (reader->format) {
		if (reader->format->line)
			liner_finish(&reader->liner, reader, take_line);
		if (reader->format->finish)
			reader->format->finish(reader);
	}
	sink_finish(&reader->sink);
}
