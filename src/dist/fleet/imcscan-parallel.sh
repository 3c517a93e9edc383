#!/bin/sh
# imcscan-parallel.sh - the parts of a scan side by side, by GNU parallel: on this machine or by ssh on others.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
#   imcscan-parallel.sh [-n PARTS] [-S HOST,...] [-s FILE] TREE CASE [OPTION...]
#
# -n: how many parts (8). -S and -s: hosts as parallel's --sshlogin and --sshloginfile take them, as in
# `-S 4/:,8/east,8/west` (`:` is this machine, 4/ are four parts at a time). TREE and the folder of CASE must
# have the same path on all of them. OPTIONs are those of imcscan scan. A part that fails is tried twice
# more; called again, the script goes on with the parts that are not done. The report of CASE is the same
# as that of one whole scan.
set -u
usage() {
    echo "usage: imcscan-parallel.sh [-n PARTS] [-S HOST,...] [-s FILE] TREE CASE [OPTION...]" >&2
    exit 2
}
parts=8 hosts=: file=
while getopts n:S:s: option; do
    case $option in
    n) parts=$OPTARG ;;
    S) hosts=$OPTARG ;;
    s) file=$OPTARG ;;
    *) usage ;;
    esac
done
shift $((OPTIND - 1))
[ $# -ge 2 ] || usage
case $parts in '' | *[!0-9]*) usage ;; esac
here() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$PWD" "$1" ;; esac; }
quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }
program=${IMCSCAN:-imcscan} tree=$(here "$1") case=$(here "$2")
shift 2
if [ -e "$case" ]; then
    echo "imcscan-parallel.sh: $case is there already" >&2
    exit 2
fi
options=
for option in "$@"; do options="$options $(quoted "$option")"; done
scan="$(quoted "$program") scan --case=$(quoted "$case.part"){} --resume --shard={}/$parts --jobs=1"
scan="$scan --progress=never$options -- $(quoted "$tree") >/dev/null"
# That there are suspects (1), or files that cannot be examined (3), is no failure of a part.
scan="$scan; s=\$?; [ \$s -le 1 ] || [ \$s -eq 3 ]"
if [ -n "$file" ]; then set -- --sshloginfile "$file"; else set -- --sshlogin "$hosts"; fi
seq "$parts" | parallel "$@" --retries 3 --joblog "$case.joblog" "$scan" || {
    echo "imcscan-parallel.sh: $? of $parts parts failed, see $case.joblog; call it again to go on" >&2
    exit 1
}
set --
number=$parts
while [ "$number" -gt 0 ]; do
    set -- "$case.part$number" "$@"
    number=$((number - 1))
done
rm -f "$case.unfinished" "$case.unfinished-journal"
"$program" merge -o "$case.unfinished" "$@" && mv -n "$case.unfinished" "$case"
