/*
 * script_powershell.c - moves for PowerShell.
 *
 * Paths go to .NET, which knows no wildcards and whose Move overwrites nothing. Names are ASCII, so
 * that neither the typographic quotes of PowerShell nor the code page of the file matter.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/script.h"

#define EOL "\r\n"

static const struct script_kind *const kind = &script_kind_powershell;
static const struct slice nothing;

static const char functions[] =
    "$ErrorActionPreference = 'Stop'" EOL "function Stop-Here([string]$file, [string]$why) {" EOL
    "    [Console]::Error.WriteLine('imcscan: ' + $file + ' ' + $why)" EOL "    exit 1" EOL "}" EOL
    "function Test-There([string]$path) {" EOL
    "    [IO.File]::Exists($path) -or [IO.Directory]::Exists($path)" EOL "}" EOL
    "function Test-Free([string]$path, [string]$file) {" EOL
    "    if (Test-There $path) { Stop-Here $file 'is there already; nothing was moved.' }" EOL
    "}" EOL "function Move-One([string]$from, [string]$to, [string]$file) {" EOL
    "    if (-not (Test-There $from)) { return }" EOL "    try { [IO.File]::Move($from, $to) }" EOL
    "    catch { Stop-Here $file ('could not be moved: ' + $_.Exception.Message) }" EOL "}" EOL
    "function Add-Folder([string]$path) { [void][IO.Directory]::CreateDirectory($path) }" EOL
    "function Remove-Folder([string]$path) { [IO.Directory]::Delete($path) }" EOL;

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
must_be_free(FILE *out, const struct script *script, struct slice dir, struct slice name)
{
	fputs("Test-Free", out);
	word(out, script, dir, name);
	shown(out, dir, name);
}

static void
look_first(FILE *out, const struct script *script, struct slice mark)
{
	char room[SCRIPT_NAME_ROOM];
	const struct slice old = slice_str(script_queue_name(script->step, room));

	must_be_free(out, script, nothing, mark);
	for (size_t i = 0; i < script->n_tops; i++)
		must_be_free(out, script, script->tops[i], old);
	for (size_t i = 0; i < script->n_homes; i++) {
		fputs("if (-not (Test-There", out);
		word(out, script, script->homes[i].home, nothing);
		fputs(
		    ")) { Stop-Here '' 'A folder of the queue is missing; nothing was moved.' }" EOL,
		    out);
	}
	for (size_t i = 0; i < script->n_moves; i++)
		must_be_free(out, script,
		    script->moves[i].out ? script->moves[i].temp : script->moves[i].home,
		    script->moves[i].name);
}

static void
make_folders(FILE *out, const struct script *script, struct slice mark)
{
	fputs("Add-Folder", out);
	word(out, script, nothing, mark);
	fputs(EOL, out);
	for (size_t i = 0; i < script->n_homes; i++) {
		fputs("if (-not (Test-There", out);
		word(out, script, script->homes[i].temp, nothing);
		fputs(")) { Add-Folder", out);
		word(out, script, script->homes[i].temp, mark);
		fputs(" }" EOL, out); /* makes the folder above it, too */
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
			fputs("if (Test-There", out);
			word(out, script, top, dat);
			fputs(") { 'imcscan: a new queue.dat stays.' }" EOL "else { ", out);
		}
		fputs("Move-One", out);
		word(out, script, top, back ? old : dat);
		word(out, script, top, back ? dat : old);
		fputs(back ? " 'queue.dat' }" EOL : " 'queue.dat'" EOL, out);
	}
}

static void
write_moves(FILE *out, const struct script *script)
{
	char room[SCRIPT_NAME_ROOM];
	const struct slice mark = slice_str(script_mark(script->step, room));

	script_head(out, kind, script, "#", false);
	fputs(functions, out);
	look_first(out, script, mark);
	make_folders(out, script, mark);
	for (size_t i = 0; i < script->n_moves; i++)
		script_put(out, kind, script, &script->moves[i], false);
	put_queue(out, script, false);
	fprintf(out, "'imcscan: done, step %llu. Start the service now.'" EOL,
	    (unsigned long long)script->step);
}

static void
folders_back(FILE *out, const struct script *script, struct slice mark)
{
	for (size_t i = 0; i < script->n_homes; i++) {
		fputs("if (Test-There", out);
		word(out, script, script->homes[i].temp, mark);
		fputs(") { Remove-Folder", out);
		word(out, script, script->homes[i].temp, mark);
		fputs("; Remove-Folder", out);
		word(out, script, script->homes[i].temp, nothing);
		fputs(" }" EOL, out);
	}
	fputs("Remove-Folder", out);
	word(out, script, nothing, mark);
	fputs(EOL, out);
}

static void
write_undo(FILE *out, const struct script *script)
{
	char room[SCRIPT_NAME_ROOM];
	const struct slice mark = slice_str(script_mark(script->step, room));

	script_head(out, kind, script, "#", true);
	fputs(functions, out);
	fputs("if (-not (Test-There", out);
	word(out, script, nothing, mark);
	fputs(")) { Stop-Here '' 'The script of this step did not run; nothing was moved.' }" EOL,
	    out);
	for (size_t i = 0; i < script->n_moves; i++) {
		const struct script_move *move = &script->moves[i];

		fputs("if (Test-There", out);
		word(out, script, move->temp, move->name);
		fputs(") { Test-Free", out);
		word(out, script, move->home, move->name);
		fputs(" '", out);
		script_shown(out, kind, move->home, move->name);
		fputs("' }" EOL, out);
	}
	for (size_t i = script->n_moves; i-- > 0;)
		script_put(out, kind, script, &script->moves[i], true);
	put_queue(out, script, true);
	folders_back(out, script, mark);
	fprintf(out, "'imcscan: step %llu is undone.'" EOL, (unsigned long long)script->step);
}

const struct script_kind script_kind_powershell = { "powershell", '\\', EOL, '\'', '\'', "''", true,
	write_moves, write_undo, "Move-One", "'" };
