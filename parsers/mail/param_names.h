/*
 * param_names.h - names and values of parameters taken apart.
 *
 * For params.c, param_names.c and param_values.c alone.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PARAM_NAMES_H
#define IMC_PARAM_NAMES_H

#include "mail.h"

#define SECTION_NO_INDEX 1000000 /* something that is no number */

/* base*index* */
struct param_key {
	struct slice base;
	int index;     /* -1: none; SECTION_NO_INDEX */
	bool extended; /* ends in '*': percent codes and charset */
	bool zero;     /* its number begins with a zero that says nothing */
	size_t place;  /* of the parameter */
};

struct param_key param_key(struct slice name, size_t place);

/* Take charset'language'text apart: true when both quotes are there. Code: param_values.c. */
bool param_charset(struct slice value, struct slice *charset, struct slice *language);

/* An unquoted value up to a comma that was written for a semicolon. Code: param_values.c. */
struct slice param_cut(struct slice value);

#endif
