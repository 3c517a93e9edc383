/* script_sh.c - moves for a POSIX shell. In single quotes nothing but the quote has a meaning. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/script.h"

static const struct script_kind *const kind = &script_kind_sh;
static const struct slice nothing;

static const char functions[] =
    "stop() { printf 'imcscan: %s %s\\n' \"$1\" \"$2\" >&2; exit 1; }\n"
    "there() { [ -e \"$1\" ] || [ -L \"$1\" ]; }\n"
    "free() { ! there \"$1\" || stop \"$2\" 'is there already; nothing was moved.'; }\n"
    "either() { ! there \"$1\" || free \"$2\" \"$3\"; }\n"
    "put() {\n"
    "\tthere \"$1\" || return 0\n"
    "\t! there \"$2\" || stop \"$3\" 'is in both places now; it stays.'\n"
    "\tmv -- \"$1\" \"$2\" || stop \"$3\" 'could not be moved.'\n"
    "}\n";

static void
word(FILE *out, const struct script *script, struct slice dir, struct slice name)
{
	script_word(out, kind, script, dir, name);
}

static void
shown(FILE *out, struct slice dir, struct slice name)
{
	script_end(out, kind, dir, name);
}

static void
look_first(FILE *out, const struct script *script, struct slice mark)
{
	char room[SCRIPT_NAME_ROOM];
	const struct slice old = slice_str(script_queue_name(script->step, room));

	fputs("free", out);
	word(out, script, nothing, mark);
	shown(out, nothing, mark);
	for (size_t i = 0; i < script->n_tops; i++) {
		fputs("free", out);
		word(out, script, script->tops[i], old);
		shown(out, script->tops[i], old);
	}
	for (size_t i = 0; i < script->n_homes; i++) {
		fputs("[ -d", out);
		word(out, script, script->homes[i].home, nothing);
		fputs(
		    " ] || stop '' 'A folder of the queue is missing; nothing was moved.'\n", out);
	}
	for (size_t i = 0; i < script->n_moves; i++) {
		const struct script_move *move = &script->moves[i];
		const struct slice to = move->out ? move->temp : move->home;

		fputs("free", out);
		word(out, script, to, move->name);
		shown(out, to, move->name);
	}
}

static void
make_folders(FILE *out, const struct script *script, struct slice mark)
{
	fputs("mkdir", out);
	word(out, script, nothing, mark);
	fputs(" || exit 1\n", out);
	for (size_t i = 0; i < script->n_homes; i++) {
		fputs("[ -d", out);
		word(out, script, script->homes[i].temp, nothing);
		fputs(" ] || mkdir", out);
		word(out, script, script->homes[i].temp, nothing);
		word(out, script, script->homes[i].temp, mark);
		fputs(" || exit 1\n", out);
	}
}

static void
put_queue(FILE *out, const struct script *script, bool back)
{
	char room[SCRIPT_NAME_ROOM];
	const struct slice old = slice_str(script_queue_name(script->step, room));
	const struct slice dat = slice_str("queue.dat");

	for (size_t i = 0; i < script->n_tops; i++) {
		const struct slice top = script->tops[i];

		if (back) {
			fputs("if there", out);
			word(out, script, top, dat);
			fputs("; then echo 'imcscan: a new queue.dat stays.'; else ", out);
		}
		fputs("put", out);
		word(out, script, top, back ? old : dat);
		word(out, script, top, back ? dat : old);
		fputs(back ? " queue.dat; fi\n" : " queue.dat\n", out);
	}
}

static void
write_moves(FILE *out, const struct script *script)
{
	char room[SCRIPT_NAME_ROOM];
	const struct slice mark = slice_str(script_mark(script->step, room));

	fputs("#!/bin/sh\n", out);
	script_head(out, kind, script, "#", false);
	fputs(functions, out);
	look_first(out, script, mark);
	make_folders(out, script, mark);
	for (size_t i = 0; i < script->n_moves; i++)
		script_put(out, kind, script, &script->moves[i], false);
	put_queue(out, script, false);
	fprintf(out, "echo 'imcscan: done, step %llu. Start the service now.'\n",
	    (unsigned long long)script->step);
}

static void
folders_back(FILE *out, const struct script *script, struct slice mark)
{
	for (size_t i = 0; i < script->n_homes; i++) {
		fputs("[ ! -d", out);
		word(out, script, script->homes[i].temp, mark);
		fputs(" ] || rmdir", out);
		word(out, script, script->homes[i].temp, mark);
		word(out, script, script->homes[i].temp, nothing);
		fputs(" || exit 1\n", out);
	}
	fputs("rmdir", out);
	word(out, script, nothing, mark);
	fputs(" || exit 1\n", out);
}

static void
write_undo(FILE *out, const struct script *script)
{
	char room[SCRIPT_NAME_ROOM];
	const struct slice mark = slice_str(script_mark(script->step, room));

	fputs("#!/bin/sh\n", out);
	script_head(out, kind, script, "#", true);
	fputs(functions, out);
	fputs("[ -d", out);
	word(out, script, nothing, mark);
	fputs(" ] || stop '' 'The script of this step did not run; nothing was moved.'\n", out);
	for (size_t i = 0; i < script->n_moves; i++) {
		fputs("either", out);
		word(out, script, script->moves[i].temp, script->moves[i].name);
		word(out, script, script->moves[i].home, script->moves[i].name);
		shown(out, script->moves[i].home, script->moves[i].name);
	}
	for (size_t i = script->n_moves; i-- > 0;)
		script_put(out, kind, script, &script->moves[i], true);
	put_queue(out, script, true);
	folders_back(out, script, mark);
	fprintf(out, "echo 'imcscan: step %llu is undone.'\n", (unsigned long long)script->step);
}

const struct script_kind script_kind_sh = { "sh", '/', "\n", '\'', '\'', "'\\''", false,
	write_moves, write_undo, "put", "" };
