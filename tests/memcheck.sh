#!/bin/sh
# memcheck.sh [PROGRAM...] - valgrind over the unit tests and scans of the corpus: no bad access, no use of what nobody set, no leak.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The scans run without the sandbox, whose filter kills valgrind's own system calls, without resource limits, which
# valgrind refuses to set (tests/shims/no_limits.c), and with time for a program that is thirty times as slow. Left out are
# tests that want the sandbox, kill workers or measure limits: they are about what valgrind takes the place of; and two that
# would take half an hour. Memory that is still pointed to at the end is no leak.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
mkdir -p "$BUILD/memcheck"
logs=$(realpath "$BUILD/memcheck")
rm -f "$logs"/*
failed=0

# check NAME COMMAND...: whatever the status, unless valgrind says so (99); what a worker did is in its own log.
check() {
    name=$1
    shift
    status=0
    valgrind --quiet --vgdb=no --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite \
        --trace-children=yes --trace-children-skip='/usr/bin/*,/bin/*,*/python3*' --suppressions="$PWD/tests/memcheck.supp" --log-file="$logs/$name.%p" "$@" >"$logs/$name.out" 2>&1 || status=$?
    # Lines in dashes are about valgrind itself: it does not know openat2(2).
    if [ "$status" -le 3 ] && ! grep -q '^==' "$logs/$name".[0-9]*; then
        echo "ok - $name"
        return
    fi
    echo "not ok - $name, exit status $status"
    tail -n 5 "$logs/$name.out"
    grep -h '^==' "$logs/$name".[0-9]* | head -n 60
    failed=1
}

unit=$*
if [ $# -eq 0 ]; then
    unit=$(find "$BUILD/tests" -type f -name 'test_*' -perm -u+x | LC_ALL=C sort | grep -vE \
        '/cli/test_search$|/spool/test_archive(_names)?$|/test_growth$|/report/test_html_bounds$' | grep -vE \
        '/worker/test_(sandbox|confined|lockdown|deaths|harm|log_deaths|lies|pool|known|logs|search|description_pool|unpack|salvage_task)$')
fi
for program in $unit; do
    check "$(printf '%s' "${program#"$BUILD"/tests/}" | tr / -)" "$program"
done
for format in jsonl html; do
    check "scan-$format" env LD_PRELOAD="$(realpath "$BUILD")/tests/shims/no_limits.so" "$BUILD/imcscan" scan --no-sandbox --jobs=2 --time-limit=600 \
        --memory-limit=4096 -f "$format" -o "$logs/report.$format" corpus
    [ -s "$logs/report.$format" ] || { echo "not ok - scan-$format wrote no report"; failed=1; }
done
exit $failed
