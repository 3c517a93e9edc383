/* date_words.c - words, zones and look-alikes of dates. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "date.h"

size_t
date_skip_comment(struct slice text, size_t pos)
{
	size_t depth = 0;

	while (pos < text.len) {
		unsigned char byte = text.data[pos++];

		if (byte == '\\' && pos < text.len)
			pos++;
		else if (byte == '(')
			depth++;
		else if (byte == ')' && --depth == 0)
			break;
	}
	return pos;
}

static void
skip_blanks(struct date_lexer *lexer)
{
	while (lexer->pos < lexer->text.len) {
		unsigned char byte = lexer->text.data[lexer->pos];

		if (byte == '(')
			lexer->pos = date_skip_comment(lexer->text, lexer->pos);
		else if (byte_is_space(byte))
			lexer->pos++;
		else
			break;
	}
}

/* Length of the run at pos of bytes that pass. */
static size_t
run(struct slice text, size_t pos, bool (*passes)(unsigned char))
{
	size_t from = pos;

	while (pos < text.len && passes(text.data[pos]))
		pos++;
	return pos - from;
}

struct slice
date_token(struct date_lexer *lexer)
{
	struct slice text = lexer->text;
	size_t len = 0;
	unsigned char byte;

	skip_blanks(lexer);
	if (lexer->pos == text.len)
		return slice_from(text, text.len);
	byte = text.data[lexer->pos];
	if (byte_is_alpha(byte))
		len = run(text, lexer->pos, byte_is_alpha);
	else if (byte_is_digit(byte))
		len = run(text, lexer->pos, byte_is_digit);
	else if (byte == '+' || byte == '-')
		len = 1 + run(text, lexer->pos + 1, byte_is_digit);
	else
		len = 1;
	lexer->pos += len;
	return slice_cut(text, lexer->pos - len, len);
}

static bool
is_one_of(struct slice word, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_eq_nocase(word, names[i]))
			return true;
	return false;
}

int
date_zone(struct slice zone)
{
	static const char *const names[] = { "UT", "GMT", "EST", "EDT", "CST", "CDT", "MST", "MDT",
		"PST", "PDT", "Z" };
	int hours, minutes;

	if (zone.len == 0)
		return 2;
	if (is_one_of(zone, names, sizeof names / sizeof names[0]))
		return 0;
	if (byte_is_alpha(zone.data[0])) /* letters but J are military zones */
		return zone.len > 1 || byte_lower(zone.data[0]) == 'j';
	if (zone.len != 5 || (zone.data[0] != '+' && zone.data[0] != '-'))
		return 3;
	hours = (zone.data[1] - '0') * 10 + zone.data[2] - '0';
	minutes = (zone.data[3] - '0') * 10 + zone.data[4] - '0';
	return hours > 14 || minutes > 59 ? 4 : -1;
}

bool
date_zone_seconds(struct slice zone, long *seconds)
{
	static const struct {
		const char *name;
		long hours;
	} names[] = { { "UT", 0 }, { "GMT", 0 }, { "UTC", 0 }, { "Z", 0 }, { "EST", -5 },
		{ "EDT", -4 }, { "CST", -6 }, { "CDT", -5 }, { "MST", -7 }, { "MDT", -6 },
		{ "PST", -8 }, { "PDT", -7 } };
	long digits[4];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (!slice_eq_nocase(zone, names[i].name))
			continue;
		*seconds = names[i].hours * 3600;
		return true;
	}
	if (zone.len != 5 || date_zone(zone) >= 0)
		return false;
	for (size_t i = 0; i < 4; i++)
		digits[i] = zone.data[i + 1] - '0';
	*seconds = ((digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]) *
		   (zone.data[0] == '-' ? -60 : 60);
	return true;
}

static bool
is_month(struct slice word)
{
	static const char *const names[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
		"sep", "oct", "nov", "dec" };

	return is_one_of(word, names, sizeof names / sizeof names[0]);
}

/* Whether text[pos] continues a date after its first number of one or two digits. */
static bool
is_date_rest(struct slice text, size_t pos)
{
	unsigned char sep = pos < text.len ? text.data[pos] : 0;
	size_t len;

	if (sep == '/') { /* 2/14/98 */
		len = run(text, pos + 1, byte_is_digit);
		pos += 1 + len;
		if (len < 1 || len > 2 || pos >= text.len || text.data[pos] != '/')
			return false;
		len = run(text, pos + 1, byte_is_digit);
		pos += 1 + len;
		return (len == 2 || len == 4) && (pos == text.len || text.data[pos] != '.');
	}
	if (sep == '-' || sep == ' ')
		pos++;
	if (!is_month(slice_cut(text, pos, 3)))
		return false;
	pos += 3;
	if (pos < text.len && text.data[pos] == sep)
		pos++;
	len = run(text, pos, byte_is_digit);
	return len == 2 || len == 4;
}

bool
date_is_in(struct slice text)
{
	for (size_t i = 0; i < text.len;) {
		size_t len = run(text, i, byte_is_digit);

		if (len == 0) {
			i++;
			continue;
		}
		if (len <= 2 && (i == 0 || text.data[i - 1] != '.') && is_date_rest(text, i + len))
			return true;
		i += len;
	}
	return false;
}
