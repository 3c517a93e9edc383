/*
 * name.c - what a file name alone tells.
 *
 * Spool names are eight symbols of 32: digits and letters without E, I, O and U, no extension.
 * Disks show them in either case; ISO 9660 may add a dot or a version.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "name.h"

#include <stddef.h>

#include "walk.h"

#define SPOOL_NAME_LEN 8

/* Kinds of files that stand beside mail in a copied tree: logs, memory dumps, registry exports,
 * lists of hashes, packed copies. None of them is ever made by the IMC for a message. */
static const char *const beside_mail[] = {
	".log",
	".evt",
	".evtx",
	".dmp",
	".reg",
	".csv",
	".tsv",
	".ini",
	".db",
	".edb",
	".stm",
	".zip",
	".gz",
	".tgz",
	".tar",
	".7z",
	".cab",
	".iso",
	".md5",
	".sha1",
	".sha256",
	".dfxml",
	".bdp",
	".bdr",
	".ds_store",
};

static const char *const mail_endings[] = { ".eml", ".msg", ".bad", ".nws", ".mbx" };

static bool
ends_nocase(struct slice name, const char *ending)
{
	struct slice end = slice_str(ending);

	return name.len >= end.len && slice_same_nocase(slice_from(name, name.len - end.len), end);
}

static bool
ends_in_one_of(struct slice name, const char *const *endings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (ends_nocase(name, endings[i]))
			return true;
	return false;
}

/* The name without what ISO 9660 adds to it: a version (";1") and a lone dot at the end. */
static struct slice
name_plain(struct slice name)
{
	size_t semicolon = slice_rfind(name, ';');
	bool version = semicolon != SLICE_NONE && semicolon + 1 < name.len;

	for (size_t i = semicolon + 1; version && i < name.len; i++)
		version = byte_is_digit(name.data[i]);
	if (version)
		name = slice_cut(name, 0, semicolon);
	if (name.len > 1 && name.data[name.len - 1] == '.')
		name = slice_cut(name, 0, name.len - 1);
	return name;
}

bool
walk_spool_name(struct slice name)
{
	name = name_plain(name);
	if (name.len != SPOOL_NAME_LEN)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		unsigned char byte = byte_lower(name.data[i]);

		if (byte == 'e' || byte == 'i' || byte == 'o' || byte == 'u')
			return false;
		if (!byte_is_digit(byte) && !byte_is_alpha(byte))
			return false;
	}
	return true;
}

/* L0000000.LOG: one protocol log for each connection that was open at a time (Q154505). */
static bool
is_protocol_log(struct slice name)
{
	if (name.len != 12 || byte_lower(name.data[0]) != 'l' || !ends_nocase(name, ".log"))
		return false;
	for (size_t i = 1; i < 8; i++)
		if (!byte_is_digit(name.data[i]))
			return false;
	return true;
}

const char *
name_artefact(struct slice name)
{
	name = name_plain(name);
	if (slice_starts_nocase(name, "queue.") && !name_of_mail(name))
		return "queue";
	if (slice_eq_nocase(name, "route.txt"))
		return "routes";
	if (is_protocol_log(name))
		return "protocol-log";
	if (ends_in_one_of(name, beside_mail, sizeof beside_mail / sizeof beside_mail[0]))
		return "other";
	return NULL;
}

bool
name_of_mail(struct slice name)
{
	return ends_in_one_of(
	    name_plain(name), mail_endings, sizeof mail_endings / sizeof mail_endings[0]);
}

bool
name_of_archive(struct slice name)
{
	static const char *const endings[] = { ".zip", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".7z",
		".cab", ".iso", ".rar" };

	return ends_in_one_of(name_plain(name), endings, sizeof endings / sizeof endings[0]);
}

bool
name_of_text(struct slice name)
{
	return ends_nocase(name_plain(name), ".txt");
}
