/* walking.c - walk what the user named, archives too. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/walking.h"

#include <errno.h>
#include <string.h>

#include "cli/prefix.h"
#include "cli/say.h"
#include "cli/stop.h"

struct unpack *
walking_unpacker(const struct options *options)
{
	const struct unpack_options unpack_options = {
		.time_base_ms = options->time_base_ms,
		.time_per_mb_ms = options->time_per_mb_ms,
		.memory_mib = options->memory_mib,
		.sandbox = !options->no_sandbox,
		.limit_mib = options->archive_mib,
		.charset = options->archive_names,
		.interrupted = stop_flag(),
	};
	struct unpack *unpack = unpack_new(&unpack_options);

	/* Without it, reading an archive fails by itself. */
	(void)unpack_warm(options->archive_names);

	if (!unpack)
		say("out of memory");
	return unpack;
}

int
walking_walk(struct unpack *unpack, unsigned how, const char *path, walk_visitor *visit,
    void *context, struct walk_result *result)
{
	const struct walk_options options = {
		.opens_artefacts = how & WALKING_LOGS,
		.unpack = unpack,
		.digest = how & WALKING_DIGEST,
	};
	const int error = walk_with(&options, path, visit, context, result);

	return error == EINTR && stop_requested() ? 0 : error;
}

char *
walking_prefix(struct unpack *unpack, const char *path, bool only_path)
{
	if (only_path)
		return strdup("");
	return unpack && walk_is_archive(unpack, path) ? strdup(path) : prefix_of(path);
}
