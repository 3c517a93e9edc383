/* scan.c - `imcscan scan` and `imcscan check`: which paths make one scan; scan_run.c does it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/batch.h"
#include "cli/cli.h"
#include "cli/filelist.h"
#include "cli/once.h"
#include "cli/say.h"
#include "cli/scan_run.h"
#include "cli/shut.h"
#include "worker/unpack.h"

static int
scan_one(const struct options *options, const char *path, struct summary *summary)
{
	return scan_run(options, &path, 1, 0, summary);
}

/* Rights are given up once for all. */
static int
scan_batch(const struct options *options, const struct filelist *list)
{
	struct options one = *options;
	struct shut shut;

	if (!batch_is_ready(options, list))
		return EXIT_TROUBLE;
	(void)unpack_warm(options->archive_names);
	if (!shut_batch(options, list->paths, list->count, &shut))
		return EXIT_TROUBLE;
	one.shut = &shut;
	return batch(&one, list, scan_one);
}

/* All paths as one scan, each of them and each log once. */
static int
scan_all(const struct options *options, struct filelist *list)
{
	struct options one = *options;
	size_t n_paths = 0, n_evidence = 0;
	struct summary summary;

	if (!once(list->paths, &list->count, &n_paths) ||
	    !once(one.evidence, &one.n_evidence, &n_evidence)) {
		say("out of memory");
		return EXIT_TROUBLE;
	}
	return scan_run(&one, list->paths, list->count, n_paths + n_evidence, &summary);
}

int
cmd_scan(const struct options *options)
{
	struct filelist list = { 0 };
	int status = EXIT_TROUBLE;

	if (filelist_read(options, &list)) {
		if (list.count == 0)
			status = say_usage(options->name, options->name, "no PATH given");
		else if (options->no_evidence && options->n_evidence > 0)
			status = say_usage(options->name, options->evidence[0],
			    "--no-evidence leaves out what --evidence adds");
		else if (options->command == COMMAND_CHECK && list.count > 1)
			status = say_usage(options->name, list.paths[1], "check takes one PATH");
		else if (batch_wanted(options))
			status = scan_batch(options, &list);
		else
			status = scan_all(options, &list);
	}
	filelist_free(&list);
	return status;
}
