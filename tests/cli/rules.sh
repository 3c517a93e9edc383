#!/bin/sh
# rules.sh - `imcscan rules` and `imcscan explain --rule` tell all there is to know.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1

"$IMCSCAN" rules --ids >ids
claim 'at least 45 rules' [ "$(wc -l <ids)" -ge 45 ]
shape() { ! grep -vE '^[a-z0-9]+(-[a-z0-9]+)*$' ids; }
claim 'ids are words in kebab case' shape
unique() { [ -z "$(sort ids | uniq -d)" ]; }
claim 'no id stands twice' unique

table() { exits 0 rules; while read -r id; do grep -qE "^  $id( |\$)" "$out" || { echo "$id"; return 1; }; done <ids; }
claim 'the table has every rule' table
json() { exits 0 rules -f json; while read -r id; do grep -q "\"id\": \"$id\"" "$out" || { echo "$id"; return 1; }; done <ids; }
claim 'so has the JSON' json
if command -v python3 >/dev/null 2>&1; then
    claim 'the JSON is valid' python3 -m json.tool "$out"
else
    skip 'the JSON is valid: no python3 here'
fi
"$IMCSCAN" rules --cases --ids >cases
claim 'the causes are sorted and single' sort -c -u cases
listed() { exits 0 rules --cases; while read -r id; do grep -q "^$id " "$out" || { echo "$id"; return 1; }; done <cases; }
claim 'rules --cases lists each of them' listed
narrow() { for a in '' --cases; do run rules $a; awk 'length > 80 { print; bad = 1 } END { exit bad }' "$out" || return 1; done; }
claim 'the tables fit 80 columns' narrow
explained() {
    while read -r id; do
        exits 0 explain --rule="$id" && shows 'looks for' && { shows 'base rate' || shows 'evidence:'; } || { echo "$id"; return 1; }
    done <ids
}
claim 'every rule can be explained' explained
cites() { run explain --rule charset-empty; shows MS00-082 && shows Q278320 && shows Q293288 && shows 'fixed in' && shows 'RFC 2045'; }
claim 'an explanation names causes, fix and standard' cites
advised() {
    while read -r id; do
        run explain --rule="$id"
        [ "$(grep -c '^            what happens: ' "$out")" -eq "$(grep -c '^            effect: ' "$out")" ] &&
            grep -q '^ *the message' "$out" && awk 'length > 80 { bad = 1 } END { exit bad }' "$out" || { echo "$id"; return 1; }
    done <ids
}
claim 'for each cause it tells what happens and what to do with the message, in 80 columns' advised
claim 'a rule that is not there is an error' exits 2 explain --rule=no-such-rule
claim 'explain without a rule is an error' exits 2 explain
claim 'rules takes no path' exits 2 rules t
claim 'rules has no other format' exits 2 rules -f xml
full() { "$IMCSCAN" rules >/dev/full 2>"$err"; [ $? -eq 2 ]; }
claim 'a full disk is an error' full
finish
