#!/bin/sh
# faults.sh - disks that fail or fill up, files that change, readers that go away: told, and lived through.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
shims=$(cd "${BUILD:-build}" && pwd)/tests/shims
cd "$work" || exit 1
clean_tree t
message t/Imcdata/In/G1X4TKFF 1 'X-Longer: than all others, so that it is told by its size'
size=$(stat -c %s t/Imcdata/In/G1X4TKFF)

failing() { plan=$1; shift; env LD_PRELOAD="$shims/failing.so" "$plan" "$IMCSCAN" "$@" >"$out" 2>"$err" </dev/null; status=$?; }
ends() { [ "$status" -eq "$1" ] || { echo "status $status"; cat "$out" "$err"; return 1; }; }
nothing_left() { ! ls "$@" 2>/dev/null; }

here=$(dirname "$0"); case $here in /*) ;; *) here=$OLDPWD/$here ;; esac
if failing X= --version && [ "$status" -eq 0 ]; then
    unread() {
        failing "FAIL_PREAD=5:$size" scan -f jsonl t && ends 3
        shows '"status":"failed","reason":"Input/output error","level":"unknown"' && [ "$(grep -c '"status":"examined"' "$out")" -eq 12 ]
    }
    claim 'a file that cannot be read is named, is no clean file, and costs no other' unread
    unread_log() { cp "$here/../../corpus/logs/drwtsn32.log" log && failing "FAIL_PREAD=5:$(stat -c %s log)" scan -f jsonl --evidence=log t && ends 3 && shows 'Input/output error'; }
    claim 'so is a log' unread_log
    interrupted() { "$IMCSCAN" scan --reproducible -f jsonl t >whole; failing INTERRUPT=1 scan --reproducible -f jsonl t; cmp whole "$out"; }
    claim 'calls that are interrupted change nothing' interrupted
    for number in 23 24; do
        unopened() { failing "FAIL_OPEN=$number:G1X4TKFF" scan -f jsonl t && ends 3 && shows '"reason":"Too many open files'; }
        claim "a file that cannot be opened (errno $number) is named" unopened
    done
    unlisted() { failing FAIL_OPEN=5:In scan t && ends 3 && shows 'In: a folder that cannot be read (input/output error)'; }
    claim 'a folder that cannot be opened is named' unlisted
    full() { failing FAIL_PWRITE=28:0 scan t && ends 2 && says 'No space left on device (set TMPDIR'; }
    claim 'no room for the temporary file: says so, and where to find more' full
    for room in 0 20000 60000; do
        case_full() { failing "FAIL_PWRITE=28:$room" scan --case=k.case t && ends 2 && says 'disk is full' && nothing_left k.case*; }
        claim "no room for the case after $room bytes: says so, and leaves nothing" case_full
    done
    report_full() { failing FAIL_FSYNC=28: scan -o r t && ends 2 && says 'r: cannot write: No space left on device' && nothing_left r r.??????; }
    claim 'no room for the report: says so, and leaves nothing' report_full
    mkdir -p x/Imcdata/In
    bad x/Imcdata/In/G1X4TK19 19
    message x/Imcdata/In/G1X4TKDE 1 'X-Decoy: of the other file'
    second() {
        run scan -f html x && grep -q 'G1X4TK19' "$out" && ! grep -q X-Decoy "$out" || return 1
        failing SECOND_LOOK=G1X4TK19:G1X4TKDE scan -f html x && ends 1 && grep -q G1X4TK19 "$out" && hides X-Decoy
    }
    claim 'nothing is shown of a file that is another one at the second look' second
else
    skip 'failing disks: this build takes no LD_PRELOAD'
fi
full_out() { "$IMCSCAN" scan t >/dev/full 2>"$err"; [ $? -eq 2 ] && says 'No space left on device'; }
claim 'a full standard output is an error' full_out
early() { "$IMCSCAN" scan -f jsonl t 2>"$err" | head -c 100 >/dev/null; silent "$err"; }
claim 'a reader that goes away is none' early
few() { (ulimit -n 12; exec "$IMCSCAN" scan -f jsonl --jobs=2 t) >"$out" 2>"$err"; status=$?; ends 3 && shows '"reason":"Too many open files"'; }
claim 'files that find no descriptor free are named' few
enough() { (ulimit -n 20; exec "$IMCSCAN" scan -f jsonl --jobs=2 t) >"$out" 2>"$err"; [ "$(grep -c '"status":"examined"' "$out")" -eq 13 ]; }
claim 'twenty descriptors are enough' enough
fewer() { (ulimit -n 8; exec "$IMCSCAN" scan --jobs=8 t) >"$out" 2>"$err"; status=$?; [ "$status" -eq 2 ] && says 'Too many open files'; }
claim 'too few descriptors end the scan with a sentence' fewer

# ---- files that change under the scan ------------------------------------------------------------
# A large file is in hand for a while; whatever is done to it then is seen, or it was done before.
big() { head -c 60000000 /dev/zero | tr '\0' 'y' >>"$1"; }
message w 1
mkdir -p u/In
changing() {
    rm -f u/In/*
    cp w u/In/BIG00000
    big u/In/BIG00000
    "$IMCSCAN" scan -f jsonl --jobs=1 --time-limit=100 --fail-on=never u >"$out" 2>"$err" &
    pid=$!
    n=0
    while ! ls -l "/proc/$pid/fd" 2>/dev/null | grep -q BIG00000 && [ $n -lt 200 ]; do
        n=$((n + 1))
        sleep 0.02
    done
    "$@"
    wait "$pid"
    status=$?
    { [ "$status" -eq 3 ] && shows '"status":"changed"'; } || { echo "status $status"; cut -c 1-300 "$out"; cat "$err"; false; }
}
claim 'a file that is cut while it is read is changed' changing truncate -s 100 u/In/BIG00000
claim 'so is one that grows' changing sh -c 'echo more >>u/In/BIG00000'
claim 'so is one that is written over' changing sh -c 'printf X | dd of=u/In/BIG00000 bs=1 seek=5 conv=notrunc 2>/dev/null'

# ---- the parent ----------------------------------------------------------------------------------
signals() {
    "$IMCSCAN" scan -f jsonl --jobs=1 --progress=always t >"$out" 2>"$err" &
    pid=$!
    for n in 1 2 3 4 5; do kill -WINCH "$pid" 2>/dev/null; kill -CHLD "$pid" 2>/dev/null; sleep 0.01; done
    wait "$pid" && [ "$(grep -c '"status":"examined"' "$out")" -eq 13 ]
}
claim 'a terminal that changes its size does not matter' signals
orphans() {
    cp w u/In/BIG00000
    big u/In/BIG00000
    "$IMCSCAN" scan -f jsonl --jobs=3 u >"$out" 2>"$err" &
    pid=$!
    children=
    n=0
    while [ -z "$children" ] && [ $n -lt 200 ]; do
        n=$((n + 1))
        sleep 0.02
        read -r children <"/proc/$pid/task/$pid/children"
    done
    kill -KILL "$pid"
    wait "$pid"
    n=0
    for child in $children; do
        while [ -d "/proc/$child" ] && ! grep -q '^State:.Z' "/proc/$child/status" && [ $n -lt 100 ]; do
            n=$((n + 1))
            sleep 0.05
        done
    done
    [ -n "$children" ] && [ $n -lt 100 ]
}
if [ -r "/proc/$$/task/$$/children" ]; then
    claim 'a parent that is killed leaves no worker' orphans
else
    skip 'what a killed parent leaves: this kernel does not list children'
fi

# ---- too much of a thing -------------------------------------------------------------------------
cp "$here/../../corpus/logs/drwtsn32.log" log
often() {
    set --
    n=0
    while [ $n -lt 5000 ]; do n=$((n + 1)); set -- "$@" --evidence=log; done
    exits 0 scan -f jsonl "$@" t && [ "$(grep -c '"path":"log"' "$out")" -eq 1 ]
}
claim 'a log that is given 5,000 times is read once' often
double() { exits 0 scan -f jsonl t t/../t && [ "$(grep -c '"type":"message"' "$out")" -eq 13 ] && tr -s ' ' <"$out" | grep -q '1 of the paths given name what another one names'; }
claim 'a tree that is given twice counts once, and the report says so' double
in_use() {
    n=0
    while [ $n -lt 300 ]; do
        n=$((n + 1))
        printf '2001/03/05 14:07:51 ERROR 32 (0x00000020) Copying File D:\\exchsrvr\\imcdata\\in\\G1X%05d\r\n' "$n"
        printf 'The process cannot access the file because it is being used by another process.\r\n\r\n'
    done >copy.log
    run scan -f jsonl --evidence=copy.log t && shows 'The copy lacks 300 files that could not be read when it was made'
}
claim '300 files that the copy could not read are told of, though none is suspected for it' in_use
torn() {
    mkdir -p v/Imcdata/In
    message whole 1
    head -c 200 whole >cut
    seq -f 'v/Imcdata/In/G1Y%05.0f' 3000 | xargs -n 500 sh -c 'tee "$@" <cut >/dev/null' tee
    exits 0 scan --fail-on=never -f jsonl v && [ "$(grep -c '"type":"message"' "$out")" -eq 3000 ]
}
claim 'thousands of torn files are all told of' torn
finish
