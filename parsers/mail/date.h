/*
 * date.h - words of a date: for date.c. Code: date_words.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_DATE_H
#define IMC_DATE_H

#include <stdbool.h>

#include "slice.h"

struct date_lexer {
	struct slice text;
	size_t pos;
};

/* Next token, blanks and comments skipped: a run of letters, a run of digits, a sign with its
 * digits, or one other byte. Empty at the end. Linear over all calls. */
struct slice date_token(struct date_lexer *lexer);

/* Offset behind the comment that begins at pos; the end of the text when it is never closed. */
size_t date_skip_comment(struct slice text, size_t pos);

/* What is odd about a zone, as FACT_DATE_ZONE_ODD counts it; -1 when nothing is. */
int date_zone(struct slice zone);

/* Seconds that the zone is ahead of UTC; false when nobody knows. */
bool date_zone_seconds(struct slice zone, long *seconds);

/* Whether the bytes hold something that reads like a date: 14Feb98, 14-Feb-1998, 2/14/98. */
bool date_is_in(struct slice text);

#endif
