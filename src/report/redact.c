/* redact.c - reports without personal data: tokens in the place of addresses, subjects and names. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/redact.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOKEN_MAX 64 /* bytes of one token, NUL included */
#define PATH_ROOM 4096
#define CLUES_MAX 256

struct redactor {
	uint64_t key;
	struct suspect suspect;
	struct artefact artefact;
	struct record record;
	struct clue clues[CLUES_MAX];
	struct run_info run;
	struct summary summary;
	struct clue *rule_outs;
	char **names; /* of run.paths, then of run.roots */
	size_t n_names;
	char path[PATH_ROOM], root[PATH_ROOM], twin[PATH_ROOM], twin_root[PATH_ROOM];
	char host[TOKEN_MAX];
};

struct redactor *
redactor_new(const struct summary *summary)
{
	struct redactor *redactor = calloc(1, sizeof *redactor);

	if (redactor)
		redactor->key = summary->content_mix;
	return redactor;
}

void
redactor_free(struct redactor *redactor)
{
	if (!redactor)
		return;
	for (size_t i = 0; i < redactor->n_names; i++)
		free(redactor->names[i]);
	free(redactor->names);
	free(redactor->rule_outs);
	free(redactor);
}

/* Twelve digits of SHA-256(key, kind, bytes): for 100,000 names two share a token once in 50,000
 * reports. */
static const char *
token(const struct redactor *redactor, const char *kind, struct slice s, char out[TOKEN_MAX])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[EVP_MAX_MD_SIZE];
	char hex[13];
	EVP_MD_CTX *context = EVP_MD_CTX_new();

	if (!context || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1 ||
	    EVP_DigestUpdate(context, &redactor->key, sizeof redactor->key) != 1 ||
	    EVP_DigestUpdate(context, kind, strlen(kind) + 1) != 1 ||
	    EVP_DigestUpdate(context, s.data, s.len) != 1 ||
	    EVP_DigestFinal_ex(context, hash, NULL) != 1)
		memset(hash, 0, sizeof hash); /* all alike, and nothing is told */
	EVP_MD_CTX_free(context);
	for (size_t i = 0; i < sizeof hex - 1; i++)
		hex[i] = digits[i % 2 ? hash[i / 2] & 15 : hash[i / 2] >> 4];
	hex[sizeof hex - 1] = '\0';
	snprintf(out, TOKEN_MAX, "%s-%s", kind, hex);
	return out;
}

/* user-…@domain-…, so that one domain behind many senders shows. */
static struct text_ref
put_address(struct redactor *redactor, struct slice address)
{
	char user[TOKEN_MAX], domain[TOKEN_MAX], both[2 * TOKEN_MAX];
	const size_t at = slice_rfind(address, '@');

	if (address.len == 0)
		return record_text(&redactor->record, address);
	if (at == SLICE_NONE)
		return record_text(
		    &redactor->record, slice_str(token(redactor, "address", address, user)));
	snprintf(both, sizeof both, "%s@%s",
	    token(redactor, "user", slice_cut(address, 0, at), user),
	    token(redactor, "domain", slice_from(address, at + 1), domain));
	return record_text(&redactor->record, slice_str(both));
}

static struct text_ref
put_token(struct redactor *redactor, const char *kind, struct slice s)
{
	char text[TOKEN_MAX];

	if (s.len == 0)
		return record_text(&redactor->record, s);
	return record_text(&redactor->record, slice_str(token(redactor, kind, s, text)));
}

/* Names that tell nothing of anybody: folders of the layout, logs of the server. */
static bool
is_known(struct slice name)
{
	static const char *const known[] = { "In", "Out", "Temp", "Archive", "Work", "Pickup",
		"TempIMS", "Log", "Imcdata", "queue.dat", "queue.old", "drwtsn32.log",
		"robocopy.log", "AppEvent.evt", "SysEvent.evt", "Tracking.log", "Turfdir" };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (slice_eq_nocase(name, known[i]))
			return true;
	}
	return false;
}

/* Eight digits and letters, as spool names are, or L0000000.LOG: more than the walker's test lets
 * through is kept only when it holds a digit, which names of people seldom do. */
static bool
is_spool_like(struct slice name)
{
	bool digit = false;

	if (name.len == 12 && slice_starts_nocase(name, "L0") &&
	    slice_eq_nocase(slice_from(name, 8), ".log"))
		return true;
	if (name.len != 8)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		const bool own = byte_is_digit(name.data[i]);

		if (!own && !byte_is_alpha(name.data[i]))
			return false;
		digit |= own;
	}
	return digit;
}

/* Component by component; returns the length. What does not fit is cut. */
static size_t
put_path(const struct redactor *redactor, struct slice path, char out[PATH_ROOM])
{
	size_t used = 0, from = 0;

	while (from <= path.len && path.len > 0) {
		const size_t slash = slice_find(path, from, '/');
		const size_t end = slash == SLICE_NONE ? path.len : slash;
		const struct slice name = slice_cut(path, from, end - from);
		char text[TOKEN_MAX];
		struct slice shown = name;

		if (name.len > 0 && !is_known(name) && !is_spool_like(name))
			shown = slice_str(token(redactor, "name", name, text));
		if (used + shown.len + 2 > PATH_ROOM)
			break;
		if (from > 0)
			out[used++] = '/';
		if (shown.len > 0)
			memcpy(out + used, shown.data, shown.len);
		used += shown.len;
		from = end + 1;
	}
	out[used] = '\0';
	return used;
}

static void
redact_clue(const struct redactor *redactor, struct clue *clue)
{
	char path[PATH_ROOM];
	size_t len = put_path(redactor, slice_of(clue->log, clue->log_len), path);

	if (len > sizeof clue->log)
		len = sizeof clue->log;
	memset(clue->log, 0, sizeof clue->log);
	memcpy(clue->log, path, len);
	clue->log_len = (uint16_t)len;
	clue->detail[0] = '\0';
	clue->quote[0] = '\0';
}

/* Details quote the message, and no reader can tell which words are ours. */
static void
copy_findings(struct record *to, const struct record *from)
{
	memcpy(to->findings, from->findings, from->n_findings * sizeof *to->findings);
	for (uint32_t i = 0; i < to->n_findings; i++) {
		to->findings[i].detail[0] = '\0';
		to->findings[i].detail_len = 0;
	}
}

static void
copy_record(struct redactor *redactor, const struct record *from)
{
	struct record *to = &redactor->record;

	memcpy(to, from, offsetof(struct record, findings));
	copy_findings(to, from);
	to->pool_len = 0;
	to->mail_from = put_address(redactor, record_slice(from, from->mail_from));
	for (uint32_t i = 0; i < from->n_rcpt; i++)
		to->rcpt[i] = put_address(redactor, record_slice(from, from->rcpt[i]));
	to->mts_id = put_token(redactor, "mts", record_slice(from, from->mts_id));
	to->from = put_token(redactor, "from", record_slice(from, from->from));
	to->subject = put_token(redactor, "subject", record_slice(from, from->subject));
	to->message_id = put_token(redactor, "id", record_slice(from, from->message_id));
	to->size = (uint32_t)record_packed_size(to);
}

static const char *
redact_root(const struct redactor *redactor, const char *root, char out[PATH_ROOM])
{
	(void)put_path(redactor, slice_str(root), out);
	return out;
}

const struct suspect *
redact_suspect(struct redactor *redactor, const struct suspect *suspect)
{
	struct suspect *out = &redactor->suspect;

	*out = *suspect;
	out->root = redact_root(redactor, suspect->root, redactor->root);
	out->path = slice_of(redactor->path, put_path(redactor, suspect->path, redactor->path));
	if (suspect->n_twins > 0) {
		out->twin_root = redact_root(
		    redactor, suspect->twin_root ? suspect->twin_root : "", redactor->twin_root);
		out->twin =
		    slice_of(redactor->twin, put_path(redactor, suspect->twin, redactor->twin));
	}
	if (suspect->record) {
		copy_record(redactor, suspect->record);
		out->record = &redactor->record;
	}
	out->n_clues = suspect->n_clues < CLUES_MAX ? suspect->n_clues : CLUES_MAX;
	if (out->n_clues > 0)
		memcpy(redactor->clues, suspect->clues, out->n_clues * sizeof *redactor->clues);
	for (uint32_t i = 0; i < out->n_clues; i++)
		redact_clue(redactor, &redactor->clues[i]);
	out->clues = redactor->clues;
	out->description = NULL; /* it holds the message's own bytes */
	return out;
}

const struct artefact *
redact_artefact(struct redactor *redactor, const struct artefact *artefact)
{
	struct artefact *out = &redactor->artefact;

	*out = *artefact;
	out->root = redact_root(redactor, artefact->root, redactor->root);
	out->path = slice_of(redactor->path, put_path(redactor, artefact->path, redactor->path));
	return out;
}

static bool
add_names(struct redactor *redactor, const char *const *names, size_t count)
{
	char path[PATH_ROOM];

	for (size_t i = 0; i < count; i++) {
		(void)put_path(redactor, slice_str(names[i]), path);
		redactor->names[redactor->n_names] = strdup(path);
		if (!redactor->names[redactor->n_names++])
			return false;
	}
	return true;
}

const struct run_info *
redact_run(struct redactor *redactor, const struct run_info *run)
{
	struct run_info *out = &redactor->run;

	*out = *run;
	redactor->names = calloc(run->n_paths + run->n_roots + 1, sizeof *redactor->names);
	if (!redactor->names || !add_names(redactor, run->paths, run->n_paths) ||
	    !add_names(redactor, run->roots, run->n_roots))
		return NULL;
	out->paths = (const char *const *)redactor->names;
	out->roots = (const char *const *)redactor->names + run->n_paths;
	out->redacted = true;
	if (run->host && *run->host)
		out->host = token(redactor, "host", slice_str(run->host), redactor->host);
	return out;
}

const struct summary *
redact_summary(struct redactor *redactor, const struct summary *summary)
{
	const size_t count = summary->n_rule_outs;

	redactor->summary = *summary;
	redactor->rule_outs = calloc(count + 1, sizeof *redactor->rule_outs);
	if (!redactor->rule_outs)
		return NULL;
	if (count > 0)
		memcpy(
		    redactor->rule_outs, summary->rule_outs, count * sizeof *redactor->rule_outs);
	for (size_t i = 0; i < count; i++)
		redact_clue(redactor, &redactor->rule_outs[i]);
	redactor->summary.rule_outs = redactor->rule_outs;
	for (uint32_t i = 0; i < summary->picture.n_spans; i++)
		snprintf(redactor->summary.picture.spans[i].name,
		    sizeof redactor->summary.picture.spans[i].name, "number %" PRIu32, i + 1);
	return &redactor->summary;
}
