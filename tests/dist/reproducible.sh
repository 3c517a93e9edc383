#!/bin/sh
# reproducible.sh - two builds of these sources, in different folders, hours and habits, give equal packages.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Builds everything twice, without a cache; takes minutes.
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/cli/lib"
unset MAKEFLAGS MFLAGS MAKELEVEL BUILD
CCACHE_DISABLE=1
SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 946684800)
export CCACHE_DISABLE SOURCE_DATE_EPOCH

sources() { mkdir -p "$1" && (cd "$root" && git ls-files -z | tar --null -T - -cf -) | tar -C "$1" -xf -; }
build() { make -C "$1" --no-print-directory -j2 deb static-bundle; }
first() { sources "$work/first" && build "$work/first"; }
second() { (umask 077 && sources "$work/a/much/longer/path" && cd / && TZ=Asia/Tokyo LC_ALL=C.UTF-8 build "$work/a/much/longer/path"); }
if ! git -C "$root" rev-parse >/dev/null 2>&1; then
    skip 'two builds: the list of sources comes from git'
    finish
fi
claim 'a build' first
claim 'another, elsewhere, with another umask, zone and locale' second
equal() { # PATTERN
    a=$(ls "$work"/first/build/$1) && b=$(ls "$work"/a/much/longer/path/build/$1) && [ "$(basename "$a")" = "$(basename "$b")" ] && cmp "$a" "$b"
}
claim 'the Debian packages are equal' equal 'imcscan_*.deb'
claim 'the bundles are equal' equal 'imcscan-*.tar.xz'
claim 'so are the programs, with all that debuggers read' equal imcscan
claim 'and the manual' equal dist/imcscan.1
nowhere() { ! strings "$work/first/build/imcscan" | grep -F "$work"; }
claim 'no folder of the build is in them' nowhere
finish
