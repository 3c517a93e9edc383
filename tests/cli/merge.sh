#!/bin/sh
# merge.sh - parts of a scan joined, and two scans compared.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
cp -r "$(cd "$OLDPWD" && pwd)/corpus/Imcdata" t
mkfifo t/In/G1X4TKFF
scan() { "$IMCSCAN" scan --reproducible --exclude='*/Temp/*' "$@" t >"$out" 2>"$err"; [ $? -le 3 ]; }
report() { "$IMCSCAN" report --reproducible --top=0 -f "$2" "$1"; }
scan --case=whole -f jsonl -o whole.jsonl
report whole text >whole.text
for k in 1 2 3 4; do scan --case=part$k --shard=$k/4; done

# whole CASE: its reports are those of one whole scan.
whole() { report "$1" jsonl | cmp - whole.jsonl && report "$1" text | cmp - whole.text; }
parts() {
    exits 0 merge -o m part1 part2 part3 part4 && whole m || return 1
    sum=$(for k in 1 2 3 4; do report part$k jsonl | grep -c '"type":"message"'; done | paste -sd+ | tr -d '\n')
    [ "$(($sum))" -eq "$(grep -c '"type":"message"' whole.jsonl)" ]
}
claim 'the parts of a scan make the report of a whole one, byte for byte' parts
order() { exits 0 merge -o o part3 part1 part4 part2 && whole o; }
claim 'in any order' order
nested() { exits 0 merge -o a part1 part2 && exits 0 merge -o b part4 part3 && exits 0 merge -o ab b a && whole ab; }
claim 'and in any grouping' nested
overlap() { exits 0 merge -o v a part2 part3 part4 part2 whole && whole v; }
claim 'what lies in several parts counts once' overlap
some() { report a text >"$out" && shows 'Only 2 of the 4 parts'; }
claim 'a report of some parts says so' some
explain() { exits 0 explain m "$(sed -n 's/.*"rank":1,"path":"\([^"]*\)".*/\1/p' whole.jsonl)" && shows 'Header fields'; }
claim 'the details of suspects are joined, too' explain
taken() { before=$(sha256sum <m); exits 2 merge -o m part1 part2 && [ "$before" = "$(sha256sum <m)" ]; }
claim 'a case that is there is not written over' taken
other() {
    "$IMCSCAN" scan --case=other --shard=2/4 --disable-rule=charset-empty t >/dev/null 2>&1
    exits 2 merge -o x part1 other && says 'does not belong' && [ ! -e x ]
}
claim 'parts that were scanned in another way are refused, and nothing is left' other
damaged() { head -c 9000 part2 >cut; exits 2 merge -o x part1 cut && [ ! -e x ]; }
claim 'so are damaged ones' damaged

same() { exits 0 diff whole m && shows ' 0 gone, 0 new, 0 moved'; }
claim 'diff of equal runs finds nothing; 0' same
set -- t/In/*
gone=$1 moved=$2 grown=$3
rm "$gone"
mv "$moved" t/Out/
printf 'Content-Type: text/plain; charset=""\r\n' | cat - "$grown" >grown && cat grown >"$grown"
message t/Out/NEWONE01 77
scan --case=new
changed() {
    exits 1 diff whole new && shows "gone      In/${gone##*/}" && shows "moved     In/${moved##*/} -> Out/${moved##*/}" &&
        shows "content   In/${grown##*/}" && shows 'new       Out/NEWONE01' && grep -q "findings  In/${grown##*/} +" "$out"
}
claim 'diff tells what is gone, new, moved, of other content and findings; 1' changed
json() {
    exits 1 diff -f jsonl whole new && shows '"change":"gone"' && grep '"change":"moved"' "$out" | grep -q "\"from\":\"In/${moved##*/}\"" &&
        tail -1 "$out" | grep -q '"type":"summary"'
}
claim 'the same as JSON Lines' json
back() { exits 1 diff new whole && shows "new       In/${gone##*/}" && shows 'gone      Out/NEWONE01'; }
claim 'the other way round it is the other way round' back
trouble() { exits 2 diff whole t/Out/NEWONE01 && exits 2 diff whole; }
claim 'diff of what is no case is trouble; 2' trouble
finish
