#!/bin/sh
# jobs.sh - the number of workers and the order of files change nothing in a report.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
tree t
n=0
while [ $n -lt 150 ]; do
    n=$((n + 1))
    message "t/Imcdata/Out/H2$(printf %06d $n)" $n
done
bad t/Imcdata/Out/H2X4TK77 77
: >t/Imcdata/Work/H2000001
printf 'queue' >t/Imcdata/queue.dat
printf 'log' >t/Imcdata/Log/L0000002.LOG
printf 'log' >t/Imcdata/Log/L0000001.LOG

report() { "$IMCSCAN" scan -f "$1" "--jobs=$2" t | grep -v '^{"type":"run"' | sed 's/,"end":"[^"]*"//'; }
same() { report "$1" 1 >one; report "$1" 4 >four; [ -s one ] && cmp one four; }
claim 'jsonl is the same for one and four workers, but for the run object and the end' same jsonl
claim 'text is the same' same text
# Directory order follows the order of creation on some file systems, hashes on others.
mkdir -p u/Imcdata/In u/Imcdata/Out u/Imcdata/Work u/Imcdata/Log
(cd t && find . -type f | sort -r) | while read -r name; do cp -p "t/$name" "u/$name"; done
moved() { report jsonl 2 >one; (cd u && "$IMCSCAN" scan -f jsonl Imcdata | grep -v '"run"' | sed 's/,"end":"[^"]*"//') >two; cmp one two; }
claim 'a copy made in another order gives the same' moved
twice() { report jsonl 3 >one; report jsonl 3 >two; cmp one two; }
claim 'a second run gives the same' twice
finish
