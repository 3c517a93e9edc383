/*
 * plain_path.c - the path of an archive's member as a path of a tree.
 *
 * Nothing is unpacked to disk, so no path can do harm here; but reports and the scripts of a restart
 * plan name files by it.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "plain_path.h"

#include <string.h>

struct writing {
	char *out;
	size_t room, len;
	struct path_oddities odd;
};

static void
put_name(struct writing *writing, struct slice name)
{
	const size_t slash = writing->len > 0;

	if (slice_eq(name, ".."))
		name = slice_str("(..)");
	if (writing->odd.cut || name.len + slash >= writing->room - writing->len) {
		writing->odd.cut = true;
		return;
	}
	if (slash)
		writing->out[writing->len++] = '/';
	memcpy(writing->out + writing->len, name.data, name.len);
	writing->len += name.len;
}

static bool
is_drive(struct slice name)
{
	return name.len == 2 && byte_is_alpha(name.data[0]) && name.data[1] == ':';
}

struct path_oddities
plain_path(struct slice raw, bool backslashes, char *out, size_t room, size_t *len)
{
	struct writing writing = { .out = out, .room = room };
	size_t from = 0;

	for (size_t i = 0; i <= raw.len; i++) {
		const bool ends =
		    i == raw.len || raw.data[i] == '/' || (backslashes && raw.data[i] == '\\');
		const struct slice name = slice_cut(raw, from, i - from);

		if (!ends)
			continue;
		if (from == 0 && i < raw.len && (name.len == 0 || is_drive(name)))
			writing.odd.absolute = true;
		writing.odd.upward |= slice_eq(name, "..");
		if (name.len > 0 && !slice_eq(name, "."))
			put_name(&writing, name);
		from = i + 1;
	}
	out[writing.len] = '\0';
	*len = writing.len;
	return writing.odd;
}
