/* tree.c - folders, file times, and the key (truth.tsv) of a generated tree. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tree.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const folder_names[N_FOLDERS] = {
	[FOLDER_IN] = "In",
	[FOLDER_IN_TEMP] = "In/Temp",
	[FOLDER_IN_ARCHIVE] = "In/Archive",
	[FOLDER_OUT] = "Out",
	[FOLDER_OUT_TEMP] = "Out/Temp",
	[FOLDER_OUT_ARCHIVE] = "Out/Archive",
	[FOLDER_WORK] = "Work",
	[FOLDER_PICKUP] = "Pickup",
	[FOLDER_PICKUP_ARCHIVE] = "Pickup/Archive",
	[FOLDER_LOG] = "Log",
	[FOLDER_ROOT] = "",
};

static void
make_folder(const char *out, const char *name)
{
	char path[PATH_MAX];

	if ((size_t)snprintf(path, sizeof path, "%s%s", out, name) >= sizeof path)
		errx(2, "%s: name too long", out);
	if (mkdir(path, 0777) && errno != EEXIST)
		err(2, "%s", path);
}

static void
refuse_if_filled(const char *path)
{
	DIR *dir = opendir(path);
	unsigned n = 0;

	if (!dir)
		err(2, "%s", path);
	while (readdir(dir))
		n++;
	closedir(dir);
	if (n > 2)
		errx(2, "%s: exists and is not empty", path);
}

void
tree_begin(struct tree *tree)
{
	char path[PATH_MAX];

	make_folder(tree->out, "");
	if (!tree->beside)
		refuse_if_filled(tree->out);
	snprintf(path, sizeof path, "%s/Imcdata", tree->out);
	if (mkdir(path, 0777))
		err(2, "%s", path);
	for (unsigned i = 0; i < FOLDER_ROOT; i++) {
		snprintf(path, sizeof path, "/Imcdata/%s", folder_names[i]);
		make_folder(tree->out, path);
	}
	snprintf(path, sizeof path, "%s/truth.tsv", tree->out);
	tree->truth = fopen(path, "wx");
	if (!tree->truth)
		err(2, "%s", path);
	fputs("path\tkind\tname\tvariant\tcites\n", tree->truth);
}

void
tree_end(struct tree *tree)
{
	if (ferror(tree->truth) | fclose(tree->truth))
		err(2, "truth.tsv");
}

/* Minutes from the first crash to each later start of the service. */
static const int starts[] = { 0, 12, 23, 35, 48, 60, 72 };
enum { N_STARTS = sizeof starts / sizeof *starts };

/* When a message came: In mostly in the 90 minutes before the crash and in bursts after each start,
 * Out never after the crash, with retries some days old. */
static time_t
choose_time(struct scene *s, unsigned *run)
{
	unsigned drawn = rng_below(&s->rng, 100);
	unsigned long span;

	*run = 0;
	if (s->way == WAY_OUT) {
		span = drawn < 55 ? 3 * 3600 : drawn < 85 ? 48 * 3600 : 120 * 3600;
		return SITE_CRASH - 5 - (time_t)rng_below(&s->rng, (unsigned)span);
	}
	if (drawn < 30) {
		*run = rng_between(&s->rng, 1, N_STARTS - 1);
		return SITE_CRASH + starts[*run] * 60 + (time_t)rng_below(&s->rng, 40);
	}
	span = drawn < 85 ? 5400 : drawn < 95 ? 14 * 3600 : 200 * 3600;
	return SITE_CRASH - 1 - (time_t)rng_below(&s->rng, (unsigned)span);
}

int
tree_zone(const struct tree *tree, time_t when)
{
	return tree->zone + (tree->summer && when >= tree->summer ? 60 : 0);
}

struct scene
tree_scene(struct tree *tree, const char *label, uint64_t number, enum way way)
{
	struct scene s = {
		.rng = rng_for(tree->seed, label, number),
		.way = way,
		.big_max = tree->big_max,
		.text_max = tree->text_max,
	};
	unsigned run;

	s.when = choose_time(&s, &run);
	s.zone = tree_zone(tree, s.when);
	spool_name(tree->seed, run, way, tree->numbers[way]++, s.spool_name);
	scene_choose_mailer(&s);
	return s;
}

/* A stream of its own decides, so that all else of the message stays as it was. */
void
tree_one_sender(struct tree *tree, struct scene *s, struct item *item)
{
	struct rng rng = rng_for(tree->seed, "one-sender", tree->n_files);
	struct person *from = &item->letter.from;

	if (!rng_percent(&rng, tree->one_sender))
		return;
	snprintf(from->address, sizeof from->address, "news@bulletin.example");
	snprintf(from->name, sizeof from->name, "Daily Bulletin");
	snprintf(from->host, sizeof from->host, "bulletin.example");
	s->sender = *from;
	item->mail_from = pool_str(&s->pool, "<news@bulletin.example>");
}

enum folder
tree_folder(struct tree *tree, struct scene *s)
{
	unsigned drawn = rng_below(&s->rng, 100);

	if (tree->main_folders || drawn < 70)
		return s->way == WAY_IN ? FOLDER_IN : FOLDER_OUT;
	if (drawn < 94)
		return s->way == WAY_IN ? FOLDER_IN_TEMP : FOLDER_OUT_TEMP;
	return s->way == WAY_IN ? FOLDER_IN_ARCHIVE : FOLDER_OUT_ARCHIVE;
}

static void
write_whole(int fd, const char *path, const struct buf *file)
{
	for (size_t done = 0; done < file->len;) {
		ssize_t n = write(fd, file->data + done, file->len - done);

		if (n < 0)
			err(2, "%s", path);
		done += (size_t)n;
	}
}

void
tree_write(struct tree *tree, const struct scene *s, enum folder folder, const char *name,
    const struct buf *file, const struct truth *truth)
{
	char path[PATH_MAX], relative[512];
	struct timespec times[2] = { { .tv_sec = s->when }, { .tv_sec = s->when } };

	snprintf(relative, sizeof relative, "%s%s%s", folder_names[folder],
	    *folder_names[folder] ? "/" : "", name);
	if ((size_t)snprintf(path, sizeof path, "%s/Imcdata/%s", tree->out, relative) >=
	    sizeof path)
		errx(2, "%s: name too long", tree->out);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		err(2, "%s", path);
	write_whole(fd, path, file);
	if (futimens(fd, times) | close(fd))
		err(2, "%s", path);
	tree->n_files++;
	tree->bytes += file->len;
	if (truth)
		fprintf(tree->truth, "%s\t%s\t%s\t%u\t%s\n", relative, truth->kind, truth->name,
		    truth->variant, truth->cites);
}

void
tree_recipe(struct tree *tree, const struct recipe *recipe, const char *kind, unsigned variant,
    uint64_t number, enum way way, enum folder folder)
{
	struct scene s = tree_scene(tree, recipe ? recipe->name : kind, number, way);
	struct item item = { .mail_from = NULL };
	size_t text_at;

	if (!recipe)
		recipe = clean_choose(&s);
	if (folder == N_FOLDERS)
		folder = tree_folder(tree, &s);
	item_begin(&s, &item);
	if (!strcmp(kind, "clean"))
		tree_one_sender(tree, &s, &item);
	recipe->make(&s, variant, &item);
	struct buf *file = spool_file(&s, &item, &tree->look, &text_at);
	struct truth truth = { kind, recipe->name, variant,
		item.cites ? item.cites : recipe->cites };
	tree_write(tree, &s, folder, item.file_name ? item.file_name : s.spool_name, file, &truth);
	pool_clear(&s.pool);
}

/* The sound message that damage mixes into another one. Its bytes live until the pool of s is
 * cleared. */
static const struct buf *
write_neighbour(struct tree *tree, const struct damage *damage, unsigned variant, enum way way,
    enum folder folder, struct scene *s)
{
	struct item item = { .mail_from = NULL };
	struct truth truth = { "clean", "neighbour", variant, "-" };
	size_t text_at;

	*s = tree_scene(tree, "neighbour", variant, way);
	item_begin(s, &item);
	damage->beside(s, variant, &item);
	struct buf *file = spool_file(s, &item, &tree->look, &text_at);
	tree_write(tree, s, folder, s->spool_name, file, &truth);
	return file;
}

void
tree_damage(struct tree *tree, const struct damage *damage, unsigned variant, enum way way,
    enum folder folder)
{
	struct scene s = tree_scene(tree, damage->name, variant, way);
	struct item item = { .mail_from = NULL };
	struct scene beside = { .text_max = tree->text_max };
	struct truth truth = { "damage", damage->name, variant, "-" };
	size_t text_at;

	if (damage->beside)
		s.neighbour = write_neighbour(tree, damage, variant, way, folder, &beside);
	item_begin(&s, &item);
	damage->make(&s, variant, &item);
	struct buf *file = spool_file(&s, &item, &tree->look, &text_at);
	damage->apply(&s, variant, file, text_at);
	tree_write(tree, &s, folder, s.spool_name, file, &truth);
	pool_clear(&s.pool);
	pool_clear(&beside.pool);
}
