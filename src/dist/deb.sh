#!/bin/sh
# deb.sh STAGE VERSION EPOCH OUT - the Debian package of what lies installed in STAGE/root, into the folder OUT.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Needs dpkg-dev and binutils. Equal sources give equal bytes: the times are those of the commit, owners are root.
set -eu
umask 022
stage=$1 version=$2 out=$4
export SOURCE_DATE_EPOCH="$3" LC_ALL=C
maintainer=${DEB_MAINTAINER:-imcscan maintainers <maintainers@imcscan.example>}
here=$(cd "$(dirname "$0")/../.." && pwd)
machine=$(dpkg --print-architecture)
root=$stage/root
doc=$root/usr/share/doc/imcscan

strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/imcscan"
mkdir -p "$doc" "$stage/debian"
cat >"$doc/copyright" <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: imcscan

Files: *
Copyright: $(date -u -d "@$SOURCE_DATE_EPOCH" +%Y) the imcscan maintainers
License: LGPL-2.1+
 This library is free software; you can redistribute it and/or modify it under
 the terms of the GNU Lesser General Public License as published by the Free
 Software Foundation; either version 2.1 of the License, or (at your option)
 any later version.
 .
 On Debian systems the whole text of the license is in
 /usr/share/common-licenses/LGPL-2.1.
END
cat >"$doc/changelog" <<END
imcscan ($version) unstable; urgency=medium

  * Release $version; README.md tells what it is and what changed.

 -- $maintainer  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
END
cp "$here/README.md" "$doc/README.md"
gzip -9n "$doc/changelog" "$doc/README.md" "$root"/usr/share/man/man?/*

# What the libraries' packages say of the symbols that are used; the shlibs come from this machine.
cat >"$stage/debian/control" <<END
Source: imcscan

Package: imcscan
Architecture: any
END
needs=$(cd "$stage" && dpkg-shlibdeps -O root/usr/bin/imcscan 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[ -n "$needs" ] || { echo "deb.sh: dpkg-shlibdeps names no library" >&2; exit 1; }

mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<END
Package: imcscan
Version: $version
Architecture: $machine
Maintainer: $maintainer
Installed-Size: $(cd "$root" && find usr -type f -printf '%s\n' | awk '{ sum += int(($1 + 1023) / 1024) } END { print sum }')
Depends: $needs
Recommends: tzdata
Section: mail
Priority: optional
Description: find the message that stops the Internet Mail Connector
 imcscan reads a copied Imcdata spool tree of Exchange 4.0, 5.0 or 5.5 and
 ranks its messages by how likely each one stopped the Internet Mail
 Connector, so that they can be moved out before the next start.
 .
 It never writes to the tree, runs nothing of what it finds and uses no
 network; messages are parsed in confined processes only.
END
(cd "$root" && find usr -type f | sort | xargs md5sum) >"$root/DEBIAN/md5sums"
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
find "$root" -type d -exec chmod 0755 {} +
dpkg-deb --root-owner-group --threads-max=1 -Zxz --build "$root" "$out/imcscan_${version}_$machine.deb" >/dev/null
echo "$out/imcscan_${version}_$machine.deb"
