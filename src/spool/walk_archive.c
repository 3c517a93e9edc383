/*
 * walk_archive.c - walk an archive as the tree that it holds: names first, then contents.
 *
 * Which folder is an Imcdata is known when all names are; so the archive is gone through twice, and
 * no more of it is kept than its folders. A member over which the reader fails or dies is passed over
 * where the archive tells its members without their bytes.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "walk_archive.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "tour.h"

#define RESUMES_MAX 16 /* times that reading goes on behind a member that broke it */

struct passage {
	struct tour tour;
	int fd;
	uint64_t at;                /* members met in the contents pass */
	enum packed_step end;       /* of the last pass */
	enum packed_step names_end; /* of the names pass */
};

/* False and errno: nothing can be asked any more. */
static bool
begin(struct passage *passage, bool digest)
{
	struct unpack_about about;
	struct walk_archive *known = passage->tour.about;

	if (!unpack_open(passage->tour.unpack, passage->fd, digest, &about))
		return false;
	tour_keep_words(&passage->tour);
	if (!digest && known->met)
		return true;
	known->met = about.kind != PACKED_NONE || about.died;
	known->kind = about.kind;
	known->filter = about.filter;
	known->has_sha256 = about.has_sha256;
	memcpy(known->sha256, about.sha256, sizeof known->sha256);
	return true;
}

static bool
learn_names(struct passage *passage)
{
	struct tour *tour = &passage->tour;
	enum packed_step step;

	for (;;) {
		if (!unpack_next(tour->unpack, false, &step))
			return false;
		if (step != PACKED_OK)
			break;
		if (tour->about->n_members == PACKED_MEMBERS) {
			step = PACKED_OVER;
			break;
		}
		tour_learn(tour);
	}
	passage->names_end = step;
	if (step != PACKED_END)
		tour_keep_words(tour);
	return true;
}

/* Pass over the members met before. */
static bool
catch_up(struct passage *passage)
{
	enum packed_step step = PACKED_OK;

	if (!begin(passage, false))
		return false;
	for (uint64_t i = 0; i < passage->at && step == PACKED_OK; i++) {
		if (!unpack_next(passage->tour.unpack, false, &step))
			return false;
	}
	passage->end = step;
	return true;
}

/* Tell of members from here on, with their contents or with why not. */
static bool
tell_members(struct passage *passage, const char *why)
{
	struct tour *tour = &passage->tour;
	const struct walk_archive *about = tour->about;

	while (passage->end == PACKED_OK && passage->at < about->n_members) {
		if (tour->walker->stopped)
			return true;
		if (!unpack_next(tour->unpack, *why == '\0', &passage->end))
			return false;
		if (passage->end != PACKED_OK)
			break;
		passage->at++;
		if (!tour_tell(tour, why))
			return false;
	}
	return true;
}

static bool
may_go_on(const struct passage *passage, uint64_t before)
{
	return passage->end == PACKED_BROKEN && passage->at > before;
}

/* What is left is listed, with why it was not read. */
static bool
list_others(struct passage *passage)
{
	const char *why = member_reason(passage->end);

	if (!catch_up(passage) || !tell_members(passage, *why ? why : "not read"))
		return false;
	/* Those that cannot even be listed again are in what follows. */
	if (passage->at < passage->tour.about->n_members && passage->names_end == PACKED_END)
		passage->names_end = passage->end > PACKED_END ? passage->end : PACKED_BROKEN;
	return true;
}

static bool
tell_contents(struct passage *passage)
{
	const struct tour *tour = &passage->tour;
	uint64_t before = 0;

	for (int i = 0; i < RESUMES_MAX; i++) {
		before = passage->at;
		if (!catch_up(passage) || !tell_members(passage, ""))
			return false;
		if (tour->walker->stopped || passage->at == tour->about->n_members)
			return true;
		if (!may_go_on(passage, before))
			break;
	}
	return list_others(passage);
}

static const char *
why_no_further(const struct walk_archive *about)
{
	if (about->n_members == PACKED_MEMBERS)
		return "the archive has more than 4,194,304 members: the others are not known";
	if (about->end == PACKED_OVER)
		return "the archive unpacks to more than --archive-limit allows: what follows in "
		       "it is not known";
	if (about->end == PACKED_OVER_RATIO)
		return "the archive unpacks to more than 200 times its size: what follows in it is "
		       "not known";
	if (about->end == PACKED_NO_MEMORY)
		return "unpacking takes more memory than --memory-limit allows: what follows in "
		       "the archive is not known";
	return "the archive is broken: what follows in it is not known";
}

static bool
has_changed(int fd, const struct stat *before)
{
	struct stat now;

	return fstat(fd, &now) != 0 || now.st_size != before->st_size ||
	       now.st_mtim.tv_sec != before->st_mtim.tv_sec ||
	       now.st_mtim.tv_nsec != before->st_mtim.tv_nsec;
}

/* The archive itself is listed as a file that failed when there may be more in it. */
static void
conclude(struct passage *passage, const struct stat *before)
{
	struct tour *tour = &passage->tour;
	struct walk_archive *about = tour->about;

	about->end = passage->names_end;
	about->changed = has_changed(passage->fd, before);
	if (tour->walker->stopped)
		return;
	if (about->changed)
		tour_tell_rest(tour, "the archive changed while it was read");
	else if (about->end != PACKED_END)
		tour_tell_rest(tour, why_no_further(about));
}

/* 0 or an errno. */
static int
walk_members(struct passage *passage, const struct stat *st)
{
	struct tour *tour = &passage->tour;
	struct walker *walker = tour->walker;

	tour->index = index_new();
	if (!tour->index)
		return ENOMEM;
	if (!learn_names(passage))
		return errno;
	if (!index_settle(tour->index, walker->result))
		return ENOMEM;
	tour_tell_folders(tour);
	if (!walker->stopped && !tell_contents(passage))
		return errno;
	conclude(passage, st);
	return 0;
}

static const char *
last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* 0 or an errno; an archive has about->met. */
static int
walk_file(struct passage *passage, const struct stat *st)
{
	struct tour *tour = &passage->tour;
	struct walk_archive *about = tour->about;
	int error;

	if (!begin(passage, false))
		return errno;
	if (!about->met)
		return 0;
	if (tour->walker->digest && !begin(passage, true))
		return errno;
	about->size = (uint64_t)st->st_size;
	tour->backslashes = about->kind != PACKED_TAR && about->kind != PACKED_ISO;
	error = walk_members(passage, st);
	index_free(tour->index);
	return error;
}

int
walk_archive(struct walker *walker, const char *path, bool *taken)
{
	struct walk_archive *about = &walker->result->archive;
	struct passage passage = {
		.tour = {
		    .walker = walker,
		    .unpack = walker->unpack,
		    .about = about,
		    .name = last_name(path),
		},
		.fd = opener_given_file(&walker->opener, path),
	};
	struct stat st;
	int error;

	*taken = false;
	if (passage.fd < 0)
		return errno;
	error = fstat(passage.fd, &st) == 0 ? walk_file(&passage, &st) : errno;
	*taken = about->met;
	close(passage.fd);
	return error;
}

bool
walk_is_archive(struct unpack *unpack, const char *path)
{
	struct opener opener = opener_new();
	struct unpack_about about = { .kind = PACKED_NONE };
	struct stat st;
	int fd;

	/* A link, a FIFO or a folder is walk_with()'s to judge. */
	if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	fd = opener_given_file(&opener, path);
	if (fd < 0)
		return false;
	if (!unpack_open(unpack, fd, false, &about))
		about.kind = PACKED_NONE;
	close(fd);
	return about.kind != PACKED_NONE || about.died;
}
