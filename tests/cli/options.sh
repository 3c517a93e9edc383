#!/bin/sh
# options.sh - each option of the command line does what its help says.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
cd "$work" || exit 1
tree t

usage() { exits 2 "$@" && says "--help'" && silent "$out"; }

claim 'no command at all is a usage error' usage
claim 'an unknown command is a usage error' usage frobnicate t
claim 'an unknown option is a usage error' usage scan --frobnicate t
claim 'an abbreviated option is a usage error' usage scan --form=text t
claim 'an option of another command is a usage error' usage check --top=3 t
claim 'an option without its value is a usage error' usage scan t --top
claim 'a flag with a value is a usage error' usage scan --no-sandbox=yes t
claim 'scan without a path is a usage error' usage scan
claim 'check with two paths is a usage error' usage check t t
meant() { guessed=$1; shift; usage "$@" && says "did you mean $guessed?"; }
claim 'a mistyped command is guessed' meant scan scna t
claim 'a mistyped option is guessed' meant --reproducible scan --reproducable t
claim 'a mistyped rule is guessed' meant charset-empty explain --rule=charset-emtpy
claim 'half a rule is, too' meant charset-empty explain --rule=charset-em
takes() { usage scan --exchange=6.0 t && says '5.0sp2'; }
claim 'a value that does not fit is told what would' takes
for value in --exchange=6.0 --exchange=5.5sp9 --format=xml --top=-1 --top=1x --min-level=worst --fail-on=clean \
    --fail-on=unknown --jobs=0 --jobs=x --time-limit=0 --time-limit=1+ --time-limit=x --memory-limit=1 \
    --disable-rule=no-such-rule --progress=maybe --color=maybe --output=; do
    claim "scan refuses $value" usage scan "$value" t
done

help_mentions() {
    run "$1" --help
    [ "$status" -eq 0 ] || return 1
    shift
    for word in "$@"; do shows "$word" || return 1; done
}
narrow() { ! awk 'length > 80 { print; found = 1 } END { exit !found }' "$out"; }
claim 'the help of scan names each option and the exit status' help_mentions scan --exchange --format --output --top \
    --min-level --fail-on --jobs --time-limit --memory-limit --archive-is-control --disable-rule --exclude \
    --files-from --evidence --no-evidence --timezone --no-sandbox --reproducible --progress --color 'Exit status' 130
claim 'it fits 80 columns' narrow
for command in check rules explain; do claim "$command has a help" help_mentions $command Usage; done
overview() { exits 0 --help && shows scan && shows check && shows rules && shows explain; }
claim 'imcscan --help names the commands' overview
version() { exits 0 --version && shows 'imcscan 1.' && shows GMime && shows libmagic && shows libseccomp; }
claim 'imcscan --version names the libraries' version

text() { exits 1 scan t && shows In/G1X4TK19 && shows critical; }
claim 'text is the default format' text
jsonl() { exits 1 scan "$@" t && head -1 "$out" | grep -q '^{"type":"run"' && tail -1 "$out" | grep -q '"summary"'; }
claim '--format=jsonl writes JSON Lines' jsonl --format=jsonl
claim '-f jsonl does the same' jsonl -f jsonl
claim '-fjsonl too' jsonl -fjsonl
claim '--format jsonl too' jsonl --format jsonl

files_listed() { grep -c '"type":"message"' "$out"; }
every_file() { run scan -f jsonl --top=1 --min-level=critical t; [ "$(files_listed)" -eq 13 ]; }
claim 'jsonl has every file, whatever --top and --min-level' every_file
top() { run scan --min-level=clean --top="$1" t; [ "$(grep -c 'In/G1X4TK' "$out")" -ge "$2" ]; }
claim '--top=0 shows all rows' top 0 13
few() { run scan --min-level=clean --top=2 t; [ "$(grep -cE '^ +[0-9]+  ' "$out")" -eq 2 ]; }
claim '--top=2 shows two rows' few
low() { run scan --top=0 t; hides G1X4TKB1; }
claim 'clean files are left out of the table by default' low
clean() { run scan --top=0 --min-level=clean t; shows G1X4TKB1; }
claim '--min-level=clean shows them' clean

score() { run scan -f jsonl "$@" t; sed -n 's/.*"path":"In\/G1X4TK19".*"score":\([-0-9.]*\).*/\1/p' "$out"; }
less() { awk "BEGIN { exit !($1 < $2) }"; }
plain=$(score)
claim '--exchange of a release with the fix lowers the score' less "$(score --exchange=5.5sp4+)" "$plain"
claim '--exchange of a release with the fault does not' [ "$(score --exchange=5.5.2650.24)" = "$plain" ]
spared() {
    run scan --exchange=5.5sp4+ "$1" && tr -s ' \n' ' ' <"$out" | grep -F 'not in 5.5 SP4' &&
        run scan -f jsonl --exchange=5.5sp4+ "$1" && shows '"affected":false' && run scan -f jsonl "$1" && hides '"affected"'
}
claim 'and each report says so beside the finding' spared t
claim '--disable-rule takes the rule out' less "$(score --disable-rule=charset-empty)" "$plain"
disabled() { run scan --disable-rule=charset-empty t; shows disable-rule; }
claim 'and the report says so' disabled

excluded() {
    run scan -f jsonl --exclude="$1" t
    grep '"path":"In/G1X4TK19"' "$out" | grep -q '"status":"excluded"' && shows '"examined":12'
}
claim '--exclude by name lists the file as excluded' excluded 'G1X4TK1*'
claim '--exclude by path does too' excluded 'In/G1X4TK19'
not_failed() { exits 0 scan --exclude='*19' t; }
claim 'what the user excluded does not count as not examined' not_failed

from() {
    printf 't/Imcdata/In/G1X4TKB1\0t/Imcdata/In/G1X4TK19\0' >list
    exits 1 scan -f jsonl --files-from=list && [ "$(files_listed)" -eq 2 ] && shows G1X4TK19
}
claim '--files-from reads paths that NUL bytes end' from
from_stdin() {
    printf 't/Imcdata/In/G1X4TKB1\0' | "$IMCSCAN" scan -f jsonl --files-from=- >"$out" 2>"$err"
    [ "$(files_listed)" -eq 1 ]
}
claim '--files-from=- reads them from standard input' from_stdin
claim 'a list that is not there is an error' exits 2 scan --files-from=nowhere
tree u
many() { run scan -f jsonl t u/; shows '"root":"t/Imcdata"' && shows '"root":"u/Imcdata"' && [ "$(files_listed)" -eq 26 ]; }
claim 'several paths are told apart by their roots' many

reproducible() { run scan -f jsonl --reproducible t; cp "$out" one; sleep 1; run scan -f jsonl --reproducible t; cmp one "$out"; }
claim '--reproducible gives the same bytes again' reproducible
unconfined() { exits 1 scan --no-sandbox t && shows no-sandbox; }
claim '--no-sandbox is told in the report' unconfined
control() { run scan --archive-is-control t; shows archive-is-control; }
claim '--archive-is-control is told in the report' control
limits() { run scan -f jsonl --time-limit=3.5+0.25 --memory-limit=512 --jobs=3 t
    shows '"time_base_ms":3500' && shows '"time_per_mb_ms":250' && shows '"memory_mib":512' && shows '"jobs":3'; }
claim 'the limits in force stand in the run object' limits

escape=$(printf '\033')
claim 'no colour where output is no terminal' eval 'run scan t; hides "$escape"'
claim '--color=always colours' eval 'run scan --color=always t; shows "$escape"'
claim '--color=never does not' eval 'run scan --color=never t; hides "$escape"'
claim 'no progress where stderr is no terminal' eval 'run scan t; silent "$err"'
claim '--progress=always shows count, rate and time left' eval \
    'run scan --progress=always t; grep -q " of 13 files, [0-9]*/s, [0-9:]* left" "$err"'
claim '--progress=never shows none' eval 'run scan --progress=never t; silent "$err"'
finish
