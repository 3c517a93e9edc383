#!/bin/sh
# ci.sh - the checks beyond make test: compilers, sanitizers, layers, lint, fuzz smoke. Counts each as one.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Those that use every processor themselves come one after another, the others as many at a time as there are
# processors. `tests/ci.sh NAME...` runs only the named ones.
set -u
logs=build/ci-logs
alone='gcc-without-warnings clang-without-warnings lint sanitizers fuzz-smoke'
together='report-in-a-browser killed-at-50-moments evaluation-meets-its-targets hostile-shapes-are-named rules
    move-scripts-under-wine ambiguous-mail-is-suspected logs-lead-to-the-culprit manual-completions-schema debian-package headers layers sarif-is-valid
    generator-key scenario-key restart-arithmetic parts-by-slurm parts-by-parallel'

tests_of() { make --no-print-directory -j2 "$@" all build-tests && make --no-print-directory "$@" check; }

# The command of one check. Times are for `make bench`, on a machine with nothing else to do; here only faults
# and deaths count.
command_of() {
    export IMCSCAN="$PWD/build/imcscan" MKSPOOL="$PWD/build/mkspool" MKCASE="$PWD/build/tests/mkcase"
    case $1 in
    gcc-without-warnings) make --no-print-directory -j2 WERROR=1 BUILD=build/werror all build-tests ;;
    clang-without-warnings) make --no-print-directory -j2 CC=clang WERROR=1 BUILD=build/clang all build-tests ;;
    layers | headers | rules) make --no-print-directory "check-$1" ;;
    lint) make --no-print-directory lint ;;
    sanitizers) tests_of SAN=address,undefined BUILD=build/san ;;
    fuzz-smoke) make --no-print-directory fuzz-smoke ;;
    killed-at-50-moments) RESUME_KILLS=50 tests/cli/resume.sh ;;
    generator-key) tests/eval/key-is-true.py ;;
    scenario-key) tests/eval/scenarios-are-true.py ;;
    logs-lead-to-the-culprit) make --no-print-directory scenarios QUICK=1 REQUIRE=1 ;;
    restart-arithmetic) python3 tests/eval/restarts.py ;;
    evaluation-meets-its-targets) make --no-print-directory eval QUICK=1 REQUIRE=1 ;;
    report-in-a-browser) python3 -B tests/browser/report.py ;;
    move-scripts-under-wine) IMCSCAN_WINE=1 tests/cli/plan-scripts.sh ;;
    ambiguous-mail-is-suspected) make --no-print-directory ambiguous REQUIRE=95 ;;
    # make test came before its tools were installed: what it had to skip is run now.
    manual-completions-schema) ! grep -qs "^skip - " build/test-logs/tests-dist-*.log || make --no-print-directory dist-check ;;
    debian-package) make --no-print-directory deb && lintian --fail-on error build/*.deb ;;
    sarif-is-valid) tests/eval/sarif.sh ;;
    parts-by-slurm) tests/fleet/slurm.sh ;;
    parts-by-parallel) tests/fleet/parallel.sh ;;
    hostile-shapes-are-named) tests/bench/hostile.py --bytes=1000000 --limit=1000 ;;
    *) echo "ci.sh: no check of that name: $1"; return 2 ;;
    esac
}

# Run one, keep its output, show the end of it when it fails; how it went stays beside its log.
run_one() {
    begin=$(date +%s)
    command_of "$1" >"$logs/$1.log" 2>&1 </dev/null
    status=$?
    if [ "$status" -eq 0 ]; then
        echo passed >"$logs/$1.status"
        echo "ok - $1 ($(($(date +%s) - begin)) s)"
    else
        echo failed >"$logs/$1.status"
        printf '%s\n%s\n' "not ok - $1, exit status $status, log $logs/$1.log" "$(tail -n 60 "$logs/$1.log")"
    fi
}

if [ "${1-}" = --one ]; then
    run_one "$2"
    exit 0
fi
rm -rf "$logs"
mkdir -p "$logs"
if [ $# -gt 0 ]; then alone=$* together=; fi
# shellcheck disable=SC2086
for name in $alone; do run_one "$name"; done
# shellcheck disable=SC2086
[ -z "$together" ] || printf '%s\n' $together | xargs -P "$(nproc)" -n 1 "$0" --one

passed=0 failed=0
for name in $alone $together; do
    if [ "$(cat "$logs/$name.status")" = passed ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
