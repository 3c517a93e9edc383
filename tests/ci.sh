#!/bin/sh
# ci.sh - the checks beyond make test: compilers, sanitizers, layers, lint, fuzz smoke. Counts each as one.
# SPDX-License-Identifier: LGPL-2.1-or-later
set -u
passed=0
failed=0
logs=build/ci-logs
mkdir -p "$logs"

# check NAME COMMAND... - run it, keep its output, show the end of it when it fails.
check() {
    name=$1
    shift
    begin=$(date +%s)
    if "$@" >"$logs/$name.log" 2>&1 </dev/null; then
        passed=$((passed + 1))
        echo "ok - $name ($(($(date +%s) - begin)) s)"
    else
        failed=$((failed + 1))
        echo "not ok - $name, exit status $?, log $logs/$name.log"
        tail -n 60 "$logs/$name.log"
    fi
}
tests_of() { make --no-print-directory -j2 "$@" all build-tests && make --no-print-directory "$@" check; }

check gcc-without-warnings make --no-print-directory -j2 WERROR=1 BUILD=build/werror all build-tests
check clang-without-warnings make --no-print-directory -j2 CC=clang WERROR=1 BUILD=build/clang all build-tests
check layers make --no-print-directory check-layers
check headers make --no-print-directory check-headers
check rules make --no-print-directory check-rules
check lint make --no-print-directory lint
check sanitizers tests_of SAN=address,undefined BUILD=build/san
check fuzz-smoke make --no-print-directory fuzz-smoke
check killed-at-50-moments env IMCSCAN="$PWD/build/imcscan" MKSPOOL="$PWD/build/mkspool" RESUME_KILLS=50 tests/cli/resume.sh
check generator-key env MKSPOOL=build/mkspool tests/eval/key-is-true.py
check scenario-key env MKSPOOL=build/mkspool tests/eval/scenarios-are-true.py
check logs-lead-to-the-culprit make --no-print-directory scenarios QUICK=1 REQUIRE=1
check restart-arithmetic python3 tests/eval/restarts.py
check evaluation-meets-its-targets make --no-print-directory eval QUICK=1 REQUIRE=1
check report-in-a-browser env IMCSCAN=build/imcscan python3 -B tests/browser/report.py
check move-scripts-under-wine env IMCSCAN_WINE=1 IMCSCAN="$PWD/build/imcscan" MKCASE="$PWD/build/tests/mkcase" \
    tests/cli/plan-scripts.sh
check ambiguous-mail-is-suspected make --no-print-directory ambiguous REQUIRE=95
check sarif-is-valid tests/eval/sarif.sh
# Times are for `make bench`, on a machine with nothing else to do; here only faults and deaths count.
check hostile-shapes-are-named tests/bench/hostile.py --bytes=1000000 --limit=1000

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
