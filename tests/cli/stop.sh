#!/bin/sh
# stop.sh - an interrupt ends the scan in good order, a second one at once.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
clean_tree t
# One large message under many names takes seconds to examine and little room.
{
    printf 'From: a@b.example\r\nTo: c@d.example\r\nSubject: large\r\n\r\n'
    head -c 3000000 /dev/zero | tr '\0' 'x' | fold -w 76 | sed 's/$/\r/'
} >t/Imcdata/In/LARGE000
n=0
while [ $n -lt 400 ]; do
    n=$((n + 1))
    ln t/Imcdata/In/LARGE000 "t/Imcdata/In/L$(printf %07d $n)"
done

# A shell that ignores SIGINT passes that on to what it starts in the background: env resets it.
start() { env --default-signal=INT "$IMCSCAN" scan -f jsonl --jobs=1 "$@" t >"$out" 2>"$err" & pid=$!; }
ended() { wait "$pid"; status=$?; }

interrupt() {
    start
    sleep 0.4
    kill -INT "$pid"
    ended
    [ "$status" -eq 130 ] || { echo "status $status"; cat "$err"; return 1; }
}
claim 'SIGINT ends with 130' interrupt
partial() { tail -1 "$out" | grep -q '"interrupted":true'; }
claim 'the report is written and says interrupted' partial
some() { seen=$(grep -c '"type":"message"' "$out"); [ "$seen" -lt 413 ]; }
claim 'it lists what was met until then' some
file() { start -o report; sleep 0.4; kill -TERM "$pid"; ended; [ "$status" -eq 130 ] && grep -q '"interrupted":true' report; }
claim 'SIGTERM does the same, and -o is written' file
twice() {
    start
    sleep 0.3
    kill -INT "$pid"
    kill -INT "$pid" 2>/dev/null
    sleep 0.05
    kill -INT "$pid" 2>/dev/null
    ended
    [ "$status" -eq 130 ]
}
claim 'a second SIGINT ends it, too' twice

# The first worker, once it is confined and so at work.
worker() {
    child= waited=0
    while [ $waited -lt 400 ]; do
        read -r child rest <"/proc/$pid/task/$pid/children"
        [ -z "$child" ] || ! grep -q '^Seccomp:[[:space:]]*2' "/proc/$child/status" || return 0
        sleep 0.05
        waited=$((waited + 1))
    done
    return 1
}
orphans() {
    start
    worker
    read -r children <"/proc/$pid/task/$pid/children"
    kill -INT "$pid"
    ended
    [ -n "$children" ] || { echo 'no workers seen'; return 1; }
    for child in $children; do
        [ ! -d "/proc/$child" ] || { echo "$child is left"; return 1; }
    done
}
killed() {
    start --fail-on=never
    worker || { echo 'no worker was confined'; return 1; }
    sleep 0.3
    kill -SEGV "$child"
    ended
    [ "$status" -eq 0 ] || { echo "status $status"; cat "$err"; return 1; }
    [ "$(grep -c '"status":"examined"' "$out")" -eq 413 ] || { echo 'not all are examined'; return 1; }
    [ "$(grep -c '"rule":"parser-crashed"' "$out")" -eq 1 ] && shows '"worker_deaths":1'
}
if [ -r "/proc/$$/task/$$/children" ]; then
    claim 'no worker is left behind' orphans
    claim 'a worker killed in mid-scan costs one finding and no file' killed
else
    skip 'what becomes of workers: this kernel does not list children'
fi
finish
