/*
 * sandbox.h - what a worker may no longer do once it serves.
 *
 * For src/worker only. There is no half measure: a step that fails ends the worker, but for
 * Landlock, which not every kernel has; the caller tells the user so.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SANDBOX_H
#define IMC_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* AddressSanitizer maps terabytes of shadow and asks the kernel for more than we do: then RLIMIT_AS
 * is left out and the filter lets those calls by (sandbox.c). */
#if defined(__SANITIZE_ADDRESS__)
#define SANDBOX_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANDBOX_SANITIZED 1
#endif
#endif
#ifndef SANDBOX_SANITIZED
#define SANDBOX_SANITIZED 0
#endif

enum sandbox_step {
	SANDBOX_DONE,
	SANDBOX_DESCRIPTORS, /* /dev/null, or closing what was inherited */
	SANDBOX_PROCESS,     /* no_new_privs, death signal, dumpable */
	SANDBOX_LIMITS,
	SANDBOX_LANDLOCK, /* there, but refused */
	SANDBOX_SECCOMP,
	SANDBOX_WARM, /* no step of ours: memory or digest could not be had */
	SANDBOX_STEP_COUNT
};

/* The descriptor that stays open beside 0, 1 and 2. A worker that is to write into memory of the
 * parent's making (memfd_create) would have it as 4 and up: sandbox_descriptors() would move and
 * spare these, RLIMIT_NOFILE grow by as many, RLIMIT_FSIZE (which counts for such files, too) be
 * their size, and a narrowed row of calls.c allow pwrite64 on these numbers alone. */
#define SANDBOX_CHANNEL 3

/* Make `channel` descriptor 3, /dev/null for reading 0 to 2, and close all others. */
bool sandbox_descriptors(int channel);

/* No core, no children, no files written, at most `memory` bytes mapped beyond what is mapped now;
 * the process dies with its parent, whose id is given. */
enum sandbox_step sandbox_limit(size_t memory, int parent);

/* Take the file system and the network away, then all system calls but those of a reader of
 * descriptors. *landlock is the ABI used, 0 when the kernel has none. The calling process must have
 * one thread. */
enum sandbox_step sandbox_enter(int *landlock);

/* "close inherited descriptors" … for a sentence about what failed. */
const char *sandbox_step_name(enum sandbox_step step);

#endif
