/* progress.c - how far the scan is: one line on stderr that is written over and over. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli/options.h"

#define INTERVAL_MS 100
#define BAR_MAX 30u

static uint64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

bool
progress_wanted(int when)
{
	const char *term = getenv("TERM");

	if (when != WHEN_AUTO)
		return when == WHEN_ALWAYS;
	return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

struct progress
progress_new(bool shown, uint64_t total)
{
	struct progress progress = { .shown = shown, .total = total, .columns = 80 };
	struct winsize size;

	if (shown && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
		progress.columns = size.ws_col;
	progress.started_ms = now_ms();
	return progress;
}

/* "0:07", "12:30", "3:05:00". */
static void
put_duration(uint64_t seconds, char *out, size_t size)
{
	const unsigned long long s = seconds;

	if (s >= 3600)
		snprintf(out, size, "%llu:%02llu:%02llu", s / 3600, s / 60 % 60, s % 60);
	else
		snprintf(out, size, "%llu:%02llu", s / 60, s % 60);
}

static void
put_bar(uint64_t done, uint64_t total, size_t width, char *out)
{
	const size_t full = (size_t)((double)width * (double)done / (double)total);

	memset(out, '.', width);
	memset(out, '#', full < width ? full : width);
	out[width] = '\0';
}

void
progress_line(
    uint64_t done, uint64_t total, uint64_t elapsed_ms, size_t columns, char *out, size_t out_size)
{
	/* Below the clock's step a millisecond is as good a guess as any. */
	const double rate = (double)done * 1000 / (double)(elapsed_ms ? elapsed_ms : 1);
	char figures[160], left[32] = "", bar[BAR_MAX + 1];
	size_t used, room = columns < out_size ? columns : out_size - 1;

	if (total < done) /* files came while we counted, or nobody counted */
		total = total ? done : 0;
	if (total && rate > 0)
		put_duration((uint64_t)((double)(total - done) / rate), left, sizeof left);
	if (total)
		snprintf(figures, sizeof figures, "%llu of %llu files, %.0f/s, %s left",
		    (unsigned long long)done, (unsigned long long)total, rate, *left ? left : "?");
	else
		snprintf(
		    figures, sizeof figures, "%llu files, %.0f/s", (unsigned long long)done, rate);
	used = strlen(figures);
	if (total && room > used + 13) {
		const size_t space = room - used - 3;

		put_bar(done, total, space < BAR_MAX ? space : BAR_MAX, bar);
		snprintf(out, out_size, "[%s] %s", bar, figures);
	} else {
		snprintf(out, room + 1, "%s", figures);
	}
}

void
progress_step(struct progress *progress)
{
	char line[256];
	uint64_t now;

	progress->done++;
	if (!progress->shown)
		return;
	now = now_ms();
	if (now - progress->drawn_ms < INTERVAL_MS)
		return;
	progress->drawn_ms = now;
	/* The last column stays free: some terminals wrap there. */
	progress_line(progress->done, progress->total, now - progress->started_ms,
	    progress->columns - 1, line, sizeof line);
	fprintf(stderr, "\r%s\033[K", line);
}

void
progress_end(struct progress *progress)
{
	if (progress->shown && progress->drawn_ms)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
