/*
 * logs_copy.c - what a copy of the tree wrote, and queue.dat.
 *
 * robocopy: banner, classes and errors as the format notes have them from published logs. The lines
 * of xcopy are a guess by the wording of its help; of queue.dat no layout is published (Q148727,
 * Q302863): attested is that names of spool files stand in it.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define REASON "The process cannot access the file because it is being used by another process."

static bool
is_locked(const struct log_story *story, const char *name)
{
	if (!story->copied && story->culprit && !strcmp(story->culprit, name))
		return true;
	for (size_t i = 0; story->locked && story->locked[i]; i++)
		if (!strcmp(story->locked[i], name))
			return true;
	return false;
}

static void
add_file(struct buf *to, const char *name, unsigned long size)
{
	buf_fmt(to, "\t    New File  \t\t%8lu\t%s\r\n", size, name);
}

/* Two tries half a minute apart; the log may end within the second. */
static void
add_failure(struct buf *to, const struct log_story *story, time_t *now, const char *folder,
    const char *name, unsigned long size)
{
	for (unsigned i = 0; i < 2; i++, *now += 30) {
		const struct tm tm = log_local(story, *now);

		add_file(to, name, size);
		buf_fmt(to,
		    "%d/%02d/%02d %02d:%02d:%02d ERROR 32 (0x00000020) Copying File " LOG_ROOT
		    "%s%s\r\n" REASON "\r\n",
		    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
		    folder, name);
		if (!i)
			buf_str(to, "Waiting 30 seconds... Retrying...\r\n");
		else if (!story->unfinished)
			buf_str(to, "\r\nERROR: RETRY LIMIT EXCEEDED.\r\n\r\n");
	}
}

/* What the copy counts. */
struct totals {
	time_t now;
	unsigned copied, failed;
};

static void
add_copied(struct buf *to, struct totals *totals, const char *name, unsigned long size)
{
	add_file(to, name, size);
	buf_str(to, "  0%\r100%  \r\n");
	totals->copied++;
}

static void
add_mail(struct buf *to, const struct log_story *story, struct totals *totals,
    const struct log_mail *mail)
{
	char folder[16];

	if (!is_locked(story, mail->name)) {
		add_copied(to, totals, mail->name, mail->size);
		return;
	}
	snprintf(folder, sizeof folder, "%s\\", mail->folder);
	add_failure(to, story, &totals->now, folder, mail->name, mail->size);
	totals->failed++;
}

static void
add_folder(struct buf *to, const struct log_story *story, struct totals *totals, const char *folder)
{
	const struct log_mail alone = {
		.name = story->culprit, .folder = "in", .size = story->size ? story->size : 6630
	};
	bool known = false;
	size_t n = 0;

	for (size_t i = 0; i < story->n_mails; i++)
		n += !strcmp(story->mails[i].folder, folder);
	buf_fmt(to, "\t%18zu\t" LOG_ROOT "%s\\\r\n", n, folder);
	if (story->before && !strcmp(folder, "in"))
		add_copied(to, totals, story->before, 2311);
	for (size_t i = 0; i < story->n_mails; i++) {
		if (strcmp(story->mails[i].folder, folder))
			continue;
		known |= story->culprit && !strcmp(story->mails[i].name, story->culprit);
		add_mail(to, story, totals, &story->mails[i]);
	}
	if (story->culprit && !known && !strcmp(folder, "in"))
		add_mail(to, story, totals, &alone);
}

void
log_robocopy(struct buf *to, const struct log_story *story)
{
	static const char *const folders[] = { "out", "out\\archive", "out\\temp", "in\\archive",
		"in\\temp", "in" };
	struct totals totals = { .now = story->crash + 7200 };

	buf_str(to,
	    "-------------------------------------------------------------------------------\r\n"
	    "   ROBOCOPY     ::     Robust File Copy for Windows     ::     Version XP010\r\n"
	    "-------------------------------------------------------------------------------\r\n\r\n"
	    "  Started : Mon Mar 05 16:05:02 2001\r\n\r\n   Source : " LOG_ROOT "\r\n"
	    "     Dest : E:\\copy\\imcdata\\\r\n\r\n    Files : *.*\r\n\r\n"
	    "  Options : *.* /S /E /COPY:DAT /R:1 /W:30 \r\n\r\n"
	    "-------------------------------------------------------------------------------\r\n\r\n"
	    "\t                 1\t" LOG_ROOT "\r\n");
	/* It is in use as long as the service hangs, whatever the message is. */
	add_failure(to, story, &totals.now, "", "queue.dat", 1114112);
	totals.failed++;
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		add_folder(to, story, &totals, folders[i]);
	if (story->unfinished)
		return;
	buf_fmt(to,
	    "\r\n               Total    Copied   Skipped  Mismatch    FAILED    Extras\r\n"
	    "    Dirs :         7         7         0         0         0         0\r\n"
	    "   Files : %9u %9u         0         0 %9u         0\r\n",
	    totals.copied + totals.failed, totals.copied, totals.failed);
}

/* With /C it goes on after a file that it cannot open. */
void
log_xcopy(struct buf *to, const struct log_story *story)
{
	unsigned copied = 0;

	for (size_t i = 0; i < story->n_mails; i++) {
		const struct log_mail *mail = &story->mails[i];

		buf_fmt(to, LOG_ROOT "%s\\%s\r\n", mail->folder, mail->name);
		if (is_locked(story, mail->name))
			buf_str(
			    to, "File creation error - " REASON "\r\n\r\nSharing violation\r\n");
		else
			copied++;
	}
	buf_fmt(to, "%u File(s) copied\r\n", copied);
}

/* A heap of a megabyte: names between pointers, ASCII in its first half, wide in the other. */
void
log_queue(struct buf *to, const struct log_story *story, const char *const *gone)
{
	size_t at = 4096;

	buf_fill(to, 0, 1114112);
	for (size_t i = 0; i < story->n_mails; i++, at += 176) {
		const char *name = story->mails[i].name;
		const size_t step = i % 2 ? 2 : 1;

		to->data[at - 4] = (unsigned char)(i * 37);
		for (size_t j = 0; name[j] && at + j * step < to->len; j++)
			to->data[at + j * step] = (unsigned char)toupper((unsigned char)name[j]);
	}
	for (size_t i = 0; gone && gone[i]; i++, at += 176)
		memcpy(to->data + at, gone[i], strlen(gone[i]));
}
