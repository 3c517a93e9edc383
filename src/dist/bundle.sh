#!/bin/sh
# bundle.sh STAGE VERSION EPOCH OUT - a tarball that runs on any Linux of this machine's kind, into the folder OUT.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# STAGE/root holds what `make install` put there. Program, loader, libraries, character sets, magic database and time
# zones come along: what decides a finding is the same everywhere. Equal sources and libraries give equal bytes.
set -eu
umask 022
stage=$1 version=$2 epoch=$3 out=$4
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
name=imcscan-$version-$(uname -m)
root=$stage/$name
rm -rf "$root"
mkdir -p "$root/lib/gconv" "$root/share/misc" "$root/share/licenses"

install -m 0755 "$here/launcher.sh" "$root/imcscan"
cp -r "$stage/root/share/." "$root/share"
install -D -m 0755 "$stage/root/bin/imcscan" "$root/bin/imcscan"
strip --strip-unneeded --remove-section=.comment "$root/bin/imcscan"

# carry FILE TO: a file of a package, and what its package says of its license.
carry() {
    cp "$(readlink -f "$1")" "$2"
    package=$(dpkg-query -S "$1" 2>/dev/null || dpkg-query -S "/usr$1" 2>/dev/null || dpkg-query -S "$(readlink -f "$1")")
    package=$(printf '%s\n' "$package" | sed -n '1s/:.*//p')
    [ -e "$root/share/licenses/$package" ] || cp "/usr/share/doc/$package/copyright" "$root/share/licenses/$package"
}

# The loader stands alone on its line of ldd; libraries follow an arrow.
ldd "$root/bin/imcscan" | awk '$2 == "=>" { print $3 } $1 ~ /^\// { print $1 }' >"$stage/libraries"
while read -r library; do carry "$library" "$root/lib/$(basename "$library")"; done <"$stage/libraries"
loader=$(sed -n 's,.*/\(ld-[^/]*\)$,\1,p' "$stage/libraries")
libc=$(sed -n 's,^\(.*/libc\.so\..*\)$,\1,p' "$stage/libraries")
printf '%s\n' "$loader" >"$root/lib/loader"
chmod 0755 "$root/lib/$loader"

# The cache of the modules holds paths of this machine; without it the lists are read.
gconv=$(dirname "$(readlink -f "$libc")")/gconv
cp -r "$gconv/." "$root/lib/gconv"
rm -f "$root/lib/gconv/gconv-modules.cache"
carry /usr/lib/file/magic.mgc "$root/share/misc/magic.mgc"
if [ -d /usr/share/zoneinfo ]; then
    mkdir "$root/share/zoneinfo"
    (cd /usr/share/zoneinfo && find . \( -path ./posix -o -path ./right \) -prune -o -type f -print -o -type l -print | sort |
        tar -cf - -h -T -) | tar -xf - -C "$root/share/zoneinfo"
    cp /usr/share/doc/tzdata/copyright "$root/share/licenses/tzdata"
fi
# What those texts refer to.
cp -L /usr/share/common-licenses/* "$root/share/licenses"
cp "$here/../../LICENSE" "$root/share/licenses/imcscan"
cp "$here/../../README.md" "$root/README.md"

find "$root" -type d -exec chmod 0755 {} +
find "$root" -type f ! -perm -u=x -exec chmod 0644 {} +
tar -C "$stage" --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=gnu --hard-dereference -cf - "$name" |
    xz -6 -T1 >"$out/$name.tar.xz"
echo "$out/$name.tar.xz"
