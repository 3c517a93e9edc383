/*
 * landlock.h - no right to any file or network port, by Landlock.
 *
 * For src/worker only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_LANDLOCK_H
#define IMC_LANDLOCK_H

/* Deny this process everything that the kernel's Landlock knows of. The ABI used, 0 when the kernel
 * has no Landlock or it is not switched on, -1 and errno when it is there and refuses. Wants
 * no_new_privs. */
int landlock_deny_all(void);

#endif
