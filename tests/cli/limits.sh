#!/bin/sh
# limits.sh - every limit can be set, is told of when it is hit, and never makes a file clean.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
mkdir -p t/In
# shellcheck disable=SC2059 # the format is ours
lines() { n=0; while [ $n -lt "$1" ]; do n=$((n + 1)); printf -- "$2" "$n"; done; }
message t/In/SIZE0001 1
# As yes(1) writes whole lines, none is cut at the end.
yes "$(printf 'A line of an ordinary letter, over and over again.\r')" | head -n 30000 >>t/In/SIZE0001
{
    printf 'From: a@b.example\r\nTo: c@d.example\r\nSubject: parts\r\nDate: Mon, 5 Mar 2001 13:15:02 -0600\r\n'
    printf 'Message-ID: <p@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    lines 30 '--b\r\nContent-Type: text/plain\r\n\r\npart %d\r\n'
    printf -- '--b--\r\n'
} >t/In/PARTS001
{
    printf 'From: a@b.example\r\nTo: c@d.example\r\nSubject: depth\r\nDate: Mon, 5 Mar 2001 13:15:02 -0600\r\n'
    printf 'Message-ID: <d@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b0"\r\n\r\n'
    for n in 0 1 2 3 4; do printf -- '--b%d\r\nContent-Type: multipart/mixed; boundary="b%d"\r\n\r\n' "$n" $((n + 1)); done
    printf -- '--b5\r\n\r\ntext\r\n'
    for n in 5 4 3 2 1 0; do printf -- '--b%d--\r\n' "$n"; done
} >t/In/DEPTH001
{
    printf 'From: a@b.example\r\nTo: c@d.example\r\nSubject: fields\r\nDate: Mon, 5 Mar 2001 13:15:02 -0600\r\n'
    printf 'Message-ID: <f@b.example>\r\n'
    lines 60 'X-Field-%d: value\r\n'
    printf '\r\ntext\r\n'
} >t/In/FIELDS01

of() { grep "\"path\":\"[^\"]*$1\"" "$out"; }
whole() { exits 0 scan -f jsonl t && [ "$(grep -c '"status":"examined"' "$out")" -eq 4 ]; }
claim 'within all limits all are examined' whole
listed() { shows '"size_mib":256,"parts":10000,"depth":200,"fields":20000'; }
claim 'the run lists the limits' listed

# hit FILE OPTION REASON
hit() {
    exits 3 scan -f jsonl "$2" t || return 1
    line=$(of "$1")
    case $line in
    *'"status":"partial"'*"$3"*) ;;
    *) echo "$line"; return 1 ;;
    esac
    case $line in *'"level":"clean","score"'*) echo "$line"; return 1 ;; esac
    [ "$(grep -c '"status":"partial"' "$out")" -eq 1 ] && shows '"partial":1,"changed":0'
}
claim 'a file over --max-size is partial, and not clean' hit SIZE0001 --max-size=1 'only its beginning was parsed'
hashed() { sum=$(sha256sum <t/In/SIZE0001); of SIZE0001 | grep -q "${sum%% *}" && of SIZE0001 | grep -q "\"size\":$(stat -c %s t/In/SIZE0001)"; }
run scan -f jsonl --max-size=1 t
claim 'it is hashed whole all the same' hashed
claim 'a message over --max-parts is partial, and not clean' hit PARTS001 --max-parts=20 'parts too many or too deep'
claim 'a message over --max-depth is partial, and not clean' hit DEPTH001 --max-depth=3 'parts too many or too deep'
claim 'a message over --max-fields is partial, and not clean' hit FIELDS01 --max-fields=50 'fields, parameters or addresses too many'
rule() { run scan -f jsonl --max-parts=20 t; of PARTS001 | grep -q 'not read beyond part 20 and level 200'; }
claim 'the finding names the limit that was set' rule
shown() { run scan --max-size=1 t; [ "$status" -eq 3 ] && tr -s ' \n' ' ' <"$out" | grep -q 'SIZE0001' && ! grep -q '4 clean' "$out"; }
claim 'the text report shows such a file' shown
verdict() { run check --max-size=1 t; [ "$status" -eq 3 ]; }
claim 'a pre-check does not call it good' verdict
explained() { exits 0 explain --max-fields=50 t FIELDS01 && shows partial && shows unknown; }
claim 'explain keeps to the same limits' explained
slow() { head -c 30000000 /dev/zero | tr '\0' 'y' >t/In/SLOW0001; run scan -f jsonl --time-limit=0.001+0 t; of SLOW0001 | grep -q 'parser-timed-out' && ! of SLOW0001 | grep -q '"level":"clean","score"' && [ "$status" -ne 0 ]; }
claim 'a file over --time-limit has a finding, and is not clean' slow
if "$IMCSCAN" explain --sandbox | grep -q 'address space *unlimited'; then
    skip 'memory: a sanitizer needs more than any limit'
else
    large() { head -c 90000000 /dev/zero | tr '\0' 'y' >t/In/SLOW0001; run scan -f jsonl --memory-limit=64 t; of SLOW0001 | grep -q 'parser-out-of-memory' && ! of SLOW0001 | grep -q '"level":"clean","score"' && [ "$status" -ne 0 ]; }
    claim 'a file over --memory-limit has a finding, and is not clean' large
fi
rm -f t/In/SLOW0001
for option in size=0 size=257 parts=0 parts=10001 depth=0 depth=201 fields=0 fields=20001 parts=x; do
    claim "--max-$option is refused" exits 2 scan "--max-$option" t
done
kept() { exits 3 scan -f jsonl --max-parts=20 --case=j.case t && cp "$out" live && exits 0 report -f jsonl j.case && sed 's/"command":"[a-z]*"//' "$out" | cmp - live; }
claim 'a case keeps the limits' kept
other() { exits 2 scan --resume --case=j.case t && says 'another max_parts'; }
claim 'and is not gone on with under others' other
finish
