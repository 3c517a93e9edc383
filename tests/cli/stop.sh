#!/bin/sh
# stop.sh - an interrupt ends the scan in good order, a second one at once.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
clean_tree t
n=0
head -c 3000000 /dev/zero | tr '\0' 'x' | fold -w 76 >body
while [ $n -lt 120 ]; do
    n=$((n + 1))
    { printf 'From: a@b.example\nTo: c@d.example\nSubject: large %s\n\n' $n; cat body; } >"t/Imcdata/In/LARGE$(printf %03d $n)"
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
some() { seen=$(grep -c '"type":"message"' "$out"); [ "$seen" -lt 132 ]; }
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
orphans() { sleep 0.3; ! pgrep -f "scan -f jsonl --jobs=1 .*t\$" -P 1 >/dev/null; }
claim 'no worker is left behind' orphans
finish
