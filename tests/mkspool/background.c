/* background.c - wraps a folder of real mail as spool files. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <err.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>

#include "tree.h"

struct paths {
	char **list;
	size_t n, cap;
};

/* nftw has no argument of the caller's, so the list it fills stands here while it walks. */
static struct paths found;

static int
note_file(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)walk;
	if (type != FTW_F || !status->st_size)
		return 0;
	if (found.n == found.cap) {
		found.cap = found.cap ? found.cap * 2 : 1024;
		found.list = reallocarray(found.list, found.cap, sizeof *found.list);
	}
	if (!found.list || !(found.list[found.n++] = strdup(path)))
		err(2, "memory");
	return 0;
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted, then shuffled by the seed: the same choice on every machine. */
static void
list_mail(struct tree *tree, const char *folder)
{
	struct rng rng = rng_for(tree->seed, "background", 0);

	if (nftw(folder, note_file, 32, FTW_PHYS))
		err(2, "%s", folder);
	if (!found.n)
		errx(2, "%s: no files", folder);
	qsort(found.list, found.n, sizeof *found.list, by_path);
	for (size_t i = found.n - 1; i; i--) {
		size_t j = rng_below(&rng, (unsigned)i + 1);
		char *kept = found.list[i];

		found.list[i] = found.list[j];
		found.list[j] = kept;
	}
}

static void
read_file(const char *path, struct buf *out)
{
	FILE *in = fopen(path, "rb");
	char block[8192];
	size_t n;

	if (!in)
		err(2, "%s", path);
	while ((n = fread(block, 1, sizeof block, in)))
		buf_add(out, block, n);
	if (ferror(in))
		err(2, "%s", path);
	fclose(in);
}

/* The text as it would have come over the wire: no mailbox line, CRLF at every line end. */
static void
add_mail(struct buf *out, const struct buf *raw)
{
	size_t i = 0;

	if (raw->len > 5 && !memcmp(raw->data, "From ", 5))
		while (i < raw->len && raw->data[i++] != '\n')
			;
	for (; i < raw->len; i++) {
		if (raw->data[i] == '\n' && (!i || raw->data[i - 1] != '\r'))
			buf_byte(out, '\r');
		buf_byte(out, raw->data[i]);
	}
	if (!buf_ends(out, "\r\n"))
		buf_str(out, "\r\n");
}

/* The address of the From line, when it is a plain one, becomes the envelope's. */
static void
take_sender(struct scene *s, struct item *item, const struct buf *text)
{
	size_t from = buf_find(text, 0, "\nFrom: "), line, at, start, end;

	if (from == SIZE_MAX || (at = buf_find(text, from, "@")) == SIZE_MAX)
		return;
	line = buf_find(text, from + 1, "\r");
	for (start = at; start > from + 7 && !strchr(" <\t\":(", text->data[start - 1]); start--)
		;
	for (end = at; end < line && !strchr(" >\t\",)\r", text->data[end]); end++)
		;
	if (end <= line && end - start < 200 && start < at && end > at + 1)
		item->mail_from = pool_fmt(
		    &s->pool, "<%.*s>", (int)(end - start), (const char *)text->data + start);
}

static void
wrap(struct tree *tree, const char *path, unsigned number, enum way way)
{
	struct scene s = tree_scene(tree, "wrapped", number, way);
	struct item item = { .mail_from = NULL };
	struct buf *raw = pool_buf(&s.pool), *text = pool_buf(&s.pool);
	struct truth truth = { "clean", "wrapped", number + 1, "-" };
	struct entity none = { pool_buf(&s.pool), pool_buf(&s.pool) };
	size_t text_at;

	item_begin(&s, &item);
	read_file(path, raw);
	add_mail(text, raw);
	take_sender(&s, &item, text);
	tree_one_sender(tree, &s, &item);
	item_finish(&s, &item, &none);
	/* Keep only the gateway's own Received line of the head just written. */
	item.text->len =
	    way == WAY_IN ? buf_find(item.text, buf_find(item.text, 0, "\n") + 1, "\n") + 1 : 0;
	buf_cat(item.text, text);
	truth.name = path;
	tree_write(tree, &s, tree_folder(tree, &s), s.spool_name,
	    spool_file(&s, &item, &tree->look, &text_at), &truth);
	pool_clear(&s.pool);
}

static void
odd_one(struct tree *tree, unsigned n_before, unsigned number)
{
	struct recipe_list odd = odd_list();

	tree_recipe(tree, &odd.rows[n_before % odd.n], "odd", n_before / odd.n + 1, number, WAY_IN,
	    N_FOLDERS);
}

void
tree_background(struct tree *tree, const char *folder, unsigned n, unsigned odd_percent,
    enum way way, bool both)
{
	unsigned n_odd = 0;

	list_mail(tree, folder);
	if (!n)
		n = (unsigned)found.n;
	for (unsigned i = 0; i < n; i++) {
		enum way here = both ? (i % 2 ? WAY_OUT : WAY_IN) : way;

		if ((i + 1) * odd_percent / 100 > n_odd)
			odd_one(tree, n_odd++, i);
		else
			wrap(tree, found.list[i % found.n], i, here);
	}
	for (size_t i = 0; i < found.n; i++)
		free(found.list[i]);
	free(found.list);
	found = (struct paths){ NULL };
}
