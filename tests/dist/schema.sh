#!/bin/sh
# schema.sh - the JSON Schema is current and strict: every JSON that imcscan writes fits it, and no key is unknown to it.
# SPDX-License-Identifier: LGPL-2.1-or-later
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${DIST:?set it to the folder of the generated files}"
. "$root/tests/cli/lib"
cd "$work" || exit 1

printed() { exits 0 rules --schema && cmp "$out" "$DIST/imcscan.schema.json"; }
claim 'rules --schema prints the file that is installed' printed
version() { grep -qF "JSON of $("$IMCSCAN" --version | head -n 1), schema 1" "$DIST/imcscan.schema.json"; }
claim 'it names the version of the program' version
closed() { [ "$(grep -c '"type": "object",$' "$DIST/imcscan.schema.json")" -eq "$(grep -cE '"(additionalProperties|propertyNames)": (false|\{ "\$ref": "#/definitions/(status|level)" \})' "$DIST/imcscan.schema.json")" ]; }
claim 'every object in it tells which keys there may be' closed

if ! python3 -c 'import jsonschema' 2>/dev/null; then
    skip 'what is written fits the schema: no python3-jsonschema here'
    finish
fi

# Everything that a run can show: hostile names, logs, a copy at two places, limits, weights, a plan.
tree hostile
bad "hostile/Imcdata/In/$(printf 'caf\351')" 35
bad 'hostile/Imcdata/In/back\slash' 36
ln -s nowhere hostile/Imcdata/In/G1X4TKLN
cp -r "$root/corpus/Imcdata" demo
cp hostile/Imcdata/In/G1X4TK19 hostile/Imcdata/In/G1X4TKTW
printf '[weights]\nw-damage=0.01\n' >weights
mkdir many
for sample in "$root"/corpus/rules/*/hit*.eml; do
    cp "$sample" "many/$(basename "$(dirname "$sample")")-$(basename "$sample")"
done
logs=$(find "$root/corpus/rules" -type d -path '*/evidence-*/hit*' -prune)

# ask STATUS FILE ARG... : what the arguments write is to be validated.
ask() {
    wanted=$1 file=$2
    shift 2
    "$IMCSCAN" "$@" >"$file" 2>"$err" </dev/null
    status=$?
    case " $wanted " in *" $status "*) return 0 ;; esac
    echo "imcscan $*: exit status $status"
    cat "$err"
    return 1
}
scans() {
    ask 1 demo.jsonl scan --case=demo.imc --exchange=5.5sp3 --timezone=-06:00 -f jsonl demo &&
        ask 1 hostile.jsonl scan --case=hostile.imc --incident=I --examiner=E --weights=weights -f jsonl hostile &&
        ask 1 redacted.jsonl scan --redact --reproducible -f jsonl demo hostile &&
        ask '1 3' many.jsonl scan --time-limit=20 -f jsonl many &&
        ask '0 1' logs.jsonl scan -f jsonl $logs &&
        tar -czf demo.tar.gz demo && ask 1 packed.jsonl scan -f jsonl demo.tar.gz && grep -q '"archives":' packed.jsonl &&
        ask 1 check.jsonl check -f jsonl demo &&
        ask 1 trees.txt scan -f jsonl -o trees/ demo hostile
}
claim 'scans of trees plain and hostile, of logs and of every rule are written' scans
recorded() {
    cp demo.imc before.imc && ask 0 plan.json plan -f json demo.imc && ask 0 plan2.json plan --stopped -f json demo.imc &&
        ask 0 salvage.txt salvage --all --min-level=high --out=salvaged demo.imc &&
        ask 0 report.jsonl report -f jsonl demo.imc && ask 1 diff.jsonl diff -f jsonl demo.imc hostile.imc &&
        ask 0 played.json plan --simulate=20 -f json hostile.imc
}
claim 'so are a plan, a report with it, a simulation and a comparison' recorded
lists() { ask 0 rules.json rules -f json && ask 0 cases.json rules --cases -f json && ask 0 weights.json rules --weights -f json; }
claim 'and the lists of rules, causes and weights' lists
fits() {
    "$root/tests/dist/validate.py" "$DIST/imcscan.schema.json" ./*.json ./*.jsonl trees/*.jsonl >said || { cat said; return 1; }
    for kind in run message artefact summary tree change changes step simulation rules weights; do
        grep -q "\<$kind=" said || { echo "none of $kind was seen"; return 1; }
    done
}
claim 'all of it fits the schema, and every kind of object was among it' fits
unknown() {
    sed '2s/"type":"message"/"type":"message","surprise":1/' demo.jsonl >surprise.jsonl
    ! "$root/tests/dist/validate.py" "$DIST/imcscan.schema.json" surprise.jsonl >said && grep -q surprise said
}
claim 'a key that the schema does not have is refused' unknown
finish
