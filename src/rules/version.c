/*
 * version.c - releases of Exchange 4.0, 5.0 and 5.5 and the builds that carry them.
 *
 * A build between two rows is a hotfix of the earlier one: Store.exe 5.5.2402 is a fix for 5.5 SP1
 * that SP2 (2448) took in. Components of one service pack differ in the last number only (2653.13,
 * 2653.19).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "rule.h"

struct release_row {
	const char *name;
	unsigned major, minor;
	unsigned pack;  /* service pack, 0: as first shipped */
	bool later_fix; /* roll-ups and hotfixes after the last service pack */
	unsigned first; /* first build number */
};

/* In the order of enum release, which is the order of the builds. */
static const struct release_row ladder[RELEASE_COUNT] = {
	[R40] = { "4.0", 4, 0, 0, false, 837 },
	[R40SP1] = { "4.0 SP1", 4, 0, 1, false, 838 },
	[R40SP2] = { "4.0 SP2", 4, 0, 2, false, 993 },
	[R40SP3] = { "4.0 SP3", 4, 0, 3, false, 994 },
	[R40SP4] = { "4.0 SP4", 4, 0, 4, false, 995 },
	[R40SP5] = { "4.0 SP5", 4, 0, 5, false, 996 },
	[R50] = { "5.0", 5, 0, 0, false, 1457 },
	[R50SP1] = { "5.0 SP1", 5, 0, 1, false, 1458 },
	[R50SP2] = { "5.0 SP2", 5, 0, 2, false, 1460 },
	[R50SP2FIX] = { "5.0 SP2+", 5, 0, 2, true, 1461 },
	[R55] = { "5.5", 5, 5, 0, false, 1960 },
	[R55SP1] = { "5.5 SP1", 5, 5, 1, false, 2232 },
	[R55SP2] = { "5.5 SP2", 5, 5, 2, false, 2448 },
	[R55SP3] = { "5.5 SP3", 5, 5, 3, false, 2650 },
	[R55SP4] = { "5.5 SP4", 5, 5, 4, false, 2653 },
	[R55SP4FIX] = { "5.5 SP4+", 5, 5, 4, true, 2654 },
};

#define LAST_BUILD 2999u /* beyond it lies Exchange 2000 (6.0.4417) */

static const char *
skip_blanks(const char *text)
{
	while (*text == ' ' || *text == '\t')
		text++;
	return text;
}

/* Step over `word` in any case, and the blanks after it. */
static bool
skip_word(const char **text, const char *word)
{
	size_t len = strlen(word);

	if (!slice_starts_nocase(slice_str(*text), word))
		return false;
	*text = skip_blanks(*text + len);
	return true;
}

/* At most five digits, so that nothing overflows. */
static bool
number(const char **text, unsigned *out)
{
	unsigned value = 0;
	size_t len = 0;

	for (; byte_is_digit((unsigned char)(*text)[len]); len++) {
		if (len == 5)
			return false;
		value = value * 10 + (unsigned)((*text)[len] - '0');
	}
	if (len == 0)
		return false;
	*text += len;
	*out = value;
	return true;
}

/* Up to two further numbers of a build: ".24", ".24.0". */
static bool
skip_build_tail(const char **text)
{
	unsigned ignored;

	for (int i = 0; i < 2 && **text == '.'; i++) {
		(*text)++;
		if (!number(text, &ignored))
			return false;
	}
	*text = skip_blanks(*text);
	return true;
}

static enum release
by_build(unsigned build)
{
	int found = RELEASE_UNKNOWN;

	for (int i = 0; i < RELEASE_COUNT && build <= LAST_BUILD; i++) {
		if (build >= ladder[i].first)
			found = i;
	}
	return (enum release)found;
}

static enum release
by_pack(unsigned major, unsigned minor, unsigned pack, bool later_fix)
{
	for (int i = 0; i < RELEASE_COUNT; i++) {
		const struct release_row *row = &ladder[i];

		if (row->major == major && row->minor == minor && row->pack == pack &&
		    row->later_fix == later_fix)
			return (enum release)i;
	}
	return RELEASE_UNKNOWN;
}

/* A build must lie in the line of the version that was named with it. */
static enum release
by_version_and_build(unsigned major, unsigned minor, unsigned build)
{
	enum release found = by_build(build);

	if (found == RELEASE_UNKNOWN || ladder[found].major != major ||
	    ladder[found].minor != minor)
		return RELEASE_UNKNOWN;
	return found;
}

/* "SP3", "service pack 3", "SP4+"; nothing at all is the version as first shipped. */
static enum release
parse_pack(const char *text, unsigned major, unsigned minor)
{
	unsigned pack = 0;
	bool later_fix = false;

	if (skip_word(&text, "sp") || skip_word(&text, "service pack")) {
		if (!number(&text, &pack) || pack == 0)
			return RELEASE_UNKNOWN;
		text = skip_blanks(text);
		later_fix = skip_word(&text, "+");
	} else {
		(void)skip_word(&text, "rtm");
	}
	return *text ? RELEASE_UNKNOWN : by_pack(major, minor, pack, later_fix);
}

/* "(Build 2653.23: Service Pack 4)", as the Administrator program shows it. */
static enum release
parse_shown_build(const char *text, unsigned major, unsigned minor)
{
	unsigned build, pack;
	enum release found;

	if (!skip_word(&text, "(") || !skip_word(&text, "build") || !number(&text, &build) ||
	    !skip_build_tail(&text))
		return RELEASE_UNKNOWN;
	found = by_version_and_build(major, minor, build);
	if (skip_word(&text, ":") && (!skip_word(&text, "service pack") || !number(&text, &pack)))
		return RELEASE_UNKNOWN;
	text = skip_blanks(text);
	return skip_word(&text, ")") && !*text ? found : RELEASE_UNKNOWN;
}

enum release
release_parse(const char *text)
{
	unsigned major, minor, build;

	text = skip_blanks(text);
	if (!number(&text, &major))
		return RELEASE_UNKNOWN;
	if (!*text && (major == 2000 || major == 2003)) /* later products, not builds of 5.5 */
		return RELEASE_UNKNOWN;
	if (major >= ladder[R40].first) /* "2650", "2650.24": a bare build */
		return skip_build_tail(&text) && !*text ? by_build(major) : RELEASE_UNKNOWN;
	if (*text++ != '.' || !number(&text, &minor))
		return RELEASE_UNKNOWN;
	if (*text == '.') {
		text++;
		if (!number(&text, &build) || !skip_build_tail(&text) || *text)
			return RELEASE_UNKNOWN;
		return by_version_and_build(major, minor, build);
	}
	text = skip_blanks(text);
	return *text == '(' ? parse_shown_build(text, major, minor)
			    : parse_pack(text, major, minor);
}

const char *
release_name(enum release release)
{
	if ((int)release < 0 || release >= RELEASE_COUNT)
		return "";
	return ladder[release].name;
}

bool
rule_spares(const struct rule *rule, enum release release)
{
	const char *state = NULL;
	const struct imc_case *one;
	bool any = false;

	if (release == RELEASE_UNKNOWN)
		return false;
	while ((one = rule_next_case(rule, &state))) {
		any = true;
		if (one->affected >> release & 1u)
			return false;
	}
	return any;
}
