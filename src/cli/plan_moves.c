/* plan_moves.c - which files a step moves, and the scripts that do it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/plan_moves.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "cli/say.h"
#include "report/script.h"

#define HOMES_MOST 1000 /* In and Out of so many spools halves */

struct moves {
	const struct plan_case *plan;
	const struct script_kind *kind;
	struct script script;
	struct script_move *list, *homes;
	struct slice *tops, *refused;
	char **names; /* of all files that move: what the slices are cut from */
	size_t n_names;
};

static bool
begin(struct moves *moves, const struct plan_wish *wish, const struct plan_case *plan)
{
	const size_t room = plan->files.n + 1;

	*moves = (struct moves){ .plan = plan,
		.kind = script_by_name(wish->script),
		.script = { .root = wish->root, .step = plan->step.step },
		.list = calloc(room, sizeof *moves->list),
		.homes = calloc(HOMES_MOST, sizeof *moves->homes),
		.tops = calloc(HOMES_MOST, sizeof *moves->tops),
		.refused = calloc(room, sizeof *moves->refused),
		.names = calloc(room, sizeof *moves->names) };
	return moves->list && moves->homes && moves->tops && moves->refused && moves->names;
}

static void
end(struct moves *moves)
{
	for (size_t i = 0; i < moves->n_names; i++)
		free(moves->names[i]);
	free(moves->names);
	free(moves->list);
	free(moves->homes);
	free(moves->tops);
	free(moves->refused);
}

static struct slice
above(struct slice path)
{
	const size_t slash = slice_rfind(path, '/');

	return slice_cut(path, 0, slash == SLICE_NONE ? 0 : slash);
}

/* "root/In/Temp/NAME" tells home, temp and name; so does "root/In/NAME". The text is room for the
 * whole path and "/Temp" behind its end. */
static struct script_move
split(struct slice path, char *temp, bool in_temp)
{
	const struct slice dir = above(path);
	struct script_move move = { .temp = dir };

	move.name = dir.len > 0 ? slice_from(path, dir.len + 1) : path;
	move.home = in_temp ? above(dir) : dir;
	if (!in_temp) {
		const int len = sprintf(temp, "%.*s%sTemp", (int)dir.len,
		    dir.len > 0 ? (const char *)dir.data : "", dir.len > 0 ? "/" : "");

		move.temp = slice_of(temp, (size_t)len);
	}
	return move;
}

static bool
note_home(struct moves *moves, const struct script_move *move)
{
	struct script *script = &moves->script;

	for (size_t i = script->n_homes; i-- > 0;)
		if (slice_same(moves->homes[i].home, move->home) &&
		    slice_same(moves->homes[i].temp, move->temp))
			return true;
	if (script->n_homes == HOMES_MOST)
		return false;
	moves->homes[script->n_homes++] = *move;
	return true;
}

/* Where queue.dat lies: beside In and Out. */
static bool
note_top(struct moves *moves, struct slice top)
{
	struct script *script = &moves->script;

	for (size_t i = 0; i < script->n_tops; i++)
		if (slice_same(moves->tops[i], top))
			return true;
	if (script->n_tops == HOMES_MOST)
		return false;
	moves->tops[script->n_tops++] = top;
	return true;
}

static void
refuse(struct moves *moves, struct slice path, const char *name)
{
	moves->refused[moves->script.n_refused++] = path;
	say_about(name,
	    "left out of the script: its name cannot be quoted safely for %s; move it by "
	    "hand",
	    moves->kind->name);
}

/* Whether the file has to change its place; delivered ones are gone, or may be. */
static bool
has_to_move(const struct plan_case *plan, size_t file)
{
	const struct plan_step *step = &plan->step;

	if (step->state[file] == PLAN_DELIVERED && plan->problem.options.miss <= 0)
		return false;
	return plan_case_is_out(plan, file) == (step->in_place[file] != 0);
}

static bool
add(struct moves *moves, size_t file)
{
	const struct plan_candidate *one = &moves->plan->files.list[file];
	const bool in_temp = one->folder == FOLDER_IN_TEMP || one->folder == FOLDER_OUT_TEMP;
	struct script *script = &moves->script;
	struct script_move move;
	size_t len;
	char *name = plan_case_name(one, &len), *room;
	struct slice path;

	room = name ? realloc(name, 2 * len + 16) : NULL;
	if (!room) {
		free(name);
		return false;
	}
	moves->names[moves->n_names++] = room;
	path = slice_of(room, len);
	if (!script_can_name(moves->kind, path)) {
		refuse(moves, path, room);
		return true;
	}
	move = split(path, room + len + 1, in_temp);
	move.out = !moves->plan->step.in_place[file];
	moves->list[script->n_moves++] = move;
	return note_top(moves, above(move.home)) && (!move.out || note_home(moves, &move));
}

/* Without a move there still is a queue.dat to be renamed. */
static bool
gather(struct moves *moves)
{
	const struct plan_case *plan = moves->plan;

	for (size_t i = 0; i < plan->files.n; i++)
		if (has_to_move(plan, i) && !add(moves, i))
			return false;
	if (moves->script.n_tops == 0 && !note_top(moves, slice_str("")))
		return false;
	moves->script.moves = moves->list;
	moves->script.homes = moves->homes;
	moves->script.tops = moves->tops;
	moves->script.refused = moves->refused;
	return true;
}

static bool
write_file(const char *goal, const struct moves *moves, bool undo)
{
	struct output output;

	if (!output_open(goal, &output))
		return false;
	(undo ? moves->kind->undo : moves->kind->write)(output.file, &moves->script);
	return output_close(&output, true);
}

/* "dir/move.cmd" becomes "dir/move-undo.cmd". */
static char *
undo_name(const char *goal)
{
	const char *slash = strrchr(goal, '/'), *base = slash ? slash + 1 : goal;
	const char *dot = strrchr(base, '.');
	const size_t stem = dot && dot > base ? (size_t)(dot - goal) : strlen(goal);
	char *name = NULL;

	return asprintf(&name, "%.*s-undo%s", (int)stem, goal, goal + stem) < 0 ? NULL : name;
}

static int
write_both(const char *goal, const struct moves *moves, const struct plan_case *plan)
{
	char *undo = undo_name(goal);
	/* The undo first: there is never a script without it. */
	const bool good = undo && plan_case_outside(plan, undo) && write_file(undo, moves, true) &&
			  write_file(goal, moves, false);

	free(undo);
	if (!good)
		return EXIT_TROUBLE;
	return moves->script.n_refused > 0 ? EXIT_INCOMPLETE : EXIT_QUIET;
}

int
plan_write_scripts(const struct options *options, const struct plan_case *plan)
{
	struct moves moves;
	int status = EXIT_TROUBLE;

	if (!begin(&moves, &options->plan, plan))
		say("out of memory");
	else if (!script_can_root(moves.kind, options->plan.root))
		say_about(options->plan.root, "cannot be quoted safely in such a script");
	else if (!gather(&moves))
		say("too many folders for one script");
	else if (plan->step.done && moves.script.n_moves == 0)
		say_about(plan->path, "the plan is done: nothing is left to be moved");
	else
		status = write_both(options->output, &moves, plan);
	end(&moves);
	return status;
}
