#!/bin/sh
# case.sh - a case: what it gives back, where it may lie, and what becomes of damaged ones.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
: "${MKSPOOL:?set it to the path of mkspool}"
cd "$work" || exit 1
SOURCE_DATE_EPOCH=1000000000
export SOURCE_DATE_EPOCH
demo=$(cd "$OLDPWD" && pwd)/corpus/Imcdata
cp -r "$demo" t
printf 'x' >t/In/G1X4TK1!
printf 'not sound \377\033[31m' >"t/In/$(printf 'odd\033[31m\377name')"
mkfifo t/In/G1X4TKFF

run scan --case=c -f jsonl t
cp "$out" live
claim 'a scan with --case ends as one without' [ "$status" -eq 1 ]
mode() { [ "$(stat -c %a c)" = 600 ]; }
claim 'only the owner can read the case' mode
alone() { set -- c c-*; [ $# -eq 2 ] && [ ! -e "$2" ] || { ls; return 1; }; }
claim 'it is one file, nothing lies beside it' alone
same_formats() {
    for format in $("$IMCSCAN" scan --help | sed -n '/--format/,/--output/p' | tr -d ',' | tr ' ' '\n' |
        grep -xE 'text|jsonl|csv|csv-findings|html|sarif|dfxml|junit|hashdeep|sha256sum' | sort -u); do
        "$IMCSCAN" scan -f "$format" t >live.f 2>/dev/null
        "$IMCSCAN" report -f "$format" c >kept.f || return 1
        case $format in html) continue ;; esac # names the command that wrote it
        cmp live.f kept.f || { echo "$format differs"; return 1; }
        checked="$checked $format"
    done
    [ "$(echo "$checked" | wc -w)" -ge 2 ]
}
claim 'every format says the same from the case as from the scan, byte for byte' same_formats
logs() {
    cp -r "$demo/../logs" evidence
    set --
    for log in evidence/*; do set -- "$@" "--evidence=$log"; done
    "$IMCSCAN" scan -f jsonl --case=l "$@" "--evidence=$work/notes.txt" t >live.l 2>/dev/null
    exits 0 report -f jsonl l && cmp "$out" live.l && shows 'appevent.txt'
}
echo 'my notes' >notes.txt
claim 'what was learnt of logs comes back, too' logs
# ---- trees with logs: clues, missing files, rule-outs, the clocks of logs, changed weights ----

command=s,'<dt>Command</dt><dd>[a-z]*',,
# told OPTION... : every format of a scan with its logs comes back from the case.
told() {
    for format in text jsonl csv csv-findings html sarif dfxml junit hashdeep sha256sum; do
        rm -f k live.k kept.k
        "$IMCSCAN" scan --case=k -f $format -o live.k "$@" 2>"$err" || [ $? -eq 1 ] || { cat "$err"; return 1; }
        "$IMCSCAN" report -f $format -o kept.k k || return 1
        [ $format != html ] || sed -i "$command" live.k kept.k
        cmp live.k kept.k || { echo "$format differs"; return 1; }
    done
    "$IMCSCAN" report -f jsonl -o kept.k k
}
# has TEXT COUNT : so many lines of the report from the case hold it.
has() { [ "$(grep -cF -- "$1" kept.k)" -eq "$2" ] || { echo "$(grep -cF -- "$1" kept.k) lines with $1"; return 1; }; }
for scenario in full missing rule-out-imcext zone-west; do
    "$MKSPOOL" --scenario=$scenario --count=30 --out=s.$scenario >/dev/null || exit 1
done
scenario() { told "--evidence=s.$1/evidence" "s.$1"; }
full() { scenario full && grep -q '"logs_read":[1-9]' kept.k && grep -q '"clues":\[{' kept.k; }
claim 'clues of logs come back from the case, in every format' full
absent() { scenario missing && has '"status":"missing"' 1; }
claim 'so does a file that only logs know' absent
no_message() { scenario rule-out-imcext && grep -q '"rule_outs":\[{' kept.k; }
claim 'so do causes that are no message' no_message
clocks() { scenario zone-west && grep -q '"clock":"local, UTC-5' kept.k; }
claim 'so do the clocks of the logs' clocks
{ echo '[weights]'; echo w-imc-crash=0.0078125; echo '[evidence]'; echo evidence-event-file=3; } >weights
changed() { told --weights=weights --evidence=s.full/evidence s.full && grep -q '"evidence-event-file":3' kept.k && has "$(sha256sum <weights | cut -c1-64)" 1; }
claim 'a run with other weights is reported with those' changed
again() {
    rm -f k
    run scan --case=k --evidence=s.missing/evidence s.missing; [ "$status" -le 1 ] || return 1
    "$IMCSCAN" report -f jsonl k | grep -v '"type":"run"' >before.k
    run scan --resume --case=k --evidence=s.missing/evidence s.missing; [ "$status" -le 1 ] || return 1
    "$IMCSCAN" report -f jsonl k | grep -v '"type":"run"' >kept.k
    cmp before.k kept.k && has '"status":"missing"' 1 && hides 'no longer in the tree'
}
claim '--resume makes the clues anew: none is lost, none is there twice' again
less() {
    run scan --resume --case=k --no-evidence s.missing; [ "$status" -le 1 ] || return 1
    "$IMCSCAN" report -f jsonl -o kept.k k && has '"status":"missing"' 0 && has '"clues":[{' 0
}
claim 'and without logs there are none' less

first() { exits 0 report -f jsonl c && cmp "$out" live; }
claim 'jsonl says the same as the scan that wrote the case' first
file() { exits 0 report -f jsonl -o r c && cmp r live; }
claim 'report -o writes the same' file
unmoved() { before=$(sha256sum <c); exits 0 report c && [ "$before" = "$(sha256sum <c)" ]; }
claim 'report does not write to the case' unmoved
name=$(sed -n 's/.*"rank":1,"path":"\([^"]*\)".*/\1/p' live)
explain() { exits 0 explain c "$name" && shows 'Header fields' && shows 'rank 1 of the'; }
claim 'explain tells of a suspect from the case, in detail' explain
clean=$(grep '"level":"clean"' live | tail -1 | sed 's/.*"path":"\([^"]*\)".*/\1/')
explain_clean() { exits 0 explain c "$clean" && shows 'The case holds no header fields'; }
claim 'explain says what the case does not hold' explain_clean
nobody() { exits 2 explain c NOSUCHFI && says 'no such message in the case'; }
claim 'explain names a message that is not there' nobody

taken() { before=$(sha256sum <c); exits 2 scan --case=c t && says 'there already' && [ "$before" = "$(sha256sum <c)" ]; }
claim 'a case that is there is not written over' taken
echo 'my notes' >notes
foreign() { exits 2 scan --case=notes t && exits 2 scan --resume --case=notes t && [ "$(cat notes)" = 'my notes' ]; }
claim 'another file is never taken for a case' foreign
inside() { exits 2 scan --case=t/c t && says 'inside the evidence' && [ ! -e t/c ]; }
claim 'a case inside the evidence is refused' inside
both() { exits 2 scan --case=c2 -o c2 t && [ ! -e c2 ]; }
claim 'report and case may not be one file' both
own() { before=$(sha256sum <c); exits 2 report -o c c && [ "$before" = "$(sha256sum <c)" ]; }
claim 'a report does not replace its case' own
evidence() { exits 2 report -o t/r c && says 'inside the evidence' && [ ! -e t/r ]; }
claim 'a report from a case is not written into the evidence that it names' evidence
bare() { exits 2 scan --resume t && says 'needs --case'; }
claim '--resume without --case is refused' bare
mkdir empty
nothing() { exits 2 scan --case=none empty && [ ! -e none ]; }
claim 'a scan that finds no message leaves no case' nothing
odd_names() { cp c ./:memory: && exits 0 report -f jsonl :memory: && cmp "$out" live; cp c file:c; exits 0 report -f jsonl file:c && cmp "$out" live; }
claim 'a name that SQLite would take for more is a file name' odd_names
mkfifo pipe
waits() { timeout 10 "$IMCSCAN" report pipe >"$out" 2>"$err"; [ $? -eq 2 ] && says 'not a regular file'; }
claim 'a FIFO as the case does not hang' waits

# A limit on the size of files is a disk that is full: writes fail the same way.
full() {
    (ulimit -f 60; "$IMCSCAN" scan --case=f -f jsonl -o f.report t >"$out" 2>"$err")
    [ $? -eq 2 ] && says 'cannot' && [ ! -e f.report ] && set -- f.report.* && [ ! -e "$1" ]
}
claim 'a full disk is an error, and there is no torn report' full
mended() { exits 1 scan --resume --case=f -f jsonl t && exits 0 report -f jsonl f; cmp "$out" live; }
claim 'with room again --resume gives the whole report' mended
mkdir disk
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=200k tmpfs disk 2>/dev/null; then
    full_disk() {
        exits 2 scan --case=disk/c -f jsonl -o disk/r t && says 'cannot' || return 1
        [ ! -e disk/r ] && [ "$(find disk -name 'r*' | wc -l)" -eq 0 ]
    }
    claim 'so is a full file system' full_disk
    umount disk
else
    skip 'a full file system: only root may mount one here'
fi

# ends FILE: report on it ends in good order, whatever is said.
ends() {
    timeout 60 "$IMCSCAN" report -f jsonl "$1" >"$out" 2>"$err"
    status=$?
    [ "$status" -eq 0 ] || [ "$status" -eq 2 ] || { echo "status $status, $2"; return 1; }
    [ "$status" -eq 0 ] || grep -q 'cannot be read as a case' "$err" || { echo "$2"; cat "$err"; return 1; }
}
size=$(stat -c %s c)
truncated() {
    for part in 0 1 15 16 100 511 512 1024 4095 4096 8192 $((size / 3)) $((size / 2)) $((size - 4096)); do
        head -c "$part" c >h
        ends h "cut at $part" && [ "$status" -eq 2 ] || { echo "cut at $part: $status"; return 1; }
    done
    # Of the last page SQLite uses what it needs.
    head -c $((size - 1)) c >h && ends h 'cut at the last byte'
}
claim 'a case that was cut is refused' truncated
flipped() {
    at=0
    while [ $at -lt "$size" ]; do
        cp c h
        byte=$(od -An -tu1 -j $at -N1 c)
        # shellcheck disable=SC2059
        printf "\\$(printf %03o $((byte ^ (1 << at % 8))))" | dd of=h bs=1 seek=$at conv=notrunc 2>/dev/null
        ends h "bit flipped in byte $at" || return 1
        at=$((at + (at < 120 ? 3 : 1 + size / 150)))
    done
}
claim 'a flipped bit is a report or a refusal, never a crash' flipped
other() { head -c 4096 /dev/zero >h; exits 2 report h && says 'cannot be read as a case' && exits 2 report notes; }
claim 'what is no case is refused' other
finish
