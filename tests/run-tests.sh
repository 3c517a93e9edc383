#!/bin/sh
# run-tests.sh PROGRAM... - run each test program, show its failures, close with a count.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Understands cmocka's lines and our own "ok - ", "not ok - ", "skip - ". A program that ends non-zero without naming
# a failure counts as one. Output is kept below $BUILD/test-logs.
set -u

logs=${BUILD:-build}/test-logs
mkdir -p "$logs"
passed=0
failed=0
skipped=0

count() { grep -acE "$1" "$2" || true; }

for program in "$@"; do
    name=$(printf '%s' "$program" | sed "s,^${BUILD:-build}/,,; s,/,-,g")
    log=$logs/$name.log
    case $program in /*) ;; *) program=./$program ;; esac
    timeout -k 5 280 "$program" >"$log" 2>&1 </dev/null
    status=$?
    ok=$(count '^\[       OK \]|^ok - ' "$log")
    # cmocka names a failed test twice: when it fails and in the list at the end.
    bad=$(grep -aE '^\[  FAILED  \] [^0-9]|^not ok - ' "$log" | sort -u | grep -c . || true)
    skip=$(count '^\[  SKIPPED \] [^0-9]|^skip - ' "$log")
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    if [ "$status" -eq 0 ] && [ $((ok + bad + skip)) -eq 0 ]; then
        echo "no test ran in $program"
        bad=1
    fi
    if [ "$bad" -gt 0 ]; then
        echo "--- $program: exit status $status, log $log"
        grep -aE '^\[  FAILED  \] [^0-9]|^not ok - ' "$log" | sort -u
        grep -avE '^\[( RUN      |       OK |==========)\]|^ok - ' "$log" | cut -c 1-300 | tail -n 60
    else
        printf '  %-52s %4d passed%s\n' "$name" "$ok" "$([ "$skip" -gt 0 ] && echo ", $skip skipped")"
        grep '^skip - ' "$log" | sed 's/^/    /'
    fi
    passed=$((passed + ok))
    failed=$((failed + bad))
    skipped=$((skipped + skip))
done

if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
