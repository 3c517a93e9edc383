#!/bin/sh
# examples.sh - the examples of README and manual do what they are there for, on the demo tree at the paths they name.
# SPDX-License-Identifier: LGPL-2.1-or-later
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${DIST:?set it to the folder of the generated files}"
. "$root/tests/cli/lib"
cd "$work" || exit 1
mkdir -p bin cases/exgate1 && cp -r "$root/corpus/Imcdata" cases/exgate1/Imcdata && ln -s "$IMCSCAN" bin/imcscan
PATH=$work/bin:$PATH

# Commands are the indented lines of README.md, the .Dl lines of the manual and the lines of --help.
sed -n 's/^    \(imcscan [a-z][a-z]* .*\)/\1/p' "$root/README.md" >README
sed -n 's/^\.Dl \$ \(imcscan .*\)/\1/p' "$DIST/imcscan.1" | sed 's/\\(dq/"/g; s/\\-/-/g' >manual
"$IMCSCAN" --help | sed -n 's/^  \(imcscan .* .*\)/\1/p' >help
many() { [ "$(wc -l <README)" -ge 5 ] && [ "$(wc -l <manual)" -ge 9 ] && [ "$(wc -l <help)" -ge 3 ]; }
claim 'README, manual and help have examples' many

# 0, 1 and 3 are answers; 2 is an error, 4 and more a fault of jq or of the shell.
works() {
    printf '%s\n' "$1" | sed "s,/cases,$work/cases,g" >line.sh
    case $1 in *'| jq '*) command -v jq >/dev/null 2>&1 || return 0 ;; esac
    sh line.sh >"$out" 2>"$err" </dev/null
    status=$?
    case $status in 0 | 1 | 3) [ -s "$out" ] || grep -qE -- '(-o|--case=)' line.sh && return 0 ;; esac
    echo "exit status $status"
    cat "$err"
    return 1
}
# each FILE: of every list the commands in their order, for later ones read what earlier ones wrote.
each() {
    rm -f cases/exgate1/*.*
    while IFS= read -r line; do
        claim "$1: $line" works "$line"
    done <"$1"
}
each README
each manual
each help
finish
