#!/bin/sh
# manual.sh IMCSCAN VERSION EPOCH <page.in >page - the manual page with what the program says of itself.
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A line @SYNOPSIS@, @COMMANDS@ or @RULES@ stands for a section; @VERSION@ and @DATE@ may stand anywhere.
set -eu
imcscan=$1 version=$2
date=$(LC_ALL=C date -u -d "@$3" '+%B %-d, %Y')

while IFS= read -r line; do
    case $line in
    @SYNOPSIS@) "$imcscan" reference synopsis ;;
    @COMMANDS@) "$imcscan" reference commands ;;
    @RULES@) "$imcscan" rules -f mdoc ;;
    @KEYS\ *@) object=${line#@KEYS } && "$imcscan" reference keys "${object%@}" ;;
    *@*) printf '%s\n' "$line" | sed "s/@VERSION@/$version/g; s/@DATE@/$date/g" ;;
    *) printf '%s\n' "$line" ;;
    esac
done
