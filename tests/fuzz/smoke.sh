#!/bin/sh
# smoke.sh [SECONDS] - build each fuzzer with clang's sanitizers and run it briefly over the corpus.
# SPDX-License-Identifier: LGPL-2.1-or-later
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-10}
build=build/fuzz
make --no-print-directory -j2 CC=clang SAN=address,undefined,fuzzer-no-link BUILD=$build $build/libimcscan.a >/dev/null

libraries=$(pkg-config --libs gmime-3.0 libmagic libseccomp jansson libcrypto)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    # shellcheck disable=SC2086
    clang -std=c17 -D_GNU_SOURCE -Iinclude -Isrc -g -O1 -fsanitize=address,undefined,fuzzer \
        -o "$build/$name" "$source" $build/libimcscan.a $libraries
    mkdir -p "$work/$name"
    if [ "$name" = fuzz_examine ]; then
        # A leading "A" chooses a folder; the rest is the file.
        find corpus -type f -size -32k | while IFS= read -r file; do
            { printf A; cat "$file"; } >"$work/$name/$(sha256sum "$file" | cut -c1-16)"
        done
    fi
    echo "fuzz-smoke: $name for $seconds s"
    (cd "$work" && "$OLDPWD/$build/$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=65536 \
        -print_final_stats=1 -close_fd_mask=0 "$name" 2>&1 | tail -n 12)
    if ls "$work"/crash-* "$work"/timeout-* "$work"/oom-* "$work"/leak-* >/dev/null 2>&1; then
        for found in "$work"/crash-* "$work"/timeout-* "$work"/oom-* "$work"/leak-*; do
            [ -f "$found" ] && { echo "fuzz-smoke: $name failed on:"; base64 "$found" | head -n 40; }
        done
        exit 1
    fi
done
