#!/bin/sh
# logs-evtexport.sh - evtexport (libevt-utils) and our reader see the same records in generated event logs.
# SPDX-License-Identifier: LGPL-2.1-or-later
set -eu
LC_ALL=C
export LC_ALL
dump=${BUILD:-build}/tests/parsers/logs/evtdump

if ! command -v evtexport >/dev/null; then
    echo "skip - evtexport is missing: event logs are not compared with it (Debian: libevt-utils)"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# theirs FILE - number, time, id, source, computer and strings of each record, as evtdump shows them.
theirs() {
    evtexport -m items "$1" | awk '
        function value() { return substr($0, index($0, ": ") + 2) }
        function out() { if (have) print head "|" id "|" source "|" computer strings; have = 0 }
        /^Event number/ { out(); have = 1; head = value(); strings = "" }
        /^Creation time/ {
            months = "JanFebMarAprMayJunJulAugSepOctNovDec"
            split(value(), part, /[ ,:]+/)
            month = (index(months, part[1]) + 2) / 3
            head = head "|" mktime(part[3] " " month " " part[2] " " part[4] " " part[5] " " part[6])
        }
        /^Computer name/ { computer = value() }
        /^Source name/ { source = value() }
        /^Event identifier/ { match($0, /0x[0-9a-f]+/); id = hex(substr($0, RSTART + 6, 4)) }
        /^String: / { sub(/^String: [0-9]+[ \t]*: /, ""); strings = strings "|" $0 }
        function hex(s,    i, n) {
            for (i = 1; i <= length(s); i++) n = n * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
            return n
        }
        END { out() }'
}

# mktime takes local time.
TZ=UTC
export TZ
for variant in plain numbered dirty wrapped wrapped-odd wrapped-dirty; do
    "$dump" write $variant "$work/log.evt"
    "$dump" show "$work/log.evt" | sort >"$work/ours"
    theirs "$work/log.evt" | sort >"$work/theirs"
    n=$(wc -l <"$work/theirs")
    if [ "$n" -lt 7 ]; then
        echo "not ok - $variant: evtexport reads $n records only"
    elif [ $variant = wrapped-dirty ] && [ -z "$(comm -13 "$work/ours" "$work/theirs")" ]; then
        # The stale header keeps evtexport from what stands behind it; carving does not need it.
        echo "ok - $variant: what evtexport reads ($n records) is among our $(wc -l <"$work/ours")"
    elif cmp -s "$work/ours" "$work/theirs"; then
        echo "ok - $variant: the same $n records"
    else
        echo "not ok - $variant: not the same records"
        diff "$work/theirs" "$work/ours" | head -n 20
    fi
done >"$work/result"
cat "$work/result"
! grep -q '^not ok' "$work/result"
