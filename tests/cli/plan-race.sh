#!/bin/sh
# plan-race.sh - two who record an outcome at the same time.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
: "${MKCASE:?set it to the path of mkcase}"
cd "$work" || exit 1
awk 'BEGIN { for (i = 1; i <= 300; i++) printf "in\t%.6f\t\tIn/A%07d\n", .9 / 300, i }' | "$MKCASE" case 0.1 || exit 1
recorded() { "$IMCSCAN" plan -f json case | sed -n 's/.*"step": \([0-9]*\).*/\1/p' | head -1; }

# Both mean the step that waits; neither knows of the other.
race() {
    for round in 1 2 3 4 5 6; do
        step=$(recorded)
        { "$IMCSCAN" plan --unclear --step="$step" case >one.out 2>one.err </dev/null; echo $? >one.rc; } &
        { "$IMCSCAN" plan --unclear --step="$step" case >two.out 2>two.err </dev/null; echo $? >two.rc; } &
        wait
        case $(cat one.rc two.rc | tr '\n' ' ') in
        '0 2 ') won=one lost=two ;;
        '2 0 ') won=two lost=one ;;
        *) head one.rc two.rc one.err two.err; return 1 ;;
        esac
        [ ! -s $won.err ] && [ "$(wc -l <$lost.err)" -eq 1 ] || { cat one.err two.err; return 1; }
        grep -qE 'another imcscan recorded something at the same time|waits for no outcome|it is in use' $lost.err ||
            { cat $lost.err; return 1; }
        [ "$(recorded)" -eq $((step + 1)) ] || { echo "step $(recorded) after $step"; return 1; }
    done
}
claim 'of two who record the same step one wins, and the other is told in a line' race
sound() { exits 0 plan case && silent "$err" && exits 0 plan --unclear case && exits 0 plan --undo case; }
claim 'the case stays sound' sound
if command -v python3 >/dev/null 2>&1; then
    # As one who began to write and does not end.
    held() {
        python3 -c '
import sqlite3, subprocess, sys
db = sqlite3.connect("case", isolation_level=None)
db.execute("BEGIN IMMEDIATE")
sys.exit(subprocess.call([sys.argv[1], "plan", "--stable", "case"], stdout=open("held.out", "w"), stderr=open("held.err", "w")))' "$IMCSCAN"
        [ $? -eq 2 ] && [ "$(wc -l <held.err)" -eq 1 ] && grep -q 'somebody else is writing to the case' held.err || { cat held.err; return 1; }
    }
    claim 'who finds the case being written to says so, and records nothing' held
else
    skip 'a case that is being written to: python3 is not there'
fi
finish
