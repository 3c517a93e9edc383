/* batch.c - several trees in one call: a report of each, and a summary of all. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/batch.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "cli/say.h"
#include "cli/stop.h"
#include "report/escape.h"
#include "report/json.h"
#include "spool/walk.h"

#define NAME_MAX_KEPT 120u /* bytes of a path in the name of its report */

struct line {
	const char *path;
	char *report; /* its name in the folder; owned */
	int status;
	struct summary summary;
};

bool
batch_wanted(const struct options *options)
{
	const size_t len = options->output ? strlen(options->output) : 0;

	return len > 0 && options->output[len - 1] == '/';
}

/* The end of the path in letters that every system takes; the number makes it one of its own. */
static char *
report_name(const struct options *options, const char *path, size_t number)
{
	const char *format = options->format ? options->format : "text";
	const size_t len = strlen(path);
	char name[NAME_MAX_KEPT + 1], *out;

	snprintf(name, sizeof name, "%s", len > NAME_MAX_KEPT ? path + len - NAME_MAX_KEPT : path);
	for (char *at = name; *at; at++) {
		if (!byte_is_digit((unsigned char)*at) && !byte_is_alpha((unsigned char)*at))
			*at = '-';
	}
	return asprintf(&out, "%zu-%s.%s", number, name, format) < 0 ? NULL : out;
}

bool
batch_is_ready(const struct options *options, const struct filelist *list)
{
	if (options->case_path) {
		(void)say_usage(options->name, options->output,
		    "a folder for several reports goes with no --case: a case is of one run");
		return false;
	}
	for (size_t i = 0; i < list->count; i++) {
		if (!walk_is_inside(list->paths[i], options->output))
			continue;
		say_about(
		    options->output, "lies inside the evidence, where nothing is ever written");
		return false;
	}
	if (mkdir(options->output, 0700) == 0 || errno == EEXIST)
		return true;
	say_about(options->output, "cannot be made: %s", strerror(errno));
	return false;
}

static int
scan_one(const struct options *options, batch_scan *scan, struct line *line)
{
	struct options one = *options;
	char *output;
	int status;

	if (!line->report || asprintf(&output, "%s%s", options->output, line->report) < 0) {
		say("out of memory");
		return EXIT_TROUBLE;
	}
	one.output = output;
	status = scan(&one, line->path, &line->summary);
	free(output);
	return status;
}

static void
write_line(FILE *out, const struct line *line)
{
	const struct summary *summary = &line->summary;

	if (line->status == EXIT_TROUBLE) {
		fprintf(
		    out, "%4d  %8s  %8s  %5s  %7s  %4s  ", line->status, "-", "-", "-", "-", "-");
	} else {
		fprintf(out,
		    "%4d  %8" PRIu64 "  %8" PRIu64 "  %5" PRIu64 "  %7" PRIu64 "  %4" PRIu64 "  ",
		    line->status, summary->seen, summary->by_level[LEVEL_CRITICAL],
		    summary->by_level[LEVEL_HIGH], summary->by_level[LEVEL_MEDIUM],
		    summary->by_level[LEVEL_LOW]);
	}
	escape_print(out, slice_str(line->path));
	fprintf(out, "  %s\n", line->status == EXIT_TROUBLE ? "not scanned" : line->report);
}

static void
write_text(FILE *out, const struct line *lines, size_t count)
{
	fprintf(out, "EXIT     FILES  CRITICAL   HIGH   MEDIUM   LOW  TREE  REPORT\n");
	for (size_t i = 0; i < count; i++)
		write_line(out, &lines[i]);
}

static void
write_jsonl(FILE *out, const struct line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct summary *summary = &lines[i].summary;
		json_t *object = json_object();

		json_put_text(object, "type", "tree");
		json_put_bytes(object, "path", slice_str(lines[i].path));
		json_put_number(object, "exit", (uint64_t)lines[i].status);
		if (lines[i].status != EXIT_TROUBLE) {
			json_put_text(object, "report", lines[i].report);
			json_put_number(object, "seen", summary->seen);
			for (int level = LEVEL_COUNT - 1; level >= 0; level--)
				json_put_number(object, level_name((enum level)level),
				    summary->by_level[level]);
			json_put_share(object, "not_in_tree", summary->not_in_tree);
			json_put_digest(object, "manifest_sha256", summary->manifest);
		}
		json_line(out, object);
	}
}

static bool
write_summary(const char *folder, const char *name,
    void (*write)(FILE *out, const struct line *lines, size_t count), const struct line *lines,
    size_t count)
{
	struct output output;
	char *goal;
	bool good;

	if (asprintf(&goal, "%s%s", folder, name) < 0)
		return say("out of memory"), false;
	good = output_open(goal, &output);
	if (good) {
		write(output.file, lines, count);
		good = output_close(&output, true);
	}
	free(goal);
	return good;
}

/* The worse of two exit statuses. */
static int
worse(int a, int b)
{
	static const int order[] = { EXIT_INTERRUPTED, EXIT_TROUBLE, EXIT_SUSPECTS,
		EXIT_INCOMPLETE };

	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
		if (a == order[i] || b == order[i])
			return order[i];
	}
	return EXIT_QUIET;
}

int
batch(const struct options *options, const struct filelist *list, batch_scan *scan)
{
	struct line *lines = calloc(list->count + 1, sizeof *lines);
	int status = EXIT_QUIET;
	size_t count = 0;

	if (!lines) {
		say("out of memory");
		return EXIT_TROUBLE;
	}
	while (count < list->count && !stop_requested()) {
		struct line *line = &lines[count++];

		line->path = list->paths[count - 1];
		line->report = report_name(options, line->path, count);
		line->status = scan_one(options, scan, line);
		status = worse(status, line->status);
	}
	if (!write_summary(options->output, "summary.txt", write_text, lines, count) ||
	    !write_summary(options->output, "summary.jsonl", write_jsonl, lines, count))
		status = worse(status, EXIT_TROUBLE);
	for (size_t i = 0; i < count; i++)
		free(lines[i].report);
	free(lines);
	return status;
}
