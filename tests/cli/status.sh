#!/bin/sh
# status.sh - exit status and messages, for good and for bad input.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
tree t
clean_tree clean

claim '0 when nothing reaches the level' exits 0 scan clean
claim '1 when a file reaches it' exits 1 scan t
claim 'check gives the same' exits 1 check t
claim 'check gives 0 for a clean tree' exits 0 check clean
claim '--fail-on=never gives 0' exits 0 scan --fail-on=never t
claim '--fail-on=critical gives 1 for a critical file' exits 1 scan --fail-on=critical t
disabled() { exits 0 scan --disable-rule=charset-empty t; }
claim 'a switched off rule does not fail the run' disabled
short() { run check t; [ "$(wc -l <"$out")" -le 12 ] && shows G1X4TK19; }
claim 'check says it in a few lines' short
phone() {
    "$MKSPOOL" --demo --out=demo >/dev/null && for columns in 40 60; do
        COLUMNS=$columns "$IMCSCAN" check demo >"$out"
        [ "$(wc -l <"$out")" -le 15 ] && [ "$(wc -L <"$out")" -le "$columns" ] && shows 'DO NOT RESTART YET' && shows 'In/99R90Z86: critical' || return 1
    done
}
claim 'and fits the screen of a phone' phone

missing() { exits 2 scan no/such/tree && says 'no/such/tree: No such file' && silent "$out"; }
claim 'a path that is not there is named; 2' missing
one_missing() { exits 2 scan clean no/such/tree && says 'no/such/tree' && silent "$out"; }
claim 'one of several is enough for 2' one_missing
mkdir empty
empty() { exits 2 scan empty && says 'empty: no message found' && silent "$out"; }
claim 'an empty folder has no message; 2' empty
mkdir -p hollow/Imcdata/In
hollow() { exits 2 scan hollow && says 'hollow: no message found'; }
claim 'so has an empty Imcdata' hollow
mkdir loose
bad loose/one.eml 1
loose() { exits 1 scan loose && shows 'No Imcdata layout'; }
claim 'a folder of loose messages is read, and the report says so' loose
claim 'a single file is read' exits 1 scan loose/one.eml
mkfifo pipe
fifo() { timeout 10 "$IMCSCAN" scan pipe >"$out" 2>"$err"; [ $? -eq 2 ] && says pipe; }
claim 'a FIFO as the path does not hang and is named' fifo
ln -s t link
link() { exits 2 scan link && says link; }
claim 'a link as the path is refused' link
claim 'with a slash behind it, it is meant' exits 1 scan link/

clean_tree odd
mkfifo odd/Imcdata/In/G1X4TKF1
ln -s G1X4TKB1 odd/Imcdata/In/G1X4TKL1
mkdir odd/Imcdata/In/G1X4TKDD
odd() { timeout 60 "$IMCSCAN" scan -f jsonl odd >"$out" 2>"$err"; [ $? -eq 0 ] && shows '"excluded":3' && shows '"seen":15'; }
claim 'FIFO, link and a folder named like a message are listed as excluded, and all is accounted for' odd

# Root reads everything: then an unprivileged user must do it, with a program he may reach.
clean_tree locked
chmod 000 locked/Imcdata/In/G1X4TKB1
locked() {
    [ "$status" -eq 3 ] || { echo "status $status"; cat "$err"; return 1; }
    shows '"status":"failed"' && shows 'Permission denied' && shows '"examined":11'
}
if [ "$(id -u)" -ne 0 ]; then
    run scan -f jsonl locked
    claim 'a file that cannot be read is listed, with the reason; 3' locked
elif command -v setpriv >/dev/null 2>&1; then
    cp "$IMCSCAN" ./imcscan
    chmod 755 . ./imcscan
    setpriv --reuid=65534 --regid=65534 --clear-groups ./imcscan scan -f jsonl locked >"$out" 2>"$err"
    status=$?
    claim 'a file that cannot be read is listed, with the reason; 3' locked
    changing() { shows '"atime_may_change":true'; }
    claim 'who does not own the files is told that access times may change' changing
else
    skip 'a file that cannot be read: the tests run as root and there is no setpriv'
fi

full() { "$IMCSCAN" scan t >/dev/full 2>"$err"; [ $? -eq 2 ] && says 'cannot write to standard output'; }
claim 'a full disk at standard output is an error; 2' full
piped() { ("$IMCSCAN" scan -f jsonl t 2>"$err"; echo $? >code) | head -c 1 >/dev/null; [ "$(cat code)" -eq 1 ] && silent "$err"; }
claim 'a reader that goes away is none' piped
text_mode() {
    mkdir -p ascii/Imcdata/In && message ascii/Imcdata/In/G1X4TK19 1
    tr -d '\r' <ascii/Imcdata/In/G1X4TK19 >ascii/Imcdata/In/G1X4TK2R && rm ascii/Imcdata/In/G1X4TK19
    run scan ascii && shows 'copied in text mode' && run check ascii && shows 'copied in text mode'
}
claim 'a spool copied in text mode is told as such' text_mode
claim 'a bad value names its option' eval 'exits 2 scan --top=x t && says "not a value that --top takes"'
finish
