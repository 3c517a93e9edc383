# completion.awk NAMES OPTIONS RULES TEMPLATE - a template of completions with the program's tables set in.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# NAMES, OPTIONS and RULES are what `imcscan reference names`, `reference options` and `rules --ids` print. A line
# @BASH_…@, @ZSH_…@ or @FISH_…@ of the template stands for the rows that this makes of them.
BEGIN { FS = "\t" }
FNR == 1 { file++ }
file == 1 { name[++n_names] = $1; summary[$1] = $2; commands = commands (n_names > 1 ? " " : "") $1; next }
file == 2 {
    n = ++n_options
    command[n] = $1; letter[n] = $2; long[n] = $3; takes[n] = $4; words[n] = $5; help[n] = $6
    repeats[n] = index($6, "(repeatable)") > 0
    next
}
file == 3 { rules = rules (rules ? " " : "") $1; next }

# Help as people see it beside an option: its first clause, without what the shells' own lists would take apart. Where it
# lists words, which the shell proposes, the name does.
function brief(text, otherwise) {
    if (index(text, " (default)")) text = otherwise
    sub(/ \(.*/, "", text)
    sub(/[;:] .*/, "", text)
    gsub(/[][`"'\\$:]/, "", text)
    return length(text) > 70 ? substr(text, 1, 67) "..." : text
}

# ---- bash: the options of a command, and the words of an option ----

function bash_options(    i, k, row) {
    for (i = 1; i <= n_names; i++) {
        row = ""
        for (k = 1; k <= n_options; k++)
            if (command[k] == name[i])
                row = row (row ? " " : "") (letter[k] != "-" ? "-" letter[k] " " : "") "--" long[k] \
                    (takes[k] == "required" ? "=" : "")
        print "    " name[i] ") printf '%s' '" row "' ;;"
    }
}

function bash_values(    k) {
    for (k = 1; k <= n_options; k++)
        if (takes[k] != "none")
            print "    '" command[k] " --" long[k] "'" (letter[k] != "-" ? " | '" command[k] " -" letter[k] "'" : "") \
                ") printf '%s' '" words[k] "' ;;"
}

# ---- zsh: one _arguments a command ----

function zsh_values(k,    n, list, i, plain, action) {
    n = split(words[k], list, " ")
    for (i = 1; i <= n; i++) {
        if (list[i] == "<rule>") return ":rule:($imcscan_rules)"
        if (list[i] == "<dir>") return ":folder:_files -/"
        if (list[i] == "<file>") action = ":file:_files"
        else plain = plain (plain ? " " : "") list[i]
    }
    if (plain && action) return ":value:{ compadd " plain "; _files }"
    return plain ? ":value:(" plain ")" : action ? action : ":value: "
}

function zsh_option(k,    spec, text) {
    text = "[" brief(help[k], long[k]) "]"
    if (takes[k] != "none") text = text (takes[k] == "optional" ? ":" : "") zsh_values(k)
    spec = "--" long[k] (takes[k] == "required" ? "=" : takes[k] == "optional" ? "=-" : "")
    if (letter[k] == "-") return "\"" (repeats[k] ? "*" : "") spec text "\""
    return "\"(-" letter[k] " --" long[k] ")-" letter[k] (takes[k] == "required" ? "+" : "") text "\" " \
        "\"(-" letter[k] " --" long[k] ")" spec text "\""
}

function zsh_options(    i, k) {
    for (i = 1; i <= n_names; i++) {
        print "    " name[i] ")"
        print "        _arguments -S \\"
        for (k = 1; k <= n_options; k++)
            if (command[k] == name[i]) print "            " zsh_option(k) " \\"
        print "            " (name[i] == "rules" ? "" : "'*:path:_files'")
        print "        ;;"
    }
}

function zsh_names(    i) {
    for (i = 1; i <= n_names; i++) print "        '" name[i] ":" brief(summary[name[i]]) "'"
}

# ---- fish: one line an option ----

function fish_values(k,    n, list, i, plain, files) {
    n = split(words[k], list, " ")
    for (i = 1; i <= n; i++) {
        if (list[i] == "<rule>") plain = "$imcscan_rules"
        else if (list[i] == "<file>") files = 1
        else if (list[i] == "<dir>") plain = "(__fish_complete_directories)"
        else plain = plain (plain ? " " : "") list[i]
    }
    # An optional value is glued on; -r would take the next word.
    if (takes[k] == "optional") return plain ? " -a \"" plain "\"" : ""
    return (files ? " -r -F" : " -x") (plain ? " -a \"" plain "\"" : "")
}

function fish_options(    i, k) {
    for (i = 1; i <= n_names; i++)
        print "complete -c imcscan -n __fish_use_subcommand -f -a " name[i] " -d '" brief(summary[name[i]]) "'"
    for (k = 1; k <= n_options; k++)
        print "complete -c imcscan -n '__fish_seen_subcommand_from " command[k] "'" (letter[k] != "-" ? " -s " letter[k] : "") \
            " -l " long[k] (takes[k] != "none" ? fish_values(k) : "") " -d '" brief(help[k], long[k]) "'"
}

$0 == "@BASH_OPTIONS@" { bash_options(); next }
$0 == "@BASH_VALUES@" { bash_values(); next }
$0 == "@ZSH_OPTIONS@" { zsh_options(); next }
$0 == "@ZSH_NAMES@" { zsh_names(); next }
$0 == "@FISH_OPTIONS@" { fish_options(); next }
{
    gsub(/@COMMANDS@/, commands)
    gsub(/@RULES@/, rules)
    print
}
