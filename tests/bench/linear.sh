#!/bin/sh
# linear.sh - time and memory of a scan for messages of extreme size, each at N/2 and at N.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
#     IMCSCAN=build/imcscan tests/bench/linear.sh [SCALE] [SHAPE...]
#
# To be run by hand: it prints figures and judges nothing. Where time and memory are linear, the column `ratio` is about 2
# and the peak grows no faster than the file. SCALE is the share of the full size in percent (default 100: a header of
# 100 MB, a million fields, recipients or
# parts, ten million nested comments, 100,000 messages or multiparts inside each other). The time is that of the processor, all processes
# together; the peak is that of the largest process.
set -eu
export LC_ALL=C

IMCSCAN=${IMCSCAN:-build/imcscan}
scale=${1:-100}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- header-block header-line one-field folds fields received references recipients one-group \
    envelope comments-address comments-date comments-received comments-id open-comments quotes words params dates \
    messages multiparts mixed-nesting parts empty-parts sections dashes near-dashes deep-dashes shared-prefix long-boundary \
    long-preamble after-end hidden
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# message SHAPE COUNT FILE: a message whose header is of that shape.
message() {
    python3 - "$@" <<'PY'
import sys
shape, n, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
base = (b"From: ann@example.com\r\nSubject: size\r\nDate: Mon, 5 Mar 2001 14:07:51 -0600\r\n"
        b"Message-ID: <1.2.3@example.com>\r\n")
to = b"To: bob@example.org\r\n"
end = b"\r\nbody\r\n"
nest = lambda k: b"(" * k + b")" * k
mime = base + to + b"MIME-Version: 1.0\r\n"
multi = lambda name, kind=b"mixed": b"Content-Type: multipart/%s; boundary=\"%s\"\r\n\r\n" % (kind, name)
# k multiparts inside each other, the innermost one open.
inside = lambda k, name: b"".join(multi(name % i) + b"--" + name % i + b"\r\n" for i in range(k))
rfc822 = b"Content-Type: message/rfc822\r\n\r\n"
shapes = {
    "header-block": lambda: base + to + b"X-Text: %s\r\n" % (b"a" * 90) * n + end,
    "header-line": lambda: base + to + b"X-Text: " + b"a" * (100 * n) + b"\r\n" + end,
    "one-field": lambda: base + b"To: " + b"a" * (100 * n) + b"@example.org\r\n" + end,
    "folds": lambda: base + to + b"X-Text: a" + b"\r\n b" * (10 * n) + b"\r\n" + end,
    "fields": lambda: base + to + b"X-A: b\r\n" * n + end,
    "received": lambda: base + to + b"Received: from a by b; Mon, 5 Mar 2001 14:07:51 -0600\r\n" * n + end,
    "references": lambda: base + to + b"References:" + b" <1.2.3@example.com>\r\n" * n + end,
    "recipients": lambda: base + b"To: " + b"u@example.org,\r\n " * n + b"u@example.org\r\n" + end,
    "one-group": lambda: base + b"To: all: " + b"u@example.org,\r\n " * n + b"u@example.org;\r\n" + end,
    "comments-address": lambda: base + b"To: " + nest(10 * n) + b" bob@example.org\r\n" + end,
    "comments-date": lambda: base + to + b"Resent-Date: Mon, 5 Mar 2001 14:07:51 -0600 " + nest(10 * n) + b"\r\n" + end,
    "comments-received": lambda: base + to + b"Received: from a " + nest(10 * n) +
        b" by b; Mon, 5 Mar 2001 14:07:51 -0600\r\n" + end,
    "comments-id": lambda: base + to + b"In-Reply-To: " + nest(10 * n) + b" <1.2.3@example.com>\r\n" + end,
    "open-comments": lambda: base + b"To: " + b"(" * (10 * n) + b"bob@example.org\r\n" + end,
    "quotes": lambda: base + b"To: " + b'"a" ' * (10 * n) + b"<bob@example.org>\r\n" + end,
    "words": lambda: base + to + b"Subject:" + b" =?iso-8859-1?Q?a=E9?=" * n + b"\r\n" + end,
    "params": lambda: base + to + b"MIME-Version: 1.0\r\nContent-Type: text/plain" +
        b"; a=1" * n + b"\r\n" + end,
    "messages": lambda: mime + rfc822 * (n // 10) + b"Subject: x" + end,
    "multiparts": lambda: mime + inside(n // 10, b"north-%d.") + end,
    "mixed-nesting": lambda: mime + b"".join(
        multi(b"north-%d." % i) + b"--north-%d.\r\n" % i + rfc822 for i in range(n // 20)) + b"Subject: x" + end,
    "parts": lambda: mime + multi(b"north") + b"--north\r\n\r\nx\r\n" * n + b"--north--\r\n",
    "empty-parts": lambda: mime + multi(b"north") + b"--north\r\n" * n + b"--north--\r\n",
    "sections": lambda: mime + multi(b"north") + (b"--north\r\n" + multi(b"south") + b"--south\r\n\r\nx\r\n--south--\r\n") *
        (n // 5) + b"--north--\r\n",
    "dashes": lambda: mime + inside(200, b"north-%d.") + b"\r\n" + b"--north-x\r\n" * n,
    "near-dashes": lambda: mime + inside(199, b"north-%d.") + b"\r\n" + b"--north-198. x\r\n" * n,
    "deep-dashes": lambda: mime + inside(n // 20, b"north-%d.") + b"\r\n" + b"--north-x\r\n" * (n // 2),
    "shared-prefix": lambda: mime + inside(190, b"n" * 900 + b"%d.") +
        (b"--" + b"n" * 900 + b"189.\r\n" + multi(b"n" * 900) + b"\r\n--" + b"n" * 899 + b"\r\n") * (n // 200),
    "long-boundary": lambda: mime + multi(b"n" * n) + (b"--" + b"n" * n + b"\r\n\r\nx\r\n") * 8 +
        (b"--" + b"n" * 90 + b"\r\n") * (n // 10) + b"--" + b"n" * n + b"--\r\n",
    "long-preamble": lambda: mime + multi(b"north") + b"Content-Type: text/plain\r\n" * n + b"--north\r\n\r\nx\r\n--north--\r\n",
    "after-end": lambda: mime + multi(b"north") + b"--north\r\n\r\nx\r\n--north--\r\n" + b"--north\r\n\r\ny\r\n" * n,
    "hidden": lambda: mime + b"Content-Type: text/plain; boundary=north\r\n\r\n" + b"--north\r\n\r\ny\r\n" * n,
    "dates": lambda: base + to + b"Date: Mon, 5 Mar 2001 14:07:51 -0600\r\n" * n + end,
}
if shape == "envelope":
    paths = b"<ann@example.com>\0" + b"<bob@example.org>\0" * n
    head = b"ImCr" + bytes(8) + (126283432710000000).to_bytes(8, "little") + paths
    size = 4 + len(head) + 4
    data = size.to_bytes(4, "little") + head + b"EwLs" + base + to + end
else:
    data = shapes[shape]()
with open(path, "wb") as out:
    out.write(data)
PY
}

# measure FILE: "seconds peak-MiB findings level" of a scan.
measure() {
    python3 - "$IMCSCAN" "$1" <<'PY'
import json, resource, subprocess, sys
result = subprocess.run([sys.argv[1], "scan", "--jobs=1", "--format=jsonl", "--time-limit=600", sys.argv[2]],
                        capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
message = [m for m in map(json.loads, result.stdout.splitlines()) if m["type"] == "message"][0]
rules = []
for finding in message["findings"]:
    if finding["rule"] not in rules:
        rules.append(finding["rule"])
print("%.2f %d %s %s" % (used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, message["status"],
                         ",".join(rules[:4]) or "-"))
PY
}

printf '%-18s %9s %8s %8s %6s %6s %8s  %s\n' shape 'N (MB)' 's (N/2)' 's (N)' ratio 'MiB/2' 'MiB' 'status, findings'
for shape in "$@"; do
    full=$((1000000 * scale / 100))
    message "$shape" $((full / 2)) "$work/half.eml"
    message "$shape" "$full" "$work/full.eml"
    size=$(wc -c <"$work/full.eml")
    half=$(measure "$work/half.eml")
    whole=$(measure "$work/full.eml")
    echo "$shape $size $half | $whole" | awk '{
        printf "%-18s %9.1f %8s %8s %6.2f %6s %8s  %s, %s\n", $1, $2 / 1000000, $3, $8, $8 / ($3 > 0 ? $3 : 0.01), $4, $9, $10, $11 }'
    rm -f "$work"/*.eml
done
