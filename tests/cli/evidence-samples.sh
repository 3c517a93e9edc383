#!/bin/sh
# evidence-samples.sh - each rule of evidence says what its sample trees expect, and nothing of the near misses.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# corpus/rules/ID/hit*/ and miss*/ are trees with their logs beside Imcdata. Beside a hit lies hit*.expect with lines
# "file rule", sorted: rule ID says something of that file; "-" for a file is a cause that is no message.
# CORPUS names another folder of samples.
samples=${CORPUS:-$(dirname "$0")/../../corpus}/rules
samples=$(cd "$samples" && pwd) || exit 1
. "$(dirname "$0")/lib"
# By itself from the day on which a command hands clues to the ranking.
if ! grep -q 'ranking_attach(' "$samples"/../../src/cli/*.c 2>/dev/null; then
    skip 'samples of evidence: no command hands clues to the ranking yet'
    finish
fi
if ! command -v python3 >/dev/null 2>&1; then
    skip 'samples of evidence: no python3 here'
    finish
fi

cat >"$work/clues.py" <<'PYTHON'
import json, sys
for line in open(sys.argv[1], encoding="ascii"):
    item = json.loads(line)
    if item["type"] == "message":
        told = {(item["path"], clue["rule"]) for clue in item.get("clues", [])}
    elif item["type"] == "summary":
        told = {("-", clue["rule"]) for clue in item.get("rule_outs", [])}
    else:
        continue
    for path, rule in told:
        print(path, rule)
PYTHON

# scan_tree FOLDER: the clues of a tree and of the logs beside its Imcdata, as "file rule" into $work/told.
scan_tree() {
    set -- "$1"
    for log in "$1"/*; do
        [ -f "$log" ] && set -- "$@" "--evidence=$log"
    done
    folder=$1
    shift
    run scan --reproducible -f jsonl "$@" "$folder"
    [ -s "$out" ] || { cat "$err"; return 1; }
    python3 "$work/clues.py" "$out" | LC_ALL=C sort >"$work/told"
}
# Lines of other rules may stand beside the expected ones.
hits() { scan_tree "$1" && LC_ALL=C comm -13 "$work/told" "$1.expect" >"$work/lacking" && cat "$work/lacking" && [ ! -s "$work/lacking" ]; }
misses() { scan_tree "$1" && ! grep " $2\$" "$work/told"; }

n=0
for tree in "$samples"/*/hit*/ "$samples"/*/miss*/; do
    tree=${tree%/}
    [ -d "$tree" ] || continue
    n=$((n + 1))
    id=$(basename "$(dirname "$tree")")
    case ${tree##*/} in
    hit*) claim "$id: ${tree##*/} is told" hits "$tree" ;;
    *) claim "$id: ${tree##*/} is not" misses "$tree" "$id" ;;
    esac
done
[ "$n" -gt 0 ] || skip 'samples of evidence: no rule has any yet'
finish
