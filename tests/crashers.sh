#!/bin/sh
# crashers.sh - every file that once broke a fuzz target, through that target again.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# corpus/crashers/TARGET/* are inputs of tests/fuzz/TARGET.c; $BUILD/tests/replay/TARGET is that target with a main() of
# its own. A message that broke the whole is an input of fuzz_whole: one byte, then the file.
cd "$(dirname "$0")/.." || exit 1
status=0
for folder in corpus/crashers/*/; do
    target=$(basename "$folder")
    "${BUILD:-build}/tests/replay/$target" "$folder"* || { echo "not ok - $target: exit status $?"; status=1; }
done
exit $status
