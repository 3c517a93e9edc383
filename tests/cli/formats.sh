#!/bin/sh
# formats.sh - each format of a report is read back by somebody else's reader, with equal values.
# SPDX-License-Identifier: LGPL-2.1-or-later
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib"
cd "$work" || exit 1
tree t
escape=$(printf '\033')
bad "t/Imcdata/In/${escape}[2J<b>&\"'=1" 31
bad 't/Imcdata/In/=cmd|calc' 32
bad 't/Imcdata/In/-- ,"x"' 33
bad "t/Imcdata/In/$(printf 'two\nlines')" 34
bad "t/Imcdata/In/$(printf 'caf\351')" 35
bad 't/Imcdata/In/back\slash' 36
ln -s nowhere t/Imcdata/In/G1X4TKLN
mkfifo t/Imcdata/Out/G1X4TKFF

written() {
    for format in jsonl csv csv-findings sarif dfxml junit hashdeep sha256sum; do
        "$IMCSCAN" scan --reproducible -f "$format" -o "$work/report.$format" t </dev/null >"$out" 2>"$err"
        [ $? -eq 1 ] || { echo "$format"; cat "$err"; return 1; }
    done
}
claim 'every format is written' written

# have PROGRAM WHAT: whether it can be asked, else a line that says so.
have() {
    command -v "$1" >/dev/null 2>&1 && return 0
    skip "$2: $1 is not there"
    return 1
}

have python3 'readers of CSV, JSON and XML' &&
    claim 'CSV, SQLite, jq, XML and SARIF readers find what the JSON Lines say' "$root/tests/eval/readback.py" "$work"
if have xmllint 'the schemas of XML'; then
    claim 'DFXML fits its schema' xmllint --noout --schema "$root/src/dist/dfxml.xsd" report.dfxml
    claim 'JUnit is well-formed' xmllint --noout report.junit
fi
claim 'sha256sum finds every plain name unchanged' \
    sh -c 'cd t/Imcdata && sha256sum -c --quiet --strict ../../report.sha256sum'
tampered() {
    cp -r t t2 && echo x >>t2/Imcdata/In/G1X4TKB1
    ! (cd t2/Imcdata && sha256sum -c --quiet ../../report.sha256sum 2>/dev/null) | grep -v 'In/G1X4TKB1: FAILED'
}
claim 'and names the file that was changed' tampered
listed() {
    for format in sha256sum hashdeep; do
        grep -qF '# name escaped: ' "report.$format" && grep -qF 'In/two\x0alines' "report.$format" || return 1
        ! grep -q "$escape" "report.$format" || return 1
    done
}
claim 'names that act on a terminal stand in comments, escaped' listed
if have hashdeep 'the audit of hashdeep'; then
    audit() { (cd t/Imcdata && hashdeep -a -v -k ../../report.hashdeep -l In/G1X4TK*) | grep -q 'Files matched: 13'; }
    claim 'hashdeep matches every spool file' audit
fi
equal() {
    for format in csv csv-findings sarif dfxml junit hashdeep sha256sum; do
        "$IMCSCAN" scan --reproducible --jobs=1 -f "$format" -o again t </dev/null 2>/dev/null
        cmp "report.$format" again || return 1
    done
}
claim 'the same tree gives the same bytes, whatever the number of workers' equal
redacted() {
    for format in text jsonl csv csv-findings sarif dfxml junit hashdeep sha256sum; do
        "$IMCSCAN" scan --redact -f "$format" t </dev/null >redacted 2>"$err"
        ! grep -oE 'john|jane|example.org|Report [0-9]|[|]calc' redacted || { echo "$format"; return 1; }
    done
}
claim '--redact leaves no address, subject or name in any format' redacted
short() {
    "$IMCSCAN" scan --excerpt=0 -f jsonl t </dev/null >short 2>"$err"
    grep -q '"findings":\[{' short && ! grep -q '"detail":"[^"]' short && ! "$IMCSCAN" scan --excerpt=321 t </dev/null >"$out" 2>"$err"
}
claim '--excerpt=0 quotes nothing, and more than 320 bytes are not to be had' short
tokens() {
    run scan --redact --reproducible -f jsonl t && cp "$out" one && run scan --redact --reproducible -f jsonl t && cmp "$out" one &&
        [ "$(grep -o '"from":"[^"]*"' one | sort -u | wc -l)" -eq 1 ] && grep -q '"redacted":true' one && grep -q 'In/G1X4TK19' one
}
claim 'equal names have equal tokens in every report, and spool names stay' tokens
epoch() {
    SOURCE_DATE_EPOCH=983822871 "$IMCSCAN" scan -f jsonl t </dev/null >"$out" 2>"$err"
    shows '"start":"2001-03-05T20:07:51Z"' && shows '"end":"2001-03-05T20:07:51Z"'
}
claim 'SOURCE_DATE_EPOCH stands for the hour of the run' epoch
head_of() { run scan --incident='INC <1>' --examiner='A. Usher' -f jsonl t; shows '"incident":"INC <1>","examiner":"A. Usher"'; }
claim '--incident and --examiner stand in the head' head_of
finish
