/*
 * once.h - a file or folder that the command line names several times counts once.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ONCE_H
#define IMC_ONCE_H

#include <stdbool.h>
#include <stddef.h>

/* Leave of the paths those that are, by device and inode, none of those before; the order stays, and
 * so does what cannot be looked at. *dropped: how many went. False without memory. */
bool once(const char **paths, size_t *count, size_t *dropped);

#endif
