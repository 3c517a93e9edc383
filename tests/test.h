/* test.h - what every unit test includes: cmocka and the headers it wants before it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_H
#define IMC_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
