/*
 * html_picture.c - the tree in pictures: levels by folder, scores, times.
 *
 * Words stay text of the page, so that they can be read at any width and aloud; SVG draws the bars
 * alone. The number of its shapes does not depend on the number of files.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/clock.h"
#include "report/html.h"

#define BAR_WIDE 400 /* units of a drawing */
#define BAR_HIGH 16
#define SLOT_WIDE 10
#define LANE_HIGH 40
#define SCORE_HIGH 120
#define TICK_WIDE 12    /* tenths of a unit */
#define CRASHES_NAMED 8 /* in words */
#define LEAST 15        /* tenths of a unit: what there is can be seen */

static void
svg_open(xmlTextWriterPtr page, const char *class, int wide, int high, const char *label)
{
	char box[48];

	snprintf(box, sizeof box, "0 0 %d %d", wide, high);
	html_open(page, "svg", class);
	html_attribute(page, "xmlns", "http://www.w3.org/2000/svg");
	html_attribute(page, "viewBox", box);
	html_attribute(page, "preserveAspectRatio", "none");
	html_attribute(page, "role", "img");
	html_attribute(page, "aria-label", label);
}

/* Tenths of a unit, so that small shares can be seen. */
static void
svg_bar(
    xmlTextWriterPtr page, const char *class, uint64_t x, uint64_t y, uint64_t wide, uint64_t high)
{
	char text[32];
	const char *const names[] = { "x", "y", "width", "height" };
	const uint64_t values[] = { x, y, wide, high };

	html_open(page, "rect", class);
	for (int i = 0; i < 4; i++) {
		snprintf(
		    text, sizeof text, "%" PRIu64 ".%d", values[i] / 10, (int)(values[i] % 10));
		html_attribute(page, names[i], text);
	}
	html_close_void(page);
}

/* a of b in tenths of `room` units. */
static uint64_t
share(uint64_t a, uint64_t b, uint64_t room)
{
	const uint64_t tenths = b > 0 ? (uint64_t)((double)a / (double)b * (double)room * 10) : 0;

	return a > 0 && tenths < LEAST ? LEAST : tenths;
}

/* ---- folders ---- */

static uint64_t
in_folder(const struct tree_picture *picture, int folder)
{
	uint64_t n = 0;

	for (int level = 0; level < LEVEL_COUNT; level++)
		n += picture->by_folder[folder][level];
	return n;
}

static void
put_folder(xmlTextWriterPtr page, const struct tree_picture *picture, int folder, uint64_t most)
{
	uint64_t x = 0;
	char n[HTML_NUMBER];

	html_open(page, "tr", NULL);
	html_open(page, "th", NULL);
	html_attribute(page, "scope", "row");
	html_text(page, folder_name((enum folder)folder));
	html_close(page);
	html_open(page, "td", "bar");
	svg_open(
	    page, "stack", BAR_WIDE, BAR_HIGH, "shares of the levels, as in the numbers beside");
	for (int level = LEVEL_CRITICAL; level >= LEVEL_CLEAN; level--) {
		const uint64_t wide = share(picture->by_folder[folder][level], most, BAR_WIDE);

		if (wide > 0)
			svg_bar(page, level_name((enum level)level), x, 0, wide,
			    UINT64_C(10) * BAR_HIGH);
		x += wide;
	}
	html_close(page);
	html_close(page);
	for (int level = LEVEL_CRITICAL; level >= LEVEL_CLEAN; level--)
		html_leaf(page, "td", NULL, html_count(n, picture->by_folder[folder][level]));
	html_close(page);
}

static void
put_folders(xmlTextWriterPtr page, const struct tree_picture *picture)
{
	static const char *const headings[] = { "Folder", "Share", "critical", "high", "medium",
		"unknown", "low", "clean", NULL };
	uint64_t most = 0;

	for (int folder = 0; folder < FOLDER_COUNT; folder++) {
		if (in_folder(picture, folder) > most)
			most = in_folder(picture, folder);
	}
	html_leaf(page, "h3", NULL, "Files by folder and level");
	html_table(page, NULL, "folders", "Number of files of each folder at each level", headings);
	for (int folder = 0; folder < FOLDER_COUNT; folder++) {
		if (in_folder(picture, folder) > 0)
			put_folder(page, picture, folder, most);
	}
	html_table_end(page);
}

/* ---- scores ---- */

static void
put_axis(xmlTextWriterPtr page, const char *class, const char *const *labels)
{
	html_open(page, "p", class);
	for (; *labels; labels++)
		html_leaf(page, "span", NULL, *labels);
	html_close(page);
}

static void
put_scores(xmlTextWriterPtr page, const struct tree_picture *picture, const int32_t *levels)
{
	static const char *const labels[] = { "-4 bits", "0", "4", "8", "12", "16", NULL };
	uint64_t most = 0;
	char label[128], n[HTML_NUMBER];

	for (int i = 0; i < PICTURE_SCORES; i++) {
		if (picture->scores[i] > most)
			most = picture->scores[i];
	}
	html_leaf(page, "h3", NULL, "Files by score");
	snprintf(label, sizeof label,
	    "Number of files by score, in bars of one bit; the tallest stands for %s files",
	    html_count(n, most));
	svg_open(page, "plot", PICTURE_SCORES * SLOT_WIDE, SCORE_HIGH, label);
	for (int i = 0; i < PICTURE_SCORES; i++) {
		const uint64_t high = share(picture->scores[i], most, SCORE_HIGH);
		const enum level level = level_from(levels, (PICTURE_SCORE_FROM + i) * 1000);

		if (high > 0)
			svg_bar(page, level_name(level), (uint64_t)i * 10 * SLOT_WIDE + 5,
			    UINT64_C(10) * SCORE_HIGH - high, 10 * SLOT_WIDE - 10, high);
	}
	html_close(page);
	put_axis(page, "axis ticks", labels); /* each begins where its bits do */
	html_leaf_print(page, "p", "note",
	    "The tallest bar stands for %s %s; the smallest ones are drawn large enough to be "
	    "seen. Levels begin at the bits that the method names.",
	    n, most == 1 ? "file" : "files");
}

/* ---- times ---- */

/* One row of bars: the files of level medium and above stand below, dark, the others on top. */
static void
put_lane(xmlTextWriterPtr page, const char *title, const char *what, const uint64_t slots[][2],
    uint64_t beyond)
{
	uint64_t most = 0, all = 0;
	char n[HTML_NUMBER];

	for (int i = 0; i < PICTURE_SLOTS; i++) {
		const uint64_t sum = slots[i][0] + slots[i][1];

		all += sum;
		most = sum > most ? sum : most;
	}
	html_open(page, "p", "lane");
	html_leaf(page, "b", NULL, title);
	html_print(page, ": %s %s%s", html_count(n, all), what, all == 1 ? "" : "s");
	if (beyond > 0)
		html_print(page, ", and %s outside of this time", html_count(n, beyond));
	html_close(page);
	if (all == 0)
		return;
	svg_open(page, "times", PICTURE_SLOTS * SLOT_WIDE, LANE_HIGH, title);
	for (int i = 0; i < PICTURE_SLOTS; i++) {
		const uint64_t hot = share(slots[i][1], most, LANE_HIGH);
		const uint64_t cold = share(slots[i][0], most, LANE_HIGH);
		const uint64_t x = (uint64_t)i * 10 * SLOT_WIDE + 5, low = UINT64_C(10) * LANE_HIGH;
		const uint64_t top = hot + cold > low ? low - hot : cold;

		if (top > 0)
			svg_bar(page, "cold", x, low - hot - top, 10 * SLOT_WIDE - 10, top);
		if (hot > 0)
			svg_bar(page, "hot", x, low - hot, 10 * SLOT_WIDE - 10, hot);
	}
	html_close(page);
}

/* Seconds into the drawing, in tenths of a unit. */
static uint64_t
place(const struct tree_picture *picture, int64_t time)
{
	const double part = (double)(time - picture->from) / (double)(picture->to - picture->from);
	const double wide = PICTURE_SLOTS * SLOT_WIDE * 10;

	return part <= 0 ? 0 : part >= 1 ? (uint64_t)wide : (uint64_t)(part * wide);
}

static bool
is_utc(const char *clock)
{
	return clock && strncmp(clock, "UTC", 3) == 0;
}

/* Only a time that is UTC ends in Z. */
static void
put_time(xmlTextWriterPtr page, int64_t time, const char *clock)
{
	char text[CLOCK_TEXT];

	clock_utc(time, text);
	if (!is_utc(clock))
		text[strlen(text) - 1] = '\0';
	html_text(page, text);
}

static void
put_span(xmlTextWriterPtr page, const struct tree_picture *picture, const struct picture_span *span)
{
	const int64_t east = picture->has_clock && !is_utc(span->clock) ? picture->clock : 0;
	const uint64_t from = place(picture, span->first - east);
	const uint64_t to = place(picture, span->last - east);

	html_open(page, "p", "lane");
	html_leaf(page, "b", NULL, "Log");
	html_text(page, " ");
	html_text(page, span->name);
	html_text(page, ": ");
	put_time(page, span->first, span->clock);
	html_text(page, " to ");
	put_time(page, span->last, span->clock);
	if (span->clock && *span->clock) {
		html_text(page, ", ");
		html_bytes(page, slice_str(span->clock), 0);
	}
	html_close(page);
	if (span->last - east < picture->from || span->first - east > picture->to)
		return;
	svg_open(page, "span", PICTURE_SLOTS * SLOT_WIDE, 8, "when the log tells of events");
	svg_bar(page, "log", from, 0, to - from > 30 ? to - from : 30, 80);
	html_close(page);
}

/* Each crash as a line across the lane, at its own time. */
static void
put_crashes(xmlTextWriterPtr page, const struct tree_picture *picture)
{
	const uint32_t n = picture->n_crashes <= PICTURE_CRASHES ? picture->n_crashes : 0;
	const uint32_t first = n > CRASHES_NAMED ? n - CRASHES_NAMED : 0;
	char count[HTML_NUMBER];

	if (n == 0)
		return;
	html_open(page, "p", "lane");
	html_leaf(page, "b", NULL, "Crashes that logs tell of, UTC");
	html_print(page, ": %s", html_count(count, picture->n_crashes_total));
	html_text(page, first > 0 || picture->n_crashes_total > n ? "; the latest " : "; ");
	for (uint32_t i = first; i < n; i++) {
		html_text(page, i > first ? ", " : "");
		html_time(page, picture->crashes[i]);
	}
	html_close(page);
	svg_open(page, "times", PICTURE_SLOTS * SLOT_WIDE, 24, "when the service crashed");
	for (uint32_t i = 0; i < n; i++) {
		const int64_t time = picture->crashes[i];

		if (time >= picture->from && time <= picture->to)
			svg_bar(page, "crash", place(picture, time), 0, TICK_WIDE, 240);
	}
	html_close(page);
}

static void
put_logged(xmlTextWriterPtr page, const struct tree_picture *picture)
{
	uint64_t n = picture->logged_beyond;

	for (int i = 0; i < PICTURE_SLOTS; i++)
		n += picture->logged[i][0];
	if (n > 0)
		put_lane(page, "What logs say of files, UTC", "record", picture->logged,
		    picture->logged_beyond);
}

static void
put_received(xmlTextWriterPtr page, const struct tree_picture *picture)
{
	const int minutes = abs(picture->clock) / 60;
	char title[96];

	if (!picture->has_clock)
		snprintf(title, sizeof title, "Received by the server, its own clock");
	else
		snprintf(title, sizeof title,
		    "Received by the server, whose clock was at UTC%c%02d:%02d",
		    picture->clock < 0 ? '-' : '+', minutes / 60 % 100, minutes % 60);
	put_lane(page, title, "file", picture->received, picture->beyond[1]);
}

static void
put_times(xmlTextWriterPtr page, const struct tree_picture *picture)
{
	char from[CLOCK_TEXT], middle[CLOCK_TEXT], to[CLOCK_TEXT];
	const char *const labels[] = { from, middle, to, NULL };

	if (!picture->has_times || picture->to <= picture->from)
		return;
	clock_utc(picture->from, from);
	clock_utc(picture->from + (picture->to - picture->from) / 2, middle);
	clock_utc(picture->to, to);
	html_leaf(page, "h3", NULL, "Times of files against logged events");
	put_received(page, picture);
	put_lane(page, "Last changed, UTC", "file", picture->modified, picture->beyond[0]);
	put_crashes(page, picture);
	put_logged(page, picture);
	for (uint32_t i = 0; i < picture->n_spans && i < PICTURE_SPANS; i++)
		put_span(page, picture, &picture->spans[i]);
	from[16] = middle[16] = to[16] = '\0'; /* to the minute */
	put_axis(page, "axis", labels);
	html_leaf_print(page, "p", "note",
	    "Dark: files of level medium and above. %s, and a copy may have given its files new "
	    "times of change.",
	    picture->has_clock
		? "Times of receipt are drawn in UTC, by the offset that the scan found "
		  "for the server's clock or was told"
		: "The server's clock may be hours off UTC");
}

static bool
is_counted(const struct tree_picture *picture)
{
	uint64_t n = 0;

	for (int folder = 0; folder < FOLDER_COUNT; folder++)
		n += in_folder(picture, folder);
	return n > 0;
}

void
html_pictures(const struct report *report)
{
	xmlTextWriterPtr page = ((struct html_state *)report->state)->page;
	const struct tree_picture *picture = &report->summary->picture;

	if (!is_counted(picture))
		return;
	html_section(page, "pictures", "The tree at a glance");
	html_open(page, "div", "pictures");
	html_open(page, "div", NULL);
	put_folders(page, picture);
	html_close(page);
	html_open(page, "div", NULL);
	put_scores(page, picture, ((struct html_state *)report->state)->levels);
	html_close(page);
	html_close(page);
	put_times(page, picture);
	html_close(page);
}
