#!/bin/sh
# logs.sh [MB] - logs of each kind, made large of the samples in corpus/logs: seconds and peak memory. (default 200)
# SPDX-License-Identifier: LGPL-2.1-or-later
# Wants GNU time. Fails when a log takes more than MB/5 seconds or 64 MB, or four times as long as its half.
set -eu
cd "$(dirname "$0")/../.."
mb=${1:-200}
dump=${BUILD:-build}/tests/parsers/logs/evtdump
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

# grow FILE TO MB - the file over and over.
grow() {
    awk -v n=$(($3 * 1048576 / $(stat -c %s "$1") + 1)) 'BEGIN { for (i = 0; i < n; i++) print ARGV[1]; exit }' "$1" |
        xargs cat >"$2"
}

# measure FILE - seconds in hundredths and KB.
measure() { /usr/bin/time -f '%U %M' "$dump" count "$1" 2>&1 >"$work/said" | awk '{ print int($1 * 100), $2 }'; }

for sample in corpus/logs/*; do
    [ "$sample" = corpus/logs/README.md ] && continue
    name=$(basename "$sample")
    grow "$sample" "$work/$name" $((mb / 2))
    half=$(measure "$work/$name")
    grow "$sample" "$work/$name" "$mb"
    whole=$(measure "$work/$name")
    rm "$work/$name"
    printf '%-22s %s MB: %s.%02d s, %d KB; %s\n' "$name" "$mb" $((${whole% *} / 100)) $((${whole% *} % 100)) "${whole#* }" \
        "$(cat "$work/said")"
    if [ "${whole% *}" -gt $((mb * 20)) ] || [ "${whole#* }" -gt 65536 ] || [ "${whole% *}" -gt $((${half% *} * 4 + 50)) ]; then
        echo "not linear, too slow or too large: $name (half: $half, whole: $whole)" >&2
        bad=1
    fi
done
exit "$bad"
