#!/bin/sh
# completions.sh - bash, zsh and fish propose every option of every command, and the words that it takes.
# SPDX-License-Identifier: LGPL-2.1-or-later
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${DIST:?set it to the folder of the generated files}"
. "$root/tests/cli/lib"
cd "$work" || exit 1
"$IMCSCAN" reference options >options
"$IMCSCAN" reference names >names
"$IMCSCAN" rules --ids >rules
mkdir cases && : >'cases/two words.imc' && : >cases/one.imc

# What there is to be proposed: "command --option", and "command --option word".
awk -F '\t' '{ print $1 " --" $3; if ($2 != "-") print $1 " -" $2 }' options | sort >wanted
awk -F '\t' '{ n = split($5, word, " "); for (i = 1; i <= n; i++) if (word[i] !~ /^</) print $1 " --" $3 " " word[i] }' options | sort >wanted-words
many() { [ "$(wc -l <wanted)" -gt 80 ] && [ "$(wc -l <wanted-words)" -gt 100 ] && grep -qx 'scan --format jsonl' wanted-words && grep -qx 'check --exchange 5.5sp3' wanted-words; }
claim 'the table of options has formats and releases' many
believed() {
    while read -r command option word; do
        [ "$option" = --draw ] && continue # names a file, too: anything is believed
        "$IMCSCAN" "$command" "$option=$word" --help >"$out" 2>"$err" || { echo "$command $option=$word"; cat "$err"; return 1; }
    done <wanted-words
}
claim 'the program takes every word that is proposed for an option' believed

# ---- bash ----

cat >driver.bash <<'END'
# driver.bash FILE: each line is words with tabs between; the last one is being typed. Prints what is proposed.
source "$1"
while IFS= read -r line; do
    IFS=$'\t' read -r -a COMP_WORDS <<<"$line"
    [[ $line == *$'\t' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _imcscan
    printf '%s\n' "${COMPREPLY[@]}"
done
END
# bash_at WORD... : what bash proposes for the last of them.
bash_at() { for word; do printf '\t%s' "$word"; done | sed 's/^\t//; s/$/\n/' | bash driver.bash "$DIST/imcscan.bash"; }

if command -v bash >/dev/null 2>&1; then
    claim 'bash reads its completions' bash -n "$DIST/imcscan.bash"
    names() { bash_at imcscan '' | sort >got; { cut -f 1 names; echo --help; echo --version; } | sort | diff - got; }
    claim 'bash proposes the commands' names
    options() {
        for name in $(cut -f 1 names); do bash_at imcscan "$name" - | sed "s/=\$//; s/^/$name /"; done | sort -u | diff wanted -
    }
    claim 'bash proposes every option of every command, and none that it has not' options
    words() {
        awk -F '\t' '$4 != "none" && $5 !~ /</ && $5 != "" { print "imcscan\t" $1 "\t--" $3 "\t=\t" }' options | while IFS= read -r line; do
            echo "$line" | bash driver.bash "$DIST/imcscan.bash" | sed "s/^/$(echo "$line" | cut -f 2,3 --output-delimiter=' ') /"
        done | sort >got
        awk -F '\t' '$5 ~ /</ { print $1 " --" $3 " " }' options >open
        grep -vFf open wanted-words | diff - got
    }
    claim 'behind an option and = it proposes exactly the words of the table' words
    rule_ids() {
        bash_at imcscan scan --disable-rule = '' | diff rules - && bash_at imcscan explain --rule charset-e | diff - - <<'END'
charset-empty
END
    }
    claim 'and the ids of the rules' rule_ids
    apart() {
        [ "$(bash_at imcscan scan -f jso)" = jsonl ] && [ "$(bash_at imcscan report --format=html)" = html ] &&
            [ "$(bash_at imcscan scan --fail-on cri)" = critical ] && [ "$(bash_at imcscan check --exchange = 5.5sp3)" = 5.5sp3 ]
    }
    claim 'a word may stand behind a blank, or behind = in one word' apart
    paths() {
        bash_at imcscan plan cases/t | grep -qx 'cases/two words.imc' && bash_at imcscan scan --case = cases/o | grep -qx cases/one.imc &&
            [ -z "$(bash_at imcscan rules cases/o)" ] && [ "$(bash_at imcscan plan --root = ca)" = cases ]
    }
    claim 'paths are proposed where they are wanted, with blanks in them' paths
    # A control: the comparison must see an option that is missing.
    sees() { sed 's/--reproducible//' "$DIST/imcscan.bash" >less.bash && ! (DIST=$work && cp less.bash imcscan.bash && options); }
    claim 'and a missing option would be seen' sees
else
    skip 'completions of bash: no bash here'
fi

# ---- zsh: its helpers in the place of _arguments and _describe tell what they are asked ----

cat >driver.zsh <<'END'
_arguments() { print -rl -- "$@" }
_describe() { print -rl -- ${(P)4} }
compadd() { print -rl -- "$@" }
words=(imcscan "$2" -) CURRENT=3
[[ -n $2 ]] || CURRENT=2
source $1
END
if command -v zsh >/dev/null 2>&1; then
    claim 'zsh reads its completions' zsh -n "$DIST/_imcscan"
    zsh_options() {
        for name in $(cut -f 1 names); do
            zsh -f driver.zsh "$DIST/_imcscan" "$name" >specs || return 1
            sed -nE 's/^\*?(\([^)]*\))?(--?[a-z-]*[a-z])[]+=[-].*/\2/p' specs | sed "s/^/$name /"
        done | sort -u | diff wanted -
    }
    claim 'zsh is told every option of every command' zsh_options
    zsh_words() {
        zsh -f driver.zsh "$DIST/_imcscan" scan >specs
        awk -F '\t' '$1 == "scan" && $4 != "none" && $5 != "" && $5 !~ /</ { print $3 "\t" $5 }' options | while IFS='	' read -r name list; do
            grep -qE "^(\([^)]*\))?--$name=.*:\($(echo "$list" | sed 's/[.+]/\\&/g')\)\$" specs || { echo "$name"; exit 1; }
        done && grep -qE "disable-rule=.*:\($(head -n 1 rules) .* $(tail -n 1 rules)\)\$" specs
    }
    claim 'and the words of each' zsh_words
    zsh_names() { zsh -f driver.zsh "$DIST/_imcscan" '' | sed 's/:.*//' | diff - names.only; }
    cut -f 1 names >names.only
    claim 'and the commands' zsh_names
else
    skip 'completions of zsh: no zsh here'
fi

# ---- fish ----

if command -v fish >/dev/null 2>&1; then
    HOME=$work
    export HOME
    claim 'fish reads its completions' fish -n "$DIST/imcscan.fish"
    fish_options() {
        {
            echo "source $DIST/imcscan.fish"
            for name in $(cut -f 1 names); do
                echo "complete -C 'imcscan $name -' | string replace -r '=?\t.*' '' | string replace -r '^' '$name '"
                echo "complete -C 'imcscan $name --' | string replace -r '=?\t.*' '' | string replace -r '^' '$name '"
            done
        } >driver.fish
        fish driver.fish | sort -u >got
        diff wanted got
    }
    claim 'fish proposes every option of every command' fish_options
    fish_words() {
        fish -c "source $DIST/imcscan.fish; complete -C 'imcscan scan --format='; complete -C 'imcscan explain --rule charset-e'" >got &&
            grep -q '^--format=jsonl' got && grep -q '^charset-empty' got
    }
    claim 'and words and rules' fish_words
else
    skip 'completions of fish: no fish here'
fi
finish
