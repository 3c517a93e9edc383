#!/bin/sh
# evidence-damage.sh - made-up trees with a sector of another file, and logs with bytes changed, through a whole scan.
# SPDX-License-Identifier: LGPL-2.1-or-later
. "$(dirname "$0")/lib"
: "${MKSPOOL:?set it to the path of mkspool}"
cd "$work" || exit 1

# ---- a sector of another file: whose it is stands first ----

# torn VARIANT : the damaged file has rank 1 and the clue; the file that owns the sector is named and has none.
torn() {
    rm -rf tree
    "$MKSPOOL" --seed="$1" --count=40 --odd=0 --damage=foreign-sector:"$1" --out=tree >/dev/null || return 1
    file=$(awk -F'\t' '$3 == "foreign-sector" { print $1 }' tree/truth.tsv)
    exits 1 scan --reproducible -f jsonl tree/Imcdata || return 1
    grep -F '"rank":1,' "$out" | grep -F "\"path\":\"$file\"" >first || { echo "$file is not first"; return 1; }
    grep -oF '"rule":"block-of-other-file"' "$out" >told
    [ "$(wc -l <told)" -eq 1 ] && grep -qF '"rule":"block-of-other-file"' first || { echo 'not told of it alone'; return 1; }
    owner=$(sed -n 's/.*bytes are those of \([^ ]*\) from byte.*/\1/p' first)
    [ "$owner" != "$file" ] && [ -f "tree/Imcdata/$owner" ]
}
for variant in 1 2 3 4 5 6; do
    claim "a sector of another file, variant $variant: the torn file is first, and the owner is named" torn "$variant"
done

# ---- changed bytes in every kind of log ----

if ! command -v python3 >/dev/null 2>&1; then
    skip 'changed bytes in logs: no python3 here'
    finish
fi
cat >flip.py <<'PYTHON'
import os, random, sys
log, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
data = open(log, "rb").read()
rng = random.Random(len(data))
os.mkdir(folder)
for i in range(count):
    changed = bytearray(data)
    for _ in range(1 + i % 3):
        # Half of them near the beginning: there stand heads and lengths.
        at = rng.randrange(min(len(data), 512) if i % 2 else len(data))
        changed[at] ^= rng.choice((0x01, 0x20, 0x80, 0xFF))
    # By its own name: that of queue.dat is part of what tells its kind.
    os.mkdir("%s/%03d" % (folder, i))
    with open("%s/%03d/%s" % (folder, i, os.path.basename(log)), "wb") as out:
        out.write(changed)
PYTHON
cat >judge.py <<'PYTHON'
import json, sys
folder, count = sys.argv[1], int(sys.argv[2])
objects = [json.loads(line) for line in open(sys.argv[3], encoding="ascii")]
logs = [o for o in objects if o["type"] == "artefact" and o["path"].startswith(folder + "/")]
summary = objects[-1]
failed = [o for o in logs if o["status"] == "failed"]
problems = []
if len(logs) != count:
    problems.append("%d of %d logs are listed" % (len(logs), count))
problems += ["%s: neither read nor a reason" % o["path"] for o in logs if not o["read"] and not o.get("reason")]
if summary["type"] != "summary" or summary["interrupted"]:
    problems.append("no whole report")
if summary["limits_hit"]["worker_deaths"] > 0 and not failed:
    problems.append("a worker died and no log is said to have failed")
problems += ["%s: %s" % (o["path"], o.get("reason")) for o in failed]
if sum(o["read"] for o in logs) < count // 3:
    problems.append("only %d are read: the changes do not reach the parsers" % sum(o["read"] for o in logs))
print("\n".join(problems))
sys.exit(bool(problems))
PYTHON

"$MKSPOOL" --scenario=full --seed=1 --count=20 --out=full >/dev/null
"$MKSPOOL" --scenario=evt-wrapped --seed=1 --count=20 --out=ring >/dev/null
"$MKSPOOL" --scenario=event-export --seed=1 --count=20 --out=text >/dev/null
clean_tree plain
# changed KIND LOG : forty copies, each with one to three bytes changed, in one scan.
changed() {
    flips=flips-$1
    python3 flip.py "$2" "$flips" 40 || return 1
    set --
    for copy in "$flips"/*/*; do set -- "$@" "--evidence=$copy"; done
    timeout 60 "$IMCSCAN" scan --reproducible -f jsonl "$@" plain >"$out" 2>"$err" </dev/null
    status=$?
    case $status in 0 | 1 | 3) ;; *) echo "status $status"; cat "$err"; return 1 ;; esac
    python3 judge.py "$flips" 40 "$out"
}
n=0
for log in full/evidence/* full/Imcdata/Log/* full/Imcdata/Tracking.log/* ring/evidence/*.evt text/evidence/*; do
    [ -f "$log" ] || continue
    n=$((n + 1))
    claim "40 changed copies of $log: all accounted for, and no worker dies" changed "$n" "$log"
done
claim 'those were logs of all seven kinds that the generator writes' [ "$n" -eq 8 ]
finish
