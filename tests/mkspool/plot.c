/* plot.c - the messages of a scenario, the story that its logs tell, and the files both lie in. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <err.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "scenario.h"

void
plot_say(struct plot *plot, const char *word, const char *place, const char *value)
{
	fprintf(plot->truth, "%s\t%s\t%s\n", word, place, value);
}

static const char *
keep(struct plot *plot, const void *bytes, size_t len)
{
	struct buf *copy = pool_buf(&plot->pool);

	buf_add(copy, bytes, len);
	return log_string(copy);
}

/* What follows `name` on its line, folded or not; "" when there is none. */
static const char *
field(struct plot *plot, const struct buf *text, const char *name)
{
	size_t at = buf_find(text, 0, name), end;

	if (at == SIZE_MAX)
		return "";
	at += strlen(name);
	while (at < text->len && strchr(" \t\r\n", text->data[at]))
		at++;
	end = buf_find(text, at, "\r\n");
	return keep(plot, text->data + at, end == SIZE_MAX ? 0 : end - at);
}

static void
remember(struct plot *plot, const struct scene *s, const struct item *item, enum folder folder,
    size_t size)
{
	const char *id = field(plot, item->text, "\nMessage-ID:");
	const size_t n_from = item->mail_from->len;
	static const char *const folders[N_FOLDERS] = { [FOLDER_IN] = "in",
		[FOLDER_IN_TEMP] = "in\\temp",
		[FOLDER_IN_ARCHIVE] = "in\\archive",
		[FOLDER_OUT] = "out",
		[FOLDER_OUT_TEMP] = "out\\temp",
		[FOLDER_OUT_ARCHIVE] = "out\\archive" };
	struct log_mail *mail;

	if (plot->n_mails == plot->room) {
		plot->room = plot->room ? plot->room * 2 : 256;
		plot->mails = reallocarray(plot->mails, plot->room, sizeof *plot->mails);
		if (!plot->mails)
			err(2, "memory");
	}
	mail = &plot->mails[plot->n_mails++];
	*mail = (struct log_mail){ .name = keep(plot, s->spool_name, 8),
		.folder = folders[folder],
		.sender = keep(plot, item->mail_from->data + 1, n_from > 2 ? n_from - 2 : 0),
		.recipient =
		    keep(plot, item->rcpts->data + 1, strlen((const char *)item->rcpts->data) - 2),
		.host = keep(plot, s->sender.host, strlen(s->sender.host)),
		.message_id = *id ? id : field(plot, item->text, "\nMessage-Id:"),
		.subject = field(plot, item->text, "\nSubject:"),
		.when = s->when,
		.size = size,
		.recipients = keep(plot, item->rcpts->data, item->rcpts->len),
		.n_recipients = item->n_rcpts,
		.waits = s->when >= plot->story.crash && folder == FOLDER_IN };
}

/* The same two people write again. */
static void
take_people(struct scene *s, struct item *item, const struct log_mail *like)
{
	snprintf(item->letter.from.address, sizeof item->letter.from.address, "%s", like->sender);
	snprintf(item->letter.from.host, sizeof item->letter.from.host, "%s", like->host);
	item->letter.n_to = 1;
	item->letter.n_cc = 0;
	snprintf(
	    item->letter.to[0].address, sizeof item->letter.to[0].address, "%s", like->recipient);
	s->sender = item->letter.from;
}

/* Some rare bytes of the head, as the stack of the dead thread may hold them. */
static void
take_fragment(struct plot *plot, const struct item *item)
{
	static const char *const anchors[] = { "\nMessage-ID: <", "\nMessage-Id: <", "\nDate: " };
	const struct buf *text = item->text;
	size_t at = SIZE_MAX, len = 16 + rng_below(&plot->rng, 24);

	for (size_t i = plot->tree->seed % 4 ? 0 : 2; i < 3 && at == SIZE_MAX; i++) {
		at = buf_find(text, 0, anchors[i]);
		if (at != SIZE_MAX)
			at += strlen(anchors[i]) + rng_below(&plot->rng, 4);
	}
	if (at == SIZE_MAX || at + len > text->len)
		errx(1, "the culprit has neither Message-ID nor Date");
	plot->story.fragment = keep(plot, text->data + at, len);
	plot->story.n_fragment = len;
}

struct log_mail *
plot_message(struct plot *plot, const char *label, const struct part *part)
{
	struct tree *tree = plot->tree;
	struct scene s = tree_scene(tree, label, plot->n_mails, part->way);
	struct item item = { .mail_from = NULL };
	const struct recipe *recipe = part->recipe ? part->recipe : clean_choose(&s);
	struct truth truth = { "clean", recipe->name, 1, "-" };
	enum folder folder = part->folder == N_FOLDERS ? tree_folder(tree, &s) : part->folder;
	size_t text_at;

	if (part->when)
		s.when = part->when;
	if (part->mailer)
		s.mailer = part->mailer;
	s.zone = tree_zone(tree, s.when);
	item_begin(&s, &item);
	item.letter.no_received = part->unreceived;
	if (part->like)
		take_people(&s, &item, part->like);
	recipe->make(&s, 1, &item);
	struct buf *file = spool_file(&s, &item, &tree->look, &text_at);
	tree_write(tree, &s, folder, s.spool_name, file, &truth);
	remember(plot, &s, &item, folder, file->len);
	if (!strcmp(label, "culprit"))
		take_fragment(plot, &item);
	pool_clear(&s.pool);
	return &plot->mails[plot->n_mails - 1];
}

void
plot_begin(struct plot *plot, struct tree *tree, const char *name, unsigned count)
{
	char path[PATH_MAX];

	*plot = (struct plot){ .tree = tree, .name = name, .count = count };
	plot->rng = rng_for(tree->seed, "plot", 0);
	plot->story = (struct log_story){ .crash = SITE_CRASH,
		.zone = tree->zone,
		.summer = tree->summer,
		.n_crashes = 1 + (unsigned)tree->seed % 4,
		.function = "<nosymbols>",
		.address = 0x0041d36e };
	snprintf(path, sizeof path, "%s/scenario.tsv", tree->out);
	plot->truth = fopen(path, "wx");
	if (!plot->truth)
		err(2, "%s", path);
	snprintf(path, sizeof path, "%s/evidence", tree->out);
	if (mkdir(path, 0777))
		err(2, "%s", path);
	plot_say(plot, "scenario", "-", name);
	for (unsigned i = 0; i < count; i++)
		plot_message(plot, "clean",
		    &(struct part){ .way = i % 2 ? WAY_OUT : WAY_IN,
			.folder = N_FOLDERS,
			.unreceived = !strcmp(name, "zone-unknown") });
}

static int
by_time(const void *a, const void *b)
{
	const struct log_mail *one = a, *other = b;

	if (one->when != other->when)
		return one->when < other->when ? -1 : 1;
	return strcmp(one->name, other->name);
}

void
plot_culprit(struct plot *plot, unsigned rank)
{
	/* Mailers whose heads no rule remarks on. */
	static const enum mailer_id mailers[] = { M_EUDORA, M_ELM, M_PEGASUS, M_AOL, M_CCMAIL };
	struct log_story *story = &plot->story;
	const struct log_mail *mail = plot_message(plot, "culprit",
	    &(struct part){ .way = WAY_IN,
		.folder = FOLDER_IN,
		.when = story->crash - 1,
		.recipe = clean_named("plain"),
		.mailer = mailer_at(mailers[plot->tree->seed % 5]),
		.unreceived = !strcmp(plot->name, "zone-unknown") });
	char text[16];

	story->culprit = mail->name;
	story->sender = mail->sender;
	story->recipient = mail->recipient;
	story->recipients = mail->recipients;
	story->n_recipients = mail->n_recipients;
	story->host = mail->host;
	story->message_id = mail->message_id;
	story->size = mail->size;
	plot->culprit_path = log_string(pool_fmt(&plot->pool, "In/%s", mail->name));
	snprintf(text, sizeof text, "%u", rank);
	plot_say(plot, "culprit", plot->culprit_path, text);
}

static void
write_beside(struct plot *plot, const char *name, const struct buf *log)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/evidence/%s", plot->tree->out, name);
	FILE *out = fopen(path, "wx");
	if (!out || fwrite(log->data, 1, log->len, out) != log->len || fclose(out))
		err(2, "%s", path);
}

void
plot_log(struct plot *plot, const char *kind, const char *name, enum log_place place,
    const struct buf *log)
{
	const bool beside = plot->tree->seed % 2 && place != PLACE_LOG;
	struct scene s = tree_scene(plot->tree, "log", 0, WAY_IN);
	char path[PATH_MAX], where[128];

	snprintf(where, sizeof where, "%s%s",
	    place == PLACE_LOG        ? "Log/"
	    : place == PLACE_TRACKING ? "Tracking.log/"
				      : "",
	    name);
	if (beside) {
		write_beside(plot, name, log);
	} else {
		if (place == PLACE_TRACKING) {
			snprintf(path, sizeof path, "%s/Imcdata/Tracking.log", plot->tree->out);
			if (mkdir(path, 0777))
				err(2, "%s", path);
		}
		s.when = SITE_CRASH + 7200;
		tree_write(plot->tree, &s, FOLDER_ROOT, where, log, NULL);
	}
	snprintf(
	    path, sizeof path, "%s/%s", beside ? "evidence" : "Imcdata", beside ? name : where);
	plot_say(plot, "log", path, kind);
	pool_clear(&s.pool);
}

static void
one_log(struct plot *plot, char letter, const char *const *gone)
{
	const struct log_story *story = &plot->story;
	struct buf *log = pool_buf(&plot->pool), *wide = pool_buf(&plot->pool);
	const unsigned seed = (unsigned)plot->tree->seed;

	if (letter == 'e') {
		log_event_log(log, story);
		plot_log(plot, "event-log", "AppEvent.evt", PLACE_ROOT, log);
	} else if (letter == 'r') {
		log_event_ring(log, story);
		plot_log(plot, "event-log", "AppEvent.evt", PLACE_ROOT, log);
	} else if (letter == 'x') {
		log_event_export(log, story);
		plot_log(plot, "event-text", story->comma ? "appevent.csv" : "appevent.txt",
		    PLACE_ROOT, log);
	} else if (letter == 'w') {
		log_drwatson(log, story);
		if (seed % 3 == 1)
			log_widen(wide, log);
		plot_log(plot, "drwatson", "drwtsn32.log", PLACE_ROOT, seed % 3 == 1 ? wide : log);
	} else if (letter == 'c') {
		(seed % 4 == 3 ? log_xcopy : log_robocopy)(log, story);
		if (seed % 4 == 2)
			log_widen(wide, log);
		plot_log(plot, "copy", seed % 4 == 3 ? "xcopy.log" : "robocopy.log", PLACE_ROOT,
		    seed % 4 == 2 ? wide : log);
	} else if (letter == 's') {
		log_protocol(log, story);
		plot_log(plot, "smtp", "L0000007.LOG", PLACE_LOG, log);
	} else if (letter == 't') {
		log_tracking(log, story);
		plot_log(plot, "tracking", "20010305.log", PLACE_TRACKING, log);
	} else {
		log_queue(log, story, gone);
		plot_log(plot, "queue", "queue.dat", PLACE_ROOT, log);
	}
}

void
plot_logs(struct plot *plot, const char *letters)
{
	const char *gone[] = { plot_absent_name(plot), plot_absent_name(plot), NULL };

	qsort(plot->mails, plot->n_mails, sizeof *plot->mails, by_time);
	plot->story.mails = plot->mails;
	plot->story.n_mails = plot->n_mails;
	for (; *letters; letters++)
		one_log(plot, *letters, gone);
}

const char *
plot_absent_name(struct plot *plot)
{
	char name[9];

	spool_name(plot->tree->seed, 0, WAY_IN, plot->tree->numbers[WAY_IN]++, name);
	return keep(plot, name, 8);
}

void
plot_end(struct plot *plot)
{
	if (ferror(plot->truth) | fclose(plot->truth))
		err(2, "scenario.tsv");
	free(plot->mails);
	pool_clear(&plot->pool);
}
