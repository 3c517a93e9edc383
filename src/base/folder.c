/* folder.c - the message folders of an Imcdata tree. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "folder.h"

#include <string.h>

static const struct {
	const char *name;
	enum direction direction;
} folders[FOLDER_COUNT] = {
	[FOLDER_IN] = { "in", DIRECTION_IN },
	[FOLDER_OUT] = { "out", DIRECTION_OUT },
	[FOLDER_IN_TEMP] = { "in-temp", DIRECTION_IN },
	[FOLDER_OUT_TEMP] = { "out-temp", DIRECTION_OUT },
	[FOLDER_IN_ARCHIVE] = { "in-archive", DIRECTION_IN },
	[FOLDER_OUT_ARCHIVE] = { "out-archive", DIRECTION_OUT },
	[FOLDER_WORK] = { "work", DIRECTION_IN },
	[FOLDER_PICKUP] = { "pickup", DIRECTION_OUT },
	[FOLDER_PICKUP_ARCHIVE] = { "pickup-archive", DIRECTION_OUT },
	[FOLDER_TEMP_IMS] = { "temp-ims", DIRECTION_ANY },
	[FOLDER_OTHER] = { "other", DIRECTION_ANY },
};

const char *
folder_name(enum folder folder)
{
	return folder < FOLDER_COUNT ? folders[folder].name : "?";
}

enum folder
folder_by_name(const char *name)
{
	enum folder folder = FOLDER_IN;

	while (folder < FOLDER_COUNT && strcmp(folders[folder].name, name) != 0)
		folder++;
	return folder;
}

enum direction
folder_direction(enum folder folder)
{
	return folder < FOLDER_COUNT ? folders[folder].direction : DIRECTION_ANY;
}

bool
folder_is_archive(enum folder folder)
{
	return folder == FOLDER_IN_ARCHIVE || folder == FOLDER_OUT_ARCHIVE ||
	       folder == FOLDER_PICKUP_ARCHIVE;
}

bool
folder_is_queue(enum folder folder)
{
	switch (folder) {
	case FOLDER_IN:
	case FOLDER_OUT:
	case FOLDER_WORK:
	case FOLDER_PICKUP:
	case FOLDER_OTHER: /* a tree whose folders got lost: may be one of the above */
		return true;
	default:
		return false;
	}
}
