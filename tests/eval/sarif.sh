#!/bin/sh
# sarif.sh - the SARIF report of the demo tree under Microsoft's own validator, where npm can bring it.
# SPDX-License-Identifier: LGPL-2.1-or-later
set -eu
: "${IMCSCAN:=build/imcscan}"
tool=build/sarif-multitool
mkdir -p "$tool"
if ! command -v npm >/dev/null 2>&1; then
    echo 'sarif.sh: npm is not there: not validated by sarif-multitool, only by tests/eval/readback.py'
    exit 0
fi
if ! npm install --silent --no-fund --no-audit --prefix "$tool" @microsoft/sarif-multitool@5 >"$tool/npm.log" 2>&1; then
    echo 'sarif.sh: npm could not bring sarif-multitool: not validated by it, only by tests/eval/readback.py'
    exit 0
fi
validator=$(find "$tool/node_modules" -type f -name Sarif.Multitool | head -1)
chmod +x "$validator"
status=0
"$IMCSCAN" scan -f sarif -o "$tool/demo.sarif" corpus/Imcdata || status=$?
[ "$status" -eq 1 ]
"$validator" validate "$tool/demo.sarif" | tee "$tool/answer"
grep -q 'Analysis completed successfully' "$tool/answer"
! grep -E ': (error|warning) ' "$tool/answer" | grep -v SARIF2005
