#!/bin/sh
# hostile-case.sh - hostile subjects, names, log rows and search hits, from a case, in every format.
# SPDX-License-Identifier: LGPL-2.1-or-later
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib"
cd "$work" || exit 1
command -v python3 >/dev/null 2>&1 || { skip 'hostile cases: python3 is not there'; finish; }
PYTHONDONTWRITEBYTECODE=1 python3 "$root/tests/browser/hostile_tree.py" t || exit 1
formats='text jsonl csv csv-findings html sarif dfxml junit hashdeep sha256sum'

kept() {
    run scan --case=case --reproducible --evidence=t/evidence -f jsonl t/Imcdata && [ "$status" -eq 1 ] && cp "$out" live.jsonl &&
        shows '"clues":[{' && shows '"status":"missing"'
}
claim 'a hostile tree and its logs are scanned into a case' kept
written() {
    for format in $formats; do
        for redact in '' --redact; do
            run report $redact --reproducible --top=0 -f "$format" case
            [ "$status" -le 1 ] && [ -s "$out" ] && cp "$out" "report$redact.$format" || { echo "$format $redact"; cat "$err"; return 1; }
        done
    done
    cmp live.jsonl report.jsonl
}
claim 'every format is written from it, and as from the live scan' written
explained() {
    find t/Imcdata -type f ! -name '*
*' | sed -n 's|^t/Imcdata/||p' | while IFS= read -r name; do
        run explain case "$name" && cat "$out" "$err" >>report.explain
    done
    [ "$(grep -c '^Header fields' report.explain)" -gt 20 ] || { grep -c '^Header fields' report.explain; return 1; }
    run plan case && cat "$out" >>report.explain && run check --evidence=t/evidence t/Imcdata && cat "$out" >>report.explain
    run diff case case && cat "$out" "$err" >>report.explain
}
claim 'what explain, plan, check and diff say of it, too' explained

# Raw bytes that act on a terminal or turn text around, and cells that a spreadsheet would run.
cat >judge.py <<'END'
import csv, glob, re, sys
acts = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
bad = 0
for name in sorted(glob.glob("report*")):
    text = open(name, "rb").read().decode("utf-8")
    if ".csv" in name:
        text = text.replace("\r\n", "\n")
        for row in csv.reader(open(name, newline="")):
            for cell in row:
                if re.match(r"\s*[=+@\t\r]|\s*-(?![0-9.]+$)", cell):
                    bad += 1
                    print(name, "runs in a spreadsheet:", ascii(cell[:60]))
    found = acts.search(text)
    if found:
        bad += 1
        print(name, "holds", ascii(text[max(0, found.start() - 30):found.end() + 10]))
    if "--redact" in name and re.search("owned|HYPERLINK|@SUM|jane@", re.sub("<style>.*?</style>|<script>.*?</script>", "", text)):
        bad += 1
        print(name, "tells what was to be left out")
sys.exit(bad > 0)
END
claim 'no byte that acts, and no formula, stands in any of them' python3 judge.py
if command -v xmllint >/dev/null 2>&1; then
    claim 'HTML, DFXML and JUnit are well-formed' xmllint --noout --nonet --huge report.html report.dfxml report.junit
else
    skip 'XML of a hostile case: xmllint is not there'
fi
bytes() { grep -qF '\u001B]0;owned\u0007' report.jsonl && grep -qF '\x1b]0;owned' report.text; }
claim 'they are told as escapes' bytes
finish
