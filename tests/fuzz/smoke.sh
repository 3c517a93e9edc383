#!/bin/sh
# smoke.sh [SECONDS [TARGET...]] - build the fuzzers with clang's sanitizers; run each briefly, two at a time.
# SPDX-License-Identifier: LGPL-2.1-or-later
# The first inputs come from corpus/ (seeds.sh). Nothing is left behind but the build folder (BUILD).
set -eu
cd "$(dirname "$0")/../.."

# run WORK SECONDS NAME - run one, say how far it got, or fail with what broke it.
run() {
    work=$1/$3
    mkdir -p "$work/seeds" "$work/found"
    tests/fuzz/seeds.sh "$3" "$work/seeds"
    [ ! -d "corpus/crashers/$3" ] || cp "corpus/crashers/$3"/* "$work/seeds"
    dict=tests/fuzz/$3.dict
    case $3 in fuzz_whole | fuzz_fields | fuzz_mime | fuzz_salvage | fuzz_tear) dict=tests/fuzz/fuzz_split.dict ;; esac
    [ -f "$dict" ] && dict=-dict=$dict || dict=
    case $3 in fuzz_archive | fuzz_evt | fuzz_html | fuzz_mime | fuzz_record | fuzz_salvage | fuzz_transfer | fuzz_whole) most=65536 ;; fuzz_case) most=262144 ;; *) most=8192 ;; esac
    # shellcheck disable=SC2086
    if "$BUILD/tests/fuzz/$3" -max_total_time="$2" -timeout=10 -rss_limit_mb=3072 -max_len=$most $dict \
        -artifact_prefix="$work/broken-" "$work/found" "$work/seeds" >"$work/log" 2>&1; then
        sed -n "s/^#\([0-9]*\)[[:space:]]*DONE *cov: \([0-9]*\) ft: \([0-9]*\).*/ok - $3: \1 runs, coverage \2, features \3/p" \
            "$work/log"
        return
    fi
    echo "not ok - $3"
    grep -vE '^(#[0-9]+|INFO:)' "$work/log" | tail -n 40
    for broken in "$work"/broken-*; do
        [ -f "$broken" ] || continue
        echo "$3: $(basename "$broken") in base64:"
        base64 "$broken"
    done
    exit 1
}

BUILD=${BUILD:-build/fuzz}
export BUILD
if [ "${1:-}" = run ]; then
    run "$2" "$3" "$4"
    exit
fi

seconds=${1:-10}
[ $# -eq 0 ] || shift
make --no-print-directory -j2 CC=clang SAN=address,undefined,fuzzer-no-link BUILD="$BUILD" fuzzers >/dev/null
# shellcheck disable=SC2046
[ $# -gt 0 ] || set -- $(basename -s .c tests/fuzz/fuzz_*.c)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
printf '%s\n' "$@" | xargs -P 2 -n 1 tests/fuzz/smoke.sh run "$work" "$seconds" || exit 1
echo "fuzz-smoke: $# targets, $seconds s each"
