#!/bin/sh
# weights.sh - the numbers of the ranking are printed, can be changed and are enough to redo every score.
# SPDX-License-Identifier: LGPL-2.1-or-later
here=$(cd "$(dirname "$0")/.." && pwd)
. "$here/cli/lib"
cd "$work" || exit 1
demo=$here/../corpus/Imcdata
tree t

"$IMCSCAN" rules --weights >usual
"$IMCSCAN" scan --reproducible -f jsonl t >plain.jsonl
# rows FILE : the lines of messages.
rows() { grep '"type":"message"' "$1"; }
# write LINE... : a file of weights.
write() { { echo '[weights]'; printf '%s\n' "$@"; } >changed; }
scan_changed() { run scan --reproducible --weights=changed -f jsonl t; }

same() {
    run scan --reproducible --weights=usual -f jsonl t
    rows "$out" >a; rows plain.jsonl >b
    cmp a b && shows '"changed":{}'
}
claim 'what rules --weights prints is a file that changes nothing' same
every() { for n in clue-least clue-stuck clue-direction plan-uniform plan-sure w-unknown w-imc-crash q-documented q-scale q-scale-from q-crash-most f-least v-fixed h h-most cap-minor clues-most level-critical; do grep -q "^$n=" usual || { echo "$n"; return 1; }; done; }
claim 'weights, floors, factors, caps, prior and thresholds, clues and plan are printed' every
lighter() {
    write 'w-imc-crash=0.0078125'
    scan_changed
    # 2^-5 and 2^-7 over 3.8e-6: two bits less.
    rows plain.jsonl | grep -q '"path":"In/G1X4TK19".*"score":13.006,' && grep -q '"path":"In/G1X4TK19".*"score":11.006' "$out"
}
claim 'a weight that is changed changes scores' lighter
told() {
    shows '"changed":{"w-imc-crash":0.0078125}' && shows "\"sha256\":\"$(sha256sum changed | cut -d ' ' -f 1)\"" &&
        run scan --weights=changed t && shows 'Ranked by the weights of changed' && shows 'w-imc-crash' &&
        run check --weights=changed t && shows 'Ranked by the weights of changed'
}
claim 'a report names the file, its digest and what it changes' told
levels() { write 'level-critical=14'; scan_changed; grep -q '"path":"In/G1X4TK19".*"level":"high"' "$out"; }
claim 'thresholds of levels can be changed' levels
alone() { run explain --weights=changed t G1X4TK19; shows 'high, 13.01 bits'; }
claim 'explain takes them, too' alone

# refuses LINE NAME : a file with that line is refused, and NAME is in the message.
refuses() { write "$1"; exits 2 scan --weights=changed t && says "$2" && silent "$out"; }
claim 'an unknown key is refused by its name' refuses 'w-loops=1' w-loops
claim 'a weight out of range is refused' refuses 'w-loop=2' w-loop
claim 'a weight that is no number is refused' refuses 'w-loop=much' w-loop
claim 'NaN is refused' refuses 'h=nan' h
claim 'levels that do not rise are refused' refuses 'level-low=4' 'levels must rise'
claim 'a key with control bytes is shown safe' refuses "$(printf 'a\033b=1')" '\x1b'
group() { printf '[weighs]\nw-loop=0.5\n' >changed; exits 2 scan --weights=changed t && says weighs; }
claim 'an unknown group is refused' group
rule() { printf '[evidence]\ncharset-empty=3\n' >changed; exits 2 scan --weights=changed t && says charset-empty; }
claim 'a rule that is no evidence has no factor to change' rule
clue() { printf '[clues]\nclue-in-usex=3\n' >changed; exits 2 scan --weights=changed t && says clue-in-usex; }
claim 'an unknown number for clues is refused by its name' clue
below() { printf '[clues]\nclue-in-use=-1\n' >changed; exits 2 scan --weights=changed t && says clue-in-use; }
claim 'no number for clues is below 0' below
claim 'a file that is not there is refused' exits 2 scan --weights=none t
big() { head -c 70000 /dev/zero >changed; exits 2 scan --weights=changed t && says larger; }
claim 'a file too large is refused' big
# ---- what clues weigh, and what the restart plan starts from ----
"$MKSPOOL" --scenario=copy-log --count=30 --out=s >/dev/null || exit 1
# first_clue: bits of the clue of the file in use.
first_clue() { grep -o '"rule":"evidence-in-use"[^}]*"bits":[0-9.]*' "$out" | head -n 1 | sed 's/.*"bits"://'; }
clues() {
    run scan --reproducible --evidence=s/evidence -f jsonl s && usual_bits=$(first_clue) &&
        printf '[clues]\nclue-in-use=2.5\nclue-in-use-again=2.5\n' >changed &&
        run scan --reproducible --evidence=s/evidence --weights=changed -f jsonl s &&
        [ "$usual_bits" = 7.5 ] && [ "$(first_clue)" = 2.5 ] && grep -q '"clue-in-use":2.5' "$out"
}
claim 'what a clue weighs can be changed, and the report says so' clues
start() {
    rm -f a.case b.case
    write 'plan-uniform=1'
    run scan --case=a.case t && run scan --case=b.case --weights=changed t && run plan -f json a.case && cp "$out" a.json &&
        run plan -f json b.case && ! cmp -s a.json "$out"
}
claim 'the restart plan starts from the numbers that the scan was given' start
claim 'rules --weights takes no value' exits 2 rules --weights=usual

if ! command -v python3 >/dev/null 2>&1; then
    skip 'scores redone by another program: no python3 here'
    finish
fi
claim 'the JSON is valid' sh -c '"$IMCSCAN" rules --weights -f json | python3 -m json.tool'
redone() { run scan --reproducible -f jsonl "$@"; python3 "$here/eval/rescore.py" "$out"; }
claim 'every score of a small tree is redone from the report' redone t
claim 'so is every score of the demo tree' redone "$demo"
claim 'so with a release named' redone --exchange=5.5sp4 "$demo"
claim 'so with the archives as control' redone --archive-is-control "$demo"
write 'w-unknown=0.01' 'h=0.5' 'v-archive=0.9' 'cap-minor=1' 'q-habit=0.1' 'f-most=6'
claim 'so with other weights' redone --weights=changed "$demo"
# The check would see a difference: one digit of one score.
wrong() { sed '/"rank":1,/s/"score":1/"score":2/' plain.jsonl >x && ! cmp -s x plain.jsonl && ! python3 "$here/eval/rescore.py" x; }
claim 'a wrong score is found' wrong
mkfifo pipe
waits() { timeout 10 "$IMCSCAN" scan --weights=pipe . >"$out" 2>"$err"; [ $? -eq 2 ] && says 'not a regular file'; }
claim 'a FIFO as the weights does not hang' waits
finish
