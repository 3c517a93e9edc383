#!/bin/sh
# plan-scripts.sh - the move scripts of a plan, run: names, places and bytes, and that undo restores them.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
: "${MKCASE:?set it to the path of mkcase}"
cd "$work" || exit 1

# Names that a shell could take for more than a name; the last three stand for no Windows file.
hostile() {
    printf '%s\n' 'A0000001' '%PATH%' 'a&b' 'c^d' 'e;f,g=h' '-rf' 'i j' "k'l" '$(touch pwned)' '`touch pwned`' '%%x' 'm!n!' \
        '(o)' 'p#q' '~' '$HOME' '{a,b}' '[ab]'
}
foreign() { printf '%s\n' 'r"s' 't|u>v' 'caf\351' 'line\\nbreak'; }

# server DIR : a live server; the suspects are the hostile names.
server() {
    rm -rf "$1"
    mkdir -p "$1/In" "$1/Out/Temp"
    hostile | while IFS= read -r name; do printf '%s\n' "bytes of $name" >"$1/In/$name"; done
    for n in 1 2 3 4 5 6 7 8; do echo "healthy $n" >"$1/Out/B000000$n"; done
    echo held >"$1/Out/Temp/C0000001"
    echo state >"$1/queue.dat"
}
case_of() {
    rm -f "$1"
    { hostile | while IFS= read -r name; do printf 'in\t0.05\t\tIn/%s\n' "$name"; done
      for n in 1 2 3 4 5 6 7 8; do printf 'out\t0.001\t\tOut/B000000%s\n' $n; done
      printf 'out-temp\t0.001\t\tOut/Temp/C0000001\n'; } | "$MKCASE" "$1" 0.9
}
state() { (cd "$1" && find . -type d | sort && find . -type f | sort | while IFS= read -r f; do cksum "$f"; done); }

# Every message is in Temp, and nothing is lost.
all_out() {
    [ -z "$(find server/In server/Out -maxdepth 1 -type f)" ] && [ "$(find server/In/Temp -type f | wc -l)" -eq 18 ] &&
        [ "$(find server/Out/Temp -type f | wc -l)" -eq 9 ] || { find server; return 1; }
}

case_of case
server server
state server >before
written() {
    exits 0 plan --script=sh --root="$work/server" -o move.sh case && [ -s move.sh ] && [ -s move-undo.sh ] &&
        state server | cmp - before
}
claim 'imcscan writes the script and its undo, and moves nothing itself' written
for shell in dash bash 'bash --posix'; do
    command -v "${shell%% *}" >/dev/null || { skip "$shell is not installed"; continue; }
    moved() {
        $shell move.sh >log 2>&1 || { cat log; return 1; }
        grep -q 'done, step 1' log && [ ! -e server/queue.dat ] && [ "$(cat server/queue.old)" = state ] &&
            [ ! -e pwned ] && all_out
    }
    claim "$shell: the script moves, and renames queue.dat" moved
    again() { ! $shell move.sh >log 2>&1 && grep -q 'already' log; }
    claim "$shell: run again it refuses" again
    undone() { $shell move-undo.sh >log 2>&1 || { cat log; return 1; }; state server | cmp - before; }
    claim "$shell: undo restores names, places and bytes exactly" undone
    not_run() { ! $shell move-undo.sh >log 2>&1 && state server | cmp - before; }
    claim "$shell: undo alone does nothing" not_run
    two_steps() {
        $shell move.sh >log 2>&1 && exits 0 plan --stable --script=sh --root="$work/server" -o second.sh case || return 1
        echo new >server/queue.dat
        state server >first && $shell second.sh >log 2>&1 && [ "$(cat server/queue.o2)" = new ] &&
            [ -n "$(find server/In -maxdepth 1 -type f)" ] && [ -e server/Out/C0000001 ] &&
            $shell second-undo.sh >>log 2>&1 && state server | cmp - first && rm server/queue.dat &&
            $shell move-undo.sh >>log 2>&1 && state server | cmp - before && exits 0 plan --undo case || { cat log; return 1; }
    }
    claim "$shell: a second step puts messages back, and both are undone exactly" two_steps
    taken() {
        mkdir -p server/In/Temp && : >'server/In/Temp/%PATH%' && state server >with
        ! $shell move.sh >log 2>&1 && state server | cmp - with && rm 'server/In/Temp/%PATH%' && rmdir server/In/Temp
    }
    claim "$shell: a name that is taken stops it before anything moves" taken
    old() { echo older >server/queue.old && state server >with && ! $shell move.sh >log 2>&1 && state server | cmp - with; rm server/queue.old; }
    claim "$shell: an older queue.old is never written over" old
    gone() {
        mv 'server/In/$HOME' aside && state server >with && $shell move.sh >log 2>&1 && $shell move-undo.sh >log 2>&1 &&
            state server | cmp - with && mv aside 'server/In/$HOME'
    }
    claim "$shell: a message that was delivered meanwhile is passed over" gone
done

rm -f odd
{ foreign | while IFS= read -r name; do printf "in\t0.2\t\tIn/$name\n"; done; printf 'in\t0.1\t\tIn/A0000009\n'; } | "$MKCASE" odd 0
odd() {
    mkdir -p odds/In && run plan -f json odd
    exits 0 plan --script=sh --root="$work/odds" -o odd.sh odd && dash -n odd.sh && dash -n odd-undo.sh
}
claim 'sh quotes what Windows cannot name, line ends too' odd
for kind in cmd powershell; do
    refused() {
        exits 3 plan --script=$kind --root='D:\exchsrvr\imcdata' -o "odd.$kind" odd && says 'left out of the script' &&
            grep -q 'LEFT OUT' "odd.$kind" && ! grep -q 'r"s' "odd.$kind"
    }
    claim "$kind: names that cannot be quoted are left out, and named" refused
done

exits 0 plan --script=cmd --root='D:\exchsrvr\imcdata' -o move.cmd case >/dev/null
# What a line of the script may be: commands of Windows NT 4 without a switch, one a line.
old_syntax() {
    path='"[^"]*"'
    tr -d '\r' <"$1" | grep -vE "^(@echo off|setlocal|rem .*|goto [a-z0-9]+|:[a-z0-9]+|set IMCSCAN_FILE=[A-Za-z0-9._\\\\-]*)\$" |
        grep -vE "^(if (not )?exist $path )*(goto [a-z0-9]+|mkdir $path|rmdir $path|move $path $path >nul|ren $path [a-z0-9.]+)\$" |
        grep -vE "^(if exist $path )?echo imcscan: [A-Za-z0-9 %_,.;?]*\$|^verify stopped 2>nul\$" >later
    [ ! -s later ] || { cat later; return 1; }
}
claim 'cmd: nothing later than Windows NT 4' old_syntax move.cmd
claim 'cmd: nor in the undo' old_syntax move-undo.cmd
percent() { ! tr -d '\r' <move.cmd | sed 's/%%//g; s/%IMCSCAN_FILE%//g' | grep '%'; }
claim 'cmd: each % of a name is doubled' percent
ends() { [ "$(grep -c '' move.cmd)" -eq "$(grep -c "$(printf '\r')\$" move.cmd)" ]; }
claim 'cmd: each line ends in CRLF' ends
labels() { tr -d '\r' <"$1" | sed -n 's/.*goto \([a-z0-9]*\)$/\1/p' | sort -u | while read -r l; do grep -q "^:$l" "$1" || echo "$l"; done | { ! grep .; }; }
claim 'cmd: each goto has its label' labels move.cmd
claim 'cmd: so has the undo' labels move-undo.cmd

exits 0 plan --script=powershell --root='D:\exchsrvr\imcdata' -o move.ps1 case >/dev/null
# Never run here: there is no PowerShell in Debian. Each string must close on its line, in ASCII.
closed() {
    ! LC_ALL=C grep -n '[^ -~]' <<-END && ! tr -d '\r' <"$1" | grep -v '^#' | sed "s/'[^']*'//g" | grep -n "'"
	$(tr -d '\r' <"$1")
	END
}
claim 'powershell (not run): strings are closed and ASCII' closed move.ps1
claim 'powershell (not run): so in the undo' closed move-undo.ps1
doubled() { grep -qF "k''l'" move.ps1; }
claim 'powershell (not run): single quotes are doubled' doubled

# Wine takes minutes to begin, so it runs where it is asked for.
if [ -z "${IMCSCAN_WINE-}" ]; then
    skip 'cmd under wine: set IMCSCAN_WINE=1, as make ci does'
elif ! command -v wine >/dev/null; then
    skip 'cmd under wine: wine is not installed'
else
    WINEPREFIX=$work/prefix WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml='
    export WINEPREFIX WINEDEBUG WINEDLLOVERRIDES
    wine cmd /c 'echo ready' >/dev/null 2>&1
    server server
    root="Z:$(printf '%s' "$work/server" | tr '/' '\\')"
    # Wine's cmd takes "move.cmd" for its own move.
    bat() { timeout 120 wine cmd /c "$1" >log 2>&1; }
    wine_moved() {
        exits 0 plan --script=cmd --root="$root" -o step.cmd case && bat step.cmd
        grep -q 'done, step 1' log && [ "$(cat server/queue.old)" = state ] && [ ! -e server/queue.dat ] &&
            all_out || { cat log; return 1; }
    }
    claim 'cmd under wine: the script moves, and renames queue.dat' wine_moved
    wine_again() { state server >with && bat step.cmd; grep -q 'moved before' log && state server | cmp - with; }
    claim 'cmd under wine: run again it refuses' wine_again
    wine_undone() { bat step-undo.cmd; state server | cmp - before || { cat log; return 1; }; }
    claim 'cmd under wine: undo restores names, places and bytes exactly' wine_undone
    wine_taken() {
        mkdir -p server/In/Temp && : >'server/In/Temp/a&b' && state server >with && bat step.cmd
        grep -q 'already' log && state server | cmp - with || { cat log; return 1; }
    }
    claim 'cmd under wine: a name that is taken stops it before anything moves' wine_taken
    wineserver -k 2>/dev/null
fi
finish
