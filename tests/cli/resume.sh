#!/bin/sh
# resume.sh - a scan that was killed at any moment goes on, and its report is that of a whole one.
# SPDX-License-Identifier: LGPL-2.1-or-later
# RESUME_KILLS: how many moments (default 8).
. "$(dirname "$0")/lib"
cd "$work" || exit 1
kills=${RESUME_KILLS:-8}
demo=$(cd "$OLDPWD" && pwd)/corpus/Imcdata
: "${MKSPOOL:?set it to the path of mkspool}"
"$MKSPOOL" --seed=11 --count=2000 --trigger=charset-empty:3 --out=t >/dev/null
cp -r "$demo" t/Demo

scan() { "$IMCSCAN" scan --reproducible -f jsonl "$@" t; }
start=$(date +%s%N)
scan --case=whole.case -o whole 2>/dev/null
took=$((($(date +%s%N) - start) / 1000000)) # ms
kept() { "$IMCSCAN" report --reproducible -f jsonl whole.case | cmp - whole; }
claim 'a case of an undisturbed scan gives its report' kept
again() { scan --case=whole.case --resume -o again; cmp whole again; }
claim 'to resume what is finished changes nothing' again

# killed MS: kill a scan after that time, go on, compare.
killed() {
    rm -f k.case k.case-journal k
    "$IMCSCAN" scan --reproducible -f jsonl --case=k.case -o k t 2>/dev/null &
    sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"
    kill -KILL $! 2>/dev/null
    wait $! 2>/dev/null
    [ ! -e k ] || cmp k whole || return 1
    scan --case=k.case --resume -o k 2>"$err"
    [ $? -le 1 ] || { cat "$err"; return 1; }
    cmp k whole && "$IMCSCAN" report --reproducible -f jsonl k.case | cmp - whole
}
all_moments() {
    n=0
    while [ $n -lt "$kills" ]; do
        n=$((n + 1))
        killed $((took * n / (kills + 1))) || { echo "killed after $((took * n / (kills + 1))) ms"; return 1; }
    done
}
claim "killed at $kills moments, the scan goes on to the same report" all_moments
twice() {
    rm -f k.case k.case-journal k
    for part in 3 2; do
        "$IMCSCAN" scan --reproducible -f jsonl --case=k.case --resume -o k t 2>/dev/null &
        sleep "$(printf '0.%03d' $((took / part % 1000)))"
        kill -KILL $! 2>/dev/null
        wait $! 2>/dev/null
    done
    scan --case=k.case --resume -o k 2>"$err"
    cmp k whole
}
claim 'killed twice, too' twice

files=$(find t -path '*/Imcdata/In/*' -type f | sort | head -3)
change() {
    # shellcheck disable=SC2086
    set -- $files
    printf 'one more line\r\n' >>"$1"
    cp -p "$2" same && printf 'X' | dd of="$2" bs=1 seek=300 conv=notrunc 2>/dev/null && touch -r same "$2"
    rm "$3"
    scan --case=whole.case --resume -o changed
    scan -o fresh
    grep '"notes"' changed | grep -q '2 file(s) of the case had changed' || { head -1 changed; return 1; }
    head -1 changed | grep -q '1 file(s) of the case are no longer' || { head -1 changed; return 1; }
    sed 1d changed >a && sed 1d fresh >b && cmp a b
}
claim 'changed files are examined anew and gone ones left out, and the report says so; the same size and time do not hide it' change
other() { exits 2 scan --case=whole.case --resume --disable-rule=charset-empty t && says 'begun with other rules'; }
claim 'a case is not gone on with by other rules' other
limits() { exits 2 scan --case=whole.case --resume --time-limit=1 t && says 'begun with another time_base_ms'; }
claim 'nor within other limits' limits
finish
