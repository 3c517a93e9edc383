#!/bin/sh
# imcscan - runs the program of this folder with the loader, libraries and tables that lie beside it.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Nothing of the machine has a say in what is found: neither its character sets nor its magic database, nor what the
# environment would have the loader bring in. The program finds the database by the place of its loader.
self=$(readlink -f "$0") || exit 2
here=${self%/*}
[ -r "$here/lib/loader" ] || { echo "imcscan: $here: parts of the bundle are missing; unpack it whole" >&2; exit 2; }
read -r loader <"$here/lib/loader"
unset LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT OPENSSL_MODULES XML_CATALOG_FILES
GCONV_PATH=$here/lib/gconv
OPENSSL_CONF=/dev/null
export GCONV_PATH OPENSSL_CONF
if [ -d "$here/share/zoneinfo" ]; then
    TZDIR=$here/share/zoneinfo
    export TZDIR
fi
exec "$here/lib/$loader" --inhibit-cache --library-path "$here/lib" --argv0 imcscan "$here/bin/imcscan" "$@"
