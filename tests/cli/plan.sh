#!/bin/sh
# plan.sh - the restart plan of a case: steps, records, JSON, simulation.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
: "${MKCASE:?set it to the path of mkcase}"
cd "$work" || exit 1

# five CASE [N] : five suspects among N files of In, and one of Archive.
five() {
    rm -f "$1"
    awk -v n="${2:-200}" 'BEGIN {
        split(".40 .20 .10 .06 .04", p, " ")
        for (i = 1; i <= n; i++) printf "in\t%.9f\t\tIn/A%07d\n", i <= 5 ? p[i] : .2 / (n - 5), i
        print "in-archive\t0\t\tIn/Archive/OLD1"
    }' | "$MKCASE" "$1" "${3:-0}"
}
number() { sed -n 's/.*"'"$1"'": \([-0-9.]*\).*/\1/p' "$out"; }
within() { awk "BEGIN { exit !($1 >= $2 && $1 <= $3) }" || { echo "$1 is not in $2 to $3"; return 1; }; }

five case 1990 0.01
first() {
    exits 0 plan case && shows 'Keep these 5 out' && shows '1,985 of 1,990 messages' && shows 'flow at once' &&
        shows 'In/A0000001' && shows 'queue.dat to queue.old' && shows 'Archive' && hides OLD1
}
claim 'the first step keeps five suspects out and lets all else flow' first
narrow() { ! awk 'length > 80 { print; found = 1 } END { exit !found }' "$out"; }
claim 'the text fits 80 columns' narrow

five iso
targets() {
    exits 0 plan -f json --goal=isolate --crash-cost=1 iso && within "$(number expected_restarts)" 3.7 4.0 &&
        within "$(number bound)" 3.73 3.75 && within "$(number worst_case)" 8 10
}
claim 'five suspects among 200: at most 4.0 restarts, bound 3.74' targets
keys() {
    [ "$(tr ',' '\n' <"$out" | sed -n 's/^[ {]*"\([a-z_]*\)":.*/\1/p' | LC_ALL=C sort -u | tr '\n' ' ')" = \
        'action bound expected_restarts hold not_in_tree path probability return step suspects worst_case ' ] ||
        { tr ',' '\n' <"$out" | sed -n 's/^[ {]*"\([a-z_]*\)":.*/\1/p' | sort -u; return 1; }
}
claim 'the JSON object has the keys that scripts drive it with, and no others' keys
reads_only() { chmod a-w iso && cp iso before && exits 0 plan iso && cmp iso before && chmod u+w iso; }
claim 'looking at the plan changes nothing in the case' reads_only

game() {
    five game 64
    culprit=$1
    starts=0
    run plan -f json --goal=isolate --crash-cost=1 game
    while grep -q '"action": "restart"' "$out"; do
        case $(sed 's/.*"return": \[\(.*\)\], "hold".*/\1/' "$out") in
        *"$culprit"*) run plan -f json --stopped game ;;
        *) run plan -f json --stable game ;;
        esac
        starts=$((starts + 1))
        [ "$starts" -lt 12 ] || return 1
    done
    exits 0 plan game && shows "$culprit" && shows 'Bad, kept out' && [ "$starts" -le 9 ]
}
claim 'a script that reads nothing but the JSON finds a likely culprit' game In/A0000001
claim 'and an unlikely one' game In/A0000050
no_more() { exits 2 plan --stable game && says 'no start waits for an outcome'; }
claim 'an outcome without a step that waits for it is refused' no_more

undo() {
    five u 50
    run plan -f json u && cp "$out" zero && exits 0 plan --stopped -f json u && cp "$out" one &&
        exits 0 plan --unclear -f json u && exits 0 plan --undo -f json u && cmp "$out" one &&
        exits 0 plan --undo -f json u && cmp "$out" zero && exits 2 plan --undo u && says 'nothing is recorded'
}
claim '--undo takes back exactly what was recorded last' undo
twice() {
    exits 0 plan --stopped --step=1 u && exits 2 plan --stopped --step=1 u && says 'step 1 waits for no outcome' &&
        exits 2 plan --stable --stopped u && says 'one of them'
}
claim 'an outcome is not recorded twice for one step' twice
remembers() {
    five r 50
    exits 0 plan --stopped --goal=isolate --crash-cost=1 r && exits 0 plan r && shows 'Goal isolate' &&
        exits 0 plan --goal=flow r && shows 'Goal flow'
}
claim 'the goal stays what it was when the last outcome was recorded' remembers
confirmed() {
    five c 50
    exits 0 plan --confirmed=A0000007 c && shows 'Bad, kept out: In/A0000007' && shows '49 of 50' &&
        exits 2 plan --confirmed=In/A0000007 c && says 'already' && exits 2 plan --confirmed=NOPE c && says 'no file' &&
        exits 0 plan --stable c && shows 'Done after 1 start' && exits 0 plan --undo c && exits 0 plan --undo c && hides Known
}
claim '--confirmed keeps a culprit out, and the rest is put back' confirmed
parallel() {
    five p 50
    for n in 1 2 3 4 5 6; do "$IMCSCAN" plan --stopped --step=1 p >"p$n" 2>&1 & done
    wait
    [ "$(grep -l 'Step 2' p1 p2 p3 p4 p5 p6 | wc -l)" -eq 1 ] && run plan p && shows 'Step 2'
}
claim 'of several processes that record the same step one succeeds' parallel

not_first() { five h 100 0.9; exits 0 plan h && shows 'Start without any mail' && shows 'MTA store'; }
claim 'when it is probably no message, the first start goes without any' not_first
in_temp() {
    rm -f t
    printf 'in-temp\t0.9\t\tIn/Temp/BAD00001\nin\t0.05\t\tIn/B0000001\nwork\t0.05\t\tWork/W0000001\n' | "$MKCASE" t 0
    exits 0 plan -f json t && shows '"hold": ["In/Temp/BAD00001"]' && hides W0000001
}
claim 'files of In\Temp take part, files of Work do not' in_temp

simulated() {
    exits 0 plan --simulate=4000 --seed=3 --goal=isolate --crash-cost=1 -f json iso && within "$(number plan_right)" 1 1 &&
        cp "$out" s1 && exits 0 plan --simulate=4000 --seed=3 --goal=isolate --crash-cost=1 -f json iso && cmp "$out" s1 &&
        within "$(sed -n 's/.*"plan": {"mean": \([0-9.]*\).*/\1/p' "$out")" 3.7 4.0
}
claim '--simulate plays the plan, the same with the same seed' simulated
drawn() {
    exits 0 plan --simulate=300 --draw=uniform iso && shows 'plain halving' && shows bound &&
        exits 0 plan --simulate=10 --draw=A0000003 iso && exits 2 plan --simulate --draw=NOPE iso
}
claim 'its culprits can be drawn evenly, or named' drawn
noise() { exits 0 plan --simulate=500 --miss=0.1 --goal=isolate --crash-cost=1 -f json iso && within "$(number plan_right)" 0.985 1; }
claim 'and crashes can be missed' noise

claim 'a case is needed' exits 2 plan
claim 'what is no case is refused' eval 'echo nonsense >x; exits 2 plan x'
claim 'a case that is not there is refused' exits 2 plan nowhere
tree live
run scan --case=own live
before=$(find live -type f -print0 | sort -z | xargs -0 sha256sum)
ln -s live/Imcdata detour
outside() {
    for goal in live/move.sh live/Imcdata/In/G1X4TKB1 detour/move.sh; do
        exits 2 plan --script=sh --root=/x -o "$goal" own && says 'inside the evidence' || return 1
        exits 2 plan -f json -o "$goal" own && exits 2 plan --simulate=5 -o "$goal" own || return 1
    done
    [ "$(find live -type f -print0 | sort -z | xargs -0 sha256sum)" = "$before" ]
}
claim 'scripts and plans are not written into the evidence that the case names' outside
case_stays() { sum=$(sha256sum <own); exits 2 plan -f json -o own own && [ "$sum" = "$(sha256sum <own)" ]; }
claim 'nor over the case' case_stays
mkfifo pipe
waits() { timeout 10 "$IMCSCAN" plan pipe >"$out" 2>"$err"; [ $? -eq 2 ] && says 'not a regular file'; }
claim 'a FIFO as the case does not hang the plan' waits
way_out() {
    printf 'in\t.5\t\t%s\nin\t.1\t\tIn/A0000001\n' "$1" | "$MKCASE" out 0.1
    exits 2 plan out && says 'no scan can have met' || return 1
    exits 2 plan --script=sh --root=/x -o out.sh out && [ ! -e out.sh ]
    rm out
}
claim 'a case whose names lead out of the tree gets no plan and no script' way_out In/../../../etc/passwd
claim 'nor does one with an absolute name' way_out /etc/passwd
odd_names() { cp iso :memory: && cp iso file:iso && exits 0 plan :memory: && exits 0 plan file:iso; }
claim 'a name that SQLite would take for more is a file name to the plan' odd_names
for value in --goal=fast --miss=0.9 --miss=x --crash-cost=0 --culprits=0 --script=bat --simulate=0 --step=0 --seed=x; do
    claim "plan refuses $value" exits 2 plan "$value" iso
done
claim '--script wants -o' exits 2 plan --script=sh --root=/x iso
claim '--script wants --root' exits 2 plan --script=sh -o m.sh iso

# ---- the plan's own record in a case of a scan ----

real() {
    tree spool && "$IMCSCAN" scan --case=real spool >/dev/null 2>&1
    [ $? -le 1 ] && exits 0 plan --stopped real && exits 0 report -f jsonl real && shows '"plan":[{"step":1,' && shows '"outcome":"stopped"' && shows '"next_step":"' || return 1
    bad=$(sed -n 's/.*"rank":1,"path":"\([^"]*\)".*/\1/p' "$out")
    exits 0 plan --confirmed="$bad" real && exits 0 report -f text --color=never real && shows 'Restart plan, step 2 (confirmed)' || return 1
    tr -s '\n ' ' ' <"$out" | grep -qF "$bad was found to be a bad message" && exits 0 report -f html real && shows "$bad was found"
}
claim 'reports of the case tell of the steps that were recorded, and of the culprit' real
redacted() { exits 0 report --redact -f jsonl real && hides "${bad##*/} was found" && shows 'was found to be a bad message'; }
claim 'a redacted report does not name it' redacted
into() { exits 2 plan -o spool/plan real && says 'inside the evidence' && [ ! -e spool/plan ] && exits 2 plan -o real real && says 'the case itself'; }
claim 'no output goes into the evidence that the case names, nor over the case' into
foreign() {
    cp real h && python3 -c 'import sqlite3; c = sqlite3.connect("h"); c.execute("CREATE TABLE more (x)"); c.commit()' &&
        exits 2 plan h && exits 2 plan --stable h && says 'not those that a case file' || return 1
    head -c $(($(stat -c %s real) / 2)) real >h && exits 2 plan h && : >h && exits 2 plan --stable h && [ ! -s h ]
}
claim 'a case that is damaged, has other tables or is empty is refused' foreign
finish
