/* fuzz_weights.c - libFuzzer target: a file of weights, and the lines of one that a case kept. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/weights.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool good)
{
	if (!good)
		abort();
}

/* What was read comes back from the lines that a case keeps. */
static void
check_kept(const struct weights *weights)
{
	size_t count;
	char **lines = weights_lines(weights, &count);
	struct weights *again;

	must(lines != NULL);
	again = weights_recall((const char *const *)lines, count);
	must(again && again->n_changed == weights->n_changed);
	weights_free(again);
	for (size_t i = 0; i < count; i++)
		free(lines[i]);
	free(lines);
}

static void
read_file(const uint8_t *data, size_t size)
{
	const int fd = memfd_create("weights", MFD_CLOEXEC);
	char name[64];
	struct weights *weights;

	must(fd >= 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	weights = weights_read(name);
	if (weights)
		check_kept(weights);
	weights_free(weights);
	close(fd);
}

/* The input as lines behind a name and a digest. */
static void
recall(const uint8_t *data, size_t size)
{
	static const char digest[] =
	    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	const char *lines[32] = { "weights", digest };
	char *text = malloc(size + 1), *state = NULL;
	size_t count = 2;
	struct weights *weights;

	must(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	for (char *line = strtok_r(text, "\n", &state); line && count < 32;
	     line = strtok_r(NULL, "\n", &state))
		lines[count++] = line;
	weights = weights_recall(lines, count);
	if (weights)
		check_kept(weights);
	weights_free(weights);
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Messages about faults are not what is looked at; libFuzzer keeps the old stream. */
	static FILE *quiet;

	if (!quiet) {
		quiet = fopen("/dev/null", "w");
		must(quiet != NULL);
		stderr = quiet;
	}
	read_file(data, size);
	recall(data, size);
	return 0;
}
