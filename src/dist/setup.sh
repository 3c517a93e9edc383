#!/bin/sh
# setup.sh run|test|ci|slow - install what is missing to build, test or check imcscan (Debian 12, apt).
# SPDX-License-Identifier: LGPL-2.1-or-later
set -eu

build='gcc make libc6-dev pkg-config libgmime-3.0-dev libmagic-dev libseccomp-dev libjansson-dev libssl-dev libsqlite3-dev libxml2-dev libarchive-dev'
check='libcmocka-dev'
full='clang clang-format clang-tidy cppcheck libclang-rt-14-dev python3 git libxml2-utils sqlite3 jq hashdeep chromium chromium-driver wine wine64'
full="$full mandoc zsh fish python3-jsonschema dpkg-dev lintian slurm-wlm munge parallel"
full="$full zip p7zip-full libarchive-tools genisoimage gcab"

case ${1-} in
run) wanted=$build ;;
test) wanted="$build $check" ;;
ci) wanted="$build $check $full" ;;
slow) wanted="$build $check valgrind gcovr" ;;
*) echo "usage: setup.sh run|test|ci|slow" >&2; exit 2 ;;
esac

missing=
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "imcscan needs these Debian packages, and there is no apt-get here:$missing" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "imcscan needs these packages; as root run: apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "imcscan: installing with apt-get:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q >/dev/null || echo "imcscan: apt-get update failed; trying with the lists at hand" >&2
# shellcheck disable=SC2086
$as_root apt-get install -q -y --no-install-recommends $missing >/dev/null
