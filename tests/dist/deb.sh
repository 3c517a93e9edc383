#!/bin/sh
# deb.sh - the Debian package installs on a clean Debian 12, finds there what the build finds here, and goes away whole.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Wants `make deb`, root, debootstrap and a mirror; takes about two minutes.
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${BUILD:?}"
. "$root/tests/cli/lib"
. "$root/tests/dist/chroot"
cd "$root" || exit 1
deb=$(ls -t "$BUILD"/imcscan_*_*.deb 2>/dev/null | head -n 1)
if [ -z "$deb" ]; then
    skip 'the package: make deb was not run'
    finish
fi

if command -v lintian >/dev/null 2>&1; then
    claim 'lintian has no error and no warning' lintian --fail-on error,warning --allow-root "$deb"
else
    skip 'lintian: not there'
fi
version() { [ "$(dpkg-deb -f "$deb" Version)" = "$("$IMCSCAN" --version | sed -n '1s/imcscan //p')" ]; }
claim 'its version is that of the program' version
lacks=$(chroot_lacks)
if [ -n "$lacks" ]; then
    skip "a clean Debian 12: no $lacks"
    finish
fi

debian=$work/debian
claim 'a clean Debian 12' chroot_make bookworm "$debian"
mkdir "$debian/desk" && cp -a corpus "$debian/desk/corpus" && cp "$deb" "$debian/desk/imcscan.deb"
installed() { chroot_run "$debian" 'export DEBIAN_FRONTEND=noninteractive; apt-get update -q && apt-get install -q -y --no-install-recommends /desk/imcscan.deb && dpkg -V imcscan'; }
claim 'apt installs it with what it needs' installed
# Reports name the versions of the libraries; where Debian's have moved on since, that alone may differ.
libraries() { sed -n 2p; }
there=$(chroot_run "$debian" 'imcscan --version' | libraries)
here=$("$IMCSCAN" --version | libraries)
alike=cat
if [ "$there" != "$here" ]; then
    skip "the versions of libraries in reports: there $there, here $here"
    openssl() { printf '%s\n' "$1" | sed 's/.*OpenSSL \([0-9.]*\),.*/\1/'; }
    alike="sed s/$(openssl "$there")/$(openssl "$here")/g"
fi
same() {
    for format in text jsonl html csv-findings; do
        chroot_run "$debian" "cd /desk && imcscan scan --reproducible -f $format corpus/Imcdata" | $alike >there
        "$IMCSCAN" scan --reproducible -f "$format" corpus/Imcdata >here
        cmp here there && [ -s here ] || { diff here there | cut -c 1-400 | head -n 5; return 1; }
    done
}
cd "$work" && ln -s "$root/corpus" corpus
claim 'a scan of the demo tree gives the same bytes as that of the build' same
confined() { chroot_run "$debian" 'cd /desk && imcscan scan -f jsonl corpus/Imcdata' | head -n 1 | grep -q '"sandboxed":true'; }
claim 'confined as here' confined
manual() { chroot_run "$debian" 'zcat /usr/share/man/man1/imcscan.1.gz' | cmp - "$DIST/imcscan.1"; }
claim 'with the manual' manual
gone() {
    chroot_run "$debian" 'dpkg -P imcscan && ! find / -xdev -name "*imcscan*" ! -path "/desk/*" ! -path "/var/log/*" ! -path "/var/cache/*" ! -path "/proc/*" | grep .'
}
claim 'purged, it leaves nothing' gone
finish
