/* test_growth.c - claims about the cost of large and of hostile inputs: steps, not seconds. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stage.h"

#define A_LOG 2000

/* What the n-th item and the n-th file have in common. */
struct room {
	char name[9], path[16], id[64];
};

typedef void staging(uint64_t n, struct line *line, struct actor *actor, struct room *room);

static void
all_different(uint64_t n, struct line *line, struct actor *actor, struct room *room)
{
	static const char symbols[] = "0123456789ABCDFGHJKLMNPQRSTVWXYZ";

	for (int i = 0; i < 8; i++)
		room->name[i] = symbols[n * 2654435761u >> (5 * (7 - i)) & 31];
	room->name[8] = '\0';
	snprintf(room->path, sizeof room->path, "In/%s", room->name);
	snprintf(room->id, sizeof room->id, "<%llu@other.example>", (unsigned long long)n);
	*line = (struct line){ n % 3 ? EVIDENCE_EVENT_FILE : EVIDENCE_EVENT_MESSAGE,
		.time = CRASH + (int64_t)n, .event = 4182, .flags = EVIDENCE_IN,
		.spool = room->name, .message_id = room->id };
	*actor = (struct actor){
		.path = room->path, .message_id = room->id, .came = CRASH - (int64_t)n
	};
}

/* One name, one subject, one pair of addresses for all. */
static void
all_the_same(uint64_t n, struct line *line, struct actor *actor, struct room *room)
{
	static const enum evidence_kind kinds[] = { EVIDENCE_EVENT_FILE, EVIDENCE_EVENT_MESSAGE,
		EVIDENCE_SMTP_OPEN, EVIDENCE_COPY_FAILED, EVIDENCE_CRASH };

	(void)room;
	*line = (struct line){ kinds[n % 5], .time = CRASH, .event = 4182,
		.flags = EVIDENCE_IN | (n % 5 == 0 ? EVIDENCE_STAYS : 0), .spool = "HBWK2Q2P",
		.sender = "a@b.example", .recipient = "c@d.example",
		.subject = n % 5 == 1 ? "Hello" : NULL, .code = n % 5 == 3 ? 32 : 0 };
	*actor = (struct actor){ .path = "In/HBWK2Q2P",
		.subject = "Hello",
		.came = CRASH,
		.mail_from = "a@b.example",
		.rcpt = "c@d.example" };
}

static uint64_t
cost(staging *shape, uint64_t n_items, uint64_t n_files)
{
	static struct line lines[A_LOG];
	static struct room rooms[A_LOG];
	struct stage stage;
	struct actor actor;
	struct line line;
	uint64_t steps;

	stage_open(&stage);
	for (uint64_t done = 0; done < n_items; done += A_LOG) {
		char name[16];

		for (uint64_t i = 0; i < A_LOG; i++)
			shape(done + i, &lines[i], &actor, &rooms[i]);
		snprintf(name, sizeof name, "%08llu", (unsigned long long)done);
		stage_log(&stage, name, LOG_EVT, ZONE_UTC, lines, A_LOG);
	}
	stage_files(&stage);
	for (uint64_t i = 0; i < n_files; i++) {
		shape(i, &line, &actor, &rooms[0]);
		stage_add(&stage, &actor);
	}
	stage_end(&stage);
	steps = correlation_steps(stage.c);
	stage_close(&stage);
	return steps;
}

static void
steps_grow_with_items_and_files_and_not_with_their_product(void **state)
{
	const uint64_t small = cost(all_different, 4000, 20000),
		       large = cost(all_different, 20000, 100000);

	(void)state;
	assert_true(large >= small);
	assert_true(large < 8 * small);
	assert_true(large < 12 * (20000 + 100000));
}

/* Each item is joined with KEY_FILES_MAX files of its name, and no more. */
static void
one_name_for_all_costs_no_product_either(void **state)
{
	const uint64_t small = cost(all_the_same, 4000, 20000),
		       large = cost(all_the_same, 20000, 100000);

	(void)state;
	assert_true(large < 8 * small);
	assert_true(large < 40 * (20000 + 100000));
}

struct counted {
	size_t n;
	uint64_t last;
};

static bool
count_up(void *context, uint64_t number, const struct clue *clue)
{
	struct counted *counted = context;

	(void)clue;
	assert_true(counted->n == 0 || number >= counted->last);
	counted->last = number;
	counted->n++;
	return true;
}

static void
clues_of_one_rule_and_file_are_few_and_in_order(void **state)
{
	static struct line lines[A_LOG];
	struct counted counted = { 0 };
	struct stage stage;

	(void)state;
	for (int i = 0; i < A_LOG; i++)
		lines[i] = (struct line){ EVIDENCE_EVENT_FILE, .time = CRASH, .event = 4182,
			.flags = EVIDENCE_STAYS, .spool = i % 2 ? "HBWK2Q2P" : "0TH3R001" };
	stage_open(&stage);
	stage_log(&stage, "a.evt", LOG_EVT, ZONE_UTC, lines, A_LOG);
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P" });
	stage_end(&stage);
	correlation_each(stage.c, count_up, &counted);
	assert_int_equal(counted.n, 2 * CORRELATE_SAME_MAX);
	assert_true(stage_notes(&stage, "1984 more clues"));
	stage_close(&stage);
}

static void
numbers_come_without_a_gap(void **state)
{
	struct suspect suspect = { .path = slice_of("In/A", 4) };
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_files(&stage);
	assert_false(correlation_add(stage.c, 1, &suspect));
	assert_true(correlation_add(stage.c, 0, &suspect));
	assert_false(correlation_add(stage.c, 0, &suspect));
	stage_close(&stage);
}

static void
without_logs_there_is_nothing_to_say(void **state)
{
	struct counted counted = { 0 };
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH });
	stage_end(&stage);
	correlation_each(stage.c, count_up, &counted);
	assert_int_equal(counted.n + correlation_n_missing(stage.c), 0);
	assert_int_equal(correlation_n_notes(stage.c), 0);
	assert_int_equal(correlation_n_needles(stage.c), 0);
	stage_close(&stage);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_grow_with_items_and_files_and_not_with_their_product),
		cmocka_unit_test(one_name_for_all_costs_no_product_either),
		cmocka_unit_test(clues_of_one_rule_and_file_are_few_and_in_order),
		cmocka_unit_test(numbers_come_without_a_gap),
		cmocka_unit_test(without_logs_there_is_nothing_to_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
