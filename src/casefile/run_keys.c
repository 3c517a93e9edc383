/* run_keys.c - what a case calls the facts of a run, and where they stand in memory. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <string.h>

#include "casefile/private.h"
#include "casefile/run_keys.h"

const struct run_key run_texts[] = {
	{ "version", offsetof(struct run_info, version), true },
	{ "gmime", offsetof(struct run_info, gmime), true },
	{ "glib", offsetof(struct run_info, glib), true },
	{ "libmagic", offsetof(struct run_info, libmagic), true },
	{ "openssl", offsetof(struct run_info, openssl), true },
	{ "jansson", offsetof(struct run_info, jansson), true },
	{ "seccomp", offsetof(struct run_info, seccomp), true },
	{ "magic_sha256", offsetof(struct run_info, magic_sha256), true },
	{ "exchange", offsetof(struct run_info, exchange), true },
	{ "sandbox", offsetof(struct run_info, sandbox), true },
	{ "host", offsetof(struct run_info, host), false },
	{ "os", offsetof(struct run_info, os), false },
	{ "incident", offsetof(struct run_info, incident), false },
	{ "examiner", offsetof(struct run_info, examiner), false },
	{ "timezone", offsetof(struct run_info, timezone), false },
	{ NULL, 0, false },
};

const struct run_key run_numbers[] = {
	{ "jobs", offsetof(struct run_info, jobs), true },
	{ "time_base_ms", offsetof(struct run_info, time_base_ms), true },
	{ "time_per_mb_ms", offsetof(struct run_info, time_per_mb_ms), true },
	{ "memory_mib", offsetof(struct run_info, memory_mib), true },
	{ NULL, 0, false },
};

const struct run_key run_limits[] = {
	{ "max_size_mib", offsetof(struct run_info, limits.size_mib), true },
	{ "max_parts", offsetof(struct run_info, limits.parts), true },
	{ "max_depth", offsetof(struct run_info, limits.depth), true },
	{ "max_fields", offsetof(struct run_info, limits.fields), true },
	{ NULL, 0, false },
};

const struct run_key run_flags[] = {
	{ "sandboxed", offsetof(struct run_info, sandboxed), true },
	{ "atime_may_change", offsetof(struct run_info, atime_may_change), true },
	{ NULL, 0, false },
};

const struct run_key summary_numbers[] = {
	{ "started", offsetof(struct summary, started), true },
	{ "ended", offsetof(struct summary, ended), true },
	{ "worker_deaths", offsetof(struct summary, worker_deaths), true },
	{ "logs_read", offsetof(struct summary, logs_read), true },
	{ "clues", offsetof(struct summary, clues), true },
	{ NULL, 0, false },
};

void
run_say_layout(char out[64])
{
	snprintf(out, 64, "%x/%zu/%zu/%d", (unsigned)RECORD_MAGIC,
	    offsetof(struct record, findings), sizeof(struct finding),
	    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
}

const char *
run_text_at(const struct run_info *run, size_t at)
{
	const char *text;

	memcpy(&text, (const char *)run + at, sizeof text);
	return text ? text : "";
}
