/*
 * examine.c - examines all files of a tree in its own process, unconfined: what profilers watch.
 *
 *     examine DIR|FILE...
 *
 * Each file goes the way that a worker takes: read, hashed, parsed, judged, made into a record. No
 * other process, no report: instruction counts of two versions can be held against each other.
 * Prints the sum of all records, so that a change of any result shows. For measuring only: hostile
 * files belong into the confined workers of imcscan.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <err.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worker/examine.h"

/* nftw() has no argument of the caller's, so what it works with stands here. */
static struct examiner *examiner;
static struct record record;
static struct {
	uint64_t files, bytes, findings, sum;
} counts;

/* FNV-1a of what the record holds. */
static void
add_record(void)
{
	static unsigned char packed[sizeof record];

	record_pack(&record, packed);
	for (size_t i = 0; i < record_packed_size(&record); i++)
		counts.sum = (counts.sum ^ packed[i]) * 0x100000001b3u;
	counts.files++;
	counts.bytes += record.file_size;
	counts.findings += record.n_findings;
}

static int
visit(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)walk;
	if (type != FTW_F)
		return 0;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || input_read(examiner_input(examiner), fd) != 0)
		err(2, "%s", path);
	close(fd);
	record.job = counts.files;
	examine_input(examiner, FOLDER_IN, DIRECTION_IN, &record);
	add_record();
	examiner_reset(examiner);
	return 0;
}

int
main(int argc, char **argv)
{
	const char *missing;

	if (argc < 2)
		errx(2, "usage: examine DIR|FILE...");
	missing = examine_warm();
	if (missing)
		errx(2, "%s: not to be had", missing);
	examiner = examiner_new(SIZE_MAX, NULL, NULL);
	if (!examiner)
		errx(2, "no memory");
	for (int i = 1; i < argc; i++)
		if (nftw(argv[i], visit, 32, FTW_PHYS))
			err(2, "%s", argv[i]);
	examiner_free(examiner);
	printf("%ju files, %ju bytes, %ju findings, sum %016jx\n", (uintmax_t)counts.files,
	    (uintmax_t)counts.bytes, (uintmax_t)counts.findings, (uintmax_t)counts.sum);
	return 0;
}
