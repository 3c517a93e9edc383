#!/bin/sh
# coverage.sh - branches of parsers/ and src/rules/ that the test suite takes; below 85 percent it fails.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Counted are the tests that read bytes in their own process: a worker leaves by _exit(2) and may write no file, so what only
# runs there counts as not taken. Without optimisation, or a branch would be what the compiler makes of several. Prints
# the total and each file below 80 percent; BUILD/coverage.txt has all files, with the lines in which a branch was not taken.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/cov}
least=${1:-85}

make --no-print-directory -j2 BUILD="$BUILD" CC=gcc CFLAGS='-O0 -U_FORTIFY_SOURCE --coverage' build-tests >/dev/null 2>&1
find "$BUILD" -name '*.gcda' -exec rm -f {} +
programs=$(find "$BUILD"/tests/parsers "$BUILD"/tests/rules "$BUILD"/tests/salvage "$BUILD"/tests/base -type f -name 'test_*' -perm -u+x | LC_ALL=C sort)
for program in $programs "$BUILD"/tests/worker/test_examine "$BUILD"/tests/worker/test_describe "$BUILD"/tests/corpus "$BUILD"/tests/forced; do
    "$program" >"$BUILD/coverage.log" 2>&1 || { echo "coverage: $program failed"; tail -n 20 "$BUILD/coverage.log"; exit 1; }
done
status=0
gcovr -r . --object-directory "$BUILD" -f parsers/ -f src/rules/ --branches --exclude-unreachable-branches \
    --fail-under-branch "$least" >"$BUILD/coverage.txt" || status=$?
grep '^TOTAL' "$BUILD/coverage.txt"
awk '$4 ~ /^[0-9]+%/ && $4 + 0 < 80 && $1 != "TOTAL" { print $1, $4, "(" $2 - $3 " of " $2 " not taken)" }' "$BUILD/coverage.txt"
exit $status
