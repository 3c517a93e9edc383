#!/bin/sh
# evidence.sh - logs in the tree and logs that --evidence names: found, read, told, and left as they are.
# SPDX-License-Identifier: LGPL-2.1-or-later
here=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib"
cd "$work" || exit 1
samples=$here/corpus/logs

clean_tree t
cp "$samples/L0000007.LOG" t/Imcdata/Log/
cp "$samples/robocopy.log" "$samples/appevent.txt" t/Imcdata/
cp "$samples/queue.dat" t/Imcdata/queue.dat
cp "$samples/drwtsn32.log" t/watson.tmp.log # beside Imcdata, by another name
cp "$samples/appevent.evt" t/AppEvent.Evt
printf 'no log at all' >t/Imcdata/notes.txt

# line NAME : the object of that artefact.
line() { grep '"type":"artefact"' "$out" | grep -F "\"path\":\"$1\""; }
has() {
    name=$1
    shift
    for word in "$@"; do
        line "$name" | grep -qF -- "$word" || { echo "no $word in: $(line "$name")"; return 1; }
    done
}
# The logs are of a crash whose message, G1X4TK19, the tree lacks: the scan ends with 1.
kinds() {
    exits 1 scan -f jsonl t || return 1
    has Log/L0000007.LOG '"kind":"protocol-log"' '"read":true' '"clock":"local, UTC-6 (event 4097)"' '"lines":' || return 1
    has robocopy.log '"kind":"copy-log"' '"read":true' '"items":' && has appevent.txt '"kind":"event-export"' '"read":true' || return 1
    has queue.dat '"kind":"queue"' '"read":true' && has watson.tmp.log '"kind":"dr-watson"' '"read":true' || return 1
    has AppEvent.Evt '"kind":"event-log"' '"read":true' '"clock":"UTC"' '"first":"2001-' || return 1
    has notes.txt '"read":false' 'not a log that imcscan reads'
}
claim 'logs in and beside Imcdata are read by their content, whatever they are called' kinds
digest() { has robocopy.log "\"sha256\":\"$(sha256sum <t/Imcdata/robocopy.log | cut -d' ' -f1)\""; }
claim 'with their SHA-256' digest
lacking() {
    grep -F '"path":"In/G1X4TK19"' "$out" | grep -F '"status":"missing"' | grep -F '"rank":1,' | grep -qF '"level":"critical"'
}
claim 'the file that they name and the tree lacks comes first' lacking
summary() { grep '"type":"summary"' "$out" | grep -q '"logs_read":6'; }
claim 'the summary counts them' summary
text() { exits 1 scan --color=never t && shows 'Logs read: 6 (AppEvent.Evt, Log/L0000007.LOG, appevent.txt, ...)' && shows 'listed only: 1 other'; }
claim 'the text report names them in one line' text
none() {
    exits 0 scan --no-evidence -f jsonl t && ! grep '"read":true' "$out" && has robocopy.log '"read":false' &&
        shows '"logs_read":0' && shows 'No log was read'
}
claim '--no-evidence reads none of them' none
both() { exits 2 scan --no-evidence --evidence="$samples/robocopy.log" t && says 'no-evidence'; }
claim '--evidence beside it is a usage error' both

same() {
    for format in jsonl text; do
        for jobs in 1 8; do
            "$IMCSCAN" scan -f $format --jobs=$jobs --reproducible --evidence="$samples" t >report.$jobs
            [ $? -eq 1 ] || return 1
        done
        cmp report.1 report.8 || return 1
    done
}
claim 'one and eight workers give the same report, byte for byte' same

# ---- evidence from elsewhere ----

clean_tree plain
given() {
    exits 1 scan -f jsonl --evidence="$samples/appevent.evt" --evidence="$samples/robocopy.log" plain &&
        has "$samples/appevent.evt" '"kind":"event-log"' '"read":true' && has "$samples/robocopy.log" '"read":true'
}
claim '--evidence adds files' given
mkdir -p logs/below
cp "$samples/robocopy.log" "$samples/drwtsn32.log" logs/
cp "$samples/appevent.evt" logs/below/
mkfifo logs/pipe
ln -s drwtsn32.log logs/link
folder() {
    timeout 60 "$IMCSCAN" scan -f jsonl --evidence=logs/ plain >"$out" 2>"$err"
    [ $? -eq 1 ] || return 1
    has logs/robocopy.log '"read":true' && has logs/drwtsn32.log '"read":true' && has logs/below '"read":false' 'folder, not entered' &&
        has logs/pipe '"status":"excluded"' FIFO && has logs/link '"status":"excluded"' 'symbolic link' && ! line logs/below/appevent.evt
}
claim 'a folder of logs gives its regular files, and says what it leaves' folder
absent() { exits 2 scan --evidence=no/such.log plain && says 'no/such.log: cannot read this evidence: No such file' && silent "$out"; }
claim 'one that is not there is named; 2' absent
fifo() { timeout 10 "$IMCSCAN" scan --evidence=logs/pipe plain >"$out" 2>"$err"; [ $? -eq 2 ] && says 'logs/pipe: cannot read'; }
claim 'a FIFO is refused, and not waited for' fifo
link() { exits 2 scan --evidence=logs/link plain && says 'logs/link: cannot read' && says 'symbolic link'; }
claim 'so is a link' link
useless() {
    exits 0 scan --color=never --evidence=t/Imcdata/notes.txt plain && tr '\n' ' ' <"$out" | grep -q 'notes.txt, named by --evidence, is no log that'
}
claim 'one that is no log is named in a note, and nothing else happens' useless
twice() {
    exits 1 scan -f jsonl --evidence=t/Imcdata/robocopy.log t && has t/Imcdata/robocopy.log '"read":true' &&
        has robocopy.log '"read":false' 'named by --evidence' && shows '"logs_read":6'
}
claim 'one that lies in the tree, too, is read once' twice
inside() { exits 2 scan -o logs/report --evidence=logs plain && says inside && [ ! -e logs/report ]; }
claim 'no output goes into a folder of evidence' inside
excluded() { exits 1 scan -f jsonl '--exclude=*.Evt' t && has AppEvent.Evt '"read":false' 'excluded by --exclude'; }
claim '--exclude leaves a log unread' excluded
alone() {
    exits 1 check --evidence=logs/robocopy.log plain && shows 'the logs name 1 file that this tree has not' && shows 'In/G1X4TK19: recover it from'
}
claim 'check takes evidence, too, and holds a restart for a file that was not copied' alone
part() {
    mkdir -p plain/Imcdata/Out && message plain/Imcdata/Out/G1X4TKC9 90 || return 1
    exits 0 scan -f jsonl --evidence=logs/robocopy.log "$1" && hides '"status":"missing"' && shows '"missing":0' && shows 'Logs name 1 file not below the given path'
}
claim 'of Out alone no file of In is missing; a note tells that a log names one' part plain/Imcdata/Out
claim 'nor of a single file' part plain/Imcdata/Out/G1X4TKC9

# ---- hostile logs ----

clean_tree bad
printf 'ROBOCOPY\r\n\000\377\033[2J\r\n' >"bad/Imcdata/$(printf 'x\033[2J.log')"
head -c 3000 "$samples/appevent.evt" >bad/Imcdata/torn.evt
head -c 700 "$samples/drwtsn32.log" >bad/Imcdata/drwtsn32.log
: >bad/Imcdata/Log/L0000001.LOG
hostile() {
    exits 1 scan -f jsonl bad && has torn.evt '"read":true' && has drwtsn32.log '"read":true' && has Log/L0000001.LOG '"read":false' || return 1
    exits 1 scan --color=never bad && ! grep -q "$(printf '\033')" "$out"
}
claim 'torn, cut and empty logs are read or listed, and their names are harmless' hostile
tight() { # 30 MB that no processor reads in a millisecond
    clean_tree slow
    awk 'BEGIN { for (i = 0; i < 300; i++) print ARGV[1]; exit }' "$samples/robocopy.log" | xargs cat >piece
    i=0
    while [ $i -lt 60 ]; do cat piece; i=$((i + 1)); done >slow/Imcdata/robocopy.log
    exits 3 scan -f jsonl --time-limit=0.001+0.0001 --jobs=1 slow || return 1
    has robocopy.log '"status":"failed"' '"read":false' 'ran out of time' && shows '"worker_deaths":2'
}
claim 'a log over the limits has failed, with the reason; 3' tight

# ---- the clock ----

for zone in UTC utc -05:00 +05:30 +14:00; do claim "--timezone=$zone is a zone" exits 0 scan --timezone=$zone plain; done
for zone in '' +5 +25:00 +14:01 05:00 -05:60 Nowhere/City ../../../etc/passwd /etc/localtime Etc/ .; do
    claim "--timezone=$zone is none" exits 2 scan "--timezone=$zone" plain
done
"$MKSPOOL" --scenario=full --count=30 --out=told >/dev/null || exit 1
# The scenario's clock is at UTC-6: what is local there is 14:07:52.
offset() { run scan -f jsonl --evidence=told/evidence "--timezone=$1" told && shows "the crash at 2001-03-05 $2 UTC"; }
claim 'local times are taken by the zone that is named' offset -06:00 20:07:52
claim 'so they are east of UTC' offset +05:30 08:37:52
claim 'and at UTC' offset UTC 14:07:52
if [ -f /usr/share/zoneinfo/America/New_York ]; then
    claim 'a name that the machine knows is one, too' exits 0 scan --timezone=America/New_York plain
else
    skip 'this machine has no names of zones'
fi

# ---- and nothing was written ----

find t logs bad -print0 | sort -z >names
picture() { xargs -0 stat -c '%n %F %s %a %h %i %x %y %z' <names; }
xargs -0 touch -h -d '2001-03-05 14:07:51' <names
picture >before
run scan --evidence=logs --evidence=t/AppEvent.Evt t
run scan bad
picture >after
claim 'sizes, modes and all three times of logs and folders are as before' cmp before after
finish
