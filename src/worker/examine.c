/* examine.c - one message from bytes to a flat record: parsers, then rules, then the record. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/examine.h"

#include <errno.h>
#include <locale.h>
#include <malloc.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <time.h>

#include "arena.h"
#include "parser.h"
#include "rules/run.h"
#include "worker/describe.h"
#include "worker/fill.h"

/* The order has meaning: each parser reads what those before it left in the message. The second
 * reader, GMime, comes last, so that our own facts stand when it dies. */
static const struct parser *const parsers[] = {
	&parser_envelope,
	&parser_lines,
	&parser_split,
	&parser_address,
	&parser_date,
	&parser_words,
	&parser_transfer,
	&parser_uuencode,
	&parser_binhex,
	&parser_tnef,
	&parser_apple,
	&parser_charset,
	&parser_conform,
	&parser_html,
	&parser_filetype,
	&parser_complete,
	&parser_rtf,
	&parser_asn1,
	&parser_report,
	&parser_tear,
	&parser_mime,
};

#define N_PARSERS (sizeof parsers / sizeof parsers[0])
#define STAGE_RULES ((uint32_t)N_PARSERS + 1) /* after stages 1 … N_PARSERS */
#define MMAP_FROM (1 << 20) /* larger blocks are mapped, so that freeing one gives it back */

struct examiner {
	struct input input;
	struct arena *arena;
	struct message msg;
	const bool *disabled;
	struct limits_set limits;
	volatile uint32_t *stage;
	uint32_t unwatched; /* where the stage goes when nobody watches */
};

/* Everything that depends on the environment of the caller is set here, so that the same bytes give
 * the same record everywhere. */
static bool
settle_environment(void)
{
	/* One allocator: RLIMIT_AS and malloc_trim() then see what GLib holds, too. */
	if (setenv("G_SLICE", "always-malloc", 1) < 0 || setenv("TZ", "UTC0", 1) < 0)
		return false;
	tzset();
	mallopt(M_MMAP_THRESHOLD, MMAP_FROM);
	mallopt(M_TRIM_THRESHOLD, 2 * MMAP_FROM);
	return setlocale(LC_ALL, "C") != NULL;
}

/* NULL, or the name of what could not be had. */
static const char *
warm_all(void)
{
	if (!settle_environment())
		return "environment";
	/* A configuration file could load other providers of SHA-256. */
	if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) != 1)
		return "OpenSSL";
	for (size_t i = 0; i < N_PARSERS; i++) {
		if (parsers[i]->warm && !parsers[i]->warm())
			return parsers[i]->name;
	}
	return NULL;
}

const char *
examine_warm(void)
{
	/* Libraries are warmed once a process, and what they hold has no owner to keep this
	 * flag. */
	static bool warm;

	if (warm)
		return NULL;
	const char *missing = warm_all();
	warm = missing == NULL;
	return missing;
}

struct examiner *
examiner_new(size_t memory, const bool *disabled, void (*exhausted)(void))
{
	struct examiner *examiner = calloc(1, sizeof *examiner);

	if (!examiner)
		return NULL;
	examiner->disabled = disabled;
	examiner->stage = &examiner->unwatched;
	examiner->arena = arena_new(memory, exhausted);
	if (!input_open(&examiner->input, exhausted) || !examiner->arena) {
		examiner_free(examiner);
		return NULL;
	}
	return examiner;
}

void
examiner_limit(struct examiner *examiner, const struct limits_set *limits)
{
	const size_t kept = (size_t)limits->size_mib << 20;

	examiner->limits = *limits;
	examiner->input.kept = kept > 0 && kept < INPUT_KEPT ? kept : INPUT_KEPT;
}

void
examiner_free(struct examiner *examiner)
{
	if (!examiner)
		return;
	input_close(&examiner->input);
	arena_free(examiner->arena);
	free(examiner);
}

void
examiner_watch(struct examiner *examiner, volatile uint32_t *stage)
{
	examiner->stage = stage ? stage : &examiner->unwatched;
}

const char *
examine_stage_name(uint32_t stage)
{
	if (stage >= 1 && stage <= N_PARSERS)
		return parsers[stage - 1]->name;
	return stage == STAGE_RULES ? "rules" : "";
}

struct input *
examiner_input(struct examiner *examiner)
{
	return &examiner->input;
}

struct arena *
examiner_arena(struct examiner *examiner)
{
	arena_reset(examiner->arena);
	return examiner->arena;
}

/* Those that structure, text and attachments come from. */
static bool
is_reader(const struct parser *parser)
{
	static const struct parser *const readers[] = { &parser_envelope, &parser_lines,
		&parser_split, &parser_address, &parser_date, &parser_transfer, &parser_uuencode };

	for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
		if (parser == readers[i])
			return true;
	return false;
}

static void
parse(struct examiner *examiner, enum folder folder, enum direction direction, bool all)
{
	const struct input *input = &examiner->input;

	arena_reset(examiner->arena);
	examiner->msg = (struct message){
		.file = input->bytes,
		.file_size = input->size,
		.partial = input->size > input->bytes.len,
		.folder = folder,
		.direction = direction,
		.limits = examiner->limits,
	};
	for (size_t i = 0; i < N_PARSERS; i++) {
		if (!all && !is_reader(parsers[i]))
			continue;
		*examiner->stage = (uint32_t)i + 1;
		parsers[i]->parse(&examiner->msg, examiner->arena);
	}
	*examiner->stage = 0;
}

void
examine_input(
    struct examiner *examiner, enum folder folder, enum direction direction, struct record *record)
{
	parse(examiner, folder, direction, true);
	fill_start(record);
	*examiner->stage = STAGE_RULES;
	rules_run(&examiner->msg, examiner->disabled, record);
	*examiner->stage = 0;
	fill_message(record, &examiner->msg);
	fill_input(record, &examiner->input);
}

void
examine_head(struct examiner *examiner, struct slice bytes, uint64_t size, enum folder folder,
    enum direction direction, struct record *record)
{
	const int error = input_borrow(&examiner->input, bytes);

	if (size > examiner->input.size)
		examiner->input.size = size;

	record->job = 0;
	if (error)
		fill_failed(record, error);
	else
		examine_input(examiner, folder, direction, record);
}

void
examine_bytes(struct examiner *examiner, struct slice bytes, enum folder folder,
    enum direction direction, struct record *record)
{
	examine_head(examiner, bytes, bytes.len, folder, direction, record);
}

const struct message *
examine_read(struct examiner *examiner, enum folder folder, enum direction direction)
{
	parse(examiner, folder, direction, false);
	return &examiner->msg;
}

struct arena *
examine_arena(struct examiner *examiner)
{
	return examiner->arena;
}

void
examine_describe(
    struct examiner *examiner, const struct record *record, struct description *description)
{
	describe(&examiner->msg, examiner->arena, record, description);
}

void
examiner_reset(struct examiner *examiner)
{
	const bool large = arena_used(examiner->arena) > INPUT_ROOM_LASTING;

	arena_reset(examiner->arena);
	input_release(&examiner->input);
	if (large)
		malloc_trim(0);
}
