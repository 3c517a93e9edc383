#!/bin/sh
# sandbox.sh - what holds the workers and the parent of a running scan, looked at from outside.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
shims=$(cd "${BUILD:-build}" && pwd)/tests/shims
cd "$work" || exit 1
clean_tree t
{
    printf 'From: a@b.example\r\nTo: c@d.example\r\nSubject: large\r\n\r\n'
    head -c 3000000 /dev/zero | tr '\0' 'x' | fold -w 76 | sed 's/$/\r/'
} >t/Imcdata/In/LARGE000
n=0
while [ $n -lt 80 ]; do
    n=$((n + 1))
    ln t/Imcdata/In/LARGE000 "t/Imcdata/In/L$(printf %07d $n)"
done
exec 9<t/Imcdata/In/LARGE000 # a descriptor that no worker may inherit
"$IMCSCAN" scan -f jsonl --jobs=2 t >"$out" 2>"$err" &
pid=$!
sleep 0.3
children=
[ ! -r "/proc/$pid/task/$pid/children" ] || read -r children <"/proc/$pid/task/$pid/children"

has() { grep -qE "^$2:[[:space:]]*$3\$" "/proc/$1/status" || { grep -E "^$2" "/proc/$1/status"; return 1; }; }
limited() { grep -qE "^$2 +$3 +$3 " "/proc/$1/limits" || { grep "^$2" "/proc/$1/limits"; return 1; }; }
each() { for child in $children; do "$@" || return 1; done; }
filtered() { has "$child" Seccomp 2 && has "$child" NoNewPrivs 1; }
bounded() {
    limited "$child" 'Max file size' 0 && limited "$child" 'Max processes' 0 && limited "$child" 'Max open files' 8 &&
        limited "$child" 'Max core file size' 0 && limited "$child" 'Max cpu time' 86400
}
# Beside its channel: the file in hand, read-only, if there is one.
bare() {
    for fd in "/proc/$child/fd"/*; do
        goal=$(readlink "$fd") || continue
        case ${fd##*/}:$goal in
        [012]:/dev/null | 3:socket:*) continue ;;
        4:"$work"/t/*) grep -q '^flags:.*0$' "/proc/$child/fdinfo/4" 2>/dev/null || [ ! -e "$fd" ] && continue ;;
        esac
        echo "${fd##*/} is $goal"
        return 1
    done
}
parent() { has "$pid" Seccomp 2 && has "$pid" NoNewPrivs 1; }
if [ -n "$children" ]; then
    claim 'live workers have a filter and no_new_privs' each filtered
    claim 'so has the parent' parent
    if "$IMCSCAN" explain --sandbox | grep -q 'address space *unlimited'; then
        skip 'limits: a sanitizer needs more'
        skip 'descriptors: a sanitizer keeps standard error'
    else
        claim 'live workers have their limits' each bounded
        if [ "$(id -u)" -eq 0 ]; then
            claim 'live workers hold their channel and one file, nothing else' each bare
        else
            skip 'the descriptors of workers, which are for root to see'
        fi
    fi
else
    skip 'live workers: this kernel does not list children'
fi
wait "$pid"
whole() { [ "$(grep -c '"status":"examined"' "$out")" -eq 93 ] && shows '; parent: seccomp'; }
claim 'looking harms nothing, and the report tells what held' whole

told() { exits 0 explain --sandbox && shows 'a filter is in force (mode 2)' && shows pread64 && shows 'no network' && hides 'NO FILTER'; }
claim 'explain --sandbox tells what holds here' told
bare_too() { exits 0 explain --sandbox --no-sandbox && hides 'a filter is in force' && shows 'resource limits only'; }
if grep -q '^Seccomp:.*0$' /proc/self/status; then
    claim 'and that nothing does with --no-sandbox' bare_too
else
    skip 'that nothing holds with --no-sandbox: this shell is confined itself'
fi
claim 'it takes no message' exits 2 explain --sandbox t

# ---- old kernels ---------------------------------------------------------------------------------
old() { abi=$1; shift; env LD_PRELOAD="$shims/old_landlock.so" FAKE_LANDLOCK="$abi" "$IMCSCAN" "$@" >"$out" 2>"$err" </dev/null; }
mkdir corpus
message corpus/one 1
if old 1 --version; then
    none() { old 0 scan corpus && tr -s ' \n' ' ' <"$out" | grep -q 'This kernel has no Landlock: only the system call filter'; }
    claim 'a kernel without Landlock is told of in the report' none
    for abi in 1 2 3; do
        gaps() { old $abi scan corpus && tr -s ' \n' ' ' <"$out" | grep -q "Landlock of this kernel (ABI $abi) does not know of .*TCP ports"; }
        claim "so is Landlock of ABI $abi" gaps
    done
    quiet() { old 0 scan --reproducible -f jsonl corpus && hides Landlock; }
    claim 'but not in a report that is to be the same everywhere' quiet
    filter() { old 0 explain --sandbox && shows 'this kernel has none: seccomp stands alone' && [ "$(grep -c 'a filter is in force' "$out")" -eq 2 ]; }
    claim 'seccomp holds all the same' filter
else
    skip 'old kernels: this build takes no LD_PRELOAD'
fi

# ---- what the environment cannot choose ----------------------------------------------------------
pinned() {
    "$IMCSCAN" --version >a && MAGIC=$work/none HOME=$work "$IMCSCAN" --version | cmp - a && grep -q 'database [0-9a-f]' a
}
: >.magic.mgc
claim 'MAGIC and HOME choose no other database of file types' pinned

# ---- salvage -------------------------------------------------------------------------------------
# Looked at until it has given up what it does not need, or is over.
confined() {
    "$IMCSCAN" "$@" >"$out" 2>"$err" &
    pid=$!
    found=1
    while [ "$found" -ne 0 ] && ! has "$pid" State 'Z.*' >/dev/null 2>&1 && [ -e "/proc/$pid" ]; do
        has "$pid" Seccomp 2 >/dev/null 2>&1 && has "$pid" NoNewPrivs 1 >/dev/null 2>&1 && found=0
    done
    wait "$pid" && [ "$found" -eq 0 ]
}
if grep -q '^Seccomp:.*0$' /proc/self/status; then
    of_tree() { confined salvage t LARGE000 --out=s1 && [ -s s1/0001.eml ]; }
    claim 'salvage gives up rights before it opens a tree' of_tree
    "$IMCSCAN" scan --fail-on=never --case=salvage.case t/Imcdata/In/LARGE000 >/dev/null
    of_case() { confined salvage salvage.case --all --min-level=clean --out=s2/ && [ -s s2/0001.eml ]; }
    claim 'and before it reads a case' of_case
else
    skip 'the rights of salvage: this shell is confined itself'
fi

# ---- writing where it is allowed -----------------------------------------------------------------
here() { cd corpus && exits 0 scan --fail-on=never -o ../r.txt . && exits 0 scan --fail-on=never -f jsonl --case=../k.case -o ../r2 one && [ -s ../r.txt ]; }
claim 'report and case in other folders than the tree are written' here
finish
