#!/bin/sh
# words.sh - what a person is told who slips, or whose tree or logs do not fit.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
: "${MKSPOOL:?set it to the path of mkspool}"
cd "$work" || exit 1
tree t
"$MKSPOOL" --scenario=full --count=30 --out=s >/dev/null || exit 1

slips() {
    exits 2 scan --min-level=hihg t && says 'hihg: not a value that --min-level takes; did you mean high? It takes clean, low, unknown' &&
        exits 2 scan -f jsno t && says 'did you mean jsonl? It takes text, jsonl' && exits 2 scan --exchange=5.5sp8 t && says 'It takes 4.0' &&
        exits 2 explain --rule=charset-emtpy && says 'did you mean charset-empty?' && exits 2 plan -f csv x && says 'text, json'
}
claim 'a wrong value is named, with what is taken and what was meant' slips
idle() {
    exits 1 scan '--exclude=*B1' '--exclude=In/NONE*' t && says 'In/NONE*: --exclude matched no file' && ! grep -qF '*B1:' "$err" &&
        exits 1 scan --exclude='*' --exclude='*B1' s/Imcdata t/Imcdata/In/G1X4TK19 || [ "$status" -eq 0 ]
    exits 1 scan --shard=1/1 --exclude='In/G*' --exclude='In/G1X4TKB1' t || [ "$status" -eq 0 ] && ! grep -qF 'matched no file' "$err"
}
claim 'an --exclude that matched nothing is told, one that another forestalled is not' idle
zone() {
    run scan --timezone=+05:30 --top=1 s && shows '--timezone does not fit this tree' && run scan --timezone=-06:00 --top=1 s &&
        hides 'does not fit this tree'
}
claim 'a time zone that the envelopes contradict is doubted' zone
resumed() {
    run scan --case=c --evidence=s/evidence s/Imcdata && run scan --case=c --resume s/Imcdata && says 'begun with more --evidence' &&
        run scan --case=c --resume --evidence=s/evidence s/Imcdata && silent "$err"
}
claim 'a scan that goes on without the logs of before says so' resumed
undo() {
    mkdir -p s/Imcdata/Out && ln -s ../s/evidence/move-undo.sh . 2>/dev/null
    exits 0 plan --script=sh --root=/x -o move.txt c && [ -e move-undo.txt ] || return 1
    rm -f move.txt move-undo.txt && cp s/evidence/* . && ln -s s/evidence sub && exits 2 plan --script=sh --root=/x -o sub/move.sh c && says 'evidence'
}
claim 'neither a script nor what undoes it is written into the evidence' undo
queue() {
    printf x >t/Imcdata/queue.dat && exits 1 scan t && shows 'rename queue.dat to queue.old' && printf x >t/Imcdata/queue.old &&
        tr '\n' ' ' <"$out" >flat && exits 1 scan t && tr '\n' ' ' <"$out" >flat && grep -qF 'rename queue.dat to queue.o1' flat
}
claim 'queue.dat is to get a name that is free' queue
shut() {
    mkdir t/Imcdata/In/Temp && chmod 000 t/Imcdata/In/Temp
    [ "$(id -u)" -ne 0 ] || { chmod 755 t/Imcdata/In/Temp; return 0; }
    run scan t && shows 'a folder that may not be opened'
}
claim 'a folder that may not be read is called one' shut
broken() {
    run scan --case=c2 t
    for format in html dfxml junit; do "$IMCSCAN" report c2 -f $format 2>>pipe.err | head -c 1 >/dev/null; done
    silent pipe.err
}
claim 'a reader that went away is no noise' broken
alone() { exits 0 explain t In/G1X4TK19 && shows 'No log was read'; }
claim 'explain of a tree says that no log was read' alone
host() { run report --redact -f jsonl c2 && hides "\"host\":\"$(uname -n)\"" && shows '"host":"host-'; }
claim 'a redacted report does not name the host' host
finish
