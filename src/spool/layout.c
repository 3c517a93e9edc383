/*
 * layout.c - which folder of an Imcdata tree a folder is.
 *
 * In a layout names decide first, so that a copy of In dropped into In is no second Imcdata.
 * Outside of one, a folder that holds In or Out is an Imcdata whatever its name.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout.h"

#include <stddef.h>

#include "name.h"
#include "walk.h"

/* Folders of Imcdata itself (imcdata-format 1); TempIMC is the other name that Q197792 uses. */
static const struct known {
	const char *name;
	struct place place;
} known[] = {
	{ "In", { AREA_MESSAGES, FOLDER_IN, DIRECTION_IN } },
	{ "Out", { AREA_MESSAGES, FOLDER_OUT, DIRECTION_OUT } },
	{ "Work", { AREA_MESSAGES, FOLDER_WORK, DIRECTION_IN } },
	{ "Pickup", { AREA_MESSAGES, FOLDER_PICKUP, DIRECTION_OUT } },
	{ "Log", { AREA_LOG, FOLDER_OTHER, DIRECTION_ANY } },
	{ "Backup", { AREA_BACKUP, FOLDER_OTHER, DIRECTION_ANY } },
	{ "TempIMS", { AREA_MESSAGES, FOLDER_TEMP_IMS, DIRECTION_ANY } },
	{ "TempIMC", { AREA_MESSAGES, FOLDER_TEMP_IMS, DIRECTION_ANY } },
	/* Q193926: what the TurfTable refused, inbound. Its place is free. */
	{ "Turfdir", { AREA_MESSAGES, FOLDER_OTHER, DIRECTION_IN } },
};

static const struct place *
known_place(struct slice name)
{
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (slice_eq_nocase(name, known[i].name))
			return &known[i].place;
	return NULL;
}

bool
layout_hint(struct hints *hints, struct slice name)
{
	static const struct {
		const char *name;
		size_t flag;
	} rows[] = {
		{ "In", offsetof(struct hints, in) },
		{ "Out", offsetof(struct hints, out) },
		{ "Imcdata", offsetof(struct hints, imcdata) },
		{ "Queue", offsetof(struct hints, queue) },
		{ "BadMail", offsetof(struct hints, badmail) },
		{ "Pickup", offsetof(struct hints, pickup) },
		{ "Work", offsetof(struct hints, spool) },
		{ "Log", offsetof(struct hints, spool) },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (slice_eq_nocase(name, rows[i].name)) {
			*(bool *)((char *)hints + rows[i].flag) = true;
			return true;
		}
	return false;
}

/* In\Temp, In\Archive and their like; anything else in a message folder is out of the queue. */
static struct place
below_messages(const struct place *parent, struct slice name)
{
	struct place place = *parent;
	bool temp = slice_eq_nocase(name, "Temp"), archive = slice_eq_nocase(name, "Archive");

	switch (parent->folder) {
	case FOLDER_IN:
		place.folder = temp ? FOLDER_IN_TEMP : archive ? FOLDER_IN_ARCHIVE : FOLDER_OTHER;
		break;
	case FOLDER_OUT:
		place.folder = temp ? FOLDER_OUT_TEMP : archive ? FOLDER_OUT_ARCHIVE : FOLDER_OTHER;
		break;
	case FOLDER_PICKUP:
		place.folder = archive ? FOLDER_PICKUP_ARCHIVE : FOLDER_OTHER;
		break;
	case FOLDER_WORK:
		place.folder = FOLDER_OTHER;
		break;
	case FOLDER_TEMP_IMS:
		if (slice_eq_nocase(name, "In"))
			place.direction = DIRECTION_IN;
		else if (slice_eq_nocase(name, "Out"))
			place.direction = DIRECTION_OUT;
		break;
	default: /* halves made while bisecting, days of an archive: as their folder */
		break;
	}
	return place;
}

struct place
layout_child(const struct place *parent, struct slice name, bool *ask)
{
	const struct place *place = known_place(name);
	struct place result = { AREA_OTHER, FOLDER_OTHER, parent->direction };

	*ask = false;
	switch (parent->area) {
	case AREA_LOG:
	case AREA_BACKUP:
	case AREA_MAILROOT:
		return *parent;
	case AREA_MESSAGES:
		result = below_messages(parent, name);
		*ask = result.folder == FOLDER_OTHER;
		return result;
	case AREA_ROOT:
		if (place)
			return *place;
		break;
	case AREA_LOOSE:
	case AREA_BESIDE:
	case AREA_OTHER:
		if (place && (place->folder == FOLDER_TEMP_IMS || slice_eq_nocase(name, "Turfdir")))
			return *place;
		if (parent->area != AREA_OTHER)
			result.area = AREA_LOOSE;
		break;
	}
	*ask = true;
	return result;
}

static bool
is_root(const struct place *place, struct slice name, const struct hints *hints)
{
	bool named = slice_eq_nocase(name, "Imcdata");

	if (place->area == AREA_LOOSE)
		return named || hints->in || hints->out;
	return (hints->in && hints->out) || (named && (hints->in || hints->out || hints->spool));
}

struct place
layout_refine(struct place place, struct slice name, const struct hints *hints)
{
	static const struct place root = { AREA_ROOT, FOLDER_OTHER, DIRECTION_ANY };
	static const struct place mailroot = { AREA_MAILROOT, FOLDER_OTHER, DIRECTION_ANY };

	if (place.area == AREA_MESSAGES && place.folder == FOLDER_TEMP_IMS)
		return place;
	if (is_root(&place, name, hints))
		return root;
	if (place.area != AREA_LOOSE)
		return place;
	if (slice_eq_nocase(name, "Mailroot") ||
	    (hints->queue && (hints->badmail || hints->pickup)))
		return mailroot;
	if (hints->imcdata)
		place.area = AREA_BESIDE;
	return place;
}

/* The last name of *path, which loses it and the slashes before it. */
static struct slice
take_last(struct slice *path)
{
	size_t slash;
	struct slice last;

	while (path->len > 0 && path->data[path->len - 1] == '/')
		path->len--;
	slash = slice_rfind(*path, '/');
	last = slice_from(*path, slash == SLICE_NONE ? 0 : slash + 1);
	path->len -= last.len;
	return last;
}

struct place
layout_start(struct slice path, bool in_spool)
{
	static const struct place loose = { AREA_LOOSE, FOLDER_OTHER, DIRECTION_ANY };
	struct slice name = take_last(&path);
	struct slice above = take_last(&path);
	const struct place *place = known_place(name), *parent = known_place(above);
	struct place below;

	if (parent && parent->area == AREA_MESSAGES) {
		below = below_messages(parent, name);
		if (below.folder != FOLDER_OTHER)
			return below;
	}
	if (!place)
		return loose;
	/* "Work", "Log" and the like are common names: they count only inside an Imcdata. */
	if (in_spool || place->folder == FOLDER_IN || place->folder == FOLDER_OUT ||
	    place->folder == FOLDER_TEMP_IMS || slice_eq_nocase(above, "Imcdata"))
		return *place;
	return loose;
}

const char *
layout_file(const struct place *place, struct slice name, enum folder *folder)
{
	const char *kind = name_artefact(name);

	*folder = place->folder;
	switch (place->area) {
	case AREA_MESSAGES:
		return NULL;
	case AREA_BACKUP:
		return kind ? kind : "other";
	case AREA_LOG:
		return walk_spool_name(name) ? NULL : kind ? kind : "other";
	case AREA_BESIDE:
		return kind ? kind : walk_spool_name(name) || name_of_mail(name) ? NULL : "other";
	case AREA_ROOT:
		return kind ? kind : name_of_text(name) ? "other" : NULL;
	default:
		return kind;
	}
}
