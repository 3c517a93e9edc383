/* scene.c - people, times and patterns of an invented site and its correspondents. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scene.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const givens[] = { "Robin", "Alex", "Jordan", "Casey", "Morgan", "Taylor",
	"Jamie", "Avery", "Quinn", "Rowan", "Harper", "Emery", "Sasha", "Kim", "Lee", "Dana",
	"Chris", "Pat", "Terry", "Lynn", "Marion", "Leslie", "Kelly", "Tracy", "Shannon", "Robbie",
	"Sidney", "Jody" };
static const char *const families[] = { "Hale", "Dale", "Marsh", "Thorne", "Whitcombe", "Ferris",
	"Aldous", "Brandt", "Castell", "Dunmore", "Ellery", "Farrow", "Garland", "Hobbs", "Ingram",
	"Jessop", "Kerr", "Lomax", "Mercer", "Norland", "Oakes", "Pryce", "Quill", "Rusk", "Sayer",
	"Tindall", "Usher", "Vane", "Wexley", "Yarrow" };
static const char *const hosts[] = { "brookfield.example", "northgate.example",
	"harbourline.example", "mail.tallpines.example", "lakeshore.example", "redmill.example.com",
	"univ-west.example.net", "pinegrove.example.org", "steelworks.example", "cityplan.example",
	"fleetline.example.com", "print-shop.example", "orchard.example.net", "quayside.example",
	"summit.example.org" };
static const int zones[] = { -480, -420, -360, -360, -300, -300, 0, 60, 60, 120, 540, 600 };

const char *
scene_pick(struct scene *s, const char *const list[], unsigned n)
{
	return list[rng_below(&s->rng, n)];
}

static struct person
person_at(struct scene *s, const char *host, int zone)
{
	struct person who = { .zone = zone };
	char user[40];

	snprintf(who.given, sizeof who.given, "%s", PICK(s, givens));
	snprintf(who.family, sizeof who.family, "%s", PICK(s, families));
	snprintf(who.name, sizeof who.name, "%.22s %.22s", who.given, who.family);
	snprintf(who.host, sizeof who.host, "%.38s", host);
	switch (rng_below(&s->rng, 4)) {
	case 0:
		snprintf(user, sizeof user, "%c%.20s", who.given[0], who.family);
		break;
	case 1:
		snprintf(user, sizeof user, "%.18s_%.18s", who.given, who.family);
		break;
	default:
		snprintf(user, sizeof user, "%.18s.%.18s", who.given, who.family);
	}
	for (char *c = user; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	snprintf(who.address, sizeof who.address, "%s@%s", user, who.host);
	return who;
}

struct person
person_outside(struct scene *s)
{
	const char *host = PICK(s, hosts);

	return person_at(s, host, zones[strlen(host) % (sizeof zones / sizeof *zones)]);
}

struct person
person_inside(struct scene *s)
{
	return person_at(s, SITE_DOMAIN, s->zone);
}

struct buf *
date_822(struct pool *pool, time_t when, int zone)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	time_t local = when + zone * 60;
	struct tm tm;
	int size = zone < 0 ? -zone : zone;

	gmtime_r(&local, &tm);
	return pool_fmt(pool, "%s, %d %s %d %02d:%02d:%02d %c%02d%02d", days[tm.tm_wday],
	    tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    zone < 0 ? '-' : '+', size / 60, size % 60);
}

uint64_t
filetime_of(time_t when)
{
	return ((uint64_t)when + 11644473600u) * 10000000u;
}

static void
pattern_time(struct scene *s, struct buf *out)
{
	struct tm tm;

	gmtime_r(&s->when, &tm);
	buf_fmt(out, "%04d%02d%02d%02d%02d%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
	    tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void
pattern_filetime(struct scene *s, struct buf *out)
{
	uint64_t ticks = filetime_of(s->when) + rng_below(&s->rng, 9999999);

	buf_fmt(
	    out, "%08lX.%08lX", (unsigned long)(ticks >> 32), (unsigned long)(ticks & 0xffffffffu));
}

struct buf *
scene_pattern(struct scene *s, const char *pattern)
{
	struct buf *out = pool_buf(&s->pool);
	int user = (int)strcspn(s->sender.address, "@");

	for (; *pattern; pattern++) {
		switch (*pattern) {
		case '#':
			buf_byte(out, (unsigned char)"0123456789ABCDEF"[rng_below(&s->rng, 16)]);
			break;
		case '~':
			buf_byte(out, (unsigned char)"0123456789abcdef"[rng_below(&s->rng, 16)]);
			break;
		case '%':
			buf_byte(out, (unsigned char)('0' + rng_below(&s->rng, 10)));
			break;
		case '\1':
			buf_fmt(out, "%03u", s->boundaries);
			break;
		case '\2':
			buf_fmt(out, "%lld", (long long)s->when);
			break;
		case '\3':
			buf_str(out, s->sender.host);
			break;
		case '\4':
			buf_fmt(out, "%.*s", user, s->sender.address);
			break;
		case '\5':
			pattern_time(s, out);
			break;
		case '\6':
			pattern_filetime(s, out);
			break;
		case '\7':
			buf_byte(out, '%');
			break;
		default:
			buf_byte(out, (unsigned char)*pattern);
		}
	}
	return out;
}
