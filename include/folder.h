/*
 * folder.h - where in an Imcdata tree a file lies.
 *
 * For every room. Code: src/base/folder.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FOLDER_H
#define IMC_FOLDER_H

#include <stdbool.h>

/* Message folders; the names of folder_name() are part of schema 1. */
enum folder {
	FOLDER_IN,
	FOLDER_OUT,
	FOLDER_IN_TEMP,
	FOLDER_OUT_TEMP,
	FOLDER_IN_ARCHIVE,
	FOLDER_OUT_ARCHIVE,
	FOLDER_WORK,
	FOLDER_PICKUP,
	FOLDER_PICKUP_ARCHIVE,
	FOLDER_TEMP_IMS,
	FOLDER_OTHER,
	FOLDER_COUNT
};

/* Which way the mail of a folder travels; ANY where the place does not tell. */
enum direction { DIRECTION_ANY, DIRECTION_IN, DIRECTION_OUT };

/* "in", "out", "in-temp" … "other". */
const char *folder_name(enum folder folder);

/* The folder of that name, or FOLDER_COUNT. */
enum folder folder_by_name(const char *name);

/* Work and Pickup count as inbound and outbound; TempIMS and other as ANY (TempIMS\IN and \OUT are
 * told apart by the walker, which knows the whole path). */
enum direction folder_direction(enum folder folder);

/* True for Archive folders: their mail has left the queue. */
bool folder_is_archive(enum folder folder);

/* Whether the IMC meets the files of that folder when it starts. */
bool folder_is_queue(enum folder folder);

#endif
