/* tour.c - a member of an archive as the visitor of a walk sees it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tour.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "name.h"
#include "plain_path.h"

#define NUMBER_ROOM 64 /* bytes that mark a name told before */
static const char TOO_MANY[] = "not read: too many folders in the archive";
static const char TOO_DEEP[] = "folders nested too deep, not entered";

/* The member's path in walker->path. */
static struct path_oddities
place_path(const struct tour *tour, const struct packed_member *member)
{
	struct walker *walker = tour->walker;
	struct path_oddities odd = plain_path(member->path, tour->backslashes, walker->path,
	    sizeof walker->path - NUMBER_ROOM, &walker->path_len);

	odd.cut |= member->path_cut;
	if (walker->path_len == 0 && member->type != PACKED_FOLDER) {
		static const char nameless[] = "(no name)";

		memcpy(walker->path, nameless, sizeof nameless);
		walker->path_len = sizeof nameless - 1;
	}
	return odd;
}

static struct slice
path_of(const struct tour *tour)
{
	return slice_of(tour->walker->path, tour->walker->path_len);
}

static struct slice
folder_of(struct slice path)
{
	const size_t slash = slice_rfind(path, '/');

	return slash == SLICE_NONE ? slice_cut(path, 0, 0) : slice_cut(path, 0, slash);
}

void
tour_keep_words(struct tour *tour)
{
	const char *words = unpack_words(tour->unpack);

	if (*words && !*tour->about->words)
		snprintf(tour->about->words, sizeof tour->about->words, "%s", words);
}

void
tour_learn(struct tour *tour)
{
	const struct packed_member *member = unpack_member(tour->unpack);
	const struct path_oddities odd = place_path(tour, member);
	const struct slice path = path_of(tour);
	const bool folder = member->type == PACKED_FOLDER;

	tour->about->n_members++;
	tour->about->n_outside += odd.absolute || odd.upward;
	if (index_add(tour->index, folder ? path : folder_of(path)) == INDEX_NONE)
		tour->about->n_lost++;
}

/* ---- folders ---- */

static void
tell_folder(struct tour *tour, uint32_t folder)
{
	struct walker *walker = tour->walker;
	const struct level level = index_level(tour->index, index_parent(tour->index, folder));
	struct walk_entry entry;

	walker->path_len = index_path(tour->index, folder, walker->path);
	entry = walker_entry(walker, &level, level.place.folder);
	if (index_is_deep(tour->index, folder)) {
		tour->about->n_lost++;
		walker_refuse(walker, &entry, MET_FAILED, TOO_DEEP);
	} else if (level.place.area == AREA_MESSAGES && !entry.foreign_name) {
		const struct place place = index_level(tour->index, folder).place;

		entry.folder = place.folder;
		entry.direction = place.direction;
		walker_refuse(walker, &entry, MET_EXCLUDED,
		    "folder with the name of a message; what it holds is listed by itself");
	}
}

void
tour_tell_folders(struct tour *tour)
{
	for (uint32_t i = 1; i < index_count(tour->index) && !tour->walker->stopped; i++)
		tell_folder(tour, i);
}

/* ---- files ---- */

static const char *
refusal_of(enum packed_type type)
{
	static const mode_t modes[PACKED_TYPE_COUNT] = {
		[PACKED_SYMLINK] = S_IFLNK,
		[PACKED_FIFO] = S_IFIFO,
		[PACKED_SOCKET] = S_IFSOCK,
		[PACKED_CHARACTER] = S_IFCHR,
		[PACKED_BLOCKDEV] = S_IFBLK,
	};

	if (type == PACKED_HARDLINK)
		return "link to another member of the archive, not followed";
	return open_refusal(modes[type]);
}

static void
set_stat(struct walk_entry *entry, const struct packed_member *member)
{
	entry->has_stat = member->has_size;
	entry->size = member->size;
	entry->mtime_sec = member->mtime_sec;
	entry->mtime_nsec = member->mtime_nsec;
	entry->regular = member->type == PACKED_FILE;
}

/* A name told before gets a number, so that no two files of a report are called alike. */
static bool
set_apart(struct tour *tour)
{
	struct walker *walker = tour->walker;
	const size_t len = walker->path_len;
	size_t before = index_told(tour->index, path_of(tour));

	if (before == 0 || before == SIZE_MAX)
		return before == 0;
	tour->about->n_doubled++;
	for (size_t number = before + 1; before != 0; number++) {
		const int more =
		    snprintf(walker->path + len, NUMBER_ROOM, " (duplicate %zu)", number);

		walker->path_len = len + (size_t)more;
		before = index_told(tour->index, path_of(tour));
		if (before == SIZE_MAX)
			return false;
	}
	return true;
}

/* What is no regular file, or not to be read; false: read it. */
static bool
refuse(struct tour *tour, struct walk_entry *entry, const char *why)
{
	const struct packed_member *member = unpack_member(tour->unpack);

	if (member->type != PACKED_FILE) {
		walker_refuse(tour->walker, entry, MET_EXCLUDED, refusal_of(member->type));
	} else if (member->encrypted) {
		tour->about->n_encrypted++;
		walker_refuse(tour->walker, entry, *entry->kind ? MET_ARTEFACT : MET_FAILED,
		    "encrypted in the archive: unpack it with its password");
	} else if (*why) {
		tour->about->n_unread++;
		walker_refuse(tour->walker, entry, *entry->kind ? MET_ARTEFACT : MET_FAILED, why);
	} else {
		return false;
	}
	return true;
}

/* Hand the file over. A log is not cut: half of one says what did not happen. */
static bool
hand_over(struct tour *tour, struct walk_entry *entry)
{
	struct member_file file;

	if (!member_fetch(tour->unpack, &file))
		return false;
	if (file.fd >= 0 && file.whole.head && entry->met == MET_ARTEFACT) {
		close(file.fd);
		file.fd = -1;
		file.reason = "larger than 256 MiB: such a log is read from a tree only";
	}
	entry->fd = file.fd;
	entry->whole = file.whole;
	if (file.fd >= 0) {
		entry->has_stat = true;
		entry->size = file.whole.size;
		walker_visit(tour->walker, entry);
		return true;
	}
	tour_keep_words(tour);
	tour->about->n_unread++;
	walker_refuse(tour->walker, entry, entry->met == MET_ARTEFACT ? MET_ARTEFACT : MET_FAILED,
	    file.reason);
	return true;
}

static bool
tell_file(struct tour *tour, const struct level *level, bool cut, const char *why)
{
	struct walker *walker = tour->walker;
	const struct packed_member *member = unpack_member(tour->unpack);
	enum folder folder = level->place.folder;
	const struct slice name = walker_name(walker, level);
	const char *kind =
	    member->type == PACKED_FILE ? layout_file(&level->place, name, &folder) : NULL;
	const bool foreign = !walk_spool_name(name), nested = name_of_archive(name);
	struct walk_entry entry;

	if (!set_apart(tour))
		return errno = ENOMEM, false;
	entry = walker_entry(walker, level, folder);
	entry.foreign_name = foreign;
	entry.kind = kind ? kind : "";
	set_stat(&entry, member);
	tour->about->n_nested += member->type == PACKED_FILE && nested;
	tour->about->n_timeless += !member->has_mtime;
	if (cut)
		why = "path too long; its name is cut here";
	if (refuse(tour, &entry, why))
		return true;
	entry.met = kind ? MET_ARTEFACT : MET_MESSAGE;
	if (!kind || walker->opens_artefacts)
		return hand_over(tour, &entry);
	walker_visit(walker, &entry);
	return true;
}

bool
tour_tell(struct tour *tour, const char *why)
{
	const struct packed_member *member = unpack_member(tour->unpack);
	const struct path_oddities odd = place_path(tour, member);
	struct level level = { .root = "", .place = { AREA_LOOSE, FOLDER_OTHER, DIRECTION_ANY } };
	uint32_t folder;

	if (member->type == PACKED_FOLDER)
		return true;
	folder = index_find(tour->index, folder_of(path_of(tour)));
	if (folder != INDEX_NONE && index_is_deep(tour->index, folder))
		return true;
	if (folder != INDEX_NONE)
		level = index_level(tour->index, folder);
	return tell_file(tour, &level, odd.cut, folder == INDEX_NONE ? TOO_MANY : why);
}

void
tour_tell_rest(struct tour *tour, const char *why)
{
	struct walker *walker = tour->walker;
	const struct walk_result *result = walker->result;
	const struct level level = { .root = result->n_roots == 1 ? result->roots[0] : "",
		.place = { AREA_LOOSE, FOLDER_OTHER, DIRECTION_ANY } };
	struct walk_entry entry;

	if (!walker_set_name(walker, &level, tour->name) || !set_apart(tour))
		return;
	entry = walker_entry(walker, &level, FOLDER_OTHER);
	walker_refuse(walker, &entry, MET_FAILED, why);
}
