#!/bin/sh
# manual.sh - the manual pages say all that the tables say, and mandoc finds nothing to say about them.
# SPDX-License-Identifier: LGPL-2.1-or-later
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${DIST:?set it to the folder of the generated files}"
. "$root/tests/cli/lib"
cd "$work" || exit 1
page=$DIST/imcscan.1
case_page=$DIST/imcscan-case.5
"$IMCSCAN" reference options >options
"$IMCSCAN" reference names >names

options() {
    [ "$(wc -l <options)" -gt 50 ] || return 1
    cut -f 1,3 options | while IFS='	' read -r command name; do
        pattern=$(printf '%s' "$name" | sed 's/-/\\\\-/g')
        sed -n "/^\.Ss imcscan $command\$/,/^\.S[sh] /p" "$page" | sed 1d | sed '/^\.S[sh] /d' |
            grep -qE "^\.It (Fl [a-z]( Ar [^ ]*)? , )?Fl \\\\-$pattern( |\$)" || { echo "$command --$name"; exit 1; }
    done
}
claim 'every option of every command stands in its section' options
helps() { cut -f 1,3 options | while IFS='	' read -r command name; do exits 0 "$command" --help && shows "--$name" || exit 1; done; }
claim 'and in its help' helps
called() { cut -f 1 names | while read -r name; do sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESC/p' "$page" | grep -qx "\.Cm $name" || { echo "$name"; exit 1; }; done; }
claim 'the synopsis calls every command' called
rules() { "$IMCSCAN" rules --ids | while read -r id; do grep -qxF ".It Sy \\&$(printf '%s' "$id" | sed 's/-/\\-/g')" "$page" || { echo "$id"; exit 1; }; done; }
claim 'every rule stands in the section of rules' rules
formats() { awk -F '\t' '$1 == "scan" && $3 == "format" { print $5 }' options | tr ' ' '\n' | while read -r name; do grep -qE "^\.It Cm .*\<$name\>" "$page" || { echo "$name"; exit 1; }; done; }
claim 'every format is told of' formats
version() { grep -qF "$("$IMCSCAN" --version | sed -n '1s/imcscan //p')" "$page" && ! grep -nE '@[A-Z ]*[a-z]*@' "$page" "$case_page"; }
claim 'the version is that of the program, and no place of the template is left' version
environment() {
    grep -rhoE 'getenv\("[A-Z_]+"\)' "$root/src" | sed 's/.*"\(.*\)".*/\1/' | sort -u >asked
    sed -n 's/^\.It Ev \([A-Z_]*\)$/\1/p' "$page" | diff asked -
}
claim 'it tells of every variable of the environment that is asked for, and of no other' environment
keys() {
    for object in run message envelope finding clue artefact summary tree change changes step simulation; do
        "$IMCSCAN" reference keys "$object" >keys && grep -qF "$(cat keys)" "$case_page" || { echo "$object"; return 1; }
        [ "$(wc -l <keys)" -gt 4 ] || return 1
    done
    ! "$IMCSCAN" reference keys nothing 2>/dev/null
}
claim 'the keys of each object of JSON Lines are in the page of the case' keys

if command -v sqlite3 >/dev/null 2>&1; then
    tree t
    "$IMCSCAN" scan --case=run.imc t >/dev/null 2>&1
    tables() {
        sqlite3 run.imc "SELECT m.name || ' ' || p.name FROM sqlite_schema m, pragma_table_info(m.name) p WHERE m.type = 'table'" >columns
        [ "$(wc -l <columns)" -gt 60 ] || return 1
        while read -r table column; do
            grep -qE "^\.It Li $table \(( [a-z0-9_]+ ,)* $column( ,|\))|^\.It Li $table \(.* $column [,)]" "$case_page" || { echo "$table.$column"; return 1; }
        done <columns
    }
    claim 'so are all tables and columns of a case' tables
    gone() {
        sed -n 's/^\.It Li \([a-z_]*\) (.*/\1/p' "$case_page" | while read -r table; do grep -q "^$table " columns || { echo "$table"; exit 1; }; done
    }
    claim 'and none that a case does not have' gone
    asked() { sed -n '/^sqlite3 run.imc/,/^\.Ed/p' "$case_page" | sed '/^\.Ed/d' >query.sh && sh query.sh >"$out" && shows '1|critical|' && shows In/G1X4TK19; }
    claim 'the query in the page is answered' asked
    number() { [ "$(sqlite3 run.imc 'PRAGMA application_id')" -eq $((0x494d4331)) ] && [ "$(sqlite3 run.imc 'PRAGMA user_version')" -eq 1 ]; }
    claim 'its application_id and version are as the page says' number
else
    skip 'the tables of a case: no sqlite3 here'
fi
if command -v mandoc >/dev/null 2>&1; then
    # Which pages of other programs this machine has is not ours to say.
    lint() { (cd "$DIST" && mandoc -T lint imcscan.1 imcscan-case.5 2>/dev/null) | grep -vE 'referenced manual not found: Xr (sqlite3|jq|hashdeep|sha256sum) ' >said; [ ! -s said ] || { cat said; return 1; }; }
    claim 'mandoc -T lint is silent' lint
    rendered() { mandoc -T utf8 "$page" | sed "s/.$(printf '\b')//g" >text && grep -qF -- '--exchange=VERSION' text && grep -q 'charset-empty' text; }
    claim 'the page can be read' rendered
    # A control: the check above must see what is wrong.
    sees() { sed 's/^\.Sh NAME/.Sh NAMED/' "$page" >wrong.1 && [ -n "$(mandoc -T lint wrong.1 2>/dev/null)" ]; }
    claim 'and mandoc would speak' sees
else
    skip 'mandoc -T lint: no mandoc here'
fi
finish
