/* array.c - arrays that grow. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "array.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST 64

bool
array_grow(void *items, size_t *room, size_t need, size_t size)
{
	size_t wanted = *room ? *room : ROOM_FIRST, bytes;
	void *old, *bigger;

	if (need <= *room)
		return true;
	while (wanted < need) {
		if (__builtin_mul_overflow(wanted, 2, &wanted))
			return errno = ENOMEM, false;
	}
	if (__builtin_mul_overflow(wanted, size, &bytes))
		return errno = ENOMEM, false;
	memcpy(&old, items, sizeof old);
	bigger = realloc(old, bytes);
	if (!bigger)
		return false;
	memcpy(items, &bigger, sizeof bigger);
	*room = wanted;
	return true;
}
