#!/bin/sh
# table.sh - the cases of several incidents in one table.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
tree sick
clean_tree well
tree wild
mv wild/Imcdata/In/G1X4TK19 "$(printf 'wild/Imcdata/In/G1\033[7m"9')"
for one in sick well wild; do "$IMCSCAN" scan --reproducible --incident="INC-$one, 5" --case="$one.imc" "$one" >/dev/null; done
table() { exits 0 report --reproducible "$@" sick.imc well.imc wild.imc; }

lines() {
    table && [ "$(wc -l <"$out")" -eq 4 ] &&
        grep -qE '^ +13 +1 +0 +0 +0  sick.imc  INC-sick, 5  In/G1X4TK19 \[charset-empty\]$' "$out" &&
        grep -qE '^ +12 +0 +0 +0 +0  well.imc  INC-well, 5$' "$out" || { cat "$out"; return 1; }
}
claim 'several cases are a line each: files, levels, incident, first suspect' lines
hostile() { table && hides "$(printf '\033')" && shows '\x1b'; }
claim 'hostile names are escaped in it' hostile
json() {
    table -f jsonl && [ "$(wc -l <"$out")" -eq 3 ] && shows '"case":"sick.imc","incident":"INC-sick, 5"' &&
        shows '"seen":13,"critical":1' && shows '"first":{"path":"In/G1X4TK19","level":"critical"'
}
claim 'the same as JSON Lines' json
# All columns but the first two are those of the report of the case alone.
rows() {
    for format in csv csv-findings; do
        table -f $format --min-level=clean --top=0 && cp "$out" all || return 1
        sed -n 1p all | grep -q '^"case","incident","rank"' || return 1
        for one in sick wild well; do
            "$IMCSCAN" report --reproducible -f $format $one.imc | sed 1d >alone
            grep "^\"$one.imc\",\"INC-$one, 5\"," all | sed 's/^"[^"]*","[^"]*",//' | cmp - alone || return 1
        done
        [ "$(grep -c '^"case"' all)" -eq 1 ] || return 1
    done
}
claim 'as CSV they are the rows of each, with case and incident before them, under one head' rows
few() { table -f csv && [ "$(wc -l <"$out")" -eq 3 ] && table -f csv --min-level=clean --top=2 && [ "$(wc -l <"$out")" -eq 7 ]; }
claim 'of each case the suspects that a list would show: --min-level, --top' few
redacted() { table -f csv && shows john.doe && table -f csv --redact && hides john.doe && shows '"INC-sick, 5"' && table --redact && shows G1X4TK19; }
claim 'redacted, names and addresses are tokens in it' redacted
broken() {
    head -c 5000 sick.imc >cut.imc
    exits 2 report sick.imc cut.imc nothing.imc well.imc && shows ' sick.imc ' && shows ' well.imc ' && says cut.imc && says nothing.imc
}
claim 'a case that cannot be read does not keep the others back; 2' broken
other() { exits 2 report -f html sick.imc well.imc && says 'of one CASE'; }
claim 'other formats take one case' other
inside() { exits 2 report -o well/Imcdata/x sick.imc well.imc && says 'inside the evidence' && [ ! -e well/Imcdata/x ]; }
claim 'nothing is written into the evidence of any of them' inside
itself() {
    ln -s well.imc link.imc
    for name in sick.imc ./well.imc link.imc; do
        cp well.imc before
        exits 2 report -o $name sick.imc well.imc && says 'is one of the cases itself' && cmp well.imc before || return 1
    done
    exits 0 report sick.imc
}
claim 'no case is overwritten by the table of it' itself
many() {
    set --
    for n in 1 2 3 4 5 6 7 8 9; do for m in 0 1 2 3 4 5 6 7 8 9; do cp sick.imc "case$n$m"; set -- "$@" "case$n$m"; done; done
    exits 0 report -f csv --top=1 -o many.csv "$@" && [ "$(wc -l <many.csv)" -eq 91 ]
}
claim 'ninety cases in one call' many
finish
