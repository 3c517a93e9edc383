/*
 * manifest.c - hash manifests that sha256sum -c and hashdeep -a read.
 *
 * Such tools want names as they are. A name that a terminal would act on, or that breaks a line, goes
 * into a comment instead, escaped, with its hash: nothing is lost, and nothing hostile gets out.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/escape.h"
#include "report/formats.h"
#include "report/names.h"
#include "report/words.h"

/* Whether every byte is shown as itself: no control, no invalid UTF-8, no invisible character; and
 * no backslash, which sha256sum takes for an escape of its own. */
static bool
is_plain(struct slice name)
{
	for (size_t pos = 0; pos < name.len;) {
		const struct escaped escaped = escape_next(name, pos);
		const bool blank = name.data[pos] == ' ';

		if (escaped.text[0] == '\\' && !blank)
			return false;
		pos += escaped.taken;
	}
	return name.len > 0;
}

static void
put_comment(FILE *out, const char *what, const char *digest, struct slice name)
{
	fprintf(out, "# %s: %s%s", what, digest, *digest ? "  " : "");
	escape_print(out, name);
	putc('\n', out);
}

typedef void put_row(FILE *out, const char *digest, uint64_t size, const char *name);

/* digest NULL: none is known, `what` says why. */
static void
put_entry(FILE *out, const char *root, struct slice path, const uint8_t *sha256, uint64_t size,
    const char *what, put_row *row)
{
	size_t len = 0;
	unsigned char *name = names_full(root, path, &len);
	const struct slice bytes = slice_of(name, len);
	char digest[65];

	if (!name) {
		fputs("# a name is missing here: out of memory\n", out);
		return;
	}
	if (!sha256)
		put_comment(out, what, "", bytes);
	else if (is_plain(bytes))
		row(out, names_digest(digest, sha256), size, (const char *)name);
	else
		put_comment(out, "name escaped", names_digest(digest, sha256), bytes);
	free(name);
}

static void
put_file(struct report *report, const struct suspect *suspect, put_row *row)
{
	const bool hashed = names_has_digest(suspect);

	put_entry(report->out, suspect->root, suspect->path,
	    hashed ? suspect->record->sha256 : NULL, hashed ? suspect->record->file_size : 0,
	    words_status(suspect->status), row);
}

static void
put_other(struct report *report, const struct artefact *artefact, put_row *row)
{
	put_entry(report->out, artefact->root, artefact->path,
	    artefact->read ? artefact->sha256 : NULL, artefact->size, "not hashed", row);
}

/* What the names are relative to: reports leave the root out when there is only one. */
static void
put_base(struct report *report)
{
	const struct run_info *run = report->run;

	if (run->reproducible || run->n_paths != 1)
		return;
	fputs("# names are relative to ", report->out);
	escape_print(report->out, slice_str(run->paths[0]));
	if (run->n_roots == 1 && *run->roots[0]) {
		putc('/', report->out);
		escape_print(report->out, slice_str(run->roots[0]));
	}
	putc('\n', report->out);
}

static void
begin_sha256sum(struct report *report)
{
	fprintf(report->out, "# SHA-256 by imcscan %s; check with: sha256sum -c --quiet\n",
	    report->run->version);
	put_base(report);
}

static void
sha256sum_row(FILE *out, const char *digest, uint64_t size, const char *name)
{
	(void)size;
	fprintf(out, "%s  %s\n", digest, name);
}

static void
put_sha256sum(struct report *report, const struct suspect *suspect)
{
	put_file(report, suspect, sha256sum_row);
}

static void
put_sha256sum_other(struct report *report, const struct artefact *artefact)
{
	put_other(report, artefact, sha256sum_row);
}

/* hashdeep wants the two lines with %%%% first; comments begin with ##. */
static void
begin_hashdeep(struct report *report)
{
	fprintf(report->out, "%%%%%%%% HASHDEEP-1.0\n%%%%%%%% size,sha256,filename\n");
	fprintf(report->out, "## imcscan %s\n", report->run->version);
	put_base(report);
}

static void
hashdeep_row(FILE *out, const char *digest, uint64_t size, const char *name)
{
	fprintf(out, "%" PRIu64 ",%s,%s\n", size, digest, name);
}

static void
put_hashdeep(struct report *report, const struct suspect *suspect)
{
	put_file(report, suspect, hashdeep_row);
}

static void
put_hashdeep_other(struct report *report, const struct artefact *artefact)
{
	put_other(report, artefact, hashdeep_row);
}

static void
end(struct report *report)
{
	char digest[65];

	fprintf(report->out, "# %" PRIu64 " files met; manifest digest %s\n", report->summary->seen,
	    names_digest(digest, report->summary->manifest));
}

const struct writer writer_sha256sum = {
	.name = "sha256sum",
	.begin = begin_sha256sum,
	.suspect = put_sha256sum,
	.artefact = put_sha256sum_other,
	.end = end,
};

const struct writer writer_hashdeep = {
	.name = "hashdeep",
	.begin = begin_hashdeep,
	.suspect = put_hashdeep,
	.artefact = put_hashdeep_other,
	.end = end,
};
