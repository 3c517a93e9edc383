#!/bin/sh
# install.sh - make install puts down program, manual, completions and schemas; make uninstall takes away exactly these.
# SPDX-License-Identifier: LGPL-2.1-or-later
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${DIST:?set it to the folder of the generated files}" "${BUILD:?}"
. "$root/tests/cli/lib"
cd "$work" || exit 1
unset MAKEFLAGS MFLAGS MAKELEVEL

built() { make -C "$root" --no-print-directory BUILD="$BUILD" DESTDIR="$work/a b" PREFIX=/opt/x "$@"; }
listed() { (cd "$work/a b" 2>/dev/null && find . ! -type d | LC_ALL=C sort); }
mkdir -p 'a b/opt/x/share/man/man1' 'a b/opt/x/share/imcscan'
: >'a b/opt/x/share/man/man1/other.1'
: >'a b/opt/x/share/imcscan/mine'
listed >before

whole() {
    built install && listed >after && diff - after <<'END'
./opt/x/bin/imcscan
./opt/x/share/bash-completion/completions/imcscan
./opt/x/share/fish/vendor_completions.d/imcscan.fish
./opt/x/share/imcscan/dfxml-findings.xsd
./opt/x/share/imcscan/dfxml.xsd
./opt/x/share/imcscan/fleet/imcscan-array.sbatch
./opt/x/share/imcscan/fleet/imcscan-merge.sbatch
./opt/x/share/imcscan/fleet/imcscan-parallel.sh
./opt/x/share/imcscan/imcscan.schema.json
./opt/x/share/imcscan/mine
./opt/x/share/man/man1/imcscan.1
./opt/x/share/man/man1/other.1
./opt/x/share/man/man5/imcscan-case.5
./opt/x/share/zsh/site-functions/_imcscan
END
}
claim 'program, manual, completions and schemas are installed, and nothing else' whole
same() { cmp "$DIST/imcscan.1" 'a b/opt/x/share/man/man1/imcscan.1' && cmp "$IMCSCAN" 'a b/opt/x/bin/imcscan'; }
claim 'they are those of the build' same
modes() { [ -z "$(find 'a b' -type f -path '*/bin/*' ! -perm 0755 -o -type f -name '*.[15x]*' ! -name other.1 ! -perm 0644)" ]; }
claim 'everybody may read them, nobody but the owner write them' modes
runs() { tree t && 'a b/opt/x/bin/imcscan' scan --reproducible t >one; "$IMCSCAN" scan --reproducible t | cmp - one; }
claim 'the installed program does what the built one does' runs
gone() { built uninstall && listed | diff before -; }
claim 'uninstall leaves what was there before, and that alone' gone
folder() { rm 'a b/opt/x/share/imcscan/mine' && built install && built uninstall && [ ! -e 'a b/opt/x/share/imcscan' ]; }
claim 'and no empty folder of its own' folder
version() {
    number=$(sed -n 's/^VERSION := //p' "$root/Makefile")
    [ "$("$IMCSCAN" --version | head -n 1)" = "imcscan $number" ] || return 1
    # What the history of files and the formats of others say is no version of ours.
    ! grep -rnF "$number" "$root/src" "$root/include" "$root/parsers" | grep -v 'xml:\|127\.0'
}
claim 'the version stands in the Makefile, and nowhere else in the sources' version
finish
