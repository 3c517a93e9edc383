#!/bin/sh
# batch.sh - several trees in one call: a report of each and a summary of all.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
tree sick
clean_tree well
mkdir empty
files() { find "$1" -type f | sed 's|.*/||' | LC_ALL=C sort | tr '\n' ' '; }

all() {
    exits 1 scan -f jsonl -o out/ sick well || return 1
    [ "$(files out)" = '1-sick.jsonl 2-well.jsonl summary.jsonl summary.txt ' ] || { files out; return 1; }
}
claim 'each tree has its report, and there is a summary; the worst status is the exit status' all
alone() { "$IMCSCAN" scan --reproducible -f jsonl -o two/ sick well; "$IMCSCAN" scan --reproducible -f jsonl sick | cmp - two/1-sick.jsonl; }
claim 'a report is that of the tree alone' alone
text() { grep -qE '^ +1 +13 +1 .* sick  1-sick.jsonl$' out/summary.txt && grep -qE '^ +0 +12 +0 .* well  2-well.jsonl$' out/summary.txt || { cat out/summary.txt; return 1; }; }
claim 'the summary tells files and levels of each' text
json() { grep -q '"path":"sick","exit":1,"report":"1-sick.jsonl","seen":13,"critical":1' out/summary.jsonl || { cat out/summary.jsonl; return 1; }; }
claim 'so does the one in JSON Lines' json
some() {
    exits 2 scan -o some/ well empty sick || return 1
    [ "$(files some)" = '1-well.text 3-sick.text summary.jsonl summary.txt ' ] && grep -q 'empty  not scanned' some/summary.txt
}
claim 'a tree that cannot be scanned does not keep the others back; 2' some
inside() { exits 2 scan -o sick/out/ well sick && says 'inside the evidence' && [ ! -e sick/out ]; }
claim 'a folder inside any of the trees is refused' inside
with_case() { exits 2 scan --case=c -o three/ well && [ ! -e c ] && [ ! -e three ]; }
claim 'a case is of one run' with_case
finish
