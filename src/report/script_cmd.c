/*
 * script_cmd.c - moves in the batch language of Windows NT 4, and nothing later.
 *
 * One command a line, no blocks, no else, no delayed expansion, no switches. In quotes only % has a
 * meaning, and %% is one. ERRORLEVEL is not asked: what counts is where the files are.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/script.h"

#define EOL "\r\n"

static const struct script_kind *const kind = &script_kind_cmd;
static const struct slice nothing;

static void
path(FILE *out, const struct script *script, struct slice dir, struct slice name)
{
	script_path(out, kind, script, dir, name);
}

/* What the messages at the end speak of. */
static void
about(FILE *out, struct slice dir, struct slice name)
{
	fputs("set IMCSCAN_FILE=", out);
	script_shown(out, kind, dir, name);
	fputs(EOL, out);
}

static void
when(FILE *out, const struct script *script, const char *test, struct slice dir, struct slice name,
    const char *then)
{
	fputs(test, out);
	path(out, script, dir, name);
	fprintf(out, " %s", then);
}

static void
make_folder(FILE *out, const struct script *script, struct slice dir, struct slice name)
{
	fputs("mkdir ", out);
	path(out, script, dir, name);
	fputs(EOL, out);
}

static void
remove_folder(FILE *out, const struct script *script, struct slice dir, struct slice name)
{
	fputs("rmdir ", out);
	path(out, script, dir, name);
	fputs(EOL, out);
}

/* Nothing is moved before all names are known to be free. */
static void
look_first(FILE *out, const struct script *script)
{
	char room[SCRIPT_NAME_ROOM], queue[SCRIPT_NAME_ROOM];
	const struct slice mark = slice_str(script_mark(script->step, room));
	const struct slice old = slice_str(script_queue_name(script->step, queue));

	about(out, nothing, mark);
	when(out, script, "if exist ", nothing, mark, "goto again" EOL);
	for (size_t i = 0; i < script->n_tops; i++) {
		about(out, script->tops[i], old);
		when(out, script, "if exist ", script->tops[i], old, "goto taken" EOL);
	}
	for (size_t i = 0; i < script->n_homes; i++) {
		about(out, script->homes[i].home, nothing);
		when(out, script, "if not exist ", script->homes[i].home, nothing,
		    "goto missing" EOL);
	}
	for (size_t i = 0; i < script->n_moves; i++) {
		const struct script_move *move = &script->moves[i];
		const struct slice to = move->out ? move->temp : move->home;

		about(out, to, move->name);
		when(out, script, "if exist ", to, move->name, "goto taken" EOL);
	}
}

static void
make_folders(FILE *out, const struct script *script)
{
	char room[SCRIPT_NAME_ROOM];
	const struct slice mark = slice_str(script_mark(script->step, room));

	about(out, nothing, mark);
	make_folder(out, script, nothing, mark);
	when(out, script, "if not exist ", nothing, mark, "goto failed" EOL);
	for (size_t i = 0; i < script->n_homes; i++) {
		char then[40];

		snprintf(then, sizeof then, "goto have%zu" EOL, i + 1);
		about(out, script->homes[i].temp, nothing);
		when(out, script, "if exist ", script->homes[i].temp, nothing, then);
		make_folder(out, script, script->homes[i].temp, nothing);
		make_folder(out, script, script->homes[i].temp, mark);
		fprintf(out, ":have%zu" EOL, i + 1);
		when(out, script, "if not exist ", script->homes[i].temp, nothing,
		    "goto failed" EOL);
	}
}

/* A file that is no longer there was delivered. One that stays is in use. */
static void
move_one(FILE *out, const struct script *script, const struct script_move *move, bool back)
{
	const bool outwards = move->out != back;
	const struct slice from = outwards ? move->home : move->temp;
	const struct slice to = outwards ? move->temp : move->home;

	about(out, from, move->name);
	when(out, script, "if exist ", from, move->name, "move ");
	path(out, script, from, move->name);
	fputc(' ', out);
	path(out, script, to, move->name);
	fputs(" >nul" EOL, out);
	when(out, script, "if exist ", from, move->name, "goto failed" EOL);
}

static void
rename_queue(FILE *out, const struct script *script, struct slice top)
{
	char room[SCRIPT_NAME_ROOM];
	const struct slice dat = slice_str("queue.dat");
	const char *old = script_queue_name(script->step, room);

	about(out, top, dat);
	when(out, script, "if exist ", top, dat, "ren ");
	path(out, script, top, dat);
	fprintf(out, " %s" EOL, old);
	when(out, script, "if exist ", top, dat, "goto failed" EOL);
}

static void
tail(FILE *out, const char *labels)
{
	fputs("goto end" EOL, out);
	fputs(labels, out);
	fputs(
	    ":missing" EOL "echo imcscan: %IMCSCAN_FILE% is not there; nothing was moved." EOL
	    "goto bad" EOL ":failed" EOL
	    "echo imcscan: %IMCSCAN_FILE% could not be moved. Is the service stopped? A file that is "
	    "in use is probably the bad one." EOL "goto bad" EOL ":bad" EOL
	    "verify stopped 2>nul" EOL ":end" EOL,
	    out);
}

static void
write_moves(FILE *out, const struct script *script)
{
	fputs("@echo off" EOL, out);
	script_head(out, kind, script, "rem", false);
	fputs("setlocal" EOL, out);
	look_first(out, script);
	make_folders(out, script);
	for (size_t i = 0; i < script->n_moves; i++)
		move_one(out, script, &script->moves[i], false);
	for (size_t i = 0; i < script->n_tops; i++)
		rename_queue(out, script, script->tops[i]);
	fprintf(out, "echo imcscan: done, step %llu. Start the service now." EOL,
	    (unsigned long long)script->step);
	tail(out,
	    ":again" EOL "echo imcscan: %IMCSCAN_FILE% says that this step was moved before; "
	    "nothing was moved." EOL "goto bad" EOL ":taken" EOL
	    "echo imcscan: %IMCSCAN_FILE% is there already; nothing was moved." EOL "goto bad" EOL);
}

static void
queue_back(FILE *out, const struct script *script, size_t number)
{
	char room[SCRIPT_NAME_ROOM], then[40];
	const struct slice old = slice_str(script_queue_name(script->step, room));
	const struct slice dat = slice_str("queue.dat"), top = script->tops[number];

	snprintf(then, sizeof then, "goto queue%zu" EOL, number + 1);
	about(out, top, dat);
	when(out, script, "if not exist ", top, old, then);
	when(out, script, "if exist ", top, dat, "echo imcscan: a new %IMCSCAN_FILE% stays." EOL);
	when(out, script, "if exist ", top, dat, then);
	fputs("ren ", out);
	path(out, script, top, old);
	fputs(" queue.dat" EOL, out);
	fprintf(out, ":queue%zu" EOL, number + 1);
}

static void
folders_back(FILE *out, const struct script *script)
{
	char room[SCRIPT_NAME_ROOM], then[40];
	const struct slice mark = slice_str(script_mark(script->step, room));

	for (size_t i = 0; i < script->n_homes; i++) {
		const struct slice temp = script->homes[i].temp;

		snprintf(then, sizeof then, "goto keep%zu" EOL, i + 1);
		fputs("if not exist ", out);
		script_path(out, kind, script, temp, mark);
		fprintf(out, " %s", then);
		remove_folder(out, script, temp, mark);
		remove_folder(out, script, temp, nothing);
		fprintf(out, ":keep%zu" EOL, i + 1);
	}
	remove_folder(out, script, nothing, mark);
}

static void
write_undo(FILE *out, const struct script *script)
{
	char room[SCRIPT_NAME_ROOM];
	const struct slice mark = slice_str(script_mark(script->step, room));

	fputs("@echo off" EOL, out);
	script_head(out, kind, script, "rem", true);
	fputs("setlocal" EOL, out);
	about(out, nothing, mark);
	when(out, script, "if not exist ", nothing, mark, "goto missing" EOL);
	for (size_t i = 0; i < script->n_moves; i++) {
		const struct script_move *move = &script->moves[i];

		about(out, move->out ? move->home : move->temp, move->name);
		when(out, script, "if exist ", move->home, move->name, "");
		when(out, script, "if exist ", move->temp, move->name, "goto taken" EOL);
	}
	for (size_t i = script->n_moves; i-- > 0;)
		move_one(out, script, &script->moves[i], true);
	for (size_t i = 0; i < script->n_tops; i++)
		queue_back(out, script, i);
	folders_back(out, script);
	fprintf(out, "echo imcscan: step %llu is undone." EOL, (unsigned long long)script->step);
	tail(out,
	    ":taken" EOL "echo imcscan: %IMCSCAN_FILE% is there already; nothing was moved." EOL
	    "goto bad" EOL);
}

const struct script_kind script_kind_cmd = { "cmd", '\\', EOL, '"', '%', "%%", true, write_moves,
	write_undo, NULL, "" };
