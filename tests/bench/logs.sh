#!/bin/sh
# logs.sh [MB] - logs of each kind, made large of the samples in corpus/logs: seconds and peak memory. (default 200)
# First by the readers alone, then by a scan of a tree with one such log, of which the largest process counts.
# SPDX-License-Identifier: LGPL-2.1-or-later
# Wants GNU time. Fails when a log takes more than MB/5 seconds or 64 MB, or four times as long as its half.
set -eu
cd "$(dirname "$0")/../.."
mb=${1:-200}
dump=${BUILD:-build}/tests/parsers/logs/evtdump
imcscan=${IMCSCAN:-${BUILD:-build}/imcscan}
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

# scan FILE - the same of a whole scan that must have read the log: its user time, its largest process.
scan() {
    /usr/bin/time -f '%U %M' "$imcscan" scan -f jsonl --jobs=1 --evidence="$1" "$work/tree" 2>&1 >"$work/said" |
        awk 'NF == 2 { print int($1 * 100), $2 }'
    grep '"type":"artefact"' "$work/said" | grep -q '"read":true' || echo "not read: $1" >&2
}

mkdir -p "$work/tree/Imcdata/In"
printf 'From: a@example.org\r\nSubject: x\r\n\r\nA letter.\r\n' >"$work/tree/Imcdata/In/G1X4TK19"
none=$(/usr/bin/time -f '%U %M' "$imcscan" scan --no-evidence --jobs=1 "$work/tree" 2>&1 >/dev/null | awk '{ print $2 }')
for sample in corpus/logs/*; do
    [ "$sample" = corpus/logs/README.md ] && continue
    name=$(basename "$sample")
    grow "$sample" "$work/$name" "$mb"
    whole=$(scan "$work/$name")
    rm "$work/$name"
    printf 'scan, %-16s %s MB: %s.%02d s, %d KB (%d KB without)\n' "$name" "$mb" $((${whole% *} / 100)) \
        $((${whole% *} % 100)) "${whole#* }" "$none"
    if [ "${whole% *}" -gt $((mb * 20 + 200)) ] || [ "${whole#* }" -gt $((none + 32768)) ]; then
        echo "too slow or too large: $name" >&2
        bad=1
    fi
done
exit "$bad"
