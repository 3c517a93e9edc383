#!/bin/sh
# safety.sh - nothing below the evidence changes, outputs are safe, hostile names stay harmless.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
tree t
printf 'queue' >t/Imcdata/queue.dat
printf 'log' >t/Imcdata/Log/L0000001.LOG
escape=$(printf '\033')
newline='
'
bad "t/Imcdata/In/G1X4${newline}FORGED LINE" 31
bad "t/Imcdata/In/${escape}[2J${escape}]0;title" 32
# find and sha256sum move access times themselves: names are taken first, times by stat alone.
find t -print0 | sort -z >names
sums() { find t -type f -print0 | sort -z | xargs -0 sha256sum; }
picture() { xargs -0 stat -c '%n %F %s %a %u %g %h %i %x %y %z' <names; }
sums >sums.before
xargs -0 touch -h -d '2001-03-05 14:07:51' <names
picture >picture.before
run scan --progress=always t
run check t
run scan -f jsonl --jobs=1 --no-sandbox t
picture >picture.after
claim 'sizes, modes and all three times of files and folders are as before' cmp picture.before picture.after
sums >sums.after
claim 'so are names and contents' cmp sums.before sums.after

inside() { exits 2 scan -o "$1" t && says inside && [ ! -e "$1" ]; }
claim 'an output inside the evidence is refused' inside t/report
claim 'in a folder of it, too' inside t/Imcdata/In/report
claim 'and by a way round' inside t/../t/report
ln -s t/Imcdata detour
claim 'and through a link' inside detour/report
ln -s t/dangling pointer
claim 'and through a link to a file that is not there' inside pointer
over() { cp -p t/Imcdata/In/G1X4TKB1 saved; exits 2 scan -o t/Imcdata/In/G1X4TKB1 t && cmp saved t/Imcdata/In/G1X4TKB1; }
claim 'an evidence file cannot be the output' over

# A reader that waits holds the scan up while its temporary file is open.
tree many
n=0
while [ $n -lt 400 ]; do
    n=$((n + 1))
    cp t/Imcdata/In/G1X4TKB1 "many/Imcdata/Out/H1$(printf %06d $n)"
done
temporary() {
    mkfifo wait
    TMPDIR=$1 "$IMCSCAN" scan -f jsonl many >wait 2>"$err" &
    pid=$!
    {
        sleep 1
        ls -l "/proc/$pid/fd" >fds
        cat >/dev/null
    } <wait
    wait "$pid"
    rm wait
    grep -q '(deleted)' fds || grep -q memfd fds || { echo 'no temporary file seen'; cat fds; return 1; }
}
mkdir spool
used() { temporary "$work/spool" && grep -qF "$work/spool/" fds; }
claim 'the temporary file lies in TMPDIR' used
unused() { temporary "$work/many/Imcdata" && ! grep -F "$work/many" fds; }
claim 'but never inside the evidence' unused
# 401 records are more than the buffer of 256 KiB before the first byte is written.
full() { said=$( (ulimit -f 8; TMPDIR=$work/spool "$IMCSCAN" scan many 2>&1) ); [ $? -eq 2 ] && echo "$said" | grep -F "of $work/spool: File too large (set TMPDIR"; }
claim 'a folder without room for it is named' full

written() { umask 022; exits 1 scan -o report t && silent "$out" && grep -q G1X4TK19 report && [ "$(stat -c %a report)" = 600 ]; }
claim 'a report file has mode 0600' written
again() { echo old >report; exits 1 scan -o report t && grep -q G1X4TK19 report; }
claim 'an older report is replaced' again
leftover() { ! ls report.?????? 2>/dev/null; }
claim 'no temporary file stays behind' leftover
kept() { echo old >report; mkdir -p none; exits 2 scan -o report none; [ "$(cat report)" = old ] && leftover; }
claim 'a run that fails leaves the older report alone' kept
linked() { echo precious >precious; ln -sf precious goal; exits 1 scan -o goal t && [ "$(cat precious)" = precious ]; }
claim 'a link at the goal is replaced, not written through' linked
claim 'a folder at the goal is an error' exits 2 scan -o t/.. t
claim 'a goal in a folder that is not there is an error' exits 2 scan -o nowhere/report t
claim 'a device at the goal is an error' exits 2 scan -o /dev/null t
closed() { "$IMCSCAN" scan -f jsonl t >&- 2>"$err" </dev/null; [ $? -eq 2 ] && says 'cannot write to standard output'; }
claim 'a closed standard output is an error' closed
unneeded() { "$IMCSCAN" scan -o report t >&- 2>&- <&-; [ $? -eq 1 ] && grep -q G1X4TK19 report; }
claim 'but not when the report goes to a file' unneeded
small() { said=$( (ulimit -f 1; "$IMCSCAN" scan -f jsonl -o small t 2>&1) ); [ $? -eq 2 ] && echo "$said" | grep -q 'too large' && [ ! -e small ] && ! ls small.?????? 2>/dev/null; }
claim 'a report over the limit on file sizes is an error and leaves nothing' small
dash() { exits 1 scan -o - t && shows G1X4TK19; }
claim '-o - is standard output' dash

tame() { run "$@"; hides "$escape" && ! grep -q '^FORGED' "$out" && silent "$err"; }
claim 'names with ESC and newlines are harmless in text' tame scan --top=0 t
claim 'and in check' tame check t
claim 'and in jsonl' tame scan -f jsonl t
lines() { run scan -f jsonl t; ! grep -qv '^{"type":"[a-z]*",.*}$' "$out"; }
claim 'every line of jsonl is one object' lines
message() { run scan "no${newline}imcscan: all is well${escape}[2J"; [ "$(wc -l <"$err")" -eq 1 ] && ! grep -q "$escape" "$err"; }
claim 'a hostile path is harmless in an error message' message
option() { run scan "--no${newline}${escape}[2J"; [ "$(wc -l <"$err")" -eq 2 ] && ! grep -q "$escape" "$err"; }
claim 'so is a hostile option' option
finish
