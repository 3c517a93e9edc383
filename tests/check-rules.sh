#!/bin/sh
# check-rules.sh - the rules, the documented causes and corpus/rules agree; a breach is named.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Compares what the program knows ($IMCSCAN rules --ids) with the sources and with the samples. What needs the
# samples to be examined is done by tests/corpus.c, and with each rule forced never and always to fire by
# tests/forced.c; what needs weights (the budget) by tests/rules/test_registry.c. They are run from here when
# `make check-rules` calls.
set -u
export LC_ALL=C

IMCSCAN=${IMCSCAN:-build/imcscan}
BUILD=${BUILD:-build}
rules=src/rules
samples=corpus/rules
readme=corpus/README.md
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

# claim 'what holds' function: prints ok, or not ok and what the function printed.
claim() {
    if "$2" >"$work/why" 2>&1 && [ ! -s "$work/why" ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        sed 's/^/    /' "$work/why"
        bad=1
    fi
}
# Lines that stand in the first file alone, with words before each.
only_in() { comm -23 "$1" "$2" | sed "s|^|$3: |"; }

"$IMCSCAN" rules --ids >"$work/ids" || { echo "not ok - $IMCSCAN rules --ids"; exit 1; }
"$IMCSCAN" rules --cases --ids >"$work/cases" || { echo "not ok - $IMCSCAN rules --cases --ids"; exit 1; }
sort "$work/ids" >"$work/known"
sort "$work/cases" >"$work/known-cases"
sed -n 's/.*\.id = "\([^"]*\)".*/\1/p' "$rules"/*.c | sort >"$work/rows"
sed -n 's/.*\.id = "\([^"]*\)".*/\1/p' "$rules/worker.c" "$rules/across.c" | sort >"$work/raised"
find "$samples" -mindepth 1 -maxdepth 1 -type d | sed 's|.*/||' | sort >"$work/folders"
# Rules of evidence judge trees, not messages; they are all others' equals but for their samples.
"$IMCSCAN" rules -f json | awk -F'"' '$2 == "id" { id = $4 } $2 == "class" && $4 == "evidence" { print id }' |
    sort >"$work/evidence"
sort "$work/raised" "$work/evidence" | uniq | comm -23 "$work/known" - >"$work/checked"
sort "$work/checked" "$work/evidence" >"$work/with-samples"
# of_messages: the files among the samples that are not part of a tree.
sed "s|.*|$samples/&/|" "$work/evidence" >"$work/tree-samples"
of_messages() { find "$samples" -type f | grep -vF -f "$work/tree-samples"; }

single() { uniq -d "$work/known"; }
kebab() { grep -vE '^[a-z0-9]+(-[a-z0-9]+)*$' "$work/ids"; true; }
registered() { only_in "$work/rows" "$work/known" 'row that the program does not know'; }
sampled() { only_in "$work/checked" "$work/folders" 'rule without samples'; }
orphaned() { only_in "$work/folders" "$work/with-samples" 'samples without a rule'; }
cases_sorted() {
    sed -n 's/^CASE("\([^"]*\)".*/\1/p' "$rules/cases.def" >"$work/def"
    sort -c -u "$work/def" 2>&1
    [ -s "$work/def" ] || echo "no row found in $rules/cases.def"
}
cases_exist() {
    tr '\n' ' ' <"$rules/cases.def" | grep -c . >/dev/null || echo "$rules/cases.def is empty"
    sed -n 's/.*\.cases = "\([^"]*\)".*/\1/p' "$rules"/*.c | tr ' ' '\n' | grep . | sort -u >"$work/cited"
    only_in "$work/cited" "$work/known-cases" 'cited, but no case'
}
# Adjacent string literals aside, each row holds its sentence on one line or on the next.
full_stops() {
    awk '/\.says =/ { line = $0; if (line !~ /"/) { getline; line = $0 }
        if (line !~ /\.",?[ \t]*(\.[a-z]+ = .*)?$/) print FILENAME ":" FNR ": " line }' "$rules"/*.c
}
hit_and_miss() {
    while read -r id; do
        [ -n "$(find "$samples/$id" -name 'hit*.eml' 2>/dev/null)" ] || echo "$id: no hit*.eml"
        [ -n "$(find "$samples/$id" -name 'miss*.eml' 2>/dev/null)" ] || echo "$id: no miss*.eml"
    done <"$work/checked"
}
expectations() {
    of_messages | grep '/hit[^/]*[.]eml$' | while read -r hit; do
        [ -s "${hit%.eml}.expect" ] || echo "${hit%.eml}.expect is missing or empty"
    done
    of_messages | grep '[.]expect$' | while read -r expect; do
        id=$(basename "$(dirname "$expect")")
        [ -f "${expect%.expect}.eml" ] || echo "$expect has no message"
        sort -c "$expect" 2>&1
        grep -vE "^$id ([0-9]+|-)( .+)?$" "$expect" | sed "s|^|$expect: |"
    done
}
strangers() { of_messages | grep -vE '/(hit[^/]*[.](eml|expect)|miss[^/]*[.]eml)$'; true; }
# Run by tests/cli/evidence-samples.sh.
trees() {
    while read -r id; do
        [ -n "$(find "$samples/$id" -maxdepth 1 -type d -name 'hit*' 2>/dev/null)" ] || echo "$id: no hit*/"
        [ -n "$(find "$samples/$id" -maxdepth 1 -type d -name 'miss*' 2>/dev/null)" ] || echo "$id: no miss*/"
        for tree in "$samples/$id"/hit*/; do
            [ -d "$tree" ] || continue
            sort -c "${tree%/}.expect" 2>&1
            grep -q " $id\$" "${tree%/}.expect" || echo "${tree%/}.expect does not name $id"
        done
    done <"$work/evidence"
}
# The same bytes may hit in one folder and miss in another: compared are those of one folder.
copies() {
    find "$samples" -name 'hit*.eml' | while read -r hit; do
        for miss in "$(dirname "$hit")"/miss*."${hit#*/hit*.}"; do
            [ -f "$miss" ] && cmp -s "$hit" "$miss" && echo "$hit and $miss are the same"
        done
    done
    true
}

# The table of conformance checks in corpus/README.md: | number | check | `rule` … or - | words |, numbers 1 to 270.
checks_table() {
    awk '/^\| number \| check \| rule \|/ { on = 1 } !/^\|/ { on = 0 } on && /^\| *[0-9]/' "$readme"
}
checks_numbered() {
    checks_table | awk -F' *[|] *' '{ print $2 }' | sort -n >"$work/numbers"
    seq 1 270 | diff - "$work/numbers" | sed -n 's/^</no row:/p; s/^>/row too many:/p' | head
}
checks_have_rules() {
    checks_table | awk -F' *[|] *' '$4 != "-" { print $4 }' | tr -d '\`' | tr ' ' '\n' | grep . | sort -u >"$work/named"
    only_in "$work/named" "$work/known" 'in the table of checks, but no rule'
    checks_table | awk -F' *[|] *' '$4 == "" { print "check " $2 " names no rule, and is not left out" }'
}
checks_have_words() {
    checks_table | awk -F' *[|] *' 'NF != 6 || $5 == "" || ($4 == "-" && length($5) < 20) { print "check " $2 " lacks its words: " $0 }'
}

claim 'no rule id stands twice' single
claim 'rule ids are words in kebab case' kebab
claim 'every row is registered' registered
claim 'every rule with a check has samples' sampled
claim 'every folder of samples has its rule' orphaned
claim 'every rule has a hit and a near miss' hit_and_miss
claim 'every hit has its expectation, sorted' expectations
claim 'every rule of evidence has a sample tree that hits and one that nearly does' trees
claim 'no other files lie among the samples' strangers
claim 'no hit is also a miss' copies
claim 'cases.def is sorted and has no id twice' cases_sorted
claim 'every cited case is in cases.def' cases_exist
claim 'every sentence ends in a full stop' full_stops
claim 'every conformance check has one row in the table' checks_numbered
claim 'every rule of that table exists' checks_have_rules
claim 'every row says how it is told apart, or why it is left out' checks_have_words

# run-tests.sh runs these three by itself.
if [ -n "${MAKELEVEL-}" ] && [ -z "${MKSPOOL-}" ]; then
    for program in "$BUILD/tests/corpus" "$BUILD/tests/forced" "$BUILD/tests/rules/test_registry"; do
        [ -x "$program" ] || continue
        "$program" >"$work/log" 2>&1 || { bad=1; grep -E '^not ok|FAILED|ERROR' "$work/log"; }
        tail -n 1 "$work/log"
    done
fi
exit "$bad"
