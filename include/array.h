/*
 * array.h - arrays that grow.
 *
 * For the rooms of the parent alone: parsers take memory from the arena, rules take none. Code:
 * src/base/array.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ARRAY_H
#define IMC_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/* Room for `need` objects of `size` bytes each: *room, how many there is room for, doubles until it
 * suffices. items is the address of the pointer to them, which may be NULL at first; the caller
 * frees it. False with ENOMEM: nothing has changed. */
bool array_grow(void *items, size_t *room, size_t need, size_t size);

#endif
