#!/bin/sh
# check.sh - whether the tree as committed costs more instructions than another revision did.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
#     BASE=REVISION tests/bench/check.sh
#
# Builds both in worktrees of their own, generates one tree with the newer mkspool, and counts under callgrind what
# tests/bench/examine.c executes in examine_input() - parsers, rules and record; neither reading nor hashing - and what
# `imcscan report -f jsonl` executes on a case of that tree. Counts do not depend on how busy the machine is. More than
# 3 % more fails.
set -eu
export LC_ALL=C

base=${BASE:?a revision to compare with}
limit=103 # percent
top=$(git rev-parse --show-toplevel)
work=$(mktemp -d)
build=${BENCH_BUILD:-$work}

drop() {
    for name in old new; do
        git -C "$top" worktree remove --force "$work/$name" 2>/dev/null || :
    done
    rm -rf "$work"
}
trap drop EXIT
trap 'exit 130' INT TERM

git -C "$top" worktree add --quiet --detach "$work/old" "$base"
git -C "$top" worktree add --quiet --detach "$work/new" HEAD
# A revision before the tool takes the one of today.
[ -e "$work/old/tests/bench/examine.c" ] || {
    mkdir -p "$work/old/tests/bench"
    cp "$work/new/tests/bench/examine.c" "$work/old/tests/bench/"
}
for name in old new; do
    make -C "$work/$name" --no-print-directory -s BUILD="$build/$name" -j2 "$build/$name/imcscan" \
        "$build/$name/tests/bench/examine" >"$work/$name.log" 2>&1 || { cat "$work/$name.log" >&2; exit 2; }
done
make -C "$work/new" --no-print-directory -s BUILD="$build/new" "$build/new/mkspool" >/dev/null
"$build/new/mkspool" --seed=1 --count=120 --out="$work/large" >/dev/null
"$build/new/mkspool" --seed=2 --count=300 --small --out="$work/small" >/dev/null

# count FILE COMMAND...: instructions of it, by callgrind's own sum.
count() {
    sums=$1
    shift
    valgrind --tool=callgrind --callgrind-out-file="$sums" "$@" >/dev/null 2>"$work/valgrind.log" ||
        { cat "$work/valgrind.log" >&2; exit 2; }
    sed -n 's/^\(summary\|totals\): //p' "$sums" | head -n 1
}

status=0
printf '%-22s %16s %16s %8s\n' 'instructions' "$base" HEAD ratio
for what in large small report; do
    for name in old new; do
        if [ "$what" = report ]; then
            "$build/$name/imcscan" scan --jobs=1 --case="$work/$name.case" "$work/small" >/dev/null 2>&1 || :
            set -- "$build/$name/imcscan" report "$work/$name.case" -f jsonl -o "$work/$name.jsonl"
        else
            set -- --toggle-collect=examine_input "$build/$name/tests/bench/examine" "$work/$what/Imcdata"
        fi
        eval "n_$name=\$(count \"\$work/sums\" \"\$@\")"
    done
    # shellcheck disable=SC2154 # set by eval
    percent=$((n_new * 1000 / n_old))
    verdict=
    [ "$percent" -le $((limit * 10)) ] || { verdict='  more than 3 % more' status=1; }
    printf '%-22s %16d %16d %7d.%d%%%s\n' "$what" "$n_old" "$n_new" $((percent / 10)) $((percent % 10)) "$verdict"
done
exit $status
