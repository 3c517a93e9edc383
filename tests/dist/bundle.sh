#!/bin/sh
# bundle.sh - the self-contained tarball runs on another release of Debian, and finds there what the build finds here.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Wants `make static-bundle`; for the other release root, debootstrap and a mirror. Takes about two minutes.
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${BUILD:?}"
. "$root/tests/cli/lib"
. "$root/tests/dist/chroot"
other=${IMCSCAN_OTHER_SUITE:-trixie}
bundle=$(cd "$root" && ls -t "$PWD/$BUILD"/imcscan-*.tar.xz "$BUILD"/imcscan-*.tar.xz 2>/dev/null | head -n 1)
if [ -z "$bundle" ]; then
    skip 'the bundle: make static-bundle was not run'
    finish
fi
cd "$work" && ln -s "$root/corpus" corpus && mkdir 'a desk' && tar -C 'a desk' -xf "$bundle" || exit 1
mv 'a desk'/imcscan-* 'a desk/bundle'
ln -s "$work/a desk/bundle/imcscan" called

# here FORMAT : what the build says of the demo tree and of messages in all character sets, as bytes in ./here.
texts='corpus/Imcdata corpus/formats'
here() { "$IMCSCAN" scan --reproducible --timezone=America/New_York -f "$1" $texts >here 2>"$err"; [ -s here ]; }
compare() { cmp here there || { diff here there | cut -c 1-400 | head -n 5; return 1; }; }
same() {
    for format in text jsonl html; do
        here "$format" || return 1
        env -i PATH="$PATH" LD_LIBRARY_PATH=/nowhere MAGIC=/nowhere GCONV_PATH=/nowhere TZDIR=/nowhere ./called scan --reproducible \
            --timezone=America/New_York -f "$format" $texts >there 2>"$err"
        compare || return 1
    done
}
claim 'called from anywhere by a link, in a folder with a blank, it says what the build says' same
own() {
    command -v strace >/dev/null 2>&1 || return 0
    strace -f -e trace=open,openat -o trace ./called scan corpus/Imcdata >"$out" 2>"$err"
    # The shell and readlink of the launcher come before the loader.
    # A folder opened O_PATH is one that stays allowed, not one that is read.
    sed -n '/a desk.bundle.lib.libgmime/,$p' trace | grep -vE 'ENOENT|O_PATH' | grep -E '\.so[.0-9]*"|magic|zoneinfo' | grep -v "$work/a desk/bundle/" && return 1
    grep -q 'a desk/bundle/lib/../share/misc/magic.mgc' trace
}
claim 'no library and no table of the machine is opened' own
broken() { cp -r 'a desk/bundle' half && rm half/lib/loader && ! half/imcscan --version 2>said && grep -q 'unpack it whole' said; }
claim 'a part of it says so' broken
licensed() { [ "$(find 'a desk/bundle/share/licenses' -type f | wc -l)" -gt 20 ]; }
claim 'the licenses of all that it carries are in it' licensed

lacks=$(chroot_lacks)
if [ -n "$lacks" ]; then
    skip "another release of Debian: no $lacks"
    finish
fi
debian=$work/debian
claim "a clean Debian, $other" chroot_make "$other" "$debian"
mkdir "$debian/desk" && cp -a "$root/corpus" "$debian/desk/corpus" && cp -a 'a desk/bundle' "$debian/desk/bundle"
foreign() { [ ! -e "$debian/usr/share/misc/magic.mgc" ] && [ -z "$(find "$debian/usr/lib" -name 'libgmime*')" ] && ! cmp -s "$debian/lib/x86_64-linux-gnu/libc.so.6" /lib/x86_64-linux-gnu/libc.so.6; }
claim 'which has none of what imcscan needs, and another C library' foreign
there() {
    for format in text jsonl html csv-findings; do
        here "$format" || return 1
        chroot_run "$debian" "cd /desk && bundle/imcscan scan --reproducible --timezone=America/New_York -f $format $texts" >there 2>"$err"
        compare || return 1
    done
}
claim 'there it says what the build says here, byte for byte' there
confined() { chroot_run "$debian" 'cd /desk && bundle/imcscan scan -f jsonl corpus/Imcdata' | head -n 1 | grep -q '"sandboxed":true'; }
claim 'confined as here' confined
finish
