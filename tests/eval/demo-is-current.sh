#!/bin/sh
# demo-is-current.sh - the committed demo tree is what mkspool --demo makes, byte for byte.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Compares names and contents of files only: git keeps neither times nor empty folders. `make demo` renews the tree.
set -u

cd "$(dirname "$0")/../.." || exit 2
mkspool=${MKSPOOL:-build/mkspool}
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

sums() { (cd "$1" && find Imcdata truth.tsv -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum); }
claim() { if [ "$1" -eq 0 ]; then echo "ok - $2"; else echo "not ok - $2"; failed=1; fi; }
failed=0

"$mkspool" --demo --out="$scratch/tree" >"$scratch/said" 2>&1
claim $? "mkspool makes the demo tree"
sums "$scratch/tree" >"$scratch/made"
sums corpus >"$scratch/committed"
diff "$scratch/committed" "$scratch/made"
claim $? "corpus/Imcdata and corpus/truth.tsv are as mkspool makes them"

messages=$(sed 1d corpus/truth.tsv | wc -l)
[ "$messages" -ge 75 ] && [ "$messages" -le 95 ]
claim $? "the demo tree has about 80 messages"
bad=$(cut -f2 corpus/truth.tsv | grep -cE '^(trigger|damage)$')
[ "$bad" -eq 8 ]
claim $? "eight of them are bad"
size=$(find corpus/Imcdata -type f -exec cat {} + | wc -c)
[ "$size" -lt 3000000 ]
claim $? "the demo tree is smaller than 3 MB"

"$mkspool" --demo --out="$scratch/tree" >/dev/null 2>&1
[ $? -eq 2 ]
claim $? "mkspool refuses to write over a tree"
mkdir "$scratch/filled" && touch "$scratch/filled/x"
"$mkspool" --count=1 --out="$scratch/filled" >/dev/null 2>&1
[ $? -eq 2 ]
claim $? "mkspool refuses a folder that is not empty"
"$mkspool" --seed=5 --count=40 --trigger=all --damage=all --out="$scratch/one" >/dev/null &&
    "$mkspool" --seed=5 --count=40 --trigger=all --damage=all --out="$scratch/two" >/dev/null &&
    diff -r "$scratch/one" "$scratch/two"
claim $? "the same seed gives the same tree"
"$mkspool" --seed=6 --count=40 --out="$scratch/three" >/dev/null && ! diff -rq "$scratch/one" "$scratch/three" >/dev/null
claim $? "another seed gives another tree"
for seed in 1 3 5; do
    "$mkspool" --seed=$seed --count=2 --damage=all:all --out="$scratch/all-$seed" >/dev/null || echo "seed $seed: $?"
done >"$scratch/broken" 2>&1
[ ! -s "$scratch/broken" ]
claim $? "every damage is made in every variant"
for scenario in $("$mkspool" --list-scenarios | cut -f1); do
    for copy in one two; do
        "$mkspool" --scenario="$scenario" --seed=5 --count=20 --out="$scratch/$scenario-$copy" >/dev/null || echo "$scenario: $?"
    done
    diff -r "$scratch/$scenario-one" "$scratch/$scenario-two"
done >"$scratch/differ" 2>&1
cat "$scratch/differ"
[ ! -s "$scratch/differ" ] && [ "$("$mkspool" --list-scenarios | wc -l)" -ge 25 ]
claim $? "the same seed gives the same scenario, logs included"
exit $failed
