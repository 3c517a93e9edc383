#!/bin/sh
# run-tests.sh PROGRAM... - run the test programs, as many at a time as there are processors; close with a count.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Understands cmocka's lines and our own "ok - ", "not ok - ", "skip - ". A program that ends non-zero without naming
# a failure counts as one. Output is kept below $BUILD/test-logs; JOBS sets how many run at a time.
set -u

logs=${BUILD:-build}/test-logs

count() { grep -acE "$1" "$2" || true; }

# Run one; say how it went in one piece, for others say theirs meanwhile; leave its counts beside its log.
run_one() {
    program=$1
    name=$(printf '%s' "$program" | sed "s,^${BUILD:-build}/,,; s,/,-,g")
    log=$logs/$name.log
    case $program in /*) ;; *) program=./$program ;; esac
    begin=$(date +%s)
    timeout -k 5 280 "$program" >"$log" 2>&1 </dev/null
    status=$?
    ok=$(count '^\[       OK \]|^ok - ' "$log")
    # cmocka names a failed test twice: when it fails and in the list at the end.
    bad=$(grep -aE '^\[  FAILED  \] [^0-9]|^not ok - ' "$log" | sort -u | grep -c . || true)
    skip=$(count '^\[  SKIPPED \] [^0-9]|^skip - ' "$log")
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    said=
    if [ "$status" -eq 0 ] && [ $((ok + bad + skip)) -eq 0 ]; then
        said="no test ran in $program
"
        bad=1
    fi
    if [ "$bad" -gt 0 ]; then
        said="$said--- $program: exit status $status, log $log
$(grep -aE '^\[  FAILED  \] [^0-9]|^not ok - ' "$log" | sort -u)
$(grep -avE '^\[( RUN      |       OK |==========)\]|^ok - ' "$log" | cut -c 1-300 | tail -n 60)"
    else
        said=$(printf '  %-52s %4d passed' "$name" "$ok")
        [ "$skip" -eq 0 ] || said="$said, $skip skipped
$(grep '^skip - ' "$log" | sed 's/^/    /')"
    fi
    printf '%s\n' "$said"
    echo "$ok $bad $skip $(($(date +%s) - begin))" >"$log.count"
}

if [ "${1-}" = --one ]; then
    run_one "$2"
    exit 0
fi

rm -rf "$logs"
mkdir -p "$logs"
[ $# -eq 0 ] || printf '%s\0' "$@" | xargs -0 -P "${JOBS:-$(nproc)}" -n 1 "$0" --one
finished=$(find "$logs" -name '*.count' | wc -l)
cat "$logs"/*.count | {
    passed=0 failed=0 skipped=0
    while read -r ok bad skip _; do
        passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
    done
    if [ "$finished" -ne $# ]; then
        echo "$finished of $# test programs left a count"
        failed=$((failed + 1))
    fi
    if [ "$skipped" -gt 0 ]; then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
    [ "$failed" -eq 0 ]
}
