#!/bin/sh
# large.sh - files of 5 GB and headers of 2 GB are read within limits, and the report says so.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The files are sparse: zeroes that take no room on the disk, but are read as any others.
. "$(dirname "$0")/../cli/lib"
peak=$(cd "$(dirname "$0")" && pwd)/peak.py
command -v python3 >/dev/null || { skip 'no python3 to look at the memory'; exit 0; }
cd "$work" || exit 1
mkdir -p t/Imcdata/In
in=t/Imcdata/In
message $in/G1X4TK01 1
message $in/G1X4TK02 2
truncate -s 5G $in/G1X4TK02
printf 'From: a@example.org\r\nTo: b@example.org\r\nX-Long: ' >$in/G1X4TK03
truncate -s 2G $in/G1X4TK03
printf '\r\n\r\nThe end.\r\n' >>$in/G1X4TK03
python3 "$peak" "$IMCSCAN" scan --reproducible --jobs=1 --progress=never -f jsonl -o r t 2>err
status=$?
of() { grep "\"path\":\"In/$1\"" r; }
held() { cat err; [ $status -eq 1 ] && [ "$(wc -l <r)" -eq 5 ]; }
claim 'a tree with a file of 5 GB and a header of 2 GB is scanned' held
partial() { of G1X4TK02 | grep -q '"status":"partial","reason":"too large: only its beginning was parsed".*"size":5368709120,' && of G1X4TK03 | grep -q '"status":"partial".*"size":2147483662,'; }
claim 'both are partial, with their sizes' partial
digest() { sum=$(sha256sum <$in/G1X4TK03) && of G1X4TK03 | grep -q "\"sha256\":\"${sum%% *}\""; }
claim 'they are hashed to their end' digest
alive() { ! grep -q 'parser-' r && tail -1 r | grep -q '"worker_deaths":0'; }
claim 'no worker dies of them, in the usual limits of time and memory' alive
beside() { of G1X4TK01 | grep -q '"status":"examined"'; }
claim 'the file beside them is examined' beside
# 256 MiB of a file are kept, and what is made of them; the limit is 1024 MiB.
memory() {
    grep -o 'parent [0-9]* worker [0-9]*' err >m && read -r _ parent _ worker <m || return 1
    echo "parent $parent kB, worker $worker kB"
    [ "$parent" -lt 64000 ] && [ "$worker" -gt 0 ] && [ "$worker" -lt 640000 ]
}
claim 'the parent stays below 64 MB, the worker below 640' memory
finish
