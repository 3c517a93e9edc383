#!/bin/sh
# merge.sh - parts of a scan joined, and two scans compared.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
: "${MKSPOOL:?set it to the path of mkspool}"
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

# With logs: what they say of files is found anew for all files.
for scenario in full stack-dump missing rule-out-imcext zone-west copy-log; do
    "$MKSPOOL" --scenario=$scenario --count=30 --out=s.$scenario >/dev/null || exit 1
done
scan_logs() { run scan --reproducible "$@" "--evidence=s.$scenario/evidence" "s.$scenario"; [ "$status" -le 1 ]; }
logs() {
    for scenario in full stack-dump missing rule-out-imcext zone-west copy-log; do
        rm -f lw l1 l2 l3 lm
        scan_logs --case=lw && for k in 1 2 3; do scan_logs --case=l$k --shard=$k/3 || return 1; done
        exits 0 merge -o lm l2 l3 l1 || return 1
        for format in text jsonl; do
            report lw $format >lw.r && report lm $format >lm.r && cmp lw.r lm.r || { echo "$scenario $format"; return 1; }
        done
        cp lm lm.$scenario; cp l1 l1.$scenario; cp lw lw.$scenario
    done
}
claim 'with logs, too: clues, missing files, other causes and clocks are those of the whole' logs
nested_logs() {
    rm -f n1 n2
    exits 0 merge -o n1 l3 l1 && exits 0 merge -o n2 lw l2 n1 && report n2 jsonl | cmp - lw.r && report lw.copy-log jsonl >"$out" && shows '"clues":[{'
}
claim 'in any grouping' nested_logs
absent() {
    report lw.missing jsonl | grep -q '"status":"missing"' && report l1.missing jsonl >"$out" && hides '"status":"missing"' &&
        shows 'other parts may have them'
}
claim 'a part does not take files of other parts for missing' absent

# Sectors of one file in another, of other parts.
torn() {
    for variant in 3 7; do
        rm -rf torn tw t? tm tm.?
        "$MKSPOOL" --seed=$variant --count=60 --damage=foreign-sector:$variant --damage=foreign-sector --out=torn >/dev/null || return 1
        for n in 3 4 5; do
            for k in w $(seq $n); do
                set -- --case=t$k && [ $k = w ] || set -- --case=t$k --shard=$k/$n
                run scan --reproducible "$@" torn/Imcdata && [ "$status" -ne 2 ] || return 1
            done
            report tw jsonl >tw.r && report tw text >tw.t && grep -q '"rule":"block-of-other-file"' tw.r || return 1
            exits 0 merge -o tm $(seq -f t%.0f "$n") && report tm jsonl | cmp - tw.r && report tm text | cmp - tw.t || return 1
            exits 0 merge -o tm.1 t2 t1 && exits 0 merge -o tm.2 $(seq -f t%.0f 3 "$n") tm.1 && report tm.2 jsonl | cmp - tw.r || return 1
            exits 0 merge -o tm.3 t1 tw t2 && report tm.3 jsonl | cmp - tw.r || return 1
            for k in $(seq $n); do report t$k jsonl; done | grep -c '"rule":"block-of-other-file"' >>found
            rm -f t? tm tm.?
        done
    done
    # Their own parts alone would not have told of all.
    [ "$(paste -sd+ found | tr -d '\n')" != 2+2+2+2+2+2 ]
}
claim 'sectors of files of other parts are found when parts are merged' torn
printf 'no log\n' >notes.txt && printf '%s  In/X\n' "$(sha256sum <notes.txt | cut -d" " -f1)" >sums.txt
options() {
    for k in w 1 2; do
        set -- --case=u$k && [ $k = w ] || set -- --case=u$k --shard=$k/2
        run scan --reproducible --evidence=notes.txt --evidence=sums.txt "$@" s.full && run scan --reproducible --no-evidence "--case=v${1#--case=}" ${2-} s.full || return 1
    done
    exits 0 merge -o um u1 u2 && exits 0 merge -o vum vu1 vu2 || return 1
    for c in u vu; do
        for format in text jsonl; do report ${c}w $format >w.r && report ${c}m $format | cmp - w.r || return 1; done
    done
    report um text >"$out" && shows 'is no log that imcscan reads' && shows 'recognised, not read' && report vum text >"$out" && shows 'No log was read (--no-evidence)'
}
claim 'what is said of files that --evidence named in vain, and of --no-evidence, is that of the whole' options
unread() { exits 2 merge -o x u1 vu2 && says 'it was scanned with --no-evidence, the first not' && [ ! -e x ]; }
claim 'parts with and without logs are refused' unread
otherlogs() { run scan --case=nl --shard=2/2 --no-evidence s.full; exits 2 merge -o x l1.full nl && says 'with --no-evidence' && [ ! -e x ]; }
claim 'parts that read other logs are refused' otherlogs

same() { exits 0 diff whole m && shows ' 0 gone, 0 new, 0 moved'; }
claim 'diff of equal runs finds nothing; 0' same
missing() { exits 0 diff lw.missing lm.missing && shows ' 0 gone, 0 new, 0 moved'; }
claim 'of runs with files that only a log names, too' missing
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
